"""Notes and files about customers, articles, documents, visits."""

from __future__ import annotations

from pathlib import Path

import pytest

from terminal.errors import Code, Rejected
from tests.ui.fake_field import document, visit


@pytest.mark.parametrize(
    ("keys", "about"),
    [
        (("1", *"lipa", "enter"), ("customer", "c1")),
        (("2", *"chleb", "enter"), ("product", "p2")),
        (("3", "enter"), ("sales_document", "d1")),
        (("4", "enter"), ("visit", "v1")),
    ],
)
async def test_what_they_are_about_is_chosen_first(sale, till, keys, about):
    till.shelf.documents = [document(1)]
    till.shelf.calendar = [visit(1, till.now().isoformat())]
    sale.keys("f10", "9", "5")
    await sale.until("1 Of a customer", "4 Of a visit")
    sale.keys(keys[0])
    await sale.true(lambda: "Please wait" not in sale.text and "Of a visit" not in sale.text)
    *typed, enter = keys[1:]
    sale.keys(*typed)
    await sale.true(lambda: getattr(sale.app.desk.page, "count", 0) == 1)
    sale.keys(enter)
    await sale.until("Nothing yet: # writes a note, * adds a file")
    sale.keys("#")
    await sale.until("Note [Abc]")
    sale.keys("8", "2", "5", "5", "enter")
    await sale.until("note Tak")
    assert till.calls[-1] == ("write_note", *about, "Tak")
    sale.keys("enter")
    await sale.until("Note", "Tak")


async def of_customer(sale):
    sale.keys("f10", "9", "5", "1")
    await sale.until("Lipa")
    sale.keys("enter")
    await sale.until("Nothing yet")


async def test_a_file_by_its_path_and_a_refusal_with_its_reason(sale, till):
    await of_customer(sale)
    sale.keys("*")
    await sale.until("Choose a file")
    sale.keys("#")
    await sale.until("Path of the file")
    sale.keys(*"/media/pen/plan.pdf", "enter")
    await sale.until("12 KiB plan.pdf")
    assert till.calls[-1] == ("attach", "customer", "c1", Path("/media/pen/plan.pdf"))
    till.field.refusal = Rejected(Code.FILE_REFUSED, name="x.iso", reason="too large")
    sale.keys("*", "#")
    await sale.until("Path of the file")
    sale.keys(*"/media/pen/x.iso", "enter")
    await sale.until("E-197", "too large")


async def test_a_file_is_fetched_from_the_office(sale, till):
    await of_customer(sale)
    till.field.attach("customer", "c1", Path("plan.pdf"))
    till.field.files["a" * 64] = Path("/var/lib/kaso/plan.pdf")
    sale.keys("esc")
    sale.keys("f10", "9", "5", "1")
    await sale.until("Lipa")
    sale.keys("enter")
    await sale.until("plan.pdf")
    sale.keys("enter")
    await sale.until("fetch the file", "12 KiB")
    sale.keys("f5")
    await sale.until("The file is here: /var/lib/kaso/plan.pdf")
