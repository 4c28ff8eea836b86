"""Hashes of words, and tables of them."""

from cpython.unicode cimport PyUnicode_DATA, PyUnicode_GET_LENGTH, PyUnicode_KIND, PyUnicode_READ
from libc.stdint cimport uint64_t

cdef inline uint64_t begun() noexcept:
    """Return the hash of no sign, by Fowler, Noll and Vo."""
    return 0xCBF29CE484222325ULL


cdef inline uint64_t with_sign(uint64_t hashed, uint64_t sign) noexcept:
    """Return the hash of what has another *sign* behind it."""
    return (hashed ^ sign) * 0x100000001B3ULL


cdef inline uint64_t hash_of(str text) noexcept:
    cdef uint64_t hashed = begun()
    cdef Py_ssize_t place
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    for place in range(PyUnicode_GET_LENGTH(text)):
        hashed = with_sign(hashed, PyUnicode_READ(kind, data, place))
    return hashed


cdef inline size_t slot_of(const uint64_t* slots, size_t mask, uint64_t hashed) noexcept:
    """Return where *hashed* stands in a table, or would; an empty slot is 0."""
    cdef size_t slot = hashed & mask
    while slots[slot] and slots[slot] != hashed:
        slot = (slot + 1) & mask
    return slot
