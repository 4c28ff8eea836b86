"""lexbor's nodes and selectolax's objects of them, as selectolax's ``lexbor.pxd`` lays them out.

`cleaners._walk` checks on import that they are so.
"""

from libc.stdint cimport uintptr_t

cdef struct Text:
    unsigned char* data  # UTF-8
    size_t size

cdef struct Node:
    void* events
    uintptr_t number  # of the tag or the attribute's name
    uintptr_t prefix
    uintptr_t namespace
    void* document
    Node* next
    Node* previous
    Node* parent
    Node* first_child
    Node* last_child
    void* user
    int type

cdef struct TextNode:
    Node node
    Text text

cdef struct ElementNode

cdef struct Attribute:
    Node node
    uintptr_t upper_name
    uintptr_t qualified_name
    Text* value  # NULL where it has none
    ElementNode* owner
    Attribute* next
    Attribute* previous

cdef struct ElementNode:
    Node node
    uintptr_t upper_name
    uintptr_t qualified_name
    Text* custom_name
    Attribute* first_attribute
    Attribute* last_attribute
    Attribute* id
    Attribute* classes

cdef struct NodeObject:
    Py_ssize_t references
    void* type
    void* methods
    Node* node


cdef inline Node* node_in(object wrapped):
    return (<NodeObject*> wrapped).node
