"""Random fields: the grain, the mottling and the outlines of everything that is drawn."""

from __future__ import annotations

import numpy as np


def field(rng: np.random.Generator, height: int, width: int, sigma_y: float, sigma_x: float) -> np.ndarray:
    """White noise blurred by a Gaussian (in pixels, by FFT, so wrapping around); mean 0, deviation 1."""
    noise = rng.standard_normal((height, width), dtype=np.float32)
    fy = np.fft.fftfreq(height)[:, None]
    fx = np.fft.rfftfreq(width)[None]
    kernel = np.exp(-2 * np.pi**2 * ((fy * sigma_y) ** 2 + (fx * sigma_x) ** 2)).astype(np.float32)
    smooth = np.fft.irfft2(np.fft.rfft2(noise) * kernel, s=(height, width))
    return (smooth - smooth.mean()) / max(1e-9, float(smooth.std()))


def blur(image: np.ndarray, sigma: float) -> np.ndarray:
    """Gaussian blur of a plane by FFT, with mirrored borders."""
    margin = min(int(3 * sigma) + 1, *(s - 1 for s in image.shape))
    padded = np.pad(image.astype(np.float32), margin, mode="reflect")
    fy = np.fft.fftfreq(padded.shape[0])[:, None]
    fx = np.fft.rfftfreq(padded.shape[1])[None]
    kernel = np.exp(-2 * (np.pi * sigma) ** 2 * (fy**2 + fx**2)).astype(np.float32)
    out = np.fft.irfft2(np.fft.rfft2(padded) * kernel, s=padded.shape)
    return out[margin:-margin, margin:-margin]


def smoothstep(x: np.ndarray, low: float, high: float) -> np.ndarray:
    """0 below low, 1 above high, a soft step between."""
    t = np.clip((x - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)


def grid(height: int, width: int) -> tuple[np.ndarray, np.ndarray]:
    """Pixel centres y [h, 1] and x [1, w]."""
    return np.arange(height)[:, None] + 0.5, np.arange(width)[None] + 0.5


def blob(
    rng: np.random.Generator, height: int, width: int, cx: float, cy: float, rx: float, ry: float, roughness: float
) -> np.ndarray:
    """Opacity 0..1 of an ellipse with an irregular outline."""
    y, x = grid(height, width)
    dy, dx = (y - cy) / ry, (x - cx) / rx
    angle = np.arctan2(dy, dx)
    edge = np.ones_like(angle)
    for k in range(2, 8):
        edge = edge + roughness / k * rng.normal() * np.cos(k * angle + rng.uniform(0, 2 * np.pi))
    soft = 1.2 / max(1.0, min(rx, ry))
    return smoothstep(edge - np.hypot(dx, dy), -soft, soft)


def stroke(
    rng: np.random.Generator,
    height: int,
    width: int,
    start: tuple[float, float],
    angle: float,
    length: float,
    thickness: float,
    wander: float,
) -> np.ndarray:
    """Opacity 0..1 of a line (start x, y) that wanders by ``wander`` radians per step of 4 px."""
    opacity = np.zeros((height, width))
    px, py = start
    steps = max(2, int(length / 4))
    for i in range(steps):
        angle += rng.normal() * wander
        nx, ny = px + 4 * np.cos(angle), py + 4 * np.sin(angle)
        # Thinner towards both ends.
        half = thickness / 2 * (0.45 + 0.55 * np.sin(np.pi * (i + 0.5) / steps)) * rng.uniform(0.8, 1.2)
        x0, x1 = int(min(px, nx) - half - 2), int(max(px, nx) + half + 3)
        y0, y1 = int(min(py, ny) - half - 2), int(max(py, ny) + half + 3)
        x0, y0, x1, y1 = max(0, x0), max(0, y0), min(width, x1), min(height, y1)
        if x0 < x1 and y0 < y1:
            x, y = np.arange(x0, x1)[None] + 0.5, np.arange(y0, y1)[:, None] + 0.5
            t = np.clip(((x - px) * (nx - px) + (y - py) * (ny - py)) / 16, 0, 1)
            distance = np.hypot(x - px - t * (nx - px), y - py - t * (ny - py))
            part = np.clip(half - distance + 0.5, 0, 1)
            opacity[y0:y1, x0:x1] = np.maximum(opacity[y0:y1, x0:x1], part)
        px, py = nx, ny
    return opacity
