"""The trained trees, as the data files hold them."""

import json
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lightgbm import Booster


def load_trees(name: str) -> "Booster":
    """Return the trees of the data file *name*."""
    # here: it takes 0.1 s and 17 MB, which a program that only handles articles need not pay
    from lightgbm import Booster  # noqa: PLC0415

    weights = json.loads((files("cleaners") / "data" / name).read_text(encoding="utf-8"))
    return Booster(model_str="\n".join(weights["trees"]))
