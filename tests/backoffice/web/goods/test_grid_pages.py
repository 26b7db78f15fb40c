from __future__ import annotations

import csv
import io

import pytest

from backoffice.rights import Role

HX = {"HX-Request": "true"}


def test_goods_are_found_by_a_part_of_their_name(keeper):
    shown = keeper.get("/goods", params={"find": "CHLEB zyt"}).text
    assert "Chleb żytni na zakwasie 600 g" in shown
    assert "Chleb graham" not in shown


def test_a_price_that_the_till_asks_for_is_said_to_be_open(keeper):
    assert ">otwarta</td>" in keeper.get("/goods", params={"find": "Bukiet"}).text


def test_a_page_leads_to_the_next_one_and_shows_all_in_the_end(keeper):
    names, path = [], "/goods?find=a"
    while path:
        shown = keeper.get(path).text
        rows = shown.split("<tbody>")[1].split("</tbody>")[0]
        names += [
            part.split("</a>")[0].rpartition(">")[2] for part in rows.split('scope="row"')[1:]
        ]
        _before, found, rest = shown.partition('rel="next" href="')
        path = rest.partition('"')[0].replace("&amp;", "&") if found else ""
    assert len(names) > 60
    assert names == list(dict.fromkeys(names))


def test_hostile_names_and_questions_are_shown_as_they_are(keeper):
    row_id, _name = keeper.add(name="<script>alert(1)</script>")
    for path in ("/goods?find=script", f"/goods/row?id={row_id}&edit=true", f"/goods/{row_id}"):
        shown = keeper.get(path, follow_redirects=True).text
        assert "&lt;script&gt;alert" in shown
        assert "<script>alert" not in shown
    odd = {"find": "'\";--\0%_", "sort": "x", "category": "'", "after": "\0", "key": "%"}
    assert keeper.get("/goods", params=odd).status_code == 200


def test_the_shop_of_others_does_not_exist(keeper):
    assert keeper.get("/goods?shop=other").status_code == 404
    assert keeper.get("/goods/row?shop=other&id=1").status_code == 404
    assert keeper.get("/goods/row?id=nobody").status_code == 404


def test_who_may_only_look_gets_no_forms(keeper_as):
    shown = keeper_as(Role.ACCOUNTANT).get("/goods").text
    assert "Chleb graham 450 g" in shown
    assert "/goods/bulk" not in shown
    assert "edit=true" not in shown


def test_a_row_is_edited_in_its_place(keeper):
    row_id, _name = keeper.add()
    form = {"id": row_id, "revision": keeper.revision(row_id), "name": f"Inny {row_id}",
            "price": "12,50 zł", "vat": "C"}  # fmt: skip
    shown = keeper.post("/goods/row", form, headers=HX)
    assert shown.status_code == 200
    assert shown.text.lstrip().startswith("<tr")
    row = keeper.row(row_id)
    assert (row["price_gr"], row["vat"], row["is_active"]) == (1250, "C", False)


def test_the_same_form_works_without_htmx(keeper):
    row_id, name = keeper.add()
    form = {
        "id": row_id,
        "revision": keeper.revision(row_id),
        "name": name,
        "price": "3",
        "vat": "A",
    }
    answer = keeper.post("/goods/row", form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/goods?shop=lipa")
    assert keeper.row(row_id)["price_gr"] == 300


def test_what_somebody_else_saved_is_not_overwritten_silently(keeper):
    row_id, name = keeper.add()
    form = {"id": row_id, "revision": keeper.revision(row_id), "name": name, "vat": "A",
            "is_active": "yes"}  # fmt: skip
    keeper.post("/goods/row", {**form, "price": "11"})
    late = keeper.post("/goods/row", {**form, "price": "99"})
    assert late.status_code == 409
    assert 'value="99"' in late.text
    assert "11,00" in late.text
    assert keeper.row(row_id)["price_gr"] == 1100
    again = {**form, "price": "99", "revision": keeper.revision(row_id)}
    assert keeper.post("/goods/row", again).status_code == 303
    assert keeper.row(row_id)["price_gr"] == 9900


@pytest.mark.parametrize(
    "wrong",
    [
        {"price": "dużo"},
        {"price": ""},
        {"price": "-1"},
        {"price": "9" * 60},
        {"name": ""},
        {"name": "x" * 41},
        {"name": "!!!"},
        {"vat": "Q"},
        {"vat": "G"},
    ],
)
def test_a_wrong_row_comes_back_as_it_was_typed(keeper, wrong):
    row_id, name = keeper.add()
    form = {"id": row_id, "revision": keeper.revision(row_id), "name": name, "price": "1",
            "vat": "A", "is_active": "yes", **wrong}  # fmt: skip
    answer = keeper.post("/goods/row", form)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    ((field, typed),) = wrong.items()
    assert f'value="{typed}"' in answer.text, field
    assert keeper.row(row_id)["price_gr"] == 1000


def test_the_list_is_a_file_that_comes_back(keeper):
    row_id, name = keeper.add(barcodes=["5900000000011"], plu="777001")
    answer = keeper.get("/goods?find=777001&format=csv")
    (head, cells) = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
    row = dict(zip(head, cells, strict=True))
    assert (row["ID"], row["Nazwa"], row["Cena"]) == (row_id, name, "10,00")
    again = keeper.upload(answer.content)
    shown = keeper.get(again.headers["location"]).text
    assert "<dd>1</dd>" in shown.partition("<dl>")[2].split("</dl>")[0].replace("\n", "")
    assert keeper.get("/goods?find=777001&format=xlsx").content.startswith(b"PK")
    assert keeper.get("/goods?format=exe").status_code == 400
