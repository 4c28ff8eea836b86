"""How much memory the C library keeps in a process, between one page and the next."""

import ctypes

MEBIBYTE = 1024 * 1024

KEPT = 8 * MEBIBYTE
"""Free bytes that glibc keeps; it would else learn from a large page to keep tens of megabytes."""

MAPPED = 4 * MEBIBYTE
"""Bytes from which on a block goes back to the kernel when it is free. With glibc's 128 KiB all
pages do, and to fault them in again took half of the time of handing a page over."""

ENVIRONMENT = {"MALLOC_TRIM_THRESHOLD_": str(KEPT), "MALLOC_MMAP_THRESHOLD_": str(MAPPED)}
"""Says so to a process that starts."""

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3  # of mallopt(3)


def keep_little() -> None:
    """Say so to this process; what it starts learns it from the environment."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # glibc has it, others need it not
    if mallopt is not None:
        mallopt(M_TRIM_THRESHOLD, KEPT)
        mallopt(M_MMAP_THRESHOLD, MAPPED)
