import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training.data import CLASSES, load_split
from training.synthesize import FIRST_UNSEEN_SEED, generate, write_coco
from training.synthesize.noise import blob, field, stroke
from training.synthesize.samples import SAMPLES
from training.synthesize.surfaces import FAMILIES

CLASSES_OF = {"metal": {1}, "strip": {2, 3, 4}, "ceramic": {5, 6, 7, 8, 9}}


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**31), st.sampled_from(sorted(FAMILIES)), st.integers(0, 5))
def test_scene(seed: int, family: str, defects: int) -> None:
    scene = generate(seed, family, width=200, height=160, defects=defects)
    assert scene.image.shape == (160, 200, 3)
    assert scene.image.std() > 1
    covered = np.zeros((160, 200), int)
    for category, mask in scene.instances:
        assert category in CLASSES_OF[family]
        assert mask.shape == (160, 200)
        assert mask.sum() >= 20
        covered += mask
    assert covered.max(initial=0) <= 1
    assert len(scene.instances) <= defects
    again = generate(seed, family, width=200, height=160, defects=defects)
    assert np.array_equal(scene.image, again.image)
    for (a, m), (b, n) in zip(scene.instances, again.instances, strict=True):
        assert a == b
        assert np.array_equal(m, n)


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_a_defect_differs_from_its_surroundings(family: str) -> None:
    contrasts = []
    for seed in range(24):
        scene = generate(seed, family, width=240, height=200, defects=2)
        grey = scene.image.mean(2)
        defective = np.any([m for _, m in scene.instances], axis=0) if scene.instances else np.zeros_like(grey, bool)
        for _, mask in scene.instances:
            contrasts.append(abs(grey[mask].mean() - grey[~defective].mean()))
    assert len(contrasts) > 20
    assert np.median(contrasts) > 15


def test_every_class_is_drawn_and_a_quarter_is_clean() -> None:
    scenes = [generate(seed, width=120, height=100) for seed in range(160)]
    assert {c for s in scenes for c, _ in s.instances} == set(range(1, 10))
    clean = sum(not s.instances for s in scenes) / len(scenes)
    assert 0.15 < clean < 0.4


def test_coco_folder_is_read_like_a_dataset(tmp_path) -> None:
    write_coco(tmp_path, 6, 3)
    photos = load_split(tmp_path, "train")
    assert len(photos) == 6
    for photo in photos:
        assert photo.path.exists()
        for instance in photo.instances:
            assert instance.mask().sum() == instance.area
            assert instance.mask().shape == (photo.height, photo.width)
    categories = json.loads((tmp_path / "train.json").read_text())["categories"]
    assert [c["name"] for c in categories] == list(CLASSES)


def test_unseen_seeds_stay_unseen(tmp_path) -> None:
    with pytest.raises(ValueError, match="kept for samples"):
        write_coco(tmp_path, 1, FIRST_UNSEEN_SEED // 1_000_000)
    assert sum(defects == 0 for *_, defects in SAMPLES) == 1


def test_noise_is_standardised_and_shapes_are_opacities() -> None:
    rng = np.random.default_rng(0)
    noise = field(rng, 64, 80, 2, 5)
    assert abs(noise.mean()) < 1e-3
    assert noise.std() == pytest.approx(1, abs=1e-3)
    for opacity in (
        blob(rng, 60, 60, 30, 30, 12, 8, 0.3),
        stroke(rng, 60, 60, (5.0, 30.0), 0.0, 50.0, 4.0, 0.02),
    ):
        assert opacity.min() >= 0
        assert opacity.max() <= 1
        assert 60 < (opacity >= 0.5).sum() < 900
