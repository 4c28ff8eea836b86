"""A crawl's extraction to be killed: prints its processes once they are at the page it is given."""

import asyncio
import datetime as dt
import sys
from multiprocessing import active_children

from crawler.extraction import Extraction
from crawler.limits import Limits
from tests.crawler import cleaner_faults

PROCESSES = 2
NOW = dt.datetime(2025, 11, 3, tzinfo=dt.UTC)


async def main(page: bytes) -> None:
    """Clean *page* in every process."""
    limits = Limits(processes=PROCESSES, timeout=600, cpu=600, memory=2048)
    extraction = Extraction(limits, cleaner_faults.clean)
    await extraction.clean(b"text", "https://ex.com/", NOW)
    pages = [extraction.clean(page, "https://ex.com/", NOW) for _ in range(PROCESSES)]
    working = asyncio.gather(*pages)
    await asyncio.sleep(0.3)  # until the processes have taken them
    sys.stdout.write(" ".join(str(child.pid) for child in active_children()) + "\n")
    sys.stdout.flush()
    await working
    await asyncio.sleep(600)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1].encode()))
