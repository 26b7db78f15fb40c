"""Asks for a newer program, fetches and proves it, and keeps it as *prepared*. Unpacks nothing.

All of it runs on the thread of updates, which may wait: the office is asked on ``net``, which is
free again at once, and the journal is read and written on ``engine``.
"""

from __future__ import annotations

from concurrent.futures import wait
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from terminal import events
from terminal.errors import Code, SyncError
from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from terminal.sale.documents import event_document
from terminal.store import outbox, releases
from terminal.store.db import write
from terminal.sync.wire import ReleaseAnswer, platform_here
from terminal.update import prepared
from terminal.update.download import Cancelled, Download, received
from terminal.update.durable import write_durably
from terminal.update.offer import Offer, Standing, check_target, judge
from terminal.update.prepared import Prepared
from terminal.version import VERSION

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from terminal.context import Context
    from terminal.store.releases import Remembered
    from terminal.sync.http import Caller, Office
    from terminal.update.source import Source

_LOOK_S = 1.0
_ASSIGNMENT_FILE = "assignment.json"
# What the office should hear of: somebody may be on the line, or something is wrong there.
_ALARMING = frozenset(
    {Code.NOT_GENUINE, Code.ROLLED_BACK, Code.BAD_BUNDLE, Code.RELEASE_UNFIT, Code.RELEASE_BARRED}
)


@dataclass(frozen=True, slots=True)
class Found:
    """What the office offers: nothing (``version`` is empty), or a release of ``size`` bytes.

    ``received`` of them are here. While ``is_paused`` the office lets nobody fetch it;
    ``is_urgent`` when it asks for an early day close.
    """

    version: str = ""
    size: int = 0
    received: int = 0
    is_prepared: bool = False
    is_paused: bool = False
    is_urgent: bool = False


class Search:
    """``wake`` sends what the office hears.

    ``read_installed`` gives the greatest counter that was confirmed here, as the pointer to the
    slots remembers it beside the journal, and the versions that failed here.
    ``prepared`` and ``trouble`` are what the last step left, for screens.
    """

    def __init__(
        self,
        context: Context,
        office: Office,
        source: Source,
        read_installed: Callable[[], tuple[int, frozenset[str]]],
        wake: Callable[[], None],
    ) -> None:
        self._context = context
        self._office = office
        self._source = source
        self._read_installed = read_installed
        self._wake = wake
        self._told = ""
        self.office_at: datetime | None = None
        self.prepared: Prepared | None = prepared.load(source.folder)
        self.trouble: SyncError | None = None

    def look(self) -> Found:
        """What the office offers; raises ``SyncError`` E-50, E-51, E-60, E-160 to E-169."""
        with self._noting_trouble(), closing(self._source.caller()) as caller:
            answer = self._answer()
            if answer.is_paused or not answer.version:
                return Found(answer.version, is_paused=answer.is_paused)
            offer = self._offered(caller, answer)
            target = offer.target
            is_here = self._is_prepared(target.sha256)
            held = target.size if is_here else received(self._source.folder, target)
            return Found(
                answer.version,
                target.size,
                held,
                is_prepared=is_here,
                is_urgent=offer.is_urgent,
            )

    def fetch(self, is_wanted: Callable[[], bool]) -> Prepared | None:
        """Have what the office offers; None when that is nothing, or nobody wants it any more."""
        source = self._source
        with self._noting_trouble(), closing(source.caller()) as caller:
            answer = self._answer()
            if answer.is_paused or not answer.version:
                return None
            offer = self._offered(caller, answer)
            if self._is_prepared(offer.target.sha256):
                return self.prepared
            tell = self._context.tell
            download = Download(caller, source.targets_path, source.folder, is_wanted, tell)
            try:
                bundle = download.fetch(offer.target, answer.version)
            except Cancelled:
                return None
            return self._keep(answer, offer, bundle)

    def verify(self) -> Prepared | None:
        """What is prepared, proven once more without the network; None when nothing is."""
        from terminal.update.trust import kept_session  # noqa: PLC0415 - see ``_offered``

        source = self._source
        self.prepared = kept = prepared.load(source.folder)
        if kept is None:
            return None
        memory = self._ask(releases.remembered)
        if memory.is_paused:
            reason = translate(_("the office has stopped it for now"))
            raise SyncError(Code.RELEASE_UNFIT, version=kept.version, reason=reason)
        with self._noting_trouble():
            with kept_session(source.cache, source.root()) as lists:
                target = lists.find(kept.target)
                kept_word = self._kept_assignment()
                assigned = lists.assigned(kept_word, is_needed=memory.assignment > 0)
            answer = ReleaseAnswer(kept.version, kept.target)
            offer = judge(answer, target, assigned, self._standing(memory))
            try:
                with _on_disk(), kept.bundle.open("rb") as file:
                    offer.target.check(file)
            except SyncError as error:
                if error.code is Code.BAD_BUNDLE:
                    self.forget()
                raise
        return kept

    def forget(self) -> None:
        """Nothing is prepared any more."""
        with _on_disk():
            prepared.forget(self._source.folder)
        self.prepared = None

    # --- steps ---------------------------------------------------------------------------------

    def _answer(self) -> ReleaseAnswer:
        """What the office wants; without a version when that one runs already."""
        self._source.root()  # without keys nobody need be asked
        ask = self._office.release
        asked = self._context.net.call(ask, platform_here(), self._source.channel)
        while not wait([asked], _LOOK_S).done:
            if self._context.stopping.is_set():
                raise SyncError(Code.NO_NETWORK)
        answer = asked.result()
        self._note(releases.note_pause, answer.is_paused)
        if self.prepared and self.prepared.version != answer.version:
            self.forget()
        return ReleaseAnswer("") if answer.version == VERSION else answer

    def _offered(self, caller: Caller, answer: ReleaseAnswer) -> Offer:
        """What is offered, proven to be genuine, new, and for this till."""
        # TUF is slow to import, and a till that starts has better things to do.
        from terminal.update.fetching import Fetcher  # noqa: PLC0415
        from terminal.update.trust import session  # noqa: PLC0415

        source, url = self._source, self._source.metadata_url
        if self.office_at:
            self._note(releases.note_office_time, self.office_at)
        memory = self._ask(releases.remembered)
        standing = self._standing(memory)
        check_target(answer, standing)
        now = self._context.now()
        fetcher = Fetcher(caller, source.url)
        with session(
            source.cache, source.root(), fetcher, url, max(now, memory.at or now)
        ) as lists:
            target = lists.find(answer.target)
            # Who has seen one takes nothing unsigned any more.
            is_needed = memory.assignment > 0
            assigned = lists.assigned(answer.assignment.encode(), is_needed=is_needed)
        offer = judge(answer, target, assigned, standing)
        if assigned:
            self._note(releases.note_assignment, assigned.number)
            if self._is_prepared(offer.target.sha256):
                self._keep_assignment(answer)
        return offer

    def _keep(self, answer: ReleaseAnswer, offer: Offer, bundle: Path) -> Prepared:
        folder, custom, target = self._source.folder, offer.custom, offer.target
        kept = Prepared(
            custom.version, custom.counter, custom.min_from, bundle, target.sha256, target.name
        )
        self._keep_assignment(answer)
        with _on_disk():
            prepared.keep(folder, kept)
            for other in folder.glob("*.tar"):
                if other != bundle:
                    other.unlink()
        self.prepared = kept
        self._tell_office("update_prepared", version=kept.version, counter=kept.counter)
        self._context.tell(events.ReleasePrepared(kept.version, offer.is_urgent))
        return kept

    def _is_prepared(self, sha256: str) -> bool:
        return self.prepared is not None and self.prepared.sha256 == sha256

    def _standing(self, memory: Remembered) -> Standing:
        floor, barred = self._read_installed()
        return Standing(
            self._context.terminal,
            VERSION,
            self._source.channel,
            platform_here(),
            max(floor, memory.floor),
            memory.assignment,
            barred,
        )

    def _keep_assignment(self, answer: ReleaseAnswer) -> None:
        with _on_disk():
            write_durably(self._source.folder / _ASSIGNMENT_FILE, answer.assignment.encode())

    def _kept_assignment(self) -> bytes:
        path = self._source.folder / _ASSIGNMENT_FILE
        with _on_disk():
            return path.read_bytes() if path.is_file() else b""

    @contextmanager
    def _noting_trouble(self) -> Iterator[None]:
        try:
            yield
        except SyncError as error:
            self.trouble = error
            if error.code in _ALARMING and str(error) != self._told:
                self._told = str(error)
                self._tell_office("update_refused", code=error.code.value, detail=self._told)
            raise
        self.trouble = None

    # --- the journal ---------------------------------------------------------------------------

    def _ask(self, read: Callable[[sqlite3.Connection], Remembered]) -> Remembered:
        return self._context.engine.call(read, self._context.journal).result()

    def _note(self, note: Callable[[sqlite3.Connection, Any], None], what: object) -> None:
        def noted() -> None:
            with write(self._context.journal) as db:
                note(db, what)

        self._context.engine.call(noted).result()

    def _tell_office(self, name: str, **detail: object) -> None:
        def told() -> None:
            event = event_document(self._context, "", name, **detail)
            with write(self._context.journal) as db:
                outbox.append(db, event, event.at)

        self._context.engine.call(told).result()
        self._wake()


@contextmanager
def _on_disk() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise SyncError(Code.STORAGE, detail=error) from error
