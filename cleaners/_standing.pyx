# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""Where the blocks of a page stand: `cleaners.standing` in a fraction of its time.

Sums are made in the same order, so all numbers are the same to the last bit.
"""

from libc.stdlib cimport calloc, free, realloc

import numpy as np

from cleaners import _walk  # noqa: F401 - checks how nodes are laid out
from cleaners._blocks cimport Block, Element
from cleaners._lexbor cimport ElementNode, Node, node_in
from cleaners.measures import FEW, GOOD_LINKS, GOOD_WORDS, LONGEST, MENU_LINKS, MENU_WORDS
from cleaners.standing import FAR_PLACES, LEVELS, NAMES, OFFSETS, SAME_LENGTH, SHARES, TAG_ROW, TAGS
from cleaners.surroundings import BITS, KIND_BITS, KINDS, ROLE_MASKS, mask_of, own_mask
from cleaners.text import has_key, key
from cleaners._text cimport about_words
from cleaners.wording import ENDS

cdef enum:
    FIRST = 256  # containers for which there is room at first
    MOST = 8  # levels of ancestors, shares and offsets, of which there are fewer

cdef int LEVEL_COUNT = LEVELS
cdef int GROUP_COUNT = len(BITS)
cdef int KIND_COUNT = len(KINDS)
cdef int TAG_COUNT = len(TAGS)
cdef int COLUMNS = len(NAMES)
cdef double MOST_WORDS = LONGEST
cdef double GOOD_FROM = GOOD_WORDS
cdef double GOOD_TO = GOOD_LINKS
cdef double MENU_FROM = MENU_LINKS
cdef double MENU_TO = MENU_WORDS
cdef int FEWEST = FEW
cdef int far_count = len(FAR_PLACES)
cdef int FAR[MOST * 4]
for _place, _bit in enumerate(FAR_PLACES):
    FAR[_place] = _bit
cdef int offset_count = len(OFFSETS)
cdef int STEPS[MOST]
for _place, _step in enumerate(OFFSETS):
    STEPS[_place] = _step
cdef int share_count = len(SHARES)


cdef struct Container:
    Py_ssize_t parent
    Py_ssize_t end  # of those inside, which stand right behind it
    int depth
    bint around  # whether a candidate stands in it
    long kinds, groups, inherited
    Py_ssize_t signature
    double words, good, linked  # sums over all blocks in it
    int shared  # depth of the last ancestor that it shares with an anchor


cdef struct Measured:
    Py_ssize_t container
    Py_ssize_t alike  # one for all candidates of one kind of place; -1 for no candidate
    double words, links, good


cdef struct Alike:
    double words, good, linked, blocks


cdef class _Standing:
    """The blocks of one page and the elements around them."""

    cdef list blocks
    cdef list elements
    cdef dict index
    cdef Container* containers
    cdef Py_ssize_t count, room  # of containers
    cdef Measured* measured
    cdef Py_ssize_t size  # blocks
    cdef Py_ssize_t* chosen
    cdef Py_ssize_t chosen_count
    cdef Alike* alike
    cdef Py_ssize_t tops[MOST]
    cdef double all_good, all_words

    def __cinit__(self, blocks):
        self.blocks = list(blocks)
        self.size = len(self.blocks)
        self.elements = []
        self.index = {}
        self.measured = <Measured*> zeroed(self.size, sizeof(Measured))
        self.chosen = <Py_ssize_t*> zeroed(self.size, sizeof(Py_ssize_t))
        self.alike = <Alike*> zeroed(self.size, sizeof(Alike))
        self.measure()
        self.sum_up()
        self.find_tops()
        self.choose()

    def __dealloc__(self):
        free(self.containers)
        free(self.measured)
        free(self.chosen)
        free(self.alike)

    cdef int measure(self) except -1:
        """Count the words, links and prose of each block, and find what stands around it."""
        cdef Measured* own
        cdef Py_ssize_t place
        cdef str text
        cdef Block block
        cdef object known
        for place in range(self.size):
            block = self.blocks[place]
            text = block.text
            own = &self.measured[place]
            own.words = min(<double> about_words(text), MOST_WORDS)
            own.links = block.link_share
            own.alike = -1
            if own.words >= GOOD_FROM and own.links < GOOD_TO and text[len(text) - 1] in ENDS:
                own.good = own.words
            known = self.index.get(block.element)
            own.container = <Py_ssize_t> known if known is not None else self.add(block.element)
        return 0

    cdef Py_ssize_t add(self, Element element) except -1:
        """Return the place of *element*, which is new; its ancestors get theirs first."""
        cdef list chain = [element]
        cdef Py_ssize_t place = -1
        cdef Container* made
        cdef Element around = element.parent
        while around is not None:
            known = self.index.get(around)
            if known is not None:
                place = known
                break
            chain.append(around)
            around = around.parent
        for element in reversed(chain):
            if self.count == self.room:
                self.room = 2 * self.room + FIRST
                self.containers = <Container*> grown(self.containers, self.room * sizeof(Container))
            made = &self.containers[self.count]
            made[0] = Container(max(place, 0), 0, 0, False, 0, 0, 0, 0, 0.0, 0.0, 0.0, 0)
            if place >= 0:
                made.depth = self.containers[place].depth + 1
            place = self.count
            self.index[element] = place
            self.elements.append(element)
            self.count += 1
        return place

    cdef void sum_up(self) noexcept:
        """Give each container the sums over all that stands in it."""
        cdef Py_ssize_t place
        cdef Container* own
        cdef Container* parent
        for place in range(self.size):
            own = &self.containers[self.measured[place].container]
            own.words += self.measured[place].words
            own.good += self.measured[place].good
            own.linked += self.measured[place].links * self.measured[place].words
        for place in range(self.count):
            self.containers[place].end = 1
        for place in range(self.count - 1, 0, -1):
            own = &self.containers[place]
            parent = &self.containers[own.parent]
            parent.words += own.words
            parent.good += own.good
            parent.linked += own.linked
            parent.end += own.end
        for place in range(self.count):
            self.containers[place].end += place
        self.all_good = max(self.containers[0].good, 1.0)
        self.all_words = self.containers[0].words

    cdef int find_tops(self) except -1:
        """Find the deepest container that holds each of `SHARES` of the prose."""
        cdef Py_ssize_t place, deepest
        cdef double least
        for number, share in enumerate(SHARES):
            least = <double> share * self.containers[0].good
            deepest = -1
            for place in range(self.count):
                if self.containers[place].good >= least and (
                    deepest < 0 or self.containers[place].depth > self.containers[deepest].depth
                ):
                    deepest = place
            self.tops[number] = deepest
        return 0

    cdef bint is_in(self, Py_ssize_t block, Py_ssize_t container) noexcept:
        cdef Py_ssize_t own = self.measured[block].container
        return container <= own < self.containers[container].end

    cdef void choose(self) noexcept:
        """Choose the blocks that can be article text."""
        cdef Py_ssize_t place
        cdef Measured* own
        cdef bint in_half
        for place in range(self.size):
            own = &self.measured[place]
            in_half = self.is_in(place, self.tops[share_count - 1])
            if own.links > MENU_FROM and own.words < MENU_TO and not in_half:
                continue
            if own.good > 0 or in_half or self.is_in(place, self.tops[share_count - 2]):
                self.chosen[self.chosen_count] = place
                self.chosen_count += 1
        if self.chosen_count <= FEWEST:
            self.chosen_count = self.size
            for place in range(self.size):
                self.chosen[place] = place

    cdef int mark(self) except -1:
        """Read what the tags and classes around the candidates say."""
        cdef Py_ssize_t number, place
        cdef Container* own
        cdef Container* parent
        cdef dict signatures = {}, kinds = {}
        cdef Element element
        for number in range(self.chosen_count):
            place = self.measured[self.chosen[number]].container
            while not self.containers[place].around:
                self.containers[place].around = True
                place = self.containers[place].parent
        for place in range(self.count):
            own = &self.containers[place]
            if own.around:
                element = self.elements[place]
                parent = &self.containers[own.parent]
                groups, classes = marks_of(element, element.tag)
                own.groups = groups
                own.kinds = <long> KIND_BITS.get(element.tag, 0) | parent.kinds
                own.inherited = own.groups | parent.inherited
                own.signature = signatures.setdefault((element.tag, classes), len(signatures))
        for number in range(self.chosen_count):
            own = &self.containers[self.measured[self.chosen[number]].container]
            kind = (own.signature, self.containers[own.parent].signature)
            self.measured[self.chosen[number]].alike = kinds.setdefault(kind, len(kinds))
        return 0

    cdef void sum_up_alike(self) noexcept:
        cdef Py_ssize_t number
        cdef Measured* own
        cdef Alike* alike
        for number in range(self.chosen_count):
            own = &self.measured[self.chosen[number]]
            alike = &self.alike[own.alike]
            alike.words += own.words
            alike.good += own.good
            alike.linked += own.links * own.words
            alike.blocks += 1

    cdef Py_ssize_t heading(self, str title) except -2:
        """Return the headline: the only one, else the last before half of the prose; -1 for none."""
        cdef str wanted = key(title)
        cdef double slack = <double> SAME_LENGTH * len(title) + 4
        cdef double least = len(title) - slack, most = len(title) + slack
        cdef Py_ssize_t place, prose = 0, half, found = -1, number = 0
        cdef Py_ssize_t size
        cdef list places = []
        if not wanted:
            return -1
        for place in range(self.size):
            text = self.blocks[place].text
            size = len(<str> text)
            if least <= size <= most and has_key(text, wanted):
                places.append(place)
        if len(places) == 1:
            return places[0]
        for place in range(self.size):
            prose += self.measured[place].good > 0
        half = prose // 2
        for place in range(self.size):
            if self.measured[place].good > 0:
                if half == 0:
                    return next((number for number in places if number < place), -1)
                half -= 1
        return -1

    cdef Py_ssize_t prose_behind(self, Py_ssize_t place) noexcept:
        """Return the first block of prose behind *place*; the number of blocks where there is none."""
        place += 1
        while place < self.size and self.measured[place].good <= 0:
            place += 1
        return place

    cdef void share_depths(self, Py_ssize_t container) noexcept:
        """Find for each container how deep the last ancestor it shares with *container* is."""
        cdef Py_ssize_t place
        cdef Container* own
        for place in range(self.count):
            self.containers[place].shared = -1
        place = container
        while place > 0:
            self.containers[place].shared = self.containers[place].depth
            place = self.containers[place].parent
        self.containers[0].shared = 0
        for place in range(1, self.count):
            own = &self.containers[place]
            if own.shared < 0:
                own.shared = self.containers[own.parent].shared

    def rows(self, str title):
        """Return one row a candidate, with the columns of `cleaners.standing.NAMES`."""
        cdef Py_ssize_t heading, first, number, at = 0
        self.mark()
        self.sum_up_alike()
        heading = self.heading(title)
        first = self.prose_behind(heading)
        first = first if first < self.size else 0
        made = np.zeros((self.chosen_count, COLUMNS), np.float32)
        cdef float[:, ::1] out = made
        for number in range(self.chosen_count):
            at = self.put_own(&out[number, 0], self.chosen[number])
            at = self.put_around(&out[number, 0], at, self.chosen[number])
            at = self.put_sums(&out[number, 0], at, self.chosen[number])
            at = self.put_anchors(&out[number, 0], at, self.chosen[number], heading, first)
        self.put_shared(out, at - 4, heading)
        self.put_shared(out, at - 2, first)
        self.put_course(out, at)
        return made

    cdef Py_ssize_t put_own(self, float* row, Py_ssize_t block) except -1:
        """Put what is said of a block alone; return the next column."""
        cdef Measured* own = &self.measured[block]
        cdef Block said = self.blocks[block]
        cdef Py_ssize_t tag = TAG_ROW.get(said.element.tag, -1)
        row[0] = own.words
        row[1] = own.links
        row[2] = own.good
        row[3] = said.stress_share
        row[4] = said.after_picture
        if tag >= 0:
            row[5 + tag] = 1
        return 5 + TAG_COUNT

    cdef Py_ssize_t put_around(self, float* row, Py_ssize_t at, Py_ssize_t block) noexcept:
        """Put what the tags and classes around a block say; return the next column."""
        cdef Container* container = &self.containers[self.measured[block].container]
        cdef Container* parent = &self.containers[container.parent]
        cdef Container* grand = &self.containers[parent.parent]
        cdef int number
        for number in range(KIND_COUNT):
            row[at + number] = (container.kinds >> number) & 1
        at += KIND_COUNT
        for number in range(GROUP_COUNT):
            row[at + number] = (
                ((container.groups >> number) & 1) + 0.5 * ((parent.groups >> number) & 1)
                + 0.25 * ((grand.groups >> number) & 1)
            )
        at += GROUP_COUNT
        for number in range(far_count):
            row[at + number] = (container.inherited >> FAR[number]) & 1
        at += far_count
        for number in range(share_count):
            row[at + number] = self.is_in(block, self.tops[number])
        at += share_count
        row[at] = container.depth
        return at + 1

    cdef Py_ssize_t put_sums(self, float* row, Py_ssize_t at, Py_ssize_t block) noexcept:
        """Put how much the elements around a block, and blocks alike, hold; return the next column."""
        cdef Container* step = &self.containers[self.measured[block].container]
        cdef Alike* alike = &self.alike[self.measured[block].alike]
        cdef int number, levels = LEVEL_COUNT + 1
        cdef double size
        for number in range(levels):
            size = max(step.words, 1.0)
            row[at + number] = step.good / self.all_good
            row[at + number + levels] = step.good / size
            row[at + number + 2 * levels] = step.linked / size
            row[at + number + 3 * levels] = step.words
            step = &self.containers[step.parent]
        at += 4 * levels
        size = max(alike.words, 1.0)
        row[at] = alike.good / self.all_good
        row[at + 1] = alike.good / size
        row[at + 2] = alike.linked / size
        row[at + 3] = alike.blocks
        return at + 4

    cdef void put_course(self, float[:, ::1] out, Py_ssize_t at) noexcept:
        """Put what stands before and behind each candidate, in one course through the page."""
        cdef double good = 0.0, words = 0.0
        cdef Py_ssize_t before = -30, behind = -1, place, number = 0
        for place in range(self.size):
            words += self.measured[place].words
            if behind <= place:
                behind = self.prose_behind(place)
            if number < self.chosen_count and self.chosen[number] == place:
                self.put_neighbours(&out[number, at], place)
                self.put_progress(
                    &out[number, at + 4 * offset_count], place, before, behind, good, words
                )
                number += 1
            if self.measured[place].good > 0:
                before = place
                good += self.measured[place].good

    cdef Py_ssize_t put_anchors(
        self, float* row, Py_ssize_t at, Py_ssize_t block, Py_ssize_t heading, Py_ssize_t first
    ) noexcept:
        """Put how far a block is from the headline and the first prose; return the next column."""
        row[at] = min(max(block - heading, -30), 30) if heading >= 0 else -31
        row[at + 1] = min(max(block - first, -30), 60)
        return at + 6

    cdef void put_shared(self, float[:, ::1] out, Py_ssize_t at, Py_ssize_t anchor) noexcept:
        """Put how deep the last element is that each candidate shares with *anchor*."""
        cdef Py_ssize_t number, container
        cdef int shared
        if anchor < 0:
            for number in range(self.chosen_count):
                out[number, at] = out[number, at + 1] = -1
            return
        container = self.measured[anchor].container
        self.share_depths(container)
        for number in range(self.chosen_count):
            shared = self.containers[self.measured[self.chosen[number]].container].shared
            out[number, at] = shared
            out[number, at + 1] = self.containers[container].depth - shared

    cdef void put_neighbours(self, float* row, Py_ssize_t block) noexcept:
        """Put what is known of the blocks before and behind one."""
        cdef int number
        cdef Py_ssize_t place
        cdef Measured* other
        for number in range(offset_count):
            place = block + STEPS[number]
            if 0 <= place < self.size:
                other = &self.measured[place]
                row[number] = other.words
                row[number + offset_count] = other.links
                row[number + 2 * offset_count] = other.good
                row[number + 3 * offset_count] = other.alike == self.measured[block].alike

    cdef void put_progress(
        self, float* row, Py_ssize_t block, Py_ssize_t before, Py_ssize_t behind, double good,
        double words,
    ) noexcept:
        """Put how far along the page and its prose a block is."""
        if behind >= self.size:
            behind = self.size + 30
        row[0] = min(block - before, 30)
        row[1] = min(behind - block, 30)
        row[2] = block / <double> max(1, self.size)
        row[3] = good / self.all_good
        row[4] = words / self.all_words
        row[5] = self.size
        row[6] = self.containers[0].good

    def found(self):
        """Return the places of the candidates, and the words of each."""
        places = np.empty(self.chosen_count, np.int64)
        words = np.empty(self.chosen_count)
        cdef long long[::1] into_places = places
        cdef double[::1] into_words = words
        cdef Py_ssize_t number
        for number in range(self.chosen_count):
            into_places[number] = self.chosen[number]
            into_words[number] = self.measured[self.chosen[number]].words
        return places, words


cdef void* zeroed(size_t count, size_t size) except NULL:
    cdef void* memory = calloc(max(count, 1), size)
    if memory == NULL:
        raise MemoryError
    return memory


cdef void* grown(void* memory, size_t size) except NULL:
    cdef void* larger = realloc(memory, size)
    if larger == NULL:
        raise MemoryError
    return larger


cdef tuple marks_of(Element element, str tag):
    """Return the groups of an element of its own, and its classes."""
    cdef Node* at = element.at if element.at != NULL else node_in(element.wrapped)
    cdef ElementNode* node = <ElementNode*> at
    if node.first_attribute == NULL:
        return ROLE_MASKS.get(tag, 0), ""
    if node.first_attribute == node.classes and node.last_attribute == node.classes:  # as most have
        classes = ""
        if node.classes.value != NULL:
            classes = node.classes.value.data[:node.classes.value.size].decode()
        own = ROLE_MASKS.get(tag, 0)
        return (own | mask_of(classes) if classes else own), classes
    attributes = element.node.attributes
    return own_mask(tag, attributes), attributes.get("class") or ""


def stand(blocks, title):
    """Return what `cleaners.standing.stand` does; there is at least one block."""
    standing = _Standing(blocks)
    rows = standing.rows(title)
    places, words = standing.found()
    return rows, places, words
