from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from terminal import events
from terminal.errors import Blocked, Code, Rejected
from terminal.sale.line import Line
from terminal.sale.receipt import Receipt, State
from terminal.store.exchanges import Cause, Exchange
from terminal.store.outbox import Unsent
from terminal.update.phase import UpdateState
from ui.known import NEWS_MAX, Known, after, from_view, is_sold

RECEIPT = Receipt("r1", "", "u1", "Anna")
LINE = Line("p1", "1", "", "Mleko", "szt", 0, "A", 2300, 349, 349, 1000)
PAID = replace(RECEIPT, state=State.PAID)


def view(**more):
    values = {
        "heard_at": None,
        "parking": None,
        "operator": None,
        "receipt": RECEIPT,
        "printer_online": True,
        "waits_for": "",
        "network_online": False,
        "unsent": Unsent(0, "", 0),
        "blocked": None,
        "last_sale": None,
        "settings": None,
        "day": "OPEN",
        "notes": (),
        "office_off": None,
        "update": UpdateState(),
        "imported": None,
    }
    return SimpleNamespace(**{**values, **more})


def test_the_first_view_brings_the_receipt_later_ones_do_not():
    known = from_view(Known(), view())
    assert known.receipt == RECEIPT
    newer = after(known, events.ReceiptChanged(PAID))
    assert from_view(newer, view(day="DUE")) == replace(newer, day="DUE")


def test_a_paid_receipt_found_at_the_start_waits_for_the_cashier():
    assert from_view(Known(), view(receipt=PAID)).awaits_print
    assert not from_view(Known(), view()).awaits_print


def test_the_way_of_a_receipt_that_fails_and_is_printed_again():
    known = after(Known(), events.ReceiptChanged(PAID))
    assert not known.awaits_print
    printing = events.ReceiptChanged(replace(PAID, state=State.PRINTING))
    known = after(after(known, printing), events.ReceiptChanged(PAID))
    failed = events.ReceiptNotPrinted(PAID, Rejected(Code.NO_PRINTER), was_cancelled=False)
    known = after(known, failed)
    assert known.awaits_print
    assert known.not_printed == failed
    known = after(known, printing)
    assert not known.awaits_print
    known = after(known, events.ReceiptPrinted(PAID, 5, 100))
    assert known.receipt is None
    assert known.last_sale.change_gr == 100


@pytest.mark.parametrize(
    ("event", "field", "value"),
    [
        (events.PrinterChanged(is_online=True, waits_for="cover"), "waits_for", "cover"),
        (events.PrinterChanged(is_online=True), "printer_online", True),
        (events.NetworkChanged(is_online=True), "network_online", True),
        (events.UnsentChanged(Unsent(2, "x", 1)), "unsent", Unsent(2, "x", 1)),
        (events.SellingBlocked(None), "blocked", None),
    ],
)
def test_events_move_one_field(event, field, value):
    assert getattr(after(Known(), event), field) == value


def test_blocked_and_what_does_not_matter():
    reason = Blocked(Code.RAM_RESET)
    assert after(Known(), events.SellingBlocked(reason)).blocked is reason
    assert after(Known(), events.PullProgress("products", 1)) == Known()


def test_has_lines():
    assert not Known().has_lines
    assert not Known(receipt=RECEIPT).has_lines


def test_only_what_a_login_began_is_news_and_a_log_out_ends_it():
    known = Known()
    for cause in Cause:
        known = after(known, events.Exchanged(Exchange("", cause, cause)))
    assert [one.cause for one in known.news] == [Cause.LOGIN, Cause.OPENING]
    assert after(known, events.OperatorChanged(None)).news == ()


def test_news_are_bounded():
    known = Known()
    for number in range(NEWS_MAX + 2):
        known = after(known, events.Exchanged(Exchange(str(number), "users", Cause.LOGIN)))
    assert [one.at for one in known.news] == ["2", "3", "4", "5"]


def test_what_moves_and_when_the_office_was_heard():
    at = datetime(2026, 11, 22, tzinfo=UTC)
    known = after(after(Known(), events.DataMoves(is_moving=True)), events.OfficeHeard(at))
    assert (known.is_moving, known.heard_at) == (True, at)
    assert not after(known, events.DataMoves(is_moving=False)).is_moving


def test_only_another_line_is_something_sold():
    one = Receipt("r1", "", "u1", "Anna", lines=(LINE,))
    assert is_sold(Known(), events.ReceiptChanged(one))
    known = after(Known(), events.ReceiptChanged(one))
    assert not is_sold(known, events.ReceiptChanged(replace(one, nip="5260250274")))
    assert is_sold(known, events.ReceiptChanged(replace(one, lines=(LINE, LINE))))
    assert not is_sold(known, events.ReceiptChanged(Receipt("", "", "", "")))
    assert not is_sold(known, events.OperatorChanged(None))


def test_the_offices_clock_and_the_receipt_printer_are_lamps_too():
    known = after(Known(), events.OfficeClock(timedelta(seconds=90)))
    assert known.office_off == timedelta(seconds=90)
    known = after(known, events.PaperChanged("out", "paper"))
    known = after(known, events.PaperChanged("unknown", "silent"))
    assert known.devices == (events.DeviceChanged("receipt_printer", False, "silent"),)
