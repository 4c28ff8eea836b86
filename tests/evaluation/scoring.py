"""Scores of pages as the harness gives them, made up."""

from typing import Any


def word(f1: float, **more: Any) -> dict[str, Any]:
    score = {"p": f1, "r": f1, "f1": f1}
    return {"empty": False, "error": None, "word": score, "shingle": {"exact": 0.0}, **more}


def segments(right: int, extra: int, lost: int) -> dict[str, Any]:
    return {"empty": False, "error": None, "segments": {"tp": right, "fp": extra, "fn": lost}}


def shingle(p: float | None, r: float | None, exact: float = 0.0) -> dict[str, Any]:
    return {"empty": p is None, "error": None, "shingle": {"p": p, "r": r, "exact": exact}}
