# cython: language_level=3, boundscheck=False, wraparound=False
"""The words that a fingerprint is made of, in an eighth of the time of `cleaners.fingerprint`."""

from cpython.bytes cimport PyBytes_FromStringAndSize
from cpython.mem cimport PyMem_Free, PyMem_Malloc
from cpython.unicode cimport PyUnicode_DATA, PyUnicode_GET_LENGTH, PyUnicode_KIND, PyUnicode_READ
from libc.stdint cimport uint8_t, uint16_t, uint32_t

from cleaners.fingerprint import MARKS, UNSPACED, words

cdef extern from "Python.h":
    bint Py_UNICODE_ISALNUM(Py_UCS4 sign)

cdef enum:
    SPACE = 0x20
    ASCII = 0x80
    TWO_BYTES = 0x800  # from here on UTF-8 takes three
    FOLDED = 0x2500  # characters: letters of Latin, Greek, Cyrillic and their like are below
    LONGEST = 3  # characters that one becomes in the other case
    MOST_BYTES = 10  # that a character comes to: three of three bytes, and a space


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
