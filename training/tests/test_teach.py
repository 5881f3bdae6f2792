import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training.data import Instance, Photo
from training.teach.cells import Cells, coverage
from training.teach.draws import draw_lesson, mulberry32, shuffle
from training.teach.heads import coreset, logistic, minimise, nearest
from training.teach.maps import components, per_pixel, regions
from training.teach.measure import Pixels, auroc, figures, is_found, see
from training.teach.thresholds import best_f1, choose, deal


def test_mulberry32_is_the_pages() -> None:
    random = mulberry32(1)
    assert [random() for _ in range(3)] == [0.6270739405881613, 0.002735721180215478, 0.5274470399599522]


def test_shuffle_keeps_everything_and_follows_the_seed() -> None:
    assert sorted(shuffle(range(20), mulberry32(3))) == list(range(20))
    assert shuffle(range(20), mulberry32(3)) == shuffle(range(20), mulberry32(3))
    assert shuffle(range(20), mulberry32(3)) != shuffle(range(20), mulberry32(4))


def photo(number: int, *labels: int) -> Photo:
    return Photo(number, f"{number}.png", 8, 8, [Instance(label, {}, 1) for label in labels])


def test_a_lesson_draws_nothing_twice_and_tests_on_the_rest() -> None:
    photos = [photo(1, 5), photo(2, 5, 6), photo(3, 6), photo(4, 9), *(photo(i) for i in range(5, 12))]
    draw = draw_lesson(photos, photos, (5, 6), marked=1, good=3, seed=2)
    assert len(draw.marked) == 2
    assert len(draw.good) == 3
    used = {p.id for p in (*draw.marked, *draw.good)}
    tested = {p.id for p in (*draw.test_defective, *draw.test_good)}
    assert len(used) == 5
    assert not used & tested
    assert used | tested == {p.id for p in photos} - {4}


def grid(rows: int, columns: int, side: float, width: int, height: int) -> Cells:
    return Cells(np.zeros((rows * columns, 1)), (rows, columns), side, (width, height))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(1.5, 9))
def test_coverage_adds_up_to_the_mask(seed: int, side: float) -> None:
    mask = np.random.default_rng(seed).random((13, 17)) < 0.4
    cells = grid(int(13 / side) + 1, int(17 / side) + 1, side, 17, 13)
    share = coverage(mask, cells)
    assert share.min() >= -1e-9
    assert share.max() <= 1 + 1e-9
    assert share.sum() * side**2 == pytest.approx(mask.sum())


def test_a_whole_cell_is_covered() -> None:
    mask = np.zeros((8, 8), bool)
    mask[4:, :4] = True
    assert coverage(mask, grid(2, 2, 4, 8, 8)).tolist() == [0, 0, 1, 0]


def test_scores_per_pixel_are_bilinear_between_centres() -> None:
    scores = per_pixel(np.array([0.0, 1.0]), grid(1, 2, 4, 8, 4))
    assert scores[0] == pytest.approx([0, 0, 1 / 8, 3 / 8, 5 / 8, 7 / 8, 1, 1])


def slow_components(mask: np.ndarray) -> set[frozenset[int]]:
    left = {(int(y), int(x)) for y, x in np.argwhere(mask)}
    parts = set()
    while left:
        queue, part = [left.pop()], set()
        while queue:
            y, x = queue.pop()
            part.add(y * mask.shape[1] + x)
            near = {(y + i, x + j) for i in (-1, 0, 1) for j in (-1, 0, 1)} & left
            left -= near
            queue += near
        parts.add(frozenset(part))
    return parts


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(0.1, 0.7))
def test_components_are_the_8_connected_parts(seed: int, share: float) -> None:
    mask = np.random.default_rng(seed).random((9, 11)) < share
    assert {frozenset(c.tolist()) for c in components(mask)} == slow_components(mask)


def test_small_regions_are_left_out() -> None:
    scores = np.zeros((4, 6))
    scores[0, 0] = 0.9
    scores[2, 2:5] = 0.6, 0.8, 0.7
    (region,) = regions(scores, 0.5, 2)
    assert region.mask.tolist() == [14, 15, 16]
    assert region.score == 0.8


def test_logistic_separates_what_is_separable() -> None:
    rng = np.random.default_rng(0)
    x = rng.normal(size=(200, 5)).astype(np.float32)
    y = x[:, 2] > 0.3
    w, b, _ = logistic(x, y, np.full(200, 1 / 200), 1e-4, steps=500)
    assert ((x @ w + b > 0) == y).mean() > 0.98


def test_logistic_ends_where_the_gradient_vanishes() -> None:
    rng = np.random.default_rng(1)
    x, y = rng.normal(size=(300, 4)), rng.random(300) < 0.3
    w, b, _ = logistic(x, y, np.full(300, 1 / 300), 0.1, tolerance=1e-6)
    residual = (1 / (1 + np.exp(-(x @ w + b))) - y) / 300
    assert np.abs(x.T @ residual + 0.1 * w).max() < 1e-5
    assert abs(residual.sum()) < 1e-5


def test_minimise_finds_the_valley_of_rosenbrock() -> None:
    def f(p: np.ndarray) -> tuple[float, np.ndarray]:
        x, y = p
        return (1 - x) ** 2 + 100 * (y - x * x) ** 2, np.array([2 * (x - 1) - 400 * x * (y - x * x), 200 * (y - x * x)])

    point, _ = minimise(f, np.array([-1.2, 1.0]), steps=200, tolerance=1e-8)
    assert point == pytest.approx([1, 1], abs=1e-5)


def test_nearest_is_the_smallest_distance() -> None:
    rng = np.random.default_rng(2)
    x, memory = rng.normal(size=(50, 6)).astype(np.float32), rng.normal(size=(20, 6)).astype(np.float32)
    slow = np.linalg.norm(x[:, None] - memory[None], axis=2).min(1)
    assert nearest(x, memory, chunk=16) == pytest.approx(slow, abs=1e-4)


def test_a_coreset_reaches_every_cluster() -> None:
    centres = np.eye(6, dtype=np.float32) * 10
    x = np.repeat(centres, 40, 0) + np.random.default_rng(3).normal(size=(240, 6)).astype(np.float32) * 0.1
    assert {i // 40 for i in coreset(x, 6)} == set(range(6))


def test_auroc_counts_ties_half() -> None:
    assert auroc([1, 2], [1, 0]) == (0.5 + 1 + 1 + 1) / 4


def test_pixels_of_a_perfect_and_a_constant_map() -> None:
    truth = np.array([True, False, False, True])
    perfect, constant = Pixels(), Pixels()
    perfect.add(np.array([0.9, 0.1, 0.2, 0.8]), truth)
    constant.add(np.full(4, 0.5), truth)
    assert (perfect.auroc(), perfect.average_precision()) == (1, 1)
    assert (constant.auroc(), constant.average_precision()) == (0.5, 0.5)


def test_found_is_by_the_components_that_a_region_touches() -> None:
    truth = np.zeros((10, 10), bool)
    truth[:2, :2] = truth[8:, 8:] = True
    scores = np.zeros((10, 10))
    scores[:2, :2] = 0.9
    assert is_found(regions(scores, 0.5, 1), truth)
    scores[:6, :10] = 0.9
    assert not is_found(regions(scores, 0.5, 1), truth)


def test_figures_count_photos_and_regions() -> None:
    truth = np.zeros((4, 4), bool)
    truth[0, :2] = True
    scores = np.zeros((4, 4))
    scores[0, 0] = 0.9
    alarm = np.zeros((4, 4))
    alarm[0, 0] = alarm[3, 3] = 0.8
    nothing = np.zeros((4, 4), bool)
    seen = [see(s, t, regions(s, 0.5, 1)) for s, t in ((scores, truth), (alarm, nothing), (nothing * 0.0, nothing))]
    result = figures(seen)
    assert result["found"] == 1
    assert result["false alarms"] == 1
    assert result["image AUROC"] == 1
    assert result["pixel IoU"] == 1 / 4


def test_folds_leave_every_photo_out_once_and_spread_both_kinds() -> None:
    folds = deal(7, 6)
    assert sorted(i for fold in folds for i in fold) == list(range(13))
    assert {len(fold) for fold in folds} == {2, 3}
    assert deal(1, 2) == [[0], [1], [2]]


def test_the_threshold_lies_in_the_middle_of_the_widest_plateau() -> None:
    f1, threshold = best_f1([6, 5, 4], [1, 0.5], 3, floor=0)
    assert (f1, threshold) == (1, 2.5)
    f1, threshold = best_f1([6, 2], [3], 2, floor=0)
    assert f1 == pytest.approx(0.8)
    assert threshold == 1


def test_a_threshold_never_falls_below_the_level() -> None:
    assert best_f1([3], [], 1, floor=2)[1] == 2.5


def test_lines_find_the_mark_and_leave_the_stain() -> None:
    marked, stain = np.full((12, 12), -5.0), np.full((12, 12), -5.0)
    marked[2:6, 2:6] = 4
    stain[8:10, 8:10] = 1
    truth = np.zeros((12, 12), bool)
    truth[2:6, 2:6] = True
    lines = choose([marked, stain], [truth, np.zeros_like(truth)], smallest=1)
    assert lines.f1 == 1
    assert 1 < lines.threshold <= 4
    assert len(regions(marked, lines.level, 1)) == 1
    assert not [r for r in regions(stain, lines.level, 1) if r.score >= lines.threshold]
