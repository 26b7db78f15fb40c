from __future__ import annotations

import pytest

from hw_emulator.posnet.mechanism import Mechanism, Wait


@pytest.mark.parametrize("state", Mechanism)
def test_the_state_is_told(bench, state):
    bench.device.mechanism = state
    assert bench.ask("sprn") == {"pr": str(int(state))}


def test_numbers_of_the_protocol():
    assert [int(state) for state in Mechanism] == [0, 1, 2, 3, 5, 6, 7, 8, 9, 10]
    assert (int(Wait.KEY), int(Wait.MECHANISM)) == (2, 3)
