# cython: language_level=3, boundscheck=False, wraparound=False
"""The walk of `cleaners.walk` over lexbor's own nodes.

It makes objects of those nodes alone that are kept. The layout of the nodes is that of selectolax's
``lexbor.pxd``; it is checked when this is imported, and where it is another, the import fails.
"""

from collections import defaultdict

from cpython.mem cimport PyMem_Calloc, PyMem_Free, PyMem_Realloc
from cpython.object cimport PyObject
from cpython.unicode cimport PyUnicode_DecodeASCII, PyUnicode_DecodeUTF8
from libc.stdint cimport uintptr_t
from libc.string cimport memcpy, memset

from selectolax.lexbor import LexborNode

from cleaners._lexbor cimport ElementNode, Node, NodeObject, TextNode, node_in
from cleaners._blocks cimport Block, Element, wrap
from cleaners.blocks import LINE_BREAK, paragraphs_of
from cleaners.tags import MAX_ELEMENTS, NAMES, PHRASING, TooManyElementsError, actions
from cleaners.text import tidy
from cleaners.tree import parse_tree

cdef struct Open:
    Node* node
    int state
    Py_ssize_t around  # place of the block-level element around this one
    Py_ssize_t before  # of an aside: where the text around it begins
    PyObject* zone  # its own; NULL where it has that of the element around
    PyObject* element  # NULL until a text stands in it, and for what is not block-level

cdef enum:  # what to do with an element's content, and behind it
    SKIPPED
    INSIDE
    LINK
    STRESS
    BLOCK
    ASIDE  # dropped inside a paragraph

cdef enum:  # what a byte of ASCII is to a text
    SIGN
    SPACE
    OTHER

cdef enum:
    KNOWN = 512  # more than there are numbers of tags in HTML
    FIRST = 64  # bytes and elements for which there is room at first

cdef enum:
    BREAK_LINE = 16  # after the states
    PICTURE
    CELL
    HEADING
    TIME
    GATHER
    TEXT

cdef unsigned char ACTIONS[KNOWN]
memset(ACTIONS, BLOCK, KNOWN)
_BY_NAME = {
    "skip": SKIPPED, "inline": INSIDE, "link": LINK, "stress": STRESS, "break": BREAK_LINE,
    "picture": PICTURE, "cell": CELL, "heading": HEADING, "time": TIME, "gather": GATHER,
    "text": TEXT,
}
for _number, _name in actions().items():
    ACTIONS[_number] = _BY_NAME[_name]

cdef unsigned char KINDS[256]
memset(KINDS, OTHER, 256)
memset(&KINDS[33], SIGN, 127 - 33)
for _number in (9, 10, 11, 12, 13, 28, 29, 30, 31, 32):
    KINDS[_number] = SPACE

cdef uintptr_t TR = {name: number for number, name in NAMES.items()}["tr"]
cdef unsigned char BREAK_BYTE = ord(LINE_BREAK)


cdef class _Walk:
    """The state of one walk: what is open, and the text since the last block."""

    cdef object parser
    cdef public list blocks
    cdef public object gathered
    cdef Open* open
    cdef Py_ssize_t height, height_room
    cdef Py_ssize_t top  # place of the innermost block-level element that is open
    cdef Py_ssize_t made  # place of the innermost for which there is an object
    cdef list elements  # those in `open`, which it borrows
    cdef unsigned char* text
    cdef Py_ssize_t size, text_room
    cdef Py_ssize_t begun  # where the text since the last block begins
    cdef _Zones zones
    cdef Py_ssize_t elements_left
    cdef Py_ssize_t linked, stressed
    cdef int links, stresses
    cdef bint pictured

    def __cinit__(self, root, zones):
        self.zones = _Zones(zones)
        self.parser = root.parser
        self.blocks = []
        self.gathered = defaultdict(list)
        self.elements = []
        self.elements_left = MAX_ELEMENTS
        self.push(node_in(root), BLOCK, NULL)
        self.open[0].element = self.kept(Element(root, "html", None, ""))

    def __dealloc__(self):
        PyMem_Free(self.open)
        PyMem_Free(self.text)

    cdef PyObject* kept(self, object element) except NULL:
        self.elements.append(element)
        return <PyObject*> element

    cdef int push(self, Node* node, int state, PyObject* zone) except -1:
        if self.height == self.height_room:
            self.height_room = 2 * self.height_room + FIRST
            self.open = <Open*> grown(self.open, self.height_room * sizeof(Open))
        self.open[self.height] = Open(node, state, self.top, self.begun, zone, NULL)
        if state == BLOCK:
            self.top = self.height
        elif state == ASIDE:
            self.begun = self.size
        self.height += 1
        return 0

    cdef int pop(self) except -1:
        cdef Open* last = &self.open[self.height - 1]
        if last.state == ASIDE:
            self.end_aside(last)
        elif last.state == BLOCK:
            if self.size > self.begun:
                self.flush()
            if last.element != NULL:
                self.elements.pop()
                self.made = last.around
            self.top = last.around
        self.leave(last.state)
        self.height -= 1
        return 0

    cdef void leave(self, int state) noexcept:
        if state == LINK:
            self.links -= 1
        elif state == STRESS:
            self.stresses -= 1

    cdef int run(self) except -1:
        """Enter and leave every node below the root, without recursion: pages nest deeply."""
        cdef Node* node = self.open[0].node.first_child
        cdef PyObject* zone
        cdef int state
        while node != NULL:
            zone = self.zones.of(node)
            state = self.enter(node) if zone == NULL else self.enter_marked(node, <str> zone)
            if state != SKIPPED:
                if node.first_child != NULL:
                    self.push(node, state, zone)
                    node = node.first_child
                    continue
                self.leave(state)
            while node.next == NULL:
                if self.height == 1:
                    node = NULL
                    break
                node = self.open[self.height - 1].node
                self.pop()
            else:
                node = node.next
        self.flush()
        return 0

    cdef int enter(self, Node* node) except -1:
        """Return what to do with the content of *node*."""
        cdef int action = ACTIONS[node.number] if node.number < KNOWN else BLOCK
        if action == TEXT:
            self.add_text(<TextNode*> node)
            return SKIPPED
        if action == CELL:
            if self.open[self.top].node.number != TR:
                return self.enter_block()
            if self.size > self.begun:
                self.add(b" | ", 3)
            return INSIDE
        if action in (LINK, HEADING, TIME, GATHER):
            self.gathered[node.number].append(wrap(node, self.parser))
        if action in (BLOCK, HEADING):
            return self.enter_block()
        if action == LINK:
            self.links += 1
        elif action == STRESS:
            self.stresses += 1
        elif action == TIME:
            return INSIDE
        elif action == BREAK_LINE:
            self.add(&BREAK_BYTE, 1)
        elif action == PICTURE:
            self.pictured = True
        return action if action <= STRESS else SKIPPED

    cdef int enter_marked(self, Node* node, str zone) except -1:
        """Return what to do with the content of *node*, which has a zone."""
        cdef int action = ACTIONS[node.number] if node.number < KNOWN else BLOCK
        if action in (SKIPPED, PICTURE, GATHER, TEXT):
            return self.enter(node)
        if action in (LINK, HEADING, TIME):
            self.gathered[node.number].append(wrap(node, self.parser))
        if zone.startswith("drop") and is_phrase(wrap(node, self.parser)):
            return ASIDE
        self.flush()
        return BLOCK

    cdef int end_aside(self, Open* aside) except -1:
        """Make a block of what was dropped inside a paragraph."""
        cdef Py_ssize_t size = self.size - self.begun
        text = tidy(PyUnicode_DecodeUTF8(<char*> self.text + self.begun, size, NULL))
        self.size = self.begun
        self.begun = aside.before
        if text:
            node = wrap(aside.node, self.parser)
            zone = <str> aside.zone
            element = Element(node, str(node.tag), self.innermost(), zone)
            self.blocks.append(Block(text, element, zone, 0.0))
        return 0

    cdef int enter_block(self) except -1:
        if self.size > self.begun:
            self.flush()
        self.elements_left -= 1
        if self.elements_left < 0:
            raise TooManyElementsError
        return BLOCK

    cdef int add_text(self, TextNode* node) except -1:
        cdef Py_ssize_t size = length(node.text.data, node.text.size)
        if size == 0 and (node.text.size == 0 or self.size == self.begun):
            return 0
        self.add(node.text.data, node.text.size)
        if self.links:
            self.linked += size
        if self.stresses:
            self.stressed += size
        return 0

    cdef int add(self, const unsigned char* text, Py_ssize_t size) except -1:
        if self.size + size > self.text_room:
            self.text_room = 2 * (self.size + size) + FIRST
            self.text = <unsigned char*> grown(self.text, self.text_room)
        memcpy(self.text + self.size, text, size)
        self.size += size
        return 0

    cdef int flush(self) except -1:
        """End the current block."""
        cdef unsigned char* text = self.text + self.begun
        cdef Py_ssize_t size = length(text, self.size - self.begun)
        cdef double linked, stressed
        if size:
            linked = min(1.0, self.linked / <double> size)
            stressed = min(1.0, self.stressed / <double> size)
            element = self.innermost()
            for paragraph in paragraphs_in(text, self.size - self.begun):
                self.blocks.append(self.block(paragraph, element, linked, stressed))
            self.pictured = False
        self.size = self.begun
        self.linked = self.stressed = 0
        return 0

    cdef Block block(self, str text, Element element, double linked, double stressed):
        cdef Block made = Block.__new__(Block)
        made.text = text
        made.element = element
        made.zone = element.zone
        made.link_share = linked
        made.stress_share = stressed
        made.after_picture = self.pictured
        return made

    cdef Element innermost(self):
        """Return the innermost block-level element; the objects of those around it are made."""
        cdef Py_ssize_t place
        cdef PyObject* zone
        cdef Element made
        for place in range(self.made + 1, self.top + 1):
            if self.open[place].state == BLOCK:
                made = Element.__new__(Element)
                made.at = self.open[place].node
                made.parser = self.parser
                made.tag = NAMES.get(made.at.number) or str(wrap(made.at, self.parser).tag)
                made.parent = <Element> self.open[self.made].element
                zone = self.open[place].zone
                made.zone = made.parent.zone if zone == NULL else <str> zone
                self.open[place].element = self.kept(made)
                self.made = place
        return <Element> self.open[self.top].element


cdef class _Zones:
    """Which zone an element has of its own."""

    cdef dict zones  # by addresses; it keeps the zones alive
    cdef Node** nodes  # NULL where empty
    cdef PyObject** names
    cdef size_t mask

    def __cinit__(self, zones):
        cdef size_t slots = 1, slot
        self.zones = dict(zones)
        while slots < 2 * <size_t> len(zones):
            slots *= 2
        self.mask = slots - 1
        self.nodes = <Node**> PyMem_Calloc(slots, sizeof(Node*))
        self.names = <PyObject**> PyMem_Calloc(slots, sizeof(PyObject*))
        if self.nodes == NULL or self.names == NULL:
            raise MemoryError
        for address, name in self.zones.items():
            slot = self.slot_of(<Node*> <size_t> address)
            self.nodes[slot] = <Node*> <size_t> address
            self.names[slot] = <PyObject*> name

    def __dealloc__(self):
        PyMem_Free(self.nodes)
        PyMem_Free(self.names)

    cdef size_t slot_of(self, Node* node) noexcept:
        cdef size_t slot = (<size_t> node >> 4) * 0x9E3779B1 & self.mask
        while self.nodes[slot] != NULL and self.nodes[slot] != node:
            slot = (slot + 1) & self.mask
        return slot

    cdef PyObject* of(self, Node* node) noexcept:
        return self.names[self.slot_of(node)] if self.mask else NULL


cdef bint is_phrase(object node) except -1:
    """Whether *node* is a part of a paragraph: inline, with nothing but inline inside."""
    return all(below.tag_id in PHRASING for below in node.traverse())


cdef void* grown(void* memory, Py_ssize_t size) except NULL:
    cdef void* larger = PyMem_Realloc(memory, size)
    if larger == NULL:
        raise MemoryError
    return larger


cdef Py_ssize_t length(const unsigned char* text, Py_ssize_t size) except -1:
    """Return how many characters *text*, in UTF-8, has without the spaces around it."""
    cdef Py_ssize_t start = 0, end = size, place
    while start < end and KINDS[text[start]] == SPACE:
        start += 1
    while end > start and KINDS[text[end - 1]] == SPACE:
        end -= 1
    for place in range(start, end):
        if text[place] >= 128:
            return len(PyUnicode_DecodeUTF8(<char*> text, size, NULL).strip())
    return end - start


cdef list paragraphs_in(unsigned char* text, Py_ssize_t size):
    """Return the paragraphs of *text*, which is overwritten; most hold signs of ASCII alone."""
    cdef Py_ssize_t place, end = 0
    cdef unsigned char kind
    for place in range(size):
        kind = KINDS[text[place]]
        if kind == OTHER:
            return paragraphs_of(PyUnicode_DecodeUTF8(<char*> text, size, NULL).strip())
    for place in range(size):
        kind = KINDS[text[place]]
        if kind == SIGN:
            text[end] = text[place]
            end += 1
        elif end and text[end - 1] != 32:
            text[end] = 32
            end += 1
    if end and text[end - 1] == 32:
        end -= 1
    return [PyUnicode_DecodeASCII(<char*> text, end, NULL)]


def walk(root, zones):
    """Return what `cleaners.walk.walk` does, as a pair.

    Raises:
        TooManyElementsError: over `MAX_ELEMENTS` block-level elements.
    """
    cdef _Walk walked = _Walk(root, zones)
    walked.run()
    return tuple(walked.blocks), walked.gathered


def check():
    """See whether the nodes of a small page are laid out as they are taken to be.

    Raises:
        ImportError: they are not.
    """
    root = parse_tree(b"<p id=a class='b c'>\xc3\xa9t\xc3\xa9<b>b</b></p>")
    paragraph = root.last_child.first_child
    first = paragraph.first_child
    if sizeof(NodeObject) > LexborNode.__basicsize__ or <size_t> node_in(first) != first.mem_id:
        raise ImportError("selectolax has objects of another layout")
    known = [paragraph.tag_id, first.tag_id] + [
        each.mem_id for each in (first, paragraph.last_child, paragraph.parent, first.next)
    ]
    cdef Node* node = node_in(paragraph)
    cdef ElementNode* element = <ElementNode*> node
    cdef TextNode* text = <TextNode*> node.first_child
    found = [node.number, text.node.number] + [
        <size_t> node.first_child, <size_t> node.last_child, <size_t> node.parent,
        <size_t> text.node.next,
    ]
    if known != found or text.text.data[:text.text.size].decode() != first.text_content:
        raise ImportError("lexbor has nodes of another layout")
    if element.id != element.first_attribute or element.classes != element.last_attribute:
        raise ImportError("lexbor has attributes of another layout")
    if element.classes.value.data[:element.classes.value.size] != b"b c":
        raise ImportError("lexbor has values of another layout")


check()
