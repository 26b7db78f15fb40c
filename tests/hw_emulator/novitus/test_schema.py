"""The schema takes the maker's examples and names what is wrong with others."""

from __future__ import annotations

import random

import pytest

from hw_emulator.novitus.schema import ROOTS, check

BASIC = {
    "receipt": {
        "items": [
            {
                "article": {
                    "name": "towar",
                    "ptu": "A",
                    "price": "1.00",
                    "quantity": "1",
                    "value": "1.00",
                }
            }
        ],
        "summary": {"total": "1.00", "pay_in": "1.00"},
    }
}
REPORT = {
    "daily_report": {
        "date": "29/05/2023",
        "system_info": {"cashier_name": "Jan Kowalski", "cash_number": "1"},
    }
}
PRINTOUT = {
    "printout": {
        "options": {"without_header": False, "left_margin": False},
        "lines": [
            {"textline": {"big": False, "text": "Treść", "masked": False, "font_number": 0}},
            {"special_line": {"type": "emptyline"}},
            {"qrcode": {"text": "x", "masked": False}},
        ],
        "system_info": {"system_number": {"print_as": "text", "value": "PAR2022/01"}},
        "device_control": {"open_drawer": False, "paper_cut": "full"},
    }
}
PACKET = {"direct_io": {"nov_cmd": {"base64": "G1Ajdhtc"}}}


@pytest.mark.parametrize(
    ("document", "kind"),
    [
        (BASIC, "receipt"),
        (REPORT, "daily_report"),
        (PRINTOUT, "nf_printout"),
        (PACKET, "direct_io"),
        ({"status": {"type": "device"}}, "status"),
    ],
)
def test_the_makers_examples(document, kind):
    assert check(document, kind) == []


def changed(**changes) -> dict:
    article = {**BASIC["receipt"]["items"][0]["article"], **changes}
    return {"receipt": {**BASIC["receipt"], "items": [{"article": article}]}}


@pytest.mark.parametrize(
    ("document", "kind", "complaint"),
    [
        ({}, "receipt", "receipt : Required"),
        ({"receipt": []}, "receipt", "receipt : Type"),
        ({"receipt": {}}, "receipt", "receipt/summary : Required"),
        (changed(ptu=""), "receipt", "receipt/items/[0]/article/ptu : Length"),
        (changed(price=1), "receipt", "receipt/items/[0]/article/price : Type"),
        (changed(price="1,00"), "receipt", "receipt/items/[0]/article/price : Pattern"),
        (changed(x=1), "receipt", "receipt/items/[0]/article/x : AdditionalProperties"),
        (
            changed(code={"print_as": "text", "value": "1"}, description="x"),
            "receipt",
            "receipt/items/[0]/article : Not",
        ),
        ({"daily_report": {"date": "2023-05-29"}}, "daily_report", "daily_report/date : Pattern"),
        ({"status": {"type": "x"}}, "status", "status/type : Enum"),
        ({"direct_io": {"nov_cmd": {"h": 1}}}, "direct_io", "direct_io/nov_cmd/base64 : Required"),
        ({"direct_io": {}}, "direct_io", "direct_io : AnyOf"),
        (
            {"printout": {"lines": [{"textline": {"text": "x"}}]}},
            "nf_printout",
            "printout/lines/[0]/textline/masked : Required",
        ),
        ({"printout": {"lines": []}}, "nf_printout", "printout/lines : Items"),
    ],
)
def test_complaints(document, kind, complaint):
    assert complaint in check(document, kind)


def test_whatever_is_sent_is_answered():
    dice = random.Random(1)
    pieces = (None, True, -1, 1e9, "", "x", "1.00", [], {}, BASIC, [BASIC])

    def junk(depth: int):
        if depth and dice.random() < 0.6:
            names = ("receipt", "items", "article", "lines", "textline", "type", "printout")
            return {dice.choice(names): junk(depth - 1) for _ in range(3)}
        if depth and dice.random() < 0.4:
            return [junk(depth - 1)]
        return dice.choice(pieces)

    for _ in range(5_000):
        for kind, (root, _) in ROOTS.items():
            assert isinstance(check({root: junk(4)}, kind), list)
