"""A scale on a line: every dialect against the emulated scale, and a line that misbehaves."""

from __future__ import annotations

import threading

import pytest

from drivers.errors import InDoubt, NotDone, NotReady, Unreachable
from drivers.link import LinkLost, open_link
from drivers.scale import Weight
from drivers.scale_cas import CAS
from drivers.scale_elzab import ELZAB
from drivers.scale_line import LineScale
from drivers.scale_toledo import TOLEDO
from hw_emulator.gear.model import start_gear
from hw_emulator.gear.scale import CAPACITY_MILLI, Scale

DIALECTS = {"cas": CAS, "toledo": TOLEDO, "elzab": ELZAB}
PATIENCE_S = 0.3


@pytest.fixture
def stand():
    """Start a scale of a protocol and its driver; both are cleared away."""
    opened = []

    def make(protocol: str, line: str = "pty", **hand):
        device = Scale(protocol)
        device.hand(**hand)
        running = start_gear(device, **({"pty": True} if line == "pty" else {"tcp": 0}))
        scale = LineScale(
            DIALECTS[protocol],
            lambda: open_link(running.url),
            answer_s=1.0,
            pause_s=0.01,
            quiet_s=0.05,
        )
        opened.extend([scale.close, running.stop])
        return device, scale

    yield make
    for close in opened:
        close()


each_protocol = pytest.mark.parametrize("protocol", DIALECTS)


@each_protocol
@pytest.mark.parametrize("line", ["pty", "tcp"])
def test_goods_on_the_pan(stand, protocol, line):
    _, scale = stand(protocol, line, load_milli=1250)
    assert scale.weigh(PATIENCE_S) == 1250
    reading = scale.read()
    assert (reading.milli, reading.is_stable) == (1250, True)


@each_protocol
def test_nothing_on_the_pan(stand, protocol):
    _, scale = stand(protocol)
    assert scale.read().milli == 0
    with pytest.raises(NotReady, match="empty"):
        scale.weigh(PATIENCE_S)


@each_protocol
def test_a_swinging_pan_is_never_sold(stand, protocol):
    _, scale = stand(protocol, load_milli=1000, swing_milli=40)
    with pytest.raises(NotReady, match="unstable"):
        scale.weigh(PATIENCE_S)


@each_protocol
def test_it_waits_until_the_pan_is_steady(stand, protocol):
    device, scale = stand(protocol, load_milli=1000, swing_milli=40)
    still = threading.Timer(0.2, device.hand, kwargs={"swing_milli": 0, "load_milli": 995})
    still.start()
    assert scale.weigh(20) == 995
    still.join()


@each_protocol
def test_a_drifting_weight_is_never_sold(stand, protocol):
    """Stable, says the scale, and each time it is another weight."""
    _, scale = stand(protocol, load_milli=9000, drift_milli=-10)
    with pytest.raises(NotReady, match="unstable"):
        scale.weigh(PATIENCE_S)


@pytest.mark.parametrize("protocol", ["cas", "toledo"])
def test_overload(stand, protocol):
    _, scale = stand(protocol, load_milli=CAPACITY_MILLI + 10)
    assert scale.read().is_overload
    with pytest.raises(NotReady, match="overload"):
        scale.weigh(PATIENCE_S)


@each_protocol
def test_below_zero(stand, protocol):
    _, scale = stand(protocol, load_milli=-50)
    with pytest.raises(NotReady, match="underload"):
        scale.weigh(PATIENCE_S)


@each_protocol
def test_a_silent_scale(stand, protocol):
    device, scale = stand(protocol, load_milli=1000, is_silent=1)
    with pytest.raises(Unreachable, match="no answer"):
        scale.weigh(PATIENCE_S)
    device.hand(is_silent=0)
    assert scale.weigh(5) == 1000


@each_protocol
def test_a_line_that_spoils_answers_gives_no_weight(stand, protocol):
    device, scale = stand(protocol, load_milli=1000, is_garbled=1)
    for _ in range(5):
        with pytest.raises((Unreachable, NotReady)):
            scale.weigh(0)
    device.hand(is_garbled=0)
    assert scale.weigh(5) == 1000


@each_protocol
def test_a_slow_scale(stand, protocol):
    _, scale = stand(protocol, load_milli=1000, delay_s=0.1)
    assert scale.weigh(10) == 1000


@each_protocol
def test_a_late_answer_is_no_answer_to_the_next_question(stand, protocol):
    """The weight of the goods before must not be sold for those that lie there now."""
    device, scale = stand(protocol, load_milli=500, delay_s=1.4)
    with pytest.raises(Unreachable):
        scale.read()
    device.hand(load_milli=1000, delay_s=0)
    for _ in range(20):
        try:
            assert scale.weigh(5) == 1000
            break
        except Unreachable:
            continue
    else:
        pytest.fail("the scale never came back")


def test_a_scale_that_tells_a_weight_only_once(stand):
    device, scale = stand("toledo", load_milli=500, is_lazy=1)
    assert scale.weigh(5) == 500
    # It told us once; whether the same goods still lie there nobody knows.
    with pytest.raises(NotReady, match="unchanged"):
        scale.weigh(PATIENCE_S)
    device.hand(load_milli=750)
    assert scale.weigh(5) == 750


def test_zero_and_tare(stand):
    device, scale = stand("toledo", load_milli=40)
    scale.zero()
    assert scale.read().milli == 0
    device.hand(load_milli=540)
    scale.tare()
    device.hand(load_milli=1040)
    assert scale.weigh(5) == 500
    assert scale.read().is_net


def test_zero_and_tare_of_a_swinging_pan(stand):
    _, scale = stand("toledo", load_milli=500, swing_milli=30)
    for command in (scale.zero, scale.tare):
        with pytest.raises(NotReady, match="unstable"):
            command()


@pytest.mark.parametrize("protocol", ["cas", "elzab"])
def test_a_protocol_without_zero_and_tare(stand, protocol):
    _, scale = stand(protocol)
    for command in (scale.zero, scale.tare):
        with pytest.raises(NotDone, match="has no command"):
            command()


def test_a_command_without_an_answer_is_in_doubt(stand):
    _, scale = stand("toledo", is_silent=1)
    with pytest.raises(InDoubt):
        scale.zero()


class Line:
    """A line that says ``answers`` one after the other, whatever it is asked."""

    def __init__(self, *answers: bytes) -> None:
        self.answers = list(answers)
        self.written: list[bytes] = []
        self.is_closed = False

    def write(self, data: bytes) -> None:
        self.written.append(data)

    def read(self, timeout_s: float) -> bytes:
        return self.answers.pop(0) if self.answers else b""

    def drain(self) -> None:
        return

    def close(self) -> None:
        self.is_closed = True


def at(line, dialect=TOLEDO) -> LineScale:
    return LineScale(dialect, lambda: line, answer_s=0.02, pause_s=0, quiet_s=0)


def test_an_answer_in_slices():
    assert at(Line(b"\x0201", b".25", b"0\r")).read() == Weight(1250, True, is_net=False)


def test_a_scale_that_is_not_ready_is_asked_again():
    line = Line(b"\x15", b"\x15", b"\x06", _cas(b"S 01.250kg"))
    assert at(line, CAS).read() == Weight(1250, True)
    assert line.written == [b"\x05", b"\x05", b"\x05", b"\x11"]


def test_a_scale_that_is_never_ready():
    line = Line(*[b"\x15"] * 50)
    with pytest.raises(NotReady, match="busy"):
        at(line, CAS).read()
    assert b"\x11" not in line.written


def test_what_the_scale_said_by_itself_is_no_answer():
    """Somebody pressed its print key before other goods were put on it."""
    line = Line(b"\x0209.000\r")
    line.drain = line.answers.clear
    line.write = lambda _: line.answers.append(b"\x0201.250\r")
    assert at(line).read().milli == 1250


def test_an_unreadable_answer_names_what_to_look_at():
    line = Line(b"\xb0\xb1garbage")
    with pytest.raises(Unreachable, match="protocol, speed, parity"):
        at(line).read()
    assert line.is_closed


def test_a_scale_that_talks_without_being_asked(monkeypatch):
    monkeypatch.setattr("drivers.scale_line._NOISE_MAX_S", 0.02)
    talking = Line()
    talking.read = lambda timeout_s: b"ST,GS, 1.250kg\r\n"
    scale = at(talking)
    with pytest.raises(Unreachable, match="is no answer"):
        scale.read()
    with pytest.raises(Unreachable, match="talks without being asked"):
        scale.read()


def test_a_line_that_breaks():
    line = Line()

    def broken(*_: object) -> bytes:
        raise LinkLost("unplugged", may_have_sent=True)  # noqa: EM101

    line.read = broken
    scale = at(line)
    with pytest.raises(Unreachable, match="unplugged"):
        scale.read()
    # The line may be broken still when it is listened to before the next question.
    with pytest.raises(Unreachable, match="unplugged"):
        scale.read()
    writing = at(Line())
    writing._open().write = broken
    with pytest.raises(InDoubt):
        writing.tare()


def _cas(body: bytes) -> bytes:
    check = 0
    for byte in body:
        check ^= byte
    return b"\x01\x02" + body + bytes([check]) + b"\x03\x04"
