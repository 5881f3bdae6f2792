import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from training.picture_fixtures import files
from training.preprocess import InputRule, load_photo, network_input, to_8_bits

sides = st.integers(1, 6000)


@given(sides, sides)
def test_size_stays_within_the_rule(width: int, height: int) -> None:
    rule = InputRule()
    w, h = rule.size(width, height)
    scale = rule.scale(width, height)
    assert scale <= rule.maxUpscale
    assert max(w, h) <= rule.longSide
    assert min(w, h) <= rule.shortSide
    padded = rule.padded(w, h)
    assert all(p % rule.stride == 0 and 0 <= p - s < rule.stride for p, s in zip(padded, (w, h), strict=True))


@pytest.mark.parametrize(
    ("photo", "size"),
    [
        ((200, 200), (320, 320)),
        ((100, 120), (160, 192)),
        ((1540, 645), (764, 320)),
        ((4000, 3000), (427, 320)),
        ((2745, 969), (907, 320)),
    ],
)
def test_known_photos(photo: tuple[int, int], size: tuple[int, int]) -> None:
    assert InputRule().size(*photo) == size


def test_padding_is_grey_and_opaque() -> None:
    pixels, scale = network_input(Image.new("RGB", (70, 50), (10, 20, 30)), InputRule())
    assert pixels.shape == (96, 128, 4)
    assert scale == 1.6
    assert pixels[79, 111].tolist() == [10, 20, 30, 255]
    assert pixels[80, 0].tolist() == [128, 128, 128, 255]
    assert pixels[0, 112].tolist() == [128, 128, 128, 255]


def test_exif_orientation_is_honoured(tmp_path) -> None:
    image = Image.fromarray(np.arange(40 * 20 * 3, dtype=np.uint8).reshape(20, 40, 3))
    exif = Image.Exif()
    exif[0x0112] = 6
    image.save(tmp_path / "turned.jpg", exif=exif)
    assert load_photo(tmp_path / "turned.jpg").size == (20, 40)


@pytest.mark.parametrize("bits", [8, 10, 12, 14, 16])
def test_wide_samples_fill_the_range(bits: int) -> None:
    top = 2**bits - 1
    samples = np.array([0, top // 3, top], np.uint16)
    assert to_8_bits(samples).tolist() == [0, round(top // 3 * 255 / top), 255]


def test_more_bits_than_the_photo_needs_leave_it_dark() -> None:
    assert to_8_bits(np.array([4095], np.uint16), 16).tolist() == [16]
    assert to_8_bits(np.array([4095], np.uint16), 8).tolist() == [255]


@pytest.mark.parametrize("name", ["rgb-12-in-16.png", "rgb-alpha-16.png", "turned-16.png", "alpha.png", "profile.png"])
def test_low_bits_transparency_and_profiles_change_no_colour(tmp_path, name: str) -> None:
    pictures = files()
    for one in (name, "rgb.png"):
        (tmp_path / one).write_bytes(pictures[one])
    photo = load_photo(tmp_path / name)
    if name.startswith("turned"):
        photo = photo.rotate(-90, expand=True)
    plain = np.asarray(load_photo(tmp_path / "rgb.png")).astype(int)
    # The wide pictures are brighter on the right, by less than a level.
    assert np.abs(np.asarray(photo) - plain).max() <= (2 if "16" in name else 0)
