# cython: language_level=3, boundscheck=False, wraparound=False
"""The fingerprint of `cleaners.fingerprint`, and the words it is made of, in a third of the time.

The hash is BLAKE2b of RFC 7693 with a digest of eight bytes, for what fits into one of its blocks.
"""

from cpython.bytes cimport PyBytes_FromStringAndSize
from cpython.mem cimport PyMem_Calloc, PyMem_Free, PyMem_Malloc
from cpython.unicode cimport PyUnicode_DATA, PyUnicode_GET_LENGTH, PyUnicode_KIND, PyUnicode_READ
from libc.stdint cimport uint8_t, uint32_t, uint64_t
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
    FROM_MARKS = 0x300  # no character below is in a script unlike Latin
    TWO_BYTES = 0x800  # from here on UTF-8 takes three
    THREE_BYTES = 0x10000  # and from here on four


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


cdef unsigned char IN_WORDS[ASCII]
for _number in range(ASCII):
    IN_WORDS[_number] = chr(_number).isalnum() or chr(_number) == "_"
cdef Py_UCS4 FROM[16]
cdef Py_UCS4 TO[16]
cdef int range_count = len(UNSPACED + MARKS)
for _number, (_first, _last) in enumerate(UNSPACED + MARKS):
    FROM[_number] = ord(_first)
    TO[_number] = ord(_last)


cdef bint is_unlike_latin(Py_UCS4 sign) noexcept:
    cdef int number
    for number in range(range_count):
        if FROM[number] <= sign <= TO[number]:
            return True
    return False


cdef inline Py_ssize_t put(uint8_t* place, uint32_t sign) noexcept:
    """Write a character in UTF-8, and return how many bytes it takes."""
    if sign < ASCII:
        place[0] = <uint8_t> sign
        return 1
    if sign < TWO_BYTES:
        place[0] = <uint8_t> (0xC0 | sign >> 6)
        place[1] = <uint8_t> (0x80 | sign & 0x3F)
        return 2
    if sign < THREE_BYTES:
        place[0] = <uint8_t> (0xE0 | sign >> 12)
        place[1] = <uint8_t> (0x80 | sign >> 6 & 0x3F)
        place[2] = <uint8_t> (0x80 | sign & 0x3F)
        return 3
    place[0] = <uint8_t> (0xF0 | sign >> 18)
    place[1] = <uint8_t> (0x80 | sign >> 12 & 0x3F)
    place[2] = <uint8_t> (0x80 | sign >> 6 & 0x3F)
    place[3] = <uint8_t> (0x80 | sign & 0x3F)
    return 4


def joined_words(str text not None):
    """Return what `cleaners.fingerprint.joined_words_in_python` does."""
    cdef str folded = text.casefold()
    cdef Py_ssize_t size = PyUnicode_GET_LENGTH(folded), place, end = 0
    cdef int kind = PyUnicode_KIND(folded)
    cdef void* data = PyUnicode_DATA(folded)
    # a space and up to as many bytes as a character of its width has in UTF-8
    cdef uint8_t* found = <uint8_t*> PyMem_Malloc((kind + 2) * size + 1)
    cdef Py_UCS4 sign
    cdef bint is_inside = False, is_in_word
    if found == NULL:
        raise MemoryError
    try:
        for place in range(size):
            sign = PyUnicode_READ(kind, data, place)
            if sign >= FROM_MARKS and is_unlike_latin(sign):
                return " ".join(words(text)).encode()
            if sign < ASCII:
                is_in_word = IN_WORDS[sign]
            else:
                is_in_word = Py_UNICODE_ISALNUM(sign)
            if not is_in_word:
                is_inside = False
                continue
            if not is_inside and end:
                found[end] = SPACE
                end += 1
            is_inside = True
            end += put(found + end, <uint32_t> sign)
        return PyBytes_FromStringAndSize(<char*> found, end)
    finally:
        PyMem_Free(found)
