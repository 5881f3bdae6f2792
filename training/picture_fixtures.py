"""``python -m training pictures``: small photos in all kinds of files, and their pixels as training reads them.

The browser and the program in Node have to read the same: equal for PNG and BMP, within 2 levels for JPEG.
"""

from __future__ import annotations

import base64
import io
import json
import struct
import zlib
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms

from .preprocess import InputRule, load_photo, network_input

WIDTH, HEIGHT = 40, 28
EXIF_ORIENTATION = 0x0112


def scene(width: int = WIDTH, height: int = HEIGHT) -> np.ndarray:
    """Smooth, so that JPEG keeps it, and different in each corner, so that a wrong turn shows. uint8 [h, w, 3]"""
    y, x = np.mgrid[:height, :width] / np.array([height - 1, width - 1]).reshape(2, 1, 1)
    return (np.stack([x, y, (1 - x) * (1 - y)], -1) * 220 + 20).round().astype(np.uint8)


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(pixels: np.ndarray, colour: int, depth: int, *extra: bytes) -> bytes:
    """A PNG of rows that are packed already where `depth` is below 8; filters 0 to 4 in turn where it is not."""
    height = len(pixels)
    rows = pixels.astype(">u2" if depth == 16 else np.uint8).reshape(height, -1).view(np.uint8).reshape(height, -1)
    step = max(1, (pixels.shape[2] if pixels.ndim == 3 else 1) * depth // 8)
    data = b""
    before = np.zeros_like(rows[0])
    for y, row in enumerate(rows):
        left = np.concatenate([np.zeros(step, np.uint8), row[:-step]])
        kind = y % 4 if depth >= 8 else 0
        guess = [np.zeros_like(row), left, before, ((left.astype(int) + before) // 2).astype(np.uint8)][kind]
        data += bytes([kind]) + (row - guess).tobytes()
        before = row
    width = pixels.shape[1] * (8 // depth if depth < 8 else 1)
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + b"".join(extra)
        + chunk(b"IDAT", zlib.compress(data))
        + chunk(b"IEND", b"")
    )


def encoded(pixels: np.ndarray, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, kind, **options)
    return file.getvalue()


def masked_bmp(rgba: np.ndarray) -> bytes:
    """A bitmap with a mask for transparency, as newer programs write it."""
    rows = rgba[::-1, :, [2, 1, 0, 3]].tobytes()
    masks = struct.pack("<4I", 0xFF0000, 0xFF00, 0xFF, 0xFF000000)
    height, width = rgba.shape[:2]
    header = struct.pack("<IiiHHIIiiII", 108, width, height, 1, 32, 3, len(rows), 2835, 2835, 0, 0)
    header += masks + b"BGRs" + bytes(48)
    return b"BM" + struct.pack("<IHHI", 14 + len(header) + len(rows), 0, 0, 14 + len(header)) + header + rows


def exif(orientation: int) -> Image.Exif:
    block = Image.Exif()
    block[EXIF_ORIENTATION] = orientation
    return block


def swapped_profile() -> bytes:
    """A profile that turns red and green around: whoever applies it is found out."""
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    # The tags' names alone change places.
    return lab.replace(b"rXYZ", b"tmp.").replace(b"gXYZ", b"rXYZ").replace(b"tmp.", b"gXYZ")


def files() -> dict[str, bytes]:
    rgb = scene()
    grey = rgb[..., 0]
    alpha = np.linspace(0, 255, WIDTH).round().astype(np.uint8)[None].repeat(HEIGHT, 0)
    wide = (rgb.astype(np.uint32) * 257 + np.arange(WIDTH)[None, :, None] * 3).clip(0, 65535)
    palette = np.arange(256, dtype=np.uint8)[:, None] * np.array([1, 3, 5], np.uint8)
    bmp = bytearray(encoded(rgb, "BMP"))
    bmp[6:10] = b"\x01\x02\x03\x04"
    rgba = np.dstack([rgb, alpha])
    out = {
        "rgb.png": encoded(rgb, "PNG"),
        "grey.png": encoded(grey, "PNG"),
        "gamma.png": png(rgb, 2, 8, chunk(b"gAMA", struct.pack(">I", 100_000))),
        "profile.png": encoded(rgb, "PNG", icc_profile=swapped_profile()),
        "turned.png": encoded(rgb, "PNG", exif=exif(6)),
        "alpha.png": encoded(rgba, "PNG"),
        "grey-alpha.png": png(np.dstack([grey, alpha]), 4, 8),
        "grey-key.png": png(grey, 0, 8, chunk(b"tRNS", struct.pack(">H", int(grey[0, 0])))),
        "palette-alpha.png": png(grey, 3, 8, chunk(b"PLTE", palette.tobytes()), chunk(b"tRNS", bytes(range(256)))),
        "palette-4-alpha.png": png(
            grey[:, ::2], 3, 4, chunk(b"PLTE", palette[:48:3].tobytes()), chunk(b"tRNS", b"\x00\x80")
        ),
        "grey-16.png": png(wide[..., 0], 0, 16),
        "grey-12-in-16.png": png(wide[..., 0] >> 4, 0, 16),
        "grey-10-in-16.png": png(wide[..., 0] >> 6, 0, 16),
        "grey-8-in-16.png": png(wide[..., 0] >> 8, 0, 16),
        "rgb-16.png": png(wide, 2, 16),
        "rgb-12-in-16.png": png(wide >> 4, 2, 16),
        "grey-alpha-16.png": png(np.dstack([wide[..., 0] >> 4, alpha.astype(np.uint32) * 257]), 4, 16),
        "rgb-alpha-16.png": png(np.dstack([wide >> 4, alpha.astype(np.uint32) * 257]), 6, 16),
        "turned-16.png": png(wide >> 4, 2, 16, chunk(b"eXIf", exif(8).tobytes()[6:])),
        "rgb.bmp": encoded(rgb, "BMP"),
        "grey.bmp": encoded(grey, "BMP"),
        "reserved.bmp": bytes(bmp),
        "alpha.bmp": masked_bmp(rgba),
        "rgb-444.jpg": encoded(rgb, "JPEG", quality=92, subsampling=0),
        "rgb-420.jpg": encoded(rgb, "JPEG", quality=92, subsampling=2),
        "progressive.jpg": encoded(rgb, "JPEG", quality=92, progressive=True),
        "grey.jpg": encoded(grey, "JPEG", quality=92),
        "profile.jpg": encoded(rgb, "JPEG", quality=92, subsampling=0, icc_profile=swapped_profile()),
        "lossless.webp": encoded(rgb, "WEBP", lossless=True),
        "alpha.webp": encoded(rgba, "WEBP", lossless=True, exact=True),
        "lossy-alpha.webp": encoded(rgba, "WEBP", quality=95, exact=True),
        "turned.webp": encoded(rgb, "WEBP", lossless=True, exif=exif(6)),
        "shrinking.png": encoded(scene(1400, 500), "PNG", optimize=True),
    }
    for orientation in range(1, 9):
        out[f"exif-{orientation}.jpg"] = encoded(rgb, "JPEG", quality=92, subsampling=0, exif=exif(orientation))
    return out


def text(pixels: np.ndarray) -> str:
    return base64.b64encode(zlib.compress(np.ascontiguousarray(pixels).tobytes(), 9)).decode()


def write_pictures(out: Path) -> int:
    """Writes the files and expected.json; returns their number."""
    out.mkdir(parents=True, exist_ok=True)
    expected = {}
    for name, data in files().items():
        path = out / name
        path.write_bytes(data)
        photo = load_photo(path)
        record: dict[str, object] = {"width": photo.width, "height": photo.height}
        if photo.width * photo.height > 10_000:
            # RGBA as the network gets it: shrunk and padded.
            pixels, scale = network_input(photo, InputRule())
            record |= {"input": text(pixels), "scale": scale}
        else:
            record["rgb"] = text(np.asarray(photo))
        expected[name] = record
    (out / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")
    return len(expected)
