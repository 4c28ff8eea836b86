"""The memory of all crawls, in a database."""

from crawler.state.errors import CorruptStateError, NewerStateError, StateError
from crawler.state.neighbours import Neighbours
from crawler.state.rows import (
    Archived,
    ArchivedFetch,
    Asked,
    Ending,
    Finish,
    Named,
    Poll,
    Stored,
)
from crawler.state.store import State
from crawler.state.tallies import Completeness, Figures, Run

__all__ = [
    "Archived",
    "ArchivedFetch",
    "Asked",
    "Completeness",
    "CorruptStateError",
    "Ending",
    "Figures",
    "Finish",
    "Named",
    "Neighbours",
    "NewerStateError",
    "Poll",
    "Run",
    "State",
    "StateError",
    "Stored",
]
