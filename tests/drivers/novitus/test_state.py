"""Answers as the sources have them, and answers nobody should send."""

from __future__ import annotations

import contextlib
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.errors import InDoubt
from drivers.fiscal import EXEMPT, INACTIVE
from drivers.novitus import state
from drivers.novitus.packet import Packet
from drivers.novitus.tally import Day

REGISTER = (
    "0;1;0;1;1;2;26;3;2/23.00/08.00/05.00/00.00/100.00/101.00/101.00/17/"
    "1.00/2.50/0.00/0.00/0.00/0.00/99999999.99/12.30/ZBN 2101000001"
)
MEMORY = {
    "unique_number": "ZBN2101000001",
    "daily_reports_count": 7,
    "max_daily_reports": 2195,
    "last_daily_report_date": "2026-03-02 21:15:03",
}


def test_the_register():
    found = state.register(Packet("#X", "2", REGISTER))
    assert (found.is_fiscal, found.is_open, found.ram_resets, found.number) == (True, False, 2, 17)
    assert found.cash_gr == 1230
    assert found.totals_gr == (100, 250, 0, 0, 0, 0, 9_999_999_999)
    assert state.rates(found) == (2300, 800, 500, 0, EXEMPT, INACTIVE, INACTIVE)


def test_a_register_without_cash():
    short = REGISTER.partition("/12.30")[0]
    assert state.register(Packet("#X", "2", short)).cash_gr is None


def test_rates_above_a_hundred_are_inactive():
    odd = REGISTER.replace("101.00/101.00", "199.00/100.01")
    found = state.rates(state.register(Packet("#X", "2", odd)))
    assert found[5:] == (INACTIVE, INACTIVE)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace("/", ";"),
        lambda text: text[:40],
        lambda text: text.replace("0;1;0", "0;x;0"),
        lambda text: text.replace("/17/", "/-1/"),
        lambda text: text.replace("1.00/2.50", "1.00/2.505"),
        lambda text: text.replace("2.50", ""),
        lambda text: text.replace("12.30", "?"),
        lambda text: text.replace("17", "९"),
        lambda _: "",
    ],
)
def test_a_register_that_cannot_be_read(spoil):
    with pytest.raises(InDoubt, match="#s"):
        state.register(Packet("#X", "2", spoil(REGISTER)))


def test_another_answer_is_no_register():
    with pytest.raises(InDoubt):
        state.register(Packet("#C", "1", REGISTER))


def test_the_clock():
    expected = datetime(2026, 3, 2, 10, 5)
    assert state.clock(Packet("#C", "1", "26;3;2;10;5;0")) == expected
    assert state.clock(Packet("#C", "1", "2026;03;02;10;05;59")) == expected


@pytest.mark.parametrize("text", ["", "26;13;2;10;5;0", "26;3;2", "a;b;c;d;e", "26;3;2;25;0;0"])
def test_a_clock_that_cannot_be_read(text):
    with pytest.raises(InDoubt):
        state.clock(Packet("#C", "1", text))
    with pytest.raises(InDoubt):
        state.clock(Packet("#X", "1", "26;3;2;10;5;0"))


def test_the_header():
    found = state.header(Packet("#U", "1", "Sklep  \r\nul. Polna 1\rŁódź\r\u02d9"))
    assert found == "Sklep\nul. Polna 1\nŁódź"
    assert state.header(Packet("#U", "1", "\u02d9")) == ""
    with pytest.raises(InDoubt):
        state.header(Packet("#X", "1", "x"))


def test_the_fiscal_memory():
    found = state.fiscal_memory(MEMORY)
    assert (found.unique_no, found.reports, found.reports_max) == ("ZBN2101000001", 7, 2195)
    assert found.reported_at == datetime(2026, 3, 2, 21, 15, 3)
    assert state.fiscal_memory(MEMORY | {"last_daily_report_date": ""}).reported_at.year == 2000


@pytest.mark.parametrize(
    "change",
    [
        {"unique_number": ""},
        {"unique_number": 5},
        {"daily_reports_count": "7.0"},
        {"daily_reports_count": 10**40},
        {"unique_number": "a\nb"},
        {"unique_number": "x" * 41},
        {"daily_reports_count": True},
        {"daily_reports_count": -1},
        {"last_daily_report_date": "2026-13-02 21:15:03"},
    ],
)
def test_a_fiscal_memory_that_cannot_be_read(change):
    with pytest.raises(InDoubt, match="fiscal_memory"):
        state.fiscal_memory(MEMORY | change)


@pytest.mark.parametrize(("value", "expected"), [("17", 17), (17, 17)])
def test_the_last_document(value, expected):
    assert state.last_document({"last_jpkid": value}) == expected


@pytest.mark.parametrize("value", [None, "", "x", True, 1.5, "-1", -1, "9" * 40])
def test_a_last_document_that_cannot_be_read(value):
    with pytest.raises(InDoubt, match="protected_memory"):
        state.last_document({"last_jpkid": value})


def test_a_report():
    moment = datetime(2026, 3, 2, 21, 15)
    found = state.report(Day(7, moment, 3, 1, (100, 0, 0, 0, 0, 0, 0)))
    assert (found.number, found.receipts, found.cancelled) == (7, 3, 1)
    assert (found.made_at, found.totals_gr[0], found.cancelled_gr) == (moment, 100, 0)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)
FIELDS = st.sampled_from([*MEMORY, "last_jpkid"])


@given(st.dictionaries(FIELDS, JSON), st.text(alphabet="0123456789;/.,-\u0661 x"))
def test_whatever_comes_is_read_or_in_doubt(document, text):
    for read, answer in (
        (state.fiscal_memory, document),
        (state.last_document, document),
        (state.register, Packet("#X", "2", text)),
        (state.clock, Packet("#C", "1", text)),
        (state.header, Packet("#U", "1", text)),
    ):
        with contextlib.suppress(InDoubt):
            read(answer)
