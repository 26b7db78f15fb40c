"""A conversation with one printer: opens and reopens the line, marks commands, reads answers.

A line that broke or fell silent is given back at once; the next command opens it anew and first
makes sure that the same printer answers. Knows no document and decides nothing about receipts.
"""

from __future__ import annotations

from contextlib import contextmanager
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
    from collections.abc import Callable, Iterator

    from drivers.fiscal import Status
    from drivers.link import Link
    from drivers.posnet.commands import Call

_OPENINGS_MAX = 3
_SHOWN_MAX = 40


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
        self._abandoned = Event()
        self.tokens = Tokens(first_token)
        self.generation = generation or Generation.ONLINE

    def connect(self) -> Identity:
        """Open (or reopen) the line, drop stale input, and take whoever answers."""
        self._abandoned.clear()
        line, identity = self._identify()
        self._take(line, identity)
        return identity

    def close(self) -> None:
        """Give the line back."""
        line, self._open_line = self._open_line, None
        if line:
            line.close()

    def begin(self) -> Line:
        """Give a line on which nothing of the operation has left yet."""
        self._break.clear()
        self._abandoned.clear()
        for _ in range(_OPENINGS_MAX):
            line = self._open_line or self._reopen()
            try:
                line.begin()
            except LinkLost:
                self.close()
            else:
                return line
        msg = "the line breaks whenever it is opened"
        raise Unreachable(msg)

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
            is_abandoned=self._abandoned.is_set,
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

    def abandon(self) -> None:
        """Wait no longer for the answers to come: they stay in doubt; any thread may call this."""
        self._abandoned.set()

    def _reopen(self) -> Line:
        line, identity = self._identify()
        if self._unique_no not in {"", identity.unique_no}:
            self.close()
            shown = identity.unique_no[:_SHOWN_MAX]
            msg = f"printer {shown} answers instead of {self._unique_no[:_SHOWN_MAX]}"
            raise Unreachable(msg)
        if not self._unique_no:
            self._take(line, identity)
        return line

    def _identify(self) -> tuple[Line, Identity]:
        self.close()
        line = self._open_line = Line(self._link_factory())
        with self._mere_questions():
            line.begin()
            sid, scomm = self.go_on(line, (call("sid"), call("scomm")))
            return line, Identity(sid.text("nm"), sid.text("vr"), scomm.text("nu"))

    def _take(self, line: Line, identity: Identity) -> None:
        """This is our printer from here on, whatever a later answer says of its kind."""
        generation = self._configured or recognise(identity.model, identity.version)
        if not generation:
            with self._mere_questions():
                (rtcget,) = self.go_on(line, (call("rtcget"),))
                generation = Generation.ONLINE if rtcget.text("tm") else Generation.OLD
        self._unique_no, self.generation = identity.unique_no, generation

    @contextmanager
    def _mere_questions(self) -> Iterator[None]:
        """Who is there? It changes nothing, so there is no doubt about it."""
        try:
            yield
        except (InDoubt, LinkLost) as error:
            self.close()
            msg = f"no printer answers: {error}"
            raise Unreachable(msg) from error
        except DeviceError:
            self.close()
            raise
