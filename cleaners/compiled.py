"""The compiled forms of the modules that take most of the time; without them all goes in Python."""

import warnings
from importlib import import_module
from types import ModuleType


def compiled(name: str) -> ModuleType | None:
    """Return the module *name* of this package, which is compiled on installation.

    None where it was not, or was for other versions of the libraries that it reads the memory of:
    of these it warns.
    """
    whole = f"{__package__}.{name}"
    try:
        return import_module(whole)
    except ModuleNotFoundError as error:
        if error.name != whole:
            raise
    except ImportError as error:
        warnings.warn(f"{whole} is not used: {error}", RuntimeWarning, stacklevel=2)
    return None
