cdef bint is_plain(str text)
cdef unsigned char lower_of(Py_UCS4 sign) noexcept
cpdef str key(str text)
cpdef list words_in(str text)
cpdef Py_ssize_t count_words(str text) except -1
cpdef Py_ssize_t about_words(str text) except -1
