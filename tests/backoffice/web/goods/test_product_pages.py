from __future__ import annotations

import re

import pytest

from backoffice.rights import Role


def filled(shown):
    """What a browser would send of the form."""
    found = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', shown))
    return {name: found[name] for name in ("id", "revision", "seen_packs")}


def form(shown, **fields):
    usual = {"name": "Ser gouda", "vat": "A", "price": "9,99", "price_is": "gross", "unit": "szt",
             "kind": "goods", "is_active": "yes"}  # fmt: skip
    return {**usual, **filled(shown), **fields}


def test_a_product_is_made_and_shown(keeper):
    fresh = keeper.get("/goods/product").text
    sent = form(fresh, name="Ser  próbny 1", barcodes="5901234123457\n590123", plu="880001",
                pack=["5907771200071", ""], pack_quantity=["6", ""])  # fmt: skip
    answer = keeper.post("/goods/product", sent)
    assert answer.status_code == 303
    row = keeper.row(sent["id"])
    assert (row["name"], row["price_gr"], row["plu"]) == ("Ser próbny 1", 999, "880001")
    assert row["barcodes"] == ["5901234123457", "590123"]
    shown = keeper.get(answer.headers["location"]).text
    assert 'value="5907771200071"' in shown
    assert "serpróbny1" in shown
    assert "8,12" in shown  # net
    found = keeper.get("/goods?find=5907771200071").text
    assert "Ser próbny 1" in found
    keeper.post("/goods/product", form(shown, name="Ser próbny 1"))
    assert keeper.row(sent["id"])["barcodes"] == []
    assert "Ser próbny 1" not in keeper.get("/goods?find=5907771200071").text


def test_a_form_that_is_sent_twice_makes_one_product(keeper):
    sent = form(keeper.get("/goods/product").text, name="Ser próbny 2")
    assert keeper.post("/goods/product", sent).status_code == 303
    assert keeper.post("/goods/product", {**sent, "price": "1"}).status_code == 409
    assert keeper.row(sent["id"])["price_gr"] == 999


def test_a_net_price_becomes_a_gross_one(keeper):
    sent = form(keeper.get("/goods/product").text, name="Ser próbny 3", price="10", price_is="net")
    keeper.post("/goods/product", sent)
    assert keeper.row(sent["id"])["price_gr"] == 1230


def test_a_code_with_a_wrong_check_digit_wants_a_second_look(keeper):
    sent = form(keeper.get("/goods/product").text, name="Ser próbny 4", barcodes="5901234123450")
    answer = keeper.post("/goods/product", sent)
    assert answer.status_code == 422
    assert "5901234123450" in answer.text
    assert keeper.post("/goods/product", {**sent, "sure": "yes"}).status_code == 303
    shown = keeper.get(f"/goods/product?id={sent['id']}").text
    later = form(shown, name="Ser próbny 4", barcodes="5901234123450", price="2")
    assert keeper.post("/goods/product", later).status_code == 303


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 41),
        ("name", "…"),
        ("price", "dużo"),
        ("price", ""),
        ("unit", "parsek"),
        ("category", "nowhere"),
        ("vat", ""),
        ("plu", "012"),
        ("plu", "1"),
        ("barcodes", "abc"),
        ("barcodes", "5900480147200"),
        ("min_age", "stary"),
        ("min_age", "-3"),
        ("gtu", "GTU_99"),
        ("kind", "x"),
        ("external_id", "x" * 17),
        ("pack_quantity", "zero"),
        ("id", ""),
    ],
)
def test_a_wrong_field_is_said_and_nothing_is_saved(keeper, field, value):
    sent = form(keeper.get("/goods/product").text, name="Ser próbny 5", pack="5907771200088",
                pack_quantity="2")  # fmt: skip
    answer = keeper.post("/goods/product", {**sent, field: value})
    assert answer.status_code == 422
    assert 'class="error"' in answer.text or 'class="errors"' in answer.text
    assert keeper.get(f"/goods/product?id={sent['id']}").status_code == 404
    assert "Ser próbny 5" in answer.text or field == "name"


def test_two_products_of_one_printed_name_and_two_letters_are_refused(keeper):
    _id, name = keeper.add()
    sent = form(keeper.get("/goods/product").text, name=f"{name}!", vat="C")
    answer = keeper.post("/goods/product", sent)
    assert answer.status_code == 422
    checked = keeper.get("/goods/check", params={"name": f"{name.upper()} ?", "vat": "C"}).text
    assert "nowość" in checked
    assert 'class="bad"' in checked
    same = keeper.get("/goods/check", params={"name": name, "vat": "A"}).text
    assert 'class="odd"' in same


def test_two_owners_who_edit_one_product_hear_of_each_other(keeper):
    row_id, name = keeper.add()
    seen = keeper.get(f"/goods/product?id={row_id}").text
    assert keeper.post("/goods/product", form(seen, name=name, price="11")).status_code == 303
    late = keeper.post("/goods/product", form(seen, name=f"{name} 2", price="99"))
    assert late.status_code == 409
    assert 'value="99"' in late.text
    assert 'class="odd theirs"' in late.text
    assert keeper.row(row_id)["price_gr"] == 1100
    assert keeper.post("/goods/product", form(late.text, name=name, price="99")).status_code == 303
    assert keeper.row(row_id)["price_gr"] == 9900


def test_codes_of_packs_are_not_overwritten_silently_either(keeper):
    row_id, name = keeper.add()
    seen = keeper.get(f"/goods/product?id={row_id}").text
    first = form(seen, name=name, price="10", pack="5907771200095", pack_quantity="6")
    assert keeper.post("/goods/product", first).status_code == 303
    late = keeper.post("/goods/product", form(seen, name=name, price="10"))
    assert late.status_code == 409
    assert name in keeper.get("/goods?find=5907771200095").text


def test_what_was_changed_is_told(keeper):
    row_id, name = keeper.add()
    keeper.post("/goods/product", form(keeper.get(f"/goods/{row_id}", follow_redirects=True).text,
                                       name=name, price="5"))  # fmt: skip
    shown = keeper.get(f"/goods/product?id={row_id}").text
    assert "<del>10,00</del>" in shown
    assert "<ins>5,00</ins>" in shown


def test_a_product_is_taken_out_of_use_and_back(keeper):
    row_id, name = keeper.add()
    sent = {"id": row_id, "revision": keeper.revision(row_id)}
    assert keeper.post("/goods/product/rest", sent).status_code == 303
    assert not keeper.row(row_id)["is_active"]
    keeper.post("/goods/product/rest", {**sent, "is_active": "true"})
    assert not keeper.row(row_id)["is_active"], "it was changed meanwhile"
    again = {**sent, "revision": keeper.revision(row_id), "is_active": "true"}
    keeper.post("/goods/product/rest", again)
    assert keeper.row(row_id)["is_active"]
    assert name in keeper.get("/goods", params={"find": name, "active": "yes"}).text


def test_a_copy_has_no_codes(keeper):
    row_id, name = keeper.add(plu="880009", barcodes=["590124"])
    shown = keeper.get(f"/goods/product?copy={row_id}").text
    assert name in shown
    assert "590124" not in shown
    assert filled(shown)["revision"] == "0"


def test_who_may_only_look_cannot_save(keeper_as):
    keeper = keeper_as(Role.ACCOUNTANT)
    shown = keeper.get("/goods/product?id=1")
    assert shown.status_code == 200
    assert '<fieldset class="product" disabled>' in shown.text
    assert "Wróć do towarów" in shown.text
    answer = keeper.post("/goods/product", form(shown.text))
    assert answer.status_code == 403
    assert keeper.get("/goods/product?id=nobody").status_code == 404
