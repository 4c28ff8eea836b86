"""The memory of all crawls, in a database."""

from crawler.state.errors import CorruptStateError, NewerStateError, StateError
from crawler.state.rows import Archived, ArchivedFetch, Ending, Finish, Stored
from crawler.state.store import State

__all__ = [
    "Archived",
    "ArchivedFetch",
    "CorruptStateError",
    "Ending",
    "Finish",
    "NewerStateError",
    "State",
    "StateError",
    "Stored",
]
