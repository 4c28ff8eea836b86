"""One module a content-management system of many publishers, each holding one `PLATFORM`."""
