from __future__ import annotations

import csv
import io
import re

from backoffice.goods import reading

SHEET = "Nazwa;Jednostka;VAT;Cena\nSer {0};szt.;A;{1}\nZły {0};szt.;A;dużo\n"


def counted(shown):
    part = shown.partition("<dl>")[2].partition("</dl>")[0]
    return [int(number) for number in re.findall(r"<dd[^>]*>(\d+)</dd>", part)]


def test_a_file_is_looked_at_and_its_good_lines_taken_and_undone(keeper):
    answer = keeper.upload(SHEET.format("wczytany 1", "5"))
    where = answer.headers["location"]
    shown = keeper.get(where).text
    assert counted(shown) == [1, 0, 0, 1]
    assert "dużo" in shown
    assert "Ser wczytany 1" not in keeper.get("/goods?find=wczytany").text
    faults = keeper.get(where.replace("?", "/faults?")).content.decode("utf-8-sig")
    (_head, fault) = csv.reader(io.StringIO(faults), delimiter=";")
    assert (fault[0], fault[1], fault[3]) == ("3", "Cena", "dużo")
    path = where.partition("?")[0]
    assert keeper.post(path, {"shop": "lipa"}).status_code == 303
    assert "Ser wczytany 1" in keeper.get("/goods?find=wczytany").text
    number = path.rpartition("/")[2]
    keeper.post(f"/goods/changes/{number}/undo?shop=lipa", {})
    assert "Ser wczytany 1" not in keeper.get("/goods?find=wczytany").text


def test_a_sheet_is_shown_again_when_the_goods_changed(keeper):
    row_id, name = keeper.add()
    text = f"ID;Nazwa;Cena\n{row_id};{name};7\n"
    where = keeper.upload(text).headers["location"]
    keeper.post("/goods/product/rest", {"id": row_id, "revision": keeper.revision(row_id)})
    keeper.upload(text)
    keeper._http.put(
        f"/v1/admin/products/{row_id}?shop=lipa",
        json={"name": name, "vat": "A", "price_gr": 700, "unit": "szt"},
        headers=keeper._admin,
    ).raise_for_status()
    answer = keeper.post(where.partition("?")[0], {"shop": "lipa"})
    assert answer.headers["location"].startswith(where.partition("?")[0])
    assert counted(keeper.get(where).text) == [0, 0, 1, 0]


def test_hostile_files_are_said_and_shown_as_they_are(keeper):
    for content in (b"\0\1\2", b"PK\x03\x04", b"", b"<script>alert(1)</script>;x"):
        answer = keeper.upload(content)
        assert answer.status_code in {303, 422}
        shown = keeper.get(answer.headers["location"]).text if answer.is_redirect else answer.text
        assert "<script>alert" not in shown
    name = '"><img src=x>.csv'
    shown = keeper.get(keeper.upload("Nazwa\nx\n", name).headers["location"]).text
    assert "<img src=x" not in shown


def test_a_file_that_is_too_large_is_refused(keeper, monkeypatch):
    monkeypatch.setattr(reading, "BYTES_MAX", 10)
    assert keeper.upload("Nazwa;Cena\nSer;1\n").status_code == 422


def test_an_import_of_another_shop_is_not_found(keeper):
    assert keeper.get("/goods/import/999999").status_code == 404
    assert keeper.get("/goods/import?shop=other").status_code == 404
    assert keeper.get("/goods/import/1/faults?shop=other").status_code == 404
