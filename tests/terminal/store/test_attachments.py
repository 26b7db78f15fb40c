from __future__ import annotations

from terminal.store import attachments, outbox
from terminal.store.attachments import Content
from terminal.store.db import close_writer, open_writer, write
from terminal.sync.wire import AttachmentDoc, JournalAnswer

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
    # Who adds it once more has it tried once more: what the office had it may have forgotten.
    with write(db):
        for document in (file("4", "a" * 64), file("5", "b" * 64)):
            outbox.append(db, document, document.at)
            attachments.put(db, document)
    assert outbox.unsent(db).contents == 2
    close_writer(db)


def test_bytes_go_again_to_an_office_that_lost_data(tmp_path) -> None:
    db = open_writer(tmp_path / "journal.db", "journal")
    outbox.begin(db, 1)
    with write(db):
        for document in (file("1", "a" * 64), file("2", "b" * 64), file("3", "c" * 64)):
            outbox.append(db, document, document.at)
            attachments.put(db, document)

    def answered(hw: int) -> bool:
        head = outbox.head_at(db, 1, hw)
        assert head is not None
        with write(db):
            return outbox.deliver(db, JournalAnswer(1, hw, head, []))

    assert not answered(3)
    with write(db):
        attachments.sent(db, "a" * 64)
        attachments.sent(db, "b" * 64)
        attachments.refuse(db, "c" * 64, "too large")
    assert attachments.next_waiting(db) is None
    assert answered(1)
    # Also those whose document it still has: bytes come later than what tells of them.
    assert attachments.next_waiting(db) == Content("a" * 64, 3)
    assert not answered(3)
    assert outbox.unsent(db).contents == 2
    assert attachments.why_refused(db, "c" * 64) == "too large"
    close_writer(db)
