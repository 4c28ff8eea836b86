"""How often Python looks for garbage in circles: hardly anything of a page is in one."""

import gc

OBJECTS = 20_000  # new ones between two looks; by default 700, and each page brings more


def look_less_often() -> None:
    """Look at what is new after so many objects; at what is old as before."""
    gc.set_threshold(OBJECTS, *gc.get_threshold()[1:])
