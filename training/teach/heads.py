"""Heads on cells: logistic regression, and the distance to the nearest of remembered cells."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np


def minimise(
    f: Callable[[np.ndarray], tuple[float, np.ndarray]],
    x: np.ndarray,
    *,
    steps: int,
    tolerance: float,
    memory: int = 10,
) -> tuple[np.ndarray, int]:
    """L-BFGS (Nocedal and Wright, algorithm 7.5) with halving until Armijo's condition holds; the point and how often ``f`` was asked."""
    value, gradient = f(x)
    pairs: list[tuple[np.ndarray, np.ndarray, float]] = []
    asked = 1
    for _ in range(steps):
        if np.abs(gradient).max() < tolerance:
            break
        q, alphas = gradient.copy(), []
        for s, y, rho in reversed(pairs):
            alphas.append(rho * (s @ q))
            q -= alphas[-1] * y
        if pairs:
            s, y, rho = pairs[-1]
            q *= 1 / (rho * (y @ y))
        for (s, y, rho), alpha in zip(pairs, reversed(alphas), strict=True):
            q += (alpha - rho * (y @ q)) * s
        slope = -(gradient @ q)
        step = 1.0 if pairs else min(1.0, 1 / np.abs(gradient).sum())
        while True:
            there = x - step * q
            new, new_gradient = f(there)
            asked += 1
            if new <= value + 1e-4 * step * slope or step < 1e-6:
                break
            step /= 2
        s, y = there - x, new_gradient - gradient
        if s @ y > 1e-10:
            pairs = [*pairs[-(memory - 1) :], (s, y, 1 / (s @ y))]
        x, value, gradient = there, new, new_gradient
    return x, asked


def logistic(
    x: np.ndarray, y: np.ndarray, weight: np.ndarray, l2: float, *, steps: int = 200, tolerance: float = 1e-4
) -> tuple[np.ndarray, float, int]:
    """Weights and bias that minimise the mean loss by ``weight`` (its sum is 1) plus ``l2`` / 2 times the squared weights."""
    x = x.astype(np.float32)

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        z = x @ w[:-1].astype(np.float32) + w[-1]
        p = 1 / (1 + np.exp(-np.clip(z, -30, 30)))
        losses = np.logaddexp(0, -np.where(y, z, -z))
        r = weight * (p - y)
        gradient = np.append(r.astype(np.float32) @ x, r.sum()) + l2 * np.append(w[:-1], 0)
        return float(weight @ losses + l2 / 2 * (w[:-1] @ w[:-1])), gradient

    w, asked = minimise(loss, np.zeros(x.shape[1] + 1), steps=steps, tolerance=tolerance)
    return w[:-1], float(w[-1]), asked


def nearest(x: np.ndarray, memory: np.ndarray, chunk: int = 2048) -> np.ndarray:
    """Euclidean distance of every row of ``x`` to the nearest row of ``memory``."""
    norms = (memory**2).sum(1)
    out = np.empty(len(x), np.float32)
    for i in range(0, len(x), chunk):
        part = x[i : i + chunk]
        squared = norms - 2 * part @ memory.T
        out[i : i + chunk] = np.sqrt(np.maximum(squared.min(1) + (part**2).sum(1), 0))
    return out


def coreset(x: np.ndarray, size: int, seed: int = 0) -> np.ndarray:
    """Indices of a greedy k-centre selection: each next cell is the one farthest from all that are taken."""
    if len(x) <= size:
        return np.arange(len(x))
    norms = (x**2).sum(1)
    taken = [int(np.random.default_rng(seed).integers(len(x)))]
    far = np.full(len(x), np.inf, np.float32)
    for _ in range(size - 1):
        last = x[taken[-1]]
        far = np.minimum(far, norms - 2 * (x @ last) + last @ last)
        taken.append(int(far.argmax()))
    return np.array(taken)
