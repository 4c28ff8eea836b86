# cython: language_level=3, boundscheck=False, wraparound=False
"""Which line rules a text can match: the lookup of `cleaners.lookup` in a fraction of its time."""

from cpython.mem cimport PyMem_Calloc, PyMem_Free
from cpython.unicode cimport (
    PyUnicode_DATA, PyUnicode_GET_LENGTH, PyUnicode_KIND, PyUnicode_READ, PyUnicode_Substring,
)
from libc.stdint cimport uint64_t

from cleaners._hashes cimport begun, hash_of, slot_of, with_sign
from cleaners.lookup import SIZES, STEM, pairs_of

cdef extern from "Python.h":
    bint Py_UNICODE_ISALNUM(Py_UCS4 sign)
    bint Py_UNICODE_ISDECIMAL(Py_UCS4 sign)

cdef enum:
    ASCII = 128
    SPARE = 4  # slots of the table for each stem in it

cdef Py_ssize_t LETTERS = STEM


cdef class Finder:
    """The keys of rules, and where each is looked up."""

    cdef dict starts, counted, words
    cdef list always
    cdef uint64_t* hashes  # of the keys of `words`; 0 for an empty slot
    cdef size_t mask

    def __cinit__(self, dict starts, dict counted, dict words, list always):
        """Take what `cleaners.lookup.Index` has arranged."""
        cdef size_t slots = 1
        self.starts, self.counted, self.words, self.always = starts, counted, words, always
        while slots < SPARE * <size_t> len(words):
            slots *= 2
        self.mask = slots - 1
        self.hashes = <uint64_t*> PyMem_Calloc(slots, sizeof(uint64_t))
        if self.hashes == NULL:
            raise MemoryError
        for word in words:
            self.add(word)

    def __dealloc__(self):
        PyMem_Free(self.hashes)

    cdef void add(self, str word) noexcept:
        cdef uint64_t hashed = hash_of(word)
        self.hashes[slot_of(self.hashes, self.mask, hashed)] = hashed

    cdef bint may_have(self, uint64_t hashed) noexcept:
        return self.hashes[slot_of(self.hashes, self.mask, hashed)] != 0

    def places(self, str lower):
        """Return the places of the rules of which *lower* holds a key; it is not empty."""
        cdef set places = set()
        cdef list entries
        for size in SIZES:
            entries = self.starts.get(lower[:size])
            if entries is not None:
                add_held(places, entries, lower)
        if Py_UNICODE_ISDECIMAL(PyUnicode_READ(PyUnicode_KIND(lower), PyUnicode_DATA(lower), 0)):
            for pair in self.counted.keys() & pairs_of(lower):
                add_held(places, self.counted[pair], lower)
        self.add_words(places, lower)
        for entries in self.always:
            add_held(places, entries, lower)
        return places

    cdef int add_words(self, set places, str lower) except -1:
        """Add the rules with a word whose stem stands in *lower*."""
        cdef Py_ssize_t place, start = -1, size = PyUnicode_GET_LENGTH(lower)
        cdef int kind = PyUnicode_KIND(lower)
        cdef void* data = PyUnicode_DATA(lower)
        cdef Py_UCS4 sign
        cdef uint64_t hashed = begun()
        cdef bint is_unspaced = False
        for place in range(size + 1):
            sign = PyUnicode_READ(kind, data, place) if place < size else 0
            if is_letter(sign):
                if start < 0:
                    start = place
                    hashed = begun()
                if place - start < LETTERS:
                    hashed = with_sign(hashed, sign)
            elif start >= 0:
                if self.may_have(hashed):
                    self.add_word(places, PyUnicode_Substring(lower, start, min(place, start + LETTERS)), lower)
                start = -1
            if 0x590 <= sign <= 0x1FFF or sign >= 0x2E80:
                is_unspaced = True
        if is_unspaced:
            for letter in self.words.keys() & set(lower):
                add_held(places, self.words[letter], lower)
        return 0

    cdef int add_word(self, set places, str stem, str lower) except -1:
        cdef object entries = self.words.get(stem)
        if entries is not None:
            add_held(places, entries, lower)
        return 0


cdef int add_held(set places, list entries, str lower) except -1:
    """Add the places of those *entries* whose text stands in *lower*."""
    for place, text in entries:
        if text in lower:
            places.add(place)
    return 0


cdef inline bint is_letter(Py_UCS4 sign) noexcept:
    if sign < ASCII:
        return 97 <= sign <= 122
    return Py_UNICODE_ISALNUM(sign) and not Py_UNICODE_ISDECIMAL(sign)

