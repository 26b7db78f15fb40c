from __future__ import annotations

from types import SimpleNamespace

import msgspec

from backoffice.web.goods.told_history import told
from backoffice.web.i18n import speaking
from tests.backoffice.web.goods.test_around import NEAR


def line(before, after):
    texts = [msgspec.json.encode(it).decode() if it else "" for it in (before, after)]
    return SimpleNamespace(
        at="2026-03-01T12:00:00.000Z", name="Ewa", before=texts[0], after=texts[1]
    )


def test_each_field_that_became_another_is_told():
    before = {"name": "Ser", "price_gr": 100, "unit": "k", "is_active": True, "kind": "goods",
              "barcodes": ["590123"], "category": "d", "vat": "A"}  # fmt: skip
    after = {**before, "price_gr": 1250, "is_active": False, "kind": "service", "category": "",
             "barcodes": [], "packs": {"590123": 6000}}  # fmt: skip
    with speaking("en"):
        (one,) = told([line(before, after)], NEAR)
    assert (one.who, sorted(one.fields)) == (
        "Ewa",
        [
            ("Bar codes", "590123", ""),
            ("Category", "Nabiał", ""),
            ("Codes of packs", "", "590123 × 6"),
            ("Kind", "goods", "service"),
            ("Price", "1.00", "12.50"),
            ("Sold", "yes", "no"),
        ],
    )


def test_a_new_product_has_no_before():
    with speaking("en"):
        (one,) = told([line(None, {"name": "Ser", "unit": "k"})], NEAR)
    assert one.fields == [("Name", "", "Ser"), ("Unit", "", "kg")]
