from __future__ import annotations

import hashlib

from terminal.errors import Code

PHOTO = b"\x89PNG\r\n\x1a\n" + bytes(5000)


def test_notes_and_files_stand_with_what_they_are_about(shop, field, tmp_path) -> None:
    (tmp_path / "półka.png").write_bytes(PHOTO)
    order = field.written()
    note = field.write_note("sales_document", order.id, " pilne\n\nproszę ")
    shop.wait(minutes=1)
    photo = field.attach("sales_document", order.id, tmp_path / "półka.png")
    assert field.look("attachments", "sales_document", order.id) == [photo, note]
    assert field.look("attachments", "customer", "c1") == []
    assert (photo.name, photo.size, photo.media_type) == ("półka.png", len(PHOTO), "image/png")
    assert photo.sha256 == hashlib.sha256(PHOTO).hexdigest()
    told = shop.documents("attachment")
    assert [(one["sort"], one["of"]) for one in told] == [("note", order.id), ("file", order.id)]
    assert told[0]["text"] == "pilne\n\nproszę"
    shop.restart()
    assert field.look("attachments", "sales_document", order.id) == [photo, note]


def test_bytes_that_wait_are_counted_once(shop, field, tmp_path) -> None:
    (tmp_path / "a.png").write_bytes(PHOTO)
    for about, of in (("customer", "c1"), ("product", "milk"), ("visit", "v1")):
        field.attach(about, of, tmp_path / "a.png")
    unsent = shop.view().unsent
    assert (unsent.count, unsent.contents) == (unsent.count, 1)
    assert shop.do(shop.till.field.content, hashlib.sha256(PHOTO).hexdigest()).read_bytes() == PHOTO


def test_what_cannot_be_added(shop, field, tmp_path) -> None:
    (tmp_path / "a.png").write_bytes(PHOTO)
    for about in ("customer", "product", "sales_document", "visit"):
        assert field.code("attach", about, "nothing", tmp_path / "a.png") is Code.NOT_FOUND
    assert field.code("write_note", "customer", "c1", "  ") is Code.BAD_FIELD
    assert field.code("write_note", "customer", "c1", "x" * 2001) is Code.BAD_FIELD
    assert field.code("attach", "customer", "c1", tmp_path) is Code.FILE_REFUSED
    assert shop.documents("attachment") == []
