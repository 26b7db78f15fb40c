"""What to do next while commands are with the printer: ask, wait, ask again, give up. No I/O.

Three rules carry everything:

1. A command is sent a second time only after ``rpt`` said that the device never carried it out,
   and then once. ``rpt`` finds the answers to the last 32 tokens.
2. Silence proves nothing. The device is asked how it is; while it waits for paper or a person, so
   do we, and only a device that answers nothing at all leaves the commands in doubt.
3. "Try later" executed nothing: while another interface holds the device we wait and ask again, for
   a while, under another token, since the device still keeps the answer to the first.

    answer lost, spoilt or out of step ─▶ rpt ─▶ stored answer: go on
                                              ─▶ ERR 13: never carried out ─▶ send again, once
    silence ─▶ !sprn !sdev ─▶ blocked: tell, wait ─▶ ready: rpt ─▶ nothing: in doubt

Source: POT-I-DEV-37, chapters on replies, tokens and execution modes.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TYPE_CHECKING

from drivers.errors import InDoubt
from drivers.posnet.codes import TOKEN_NOT_FOUND, TRANSIENT, TRY_LATER, refusal
from drivers.posnet.commands import Again, Call
from drivers.posnet.frame import Frame, Malformed, encode
from drivers.posnet.steps import Send, Wait
from drivers.posnet.watch import POLLS, Timings, Verdict, Watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from drivers.fiscal import Status
    from drivers.posnet.steps import Dialogue

WINDOW = 4
_PROBES_MAX = 4
_LISTEN_FOR_BREAK_S = 0.25
_DIGITS_MAX = 5
_SHOWN_MAX = 20
_IMMEDIATE = frozenset({*POLLS, "break"})
# Where a command carries the name of the goods it is about.
_ITEMS = {"trline": "na", "trdiscntline": "ds"}


@dataclass(slots=True, eq=False)
class _Asked:
    """A command on its way; ``is_unsure``: sent twice, though nothing showed the first spoilt."""

    call: Call
    frame: Frame
    answer: Frame | None = None
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
    ``fresh`` gives another token to a command that must wait for another interface; without it such
    a command is refused. ``wants_break`` says when somebody wants a reprint to end, and
    ``is_abandoned`` when nobody wants to wait any longer.
    """

    def __init__(
        self,
        calls: Iterable[tuple[Call, int]],
        timings: Timings,
        *,
        on_wait: Callable[[Status], None] | None = None,
        window: int = WINDOW,
        fresh: Callable[[], int] | None = None,
        wants_break: Callable[[], bool] | None = None,
        is_abandoned: Callable[[], bool] = lambda: False,
    ) -> None:
        self._all = [_Asked(call, _marked(call.frame, token)) for call, token in calls]
        self._todo = deque(self._all)
        self._pending: deque[_Asked] = deque()
        self._watch = Watch(timings, on_wait)
        self._window = window
        self._fresh = fresh
        self._wants_break = wants_break
        self._is_abandoned = is_abandoned
        self._probing: _Asked | None = None

    def run(self) -> Dialogue[tuple[Frame, ...]]:
        """Carry the commands out; gives the answers in the order of the commands."""
        while self._todo or self._pending:
            while self._may_send():
                self._pending.append(self._todo.popleft())
                yield Send(encode(self._pending[-1].frame))
            heard = yield Wait(self._pause_s())
            self._watch.pass_time(heard.waited_s)
            if heard.frame is not None:
                self._take(heard.frame)
            if self._is_abandoned() and self._pending:
                msg = f"nobody waits for {self._pending[0].frame.mnemonic} any longer"
                raise InDoubt(msg)
            yield from self._break_off()
            yield from self._ask_how_it_is()
            yield from self._resolve()
        return tuple(asked.answer for asked in self._all if asked.answer)

    def _may_send(self) -> bool:
        is_doubtful = any(asked.is_doubtful for asked in self._pending)
        has_room = len(self._pending) < self._window and not is_doubtful
        return bool(self._todo) and has_room and not self._watch.is_held

    def _pause_s(self) -> float:
        pause_s = self._watch.pause_s
        return min(pause_s, _LISTEN_FOR_BREAK_S) if self._is_breakable() else pause_s

    def _is_breakable(self) -> bool:
        return self._wants_break is not None and any(
            asked.call.spec.is_breakable for asked in self._pending
        )

    def _break_off(self) -> Dialogue[None]:
        if self._wants_break and self._is_breakable() and self._wants_break():
            self._wants_break = None  # once is enough
            yield Send(encode(Frame("break", immediate=True)))

    # What was heard

    def _take(self, frame: Frame | Malformed) -> None:
        if isinstance(frame, Malformed):
            self._doubt(None)
        elif frame.mnemonic in _IMMEDIATE and frame.token is None:
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
                msg = f"the answer to {name} is one to {frame.mnemonic[:_SHOWN_MAX]!r}"
                raise InDoubt(msg)
            if frame.error == TRY_LATER and self._fresh and self._watch.may_hold:
                self._put_off(asked, self._fresh())
                return
            if frame.error is not None:
                raise self._refused(asked, frame.error)
        # Answers come in order: what is still open before this one has lost its own.
        for older in takewhile(lambda each: each is not asked, self._pending):
            older.is_doubtful = True
        asked.answer = frame
        self._leave(asked)

    def _put_off(self, asked: _Asked, token: int) -> None:
        """Nothing was executed: the same under a new token, when the other interface is done."""
        later = _Asked(asked.call, _marked(asked.frame, token), is_unsure=asked.is_unsure)
        self._all[self._all.index(asked)] = later
        self._todo.appendleft(later)
        self._leave(asked)
        self._watch.hold()

    def _leave(self, asked: _Asked) -> None:
        self._pending.remove(asked)
        if self._probing is asked:
            self._probing = None
        self._watch.forget()

    def _take_frame_error(self, frame: Frame) -> None:
        spoken = frame.get("er")
        is_spoken = spoken.isascii() and spoken.isdigit() and len(spoken) <= _DIGITS_MAX
        code = frame.error if frame.error is not None else int(spoken) if is_spoken else None
        asked = self._find(frame.token) if frame.token else None
        about = frame.get("cm").removeprefix("!")
        if about in _IMMEDIATE or (frame.token and not asked):
            return
        if code == TOKEN_NOT_FOUND:
            self._take_not_found(asked, frame)
        elif code is not None and code not in TRANSIENT and about == "rpt":
            msg = f"the device cannot repeat an answer: error {code}"
            raise InDoubt(msg)
        elif asked and code is not None and code not in TRANSIENT:
            raise self._refused(asked, code, is_frame_error=True)
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

    def _refused(self, asked: _Asked, code: int, *, is_frame_error: bool = False) -> Exception:
        if asked.is_unsure:
            # The refusal may be the second copy's, for the very reason that the first was done.
            return InDoubt(f"{asked.frame.mnemonic} was sent twice, then refused with {code}")
        name, item = asked.frame.mnemonic, asked.frame.get(_ITEMS.get(asked.frame.mnemonic, ""))
        return refusal(code, name, item, is_frame_error=is_frame_error)

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
            raise self._refused(asked, error, is_frame_error=True)
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
        if not self._watch.is_due or not (self._pending or self._watch.is_held):
            return
        if self._pending:
            self._judge()
        self._watch.asked()
        for poll in POLLS:
            yield Send(encode(Frame(poll, immediate=True)))

    def _judge(self) -> None:
        name = self._pending[0].frame.mnemonic
        is_long = any(asked.call.spec.is_long for asked in self._pending)
        match self._watch.verdict(is_long=is_long):
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


def _marked(frame: Frame, token: int) -> Frame:
    return replace(frame, token=f"{token:04d}")
