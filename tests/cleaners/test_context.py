import numpy as np
import pytest

from cleaners.context import shift


@pytest.mark.parametrize(
    ("offset", "moved"), [(1, [2, 3, 0]), (-1, [0, 1, 2]), (3, [0, 0, 0]), (-9, [0, 0, 0])]
)
def test_shift_brings_the_neighbours_value(offset: int, moved: list[float]) -> None:
    assert shift(np.array([1.0, 2.0, 3.0]), offset).tolist() == moved
