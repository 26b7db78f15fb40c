"""Gives a new device the history of its terminal back from the office. No SQL here.

Pages of documents are checked against their chain and committed one by one; what follows from them
comes in one last commit, together with the beginning of the new epoch. A restore that was cut off
goes on after the last page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from terminal.context import new_rid
from terminal.store import copies, outbox
from terminal.store.db import write
from terminal.sync.wire import EventDoc

if TYPE_CHECKING:
    import sqlite3

    from terminal.sync.enrolment import Identity
    from terminal.sync.wire import JournalPage


class Archive(Protocol):
    """The office's copy of this terminal's journal; ``Office`` is one."""

    def journal(self, epoch: int, after: int) -> JournalPage:
        """Documents of ``epoch`` after number ``after``; none at its end."""


@dataclass(frozen=True, slots=True)
class Restored:
    """How many documents came back, and when the last of them was made."""

    documents: int
    until: str


def restore(office: Archive, journal: sqlite3.Connection, identity: Identity, at: str) -> Restored:
    """Fill a journal that no till has used; ``at`` is the time now.

    Raises ``SyncError`` E-50 or E-51; whatever was kept by then need not be fetched again.
    """
    for epoch in range(1, identity.epoch):
        while (page := office.journal(epoch, copies.last_kept(journal, epoch))).entries:
            with write(journal):
                copies.keep(journal, epoch, page)
    lost = identity.last_words.unsent if identity.last_words else 0
    restored = Restored(*outbox.extent(journal))
    with write(journal):
        copies.rebuild(journal, lost=lost)
        outbox.begin_anew(journal, identity.epoch)
        outbox.append(journal, _event(identity, restored, lost, at), at)
    return restored


def _event(identity: Identity, restored: Restored, lost: int, at: str) -> EventDoc:
    detail = {"documents": restored.documents, "until": restored.until, "unsent": lost}
    return EventDoc(new_rid(), identity.terminal, identity.shop, at, "", "restored", detail)
