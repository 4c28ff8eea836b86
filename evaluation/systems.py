"""The extractors that are scored side by side, and what the output of each depends on."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from evaluation import held_out

PROJECT = Path(__file__).parent.parent
FIELDS = ("title", "date", "author")
HARNESS = ("systems", "extract", "metrics", "score", "structured", "util")
LIBRARIES = ("trafilatura", "lxml", "selectolax", "lightgbm", "numpy", "htmldate", "dateparser")
CLEANERS = ("cleaners/**/*.py", "cleaners/**/*.py[xd]*", "cleaners/**/*.tsv", "cleaners/**/*.json")
FOLDS = ("data/folds/*.json", "evaluation/held_out.py", "evaluation/pages.py")
TRAINING = "python -m evaluation.train ../shared/bench data/blocks.json --folds data/folds"


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """One extractor."""

    name: str
    label: str
    spec: str
    """The harness's name of it, or ``py:MODULE:FUNCTION``."""

    package: str = ""
    """Its distribution; empty for the project itself."""

    modules: tuple[str, ...] = ()
    """What must be installed to run it."""

    fields: tuple[str, ...] = ()
    """The metadata that it gives."""

    files: tuple[str, ...] = ()
    """Patterns of the project's files that decide its output."""

    partial: bool = False
    """Whether it answers for some pages only, and is scored on their text alone."""

    by_fold: bool = False
    """Whether it cleans with the weights that never saw the domain of the page."""

    without: tuple[str, ...] = ()
    """Parts of the cleaners that are switched off, see `evaluation.parts`."""

    @property
    def version(self) -> str:
        """What a reader calls its version."""
        return metadata.version(self.package) if self.package else "this tree"


OURS = System(
    name="ours", label="dateline, as shipped", spec="py:cleaners:clean", fields=FIELDS,
    files=CLEANERS,
)  # fmt: skip
HELD_OUT = replace(
    OURS, name="held_out", label="dateline, held out", spec="py:evaluation.held_out:clean",
    files=(*CLEANERS, *FOLDS), by_fold=True,
)  # fmt: skip
TRAFILATURA = System(
    name="traf", label="trafilatura", spec="traf", package="trafilatura", fields=FIELDS,
    modules=("trafilatura",),
)  # fmt: skip
PEERS = (
    System(
        name="readability_lxml", label="readability-lxml", spec="readability_lxml",
        package="readability-lxml", modules=("readability", "html_text"), fields=("title",),
    ),
    System(
        name="newspaper4k", label="newspaper4k", spec="newspaper4k", package="newspaper4k",
        modules=("newspaper", "nltk"), fields=FIELDS,
    ),
    System(
        name="resiliparse_lean", label="resiliparse", spec="resiliparse_lean",
        package="resiliparse", modules=("resiliparse",),
    ),
    System(
        name="goose3", label="goose3", spec="goose3", package="goose3", modules=("goose3",),
        fields=FIELDS,
    ),
    System(
        name="justext", label="justext", spec="justext", package="justext", modules=("justext",)
    ),
    System(
        name="boilerpy3", label="boilerpy3", spec="boilerpy3", package="boilerpy3",
        modules=("boilerpy3",),
    ),
    System(name="jsonld", label="JSON-LD alone", spec="jsonld", fields=FIELDS, partial=True),
)  # fmt: skip
ALL = (HELD_OUT, OURS, TRAFILATURA, *PEERS)


def missing(system: System) -> str:
    """Return why *system* cannot be run here; empty where it can."""
    if system.name == HELD_OUT.name and not any(held_out.FOLDER.glob("*.json")):
        return f"no weights in data/folds; they are made by: {TRAINING}"
    absent = [module for module in system.modules if find_spec(module) is None]
    return f"not installed: {', '.join(absent)}" if absent else ""


def fingerprint(system: System, bench: Path) -> str:
    """Return eight digits that change with anything that decides *system*'s output and scores."""
    digest = hashlib.sha256(repr((system.spec, system.without, *libraries_of(system))).encode())
    harness = [bench / f"{name}.py" for name in HARNESS]
    switches = [PROJECT / "evaluation" / "parts.py"] if system.without else []
    for path in (*harness, *files_of(system), *switches):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:8]


def libraries_of(system: System) -> Iterator[str]:
    """Yield the distributions under *system* with their versions."""
    for name in (system.package,) if system.package else LIBRARIES:
        try:
            yield f"{name} {metadata.version(name)}"
        except metadata.PackageNotFoundError:
            yield f"{name} absent"


def files_of(system: System) -> list[Path]:
    """Return the project's files that decide *system*'s output."""
    return sorted(path for pattern in system.files for path in PROJECT.glob(pattern))
