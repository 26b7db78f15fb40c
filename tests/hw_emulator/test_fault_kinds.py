from __future__ import annotations

import random

import pytest

from hw_emulator.fault_kinds import KINDS, LINE_KINDS, Kind, listed


def test_every_kind_is_told_about():
    assert set(KINDS) == set(Kind)
    for kind in Kind:
        assert f"  {kind.value} " in listed()
        assert KINDS[kind].does


def test_only_what_a_device_can_have_is_listed():
    assert "no-paper" not in listed(LINE_KINDS)
    assert "unplug-request" in listed(LINE_KINDS)


@pytest.mark.parametrize("kind", [kind for kind in Kind if KINDS[kind].draw])
def test_the_dice_choose_what_a_rule_could_say(kind):
    about = KINDS[kind]
    drawn = [about.draw(random.Random(seed)) for seed in range(20)]
    if about.needs:
        assert None not in drawn
    assert drawn == [about.draw(random.Random(seed)) for seed in range(20)]


def test_chance_never_ends_a_process_or_loses_its_ram():
    by_rule_only = {Kind.DIE_BEFORE, Kind.DIE_AFTER, Kind.RAM_RESET, Kind.RAM_RESET_AFTER}
    assert all(KINDS[kind].draw is None for kind in by_rule_only)
