from __future__ import annotations

from backoffice.crosscheck_goods import barcodes, products
from backoffice.rows import read_row

WATER = {"id": "w", "name": "Woda", "vat": "C", "price_gr": 249, "unit": "szt", "plu": "7"}


def live(*sold):
    rows = {"vat_rates": [{"id": "C", "rate_bp": 500}], "units": [{"id": "szt", "name": "szt."}]}
    rows |= {"products": sold, "categories": [], "barcodes": [], "stock": []}
    rows |= {"prices": [], "quick_keys": []}
    return {name: {it["id"]: read_row(name, it) for it in given} for name, given in rows.items()}


def said(faults):
    """Each fault in another language."""
    return [(row_id, it.path, it.reason.said(lambda text: f"<{text}>")) for row_id, it in faults]


def test_what_is_wrong_can_be_said_in_another_language():
    rows = live(WATER, WATER | {"id": "x", "vat": "A", "unit": "kg"})
    assert said(products(rows, ["x"])) == [
        ("x", "$.vat", "<VAT letter A is not in use>"),
        ("x", "$.unit", "<no unit 'kg'>"),
        ("x", "$.plu", "<PLU 7: product w has it too>"),
        ("x", "$.name", "<to the printer the same name as product w, which has VAT C>"),
    ]


def test_a_code_belongs_to_one_product():
    code = {"id": "5907771200064", "product": "none"}
    rows = live(WATER | {"barcodes": ["5907771200064"]})
    rows["barcodes"] = {code["id"]: read_row("barcodes", code)}
    assert said(barcodes(rows, [code["id"]])) == [
        (code["id"], "$.product", "<no product 'none'>"),
        (code["id"], "$.id", "<product w has this code already>"),
    ]


def test_a_product_that_something_needs_stays():
    rows = live()
    price = {"id": "1", "price_list": "l", "product": "w", "price_gr": 5}
    rows["prices"] = {"1": read_row("prices", price)}
    assert said(products(rows, ["w"])) == [("w", "$.id", "<price 1 belongs to it>")]
