from __future__ import annotations

import pytest

from drivers.fiscal import (
    Advance,
    Discount,
    Item,
    LineDiscount,
    Packaging,
    Promotion,
    RateDiscount,
    Subtotal,
)
from drivers.posnet.entries import entry_call
from drivers.posnet.generation import Generation


def wire(entry, generation=Generation.ONLINE) -> tuple[str, dict[str, str]]:
    frame = entry_call(entry, generation).frame
    return frame.mnemonic, dict(frame.fields)


@pytest.mark.parametrize(
    ("entry", "name", "fields"),
    [
        (
            Item("Kawa", "B", 349, 2500, 873, "kg", description="mielona", pkwiu="10", code="K1"),
            "trline",
            {
                "na": "Kawa",
                "vt": "1",
                "pr": "349",
                "wa": "873",
                "il": "2.5",
                "op": "mielona",
                "jm": "kg",
                "np": "10",
                "nc": "K1",
            },
        ),
        (
            Item("Kawa", "A", 1350, 1000, 1350, discount=Discount(202, "rabat", percent_bp=1500)),
            "trline",
            {
                "na": "Kawa",
                "vt": "0",
                "pr": "1350",
                "wa": "1350",
                "rn": "rabat",
                "rd": "1",
                "rp": "1500",
                "rw": "202",
            },
        ),
        (
            Item("Kawa", "A", 1000, 1000, 1000, is_storno=True, discount=Discount(200)),
            "trline",
            {
                "na": "Kawa",
                "vt": "0",
                "pr": "1000",
                "st": "1",
                "wa": "1000",
                "rd": "1",
                "rw": "200",
            },
        ),
        (
            LineDiscount("Kawa", "A", 1000, Discount(100, "stały klient", percent_bp=1000)),
            "trdiscntline",
            {
                "vt": "0",
                "ds": "Kawa",
                "rt": "1000",
                "rd": "1",
                "rp": "1000",
                "rw": "100",
                "na": "stały klient",
            },
        ),
        (
            LineDiscount("Kawa", "A", 1000, Discount(100, is_markup=True), is_storno=True),
            "trdiscntline",
            {"vt": "0", "ds": "Kawa", "rt": "1000", "st": "1", "rd": "0", "rw": "100"},
        ),
        (
            RateDiscount("G", Discount(50, "G taniej"), 500),
            "trdiscntvat",
            {"vt": "6", "rd": "1", "rw": "50", "na": "G taniej", "rt": "500"},
        ),
        (RateDiscount("G", Discount(50)), "trdiscntvat", {"vt": "6", "rd": "1", "rw": "50"}),
        (
            Promotion("B", 70, "2 w cenie 1"),
            "trdiscntpromo",
            {"vt": "1", "rw": "70", "na": "2 w cenie 1"},
        ),
        (
            Promotion("B", 70, is_storno=True),
            "trdiscntpromo",
            {"vt": "1", "rw": "70", "st": "1"},
        ),
        (Subtotal(), "showsubtotal", {}),
        (
            Subtotal(Discount(100, "rabat", percent_bp=500)),
            "trdiscntsubtot",
            {"na": "rabat", "rd": "1", "rp": "500", "rw": "100"},
        ),
        (
            Packaging(50, 6, "3", "butelka"),
            "trpack",
            {"na": "3", "pr": "50", "il": "6", "wa": "300", "de": "butelka"},
        ),
        (
            Packaging(100, 1, is_return=True, is_storno=True),
            "trpack",
            {"ne": "1", "st": "1", "pr": "100", "il": "1", "wa": "100"},
        ),
        (
            Advance("A", 500, 1000, "Zaliczka 3/26"),
            "tradvance",
            {"na": "Zaliczka 3/26", "vt": "0", "pr": "500", "wa": "1000"},
        ),
        (
            Advance("A", 300, 500, is_storno=True),
            "tradvance",
            {"vt": "0", "pr": "300", "st": "1", "wa": "500"},
        ),
    ],
)
def test_every_entry(entry, name, fields):
    assert wire(entry) == (name, fields)


def test_texts_are_as_long_as_the_generation_takes():
    long = Item("ą" * 90, "A", 1, 1000, 1, description="x" * 60)
    assert len(wire(long)[1]["na"]) == 80
    assert len(wire(long, Generation.OLD)[1]["na"]) == 40
    assert len(wire(long, Generation.OLD)[1]["op"]) == 35
