"""A golden beside what cleaning its page gives now: show the difference, accept it."""

from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from cleaners import Article, CleaningError
from crawler.files import write_whole
from crawler.formats import fields, render_txt
from crawler.goldens import BY_HAND, Golden, dump


@dataclass(frozen=True, slots=True)
class Change:
    """One file of a golden that would have to say something else."""

    path: Path
    before: str
    """What it says; of JSON in the layout in which it would be written."""

    after: str

    def diff(self) -> str:
        """Return the change in unified form."""
        name = "/".join(self.path.parts[-3:])
        before, after = self.before.splitlines(), self.after.splitlines()
        lines = unified_diff(before, after, f"{name} (accepted)", f"{name} (now)", lineterm="")
        return "".join(f"{line}\n" for line in lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A golden beside what cleaning its page gives now."""

    golden: Golden
    problems: tuple[str, ...] = ()
    """What no accepting mends: a refused page, a phrase that is back."""

    changes: tuple[Change, ...] = ()
    """What accepting would write."""

    def diff(self) -> str:
        """Return all changes in unified form; empty where there are none."""
        return "".join(change.diff() for change in self.changes)


def review(golden: Golden) -> Review:
    """Clean the page of *golden* and compare."""
    try:
        article = golden.clean()
        return Review(
            golden=golden,
            problems=returned_phrases(golden, article),
            changes=changes(golden, article),
        )
    except (CleaningError, OSError, ValueError) as error:
        return Review(golden=golden, problems=(f"{type(error).__name__}: {error}",))


def returned_phrases(golden: Golden, article: Article) -> tuple[str, ...]:
    """Name the phrases that must be gone and are not."""
    return tuple(f"still in the text: {line}" for line in golden.without if line in article.text)


def changes(golden: Golden, article: Article) -> tuple[Change, ...]:
    """Return what *article* would change in the files of *golden*.

    The keys of the JSON file stay as they are and in their order, whoever wrote them.
    """
    text = golden.text_file.read_text(encoding="utf-8") if golden.text_file.exists() else ""
    expected, found = golden.expected, fields(article)
    updated = {name: value if name in BY_HAND else found[name] for name, value in expected.items()}
    both = (
        Change(golden.text_file, text, render_txt(article)),
        Change(golden.json_file, dump(expected), dump(updated)),
    )
    return tuple(change for change in both if change.before != change.after)


def accept(reviewed: Review) -> None:
    """Write what cleaning gives now; the page and the phrases written by hand stay."""
    for change in reviewed.changes:
        write_whole(change.path, change.after.encode())
