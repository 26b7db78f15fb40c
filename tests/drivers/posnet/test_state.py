from __future__ import annotations

import pytest

from drivers.fiscal import Attention, Mechanism
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
