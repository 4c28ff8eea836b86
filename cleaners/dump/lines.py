"""The lines of a dump and what their shape says: prose, heading, item or boilerplate."""

import re
from dataclasses import dataclass, replace
from functools import cached_property

from cleaners.rules import MAX_LINE, cut_inline, line_rule, tail_rule
from cleaners.site import Site
from cleaners.text import count_words, key, tidy
from cleaners.trim import matches

SENTENCE_WORDS = 5  # fewer words and a full stop are a caption, a button or an abbreviation
UNFINISHED_WORDS = 25  # a line this long is prose though its full stop is missing
LEGAL_SENTENCES = 2  # of a long paragraph; one such sentence stands in news about the law, too
LEGAL = frozenset({"consent", "rules", "comment", "copyright", "login", "newsletter", "paywall"})
ZONE_LINES = 6  # between two lines of comment rules; what stands between them is rules as well

BULLET = re.compile(r"[•‣◦▪●*·–-]\s+")
SENTENCE_END = re.compile(r"[.!?…。！？｡؟۔।॥։]+[\"'”’“»«›‹)\]」』）】*]*$")
SENTENCES = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])")
SAYS = re.compile(
    r".{2,70} (?:says|said|wrote|schrieb|sagt|schreibt|dice|dijo|dit|a dit|пишет|написал) ?:"
)


@dataclass(frozen=True)
class Line:
    """One line that is not empty."""

    text: str
    gap: bool
    """Whether an empty line stands before it."""

    site_rule: str = ""
    """What removes it besides the general rules: the site's own, or the lines around it."""

    ends: bool = False
    """Whether the site's rules say that nothing of the article follows."""

    @cached_property
    def body(self) -> str:
        """The text without a promo after its last sentence."""
        return cut_inline(self.text)[0]

    @cached_property
    def words(self) -> int:
        """Number of words; in scripts without spaces, what they would be in English."""
        return count_words(self.body)

    @cached_property
    def key(self) -> str:
        """Equal for two spellings of the same words."""
        return key(self.text)

    @cached_property
    def rule(self) -> str:
        """The rule by which the line is boilerplate; empty where none knows it."""
        if self.site_rule:
            return self.site_rule
        found = line_rule(self.text) if len(self.text) <= MAX_LINE else legal_rule(self.text)
        return f"line:{found}" if found else ""

    @cached_property
    def tail(self) -> str:
        """The rule by which the line opens a section after the article."""
        found = tail_rule(self.text)
        return f"tail:{found}" if found else ""

    @cached_property
    def category(self) -> str:
        """Category of the rule that knows the line; empty where none does."""
        return (self.tail or self.rule).partition(":")[2].partition("/")[0]

    @cached_property
    def is_item(self) -> bool:
        """Whether the line is an item of a list."""
        return BULLET.match(self.text) is not None

    @cached_property
    def ends_sentence(self) -> bool:
        """Whether the line closes with a full stop of its script."""
        return SENTENCE_END.search(self.body) is not None

    @cached_property
    def introduces(self) -> bool:
        """Whether the line closes with a colon."""
        return self.text.endswith((":", "："))

    @cached_property
    def is_prose(self) -> bool:
        """Whether the line reads as a paragraph."""
        if self.rule or self.tail:
            return False
        return self.words >= (SENTENCE_WORDS if self.ends_sentence else UNFINISHED_WORDS)

    @cached_property
    def says(self) -> bool:
        """Whether the line names who wrote the comment that follows."""
        return SAYS.fullmatch(self.text) is not None

    @cached_property
    def opens_comments(self) -> bool:
        """Whether readers' comments or the rules for them may start here."""
        return self.ends or self.says or self.category in {"comment", "rules"}


def read_lines(text: str, site: Site | None) -> list[Line]:
    """Return the lines of *text* that are not blank, tidied, with the verdict of *site*."""
    lines, gap = [], True
    for raw in text.splitlines():
        line = " ".join(tidy(raw).split())
        if line:
            lines.append(judge_by_site(Line(line, gap), site))
        gap = not line
    return join_rules(lines)


def judge_by_site(line: Line, site: Site | None) -> Line:
    """Return *line* with what the rules of *site* say of it."""
    if site is None:
        return line
    ends = matches(site.cut_after, line.text)
    if ends or matches(site.drop_lines, line.text):
        return replace(line, site_rule=f"line:{site.name}", ends=ends)
    return line


def join_rules(lines: list[Line]) -> list[Line]:
    """Return *lines*, those between two rules for comments marked as rules too.

    Comment rules are a page long in some dumps, and most of their sentences are like any other.
    """
    marked = list(lines)
    last, between = None, 0
    for n, line in enumerate(lines):
        if line.category == "rules":
            if last is not None and between <= ZONE_LINES:
                for m in range(last + 1, n):
                    marked[m] = replace(lines[m], site_rule=lines[last].rule or lines[last].tail)
            last, between = n, 0
        elif last is not None and not line.is_item:
            between += 1
    return marked


def legal_rule(text: str) -> str:
    """Name the rule by which a long paragraph is consent text or the like."""
    named = [line_rule(sentence) for sentence in SENTENCES.split(text)]
    legal = [name for name in named if name and name.partition("/")[0] in LEGAL]
    return legal[0] if len(legal) >= LEGAL_SENTENCES else ""
