"""The fixture pages and what cleaning them must give."""

from pathlib import Path

from crawler.goldens import Golden, find_goldens

FIXTURES = Path(__file__).parent.parent / "fixtures"
GOLDENS = find_goldens(FIXTURES)

__all__ = ["FIXTURES", "GOLDENS", "Golden"]
