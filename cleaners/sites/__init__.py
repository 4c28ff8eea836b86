"""One module a publisher, each holding one `SITE`."""
