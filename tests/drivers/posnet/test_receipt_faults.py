"""A receipt with everything on it, and one fault at each command: never twice, never in part."""

from __future__ import annotations

import random
from collections import Counter as Tally

import pytest

from drivers.errors import DeviceError, InDoubt, Refused, Unreachable
from drivers.fiscal import (
    Advance,
    CurrencyTender,
    Discount,
    FiscalReceipt,
    FooterLine,
    Item,
    LineDiscount,
    Packaging,
    Promotion,
    RateDiscount,
    Subtotal,
    Tender,
    TenderKind,
)
from drivers.posnet.commands import Again
from drivers.posnet.printer import PosnetPrinter
from drivers.posnet.receipt import receipt_frames

CLOSING = 77
TOTAL_GR = 4030
RECEIPT = FiscalReceipt(
    items=(
        Item("Kawa", "A", 1000, 1000, 1000, discount=Discount(100, percent_bp=1000)),
        Item("Kawa", "A", 1000, 1000, 1000, discount=Discount(100, percent_bp=1000)),
        Packaging(50, 6),
        Item(
            "Kawa", "A", 1000, 1000, 1000, discount=Discount(100, percent_bp=1000), is_storno=True
        ),
        Item("Ser", "B", 4000, 1000, 4000),
        LineDiscount("Ser", "B", 4000, Discount(400)),
        RateDiscount("B", Discount(100)),
        Promotion("A", 20),
        Subtotal(),
        Subtotal(Discount(200, is_markup=True)),
        Packaging(50, 2, is_return=True),
        Packaging(50, 1, is_storno=True),
        Advance("B", 500, 3600),
    ),
    tenders=(
        CurrencyTender("EUR", 1000, 42_000, 4200),
        Tender(TenderKind.CARD, 500),
        Tender(TenderKind.CASH, 520, is_change=True),
    ),
    total_gr=TOTAL_GR,
    discount=Discount(50),
    nip="1234563218",
    reference="K1-17",
    footer=(FooterLine(25, "Zapraszamy"), FooterLine(2, "987")),
    qr="https://a.example/17",
    buyer_id="123456789012345",
)
SENT = [each for group in receipt_frames(RECEIPT) for each in group]
NAMES = [each.spec.name for each in SENT]
END = NAMES.index("trend")
# What cannot be told from a command that was carried out is not sent again.
ONCE = [position for position, each in enumerate(SENT) if each.spec.again is Again.ONCE]
HARMLESS = [
    *("SPOIL_COMMAND", "NO_CHECKSUM", "LOSE_ANSWER", "SPOIL_ANSWER", "LATE_ANSWER"),
    *("DOUBLE_ANSWER", "BLOCKED", "HELD"),
]
FAULTS = [*HARMLESS, "LOSE_COMMAND", "CUT_BEFORE", "CUT_WITHIN", "CUT_AFTER", "DIES", "REFUSED"]


def connected(counter) -> PosnetPrinter:
    printer = PosnetPrinter(counter.open_link, first_token=1000)
    printer.connect()
    counter.printer.done.clear()
    return printer


def test_without_faults(counter):
    connected(counter).print_receipt(RECEIPT, CLOSING)
    assert [frame.mnemonic for frame in counter.printer.done] == NAMES
    assert (counter.printer.receipts, counter.printer.day_gr) == (1, TOTAL_GR)
    assert (counter.printer.out_gr, counter.printer.in_gr) == (250, 100)
    assert counter.printer.below == ["Zapraszamy", "987"]


@pytest.mark.parametrize("name", FAULTS)
@pytest.mark.parametrize("position", range(len(SENT)))
def test_one_fault(counter, faults, position, name):
    printer = connected(counter)
    counter.fail(position, faults[name])
    outcome: type[DeviceError] | None = None
    try:
        printer.print_receipt(RECEIPT, CLOSING)
    except DeviceError as error:
        outcome = type(error)
    assert outcome is expected(position, name)
    small = counter.printer
    assert max(Tally(frame.token for frame in small.done).values(), default=1) == 1
    assert len(small.below) == len(set(small.below))
    if outcome is None:
        assert Tally(frame.mnemonic for frame in small.done) == Tally(NAMES)
        assert (small.receipts, small.day_gr) == (1, TOTAL_GR)
        assert small.below == ["Zapraszamy", "987"]
    elif position < END:
        assert (small.receipts, small.day_gr) == (0, 0)
    elif position > END:
        assert (small.receipts, small.day_gr) == (1, TOTAL_GR)


def expected(position: int, name: str) -> type[DeviceError] | None:
    if name == "HELD" and position == END:
        return Refused  # the till's own number is not given to a second command
    if name in HARMLESS:
        return None
    if name == "LOSE_COMMAND":
        return InDoubt if position in ONCE else None
    if name == "REFUSED":
        return Refused
    return Unreachable if name == "CUT_BEFORE" and position == 0 else InDoubt


@pytest.mark.parametrize("seed", range(60))
def test_many_faults(counter, faults, seed):
    fate = random.Random(seed)
    kinds = [faults[name] for name in FAULTS if name not in {"CUT_BEFORE", "DIES"}]
    printer = connected(counter)
    for position in range(len(SENT)):
        if fate.random() < 0.15:
            counter.fail(position, fate.choice(kinds))
    is_printed = False
    try:
        printer.print_receipt(RECEIPT, CLOSING)
        is_printed = True
    except DeviceError:
        pass
    assert counter.printer.receipts <= 1
    assert counter.printer.day_gr in {0, TOTAL_GR}
    assert counter.printer.receipts >= is_printed
    assert max(Tally(frame.token for frame in counter.printer.done).values(), default=1) == 1
