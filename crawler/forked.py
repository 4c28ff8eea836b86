"""Imported first by the process that others are forked from: they run no program's main module.

multiprocessing runs it anew in each, in case their work is in it. Of a crawl that is Scrapy's: a
quarter of a second and 40 MB for every process, which has no use for it.
"""

from multiprocessing import spawn


def leave_out(main: str) -> None:
    """Do without the module of this name or path."""


spawn._fixup_main_from_name = leave_out  # type: ignore[attr-defined]  # noqa: SLF001  # no other way
spawn._fixup_main_from_path = leave_out  # type: ignore[attr-defined]  # noqa: SLF001
