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

cdef enum:
    BITS = 64
    BLOCK = 128  # bytes
    ROUNDS = 12
    SPACE = 0x20
    ASCII = 0x80
    FROM_MARKS = 0x300  # no character below is in a script unlike Latin
    TWO_BYTES = 0x800  # from here on UTF-8 takes three
    THREE_BYTES = 0x10000  # and from here on four

cdef uint64_t PARAMETERS = 0x01010008  # one leaf, no key, a digest of eight bytes
cdef uint64_t START[8]
START[:] = [
    0x6A09E667F3BCC908, 0xBB67AE8584CAA73B, 0x3C6EF372FE94F82B, 0xA54FF53A5F1D36F1,
    0x510E527FADE682D1, 0x9B05688C2B3E6C1F, 0x1F83D9ABFB41BD6B, 0x5BE0CD19137E2179,
]
cdef uint8_t ORDER[10][16]  # of the words of a block, in each turn
for _number, _row in enumerate((
    "0123456789abcdef", "ea489fd61c02b753", "b8c052fdae367194", "7931dcbe265a40f8",
    "905724afe1bc683d", "2c6a0b834d75fe19", "c51fed4a0763928b", "db7ec13950f4862a",
    "6fe9b308c2d714a5", "a2847615fb9e3cd0",
)):
    for _place, _digit in enumerate(_row):
        ORDER[_number][_place] = int(_digit, 16)


cdef inline uint64_t turned(uint64_t word, int places) noexcept nogil:
    return word >> places | word << (BITS - places)


cdef inline void mix(
    uint64_t* v, int a, int b, int c, int d, uint64_t first, uint64_t second
) noexcept nogil:
    v[a] += v[b] + first
    v[d] = turned(v[d] ^ v[a], 32)
    v[c] += v[d]
    v[b] = turned(v[b] ^ v[c], 24)
    v[a] += v[b] + second
    v[d] = turned(v[d] ^ v[a], 16)
    v[c] += v[d]
    v[b] = turned(v[b] ^ v[c], 63)


cdef uint64_t hash_of(const uint8_t* text, Py_ssize_t size) noexcept nogil:
    """Return the digest of up to `BLOCK` bytes, its first byte the lowest."""
    cdef uint64_t words[16]
    cdef uint64_t v[16]
    cdef int turn
    cdef uint8_t* at
    memset(words, 0, BLOCK)
    memcpy(words, text, size)
    memcpy(v, START, sizeof(START))
    memcpy(v + 8, START, sizeof(START))
    v[0] ^= PARAMETERS
    v[12] ^= <uint64_t> size
    v[14] = ~v[14]
    for turn in range(ROUNDS):
        at = ORDER[turn % 10]
        mix(v, 0, 4, 8, 12, words[at[0]], words[at[1]])
        mix(v, 1, 5, 9, 13, words[at[2]], words[at[3]])
        mix(v, 2, 6, 10, 14, words[at[4]], words[at[5]])
        mix(v, 3, 7, 11, 15, words[at[6]], words[at[7]])
        mix(v, 0, 5, 10, 15, words[at[8]], words[at[9]])
        mix(v, 1, 6, 11, 12, words[at[10]], words[at[11]])
        mix(v, 2, 7, 8, 13, words[at[12]], words[at[13]])
        mix(v, 3, 4, 9, 14, words[at[14]], words[at[15]])
    return START[0] ^ PARAMETERS ^ v[0] ^ v[8]


cdef uint64_t long_hash_of(bytes text) except? 0:
    return int.from_bytes(blake2b(text, digest_size=8).digest(), "little")


cdef class Votes:
    """How many different hashes have each bit."""

    cdef uint64_t* _seen
    cdef Py_ssize_t _mask
    cdef bint _has_zero
    cdef uint32_t _set[BITS]
    cdef Py_ssize_t _count

    def __cinit__(self, Py_ssize_t most):
        cdef Py_ssize_t size = 4
        while size < 2 * most:
            size *= 2
        self._seen = <uint64_t*> PyMem_Calloc(size, sizeof(uint64_t))
        if self._seen == NULL:
            raise MemoryError
        self._mask = size - 1
        memset(self._set, 0, sizeof(self._set))

    def __dealloc__(self):
        PyMem_Free(self._seen)

    cdef void add(self, uint64_t found) noexcept:
        cdef Py_ssize_t place = found & self._mask
        cdef int bit
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
        for bit in range(BITS):
            self._set[bit] += <uint32_t> (found >> bit & 1)

    cdef uint64_t majority(self) noexcept:
        cdef uint64_t found = 0
        cdef int bit
        for bit in range(BITS):
            if 2 * <Py_ssize_t> self._set[bit] > self._count:
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
    while is_open:
        stop = <const uint8_t*> memchr(last, b" ", end - last)
        if stop == NULL:
            is_open = False
            stop = end
        if first != NULL:
            votes.add(shingle(first, stop - first))
        first, middle, last = middle, last, stop + 1
    if not votes._count:  # two words or fewer
        votes.add(shingle(start, end - start))
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
    cdef bint is_inside = False
    if found == NULL:
        raise MemoryError
    try:
        for place in range(size):
            sign = PyUnicode_READ(kind, data, place)
            if sign >= FROM_MARKS and is_unlike_latin(sign):
                return " ".join(words(text)).encode()
            if not (IN_WORDS[sign] if sign < ASCII else Py_UNICODE_ISALNUM(sign)):
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


cdef uint64_t shingle(const uint8_t* text, Py_ssize_t size) except? 0:
    return hash_of(text, size) if size <= BLOCK else long_hash_of((<char*> text)[:size])
