"""Sends the journal to the back office, again and again until the office has it. No SQL here.

The office's answer is a cursor, never "ok": what lies beyond it is sent again, byte for byte, and
nothing is forgotten because something was sent. Network waits happen on ``net``; the journal is
read and moved on ``engine``, which never waits for the network. Source of the rules:
docs/architecture.md, "Documents".
"""

from __future__ import annotations

import logging
import random
import time
from concurrent.futures import wait
from dataclasses import dataclass
from threading import Event, Thread
from typing import TYPE_CHECKING, ParamSpec, Protocol, TypeVar

import msgspec

from terminal.errors import Code, SyncError
from terminal.events import Failed, NetworkChanged, UnsentChanged
from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from terminal.sync.wire import JOURNAL_BYTES_MAX, JOURNAL_ENTRIES_MAX, JournalPush

if TYPE_CHECKING:
    from collections.abc import Callable

    from terminal.engine import Engine
    from terminal.store.outbox import Batch, Unsent
    from terminal.sync.wire import Entry, Heartbeat, HeartbeatAnswer, JournalAnswer

P = ParamSpec("P")
T = TypeVar("T")

_HEARTBEAT_S = 60.0
_BACKOFF_FIRST_S = 1.0
_BACKOFF_MAX_S = 60.0
_DOUBLINGS_MAX = 6
_REFUSED_RETRY_S = 600.0
_REWINDS_MAX = 3
_ENGINE_WAIT_S = 30.0
_STOP_WAIT_S = 15.0
_LOOK_S = 0.5
# What a push weighs besides its entries.
_ENVELOPE_BYTES = 64
# Answers of this size and up, and these, say "not now" rather than "no".
_SERVER_FAULT = 500
_NOT_NOW = frozenset({408, 425, 429})
_CLIENT_FAULT = 400
_log = logging.getLogger(__name__)


class PostOffice(Protocol):
    """The two requests that the postman makes; ``Office`` is one."""

    def push(self, push: JournalPush) -> JournalAnswer:
        """Hand over documents."""

    def heartbeat(self, heartbeat: Heartbeat) -> HeartbeatAnswer:
        """Say how the terminal is."""


@dataclass(frozen=True, slots=True)
class Posted:
    """Result of one round: documents confirmed, and how often the office had lost some."""

    sent: int
    rewinds: int


class Postman:
    """Posts what is pending: on ``wake``, when a retry is due, and with each heartbeat.

    ``read_pending``, ``deliver``, ``read_unsent`` and ``read_heartbeat`` run on ``engine``;
    ``deliver`` says whether the cursor went back, and raises ``SyncError`` for a foreign chain.
    ``clock`` gives seconds that never jump. One request is in flight at a time, because all of
    them are made on ``net``.
    """

    def __init__(
        self,
        office: PostOffice,
        net: Engine,
        engine: Engine,
        *,
        read_pending: Callable[[], Batch],
        deliver: Callable[[JournalAnswer], bool],
        read_unsent: Callable[[], Unsent],
        read_heartbeat: Callable[[], Heartbeat],
        tell: Callable[[object], None],
        clock: Callable[[], float] = time.monotonic,
        rng: random.Random | None = None,
    ) -> None:
        self._office = office
        self._net = net
        self._engine = engine
        self._read_pending = read_pending
        self._deliver = deliver
        self._read_unsent = read_unsent
        self._read_heartbeat = read_heartbeat
        self._tell = tell
        self._clock = clock
        self._rng = rng or random.Random()  # noqa: S311 - spreads retries, guards nothing
        self._failures = 0
        self._post_at = self._beat_at = clock()
        self._is_online: bool | None = None
        self._unsent: Unsent | None = None
        self._beaten: Heartbeat | None = None
        self._told = ""
        self._woken = Event()
        self._stopping = Event()
        self._thread: Thread | None = None

    def start(self) -> None:
        """Begin posting by itself."""
        self._thread = Thread(target=self._run, name="postman", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End posting after the request in flight; call before ``net`` and ``engine`` stop."""
        self._stopping.set()
        self._woken.set()
        if self._thread is not None:
            self._thread.join(_STOP_WAIT_S)

    def wake(self) -> None:
        """Something is to be sent, or the till's state changed. Returns at once."""
        self._woken.set()

    def hurry(self) -> None:
        """Whatever the last heartbeat told, the next one goes with the next round."""
        self._beaten = None

    def post(self) -> Posted:
        """Send everything the office lacks, and ask it at least once. Call on ``net``.

        Raises ``SyncError`` E-50 when the office does not answer, E-51 when it says no or when its
        chain is not ours. What was confirmed before stays confirmed.
        """
        try:
            posted = self._send_all()
        except SyncError as error:
            self._failed(error)
            raise
        self._failures = 0
        self._post_at = self._clock()
        self._told = ""
        return posted

    def step(self) -> float:
        """Do what is due, and say in how many seconds to come again. Call on ``net``."""
        unsent = self._tell_unsent()
        state = self._ask(self._read_heartbeat)
        now = self._clock()
        is_due = now >= self._beat_at or (self._failures == 0 and self._is_news(state))
        if now >= self._post_at and (unsent.count or is_due):
            try:
                self.post()
            except SyncError as error:
                self._tell_once(error)
        if is_due and self._failures == 0:
            self._beat()
        if self._unsent is not None and self._unsent.count:
            return max(0.0, min(self._beat_at, self._post_at) - self._clock())
        return max(0.0, self._beat_at - self._clock())

    def _send_all(self) -> Posted:
        sent = rewinds = 0
        while True:
            batch = self._ask(self._read_pending)
            entries = _fitting(batch.entries)
            asked = [*batch.rejected], [*batch.unsealed]
            answer = self._office.push(JournalPush(batch.epoch, entries, *asked))
            self._tell_online(is_online=True)
            went_back = self._ask(self._deliver, answer)
            unsent = self._tell_unsent()
            if went_back:
                rewinds += 1
                _log.warning("the office has lost documents: sending again after %d", answer.hw)
            elif entries:
                sent += answer.hw - entries[0].seq + 1
            _check_progress(entries, answer, rewinds, went_back=went_back)
            is_done = not (unsent.count and (entries or went_back))
            if is_done or self._stopping.is_set():
                return Posted(sent, rewinds)

    def _beat(self) -> None:
        """Tell the office how we are; when that fails, the next one tells it too."""
        state = self._ask(self._read_heartbeat)
        self._beaten = state
        try:
            self._office.heartbeat(state)
        except SyncError as error:
            _log.warning("heartbeat: %s", error)
            if error.code is Code.NO_NETWORK:
                self._tell_online(is_online=False)
        else:
            self._tell_online(is_online=True)
        self._beat_at = self._clock() + _HEARTBEAT_S

    def _is_news(self, state: Heartbeat) -> bool:
        """Whether more has changed since the last heartbeat than what waits to be sent."""
        return self._beaten is None or _condition(self._beaten) != _condition(state)

    def _failed(self, error: SyncError) -> None:
        now = self._clock()
        if _is_final(error):
            self._tell_online(is_online=True)
            self._failures = 0
            self._post_at = now + _REFUSED_RETRY_S
            return
        self._tell_online(is_online=False)
        ceiling_s = _BACKOFF_FIRST_S * 2 ** min(self._failures, _DOUBLINGS_MAX)
        self._failures += 1
        # Full jitter: the tills of a shop must not all come back in the same second.
        self._post_at = now + self._rng.uniform(0, min(ceiling_s, _BACKOFF_MAX_S))
        self._beat_at = self._post_at

    def _tell_online(self, *, is_online: bool) -> None:
        if is_online is not self._is_online:
            self._is_online = is_online
            self._tell(NetworkChanged(is_online))

    def _tell_unsent(self) -> Unsent:
        unsent = self._ask(self._read_unsent)
        if unsent != self._unsent:
            self._unsent = unsent
            self._tell(UnsentChanged(unsent))
        return unsent

    def _tell_once(self, error: SyncError) -> None:
        """A network that is away is news for the status bar only; a refusal is for people."""
        if _is_final(error) and str(error) != self._told:
            self._told = str(error)
            self._tell(Failed(error))

    def _ask(self, do: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return self._engine.call(do, *args, **kwargs).result(_ENGINE_WAIT_S)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._woken.clear()
            self._woken.wait(self._round())

    def _round(self) -> float:
        future = self._net.call(self.step)
        while not wait([future], _LOOK_S).done:
            if self._stopping.is_set():
                future.cancel()
                return 0.0
        try:
            return future.result()
        except Exception:  # noqa: BLE001 - it is logged, and tried again
            # A full disk or a fault of ours must not end posting for ever.
            _log.exception("posting failed")
            return _BACKOFF_MAX_S


def _fitting(entries: tuple[Entry, ...]) -> list[Entry]:
    """As many as one request may carry, at least one: quoted as JSON they have grown."""
    chosen: list[Entry] = []
    size = _ENVELOPE_BYTES
    for entry in entries[:JOURNAL_ENTRIES_MAX]:
        size += len(msgspec.json.encode(entry)) + 1
        if chosen and size > JOURNAL_BYTES_MAX:
            break
        chosen.append(entry)
    return chosen


def _check_progress(
    entries: list[Entry], answer: JournalAnswer, rewinds: int, *, went_back: bool
) -> None:
    """Raise E-51 rather than send the same documents for ever."""
    if rewinds > _REWINDS_MAX:
        detail = translate(_("it loses documents again and again"))
        raise SyncError(Code.OFFICE_REFUSED, detail=detail)
    if entries and not went_back and answer.hw < entries[0].seq:
        detail = translate(_("it does not take document {number}"), number=entries[0].seq)
        raise SyncError(Code.OFFICE_REFUSED, detail=detail)


def _condition(state: Heartbeat) -> tuple[object, ...]:
    return state.version, state.day, state.printer, state.operator, state.sets


def _is_final(error: SyncError) -> bool:
    """Whether asking again soon is of no use: someone has to put it right first."""
    if error.code is not Code.OFFICE_REFUSED:
        return False
    status = error.params.get("status")
    if not isinstance(status, int):
        return True
    return _CLIENT_FAULT <= status < _SERVER_FAULT and status not in _NOT_NOW
