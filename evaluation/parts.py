"""The parts and stages of the cleaners by the names they have there; change them here alone.

A place is ``module:name``: the module that *uses* a function or constant, where it is replaced.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from unittest import mock

from cleaners.blocks import Block
from cleaners.generic import KEEP
from cleaners.trim import Trimmed


@dataclass(frozen=True, slots=True)
class Part:
    """Something that the extractor does and could leave."""

    name: str
    switches: Mapping[str, object]
    """What stands in each place while the part is off."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the straight line, whose time is measured."""

    name: str
    places: tuple[str, ...]


def keep_by_score(blocks: Sequence[Block], scores: Sequence[float]) -> list[bool]:
    """Return which blocks their own scores keep, whatever becomes of their table or list."""
    return [score >= KEEP for score in scores]


def keep_lines(blocks: Sequence[Block], titles: object, rules: object) -> list[Trimmed]:
    """Return every block untouched."""
    return [Trimmed(block, block.text, "text") for block in blocks]


def keep_popups(block: Block) -> tuple[str, int]:
    """Return the whole text of *block*."""
    return block.text, 0


def in_no_box(_page: object, blocks: Sequence[Block], _kept: object) -> list[bool]:
    """Find no block in a box."""
    return [False] * len(blocks)


def in_no_component(blocks: Sequence[Block], _kept: object) -> list[str]:
    """Find no block in a component."""
    return [""] * len(blocks)


def under_no_picture(blocks: Sequence[Block], _kept: object) -> list[bool]:
    """Find no block under a picture."""
    return [False] * len(blocks)


def never(_features: object, _scores: object) -> bool:
    """Whether trafilatura is asked: it is not."""
    return False


def nothing(*_: object) -> None:
    """Find no lead, site or platform."""


PARTS = (
    Part("line rules", {"cleaners.cleaning:trim": keep_lines}),
    Part("pop-ups in a sentence", {"cleaners.trim:without_popups": keep_popups}),
    Part("trafilatura in doubt", {"cleaners.generic:is_unsure": never}),
    Part("whole tables and lists", {"cleaners.generic:keep_whole": keep_by_score}),
    Part("limit on copies", {"cleaners.generic:COPIES": sys.maxsize}),
    Part("sign-up boxes", {"cleaners.choice:in_sign_up_box": in_no_box}),
    Part("known components", {"cleaners.choice:components_around": in_no_component}),
    Part("lines under pictures", {"cleaners.choice:under_pictures": under_no_picture}),
    Part("search for the lead", {"cleaners.choice:find_lead": nothing}),
    Part(
        "site and platform rules",
        {"cleaners.cleaning:site_for": nothing, "cleaners.cleaning:platform_of": nothing},
    ),
)
"""In the order in which the ablation adds them."""

STAGES = (
    Stage("decode", ("cleaners.page:transcode",)),
    Stage("limits", ("cleaners.page:refuse_unparsable",)),
    Stage("parse", ("cleaners.page:parse_tree",)),
    Stage("walk", ("cleaners.page:walk",)),
    Stage("site rules", ("cleaners.cleaning:platform_of", "cleaners.cleaning:layouts_on")),
    Stage("features", ("cleaners.generic:describe",)),
    Stage("trees", ("cleaners.generic:score",)),
    Stage("trafilatura", ("cleaners.generic:region_text",)),
    Stage("text over blocks", ("cleaners.generic:locate",)),
    Stage(
        "boxes",
        (
            "cleaners.choice:in_sign_up_box",
            "cleaners.choice:components_around",
            "cleaners.choice:under_pictures",
        ),
    ),
    Stage("lead", ("cleaners.choice:find_lead",)),
    Stage("line rules", ("cleaners.cleaning:trim",)),
    Stage("dates in print", ("cleaners.dates:parse_words",)),
    Stage("search for a date", ("cleaners.published:find_printed",)),
    Stage("date", ("cleaners.cleaning:date_page",)),
    Stage("title", ("cleaners.cleaning:find_title", "cleaners.cleaning:titles_of")),
    Stage("refusal", ("cleaners.cleaning:refuse",)),
    Stage("authors", ("cleaners.metadata:find_authors",)),
    Stage("other metadata", ("cleaners.cleaning:describe", "cleaners.cleaning:captions_of")),
)  # fmt: skip


def found(place: str) -> tuple[ModuleType, str]:
    """Return the module of *place* and the name in it.

    Raises:
        AttributeError: the cleaners have no such name; it must be changed above.
    """
    module, _, name = place.partition(":")
    home = import_module(module)
    if not hasattr(home, name):
        raise AttributeError(f"evaluation.parts names {place}, which is gone")
    return home, name


@contextmanager
def replaced(replacements: Mapping[str, object]) -> Iterator[None]:
    """Put what *replacements* say in each place, for as long as the context is open."""
    with ExitStack() as stack:
        for place, value in replacements.items():
            module, name = found(place)
            stack.enter_context(mock.patch.object(module, name, value))
        yield


@contextmanager
def switched_off(names: Sequence[str]) -> Iterator[None]:
    """Clean without the parts called *names*, for as long as the context is open."""
    off = [part for part in PARTS if part.name in names]
    with replaced({place: value for part in off for place, value in part.switches.items()}):
        yield
