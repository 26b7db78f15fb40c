from __future__ import annotations

import pytest

from drivers.scale import Weight


@pytest.mark.parametrize(
    ("weight", "obstacle"),
    [
        (Weight(1250, True), ""),
        (Weight(1250, True, is_net=True), ""),
        (Weight(0, True), "empty"),
        (Weight(1250, False), "unstable"),
        (Weight(None, False), "unstable"),
        (Weight(None, True), "unstable"),
        (Weight(-20, True), "underload"),
        (Weight(0, True, is_underload=True), "underload"),
        (Weight(None, False, is_overload=True), "overload"),
        (Weight(1250, True, is_overload=True), "overload"),
        (Weight(1250, True, "lb"), "unit"),
        (Weight(None, False, is_unchanged=True), "unchanged"),
    ],
)
def test_why_it_cannot_be_sold(weight, obstacle):
    assert weight.obstacle == obstacle
