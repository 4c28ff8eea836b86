# cython: language_level=3, boundscheck=False, wraparound=False
"""The fingerprint of `cleaners.fingerprint`, in a tenth of its time.

The hash is BLAKE2b of RFC 7693 with a digest of eight bytes, for what fits into one of its blocks.
"""

from cpython.mem cimport PyMem_Calloc, PyMem_Free
from libc.stdint cimport uint8_t, uint32_t, uint64_t
from libc.string cimport memchr, memcpy, memset

from hashlib import blake2b

cdef enum:
    BITS = 64
    BLOCK = 128  # bytes
    ROUNDS = 12
    RUN = 3  # words

cdef uint64_t PARAMETERS = 0x01010008  # one leaf, no key, a digest of eight bytes
cdef uint64_t START[8]
START[:] = [
    0x6A09E667F3BCC908, 0xBB67AE8584CAA73B, 0x3C6EF372FE94F82B, 0xA54FF53A5F1D36F1,
    0x510E527FADE682D1, 0x9B05688C2B3E6C1F, 0x1F83D9ABFB41BD6B, 0x5BE0CD19137E2179,
]
cdef uint8_t ORDER[10][16]
ORDER[0][:] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]
ORDER[1][:] = [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3]
ORDER[2][:] = [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4]
ORDER[3][:] = [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8]
ORDER[4][:] = [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13]
ORDER[5][:] = [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9]
ORDER[6][:] = [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11]
ORDER[7][:] = [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10]
ORDER[8][:] = [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5]
ORDER[9][:] = [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0]


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
    cdef uint8_t block[BLOCK]
    cdef uint64_t* words = <uint64_t*> block
    cdef uint64_t v[16]
    cdef int turn
    cdef uint8_t* at
    memset(block, 0, BLOCK)
    memcpy(block, text, size)
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


cdef uint64_t shingle(const uint8_t* text, Py_ssize_t size) except? 0:
    return hash_of(text, size) if size <= BLOCK else long_hash_of((<char*> text)[:size])
