# cython: language_level=3, boundscheck=False, wraparound=False
"""The fingerprint of `cleaners.fingerprint`, and the words it is made of, in a third of the time.

The hash is BLAKE2b of RFC 7693 with a digest of eight bytes, for what fits into one of its blocks.
"""

from cpython.bytes cimport PyBytes_FromStringAndSize
from cpython.mem cimport PyMem_Calloc, PyMem_Free, PyMem_Malloc
from cpython.unicode cimport PyUnicode_DATA, PyUnicode_GET_LENGTH, PyUnicode_KIND, PyUnicode_READ
from libc.stdint cimport uint8_t, uint16_t, uint32_t, uint64_t
from libc.string cimport memchr, memcpy, memset

from hashlib import blake2b

from cleaners.fingerprint import MARKS, UNSPACED, words

cdef extern from "Python.h":
    bint Py_UNICODE_ISALNUM(Py_UCS4 sign)

cdef extern from "_blake2b.h" nogil:
    enum:
        LANES
        BLOCK
    void hash_lanes(
        const uint8_t* const* texts, const size_t* sizes, int count, uint64_t* digests
    )

cdef enum:
    BITS = 64
    PLANES = 32
    SPACE = 0x20
    ASCII = 0x80
    TWO_BYTES = 0x800  # from here on UTF-8 takes three
    FOLDED = 0x2500  # characters: letters of Latin, Greek, Cyrillic and their like are below
    LONGEST = 3  # characters that one becomes in the other case
    MOST_BYTES = 10  # that a character comes to: three of three bytes, and a space


cdef uint64_t long_hash_of(bytes text) except? 0:
    return int.from_bytes(blake2b(text, digest_size=8).digest(), "little")


cdef class Votes:
    """How many different hashes have each bit."""

    cdef uint64_t* _seen
    cdef Py_ssize_t _mask
    cdef bint _has_zero
    cdef uint64_t _planes[PLANES]  # each has one binary digit of all counts
    cdef Py_ssize_t _count
    cdef const uint8_t* _texts[LANES]  # that wait for others, to be hashed together
    cdef size_t _sizes[LANES]
    cdef int _waiting

    def __cinit__(self, Py_ssize_t most):
        cdef Py_ssize_t size = 4
        while size < 2 * most:
            size *= 2
        self._seen = <uint64_t*> PyMem_Calloc(size, sizeof(uint64_t))
        if self._seen == NULL:
            raise MemoryError
        self._mask = size - 1

    def __dealloc__(self):
        PyMem_Free(self._seen)

    cdef int take(self, const uint8_t* text, Py_ssize_t size) except -1:
        """Count the hash of *text*, which must stay where it is until the majority is asked."""
        if size > BLOCK:
            self.add(long_hash_of((<char*> text)[:size]))
            return 0
        self._texts[self._waiting] = text
        self._sizes[self._waiting] = <size_t> size
        self._waiting += 1
        if self._waiting == LANES:
            self.hash_waiting()
        return 0

    cdef void hash_waiting(self) noexcept:
        cdef uint64_t found[LANES]
        cdef int lane
        hash_lanes(self._texts, self._sizes, self._waiting, found)
        for lane in range(self._waiting):
            self.add(found[lane])
        self._waiting = 0

    cdef void add(self, uint64_t found) noexcept:
        cdef Py_ssize_t place = found & self._mask
        cdef uint64_t carried
        cdef int plane = 0
        if not found:  # which marks a free place
            self._count += not self._has_zero
            self._has_zero = True
            return
        while self._seen[place]:
            if self._seen[place] == found:
                return
            place = (place + 1) & self._mask
        self._seen[place] = found
        self._count += 1
        while found:
            carried = self._planes[plane] & found
            self._planes[plane] ^= found
            found = carried
            plane += 1

    cdef Py_ssize_t votes_for(self, int bit) noexcept:
        cdef Py_ssize_t count = 0
        cdef int plane
        for plane in range(PLANES):
            count |= <Py_ssize_t> (self._planes[plane] >> bit & 1) << plane
        return count

    cdef uint64_t majority(self) noexcept:
        cdef uint64_t found = 0
        cdef int bit
        self.hash_waiting()
        for bit in range(BITS):
            if 2 * self.votes_for(bit) > self._count:
                # the first byte of a digest is the lowest here, and the highest of a fingerprint
                found |= (<uint64_t> 1) << (BITS - 8 - bit // 8 * 8 + bit % 8)
        return found


def simhash(bytes text not None):
    """Return what `cleaners.fingerprint.simhash_in_python` does."""
    cdef const uint8_t* start = text
    cdef const uint8_t* end = start + len(text)
    cdef const uint8_t* last = start  # where the newest word begins
    cdef const uint8_t* middle = NULL
    cdef const uint8_t* first = NULL
    cdef const uint8_t* stop
    cdef Votes votes = Votes(text.count(b" ") + 1)
    cdef bint is_open = True
    cdef bint is_short = True  # two words or fewer
    while is_open:
        stop = <const uint8_t*> memchr(last, b" ", end - last)
        if stop == NULL:
            is_open = False
            stop = end
        if first != NULL:
            votes.take(first, stop - first)
            is_short = False
        first, middle, last = middle, last, stop + 1
    if is_short:
        votes.take(start, end - start)
    return votes.majority()


cdef struct Fold:
    uint16_t signs[LONGEST]  # what a character is in one case, up to three
    uint8_t length
    uint8_t part

cdef enum Part:
    BETWEEN  # words
    INSIDE
    UNLIKE_LATIN  # in scripts whose words are found in Python

cdef Fold FOLDS[FOLDED]
cdef Py_UCS4 FROM[16]
cdef Py_UCS4 TO[16]
cdef int script_count = len(UNSPACED + MARKS)
for _number, (_first, _last) in enumerate(UNSPACED + MARKS):
    FROM[_number] = ord(_first)
    TO[_number] = ord(_last)


cdef bint is_unlike_latin(Py_UCS4 sign) noexcept:
    cdef int number
    for number in range(script_count):
        if FROM[number] <= sign <= TO[number]:
            return True
    return False


cdef int part_of_folded(str folded):
    """Return what a character is that becomes *folded* in one case."""
    cdef int insides = 0
    cdef Py_UCS4 sign
    for sign in folded:
        if is_unlike_latin(sign):
            return UNLIKE_LATIN
        insides += sign == "_" or Py_UNICODE_ISALNUM(sign)
    if insides == len(folded):
        return INSIDE
    return UNLIKE_LATIN if insides else BETWEEN


cdef int fill_folds() except -1:
    """Read the Unicode of this Python, which `words` in Python reads too."""
    cdef int number, place
    cdef str folded
    for number in range(FOLDED):
        folded = chr(number).casefold()
        FOLDS[number].part = <uint8_t> part_of_folded(folded)
        FOLDS[number].length = <uint8_t> len(folded)
        for place in range(len(folded)):
            FOLDS[number].signs[place] = <uint16_t> ord(folded[place])
    return 0


fill_folds()


cdef inline Py_ssize_t put(uint8_t* place, uint32_t sign) noexcept:
    """Write a character below `FOLDED` in UTF-8, and return how many bytes it takes."""
    if sign < ASCII:
        place[0] = <uint8_t> sign
        return 1
    if sign < TWO_BYTES:
        place[0] = <uint8_t> (0xC0 | sign >> 6)
        place[1] = <uint8_t> (0x80 | sign & 0x3F)
        return 2
    place[0] = <uint8_t> (0xE0 | sign >> 12)
    place[1] = <uint8_t> (0x80 | sign >> 6 & 0x3F)
    place[2] = <uint8_t> (0x80 | sign & 0x3F)
    return 3


cdef int part_of(Py_UCS4 sign) noexcept:
    """Return what a character from `FOLDED` on is; of the letters there most are unlike Latin."""
    return UNLIKE_LATIN if is_unlike_latin(sign) or Py_UNICODE_ISALNUM(sign) else BETWEEN


def joined_words(str text not None):
    """Return what `cleaners.fingerprint.joined_words_in_python` does."""
    cdef Py_ssize_t size = PyUnicode_GET_LENGTH(text), place, end = 0
    cdef int kind = PyUnicode_KIND(text), part, number
    cdef void* data = PyUnicode_DATA(text)
    cdef uint8_t* found = <uint8_t*> PyMem_Malloc(MOST_BYTES * size + 1)
    cdef Py_UCS4 sign
    cdef Fold* fold
    cdef bint is_inside = False
    if found == NULL:
        raise MemoryError
    try:
        for place in range(size):
            sign = PyUnicode_READ(kind, data, place)
            fold = &FOLDS[sign] if sign < FOLDED else NULL
            part = fold.part if fold != NULL else part_of(sign)
            if part == UNLIKE_LATIN:
                return " ".join(words(text)).encode()
            if part == BETWEEN:
                is_inside = False
                continue
            if not is_inside and end:
                found[end] = SPACE
                end += 1
            is_inside = True
            for number in range(fold.length):
                end += put(found + end, fold.signs[number])
        return PyBytes_FromStringAndSize(<char*> found, end)
    finally:
        PyMem_Free(found)
