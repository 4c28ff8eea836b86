"""Imported by the process that those which read pages are forked from: they share what it loads."""

import gc
import logging

from cleaners import warm_up

try:
    warm_up()
except OSError as error:
    # such as no room for temporary files, which the model of languages is unpacked to: this must
    # not end the process, and a page that needs what is missing says so itself
    logging.getLogger(__name__).warning("not loaded before the first page: %s", error)
gc.collect()
gc.freeze()  # a collector that looks at what they share would make each a copy of its own
