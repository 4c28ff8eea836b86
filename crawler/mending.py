"""Put right what a crawl that died left behind, before the next one of its sites begins."""

import logging
from collections.abc import Iterable
from pathlib import Path

from crawler.paths import source_name
from crawler.recovery import catch_up
from crawler.state import State

logger = logging.getLogger(__name__)


def mend(root: Path, state: State, sources: Iterable[str]) -> None:
    """Mend what is stored of *sources*, whose locks this process has; *root* is ``DATA_DIR``."""
    for source in sources:
        remove_parts(root / "articles" / source_name(source))
        catch_up(state, root, source)


def remove_parts(folder: Path) -> None:
    """Delete the texts below *folder* that were never written to their end."""
    for path in folder.rglob("*.txt.part"):
        path.unlink()
        logger.info("%s: deleted, a crawl ended before it was whole", path)
