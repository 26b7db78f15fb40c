from __future__ import annotations

import pytest

from ui.widgets.bar import bar


@pytest.mark.parametrize(
    ("done", "total", "shown"),
    [
        (0, 4, "░░░░░░░░ 0/4"),
        (1, 4, "██░░░░░░ 1/4"),
        (4, 4, "████████ 4/4"),
        (9, 4, "████████ 4/4"),
        (0, 0, "████████ 0/0"),
    ],
)
def test_a_bar_is_as_full_as_its_figures(done, total, shown):
    assert bar(12, done, total) == shown


def test_figures_are_all_that_is_left_of_a_narrow_one():
    assert bar(3, 1, 20) == " 1/20"
