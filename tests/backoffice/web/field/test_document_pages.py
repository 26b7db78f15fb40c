"""The list of orders and quotes, its filters and files, and one of them."""

from __future__ import annotations

import csv
import io

from tests.backoffice.web.pressing import words

LIST, ONE = "/field/documents", "/field/documents/one"


def test_a_document_is_listed_with_its_customer_and_found_by_each_filter(seller):
    seller_id = seller.put("representatives", name="Anna Nowak")
    _row, number = seller.order(representative=seller_id, due="2026-03-09")
    shown = words(seller.get(LIST, number=number))
    for word in (number, "Sales order", f"Kawiarnia {seller.number}", "Anna Nowak", "to realise"):
        assert word in shown
    right = {
        "type": "ZS", "state": "open", "representative": seller_id, "customer": seller.customer,
        "first": "2026-03-04", "last": "2026-03-04", "number": number.lower(), "shop": "lipa",
    }  # fmt: skip
    assert number in words(seller.get(LIST, **right))
    wrong = {
        "type": "OS", "state": "cancelled", "representative": "x", "customer": "x",
        "first": "2026-03-05", "last": "2026-03-03",
    }  # fmt: skip
    for name, value in wrong.items():
        assert f">{number}<" not in seller.get(LIST, **{**right, name: value}).text, name
    assert seller.get(LIST, state="x").status_code == 422


def test_one_shows_its_lines_escaped_and_where_it_came_from(seller):
    quote, number = seller.order(type="OS", note="=Call\nfirst")
    order, _number = seller.order(from_quote=quote, state="realised", receipt="r-1")
    page = seller.get(ONE, id=order)
    assert "&lt;b&gt;Kawa&lt;/b&gt;" in page.text
    shown = words(page)
    for word in ("realised", "r-1", number, f"Kawiarnia {seller.number}"):
        assert word in shown
    assert "Call" in words(seller.get(ONE, id=quote))
    assert seller.get(ONE, id="none").status_code == 404


def test_a_file_holds_what_fits_and_no_formulas(seller):
    evil = seller.put("customers", name="=cmd|' /C calc'!A0")
    _row, number = seller.order(customer=evil)
    answer = seller.get(LIST, number=number, format="csv")
    (_head, row) = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
    assert (row[1], row[4], row[8]) == (number, "'=cmd|' /C calc'!A0", "0,01")
    assert seller.get(LIST, number=number, format="xlsx").content[:2] == b"PK"


def test_many_come_in_pages(seller):
    for number in range(51):
        seller.order(issued_at=f"2025-01-01T10:00:{number:02}+01:00", customer=seller.customer)
    first = seller.get(LIST, customer=seller.customer)
    assert first.text.count('scope="row"') == 50
    assert "before=50" in first.text
    assert seller.get(LIST, customer=seller.customer, before=50).text.count('scope="row"') == 1


def test_whose_customer_was_forgotten_is_still_shown(seller):
    row, number = seller.order(customer="nobody")
    assert "not known" in words(seller.get(ONE, id=row))
    assert "not known" in words(seller.get(LIST, number=number))
