# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""What the words of blocks say: `cleaners.wording` in a fraction of its time."""

from cpython.mem cimport PyMem_Calloc, PyMem_Free, PyMem_Realloc
from cpython.unicode cimport (
    PyUnicode_DATA, PyUnicode_GET_LENGTH, PyUnicode_KIND, PyUnicode_READ, PyUnicode_Substring,
)
from libc.stdint cimport uint64_t

import numpy as np

from cleaners._hashes cimport begun, hash_of, slot_of, with_sign
from cleaners._text cimport is_plain, lower_of

cdef extern from "Python.h":
    bint Py_UNICODE_ISALNUM(Py_UCS4 sign)
    bint Py_UNICODE_ISUPPER(Py_UCS4 sign)
    bint Py_UNICODE_ISDECIMAL(Py_UCS4 sign)

from cleaners.rules import line_rule, tail_rule
from cleaners.wording import (
    CLOCK_OR_YEAR, ENDS, FIRST_OF_RUN, FIRST_WORDS, HANDLE, LOOK, NAMES, OPENERS, OPENS,
    PHRASE_BITS, PHRASES, RUN, SHORT, SIGNS, SPEECH, START,
)

cdef enum:
    ASCII = 128
    FIRST = 64  # words for which there is room at first
    LOOKS = 11  # columns of a text's look

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
    cdef double looked_at = min(size, LOOKED_AT)
    row[0] = size / <double> (look.spaces + 1)
    row[1] = last in ENDS
    row[2] = min(8, look.sentences)
    row[3] = min(10, look.commas)
    row[4] = Py_UNICODE_ISUPPER(first)
    row[5] = look.capitals / looked_at
    row[6] = look.digits / looked_at
    row[7] = first in OPENS
    row[8] = last == 58 or last == 0xFF1A
    row[9] = look.has_bar
    row[10] = min(9, look.lines)
    return 0


cdef struct Token:
    Py_ssize_t start, end
    uint64_t hashed


cdef class _Tokens:
    """The words of one text after the other, as `cleaners.text.words_in` finds them, by hashes."""

    cdef str text  # in lower case
    cdef Token* found
    cdef Py_ssize_t count, room

    def __dealloc__(self):
        PyMem_Free(self.found)

    cdef int read(self, str text) except -1:
        cdef Py_ssize_t size, place, start = -1
        cdef int kind
        cdef void* data
        cdef Py_UCS4 sign
        cdef uint64_t hashed = begun()
        cdef bint plain = is_plain(text)
        self.text = text if plain else text.lower()
        self.count = 0
        size = PyUnicode_GET_LENGTH(self.text)
        kind = PyUnicode_KIND(self.text)
        data = PyUnicode_DATA(self.text)
        for place in range(size + 1):
            sign = PyUnicode_READ(kind, data, place) if place < size else 32
            if sign < ASCII:
                sign = lower_of(sign)  # 0 for what parts words
            elif plain or not Py_UNICODE_ISALNUM(sign):
                sign = 0
            if sign:
                if start < 0:
                    start = place
                    hashed = begun()
                hashed = with_sign(hashed, sign)
            elif start >= 0:
                self.add(Token(start, place, hashed))
                start = -1
        return 0

    cdef int add(self, Token token) except -1:
        if self.count == self.room:
            self.room = 2 * self.room + FIRST
            larger = <Token*> PyMem_Realloc(self.found, self.room * sizeof(Token))
            if larger == NULL:
                raise MemoryError
            self.found = larger
        self.found[self.count] = token
        self.count += 1
        return 0

    cdef str word(self, Py_ssize_t place):
        """Return a word; the empty text behind the last."""
        if place >= self.count:
            return ""
        return PyUnicode_Substring(self.text, self.found[place].start, self.found[place].end).lower()


cdef class _Hashes:
    """A set of words, or of runs of three words, by their hashes."""

    cdef uint64_t* slots  # 0 where empty
    cdef size_t mask
    cdef readonly Py_ssize_t size

    def __cinit__(self, Py_ssize_t most):
        cdef size_t count = 4
        while count < 2 * <size_t> most:
            count *= 2
        self.mask = count - 1
        self.slots = <uint64_t*> PyMem_Calloc(count, sizeof(uint64_t))
        if self.slots == NULL:
            raise MemoryError

    def __dealloc__(self):
        PyMem_Free(self.slots)

    cdef bint add(self, uint64_t hashed) noexcept:
        """Whether *hashed* is new."""
        cdef size_t slot = slot_of(self.slots, self.mask, hashed)
        if self.slots[slot]:
            return False
        self.slots[slot] = hashed
        self.size += 1
        return True

    cdef bint has(self, uint64_t hashed) noexcept:
        return self.slots[slot_of(self.slots, self.mask, hashed)] != 0


cdef inline uint64_t hash_of_run(uint64_t first, uint64_t second, uint64_t third) noexcept:
    return with_sign(with_sign(with_sign(begun(), first), second), third)


cdef _Hashes hashes_of(words):
    cdef _Hashes made = _Hashes(len(words))
    for word in words:
        made.add(hash_of(word))
    return made


cdef _Hashes FIRST_HASHES = hashes_of(FIRST_WORDS)


cdef class _Compared:
    """What a page says of its article: `cleaners.wording.Comparison` by hashes."""

    cdef _Hashes title, description, runs

    def __cinit__(self, compared):
        cdef Py_ssize_t place
        cdef list hashes = [hash_of(word) for word in compared.body]
        self.title = hashes_of(compared.title)
        self.description = hashes_of(compared.description)
        self.runs = _Hashes(len(hashes))
        for place in range(len(hashes) - 2):
            self.runs.add(hash_of_run(hashes[place], hashes[place + 1], hashes[place + 2]))


cdef long bits_of(_Tokens tokens, str text, Look look) except -1:
    """Return the groups of phrases that a short text holds."""
    cdef long bits = 0
    cdef Py_ssize_t place
    cdef int size
    for place in range(tokens.count):
        if FIRST_HASHES.has(tokens.found[place].hashed):
            phrase = tokens.word(place)
            bits |= <long> PHRASE_BITS.get(phrase, 0)
            if phrase in FIRST_OF_RUN:
                for size in range(1, LONGEST_RUN):
                    if place + size < tokens.count:
                        phrase = f"{phrase} {tokens.word(place + size)}"
                        bits |= <long> PHRASE_BITS.get(phrase, 0)
    if look.has_copyright:
        bits |= COPYRIGHT
    if look.has_at and HANDLE.search(text):
        bits |= ABOUT
    if look.has_digit and CLOCK_OR_YEAR.search(text):
        bits |= DATED
    return bits


cdef int put_says(float* row, _Tokens tokens, str text, Look look) except -1:
    cdef long bits = bits_of(tokens, text, look)
    cdef int group
    for group in range(GROUP_COUNT):
        row[group] = (bits >> group) & 1
    row[GROUP_COUNT] = tokens.word(0) in OPENERS
    return 0


cdef int put_comparison(float* row, _Tokens tokens, _Compared compared) except -1:
    """Put how much of a block stands in the headline, the description and the body."""
    cdef Py_ssize_t in_title = 0, in_description = 0, place
    cdef _Hashes words
    cdef uint64_t hashed
    row[2] = share_in(tokens, compared.runs) if compared.runs.size else -1.0
    if not tokens.count or tokens.count > SHORT_SPACES:
        return 0
    words = _Hashes(tokens.count)
    for place in range(tokens.count):
        hashed = tokens.found[place].hashed
        if words.add(hashed):
            in_title += compared.title.has(hashed)
            in_description += compared.description.has(hashed)
    row[0] = in_title / <double> words.size
    row[1] = in_description / <double> words.size
    return 0


cdef double share_in(_Tokens tokens, _Hashes runs) noexcept:
    """Return the share of the runs of three words that are in *runs*; half where there is none."""
    cdef Py_ssize_t place, known = 0, count = tokens.count - 2
    cdef Token* found = tokens.found
    if count < 1:
        return 0.5
    for place in range(count):
        known += runs.has(
            hash_of_run(found[place].hashed, found[place + 1].hashed, found[place + 2].hashed)
        )
    return known / <double> count


def rows_of(texts, compared):
    """Return what `cleaners.wording.rows_of` does."""
    made = np.zeros((len(texts), COLUMNS), np.float32)
    cdef float[:, ::1] out = made
    cdef _Compared known = _Compared(compared)
    cdef _Tokens tokens = _Tokens()
    cdef Py_ssize_t number, tails_before = 0
    cdef float* row
    cdef Look look
    cdef str text
    for number, text in enumerate(texts):
        row = &out[number, 0]
        look = look_at(text)
        tokens.count = 0
        if look.spaces < SHORT_SPACES or known.runs.size:
            tokens.read(text)
        put_look(row, text, look)
        row += LOOKS
        if look.spaces < SPEECH_SPACES:
            if tokens.count:
                put_says(row, tokens, text, look)
            row[GROUP_COUNT + 1] = line_rule(text) is not None
            row[GROUP_COUNT + 2] = tail_rule(text) is not None
        row += GROUP_COUNT + 1
        row[2] = tails_before
        tails_before += row[1] > 0
        put_comparison(row + 3, tokens, known)
    put_copies(out, texts)
    return made


cdef int put_copies(float[:, ::1] out, texts) except -1:
    """Put how many texts before each start alike, and how many do in all."""
    cdef dict seen = {}
    cdef Py_ssize_t number
    cdef list starts = [text[:COPY_START] for text in texts]
    for number, start in enumerate(starts):
        out[number, COLUMNS - 2] = seen.get(start, 0)
        seen[start] = <Py_ssize_t> seen.get(start, 0) + 1
    for number, start in enumerate(starts):
        out[number, COLUMNS - 1] = <Py_ssize_t> seen[start]
    return 0
