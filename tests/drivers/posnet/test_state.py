from __future__ import annotations

import pytest

from drivers.fiscal import Attention, Holder, Mechanism
from drivers.posnet import state
from drivers.posnet.commands import COMMANDS
from drivers.posnet.frame import Frame
from drivers.posnet.reply import Reply


def sprn(number: str) -> Frame:
    return Frame("sprn", (("pr", number),))


def sdev(number: str, *more: tuple[str, str]) -> Frame:
    return Frame("sdev", (("ds", number), *more))


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("0", Mechanism.OK),
        ("1", Mechanism.COVER),
        ("2", Mechanism.NO_ACCESS),
        ("3", Mechanism.COVER),
        ("4", Mechanism.NO_PAPER),
        ("5", Mechanism.NO_PAPER),
        ("6", Mechanism.OVERHEATED),
        ("7", Mechanism.POWER),
        ("8", Mechanism.CUTTER),
        ("9", Mechanism.POWER),
        ("10", Mechanism.COVER),
        ("11", Mechanism.NO_ACCESS),
        ("", Mechanism.NO_ACCESS),
    ],
)
def test_mechanism(number, expected):
    assert state.status(sprn(number), sdev("0")).mechanism is expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("0", Attention.READY),
        ("1", Attention.IN_MENU),
        ("2", Attention.WAITING_KEY),
        ("3", Attention.WAITING_ERROR),
        ("9", Attention.WAITING_ERROR),
    ],
)
def test_attention(number, expected):
    assert state.status(sprn("0"), sdev(number)).attention is expected


def test_paper_low_and_queue():
    assert state.status(sprn("0"), sdev("0", ("pe", "T"))).paper_low
    assert not state.status(sprn("0"), sdev("0", ("pe", "N"))).paper_low
    assert state.is_working(sdev("0", ("qe", "N")))
    assert not state.is_working(sdev("0", ("qe", "T")))
    assert not state.is_working(sdev("0"))


def test_transaction_as_recorded():
    wire = "to0 ts16 va0 vb999 vc0 vd0 ve0 vf0 vg0 pp0 pm0 re0 fp999 feN"
    frame = Frame("strns", tuple((part[:2], part[2:]) for part in wire.split()))
    found = state.transaction(Reply(COMMANDS["strns"], frame))
    assert found.totals_gr == (0, 999, 0, 0, 0, 0, 0)
    assert (found.is_open, found.payments_gr, found.change_gr) == (False, 999, 0)
    assert not found.fiscal_part_done


def test_mode_as_recorded():
    frame = Frame(
        "scomm",
        (
            *(("fs", "T"), ("tz", "N"), ("ts", "16"), ("hr", "T")),
            *(("nu", "ABC 2101000001"), ("td", "N")),
        ),
    )
    found = state.mode(Reply(COMMANDS["scomm"], frame))
    assert found.is_fiscal
    assert found.has_header
    assert not found.totals_zero
    assert not found.is_read_only
    assert (found.transaction, found.unique_no) == (16, "ABC 2101000001")


def reply(name: str, **fields: str) -> Reply:
    return Reply(COMMANDS[name], Frame(name, tuple(fields.items())))


def sevens(letter: str, *values: int) -> dict[str, str]:
    padded = (*values, *[0] * 7)
    return {letter + each: str(value) for each, value in zip("abcdefg", padded, strict=False)}


def test_invoices_are_counted_apart_from_receipts():
    scnt = reply("scnt", rd="4", hn="55", bn="7", fn="2", nu="ABC 1", bc="3", bt="10", fc="1")
    stot = reply("stot", **sevens("p", 100, 200), **sevens("f", 0, 30), ct="70")
    found = state.counters(scnt, stot, reply("sfsk", cl="5"))
    assert (found.receipts, found.cancelled, found.last_receipt_no) == (7, 3, 10)
    assert (found.invoices, found.invoices_cancelled) == (2, 1)
    assert (found.totals_gr[:2], found.invoice_totals_gr[:2]) == ((100, 200), (0, 30))
    assert (found.cancelled_gr, found.ram_resets, found.reports) == (70, 5, 4)


@pytest.mark.parametrize(
    ("kind", "is_invoice"), [("16", False), ("17", False), ("33", True), ("48", False)]
)
def test_the_last_document(kind, is_invoice):
    fields = {"to": "0", "ts": kind, **sevens("v", 5), "pp": "300", "pm": "100", "re": "1"}
    found = state.transaction(reply("strns", **fields, fp="6", fe="T"))
    assert found.is_invoice is is_invoice
    assert (found.packaging_gr, found.packaging_back_gr) == (300, 100)
    assert (found.payments_gr, found.change_gr, found.fiscal_part_done) == (6, 1, True)


def test_a_report_with_invoices():
    fields = {"da": "2026-10-09;11:44", "no": "4", **sevens("f", 9), "fn": "2", "fl": "1"}
    found = state.report(reply("fmrecrd", **fields, **sevens("p", 42), pn="7", ct="150", cn="3"))
    assert (found.receipts, found.cancelled, found.totals_gr[0]) == (7, 3, 42)
    assert (found.invoices, found.invoices_cancelled, found.invoice_totals_gr[0]) == (2, 1, 9)


@pytest.mark.parametrize(
    ("number", "holder"),
    [("0", None), ("1", Holder.FIRST), ("2", Holder.SECOND), ("3", Holder.ITSELF), ("9", None)],
)
def test_who_holds_it(number, holder):
    assert state.status(sprn("0"), sdev("0", ("tl", number))).held_by is holder
    assert state.status(sprn("0"), sdev("0", ("tl", number))).is_ready
