"""``python -m crawler.newsroom``: crawl the newsroom, or only serve it."""

import argparse
import sys
from pathlib import Path
from threading import Event

from crawler.newsroom.crawl import crawl_newsroom, say
from crawler.newsroom.publisher import NewsroomMissingError, read_newsroom
from crawler.newsroom.server import FIRST_PORT, Newsroom, PortTakenError
from crawler.summary import ERROR, INTERRUPTED, OK

EXAMPLES = """\
examples:
  python -m crawler.newsroom crawl
  python -m crawler.newsroom crawl --data-dir /tmp/news --first-port 9000
  python -m crawler.newsroom serve

exit code: 0 ok, 1 error, 2 usage, 11 interrupted; else that of the crawl that failed
"""


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line asks for; return the exit code."""
    options = parser().parse_args(arguments)
    try:
        with Newsroom(read_newsroom(), options.first_port) as newsroom:
            if options.command == "crawl":
                return crawl_newsroom(newsroom.sites, options.data_dir, sys.stdout)
            for site in newsroom.sites:
                say(sys.stdout, f"{site.base}  {site.publisher.name}")
            wait()
    except KeyboardInterrupt:
        return OK if options.command == "serve" else INTERRUPTED
    except PortTakenError as error:
        sys.stderr.write(f"{error}; take others with --first-port, or --first-port 0\n")
    except NewsroomMissingError as error:
        sys.stderr.write(f"{error}\n")
    return ERROR


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    whole = argparse.ArgumentParser(
        prog="python -m crawler.newsroom",
        description="A newsroom of three fictional publishers on 127.0.0.1, and a crawl of it.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    whole.add_argument("command", choices=("crawl", "serve"), help="crawl it, or only serve it")
    whole.add_argument(
        "--data-dir",
        type=Path,
        default=Path("data"),
        metavar="DIR",
        help="where a crawl keeps its files (default: data)",
    )
    whole.add_argument(
        "--first-port",
        type=port,
        default=FIRST_PORT,
        metavar="PORT",
        help="port of the first publisher; the others follow (default: %(default)s; 0: any free;"
        " articles are known again only under the same ports)",
    )
    return whole


def port(text: str) -> int:
    """Read a port after which two more are free to be named.

    Raises:
        ValueError: it is none.
    """
    number = int(text)
    if not 0 <= number <= 65533:  # noqa: PLR2004  # 65535 is the last port
        raise ValueError(text)
    return number


def wait() -> None:
    """Do nothing until interrupted."""
    Event().wait()


if __name__ == "__main__":
    sys.exit(main())
