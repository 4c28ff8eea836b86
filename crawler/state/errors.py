"""Why the state cannot be used.

StateError              it cannot be opened: no right to write, no such server, locked by another
├── CorruptStateError   the file is damaged
└── NewerStateError     a later release wrote it
"""


class StateError(Exception):
    """The state cannot be opened; the message names its place."""


class CorruptStateError(StateError):
    """The database file is damaged; move it aside and rebuild it from the index files."""


class NewerStateError(StateError):
    """A later release wrote the database; an older one would harm it."""
