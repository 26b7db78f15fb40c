from __future__ import annotations

import hashlib
import os
import time

import msgspec
import pytest

from backoffice.erp import folder
from backoffice.erp.connector import Outgoing, Reply
from backoffice.jobs.work import NeverError, NotNowError
from terminal.sync import wire

GOODS = "id;name;vat;price_gr;unit\n"


def ids(records):
    return [it.id for it in records]


def outgoing(number, name="Anna"):
    row = {"id": f"c{number}", "name": name, "is_active": True}
    return Outgoing("partners", f"c{number}", f"key-{number}-{name}", row)


def test_files_are_read_in_the_order_of_their_numbers_and_archived_when_done(shared):
    shared.put("products-20261126-010.csv", GOODS + "b;Bułka;C;50;szt.\n")
    shared.put("products-20261126-9.csv", GOODS + "a;Chleb;C;499;szt.\n")
    records, mark = shared.read("articles")
    assert ids(records) == ["a", "b"]
    goods = {"id": "a", "name": "Chleb", "vat": "C", "price_gr": 499, "unit": "szt."}
    assert records[0].body == goods
    assert records[0].where == "products-20261126-9.csv, line 2"
    shared.put("products-20261126-011.csv", GOODS + "c;Sok;C;50;szt.\n")
    shared.connector.done("articles", mark)
    shared.connector.done("articles", mark)
    assert sorted(it.name for it in shared.out.iterdir()) == [
        "products-20261126-011.csv",
        "products-20261126-011.csv.sha256",
    ]
    assert len(list((shared.root / "archive").glob("*/*"))) == 4


def test_whoever_comes_back_after_a_power_cut_reads_on_where_it_stood(shared, monkeypatch):
    monkeypatch.setattr(folder, "BATCH_RECORDS", 2)
    rows = "".join(f"p{number};Sok {number};C;50;szt.\n" for number in range(5))
    shared.put("products-20261126-001.csv", GOODS + rows)
    shared.put("products-20261126-002.csv", GOODS + "z;Woda;C;50;szt.\n")
    seen, cursor = [], ""
    while cursor is not None:
        batch = shared.connector.read("articles", "", cursor)
        assert len(batch.records) <= 2
        assert batch == shared.again().read("articles", "", cursor)  # the same once more
        seen += ids(batch.records)
        cursor = batch.next
    assert seen == ["p0", "p1", "p2", "p3", "p4", "z"]


def test_a_file_without_checksum_waits_and_those_after_it_wait_for_it(shared):
    shared.put("products-20261126-001.csv", GOODS + "a;Chleb;C;499;szt.\n")
    shared.put("products-20261126-002.csv", GOODS + "b;Bu", checksum=False)
    shared.put("products-20261126-003.csv", GOODS + "c;Sok;C;50;szt.\n")
    records, mark = shared.read("articles")
    assert ids(records) == ["a"]
    old = time.time() - 7200
    os.utime(shared.out / "products-20261126-002.csv", (old, old))
    records, _mark = shared.read("articles")
    assert "for 120 minutes there is no products-20261126-002.csv.sha256" in records[-1].fault
    shared.put("products-20261126-002.csv", GOODS + "b;Bułka;C;50;szt.\n")
    shared.connector.done("articles", mark)
    assert ids(shared.read("articles")[0]) == ["b", "c"]


def test_a_wrong_checksum_is_told_and_the_file_stays(shared):
    shared.put("products-20261126-001.csv", GOODS + "a;Chleb;C;499;szt.\n")
    (shared.out / "products-20261126-001.csv").write_text(GOODS)
    records, mark = shared.read("articles")
    assert [it.where for it in records] == ["products-20261126-001.csv"]
    assert "the checksum does not fit" in records[0].fault
    shared.connector.done("articles", mark)
    assert (shared.out / "products-20261126-001.csv").exists()


def test_a_file_that_was_replaced_after_it_was_read_is_not_archived_unread(shared):
    shared.put("products-20261126-001.csv", GOODS + "a;Chleb;C;499;szt.\n")
    _records, mark = shared.read("articles")
    shared.put("products-20261126-001.csv", GOODS + "b;Bułka;C;50;szt.\n")
    shared.connector.done("articles", mark)
    assert ids(shared.read("articles")[0]) == ["b"]


def test_links_devices_and_foreign_names_are_never_opened(shared, tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_text(GOODS + "s;Tajne;C;1;szt.\n")
    (shared.out / "products-20261126-001.csv").symlink_to(secret)
    digest = hashlib.sha256(secret.read_bytes()).hexdigest()
    (shared.out / "products-20261126-001.csv.sha256").write_text(digest)
    os.mkfifo(shared.out / "barcodes-20261126-001.csv")
    for name in ("products.csv", "products-1-1.csv", "con", "products-20261126-001.csv~", "ż"):
        (shared.out / name).write_text(GOODS + "x;X;C;1;szt.\n")
    records, mark = shared.read("articles")
    assert [it.fault for it in records] == ["this is a link or a device, not a plain file"] * 2
    shared.connector.done("articles", mark)
    assert secret.exists()


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "", "A" * 64, "0" * 63])
def test_contents_are_asked_for_by_hash_and_never_by_path(shared, name):
    with pytest.raises(NeverError):
        list(shared.connector.content(name))
    with pytest.raises(NeverError):
        shared.connector.put_content(name, "umowa.pdf", iter([b"x"]))


def test_contents_go_both_ways_and_are_checked(shared):
    data = b"zdj\xc4\x99cie" * 50_000
    sha256 = hashlib.sha256(data).hexdigest()
    shared.connector.put_content(sha256, "../../x", iter([data]))
    assert (shared.root / "in" / "contents" / sha256).read_bytes() == data
    (shared.out / "contents").mkdir()
    with pytest.raises(NeverError, match="there is no file"):
        list(shared.connector.content(sha256))
    (shared.out / "contents" / sha256).write_bytes(data)
    assert b"".join(shared.connector.content(sha256)) == data
    (shared.out / "contents" / sha256).write_bytes(data[:-1])
    with pytest.raises(NeverError, match="something else"):
        list(shared.connector.content(sha256))


def test_a_share_that_is_not_mounted_is_not_an_empty_one(shared):
    shared.root.rename(shared.root.with_name("away"))
    with pytest.raises(NotNowError, match="cannot be reached"):
        shared.connector.read("articles", "", "")
    with pytest.raises(NotNowError):
        shared.connector.write("partners", [outgoing(1)], confirm=False)


@pytest.mark.parametrize("form", ["csv", "json", "xml"])
def test_what_was_written_is_written_once_whatever_the_batches(share, form):
    shared = share(f'format = "{form}"')
    answers = shared.connector.write("partners", [outgoing(1), outgoing(2)], confirm=False)
    assert [it.reply for it in answers] == [Reply.TAKEN] * 2
    again = shared.again().write("partners", [outgoing(2), outgoing(3)], confirm=False)
    assert [it.reply for it in again] == [Reply.TAKEN] * 2
    files = sorted(it for it in (shared.root / "in").iterdir() if it.suffix == f".{form}")
    text = "".join(it.read_text(encoding="utf-8-sig") for it in files)
    assert [text.count(f"key-{number}-Anna") for number in (1, 2, 3)] == [1, 1, 1]
    for file in files:
        promised = (file.parent / f"{file.name}.sha256").read_text().split()
        assert promised == [hashlib.sha256(file.read_bytes()).hexdigest(), file.name]


def test_whatever_breaks_while_a_file_is_written_each_record_arrives_once(shared, monkeypatch):
    """The power goes before each of the writes in turn."""

    class PowerCut(Exception):
        pass

    def cut_after(times):
        disk = shared.connector._disk
        real, left = disk.put, [times]

        def put(*args):
            if not left[0]:
                raise PowerCut
            left[0] -= 1
            real(*args)

        monkeypatch.setattr(disk, "put", put)

    for times in range(4):
        cut_after(times)
        record = outgoing(times, "Ewa")
        try:
            shared.connector.write("partners", [record], confirm=False)
        except PowerCut:
            shared.again().write("partners", [record, outgoing(times, "Jan")], confirm=False)
        shared.again()
    whole = [
        it.with_name(it.name.removesuffix(".sha256"))
        for it in (shared.root / "in").glob("*.sha256")
    ]
    text = "".join(it.read_text(encoding="utf-8-sig") for it in whole)
    assert [text.count(f"key-{number}-Ewa") for number in range(4)] == [1] * 4
    assert len(list((shared.root / "in").glob("*.csv"))) == len(whole)


def test_what_we_write_can_be_read_back_field_by_field(share):
    shared = share('format = "csv"\nnumbers = "comma"')
    nasty = '=HYPERLINK("http://x")'
    line = {
        "product": "16", "name": "'+Mleko; \"świeże\"", "unit": "szt.", "vat": "C",
        "qty_milli": 1500, "price_gr": 399, "gross_gr": 599, "percent_bp": 0, "plu": "",
        "barcode": "", "precision": 3,
    }  # fmt: skip
    body = {
        "id": "d1", "type": "ZS", "number": "ZS/1", "customer": "c1", "note": nasty,
        "issued_at": "2026-11-26T10:00:00+01:00", "total_gr": 1198, "due": "", "state": "open",
        "lines": [line, line | {"name": "-5"}], "representative": "", "from_quote": "",
        "receipt": "",
    }  # fmt: skip
    shared.connector.write("documents", [Outgoing("documents", "d1", "k", body)], confirm=False)
    (file,) = (shared.root / "in").glob("*.csv")
    assert "'=HYPERLINK" in file.read_text(encoding="utf-8-sig")
    shared.put("sales_documents-20261126-001.csv", file.read_bytes())
    (record,) = shared.read("documents")[0]
    assert not record.fault
    assert msgspec.convert(record.body, wire.SalesDocument) == msgspec.convert(
        body, wire.SalesDocument
    )


def test_a_cursor_that_nobody_gave_is_refused(shared):
    for cursor in ("x", "[]", "[1]", '[null,1,2,"x"]'):
        with pytest.raises(NeverError):
            shared.connector.read("articles", "", cursor)
