"""What happened to every block of a page, and why."""

from collections import Counter
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Decision:
    """One block or line, kept or removed by one rule."""

    text: str
    kept: bool
    rule: str
    """What decided: ``body``, ``drop:<selector>``, ``line:<category>/<language>``, ``title``, …"""

    path: str = ""
    """Tags and classes from the root to the block; empty in a dump."""


@dataclass(frozen=True, slots=True)
class Trace:
    """Every block and line of a page, in page order, with the rule that decided."""

    decisions: tuple[Decision, ...]

    def removed(self) -> Counter[str]:
        """Count the removed blocks by rule."""
        return Counter(decision.rule for decision in self.decisions if not decision.kept)
