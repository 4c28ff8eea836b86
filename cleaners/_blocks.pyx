# cython: language_level=3
"""The blocks and elements of `cleaners.blocks`, without a dictionary and a wrapper for each.

Neither leads back to what refers to it, so the collector of cycles need not look at them.
"""

cimport cython

from selectolax.lexbor import LexborNode

from cleaners._lexbor cimport Node, NodeObject


cdef object wrap(Node* node, object parser):
    """Return *node* as selectolax has it."""
    cdef object made = LexborNode.__new__(LexborNode)
    (<NodeObject*> made).node = node
    made.parser = parser
    return made


@cython.final
@cython.no_gc
cdef class Element:
    """A block-level element around text."""

    def __init__(self, node, str tag, Element parent, str zone):
        self.wrapped = node
        self.tag = tag
        self.parent = parent
        self.zone = zone

    @property
    def node(self):
        """The element as selectolax has it, which is made when it is asked for."""
        if self.wrapped is None:
            self.wrapped = wrap(self.at, self.parser)
        return self.wrapped

    def chain(self):
        """Yield this element and those around it, from the inside out."""
        cdef Element element = self
        while element is not None:
            yield element
            element = element.parent

    def __repr__(self):
        return f"Element(tag={self.tag!r}, zone={self.zone!r})"


@cython.final
@cython.no_gc
cdef class Block:
    """A paragraph, heading, list item, quote, table row, or bare text between them."""

    def __init__(
        self, str text, Element element, str zone, double link_share, double stress_share=0.0,
        bint after_picture=False,
    ):
        self.text = text
        self.element = element
        self.zone = zone
        self.link_share = link_share
        self.stress_share = stress_share
        self.after_picture = after_picture

    @property
    def tag(self):
        """Name of `element`, such as ``p``, ``h2``, ``li``, ``tr`` or ``div``."""
        return self.element.tag

    def __repr__(self):
        return f"Block(text={self.text!r}, element={self.element!r}, zone={self.zone!r})"
