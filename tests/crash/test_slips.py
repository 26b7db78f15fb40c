"""Slips and the power: cut at every touch, with a printer that has troubles of its own."""

from __future__ import annotations

import itertools

import pytest

from tests.crash.slip_scenarios import (
    SCENARIOS,
    all_well,
    copies_are_asked_for,
    line_breaks,
    paper_ends_and_nobody_comes,
    paper_ends_at_the_end,
    paper_ends_before,
    paper_ends_within,
    power_goes_while_the_paper_is_changed,
    printer_dies_and_comes_back,
    printer_falls_silent,
    queued_by,
    run,
)
from tests.crash.slip_stand import papers_of


def cut_at_touches(make_slip_stand, scenario, *, step, is_cheap):
    """One life for each ``step``-th touch, cut off there; the next one finds what it left."""
    for cut_at in itertools.count(1, step):
        stand = make_slip_stand(is_cheap=is_cheap)
        till = run(stand, scenario, cut_at)
        is_cut = till.mains.is_out.is_set()
        where = f"cut {cut_at} before {till.mains.touches[-1]!r}"
        assert (where, stand.wrong([])) == (where, [])
        stand.switch_on().start()
        names = queued_by(stand, SCENARIOS[scenario])
        assert (where, stand.wrong(names)) == (where, [])
        stand.settle()
        assert (where, stand.wrong(names, is_settled=True)) == (where, [])
        stand.clear()
        if not is_cut:
            assert cut_at > 20
            return


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.__name__)
def test_cut_at_every_touch(make_slip_stand, scenario):
    cut_at_touches(make_slip_stand, scenario, step=1, is_cheap=False)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.__name__)
def test_cut_with_a_cheap_printer(make_slip_stand, scenario):
    cut_at_touches(make_slip_stand, scenario, step=4, is_cheap=True)


@pytest.mark.torture
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.__name__)
def test_cut_at_every_touch_with_a_cheap_printer(make_slip_stand, scenario):
    cut_at_touches(make_slip_stand, scenario, step=1, is_cheap=True)


# Papers of each slip when the power stays: those after the first were asked for.
PAPERS = {
    all_well: {"one": 1, "two": 1},
    paper_ends_before: {"one": 1},
    paper_ends_within: {"one": 2, "two": 1},
    paper_ends_at_the_end: {"one": 1, "two": 1},
    paper_ends_and_nobody_comes: {"one": 2},
    printer_dies_and_comes_back: {"one": 2, "two": 1},
    printer_falls_silent: {"one": 2},
    line_breaks: {"one": 2, "two": 1},
    power_goes_while_the_paper_is_changed: {"one": 2},
    copies_are_asked_for: {"one": 3},
}


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.__name__)
def test_without_a_cut_only_what_was_asked_for_is_printed_again(make_slip_stand, scenario):
    stand = make_slip_stand()
    till = run(stand, scenario, 0)
    papers = papers_of(stand.device.paper.text)
    assert {name: len(found) for name, found in papers.items()} == PAPERS[scenario]
    for found in papers.values():
        assert [is_marked for is_marked, _ in found] == [False] + [True] * (len(found) - 1)
        assert found[-1][1], "the last paper is whole"
    assert till.jobs() == []


def test_a_line_left_within_a_command_swallows_no_slip_of_a_later_till(make_slip_stand):
    """The slip in doubt is found by the next till; the one after it has nothing else to go by."""
    for left in range(120, 180):
        stand = make_slip_stand()
        till = stand.switch_on().start()
        till.wire.left = left
        till.queue("n0", 1)
        stand.switch_on().start()
        stand.switch_on().start().queue("n1", 1)
        assert (left, stand.wrong(["n0", "n1"])) == (left, [])
        stand.clear()
