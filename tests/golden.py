"""The fixture pages and what cleaning them must give."""

from pathlib import Path

from crawler.goldens import Golden, find_goldens

FIXTURES = Path(__file__).parent.parent / "fixtures"
GOLDENS = find_goldens(FIXTURES)
TRAM = Golden(FIXTURES / "generic" / "plain-article.html")
"""The one that tests take where any page will do."""

__all__ = ["FIXTURES", "GOLDENS", "TRAM", "Golden"]
