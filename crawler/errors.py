"""Why a crawl finds no article, beyond what `cleaners` says of a page.

CleaningError
├── ExtractionTimeoutError  a page or listing took longer than EXTRACTION_TIMEOUT or EXTRACTION_CPU
└── ExtractionCrashError    the process that read it ended: a segfault, or memory
UnusableError
├── ArgumentError           a spider argument cannot be used
└── SettingError            a setting cannot be used
DataDirError                DATA_DIR cannot be written to
MachineError                the machine lacks memory, processes or open files
StallError                  nothing happened in a crawl for STALL_LIMIT
"""

from cleaners import CleaningError


class ExtractionTimeoutError(CleaningError):
    """Reading a page or listing took longer than the limit; the message names the URL."""


class ExtractionCrashError(CleaningError):
    """The process that read a page ended, or ran out of memory; the message names the URL."""


class UnusableError(ValueError):
    """What the user gave cannot be used; the message names it and says what would do."""


class ArgumentError(UnusableError):
    """A spider argument cannot be used."""


class SettingError(UnusableError):
    """A setting cannot be used."""


class DataDirError(Exception):
    """``DATA_DIR`` cannot be written to; the message names it and says why."""


class MachineError(Exception):
    """The machine lacks what a crawl needs; no page is to blame, and none is lost by it."""


class StallError(Exception):
    """Nothing happened in a crawl for a long time; a fault of the project, of no page."""
