"""Text for a terminal: an address from an archive must not move the cursor."""

from crawler.extensions.records import CONTROL


def escape(text: str) -> str:
    """Return *text* on one line, with an escape for each control character."""
    return CONTROL.sub(lambda found: repr(found[0])[1:-1], text).replace("\n", r"\n")
