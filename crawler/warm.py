"""Imported by the process that those which read pages are forked from: they share what it loads."""

import gc
from importlib import import_module

gc.disable()  # all but a thousand objects stay: to look through them again and again takes 170 ms
for name in ("crawler.extraction", "crawler.discovery.reading"):
    import_module(name)
import_module("cleaners").warm_up()
gc.freeze()  # a collector that looks at what they share would make each a copy of its own
gc.enable()
