from itertools import pairwise
from math import cos, hypot, isclose, radians

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minka.methods.geography.classes import class_of, quantile_classes
from minka.methods.geography.geojson import BadGeoJson, lighter, middle, read_features, vertex_count
from minka.methods.geography.hexagons import hexagons
from minka.methods.geography.matching import Known, Told, code_of, match_places
from minka.methods.geography.picture import Picture, View, grouped
from minka.methods.geography.projection import (
    EARTH_KM,
    MOST_NORTH,
    backward,
    forward,
    forward_all,
    zoom_to_fit,
)

longitudes = st.floats(-179.9, 179.9)
latitudes = st.floats(-80, 80)
positions = st.lists(st.tuples(longitudes, latitudes), max_size=60)


def test_mercator_agrees_with_published_figures():
    # Snyder (1987), p. 266: on the unit sphere, from 180° W, 35° N 75° W is x 1.8325957, y 0.6528366
    x, y = forward(105 - 180 + 75, 35)  # our x counts from 180° W
    assert isclose((0.5 - y) * 2 * np.pi, 0.6528366, abs_tol=1e-7)
    assert forward(-180, MOST_NORTH) == (0.0, pytest.approx(0.0, abs=1e-12))
    assert x == 0.5


@given(longitudes, latitudes)
def test_projecting_back_and_forth_changes_nothing(longitude, latitude):
    assert backward(*forward(longitude, latitude)) == pytest.approx((longitude, latitude), abs=1e-9)
    xs, ys = forward_all([longitude], [latitude])
    assert (xs[0], ys[0]) == pytest.approx(forward(longitude, latitude))


def test_a_box_fits_into_the_picture_and_fills_it():
    box = (-73.0, -18.0, -69.0, -14.0)
    longitude, latitude, zoom = zoom_to_fit(box, width=1000, height=600, padding=50)
    view = View(longitude, latitude, zoom, 1000, 600)
    (left, bottom), (right, top) = view.place(*box[:2]), view.place(*box[2:])
    assert top == pytest.approx(50) and bottom == pytest.approx(550)
    assert left > 50 and right < 950 and left + right == pytest.approx(1000)


@given(positions, st.sampled_from([5, 25, 100]))
def test_every_point_is_in_one_hexagon_and_none_is_nearer(points, size):
    lons, lats = [p[0] for p in points], [p[1] for p in points]
    cells = hexagons(lons, lats, size_km=size)
    assert sum(cell.count for cell in cells) == len(points)
    assert len({(cell.column, cell.row) for cell in cells}) == len(cells)
    radius = size / EARTH_KM / 3**0.5
    for point in points:
        x, y = forward(*point)
        nearest = min(
            hypot(a - x, b - y)
            for a, b in (
                (radius * 3**0.5 * (c.column + c.row / 2), radius * 1.5 * c.row) for c in cells
            )
        )
        assert nearest <= radius * (1 + 1e-9)


def test_hexagons_have_their_size_at_their_latitude():
    (cell,) = hexagons([-71.5], [-16.4], size_km=10, at_latitude=-16.4)
    assert len(cell.ring) == 7 and cell.ring[0] == cell.ring[-1]
    across = (max(x for x, _y in cell.ring) - min(x for x, _y in cell.ring)) / 360 * EARTH_KM
    assert across * cos(radians(cell.latitude)) == pytest.approx(10, rel=0.01)
    assert hexagons([], [], size_km=10) == []
    with pytest.raises(ValueError, match="size"):
        hexagons([0], [0], size_km=0)


@given(st.lists(st.integers(0, 1000)), st.integers(1, 7))
def test_classes_hold_every_value_once_and_in_order(values, wanted):
    classes = quantile_classes(values, classes=wanted)
    positive = [value for value in values if value > 0]
    assert len(classes) <= wanted
    assert all(a.most < b.least for a, b in pairwise(classes))
    for value in positive:
        at = class_of(value, classes)
        assert at is not None and classes[at].least <= value <= classes[at].most
    assert class_of(0, classes) is None
    assert all(one.least in positive and one.most in positive for one in classes)


def test_classes_have_about_as_many_values_each():
    assert [(c.least, c.most) for c in quantile_classes(range(1, 101))] == [
        (1, 20), (21, 40), (41, 60), (61, 80), (81, 100),
    ]  # fmt: skip
    assert [(c.least, c.most) for c in quantile_classes([1] * 90 + [7, 9])] == [(1, 1), (7, 9)]


def _square(x, y, side):
    return [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]


def test_neighbours_keep_their_border_on_a_coarser_grid():
    wavy = [[0.0, n / 1000 + 0.0004] for n in range(1000)]
    left = {"type": "Polygon", "coordinates": [[*wavy, [-1.0, 1.0], [-1.0, 0.0], wavy[0]]]}
    right = {"type": "Polygon", "coordinates": [[*wavy, [1.0, 1.0], [1.0, 0.0], wavy[0]]]}
    light = lighter([left, right], most=300)
    assert sum(map(vertex_count, light)) <= 300
    shared = [{tuple(p) for p in one["coordinates"][0] if p[0] == 0.0} for one in light]
    assert shared[0] == shared[1] and len(shared[0]) > 50
    tiny = {"type": "MultiPolygon", "coordinates": [[_square(0, 0, 0.0001)], [_square(1, 1, 2)]]}
    assert len(lighter([tiny, left], most=300)[0]["coordinates"]) == 1  # the islet is gone
    alone = {"type": "Polygon", "coordinates": [_square(0, 0, 0.0001)]}
    assert lighter([alone, left], most=300)[0] == alone  # but no place vanishes


def test_a_name_goes_into_the_middle_of_the_largest_part():
    shape = {"type": "MultiPolygon", "coordinates": [[_square(10, 10, 1)], [_square(0, 0, 4)]]}
    assert middle(shape) == (2.0, 2.0)
    assert middle({"type": "Point", "coordinates": [1.0, 2.0]}) == (1.0, 2.0)


@given(st.binary(max_size=300))
def test_reading_never_fails_in_another_way(data):
    with pytest.raises(BadGeoJson):
        read_features(data, allowed=frozenset({"Point"}))


def test_codes_lose_the_zeros_that_only_fill_a_column():
    assert [code_of(text, 4) for text in ("201", "0201", "020100", "020101", "", "x1")] == [
        "0201", "0201", "0201", "", "", "",
    ]  # fmt: skip


def test_namesakes_are_told_apart_by_what_they_lie_in():
    known = [
        Known(1, "san juan", "lima", {}),
        Known(2, "san juan", "ica", {}),
        Known(3, "nasca", "ica", {}),
    ]
    scheme, found = match_places(
        [
            Told("san juan", "", frozenset({"ica"})),
            Told("san juan", ""),  # the one that is left
            Told("nasca", ""),
            Told("nasca", ""),  # no place has two borders
            Told("", ""),
        ],
        known,
        width=4,
    )
    assert scheme == ""
    assert [one.place for one in found] == [2, 1, 3, None, None]
    ambiguous = match_places([Told("san juan", "")], known, width=4)[1]
    assert ambiguous[0].place is None


def test_a_picture_draws_what_is_inside_and_escapes_what_is_written():
    view = View(0, 0, 2, 400, 300)
    picture = Picture(view)
    picture.shape({"type": "Polygon", "coordinates": [_square(0, 0, 5)]}, 'fill="red"')
    picture.shape({"type": "Polygon", "coordinates": [_square(150, 60, 5)]}, 'fill="blue"')
    picture.text(0, 0, "<script>&", "")
    svg = picture.svg()
    assert "red" in svg and "blue" not in svg and "<script>" not in svg
    groups = grouped(view, [(0.1, 0.1, 3), (0.2, 0.2, 4), (20, 10, 5), (179, 80, 1)])
    assert sorted((one.count, one.kind) for one in groups) == [(1, 5), (2, 3)]
