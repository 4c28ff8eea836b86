# cython: language_level=3, boundscheck=False, wraparound=False
"""The fingerprint of `cleaners.fingerprint`, in an eighth of the time.

The hash is BLAKE2b of RFC 7693 with a digest of eight bytes, for what fits into one of its blocks.
"""

from cpython.mem cimport PyMem_Calloc, PyMem_Free
from libc.stdint cimport uint8_t, uint64_t
from libc.string cimport memchr

from hashlib import blake2b

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
