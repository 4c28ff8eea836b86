"""Imported by the process that those which read pages are forked from: they share what it loads."""

import gc

from cleaners import warm_up

warm_up()
gc.collect()
gc.freeze()  # a collector that looks at what they share would make each a copy of its own
