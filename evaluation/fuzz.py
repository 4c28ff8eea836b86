"""Feed the cleaners with mutated pages, led by the code they reach.

    python -m evaluation.fuzz --seconds 300
    python -m evaluation.fuzz --target clean_dump --seconds 120 --corpus FOLDER

It needs atheris (``pip install atheris``), which is no dependency of the project. A page that makes
a cleaner raise anything but `cleaners.CleaningError`, or that breaks what `check` says of an
article, ends the run and is written to ``crash-<sha1>`` in the folder of the call.
"""

import argparse
import sys
import tempfile
import unicodedata
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol, cast

from cleaners import Article, CleaningError, clean, clean_dump
from cleaners.text import INVISIBLE

URL = "https://bugle.example/2025/05/12/tram-line-four-returns.html"
FIXTURES = Path(__file__).parent.parent / "fixtures"
SLOWEST = 20  # seconds for one page
LARGEST = 65_536  # bytes of one page
MISSING = 2  # exit code where atheris is not installed


class Fuzzer(Protocol):
    """What is used of atheris, which has no types."""

    def instrument_all(self) -> None:
        """Watch every function that is loaded."""

    def Setup(self, args: list[str], target: Callable[[bytes], None]) -> None:  # noqa: N802 - theirs
        """Take libFuzzer's arguments."""

    def Fuzz(self) -> None:  # noqa: N802 - theirs
        """Run until the time is over, and end the process."""


def try_clean(page: bytes) -> None:
    """Clean *page* as a crawl does."""
    check(lambda: clean(page, URL), lambda: clean(page, URL, trace=True))


def try_dump(page: bytes) -> None:
    """Clean *page* as a flattened one."""
    text = page.decode("utf-8", "surrogateescape")
    check(lambda: clean_dump(text, URL), lambda: clean_dump(text, URL, trace=True))


TARGETS = {"clean": try_clean, "clean_dump": try_dump}


def check(plain: Callable[[], Article], traced: Callable[[], Article]) -> None:
    """Raise where an article is not what `Article` promises; a named refusal is right.

    Raises:
        AssertionError: names what is broken.
    """
    try:
        article = plain()
    except CleaningError:
        return
    text = article.text
    paragraphs = text.split("\n\n")
    broken = {
        "empty paragraph": not all(paragraph.strip() for paragraph in paragraphs),
        "not NFC": not unicodedata.is_normalized("NFC", text),
        "control character": INVISIBLE.search(text) is not None,
        "trace changes the text": traced().text != text,
    }
    found = [name for name, is_broken in broken.items() if is_broken]
    if found:
        raise AssertionError(f"{', '.join(found)}: {text[:200]!r}")


def seeds(target: str, folder: Path) -> None:
    """Fill *folder* with the fixtures that *target* can start from."""
    ending = "*.html" if target == "clean" else "*.txt"
    for number, path in enumerate(sorted(FIXTURES.rglob(ending))):
        (folder / f"{number:04}").write_bytes(path.read_bytes()[:LARGEST])


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Fuzz the cleaners with atheris.")
    parser.add_argument("--target", choices=sorted(TARGETS), default="clean")
    parser.add_argument("--seconds", type=int, default=300)
    parser.add_argument("--corpus", type=Path, help="folder of pages, which grows")
    return parser.parse_args()


def main() -> int:
    """Fuzz one target; returns only where it cannot."""
    given = arguments()
    if find_spec("atheris") is None:
        sys.stderr.write("atheris is not installed: pip install atheris\n")
        return MISSING
    atheris = cast("Fuzzer", import_module("atheris"))
    with tempfile.TemporaryDirectory() as made:
        corpus = given.corpus or Path(made)
        corpus.mkdir(parents=True, exist_ok=True)
        seeds(given.target, corpus)
        atheris.instrument_all()
        options = [f"-max_total_time={given.seconds}", f"-timeout={SLOWEST}", f"-max_len={LARGEST}"]
        atheris.Setup(
            [sys.argv[0], *options, "-rss_limit_mb=3000", str(corpus)], TARGETS[given.target]
        )
        atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
