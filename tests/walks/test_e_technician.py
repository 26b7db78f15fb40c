"""Walk (e): a technician comes when till and printer disagree."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drivers.link import open_link
from drivers.posnet.printer import PosnetPrinter
from drivers.tape import Tape
from hw_emulator.host import start_posnet
from hw_emulator.posnet.memory import read_memory
from terminal import events
from terminal.errors import Blocked, Code, Rejected
from terminal.sale.fiscalise import fiscal_receipt
from tests.crash.books import check
from tests.shop import counter, wait_until


@pytest.fixture
def one(tmp_path):
    with counter(tmp_path) as counted:
        counted.start_till()
        counted.ready()
        yield counted


def sell_behind_the_tills_back(one):
    """Another program on the same printer: what the counters show, the journal did not do."""
    tape = Tape()
    printer = PosnetPrinter(lambda: tape.wrap(open_link(one.printer_url)))
    printer.connect()
    receipt = one.heard.wait(events.ReceiptPrinted).receipt
    printer.print_receipt(replace(fiscal_receipt(receipt, "T9"), reference="Stranger"), 77)
    printer.close()
    return tape


def blocked(one):
    one.till.tick().result(10)
    return one.view().blocked


def test_the_tape_shows_a_technician_every_frame(one):
    one.sell("1")
    lines = sell_behind_the_tills_back(one).lines()
    assert any("> <02>trinit" in line for line in lines)
    assert any("> <02>trend" in line and "@0077" in line for line in lines)
    assert any("< <02>trend" in line for line in lines)


def test_selling_stops_until_a_technician_accepts_the_printer(one):
    one.sell("1")
    sell_behind_the_tills_back(one)
    since = one.heard.mark()
    one.do(one.till.sell, "2")
    one.do(one.till.pay, one.method("cash"))
    refused = one.heard.wait(events.ReceiptNotPrinted, since)
    assert refused.reason.code is Code.DISAGREES
    assert one.view().blocked.code is Code.DISAGREES
    with pytest.raises(Blocked):
        one.do(one.till.print_receipt)
    assert len(read_memory(one.memory_file).receipts) == 2

    # Marek may not; Ewa has the right to serve.
    with pytest.raises(Rejected) as no_right:
        one.do(one.till.accept_printer)
    assert no_right.value.code is Code.NO_RIGHT
    one.do(one.till.login, "3", "3333")
    one.do(one.till.accept_printer).result(10)
    wait_until(lambda: one.view().blocked is None, "selling goes on")
    ((body,),) = one.journal("SELECT body FROM document WHERE body LIKE '%printer_accepted%'")
    assert '"operator":"Ewa"' in body

    # What was paid is still there, and prints by one confirmation.
    since = one.heard.mark()
    if one.view().receipt.rid:
        one.do(one.till.print_receipt)
    else:
        one.do(one.till.sell, "2")
        one.do(one.till.pay, one.method("cash"))
    assert one.heard.wait(events.ReceiptPrinted, since).receipt_no == 3
    wrong = check(one.till_folder / "journal.db", one.memory_file)
    # The stranger's receipt stays what it is, and the auditor is told of nothing else.
    assert [sentence for sentence in wrong if "Stranger" not in sentence] == [], wrong
    assert wrong == ["in fiscal memory, not in the journal: Stranger no 2"]


def test_another_printer_stops_selling_and_the_own_one_lets_it_go_on(one):
    one.sell("1")
    one.printer.stop()
    port = one._printer_options["tcp"]
    stranger = start_posnet(None, tcp=port)
    stranger.device.books.unique_no = "ZBR9999999999"
    wait_until(lambda: blocked(one) is not None, "stopped")
    assert one.view().blocked.code is Code.WRONG_PRINTER
    one.do(one.till.sell, "2")
    with pytest.raises(Blocked):
        one.do(one.till.pay, one.method("cash"))
    stranger.stop()
    one.start_printer()
    wait_until(lambda: blocked(one) is None, "selling goes on")
    since = one.heard.mark()
    one.do(one.till.pay, one.method("cash"))
    assert one.heard.wait(events.ReceiptPrinted, since).receipt_no == 2
    assert check(one.till_folder / "journal.db", one.memory_file) == []
