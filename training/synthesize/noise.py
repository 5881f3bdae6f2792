"""Random fields and the few filters that surfaces, defects and the camera are made of."""

from __future__ import annotations

import math

import numpy as np
from PIL import Image


def field(rng: np.random.Generator, height: int, width: int, sigma_y: float, sigma_x: float) -> np.ndarray:
    """float32 [height, width]: white noise blurred by a Gaussian of the given sigmas in pixels; mean 0, deviation 1.

    A wide blur carries no fine detail, so it is made small, by FFT, and enlarged.
    """
    step_y, step_x = (max(1, int(sigma / 2)) for sigma in (sigma_y, sigma_x))
    # Lengths that are multiples of 16 are fast to transform; the margin is cut off, and so nothing wraps around.
    rows, columns = (math.ceil((n / step + 4) / 16) * 16 for n, step in ((height, step_y), (width, step_x)))
    noise = rng.standard_normal((rows, columns), dtype=np.float32)
    smooth = _gaussian(noise, sigma_y / step_y, sigma_x / step_x)
    if step_y > 1 or step_x > 1:
        image = Image.fromarray(smooth)
        smooth = np.asarray(image.resize((columns * step_x, rows * step_y), Image.Resampling.BICUBIC))
    smooth = smooth[step_y : step_y + height, step_x : step_x + width]
    return (smooth - smooth.mean()) / max(1e-6, float(smooth.std()))


def rough(rng: np.random.Generator, height: int, width: int, sigma: float, octaves: int = 4) -> np.ndarray:
    """Fractal noise: each octave half as wide and a little more than half as strong; deviation 1."""
    total = sum(
        0.58**k * field(rng, height, width, max(0.4, sigma / 2**k), max(0.4, sigma / 2**k)) for k in range(octaves)
    )
    return total / max(1e-6, float(total.std()))


def grain(rng: np.random.Generator, height: int, width: int, sigma: float) -> np.ndarray:
    """Fine texture about as coarse as ``sigma`` that stays sharp in pictures of any size: octaves down to a pixel."""
    octaves = 1 + max(0, int(math.log2(max(sigma, 0.4) / 0.4)))
    return rough(rng, height, width, sigma, octaves)


def blur(plane: np.ndarray, sigma: float) -> np.ndarray:
    """Gaussian blur of a plane by FFT, with mirrored borders."""
    height, width = plane.shape
    margin = min(int(3 * sigma) + 1, height - 1, width - 1)
    extra = tuple((margin, math.ceil((n + 2 * margin) / 16) * 16 - n - margin) for n in plane.shape)
    padded = np.pad(plane.astype(np.float32), extra, mode="symmetric")
    return _gaussian(padded, sigma, sigma)[margin : margin + height, margin : margin + width]


def _gaussian(plane: np.ndarray, sigma_y: float, sigma_x: float) -> np.ndarray:
    fy = np.fft.fftfreq(plane.shape[0])[:, None]
    fx = np.fft.rfftfreq(plane.shape[1])[None]
    transfer = np.exp(-2 * np.pi**2 * ((fy * sigma_y) ** 2 + (fx * sigma_x) ** 2)).astype(np.float32)
    return np.fft.irfft2(np.fft.rfft2(plane) * transfer, s=plane.shape)


def smoothstep(x: np.ndarray, low: float, high: float) -> np.ndarray:
    """0 below low, 1 above high, a soft step between; falls instead where low > high."""
    t = np.clip((x - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)


def grid(height: int, width: int) -> tuple[np.ndarray, np.ndarray]:
    """Pixel centres y [h, 1] and x [1, w], float32."""
    return np.arange(height, dtype=np.float32)[:, None] + 0.5, np.arange(width, dtype=np.float32)[None] + 0.5
