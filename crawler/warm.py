"""Imported by the process that those which read pages are forked from: they share what it loads."""

import gc
import logging
from importlib import import_module

gc.disable()  # all but a thousand objects stay: to look through them again and again takes 170 ms
for name in ("crawler.extraction", "crawler.discovery.reading"):
    import_module(name)
try:
    import_module("cleaners").warm_up()
except OSError as error:
    # such as no room for temporary files, which the model of languages is unpacked to: this must
    # not end the process, and a page that needs what is missing says so itself
    logging.getLogger(__name__).warning("not loaded before the first page: %s", error)
gc.freeze()  # a collector that looks at what they share would make each a copy of its own
gc.enable()
