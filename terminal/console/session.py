"""One technician at the till's end of the socket: a question in, an answer out. No sockets here.

Everything that was asked for with a login is an event document, with its outcome. What changes
something is written down before it is tried, too: nothing happens that could not be written.
"""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from terminal.console import talk
from terminal.console.bench import StillRunning
from terminal.console.entrance import PIN_SCOPES
from terminal.console.looking import news
from terminal.console.pending import Pending
from terminal.console.talk import Reply
from terminal.console.told import Told, sentence
from terminal.console.words import find
from terminal.errors import Code, Rejected, TillError
from terminal.i18n import LANGUAGES, speaking, translate
from terminal.i18n import gettext_noop as _
from terminal.people.rights import Operator, acting
from terminal.sync.wire import Right, Scope

if TYPE_CHECKING:
    from collections.abc import Callable

    from terminal.console.admission import Grant
    from terminal.console.bench import Bench
    from terminal.console.entrance import Entrance
    from terminal.console.talk import Request

IDLE_S = 300.0
_RIGHTS = {
    Scope.PRINT: {Right.SELL, Right.DRAWER},
    Scope.NETWORK: {Right.SYNC},
    Scope.SERVICE: {Right.SERVICE},
    Scope.UPDATE: {Right.SERVICE, Right.SYNC},
}
_log = logging.getLogger(__name__)


class Session:
    """``clock`` gives seconds that never jump."""

    def __init__(
        self, bench: Bench, entrance: Entrance, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._bench = bench
        self._entrance = entrance
        self._clock = clock
        self._language = ""
        self._is_script = False
        self._pending = Pending(clock)
        self._grant: Grant | None = None
        self._ends_s = 0.0
        self._heard_s = clock()
        self._unknown = 0

    @property
    def name(self) -> str:
        """Who is logged in; empty for nobody."""
        grant = self._grant
        return grant.name if grant is not None and self._clock() < self._ends_s else ""

    def take(self, line: bytes) -> bytes:
        """The answer to one line; whatever the line is, there is one."""
        with speaking(self._language):
            return talk.line_of(self._answered(talk.read_request(line)))

    def close(self) -> None:
        """Whoever was here has gone."""
        try:
            self._forget()
        except (TillError, StillRunning) as error:
            _log.warning("the end of a console's session was not written: %r", error)

    # --- one question ----------------------------------------------------------------------------

    def _answered(self, request: Request | None) -> Reply:
        try:
            self._look_at_clock()
            return self._done(request)
        except TillError as error:
            return Reply([], None, str(error.code), error.sentence(), is_well=False)
        except StillRunning:
            text = translate(_("It takes long and goes on by itself: log tells how it ended"))
            return _reply(sentence(text, is_well=False))
        except Exception as error:  # noqa: BLE001 - a broken word must not end the session
            _log.exception("a word of the console broke")
            detail = f"{type(error).__name__} {error}"
            fault = Rejected(Code.FAULT, detail=detail)
            return Reply([], None, str(fault.code), fault.sentence(), is_well=False)

    def _done(self, request: Request | None) -> Reply:  # noqa: PLR0911 - one table
        match request:
            case talk.Hello(language, is_script):
                self._language = language if language in LANGUAGES else ""
                self._is_script = is_script
                return self._met()
            case talk.Ask(scopes):
                return self._challenged(frozenset(scopes))
            case talk.Bring(answer):
                return self._brought(answer)
            case talk.Pin(identifier, pin):
                return self._typed(identifier, pin)
            case talk.Say(words):
                return self._said(words)
            case talk.Follow(epoch, seq):
                self._let(Scope.LOOK)
                return _reply(news(self._bench, (epoch, seq)))
            case talk.Leave():
                self._forget()
                return Reply()
        raise Rejected(Code.NO_WORD, line="")

    def _look_at_clock(self) -> None:
        now_s = self._clock()
        is_over = now_s >= self._ends_s or now_s - self._heard_s >= IDLE_S
        self._heard_s = now_s
        if self._grant is not None and is_over:
            self._forget()

    # --- the door --------------------------------------------------------------------------------

    def _met(self) -> Reply:
        live, entrance = self._bench.live, self._entrance
        return Reply(
            data={
                "terminal": live.context.terminal,
                "certifies": bool(live.ask(entrance.authority)),
                "takes_pins": live.ask(entrance.takes_pins),
            }
        )

    def _challenged(self, scopes: frozenset[Scope]) -> Reply:
        from terminal.console.letters import written  # noqa: PLC0415 - only for a login

        challenge = self._entrance.challenge(scopes)
        self._pending.put(challenge)
        return Reply(written(challenge.packed()), is_well=True)

    def _brought(self, answer: bytes) -> Reply:
        from terminal.console.admission import admit  # noqa: PLC0415 - slow to import

        ask, entrance = self._bench.live.ask, self._entrance
        at = ask(entrance.let_try)
        try:
            grant = admit(self._pending.take(), answer, ask(entrance.authority), at)
        except Rejected as refusal:
            ask(entrance.refused, str(refusal.params["reason"]))
            raise
        ask(entrance.came, grant)
        return self._let_in(grant)

    def _typed(self, identifier: str, pin: str) -> Reply:
        from terminal.console.admission import Grant  # noqa: PLC0415 - slow to import

        operator = self._bench.live.ask(self._entrance.by_pin, identifier, pin)
        return self._let_in(Grant(operator.name, PIN_SCOPES, float("inf")))

    def _let_in(self, grant: Grant) -> Reply:
        self._grant, self._ends_s = grant, self._clock() + grant.left_s
        return Reply(data={"name": grant.name, "scopes": sorted(map(str, grant.scopes))})

    def _forget(self) -> None:
        grant, self._grant = self._grant, None
        self._pending.forget()
        if grant is not None:
            self._tell_unknown(grant.name)
            self._note(grant.name, "console_logout")

    # --- words -----------------------------------------------------------------------------------

    def _said(self, words: list[str]) -> Reply:
        try:
            word, args = find(words)
        except Rejected:
            self._unknown += 1
            raise
        name = self._let(word.scope)
        self._tell_unknown(name)
        line = " ".join((word.name, *args))
        if not word.reads:
            self._note(name, "console_line", line=line, outcome="begun")
        try:
            with acting(self._operator(name)):
                told = word.do(self._bench, args)
        except TillError as error:
            self._ended(name, line, str(error.code))
            raise
        except StillRunning:
            self._ended(name, line, "goes on")
            raise
        self._ended(name, line, "done" if told.is_well else "not well")
        return _reply(told)

    def _let(self, scope: Scope) -> str:
        """Who may do what needs ``scope``; raises E-47, E-183."""
        if self._grant is None:
            if self._is_script and scope is Scope.LOOK:
                return ""
            raise Rejected(Code.NOT_LOGGED_IN)
        if scope not in self._grant.scopes:
            raise Rejected(Code.OUT_OF_SCOPE, scope=scope)
        return self._grant.name

    def _operator(self, name: str) -> Operator:
        scopes = self._grant.scopes if self._grant else ()
        rights = frozenset().union(*(_RIGHTS.get(scope, ()) for scope in scopes))
        return Operator("", "", name, "technician", rights, self._language)

    def _tell_unknown(self, name: str) -> None:
        """What was typed there may be a secret: how many there were is written, not what."""
        if self._unknown:
            self._note(name, "console_unknown", lines=self._unknown)
            self._unknown = 0

    def _ended(self, name: str, line: str, outcome: str) -> None:
        try:
            self._note(name, "console_line", line=line, outcome=outcome)
        except TillError as error:
            # A full disk is what somebody may have come to look at.
            _log.warning("%s: %s: %s, not written: %s", name, line, outcome, error)

    def _note(self, name: str, what: str, **detail: object) -> None:
        self._bench.live.ask(self._entrance.note, name, what, **detail)


def _reply(told: Told) -> Reply:
    return Reply(list(told.lines), told.data, is_well=told.is_well)
