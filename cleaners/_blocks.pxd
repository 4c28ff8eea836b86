from cleaners._lexbor cimport Node

cdef class Element:
    cdef Node* at  # NULL where `wrapped` was given
    cdef object wrapped, parser
    cdef readonly str tag
    cdef readonly Element parent
    cdef readonly str zone

cdef class Block:
    cdef readonly str text
    cdef readonly Element element
    cdef readonly str zone
    cdef readonly double link_share
    cdef readonly double stress_share
    cdef readonly bint after_picture

cdef object wrap(Node* node, object parser)
