from __future__ import annotations

import random
from collections import Counter as Tally
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from drivers.errors import DeviceError, InDoubt, NotDone, Refused, Unreachable
from drivers.fiscal import (
    EXEMPT,
    INACTIVE,
    Blank,
    Buyer,
    Counters,
    Discount,
    Drawer,
    FiscalReceipt,
    FooterLine,
    Form,
    Goods,
    Header,
    Identity,
    Invoice,
    Item,
    Mechanism,
    PercentMode,
    Report,
    Status,
    Tender,
    TenderKind,
    TextLine,
    Transaction,
)
from drivers.posnet.frame import Frame
from drivers.posnet.generation import Generation
from drivers.posnet.printer import PosnetPrinter
from drivers.posnet.watch import Timings
from drivers.tape import Tape

TOTAL_GR = 1523
CLOSING = 77
RECEIPT = FiscalReceipt(
    items=(
        Item("Mleko", "A", 349, 2500, 873),
        Item("Chleb", "B", 500, 1000, 500, discount=Discount(50, "rabat")),
        Item("Woda", "A", 200, 1000, 200),
    ),
    tenders=(
        Tender(TenderKind.CASH, 2000),
        Tender(TenderKind.CASH, 477, is_change=True),
    ),
    total_gr=TOTAL_GR,
    nip="1234563218",
    cashier="Ala",
    desk="1",
    reference="K1-17",
)
# ftrcfg, trinit, three lines, trnipset, two trpayment, trend
COMMANDS = 9
GOES_WELL = {
    "LOSE_COMMAND",
    "SPOIL_COMMAND",
    "NO_CHECKSUM",
    "LOSE_ANSWER",
    "SPOIL_ANSWER",
    "LATE_ANSWER",
    "DOUBLE_ANSWER",
    "BLOCKED",
}
SENT_AGAIN = {"LOSE_COMMAND", "SPOIL_COMMAND", "NO_CHECKSUM"}
FAULTS = [*sorted(GOES_WELL), "CUT_BEFORE", "CUT_WITHIN", "CUT_AFTER", "DIES", "REFUSED"]


def connected(counter, **options) -> PosnetPrinter:
    printer = PosnetPrinter(counter.open_link, **{"first_token": 1000} | options)
    printer.connect()
    return printer


def done(counter) -> list[str]:
    return [frame.mnemonic for frame in counter.printer.done]


def test_connect_asks_who_is_there(counter):
    printer = PosnetPrinter(counter.open_link)
    assert printer.connect() == Identity("POSNET THERMAL XL2 ONLINE", "30.01", "ABC 2101000001")
    printer.close()
    assert counter.links[0].is_closed


def test_connect_drops_what_arrived_before(counter):
    printer = connected(counter)
    link = counter.links[0]
    counter.printer.post(b"\x02sid\tnm")
    printer.connect()
    assert link.is_closed
    assert len(counter.links) == 2


def test_questions(counter):
    printer = connected(counter)
    counter.printer.day_gr = 999
    assert printer.counters() == Counters(
        "ABC 2101000001", 0, 55, 0, 0, 0, (999, 0, 0, 0, 0, 0, 0), 70, 3
    )
    assert printer.mode().is_fiscal
    assert not printer.mode().totals_zero
    assert printer.transaction() == Transaction(
        is_open=False,
        totals_gr=(0,) * 7,
        payments_gr=0,
        change_gr=0,
        fiscal_part_done=False,
    )
    assert printer.clock() == datetime(2026, 10, 9, 11, 48, 15)
    assert printer.rates() == (2300, 800, 500, 0, INACTIVE, INACTIVE, EXEMPT)
    assert printer.report(4) == Report(
        4,
        datetime(2026, 10, 9, 11, 44),
        7,
        1,
        (4200, 0, 0, 0, 0, 0, 0),
        150,
    )


def test_status_is_immediate_and_leaves_no_token(counter):
    printer = connected(counter)
    counter.printer.mechanism = "5"
    kept = len(counter.printer.kept)
    assert printer.status().mechanism is Mechanism.NO_PAPER
    assert printer.status().paper_low
    assert len(counter.printer.kept) == kept


def test_status_of_a_dead_printer(counter):
    printer = connected(counter)
    counter.printer.is_dead = True
    with pytest.raises(Unreachable):
        printer.status()
    counter.printer.is_dead = False
    assert printer.status().is_ready  # the line was opened anew
    assert len(counter.links) == 2


def test_settings(counter):
    printer = connected(counter)
    printer.set_clock(datetime(2026, 10, 9, 12, 0))
    printer.set_rates((2300, 800, 500, 0, INACTIVE, 750, EXEMPT), date(2026, 10, 9))
    printer.set_header(Header("Zażółć & Syn", "Sklep", "Polna 1", "00-001", "Łódź"))
    clock, rates, header = counter.printer.done[-3:]
    assert clock.get("da") == "2026-10-09;12:00"
    assert dict(rates.fields) == {
        "va": "23",
        "vb": "8",
        "vc": "5",
        "vd": "0",
        "ve": "101",
        "vf": "7.5",
        "vg": "100",
        "da": "2026-10-09",
    }
    text = "&1Zażółć && Syn&1\nSklep\n&5Polna 1&5\n&200-001&2 &3Łódź&3"
    assert dict(header.fields) == {"tx": text, "pr": "1"}
    assert printer.header() == text


def test_small_commands(counter):
    printer = connected(counter)
    printer.cash(5000)
    printer.cash(-1200)
    printer.open_drawer()
    printer.cancel()
    printer.daily_report(date(2026, 10, 9), 4321)
    paid_in, paid_out, *_, report = counter.printer.done[-6:]
    assert dict(paid_in.fields) == {"kw": "5000", "wp": "1"}
    assert dict(paid_out.fields) == {"kw": "1200", "wp": "0"}
    assert done(counter)[-4:] == ["opendrwr", "prncancel", "eparagonidzcancel", "dailyrep"]
    assert (report.get("da"), report.token) == ("2026-10-09", "4321")
    assert printer.was_answered(4321)


def test_what_a_till_asks_before_and_after_a_sale(counter):
    printer = connected(counter)
    counter.printer.answers |= {
        "discounttypeget": (("dt", "T"),),
        "dbchkplu": (("vv", "8,00"), ("bl", "T")),
        "sdrwr": (("ds", "1"), ("ks", "2")),
    }
    assert printer.percent_mode() is PercentMode.DISCOUNT_FIRST
    assert printer.goods("Mleko & chleb") == Goods(800, is_locked=True)
    counter.printer.answers["dbchkplu"] = (("vv", "101,00"), ("bl", "N"))
    assert printer.goods("Kawa") == Goods(None, is_locked=False)
    assert printer.drawer() is Drawer.CLOSED
    for number, expected in (("0", Drawer.OPEN), ("2", Drawer.UNKNOWN), ("x", Drawer.UNKNOWN)):
        counter.printer.answers["sdrwr"] = (("ds", number),)
        assert printer.drawer() is expected
    printer.set_percent_mode(PercentMode.VALUE_FIRST)
    assert dict(counter.printer.done[-1].fields) == {"dt": "0"}
    asked = [dict(frame.fields) for frame in counter.printer.done if frame.mnemonic == "dbchkplu"]
    assert asked[0] == {"vt": "0", "na": "Mleko & chleb"}


def test_cancel_by_force(counter):
    printer = connected(counter)
    printer.cancel(by_force=True)
    assert "hardprncancel" in done(counter)
    assert "prncancel" not in done(counter)


def test_a_cancelled_receipt_leaves_no_buyer_to_the_next_one(counter):
    printer = connected(counter)
    counter.printer.objection = lambda frame: 4277 if frame.mnemonic.startswith("epar") else 0
    printer.cancel()  # a printer that does not know the service is not in the way
    assert counter.printer.seen[-1].mnemonic == "eparagonidzcancel"
    old = connected(counter, generation=Generation.OLD)
    old.cancel()
    assert counter.printer.seen[-1].mnemonic == "prncancel"


def test_the_older_generation_gets_its_own_texts(counter):
    printer = connected(counter, generation=Generation.OLD)
    long = replace(RECEIPT.items[0], name="M" * 60, discount=None)
    printer.print_receipt(replace(RECEIPT, items=(long,), tenders=(), total_gr=873), CLOSING)
    (line,) = [frame for frame in counter.printer.done if frame.mnemonic == "trline"]
    assert line.get("na") == "M" * 40


def test_lines_below_a_receipt_whose_end_alone_bears_the_tills_number(counter):
    printer = connected(counter)
    below = (FooterLine(25, "Zapraszamy"), FooterLine(2, "987"))
    printer.print_receipt(replace(RECEIPT, footer=below), CLOSING)
    names = [(frame.mnemonic, frame.token) for frame in counter.printer.done[-4:]]
    assert [name for name, _ in names] == ["trend", "trftrln", "trftrln", "trftrend"]
    assert [token == "0077" for _, token in names] == [True, False, False, False]


@pytest.mark.parametrize("name", ["LOSE_COMMAND", "REFUSED", "DIES"])
def test_trouble_below_the_fiscal_part_never_repeats_the_receipt(counter, faults, name):
    printer = connected(counter)
    counter.fail(COMMANDS, faults[name])  # the first line below
    with pytest.raises(Refused if name == "REFUSED" else InDoubt):
        printer.print_receipt(replace(RECEIPT, footer=(FooterLine(25, "x"),)), CLOSING)
    assert counter.printer.receipts == 1
    assert done(counter).count("trftrln") == (name == "DIES")
    counter.printer.is_dead = False
    printer.finish_footer()
    assert (done(counter)[-1], counter.printer.receipts) == ("trftrend", 1)


def test_an_invoice(counter):
    printer = connected(counter)
    invoice = Invoice("FV 1", Buyer("Jan", "1234563218"))
    sold = replace(RECEIPT, items=RECEIPT.items[:1], total_gr=873, invoice=invoice)
    printer.print_receipt(sold, CLOSING)
    assert done(counter)[-6:] == [
        *["ftrcfg", "trfvinit", "trfvnumber", "trfvbuyer", "trline", "trend"],
    ]
    assert counter.printer.done[-1].token == "0077"
    before = len(counter.printer.seen)
    with pytest.raises(Refused):
        printer.print_receipt(replace(sold, discount=Discount(1)), CLOSING)
    assert len(counter.printer.seen) == before


def test_form(counter):
    connected(counter).print_form(("Raport zmiany", "Kasjer: Ala", "", "x" * 40))
    names = [frame.mnemonic for frame in counter.printer.done[-6:]]
    assert names == ["formstart", "formline", "formcmd", "formline", "formline", "formend"]
    assert counter.printer.lines == ["Kasjer: Ala", "x" * 38, "xx"]


@pytest.mark.parametrize(
    "print_it",
    [
        lambda printer: printer.print_form(("T", "a", "b", "c")),
        lambda printer: printer.forms.print(Form("T", (TextLine("a"), Blank(), TextLine("c")))),
    ],
)
def test_lines_of_a_form_keep_their_order_on_a_bad_line(counter, faults, print_it):
    printer = connected(counter)
    counter.fail(1, faults.SPOIL_COMMAND)
    print_it(printer)
    assert counter.printer.lines[0] == "a"
    assert counter.printer.lines[-1] == "c"


def test_receipt(counter):
    printer = connected(counter)
    printer.print_receipt(RECEIPT, CLOSING)
    assert done(counter)[-COMMANDS:] == [
        *["ftrcfg", "trinit", "trline", "trline", "trline"],
        *["trnipset", "trpayment", "trpayment", "trend"],
    ]
    assert counter.printer.done[-1].token == "0077"
    assert (counter.printer.receipts, counter.printer.day_gr) == (1, TOTAL_GR)
    assert printer.was_answered(CLOSING)
    assert not printer.was_answered(CLOSING + 1)


def test_a_refused_end_was_not_answered_well(counter):
    printer = connected(counter)
    with pytest.raises(Refused) as caught:
        printer.print_receipt(FiscalReceipt(RECEIPT.items, RECEIPT.tenders, 1), CLOSING)
    assert (caught.value.code, caught.value.command) == (2805, "trend")
    assert not printer.was_answered(CLOSING)
    assert "prncancel" not in done(counter)


def test_another_question_with_that_token_is_no_answer(counter):
    printer = connected(counter, first_token=CLOSING)
    assert not printer.was_answered(CLOSING)  # it was given to the question who is there


@pytest.mark.parametrize("token", [0, 10_000])
def test_a_token_the_wire_cannot_carry(counter, token):
    printer = connected(counter)
    before = len(counter.printer.seen)
    with pytest.raises(ValueError, match="token"):
        printer.print_receipt(RECEIPT, token)
    assert len(counter.printer.seen) == before


@pytest.mark.parametrize(
    "item",
    [
        Item("Złoto", "A", 10**11, 1000, 10**11),
        Item("Nic", "A", 100, 0, 0),
        Item("Nic", "H", 100, 1000, 100),
    ],
)
def test_a_receipt_the_wire_cannot_carry(counter, item):
    printer = connected(counter)
    before = len(counter.printer.seen)
    with pytest.raises(NotDone, match="cannot be sent"):
        printer.print_receipt(FiscalReceipt((item,), (), 1), CLOSING)
    assert len(counter.printer.seen) == before


def test_summer_time_is_told_where_it_is_known(counter):
    printer = connected(counter)
    warsaw = ZoneInfo("Europe/Warsaw")
    for fold, flag in ((0, "1"), (1, "0")):
        printer.set_clock(datetime(2026, 10, 25, 2, 30, tzinfo=warsaw, fold=fold))
        assert dict(counter.printer.done[-1].fields) == {"da": "2026-10-25;02:30", "st": flag}
    printer.set_clock(datetime(2026, 10, 25, 2, 30))
    assert dict(counter.printer.done[-1].fields) == {"da": "2026-10-25;02:30"}


def test_a_drawer_that_cannot_be_asked(counter):
    printer = connected(counter)
    counter.printer.immediate = lambda name: Frame("ERR", (("cm", name),), error=1)
    with pytest.raises(Refused, match="sdrwr"):
        printer.drawer()


def test_lines_go_out_back_to_back_and_the_end_alone(counter):
    tape = Tape()
    printer = PosnetPrinter(lambda: tape.wrap(counter.open_link()), first_token=1000)
    printer.print_receipt(FiscalReceipt(RECEIPT.items[:1] * 9, (), 873 * 9), CLOSING)
    marks = [
        ("S" if passage.is_ours else "A") + passage.data[3:5].decode()
        for passage in tape.passages()
        if passage.data[1:3] == b"tr"
    ]
    first_answer = marks.index("Ali")
    assert marks[:first_answer] == ["Sin", "Ain", "Sli", "Sli", "Sli", "Sli"]
    assert marks[-3:] == ["Ali", "Sen", "Aen"]


def test_the_end_goes_out_after_every_good_answer(counter, faults):
    printer = connected(counter)
    counter.fail(7, faults.REFUSED)  # the change
    with pytest.raises(Refused):
        printer.print_receipt(RECEIPT, CLOSING)
    assert "trend" not in [frame.mnemonic for frame in counter.printer.seen]


@pytest.mark.parametrize("name", FAULTS)
@pytest.mark.parametrize("position", range(COMMANDS))
def test_every_fault_at_every_command(counter, faults, position, name):
    printer = connected(counter)
    before = len(counter.printer.done)
    counter.fail(position, faults[name])
    outcome: type[DeviceError] | None = None
    try:
        printer.print_receipt(RECEIPT, CLOSING)
    except DeviceError as error:
        outcome = type(error)
    assert outcome is expected(position, name)
    assert max(Tally(frame.token for frame in counter.printer.done).values()) == 1
    most = max(counter.sent().values(), default=0)
    assert most <= 1 + (name in SENT_AGAIN)
    carried_out = len(counter.printer.done) - before
    if outcome is None:
        assert (counter.printer.receipts, counter.printer.day_gr) == (1, TOTAL_GR)
        assert carried_out == COMMANDS
    if outcome is Unreachable:
        assert carried_out == 0


def expected(position: int, name: str) -> type[DeviceError] | None:
    if name in GOES_WELL:
        return None
    if name == "REFUSED":
        return Refused
    return Unreachable if name == "CUT_BEFORE" and position == 0 else InDoubt


@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_at_the_daily_report(counter, faults, name):
    printer = connected(counter)
    counter.fail(0, faults[name])
    outcome: type[DeviceError] | None = None
    try:
        printer.daily_report(date(2026, 10, 9), 4321)
    except DeviceError as error:
        outcome = type(error)
    # A report lost without a word is not sent again: the counter of reports decides.
    assert outcome is (InDoubt if name == "LOSE_COMMAND" else expected(0, name))
    assert counter.printer.reports <= 1
    assert (counter.printer.reports == 1) >= (outcome is None)
    # After a cut or silence another process can still ask.
    counter.printer.is_dead = False
    assert PosnetPrinter(counter.open_link).was_answered(4321) is (counter.printer.reports == 1)


def test_blocked_printer_tells_and_goes_on(counter, faults):
    heard: list[Status] = []
    printer = connected(counter, on_wait=heard.append)
    began_s = counter.clock.now_s
    counter.fail(3, faults.BLOCKED)
    printer.print_receipt(RECEIPT, CLOSING)
    assert 40 <= counter.clock.now_s - began_s < 45
    assert {status.mechanism for status in heard} == {Mechanism.NO_PAPER}
    assert 15 <= len(heard) <= 40
    assert [each.mnemonic for each in counter.printer.seen].count("rpt") == 0


def test_nobody_brings_paper(counter, faults):
    printer = connected(counter, timings=Timings(blocked_max_s=10))
    counter.fail(0, faults.BLOCKED)
    with pytest.raises(InDoubt, match="prncancel"):
        printer.cancel()


def test_unreachable_says_so_before_anything_is_sent(counter):
    printer = PosnetPrinter(counter.open_link)
    counter.is_unplugged = True
    with pytest.raises(Unreachable):
        printer.connect()
    with pytest.raises(Unreachable):
        printer.print_receipt(RECEIPT, CLOSING)
    counter.is_unplugged = False
    printer.print_receipt(RECEIPT, CLOSING)
    assert counter.printer.receipts == 1


def test_a_silent_printer_at_connect_is_unreachable(counter):
    counter.printer.is_dead = True
    with pytest.raises(Unreachable):
        PosnetPrinter(counter.open_link).connect()
    assert counter.links[0].is_closed


def test_a_refusal_at_connect_is_told_as_it_is(counter, faults):
    counter.fail(1, faults.REFUSED)
    with pytest.raises(Refused):
        PosnetPrinter(counter.open_link).connect()
    assert counter.links[0].is_closed


def test_another_printer_after_a_break_gets_nothing(counter, faults):
    printer = connected(counter)
    counter.fail(0, faults.CUT_BEFORE)
    with pytest.raises(Unreachable):
        printer.cancel()
    counter.printer.unique_no = "XYZ 0000000001"
    with pytest.raises(Unreachable, match="XYZ 0000000001"):
        printer.cancel()
    assert "prncancel" not in done(counter)
    assert printer.connect().unique_no == "XYZ 0000000001"  # asked for by name, it is taken
    printer.cancel()
    assert "prncancel" in done(counter)


def test_unreadable_answers_are_in_doubt(counter):
    printer = connected(counter)
    counter.printer.vatget = lambda _: (("va", "much"),)
    with pytest.raises(InDoubt, match="vatget"):
        printer.rates()


@pytest.mark.parametrize("seed", range(150))
def test_many_faults_at_once_never_print_twice(counter, faults, seed):
    fate = random.Random(seed)
    kinds = [faults[name] for name in sorted(GOES_WELL | {"CUT_WITHIN", "CUT_AFTER", "REFUSED"})]
    printer = connected(counter)
    for position in range(COMMANDS):
        if fate.random() < 0.3:
            counter.fail(position, fate.choice(kinds))
    try:
        printer.print_receipt(RECEIPT, CLOSING)
    except Refused:
        assert counter.printer.receipts == 0
    except InDoubt:
        assert counter.printer.receipts <= 1
    else:
        assert (counter.printer.receipts, counter.printer.day_gr) == (1, TOTAL_GR)
    assert max(Tally(frame.token for frame in counter.printer.done).values()) == 1
    assert max(counter.sent().values()) <= 2
