from __future__ import annotations

from hw_emulator.posnet.archive import TYPES, Archive


def test_every_document_has_a_number_in_one_series():
    archive = Archive()
    for record in (
        {"kind": "open"},
        {"kind": "receipt", "text": ["PARAGON", "FISKALNY"]},
        {"kind": "footer_line", "text": "Punkty: 5"},
        {"kind": "note", "document": "event"},
        {"kind": "note", "document": "edocuments"},
        {"kind": "setting", "values": {}},
        {"kind": "nonfiscal", "text": ["WPŁATA"]},
        {"kind": "printout", "text": []},
        {"kind": "packaging"},
        {"kind": "cancelled_invoice"},
    ):
        archive.add(record)
    assert archive.count == 6
    assert archive.last == {"receipt": 1, "event": 2, "nonfiscal": 5, "cancelled_invoice": 6}
    assert archive.characters == len("PARAGONFISKALNYWPŁATA")


def test_the_kinds_have_the_numbers_of_the_protocol():
    assert list(TYPES.values()) == list(range(14))
