"""Steps of a dialogue with the printer, and the questions it answers past its queue. No I/O.

A dialogue is a generator: it yields ``Send`` or ``Wait``, is told what was ``Heard``, and returns
its result; whoever runs it owns the line and the clock.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from drivers.errors import Unreachable
from drivers.posnet.codes import TRANSIENT, refusal
from drivers.posnet.frame import Frame, Malformed, encode

if TYPE_CHECKING:
    from drivers.posnet.watch import Timings

_TRIES_MAX = 3

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Send:
    """Write these bytes."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Wait:
    """Listen until one frame came, at most so long."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of the last step: a frame, broken bytes, or nothing within the time waited."""

    frame: Frame | Malformed | None = None
    waited_s: float = 0.0


Step = Send | Wait
Dialogue = Generator[Step, Heard, Result]


def ask_now(names: tuple[str, ...], timings: Timings) -> Dialogue[dict[str, Frame]]:
    """Ask the immediate questions ``names``; raises ``Unreachable`` when one is not answered.

    A printer that does not know one of them says so: ``Refused``. The questions carry no token:
    their answers would push those of commands out of the device's memory.
    """
    for _ in range(_TRIES_MAX):
        answers: dict[str, Frame] = {}
        for name in names:
            yield Send(encode(Frame(name, immediate=True)))
        left_s = timings.poll_s
        while left_s > 0 and not answers.keys() >= set(names):
            heard = yield Wait(left_s)
            left_s -= heard.waited_s
            frame = heard.frame
            if isinstance(frame, Frame) and (name := _about(frame)) in names:
                if frame.error is not None and frame.error not in TRANSIENT:
                    is_frame_error = frame.mnemonic == "ERR"
                    raise refusal(frame.error, name, is_frame_error=is_frame_error)
                answers[frame.mnemonic] = frame
        if answers.keys() >= set(names):
            return answers
    msg = f"the printer does not answer {' '.join(names)}"
    raise Unreachable(msg)


def _about(frame: Frame) -> str:
    """Which question ``frame`` answers."""
    return frame.get("cm").removeprefix("!") if frame.mnemonic == "ERR" else frame.mnemonic
