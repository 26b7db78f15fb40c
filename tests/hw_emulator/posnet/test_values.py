from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from drivers.posnet.frame import Frame
from hw_emulator.posnet.codes import BadField, Refused
from hw_emulator.posnet.values import (
    read_args,
    read_rate,
    read_table,
    show_iso,
    show_moment,
    show_rate,
    show_rates,
    show_seven,
)


def read(kind: str, text: str):
    args = read_args(read_table(f"xx!{kind}"), Frame("test", (("xx", text),)))
    return args._values["xx"]


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("i", "007", 7),
        ("a", "9999999999", 9_999_999_999),
        ("p", "9999", 9999),
        ("q", "2,5", Decimal("2.5")),
        ("q", "2.500", Decimal("2.5")),
        ("q", "1.0", Decimal(1)),
        ("q", "-1", Decimal(-1)),
        ("q", "0.00000001", Decimal("1E-8")),
        ("d", "2026-03-02", date(2026, 3, 2)),
        ("d", "2026/03/02", date(2026, 3, 2)),
        ("t", "2016-09-22,12:05", datetime(2016, 9, 22, 12, 5)),
        ("s", "a\x01b\nc", "a b\nc"),
        *(("b", mark, True) for mark in "TtYy1"),
        *(("b", mark, False) for mark in "Nn0"),
    ],
)
def test_values_it_reads(kind, text, value):
    assert read(kind, text) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("i", ""),
        ("i", "-1"),
        ("i", "1.5"),
        ("i", "٣"),
        ("a", "10000000000"),
        ("a", "2,45"),
        ("p", "10000"),
        ("q", ""),
        ("q", "1e5"),
        ("q", "1.123456789"),
        ("b", "true"),
        ("b", ""),
        ("d", "2026-03/02"),
        ("d", "02-03-2026"),
        ("t", "2026-03-02T10:00"),
    ],
)
def test_values_it_does_not_read(kind, text):
    with pytest.raises(BadField) as caught:
        read(kind, text)
    assert (caught.value.code, caught.value.field) == (3, "xx")


def test_a_date_no_calendar_has():
    with pytest.raises(Refused) as caught:
        read("d", "2026-02-30")
    assert caught.value.code == 2024


@pytest.mark.parametrize("text", ["1999-12-31", "2098-01-01", "9999-12-31"])
def test_a_year_no_printer_is_in(text):
    with pytest.raises(Refused) as caught:
        read("d2042", text)
    assert caught.value.code == 2042


def test_strict_reading():
    table = read_table("na!s5 vt:i")

    def refusal(*fields: tuple[str, str], token: str | None = None) -> tuple[int, str]:
        with pytest.raises(BadField) as caught:
            read_args(table, Frame("test", fields, token), is_strict=True)
        return caught.value.code, caught.value.field

    assert refusal(("na", "x"), ("zz", "1")) == (6, "zz")
    assert refusal(("na", "x"), ("na", "y")) == (6, "na")
    assert refusal(("na", "x"), token="123") == (4, "")
    read_args(table, Frame("test", (("na", "x"), ("vt", "1")), "0123"), is_strict=True)


def test_mandatory_and_too_long():
    table = read_table("na!s5 vt:i")
    with pytest.raises(BadField) as caught:
        read_args(table, Frame("test", (("vt", "1"),)))
    assert (caught.value.code, caught.value.field) == (2, "na")
    with pytest.raises(BadField) as caught:
        read_args(table, Frame("test", (("na", "123456"),)))
    assert caught.value.code == 10
    args = read_args(table, Frame("test", (("na", "Łódź"),)))
    assert (args.text("na"), args.number("vt", 7), args.has("vt")) == ("Łódź", 7, False)
    assert args.flag("bm") is False
    assert args.quantity("il") == 1


@pytest.mark.parametrize(
    ("value", "rate"),
    [("23", 2300), ("7.5", 750), ("99.99", 9999), ("100", 10_000), ("101", 10_100)],
)
def test_rates(value, rate):
    assert read_rate(Decimal(value)) == rate
    assert show_rate(rate) == f"{Decimal(value):.2f}".replace(".", ",")


@pytest.mark.parametrize("value", ["100.5", "102", "-1", "5.123"])
def test_no_rates(value):
    assert read_rate(Decimal(value)) is None


def test_shown_values():
    assert show_moment("2026-03-02T10:00:59+01:00") == "2026-03-02;10:00"
    assert show_moment("") == "2000-01-01;01:00"
    assert show_iso("") == "2000-01-01T01:00:00+01:00"
    assert show_seven("p", [1, 2, 3, 4, 5, 6, 7])[6] == ("pg", "7")
    assert show_rates([2300] * 7)[0] == ("va", "23,00")
