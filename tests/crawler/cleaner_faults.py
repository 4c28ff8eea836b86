"""Cleaners that fail in every way a process can; at module level, for they travel by name."""

import datetime as dt
import os
import signal
import time

from cleaners import Article, NoContentError


def clean(page: bytes | str, url: str, fetched: dt.datetime) -> Article:
    """Do what the page says."""
    match page:
        case b"refuse":
            raise NoContentError(f"nothing: {url}")
        case b"hang":
            time.sleep(600)
        case b"crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        case b"grow":
            bytearray(4 * 1024**3)
        case b"bug":
            raise ZeroDivisionError("a bug")
    return Article(url=url, source="ex", title="", text=str(page))
