# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""What the words of blocks say: `cleaners.wording` in a fraction of its time."""

from cpython.unicode cimport PyUnicode_DATA, PyUnicode_GET_LENGTH, PyUnicode_KIND, PyUnicode_READ

import numpy as np

from cleaners._text cimport words_in

cdef extern from "Python.h":
    bint PyUnicode_IS_ASCII(object text)
    bint Py_UNICODE_ISUPPER(Py_UCS4 sign)
    bint Py_UNICODE_ISDECIMAL(Py_UCS4 sign)

from cleaners.rules import line_rule, tail_rule
from cleaners.wording import (
    CLOCK_OR_YEAR, ENDS, FIRST_OF_RUN, FIRST_WORDS, HANDLE, LOOK, NAMES, OPENERS, OPENS,
    PHRASE_BITS, PHRASES, RUN, SHORT, SIGNS, SPEECH, START, share_of,
)

cdef enum:
    ASCII = 128

cdef int COLUMNS = len(NAMES)
cdef int GROUP_COUNT = len(PHRASES)
cdef int LONGEST_RUN = RUN
cdef Py_ssize_t LOOKED_AT = LOOK
cdef Py_ssize_t COPY_START = START
cdef Py_ssize_t SPEECH_SPACES = SPEECH
cdef Py_ssize_t SHORT_SPACES = SHORT
cdef long COPYRIGHT = SIGNS["copy"]
cdef long ABOUT = SIGNS["about"]
cdef long DATED = SIGNS["date"]


cdef struct Look:
    Py_ssize_t spaces, sentences, commas, capitals, digits, lines
    bint has_bar, has_copyright, has_at, has_digit


cdef Look look_at(str text) noexcept:
    """Return how many signs of each kind *text* holds; capitals and digits of its start alone."""
    cdef Look look = Look(0, 0, 0, 0, 0, 0, False, False, False, False)
    cdef Py_ssize_t place, size = PyUnicode_GET_LENGTH(text)
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    cdef Py_UCS4 sign, before = 0
    for place in range(size):
        sign = PyUnicode_READ(kind, data, place)
        if sign == 32:
            look.spaces += 1
            if before == 46 or before == 63 or before == 33:
                look.sentences += 1
        elif sign == 44 or sign == 0xFF0C or sign == 0x3001:
            look.commas += 1
        elif sign == 10:
            look.lines += 1
        elif sign == 0x3002:
            look.sentences += 1
        elif sign == 124 or sign == 0x203A or (sign == 0xBB and place >= size - 2):
            look.has_bar = True
        elif sign == 0xA9:
            look.has_copyright = True
        elif sign == 64:
            look.has_at = True
        elif is_capital(sign):
            look.capitals += place < LOOKED_AT
        elif 48 <= sign <= 57 or (sign >= ASCII and Py_UNICODE_ISDECIMAL(sign)):
            look.digits += place < LOOKED_AT
            look.has_digit = True
        before = sign
    return look


cdef inline bint is_capital(Py_UCS4 sign) noexcept:
    """Whether `cleaners.wording.CAPITALS` matches *sign*."""
    if sign < ASCII:
        return 65 <= sign <= 90
    return (
        0xC0 <= sign <= 0xD6 or 0xD8 <= sign <= 0xDE or 0x391 <= sign <= 0x3A9
        or 0x410 <= sign <= 0x42F
    )


cdef int put_look(float* row, str text, Look look) except -1:
    cdef Py_ssize_t size = PyUnicode_GET_LENGTH(text)
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    cdef Py_UCS4 first = PyUnicode_READ(kind, data, 0), last = PyUnicode_READ(kind, data, size - 1)
    cdef double begun = min(size, LOOKED_AT)
    row[0] = size / <double> (look.spaces + 1)
    row[1] = last in ENDS
    row[2] = min(8, look.sentences)
    row[3] = min(10, look.commas)
    row[4] = Py_UNICODE_ISUPPER(first)
    row[5] = look.capitals / begun
    row[6] = look.digits / begun
    row[7] = first in OPENS
    row[8] = last == 58 or last == 0xFF1A
    row[9] = look.has_bar
    row[10] = min(9, look.lines)
    return 0


cdef long bits_of(list tokens, str text, Look look) except -1:
    """Return the groups of phrases that a short text holds."""
    cdef long bits = 0
    cdef Py_ssize_t place
    cdef int size
    for place in range(len(tokens)):
        token = tokens[place]
        if token in FIRST_WORDS:
            bits |= <long> PHRASE_BITS.get(token, 0)
            if token in FIRST_OF_RUN:
                for size in range(2, LONGEST_RUN + 1):
                    bits |= <long> PHRASE_BITS.get(" ".join(tokens[place : place + size]), 0)
    if look.has_copyright:
        bits |= COPYRIGHT
    if look.has_at and HANDLE.search(text):
        bits |= ABOUT
    if look.has_digit and CLOCK_OR_YEAR.search(text):
        bits |= DATED
    return bits


cdef int put_says(float* row, list tokens, str text, Look look) except -1:
    cdef long bits = bits_of(tokens, text, look)
    cdef int group
    for group in range(GROUP_COUNT):
        row[group] = (bits >> group) & 1
    row[GROUP_COUNT] = tokens[0] in OPENERS
    return 0


cdef int put_comparison(float* row, list tokens, object compared) except -1:
    """Put how much of a block stands in the headline, the description and the body."""
    cdef Py_ssize_t in_title = 0, in_description = 0
    cdef double count
    row[2] = share_of(tokens, compared.triples) if compared.triples else -1.0
    if not tokens or len(tokens) > SHORT_SPACES:
        return 0
    words = set(tokens)
    count = len(words)
    for word in words:
        in_title += word in compared.title
        in_description += word in compared.description
    row[0] = in_title / count
    row[1] = in_description / count
    return 0


def rows_of(texts, compared):
    """Return what `cleaners.wording.rows_of` does."""
    made = np.zeros((len(texts), COLUMNS), np.float32)
    cdef float[:, ::1] out = made
    cdef dict seen = {}
    cdef list starts = [], tokens
    cdef Py_ssize_t number = 0, tails_before = 0, after_look = 11
    cdef float* row
    cdef Look look
    cdef str text
    cdef bint is_short, is_tail
    for text in texts:
        row = &out[number, 0]
        look = look_at(text)
        is_short = look.spaces < SPEECH_SPACES
        tokens = words_in(text) if look.spaces < SHORT_SPACES or compared.triples else []
        put_look(row, text, look)
        if is_short and tokens:
            put_says(row + after_look, tokens, text, look)
        row += after_look + GROUP_COUNT + 1
        is_tail = is_short and tail_rule(text) is not None
        row[0] = is_short and line_rule(text) is not None
        row[1] = is_tail
        row[2] = tails_before
        tails_before += is_tail
        put_comparison(row + 3, tokens, compared)
        start = text[:COPY_START]
        row[6] = seen.get(start, 0)
        seen[start] = <Py_ssize_t> seen.get(start, 0) + 1
        starts.append(start)
        number += 1
    for number in range(len(starts)):
        out[number, COLUMNS - 1] = <Py_ssize_t> seen[starts[number]]
    return made
