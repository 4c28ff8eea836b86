"""The tree of a page, by lexbor: it parses as browsers do, in a third of libxml2's time."""

from collections.abc import Callable, Sequence
from functools import cache
from types import ModuleType

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from cleaners.compiled import compiled

Node = LexborNode
"""An element or a text. Its `mem_id` tells it from all others of its tree; ``==``, and with it a
lookup in a set or dictionary, writes out the markup of both and compares that."""

Selector = Callable[[Node], list[Node]]

TEXT = 2  # lexbor's number of a text node; tags have theirs


def parse_tree(utf8: bytes) -> Node:
    """Return the ``html`` element of a page, which always has a ``head`` and a ``body``.

    ``noscript`` is taken as a browser with scripts takes it: its text is never the page's.
    """
    root = LexborHTMLParser(utf8, scripting=True).root
    if root is None:  # the types allow it, the parser does not
        raise RuntimeError("a document without a root")
    return root


@cache
def select(selector: str) -> Selector:
    """Check a CSS *selector* and return what finds its elements, each once, in page order.

    Raises:
        ValueError: the selector does not parse.
    """
    try:
        empty().css(selector)
    except SelectolaxError as error:
        raise ValueError(f"malformed selector: {selector!r}") from error
    return lambda root: list({node.mem_id: node for node in root.css(selector)}.values())


@cache
def empty() -> Node:
    """Return an empty document."""
    return parse_tree(b"")


@cache
def number_of(tag: str) -> int:
    """Return lexbor's number of *tag*, the same in every document."""
    number: int = LexborHTMLParser("").create_node(tag).tag_id
    return number


def attribute(node: Node, name: str) -> str:
    """Return an attribute of *node*; empty where it has none."""
    return node.attributes.get(name) or ""


def usual_attribute(node: Node, name: str) -> str:
    """Return an attribute that nearly every element such as *node* has; empty where it has none.

    It takes half the time of `attribute`, which reads all that there are, and twice that where the
    element has no such one.
    """
    return node.attrs.sget(name)


def values_in_python(elements: Sequence[Node], name: str) -> list[str]:
    """Return what `values` does."""
    return [usual_attribute(element, name) for element in elements]


def values(elements: Sequence[Node], name: str) -> list[str]:
    """Return an attribute that HTML knows of each element; empty where it has none."""
    native = native_attributes()
    return native.values(elements, name) if native else values_in_python(elements, name)


@cache
def native_attributes() -> ModuleType | None:
    """Load what is compiled; it reads trees itself, so it comes after them."""
    return compiled("_attributes")
