"""A conversation with one printer: opens and reopens the line, marks commands, reads answers.

A line that broke or fell silent is given back at once; the next command opens it anew and first
makes sure that the same printer answers. Knows no document and decides nothing about receipts.
"""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

from drivers.errors import DeviceError, InDoubt, Unreachable
from drivers.fiscal import Identity
from drivers.link import LinkLost
from drivers.posnet.commands import call
from drivers.posnet.dialogue import WINDOW, Exchange
from drivers.posnet.generation import Generation, recognise
from drivers.posnet.line import Line
from drivers.posnet.reply import Reply
from drivers.posnet.steps import ask_now
from drivers.posnet.tokens import Tokens
from drivers.posnet.watch import Timings

if TYPE_CHECKING:
    from collections.abc import Callable

    from drivers.fiscal import Status
    from drivers.link import Link
    from drivers.posnet.commands import Call


class Session:
    """Speaks with the printer behind ``link_factory``; belongs to one thread.

    ``generation`` is what the shop has configured; without it the printer is asked.
    """

    def __init__(
        self,
        link_factory: Callable[[], Link],
        *,
        timings: Timings | None = None,
        on_wait: Callable[[Status], None] | None = None,
        first_token: int | None = None,
        generation: Generation | None = None,
    ) -> None:
        self._link_factory = link_factory
        self._timings = timings or Timings()
        self._on_wait = on_wait
        self._open_line: Line | None = None
        self._unique_no = ""
        self._configured = generation
        self._break = Event()
        self.tokens = Tokens(first_token)
        self.generation = generation or Generation.ONLINE

    def connect(self) -> Identity:
        """Open (or reopen) the line, drop stale input, and take whoever answers."""
        identity = self._identify()
        self._unique_no = identity.unique_no
        return identity

    def close(self) -> None:
        """Give the line back."""
        line, self._open_line = self._open_line, None
        if line:
            line.close()

    def begin(self) -> Line:
        """Give a line on which nothing of the operation has left yet."""
        self._break.clear()
        if self._open_line:
            try:
                self._open_line.begin()
            except LinkLost:
                self.close()
            else:
                return self._open_line
        identity = self._identify()
        if self._unique_no not in {"", identity.unique_no}:
            self.close()
            msg = f"printer {identity.unique_no} answers instead of {self._unique_no}"
            raise Unreachable(msg)
        self._unique_no = identity.unique_no
        return self.begin()

    def ask(self, *calls: Call, token: int = 0, window: int = WINDOW) -> list[Reply]:
        """Carry out one group of commands; gives the answers in their order."""
        return self.go_on(self.begin(), calls, token=token, window=window)

    def go_on(
        self, line: Line, calls: tuple[Call, ...], *, token: int = 0, window: int = WINDOW
    ) -> list[Reply]:
        """Carry out another group of an operation that has begun; ``token`` marks its commands."""
        marked = [(each, token or self.tokens.fresh()) for each in calls]
        exchange = Exchange(
            marked,
            self._timings,
            on_wait=self._on_wait,
            window=window,
            # A command under the till's own number is not repeated under another.
            fresh=None if token else self.tokens.fresh,
            wants_break=self._break.is_set,
        )
        try:
            answers = line.run(exchange.run())
        except (InDoubt, Unreachable):
            self.close()
            raise
        return [Reply(each.spec, frame) for each, frame in zip(calls, answers, strict=True)]

    def ask_now(self, *calls: Call) -> list[Reply]:
        """Ask past the printer's queue, even while it blocks; it is ``Unreachable`` or answers."""
        line = self.begin()
        names = tuple(each.spec.name for each in calls)
        try:
            answers = line.run(ask_now(names, self._timings))
        except (InDoubt, Unreachable) as error:
            self.close()
            raise Unreachable(str(error)) from error
        return [Reply(each.spec, answers[each.spec.name]) for each in calls]

    def interrupt(self) -> None:
        """Ask the printer to stop the copies it prints; any thread may call this."""
        self._break.set()

    def _identify(self) -> Identity:
        self.close()
        line = self._open_line = Line(self._link_factory())
        try:
            line.begin()
            sid, scomm = self.go_on(line, (call("sid"), call("scomm")))
            identity = Identity(sid.text("nm"), sid.text("vr"), scomm.text("nu"))
            self.generation = self._configured or self._recognise(line, identity)
        except (InDoubt, LinkLost) as error:
            # Questions change nothing: there is no doubt about them.
            self.close()
            msg = f"no printer answers: {error}"
            raise Unreachable(msg) from error
        except DeviceError:
            self.close()
            raise
        return identity

    def _recognise(self, line: Line, identity: Identity) -> Generation:
        known = recognise(identity.model, identity.version)
        if known:
            return known
        (rtcget,) = self.go_on(line, (call("rtcget"),))
        return Generation.ONLINE if rtcget.text("tm") else Generation.OLD
