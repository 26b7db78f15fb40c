"""What the journal knows of an update on its way: where it began, and what became of it.

The pointer says what runs, the journal what the office has been told of it. A power cut between
the two is made up for at the next start: telling looks at the pointer, and tells once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from drivers.fiscal import Counters  # noqa: TC001 - msgspec reads it
from terminal.sale.documents import event_document
from terminal.store import outbox, releases, settings
from terminal.store.db import write
from terminal.update.boot_file import GONE_BACK
from terminal.update.launcher import version_of

if TYPE_CHECKING:
    import sqlite3

    from terminal.context import Context
    from terminal.update.launcher import Boot

_BEGUN, _GIVEN_UP = "update.begun", "update.given_up"


@dataclass(frozen=True, slots=True)
class Begun:
    """An update as it was armed: the slots, the printer's counters, the head of the documents."""

    slot: str
    was: str
    counters: Counters | None
    epoch: int
    seq: int
    head: str


def begin(db: sqlite3.Connection, slot: str, was: str) -> None:
    """Write down that ``slot`` is about to be armed, and which one runs."""
    epoch, seq, head = _head(db)
    begun = Begun(slot, was, settings.expected_counters(db), epoch, seq, head)
    with write(db):
        settings.put(db, _BEGUN, msgspec.json.encode(begun).decode())


def begun(db: sqlite3.Connection) -> Begun | None:
    """The update that nobody has told the end of."""
    text = settings.get(db, _BEGUN)
    return msgspec.json.decode(text, type=Begun) if text else None


def is_head_kept(db: sqlite3.Connection, update: Begun) -> bool:
    """Whether the chain still holds the document that was its last when the update began."""
    row = db.execute(
        "SELECT hash FROM document WHERE epoch = ? AND seq = ?", (update.epoch, update.seq)
    ).fetchone()
    return update.seq == 0 or (row is not None and row[0] == update.head)


def tell(context: Context, boot: Boot, counter: int) -> bool:
    """Tell the office how an update ended, once; gives whether there was anything to tell.

    ``counter`` is that of the good slot: what is confirmed is the floor, here as well.
    """
    db = context.journal
    update = begun(db)
    if update is None or boot.is_trial:
        return False
    version, was = version_of(update.slot), version_of(update.was)
    with write(db):
        settings.put(db, _BEGUN, "")
        if boot.good == update.slot:
            releases.raise_floor(db, counter)
            settings.put(db, _GIVEN_UP, "")
            _event(context, "update_installed", version=version, was=was)
            if was in boot.bad:  # somebody went back from it
                _event(context, "update_barred", version=was, why=GONE_BACK)
        elif version in boot.bad:
            settings.put(db, _GIVEN_UP, f"{version}: {boot.why}")
            _event(context, "update_rolled_back", version=version, back=was, why=boot.why)
            _event(context, "update_barred", version=version, why=boot.why)
    return True


def bar(context: Context, version: str, why: str) -> None:
    """Tell the office that ``version`` will not be installed here; on the engine's thread."""
    with write(context.journal) as db:
        settings.put(db, _GIVEN_UP, f"{version}: {why}")
        _event(context, "update_barred", version=version, why=why)


def given_up(db: sqlite3.Connection) -> str:
    """Which version was last given up here, and why; empty since another one was confirmed."""
    return settings.get(db, _GIVEN_UP)


def _head(db: sqlite3.Connection) -> tuple[int, int, str]:
    row = db.execute(
        "SELECT epoch, seq, hash FROM document ORDER BY epoch DESC, seq DESC LIMIT 1"
    ).fetchone()
    return row or (0, 0, "")


def _event(context: Context, name: str, **detail: object) -> None:
    document = event_document(context, "", name, **detail)
    outbox.append(context.journal, document, document.at)
