"""What to do next while commands are with the printer: ask, wait, ask again, give up. No I/O.

A dialogue is a generator. It yields ``Send`` or ``Wait``, is told what was ``Heard``, and returns
the answers; whoever runs it owns the line and the clock. Two rules carry everything:

1. A command is sent a second time only after ``rpt`` said that the device never carried it out,
   and then once. ``rpt`` finds the answers to the last 32 tokens.
2. Silence proves nothing. The device is asked how it is; while it waits for paper or a person, so
   do we, and only a device that answers nothing at all leaves the commands in doubt.

    answer lost, spoilt or out of step ─▶ rpt ─▶ stored answer: go on
                                              ─▶ ERR 13: never carried out ─▶ send again, once
    silence ─▶ !sprn !sdev ─▶ blocked: tell, wait ─▶ ready: rpt ─▶ nothing: in doubt

The immediate questions carry no token: their answers would push those of the commands out of the
device's memory. Source: POT-I-DEV-37, chapters on replies, tokens and execution modes.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TYPE_CHECKING, TypeVar

from drivers.errors import InDoubt, Unreachable
from drivers.posnet import state
from drivers.posnet.codes import TOKEN_NOT_FOUND, TRANSIENT, refusal
from drivers.posnet.commands import Again, Call
from drivers.posnet.frame import Frame, Malformed, encode
from drivers.posnet.watch import POLLS, Timings, Verdict, Watch

if TYPE_CHECKING:
    from drivers.fiscal import Status

__all__ = ["Dialogue", "Exchange", "Heard", "Send", "Step", "Timings", "Wait", "ask_status"]

WINDOW = 4
_PROBES_MAX = 4
_STATUS_TRIES_MAX = 3

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


@dataclass(slots=True)
class _Asked:
    """A command on its way; ``is_unsure``: sent twice, though nothing showed the first spoilt."""

    call: Call
    frame: Frame
    frame_error: int | None = None
    is_doubtful: bool = False
    is_missing: bool = False
    is_resent: bool = False
    is_unsure: bool = False
    probes: int = 0

    @property
    def is_recall(self) -> bool:
        return self.frame.mnemonic == "rpt"


class Exchange:
    """Commands that may be on their way together, up to ``window``, and their answers in order.

    ``calls`` are pairs of command and token. Raises ``Refused`` for the first command the device
    refuses and ``InDoubt`` when nothing settled what became of one; commands behind it may have
    been carried out in both cases. ``on_wait`` hears how the device is while it blocks.
    """

    def __init__(
        self,
        calls: Iterable[tuple[Call, int]],
        timings: Timings,
        *,
        on_wait: Callable[[Status], None] | None = None,
        window: int = WINDOW,
    ) -> None:
        self._todo = deque(
            _Asked(call, replace(call.frame, token=f"{token:04d}")) for call, token in calls
        )
        self._order = [int(asked.frame.token or 0) for asked in self._todo]
        self._pending: deque[_Asked] = deque()
        self._answers: dict[int, Frame] = {}
        self._watch = Watch(timings, on_wait)
        self._window = window
        self._probing: _Asked | None = None

    def run(self) -> Dialogue[tuple[Frame, ...]]:
        """Carry the commands out; gives the answers in the order of the commands."""
        while self._todo or self._pending:
            while self._may_send():
                self._pending.append(self._todo.popleft())
                yield Send(encode(self._pending[-1].frame))
            heard = yield Wait(self._watch.pause_s)
            self._watch.pass_time(heard.waited_s)
            if heard.frame is not None:
                self._take(heard.frame)
            yield from self._ask_how_it_is()
            yield from self._resolve()
        return tuple(self._answers[token] for token in self._order)

    def _may_send(self) -> bool:
        is_doubtful = any(asked.is_doubtful for asked in self._pending)
        return bool(self._todo) and len(self._pending) < self._window and not is_doubtful

    # What was heard

    def _take(self, frame: Frame | Malformed) -> None:
        if isinstance(frame, Malformed):
            self._doubt(None)
        elif frame.mnemonic in POLLS and frame.token is None:
            self._watch.take(frame)
        elif frame.mnemonic == "ERR":
            self._take_frame_error(frame)
        elif frame.token is None:
            self._doubt(None)
        elif asked := self._find(frame.token):
            self._take_answer(asked, frame)
        # else: a late answer to something older

    def _find(self, token: str) -> _Asked | None:
        number = int(token)
        return next((each for each in self._pending if int(each.frame.token or 0) == number), None)

    def _take_answer(self, asked: _Asked, frame: Frame) -> None:
        name = asked.frame.mnemonic
        if not asked.is_recall:
            if frame.mnemonic != name:
                msg = f"the answer to {name} is one to {frame.mnemonic}"
                raise InDoubt(msg)
            if frame.error is not None:
                raise self._refused(asked, frame.error)
        # Answers come in order: what is still open before this one has lost its own.
        for older in takewhile(lambda each: each is not asked, self._pending):
            older.is_doubtful = True
        self._pending.remove(asked)
        self._answers[int(asked.frame.token or 0)] = frame
        if self._probing is asked:
            self._probing = None
        self._watch.forget()

    def _take_frame_error(self, frame: Frame) -> None:
        spoken = frame.get("er")
        code = frame.error if frame.error is not None else int(spoken) if spoken.isdigit() else None
        asked = self._find(frame.token) if frame.token else None
        about = frame.get("cm").removeprefix("!")
        if about in POLLS or (frame.token and not asked):
            return
        if code == TOKEN_NOT_FOUND:
            self._take_not_found(asked, frame)
        elif code is not None and code not in TRANSIENT and about == "rpt":
            msg = f"the device cannot repeat an answer: error {code}"
            raise InDoubt(msg)
        elif asked and code is not None and code not in TRANSIENT:
            raise self._refused(asked, code)
        else:
            self._doubt(code)

    def _take_not_found(self, asked: _Asked | None, frame: Frame) -> None:
        if asked and asked.is_recall:
            self._take_answer(asked, frame)
        elif asked and asked.probes:
            asked.is_missing = True

    def _doubt(self, frame_error: int | None) -> None:
        """What came is unreadable, or a frame of ours was: it may concern any of them."""
        self._probing = None
        for asked in self._pending:
            asked.is_doubtful = True
            if frame_error is not None:
                asked.frame_error = frame_error

    def _refused(self, asked: _Asked, code: int) -> Exception:
        if asked.is_unsure:
            # The refusal may be the second copy's, for the very reason that the first was done.
            return InDoubt(f"{asked.frame.mnemonic} was sent twice, then refused with {code}")
        frame = asked.frame
        return refusal(code, frame.mnemonic, frame.get("na") if frame.mnemonic == "trline" else "")

    # Asking for an answer again

    def _resolve(self) -> Dialogue[None]:
        asked = next((each for each in self._pending if each.is_doubtful), None)
        if asked and asked.is_missing:
            self._probing = None
            yield from self._send_again(asked)
        elif asked and self._probing is None:
            asked.probes += 1
            if asked.probes > _PROBES_MAX:
                msg = f"no answer to {asked.frame.mnemonic} can be had"
                raise InDoubt(msg)
            self._probing = asked
            yield Send(encode(Frame("rpt", token=asked.frame.token)))

    def _send_again(self, asked: _Asked) -> Dialogue[None]:
        error, name = asked.frame_error, asked.frame.mnemonic
        if error is not None and (error not in TRANSIENT or asked.is_resent):
            raise self._refused(asked, error)
        if asked.is_resent or (error is None and asked.call.spec.again is Again.ONCE):
            # The memory for answers may have been lost with the power, after the command was done.
            msg = f"{name} was sent, and the device knows nothing of it"
            raise InDoubt(msg)
        asked.is_unsure = error is None and asked.call.spec.again is not Again.READ
        asked.is_resent = True
        asked.is_doubtful = asked.is_missing = False
        asked.frame_error = None
        self._pending.remove(asked)
        self._pending.append(asked)
        yield Send(encode(asked.frame))

    # Silence

    def _ask_how_it_is(self) -> Dialogue[None]:
        if not self._pending or not self._watch.is_due:
            return
        name = self._pending[0].frame.mnemonic
        is_report = any(asked.call.spec.is_report for asked in self._pending)
        match self._watch.verdict(is_report=is_report):
            case Verdict.DEAD:
                msg = f"no answer to {name}, nor to anything else"
                raise InDoubt(msg)
            case Verdict.ABANDONED:
                msg = f"the printer does not come to the end of {name}"
                raise InDoubt(msg)
            case Verdict.ASK_AGAIN:
                self._probing = None
                self._pending[0].is_doubtful = True
            case Verdict.WAIT:
                pass
        self._watch.asked()
        for poll in POLLS:
            yield Send(encode(Frame(poll, immediate=True)))


def ask_status(timings: Timings) -> Dialogue[Status]:
    """Ask how the device is, past its queue; raises ``Unreachable`` when it does not answer."""
    for _ in range(_STATUS_TRIES_MAX):
        polled: dict[str, Frame] = {}
        for name in POLLS:
            yield Send(encode(Frame(name, immediate=True)))
        left_s = timings.poll_s
        while left_s > 0 and len(polled) < len(POLLS):
            heard = yield Wait(left_s)
            left_s -= heard.waited_s
            if isinstance(heard.frame, Frame) and heard.frame.mnemonic in POLLS:
                polled[heard.frame.mnemonic] = heard.frame
        if len(polled) == len(POLLS):
            return state.status(polled["sprn"], polled["sdev"])
    msg = "the printer does not say how it is"
    raise Unreachable(msg)
