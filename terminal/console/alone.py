"""A console beside a till that does not run: words that read, on read-only connections.

The till's door is copied without its memory, which cannot be written: a challenge is kept here, and
a PIN is not taken. Each line goes to the log of whoever started this.
"""

from __future__ import annotations

import logging
import secrets
import time
from typing import TYPE_CHECKING

from terminal.console import talk
from terminal.console.challenge import NONCE_BYTES, Challenge
from terminal.console.entrance import not_before
from terminal.console.letters import written
from terminal.console.looking import news
from terminal.console.pending import Pending
from terminal.console.talk import Reply
from terminal.console.words import find
from terminal.errors import Code, Rejected, TillError
from terminal.store.catalogue import Catalogue
from terminal.sync.wire import Scope

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from terminal.console.bench import Bench
    from terminal.console.talk import Request
    from terminal.console.told import Told

_PAUSE_S = 2.0
_PAUSE_MAX_S = 60.0
_LOOKS_ON_S = 1800.0
_log = logging.getLogger(__name__)


class Alone:
    """``now`` is the clock of the device; ``sleep`` pauses after a refused answer.

    ``name`` was logged in when the till ended, and goes on looking for a while.
    """

    is_till = False

    def __init__(
        self,
        bench: Bench,
        now: Callable[[], datetime],
        name: str = "",
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._bench = bench
        self._now = now
        self._sleep = sleep
        self._pause_s = _PAUSE_S
        self._pending = Pending()
        self._is_script = False
        self._name = name
        self._ends_s = time.monotonic() + _LOOKS_ON_S

    def close(self) -> None:
        """Nothing is open between two questions."""

    def ask(self, request: Request) -> Reply:
        """The answer to one question."""
        try:
            return self._done(request)
        except TillError as error:
            return Reply([], None, str(error.code), error.sentence(), is_well=False)

    def _done(self, request: Request) -> Reply:
        match request:
            case talk.Hello(_, is_script):
                self._is_script = is_script
                installed = self._bench.installed
                name = installed.terminal if installed else ""
                return Reply(data={"terminal": name, "certifies": True, "takes_pins": False})
            case talk.Ask(scopes):
                return self._challenged(frozenset(scopes))
            case talk.Bring(answer):
                return self._brought(answer)
            case talk.Say(words):
                return self._said(words)
            case talk.Follow(epoch, seq):
                self._let()
                return _reply(news(self._bench, (epoch, seq)))
            case talk.Leave():
                self._name = ""
                return Reply()
        raise Rejected(Code.TILL_STOPPED)

    def _challenged(self, scopes: frozenset[Scope]) -> Reply:
        if self._bench.installed is None or scopes != {Scope.LOOK}:
            raise Rejected(Code.TILL_STOPPED)
        # No boot is counted as 0: what is signed here is nothing to a till that runs.
        nonce = secrets.token_bytes(NONCE_BYTES)
        challenge = Challenge(self._bench.installed.terminal, 0, nonce, scopes)
        self._pending.put(challenge)
        return Reply(written(challenge.packed()))

    def _brought(self, answer: bytes) -> Reply:
        from terminal.console.admission import admit  # noqa: PLC0415 - slow to import

        with self._bench.catalogue() as db:
            authority = Catalogue(db, self._now).settings().technicians_key
        with self._bench.journal() as journal:
            at = max(self._now().timestamp(), not_before(journal))
        try:
            challenge = self._pending.take()
            grant = admit(challenge, answer, authority, at)
        except Rejected as refusal:
            _log.warning("refused: %s", refusal)
            self._sleep(self._pause_s)
            self._pause_s = min(self._pause_s * 2, _PAUSE_MAX_S)
            raise
        self._name, self._ends_s = grant.name, time.monotonic() + grant.left_s
        _log.info("%s logged in", grant.name)
        return Reply(data={"name": grant.name, "scopes": [str(Scope.LOOK)], "left_s": grant.left_s})

    def _said(self, words: list[str]) -> Reply:
        word, args = find(words)
        self._let()
        if word.is_live or word.scope is not Scope.LOOK:
            raise Rejected(Code.TILL_STOPPED)
        _log.info("%s: %s", self._name or "a script", " ".join((word.name, *args)))
        return _reply(word.do(self._bench, args))

    def _let(self) -> None:
        if time.monotonic() >= self._ends_s:
            self._name = ""
        if not self._name and not self._is_script and self._bench.installed is not None:
            raise Rejected(Code.NOT_LOGGED_IN)


def _reply(told: Told) -> Reply:
    return Reply(list(told.lines), told.data, is_well=told.is_well)
