"""Brings the till's copy of the data sets up to date with the office. No HTTP and no tables here.

Each page is one transaction with its revision, so a pull that breaks off goes on where it was;
loading everything anew is one transaction as a whole. A record that does not pass is put aside and
judged again with the next pull, when what it refers to may have come. Source of the rules:
docs/architecture.md, "Data sets".
"""

from __future__ import annotations

import logging
import sqlite3
from typing import TYPE_CHECKING, Protocol

import msgspec

from terminal.errors import Blocked, Code, SyncError
from terminal.events import DataHealed, Pulled, PullProgress
from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from terminal.store import sent
from terminal.store.catalogue import Catalogue, apply
from terminal.store.db import write
from terminal.sync.datasets import NO_ID, in_order, read, row_id, takes_cash
from terminal.sync.follows import check_page, check_state
from terminal.sync.known import known
from terminal.sync.namesakes import Namesakes
from terminal.sync.wire import Product

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from threading import Event

    from terminal.sync.datasets import DataSet
    from terminal.sync.wire import SetPage, SetState

# One page is one transaction: so many products are written in about 20 ms.
_PAGE_ROWS = 500
# From so many rows on, all of them come quicker as a file.
SNAPSHOT_ROWS = 2000
_NOT_FOUND = 404
_log = logging.getLogger(__name__)


class Publisher(Protocol):
    """The two requests that a pull makes; ``Office`` is one."""

    def states(self) -> list[SetState]:
        """Newest revision of every data set."""

    def page(self, name: str, since: int, limit: int) -> SetPage:
        """Changes of one data set."""


class Snapshots(Protocol):
    """Where a file with all data sets comes from; ``Depot`` is one."""

    def rows(self, key: str, name: str) -> tuple[int, Iterator[list[msgspec.Raw]]]:
        """The revision of one data set in the file, and its rows in parts."""


class _StoppedError(Exception):
    """The till is being switched off: what was begun is not worth keeping."""


def pull(
    office: Publisher,
    db: sqlite3.Connection,
    names: Iterable[str],
    tell: Callable[[object], None],
    *,
    stop: Event | None = None,
    ever: bool = False,
    snapshots: Snapshots | None = None,
) -> list[Pulled]:
    """Pull the data sets ``names``, and those they need, into the catalogue ``db``.

    Fetches what changed since the last pull, or with ``ever`` everything, and then takes away what
    the office does not have. Big sets that are fetched whole come from ``snapshots``.

    Tells ``PullProgress`` for each page and ``Pulled`` for each set, ``DataHealed`` for one that
    had to be loaded anew because it was another than the office's. ``stop`` ends it after a page.
    Raises ``SyncError``: E-50, E-51 as of ``Office``, E-51 too when its rows are not what it says
    they are, or when it is older than what the till has: it was restored from a copy, and nothing
    is touched, unless somebody wants all of it with ``ever``. E-60 when the disk is full, E-67 as
    of ``Depot``.
    """
    own = Catalogue(db).revision
    asked = set(names)
    states = {state.name: state for state in office.states()}
    wanted = in_order(asked, lambda name: own(name) > 0 or not _newest(states, name))
    anew = asked if ever else set()
    for name in (data_set.name for data_set in wanted):
        check_state(name, own(name), states, may_be_older=name in anew)
    results: list[Pulled] = []
    for data_set in wanted:
        state = states[data_set.name]
        try:
            one = _Pull(office, db, data_set, tell, stop, snapshots)
            result = one.run(state, ever=data_set.name in anew)
        except Blocked as error:
            raise SyncError(error.code, **error.params) from error
        except sqlite3.Error as error:
            raise SyncError(Code.STORAGE, detail=error) from error
        tell(result)
        results.append(result)
        if stop is not None and stop.is_set():
            break
    return results


class _Pull:
    """One data set on its way; ``refused`` holds the reason of each record put aside, by id."""

    def __init__(
        self,
        office: Publisher,
        db: sqlite3.Connection,
        data_set: DataSet,
        tell: Callable[[object], None],
        stop: Event | None,
        snapshots: Snapshots | None,
    ) -> None:
        self._office = office
        self._db = db
        self._set = data_set
        self._tell = tell
        self._stop = stop
        self._snapshots = snapshots
        self._revision = Catalogue(db).revision(data_set.name)
        self._known = {need: known(db, need) for need in data_set.needs}
        self._namesakes = Namesakes(db)
        self._refused: dict[str, str] = {}
        self._received = self._added = self._changed = self._removed = 0

    def run(self, state: SetState, *, ever: bool) -> Pulled:
        """Take what is new, or everything; what is not as the office has it is loaded anew."""
        try:
            if ever or (self._revision == 0 and self._comes_as_file(state)):
                self._reload(state)
            else:
                self._judge_again()
                digest = state.digest
                if self._revision < state.revision:
                    digest = self._catch_up()
                if self._differs(digest):
                    self._heal(state)
        except _StoppedError:
            pass
        if self._received and self._refused:
            # A later page may have brought what an earlier one stood in the way of.
            self._judge_again()
        if self._set.name == "payment_methods" and self._received:
            _warn_without_cash(self._db)
        refused = tuple(self._refused.items())
        return Pulled(self._set.name, self._added, self._changed, self._removed, refused)

    def _catch_up(self) -> str:
        """Take page after page; gives the digest that the office has then, empty when stopped."""
        while not self._is_stopped():
            page = self._office.page(self._set.name, self._revision, _PAGE_ROWS)
            check_page(page, self._set.name, self._revision)
            self._take(page.to, page.rows, page.removed)
            if page.rows or page.removed:
                self._tell_progress(len(page.rows) + len(page.removed))
            if not page.more:
                return page.digest
        return ""

    def _reload(self, state: SetState) -> None:
        """Take everything from the start, and away what the office does not have: all or nothing.

        Until then nobody sees any of it, and what was here stays in force when it fails.
        """
        before = self._revision, self._refused.copy(), self._added, self._changed, self._removed
        try:
            with write(self._db):
                self._load(state)
        except BaseException:
            self._revision, self._refused, self._added, self._changed, self._removed = before
            raise

    def _load(self, state: SetState) -> None:
        name = self._set.name
        sent.forget(self._db, name)
        self._revision = 0
        if self._comes_as_file(state):
            self._unpack(state.snapshot)
        digest = self._catch_up()
        if self._is_stopped():
            raise _StoppedError
        self._take(self._revision, [], sent.unsent(self._db, name))
        if self._differs(digest):
            detail = translate(_("{name}: not what it says it has"), name=name)
            raise SyncError(Code.OFFICE_REFUSED, detail=detail)

    def _comes_as_file(self, state: SetState) -> bool:
        is_big = state.rows >= SNAPSHOT_ROWS
        return is_big and bool(state.snapshot) and self._snapshots is not None

    def _unpack(self, key: str) -> None:
        assert self._snapshots is not None  # noqa: S101 - see ``_comes_as_file``
        try:
            revision, parts = self._snapshots.rows(key, self._set.name)
        except SyncError as error:
            if error.params.get("status") != _NOT_FOUND:
                raise
            # The data has changed since the file was announced.
            newer = next(iter(self._office.states())).snapshot
            revision, parts = self._snapshots.rows(newer, self._set.name)
        for rows in parts:
            if self._is_stopped():
                raise _StoppedError
            # The revision is that of the whole: nobody sees it before all parts are here.
            self._take(revision, rows, [])
            self._tell_progress(len(rows))

    def _heal(self, state: SetState) -> None:
        _log.warning("%s differ from the office's at revision %d", self._set.name, self._revision)
        self._reload(state)
        self._tell(DataHealed(self._set.name))

    def _differs(self, digest: str) -> bool:
        return bool(digest) and digest != sent.digest(self._db, self._set.name)

    def _is_stopped(self) -> bool:
        return self._stop is not None and self._stop.is_set()

    def _tell_progress(self, rows: int) -> None:
        self._received += rows
        self._tell(PullProgress(self._set.name, self._received))

    def _judge_again(self) -> None:
        """What was put aside may pass now, though the office has not changed it."""
        aside = self._db.execute(
            "SELECT body FROM refused WHERE set_name = ? ORDER BY row_id", (self._set.name,)
        ).fetchall()
        bodies = [msgspec.Raw(body.encode()) for (body,) in aside]
        for start in range(0, len(bodies), _PAGE_ROWS):
            self._take(self._revision, bodies[start : start + _PAGE_ROWS], [])

    def _take(self, to: int, raws: Sequence[msgspec.Raw], removed: Sequence[str]) -> None:
        bodies, good, bad = {}, [], []
        for raw in raws:
            found, body = read(self._set, raw, self._known), bytes(raw).decode(errors="replace")
            if isinstance(found, tuple):
                bad.append((*found, body))
                bodies[found[0]] = body
            else:
                good.append(found)
                bodies[row_id(found)] = body
        if self._set.row is Product:
            products = [row for row in good if isinstance(row, Product)]
            taken = self._namesakes.refuse(products, removed)
            bad += [(one, reason, bodies[one]) for one, reason in taken.items()]
            good = [row for row in good if row_id(row) not in taken]
        # Without an id nobody could ever settle it: it is told, but not put aside.
        aside = [one for one in bad if one[0] != NO_ID]
        with write(self._db):
            applied = apply(self._db, self._set.name, to, good, removed, aside)
            sent.note(self._db, self._set.name, bodies, removed)
        self._revision = to
        for settled in (*map(row_id, good), *removed):
            self._refused.pop(settled, None)
        self._refused.update((bad_id, reason) for bad_id, reason, _ in bad)
        self._added += applied.added
        self._changed += applied.changed
        self._removed += applied.removed


def _newest(states: Mapping[str, SetState], name: str) -> int:
    return states[name].revision if name in states else 0


def _warn_without_cash(db: sqlite3.Connection) -> None:
    if not takes_cash(Catalogue(db).payment_methods()):
        _log.warning("no active payment method takes cash")
