"""The trained trees, as the data files hold them."""

import json
from importlib.resources import files

from lightgbm import Booster


def load_trees(name: str) -> Booster:
    """Return the trees of the data file *name*."""
    weights = json.loads((files("cleaners") / "data" / name).read_text(encoding="utf-8"))
    return Booster(model_str="\n".join(weights["trees"]))
