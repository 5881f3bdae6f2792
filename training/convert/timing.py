"""How long a network takes for one photo."""

from __future__ import annotations

import time
from statistics import median

import numpy as np

from ..predict import Network

RUNS = 5


def milliseconds(network: Network, pixels: np.ndarray, runs: int = RUNS) -> float:
    """The median, after one run that doesn't count."""
    times = []
    for _ in range(runs + 1):
        begin = time.perf_counter()
        network(pixels)
        times.append((time.perf_counter() - begin) * 1000)
    return median(times[1:])
