"""Why a crawl finds no article, beyond what `cleaners` says of a page.

CleaningError
├── ExtractionTimeoutError  a page or listing took longer than EXTRACTION_TIMEOUT
└── ExtractionCrashError    the process that read it ended: a segfault, or memory
ArgumentError               a spider argument cannot be used
"""

from cleaners import CleaningError


class ExtractionTimeoutError(CleaningError):
    """Reading a page or listing took longer than the limit; the message names the URL."""


class ExtractionCrashError(CleaningError):
    """The process that read a page ended, or ran out of memory; the message names the URL."""


class ArgumentError(ValueError):
    """A spider argument cannot be used; the message names it and says what would do."""
