"""Verbs of notes and files about a customer, a product, an order, a visit. On ``engine``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.context import new_rid
from terminal.errors import Code, Rejected
from terminal.field.draft import checked_note
from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from terminal.store import attachments, sales_documents, visits
from terminal.sync.wire import AttachmentDoc

if TYPE_CHECKING:
    from pathlib import Path

    from terminal.field.desk import Desk
    from terminal.field.files import Files
    from terminal.sync.wire import About, Attachment


class Attachments:
    """What was added stays; the office may take it away."""

    _desk: Desk
    files: Files

    def write_note(self, about: About, of: str, text: str) -> Attachment:
        """Write a note about something. Raises E-01 for nothing, E-199 for no text or too much."""
        operator = self._desk.operator()
        self._expect(about, of)
        note = checked_note(text)
        if not note:
            reason = translate(_("A note says something"))
            raise Rejected(Code.BAD_FIELD, field="text", reason=reason)
        told = self._desk.told_by(operator)
        return self._added(
            AttachmentDoc(new_rid(), **told, about=about, of=of, sort="note", text=note)
        )

    def attach(self, about: About, of: str, path: Path) -> Attachment:
        """Add a copy of a file. Raises E-01, E-197 with what is wrong with it."""
        operator = self._desk.operator()
        self._expect(about, of)
        kept = self.files.keep(path)
        return self._added(
            AttachmentDoc(
                new_rid(),
                **self._desk.told_by(operator),
                about=about,
                of=of,
                sort="file",
                name=kept.name,
                size=kept.size,
                sha256=kept.sha256,
                media_type=kept.media_type,
            )
        )

    def _added(self, document: AttachmentDoc) -> Attachment:
        with self._desk.write(document) as db:
            return attachments.put(db, document)

    def _expect(self, about: About, of: str) -> None:
        catalogue, journal = self._desk.catalogue.db, self._desk.journal
        match about:
            case "customer":
                self._desk.customer(of)
                return
            case "product":
                is_there = self._desk.catalogue.article(of) is not None
            case "sales_document":
                is_there = sales_documents.find(catalogue, journal, of) is not None
            case "visit":
                is_there = visits.find(catalogue, journal, of) is not None
        if not is_there:
            raise Rejected(Code.NOT_FOUND, item=of)
