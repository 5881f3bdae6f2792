import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from training.masks import paste, paste_full


def slow(grid: np.ndarray, box: tuple[float, ...], width: int, height: int) -> np.ndarray:
    """The rule word by word, one pixel at a time."""
    x1, y1, x2, y2 = box
    size = len(grid)
    out = np.zeros((height, width), bool)
    for y in range(height):
        for x in range(width):
            cx, cy = x + 0.5, y + 0.5
            if not (x1 <= cx < x2 and y1 <= cy < y2):
                continue
            u = min(max((cx - x1) / (x2 - x1) * size - 0.5, 0), size - 1)
            v = min(max((cy - y1) / (y2 - y1) * size - 0.5, 0), size - 1)
            i, j = int(v), int(u)
            i1, j1 = min(i + 1, size - 1), min(j + 1, size - 1)
            a, b = v - i, u - j
            value = (grid[i, j] * (1 - b) + grid[i, j1] * b) * (1 - a) + (grid[i1, j] * (1 - b) + grid[i1, j1] * b) * a
            out[y, x] = value >= 0.5
    return out


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 2**32 - 1),
    st.floats(-5, 20),
    st.floats(-5, 20),
    st.floats(0.2, 30),
    st.floats(0.2, 30),
)
def test_paste_equals_the_rule(seed: int, x: float, y: float, w: float, h: float) -> None:
    grid = np.random.default_rng(seed).random((7, 7))
    box = (x, y, x + w, y + h)
    assert np.array_equal(paste_full(grid, np.array(box), 24, 18), slow(grid, box, 24, 18))


def test_empty_box_gives_an_empty_mask() -> None:
    assert paste(np.ones((4, 4)), np.array([3.0, 3.0, 3.0, 9.0]), 10, 10)[2].size == 0


def test_full_grid_fills_the_box() -> None:
    mask = paste_full(np.ones((28, 28)), np.array([2.0, 3.0, 8.0, 7.0]), 10, 10)
    assert mask.sum() == 6 * 4
    assert mask[3:7, 2:8].all()
