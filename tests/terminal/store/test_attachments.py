from __future__ import annotations

from terminal.store import attachments, outbox
from terminal.store.attachments import Content
from terminal.store.db import close_writer, open_writer, write
from terminal.sync.wire import AttachmentDoc

WHO = ("T1", "lipa", "2026-11-26T10:00:00+01:00", "Ewa", "3")


def file(rid: str, sha256: str) -> AttachmentDoc:
    return AttachmentDoc(rid, *WHO, "customer", "c1", "file", "a.txt", 3, sha256, "text/plain")


def test_bytes_follow_their_document_once_and_in_its_order(tmp_path) -> None:
    db = open_writer(tmp_path / "journal.db", "journal")
    outbox.begin(db, 1)
    with write(db):
        for document in (file("1", "b" * 64), file("2", "a" * 64), file("3", "b" * 64)):
            outbox.append(db, document, document.at)
            attachments.put(db, document)
    assert outbox.unsent(db).contents == 2
    assert attachments.next_waiting(db) is None
    db.execute("UPDATE delivered SET hw = 2")
    assert attachments.next_waiting(db) == Content("b" * 64, 3)
    with write(db):
        attachments.sent(db, "b" * 64)
    assert attachments.next_waiting(db) == Content("a" * 64, 3)
    with write(db):
        attachments.refuse(db, "a" * 64, "too large")
    assert attachments.next_waiting(db) is None
    assert attachments.why_refused(db, "a" * 64) == "too large"
    assert attachments.why_refused(db, "b" * 64) == ""
    # Who adds it once more has it tried once more; what the office has is not sent again.
    with write(db):
        for document in (file("4", "a" * 64), file("5", "b" * 64)):
            outbox.append(db, document, document.at)
            attachments.put(db, document)
    assert outbox.unsent(db).contents == 1
    close_writer(db)
