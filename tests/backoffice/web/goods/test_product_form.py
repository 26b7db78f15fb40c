from __future__ import annotations

from backoffice.web.goods import product_form
from backoffice.web.goods.product_form import PACKS_MAX
from backoffice.web.i18n import speaking
from terminal.sync import wire
from tests.backoffice.web.goods.test_around import NEAR

ROW = wire.Product(
    "p", "Ser gouda", "A", 1230, "k", "7", ["5901234123457"], "d",
    min_age=18, external_id="E1", kind="recipe", gtu="GTU_02",
)  # fmt: skip


def sent(form):
    return {**form.texts, "is_active": "yes" if form.is_active else "",
            "pack": [code for code, _ in form.packs],
            "pack_quantity": [quantity for _, quantity in form.packs]}  # fmt: skip


def test_a_form_that_is_sent_as_it_was_shown_changes_nothing():
    form = product_form.filled(ROW, {"590123": 6000})
    again, row, packs = product_form.read(sent(form), NEAR)
    assert (again.errors, again.warnings) == ({}, [])
    assert wire.Product(**row, id="p") == ROW
    assert packs == {"590123": 6000}


def test_a_new_form_proposes_what_there_is():
    texts = product_form.fresh(NEAR).texts
    assert (texts["unit"], texts["vat"], texts["kind"]) == ("k", "A", "goods")


def test_hostile_values_are_values():
    told = {name: ["a", "b"] for name in (*product_form.TEXTS, "pack", "pack_quantity")}
    with speaking("en"):
        form, _row, packs = product_form.read(told, NEAR)
    assert form.errors
    assert set(packs) == {"a", "b"}
    told = {"pack": ["1"] * 999, "pack_quantity": ["1"] * 999}
    assert len(product_form.read(told, NEAR)[0].packs) == PACKS_MAX
    assert product_form.read({}, NEAR)[1]["name"] == ""


def test_a_check_digit_is_looked_at_once():
    told = {"barcodes": "5901234123450 590123"}
    assert len(product_form.read(told, NEAR)[0].warnings) == 1
    assert product_form.read(told, NEAR, {"5901234123450"})[0].warnings == []
    assert product_form.read({**told, "sure": "yes"}, NEAR)[0].warnings == []
