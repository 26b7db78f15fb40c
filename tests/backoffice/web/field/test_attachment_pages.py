"""Notes and files: added, shown, downloaded under a harmless name, taken away."""

from __future__ import annotations

import hashlib
import re

import pytest

from backoffice.field import contents
from backoffice.rights import Role
from backoffice.store.engine import reading, writing
from terminal.sync import wire
from tests.backoffice.web.field.conftest import AT
from tests.backoffice.web.pressing import words
from tests.backoffice.web.signed import token_of

PATH = "/field/attachments"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 30


def upload(seller, name="umowa.pdf", content=b"%PDF", of="", about="customer", **fields):
    of = of or seller.customer
    where = {"shop": "lipa", "about": about, "of": of}
    token = token_of(seller.get(PATH, **{**where, "about": "customer", "of": seller.customer}))
    files = {"file": (name, content)} if content is not None else {"file": ("", b"")}
    return seller.browser.post(
        PATH, data={**where, "_csrf_token": token, **fields}, files=files, follow_redirects=False
    )


def page_of(seller):
    return seller.get(PATH, shop="lipa", about="customer", of=seller.customer)


def file_of(seller, **query):
    address = re.search(r'href="(/field/attachments/[^"?]+/file)', page_of(seller).text)[1]
    return seller.get(address, shop="lipa", **query)


def test_a_file_is_attached_and_comes_back_as_it_was(seller):
    assert upload(seller, "Umowa „wiosna”.pdf", b"%PDF-1.7").status_code == 303
    assert "Umowa „wiosna”.pdf" in words(page_of(seller))
    answer = file_of(seller)
    assert answer.content == b"%PDF-1.7"
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["x-content-type-options"] == "nosniff"
    disposition = answer.headers["content-disposition"]
    assert disposition.startswith("attachment; filename=\"Umowa__wiosna_.pdf\"; filename*=UTF-8''")
    part = seller.browser.get(str(answer.url), headers={"Range": "bytes=1-3"})
    assert (part.status_code, part.content) == (206, b"PDF")


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "C:\\x\\passwd", "a/../passwd", "pass\r\nX: y", 'q";x="', ".."]
)
def test_a_name_is_no_path_and_breaks_no_header(seller, name):
    upload(seller, name, b"x")
    told = file_of(seller).headers["content-disposition"]
    assert re.fullmatch(r"attachment; filename=\"[\w.-]+\"; filename\*=UTF-8''[\w.%~-]+", told)
    assert ".." not in told.replace("filename*", "") or "passwd" not in told


def test_a_picture_is_shown(seller):
    upload(seller, "p.png", PNG)
    shown = file_of(seller, show="yes")
    assert shown.headers["content-type"] == "image/png"
    assert shown.headers["content-disposition"] == "inline"
    assert "<img" in page_of(seller).text.partition("<main")[2]


def test_what_only_says_that_it_is_a_picture_is_not_shown(seller):
    page = b"<html><script>alert(1)</script>"
    told = {"name": "p.png", "size": len(page), "sha256": hashlib.sha256(page).hexdigest()}
    with writing(seller.office.engine) as database:
        contents.keep(database, told["sha256"], len(page), [page], seller.office.clock())
    row = {"about": "customer", "of": seller.customer, "kind": "file", "at": AT}
    seller.put("attachments", **row, **told, media_type="image/png")
    answer = file_of(seller, show="yes")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")


def test_a_note_is_written_and_escaped(seller):
    assert upload(seller, content=None, text="<b>Ring</b> twice").status_code == 303
    assert "&lt;b&gt;Ring&lt;/b&gt; twice" in page_of(seller).text


def test_nothing_and_too_much_are_refused(seller, monkeypatch):
    assert upload(seller, content=b"").status_code == 422
    assert upload(seller, content=bytes(wire.ATTACHMENT_BYTES_MAX + 1)).status_code == 422
    assert upload(seller, content=bytes(wire.ATTACHMENT_BYTES_MAX + 2**17)).status_code == 413
    monkeypatch.setattr(contents, "ROOM_BYTES", 1)
    full = upload(seller, content=b"new to the office")
    assert full.status_code == 422
    assert "no room" in words(full)


def test_only_what_is_there_has_attachments(seller):
    assert upload(seller, of="nobody").status_code == 404
    assert upload(seller, about="weather").status_code == 400


def test_one_is_taken_away_and_its_content_waits(seller):
    upload(seller, content=b"to be removed")
    row_id = re.search(r'name="id" value="([^"]+)"', page_of(seller).text)[1]
    page = f"{PATH}?shop=lipa&about=customer&of={seller.customer}"
    assert seller.press(page, f"{PATH}/remove", shop="lipa", id=row_id).status_code == 303
    assert "umowa.pdf" not in words(page_of(seller))
    assert seller.get(f"{PATH}/{row_id}/file", shop="lipa").status_code == 404


def test_what_has_not_come_yet_is_told(seller):
    row = {"about": "customer", "of": seller.customer, "kind": "file", "at": AT}
    seller.put("attachments", **row, name="late.jpg", size=5, sha256="a" * 64)
    assert "not all of it has come yet" in words(page_of(seller))
    with reading(seller.office.engine) as database:
        assert contents.which(database, ["a" * 64]) == set()


def test_all_of_them_are_listed_with_what_they_are_about(seller):
    upload(seller, "wykaz.txt", b"x")
    shown = words(seller.get(PATH, about="customer"))
    assert f"Customer: Kawiarnia {seller.number}" in shown


def test_whoever_may_not_change_goods_sees_none_of_it(browser_as):
    for role in (Role.ACCOUNTANT, Role.TECHNICIAN):
        assert browser_as(role, {"lipa"}).get(PATH).status_code == 403
