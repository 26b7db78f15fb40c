from __future__ import annotations

import pytest

from hw_emulator.fault_kinds import Kind
from hw_emulator.faults import Faults
from hw_emulator.wire import HELD_MAX, SWAPPED_MAX, Wire


class Words:
    """A protocol whose commands are words that end with a full stop."""

    def __init__(self) -> None:
        self.kept = b""

    def cut(self, data: bytes) -> list[bytes]:
        *whole, self.kept = (self.kept + data).split(b".")
        return [word + b"." for word in whole]


class Line:
    """A client that keeps what it gets."""

    def __init__(self) -> None:
        self.got: list[bytes] = []
        self.owed = 0
        self.baud = 0
        self.is_broken = False

    def __call__(self, data: bytes) -> None:
        self.got.append(data)

    def hang_up(self) -> None:
        self.is_broken = True

    def owe(self) -> None:
        self.owed += 1

    def settle(self) -> None:
        self.owed -= 1

    def set_baud(self, baud: int) -> None:
        self.baud = baud


class Stage:
    """A device that answers each command in capitals, on a line with faults."""

    def __init__(self, *specs: str) -> None:
        self.line, self.faults = Line(), Faults()
        for spec in specs:
            self.faults.add(spec)
        self.arrived: list[bytes] = []
        self.due: list = []
        self.now_s = 100.0
        self.is_alive = True
        self.wire = Wire(
            self.line,
            1,
            self.faults,
            self.later,
            Words(),
            lambda raw: raw.rstrip(b".").decode(),
            self.deliver,
            lambda: self.is_alive,
            lambda: self.now_s,
        )

    def later(self, seconds, do) -> bool:
        self.due.append((seconds, do))
        return True

    def deliver(self, wire, data, struck) -> None:
        self.arrived.append(data)
        wire.answer(data.upper(), struck)

    def say(self, *words: str) -> list[bytes]:
        for word in words:
            self.wire.feed(word.encode() + b".")
        return self.line.got


def test_without_faults_all_passes():
    stage = Stage()
    assert stage.say("one", "two") == [b"ONE.", b"TWO."]
    assert stage.arrived == [b"one.", b"two."]


def test_a_command_cut_at_each_of_its_bytes():
    for byte in range(5):
        stage = Stage(f"cut-request:two:1:{byte}")
        stage.say("one", "two", "one")
        assert stage.arrived == [b"one.", *([b"two."[:byte]] if byte else []), b"one."]


def test_an_answer_cut_at_each_of_its_bytes():
    for byte in range(5):
        got = Stage(f"cut:two:1:{byte}").say("two", "one")
        assert got == [*([b"TWO."[:byte]] if byte else []), b"ONE."]


def test_a_lost_command_does_not_arrive():
    stage = Stage("drop:one:1")
    stage.say("one", "one")
    assert stage.arrived == [b"one."]


def test_a_command_that_comes_twice_is_answered_twice_and_spoiled_once():
    stage = Stage("repeat-command:one:1", "lose:one:1")
    assert stage.say("one") == [b"ONE."]
    assert stage.arrived == [b"one.", b"one."]


@pytest.mark.parametrize("byte", range(5))
def test_a_line_dead_from_a_byte_of_the_command_on(byte):
    stage = Stage(f"dead-request:two:1:{byte}/30")
    stage.say("one", "two", "three")
    assert stage.arrived == [b"one.", *([b"two."[:byte]] if byte else [])]
    assert stage.line.got == [b"ONE."]
    stage.now_s += 30
    assert stage.say("four")[-1] == b"FOUR."


@pytest.mark.parametrize("byte", range(5))
def test_a_line_dead_from_a_byte_of_the_answer_on(byte):
    stage = Stage(f"dead:two:1:{byte}")
    stage.say("two", "three")
    assert stage.arrived == [b"two."]
    assert b"".join(stage.line.got) == b"TWO."[:byte]
    stage.now_s += 2
    assert stage.say("four")[-1] == b"FOUR."


@pytest.mark.parametrize("byte", range(5))
@pytest.mark.parametrize("kind", ["unplug", "unplug-request"])
def test_a_plug_pulled_at_each_byte(kind, byte):
    stage = Stage(f"{kind}:two:1:{byte}")
    stage.say("two", "three")
    in_, out = (b"two.", b"TWO."[:byte]) if kind == "unplug" else (b"two."[:byte], b"")
    assert (b"".join(stage.arrived), b"".join(stage.line.got)) == (in_, out)
    assert stage.line.is_broken


def test_answers_may_come_together_swapped_or_doubled():
    assert Stage("shift:one:1").say("one", "two") == [b"ONE.TWO."]
    assert Stage("swap:one:1").say("one", "two", "three") == [b"TWO.", b"ONE.", b"THREE."]
    assert Stage("double:one:1").say("one") == [b"ONE.ONE."]


def test_what_is_held_back_for_ever_fills_nothing():
    stage = Stage()
    stage.faults.set_chance(1, {Kind.SHIFT: 1.0})
    stage.say(*["x" * 1000] * 200)
    assert len(stage.wire._shifted) <= HELD_MAX
    stage.faults.set_chance(1, {Kind.SWAP: 1.0})
    stage.say(*["y"] * 200)
    assert len(stage.wire._swapped) <= SWAPPED_MAX


def test_a_late_answer_is_out_of_step_and_owed_until_it_came():
    stage = Stage("late:one:1:60")
    assert stage.say("one", "two") == [b"TWO."]
    ((seconds, send),) = stage.due
    assert (seconds, stage.line.owed) == (60, 1)
    send()
    assert (stage.line.got[-1], stage.line.owed) == (b"ONE.", 0)


def test_what_is_late_for_a_power_cut_never_comes():
    stage = Stage("late:one:1:60")
    stage.say("one")
    stage.is_alive = False
    stage.due[0][1]()
    assert stage.line.got == []
    assert stage.line.owed == 0


def test_noise_reaches_the_device_and_the_client():
    stage = Stage("noise-request:one:1:3", "noise:one:1:2")
    stage.say("one")
    assert stage.arrived[0][3:] == b"one."
    # The answer is that to noise and command, and noise before it.
    assert len(stage.line.got[0]) == 2 + 7


def test_a_line_may_become_slow():
    stage = Stage("slow-line:one:1:1200")
    stage.say("one")
    assert stage.line.baud == 1200


def test_a_send_that_is_only_a_function_will_do():
    got = []
    wire = Wire(
        got.append,
        1,
        Faults(),
        lambda _s, _do: False,
        Words(),
        lambda _raw: "",
        lambda wire, data, struck: wire.answer(data, struck),
    )
    wire.faults.add("unplug:*:2:0")
    wire.faults.add("late:*:1:3")
    wire.feed(b"a.b.c.")
    assert got == []
