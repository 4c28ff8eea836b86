"""The dateline of a report, such as ``Hong Kong (CNN)``, which some markup glues to its text."""

import re

GLUED = re.compile(r"([^()\n]{0,40}\([^()\n]{2,30}\))(?=[^\W\d_a-z]|[\"“«„])")
"""A capital letter follows the bracket."""


def parted(text: str) -> str:
    """Return the first paragraph of a text with a space behind its dateline."""
    found = GLUED.match(text)
    return f"{found[1]} {text[found.end() :]}" if found else text
