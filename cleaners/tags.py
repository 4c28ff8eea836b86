"""What the walk does with an element, by its tag."""

from cleaners.tree import TEXT, number_of

INLINE = frozenset({
    "abbr", "acronym", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn",
    "font", "ins", "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s",
    "samp", "small", "span", "strike", "sub", "sup", "time", "tt", "u", "var", "wbr",
})  # fmt: skip
STRESSED = frozenset({"b", "em", "i", "strong"})
PICTURES = frozenset({"iframe", "img", "video"})
SILENT = frozenset({
    "area", "audio", "base", "canvas", "datalist", "embed", "iframe", "img", "input",
    "link", "map", "meta", "noscript", "object", "option", "script", "select", "source",
    "style", "svg", "template", "textarea", "title", "track", "video",
})  # fmt: skip
"""Elements whose text no reader sees, or sees in a box of its own."""

GATHERED = frozenset({"a", "base", "h1", "input", "link", "meta", "script", "time", "title"})
"""Elements that are kept by their tag, because they say what the page is."""

MAX_ELEMENTS = 100_000  # block-level ones; pages of the largest publishers have 20,000
OTHERS = (0, 1, 3, 4, 5, 6)  # lexbor's numbers of comments, doctypes and the like
PHRASING = {number_of(tag) for tag in INLINE | STRESSED | {"a", "br"}} | {*OTHERS}
NAMES = {
    number_of(tag): tag
    for tag in (
        "html", "body", "div", "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "section",
        "article", "aside", "main", "header", "footer", "nav", "figure", "figcaption", "blockquote",
        "table", "tbody", "tr", "td", "th", "form", "button", "dl", "dt", "dd", "pre", "hr",
        "center",
    )
}  # fmt: skip
"""Names of the commonest tags, which lexbor makes anew at each question."""


class TooManyElementsError(Exception):
    """The page has more block-level elements than a walk takes."""


def actions() -> dict[int, str]:
    """Map the numbers of tags to what the walk does with them; all others are block-level."""
    of_tag = dict.fromkeys(INLINE, "inline")
    of_tag |= dict.fromkeys(SILENT, "skip")
    of_tag |= dict.fromkeys(SILENT & GATHERED, "gather")
    of_tag |= dict.fromkeys(STRESSED, "stress")
    of_tag |= dict.fromkeys(PICTURES, "picture")
    of_tag |= {
        "a": "link", "br": "break", "h1": "heading", "head": "inline", "td": "cell", "th": "cell",
        "time": "time",
    }  # fmt: skip
    by_number = {number_of(tag): action for tag, action in of_tag.items()}
    return by_number | {TEXT: "text", **dict.fromkeys(OTHERS, "skip")}
