from __future__ import annotations

import pytest

from drivers.drawer import Change, LeftOpen, LineDrawer, WiredDrawer, sensed
from drivers.errors import InDoubt, NotDone, Unreachable
from drivers.fiscal import Drawer
from drivers.link import LinkLost, open_pins

OPEN, CLOSED, UNKNOWN = Drawer.OPEN, Drawer.CLOSED, Drawer.UNKNOWN


def noticed(*states: tuple[Drawer, float], limit_s: float = 30) -> list[Change]:
    watch = LeftOpen(limit_s)
    return [change for state, at_s in states if (change := watch.feed(state, at_s))]


def test_opened_and_closed():
    assert noticed((CLOSED, 0), (OPEN, 1), (OPEN, 2), (CLOSED, 11), (CLOSED, 12)) == [
        Change(OPEN),
        Change(CLOSED, 10),
    ]


def test_left_open_is_told_once():
    assert noticed((OPEN, 0), (OPEN, 29), (OPEN, 30), (OPEN, 99), (CLOSED, 100)) == [
        Change(OPEN),
        Change(OPEN, 30, is_too_long=True),
        Change(CLOSED, 100),
    ]


def test_each_time_it_is_told_anew():
    found = noticed((OPEN, 0), (OPEN, 31), (CLOSED, 32), (OPEN, 40), (OPEN, 69), (OPEN, 70))
    assert [change.is_too_long for change in found] == [False, True, False, False, True]


def test_what_is_unknown_for_a_moment_changes_nothing():
    found = noticed((OPEN, 0), (UNKNOWN, 10), (UNKNOWN, 40), (OPEN, 50), (UNKNOWN, 60))
    assert found == [Change(OPEN), Change(OPEN, 50, is_too_long=True)]


def test_a_drawer_without_a_switch_is_never_news():
    assert noticed(*[(UNKNOWN, at_s) for at_s in range(0, 500, 10)]) == []


def test_a_drawer_that_is_open_at_the_start_is_news():
    assert noticed((OPEN, 5), (OPEN, 35)) == [Change(OPEN), Change(OPEN, 30, is_too_long=True)]


def test_what_a_switch_says_that_may_say_nothing():
    assert [sensed(said) for said in (True, False, None)] == [
        Drawer.OPEN,
        Drawer.CLOSED,
        Drawer.UNKNOWN,
    ]


def test_a_drawer_on_another_device():
    kicks = []
    drawer = WiredDrawer(lambda: kicks.append(1), lambda: OPEN)
    drawer.kick()
    assert (kicks, drawer.state()) == ([1], OPEN)
    drawer.close()
    assert WiredDrawer(lambda: None).state() is UNKNOWN


@pytest.mark.parametrize("pin", ["CTS", "DSR"])
@pytest.mark.parametrize("open_is_high", [True, False])
def test_a_drawer_on_a_modem_line(pin, open_is_high):
    """The loop's own outputs are its inputs: RTS is CTS, DTR is DSR."""
    port = open_pins("loop://")
    drawer = LineDrawer(lambda: port, pin, open_is_high=open_is_high)
    for is_high in (True, False):
        setattr(port._port, {"CTS": "rts", "DSR": "dtr"}[pin], is_high)
        assert drawer.state() is (OPEN if is_high is open_is_high else CLOSED)
    drawer.close()
    drawer.close()


def test_a_pulse_opens_it():
    port = open_pins("loop://")
    drawer = LineDrawer(lambda: port, pulse=b"\x07")
    drawer.kick()
    assert port.read(1) == b"\x07"
    with pytest.raises(NotDone, match="by its key only"):
        LineDrawer(lambda: port).kick()


class Broken:
    def __init__(self, *, may_have_sent: bool) -> None:
        self.may_have_sent = may_have_sent

    def senses(self, pin):
        raise LinkLost("unplugged", may_have_sent=False)  # noqa: EM101

    def write(self, data):
        raise LinkLost("unplugged", may_have_sent=self.may_have_sent)  # noqa: EM101

    def close(self):
        return


@pytest.mark.parametrize(("may_have_sent", "error"), [(True, InDoubt), (False, Unreachable)])
def test_a_line_that_breaks(may_have_sent, error):
    drawer = LineDrawer(lambda: Broken(may_have_sent=may_have_sent), pulse=b"\x07")
    with pytest.raises(error, match="unplugged"):
        drawer.kick()
    with pytest.raises(Unreachable, match="unplugged"):
        drawer.state()
