"""One case of the fault matrix: a receipt of ten lines with a footer, one fault at one command.

    python -m tests.fiscal.matrix    writes matrix.csv anew: read what changed before you keep it

A cell says how the receipt came into the fiscal memory, by the steps of the recovery table
(docs/architecture.md, "What really happened"):

    6          sold at the first attempt
    7 6        never sold; the cashier pressed Enter, then sold
    4.8 6      found open, cancelled on paper; pressed Enter, then sold
    - 6        never begun: the printer did not answer before; pressed Enter, then sold
    3!         selling stopped at step 3 until a technician came; the receipt was given up
    -! 6       selling stopped before anything was sent; a technician came; pressed Enter, then sold
"""

from __future__ import annotations

import csv
import tempfile
import threading
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

from drivers.fiscal import NO_TOTALS
from hw_emulator.faults import Kind
from hw_emulator.posnet.mechanism import Wait
from hw_emulator.posnet.memory import read_memory
from terminal import events
from terminal.day import recovery
from terminal.errors import Code
from terminal.people import pins
from terminal.sale import fiscalise, meeting
from terminal.sale.receipt import State
from tests.crash.power import METHODS, WAIT_S, Stand
from tests.fiscal.rig import MEMORY_DISK, fill, open_shop
from tests.shop import wait_until

FILE = Path(__file__).with_name("matrix.csv")
# Every command of the receipt, in the order on the line, and the questions before and after it.
COMMANDS = (
    *("scnt:1", "stot:1", "sfsk:1"),
    *("ftrcfg:1", "trinit:1"),
    *(f"trline:{number}" for number in range(1, 11)),
    *("trdiscntbill:1", "trnipset:1", "trpayment:1", "trpayment:2", "trpayment:3"),
    *("trend:1", "trftrln:1", "trftrend:1"),
    *("scnt:2", "stot:2", "sfsk:2", "strns:1"),
)
# What a fault is told, so that it strikes the same way each time; the others need nothing.
VALUES = {
    Kind.CUT_REQUEST: "6", Kind.GARBLE_REQUEST: "6.1", Kind.NOISE_REQUEST: "8",
    Kind.DEAD_REQUEST: "3/0.1", Kind.UNPLUG_REQUEST: "3",
    Kind.CUT: "6", Kind.GARBLE: "6.1", Kind.NOISE: "8", Kind.NOISE_IN: "8", Kind.NOISE_AFTER: "8",
    Kind.LATE: "0.4", Kind.DEAD: "3/0.1", Kind.UNPLUG: "3", Kind.SLOW_LINE: "115200",
    Kind.SLOW: "0.3", Kind.REFUSE: "2106", Kind.FRAME_ERROR: "5",
    Kind.REBOOT: "0.1", Kind.REBOOT_AFTER: "0.1",
    Kind.RAM_RESET: "0.1", Kind.RAM_RESET_AFTER: "0.1",
    Kind.CLOCK: "61", Kind.HOLD: "0.1",
}  # fmt: skip
FAULTS = tuple(Kind)
# After these the day's totals are lost, or a printout has taken the till's name of the receipt.
SPOILING = {Kind.RAM_RESET, Kind.RAM_RESET_AFTER, Kind.OWN_REPORT}
DEATHS = {Kind.DIE_BEFORE, Kind.DIE_AFTER}
_PUT_RIGHT_AFTER_S = 0.1


def spec(command: str, fault: Kind) -> str:
    """The fault as the emulator reads it."""
    value = VALUES.get(fault, "")
    return f"{fault}:{command}" + (f":{value}" if value else "")


def read() -> dict[tuple[str, str], str]:
    """The file: what is expected of each command and fault."""
    with FILE.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    return {
        (row[0], fault): cell
        for row in rows
        for fault, cell in zip(header[1:], row[1:], strict=True)
    }


@dataclass
class Shop:
    """A till and a printer that have sold the receipt once, so that its names are known."""

    stand: Stand

    def __post_init__(self) -> None:
        self.cases = 0
        self._steps: list[int] = []
        self._is_begun = False
        self.alive = open_shop(self.stand)
        self._ring_up()
        assert isinstance(self._pay(), events.ReceiptPrinted)
        really_rule = fiscalise.rule

        def rule(*seen):
            ruling = really_rule(*seen)
            if self._steps[-1:] != [ruling.step]:
                self._steps.append(ruling.step)
            return ruling

        self._patch = patch.object(fiscalise, "rule", rule)
        self._patch.start()

    def close(self) -> None:
        self._patch.stop()
        self.stand.clear()

    # --- one case ------------------------------------------------------------------------------

    def case(self, command: str, fault: Kind) -> tuple[str, list[str]]:
        """How it went, and everything that is wrong then."""
        self.cases += 1
        before = len(self._printed())
        rid = self._ring_up()
        self._strike(command, fault)
        cell = self._attempt()
        self._calm()
        while self.alive.view().receipt.state is State.PAID:
            cell += " " + self._attempt()
            self._calm()
        return cell, self._judge(rid, cell, before)

    def _strike(self, command: str, fault: Kind) -> None:
        if fault in DEATHS:
            self.stand.let_printer_die(spec(command, fault))
        else:
            self.stand.printer.faults.add(spec(command, fault))

    def _attempt(self) -> str:
        """Pay, or press Enter once more; the steps that were walked."""
        self._steps.clear()
        attempts = self._attempts()
        told = self._pay()
        walked = ".".join(map(str, self._steps)) if self._attempts() > attempts else "-"
        return walked + "!" * isinstance(told, events.SellingBlocked)

    def _pay(self) -> object:
        alive = self.alive
        since = alive.heard.mark()
        is_done = threading.Event()
        somebody = threading.Thread(target=self._put_right, args=(is_done,))
        somebody.start()
        try:
            if alive.view().receipt.state is State.PAID:
                alive.do(alive.till.print_receipt)
            else:
                alive.do(alive.till.pay, METHODS["card"], 1000)
                alive.do(alive.till.pay, METHODS["card"], 500)
                alive.do(alive.till.pay, METHODS["cash"], 20_000)
            ends = (events.ReceiptPrinted, events.ReceiptNotPrinted, events.SellingBlocked)
            return alive.await_one(ends, since)
        finally:
            is_done.set()
            somebody.join()

    def _put_right(self, is_done: threading.Event) -> None:
        """New paper, the cover closed, a key pressed: after a moment."""
        while not is_done.wait(_PUT_RIGHT_AFTER_S):
            printer = self.stand.printer
            if printer.device.mechanism:
                printer.set_mechanism()
            if printer.device.waiting is Wait.KEY:
                printer.station.press()

    def _calm(self) -> None:
        """Nothing is wrong any more; whoever has to come comes."""
        alive = self.alive
        self.stand.revive_printer()
        printer = self.stand.printer
        wait_until(lambda: printer.station.is_on, "power", timeout_s=WAIT_S)
        printer.faults.clear()
        printer.set_mechanism()
        printer.device.held_by, printer.device.drift = 0, timedelta()
        for _ in range(2):
            alive.till.tick().result(WAIT_S)
        alive.settle()
        while (blocked := alive.view().blocked) is not None:
            is_report = blocked.code is Code.REPORT_DIFFERS
            verb = alive.till.confirm_report if is_report else alive.till.accept_printer
            alive.do(verb).result(WAIT_S)
            assert alive.view().blocked != blocked, blocked
        wait_until(lambda: alive.view().printer_online, "online", timeout_s=WAIT_S)

    # --- what became of it ---------------------------------------------------------------------

    def _judge(self, rid: str, cell: str, before: int) -> list[str]:
        """Exactly one fiscal receipt for the sale, or a sale that was given up by name."""
        ((state, total_gr, totals, *numbers),) = self.alive.journal(
            "SELECT state, total_gr, coalesce(totals_gr, ''), report_no, receipt_no FROM receipt"
            " WHERE rid = ?",
            rid,
        )
        printed = self._printed()
        # A report made in between has taken the till's name of the receipt for itself.
        nameless = [it for it in printed[before:] if not it.reference]
        mine = [it for it in printed if it.reference == rid[:8]]
        mine += [it for it in nameless if [it.report_no, it.number] == numbers]
        (outcomes,) = zip(
            *self.alive.journal("SELECT outcome FROM attempt WHERE rid = ? ORDER BY no", rid),
            strict=True,
        )
        wrong = []
        if len(printed) != before + len(mine):
            wrong.append("a receipt of nobody")
        if state == "FISCAL":
            if [it.total_gr for it in mine] != [total_gr]:
                wrong.append(f"sold once for {total_gr}, printed {[it.total_gr for it in mine]}")
            if mine and totals != str(list(mine[0].totals_gr)).replace(" ", ""):
                wrong.append(f"letters {totals}, printed {mine[0].totals_gr}")
        elif (state, outcomes[-1]) != ("DROPPED", "DISPUTED") or "!" not in cell:
            wrong.append(f"{state} after {outcomes}")
        if None in outcomes or outcomes.count("SOLD") != (state == "FISCAL"):
            wrong.append(f"attempts {outcomes}")
        return wrong

    def _printed(self):
        return read_memory(self.stand.memory).receipts

    def _attempts(self) -> int:
        ((count,),) = self.alive.journal("SELECT count(*) FROM attempt")
        return count

    def _ring_up(self) -> str:
        """Ten lines that are sold, one that is struck out, discounts of both kinds, a NIP."""
        alive, till = self.alive, self.alive.till
        for code in ("1", "2", "4", "5", "6", "7", "8", "9", "10"):
            alive.do(till.sell, code)
        alive.do(till.sell_article, "g12", 333, 1999)
        alive.do(till.sell, "11")
        alive.do(till.discount_line, 4, percent_bp=1250)
        alive.do(till.discount_line, 7, amount_gr=10)
        alive.do(till.void_line, 10)
        alive.do(till.discount_receipt, amount_gr=123)
        alive.do(till.set_nip, "5260001246")
        receipt = alive.view().receipt
        assert len(receipt.live_lines) == 10
        assert receipt.totals_gr != NO_TOTALS
        return receipt.rid


def shorten_waits(monkeypatch_setattr) -> None:
    """Waits of people and lines, shortened."""
    monkeypatch_setattr(fiscalise, "_RETRY_FIRST_S", 0.01)
    monkeypatch_setattr(fiscalise, "_RETRY_MAX_S", 0.05)
    monkeypatch_setattr(fiscalise, "_LOOK_EVERY_S", 0.02)
    monkeypatch_setattr(recovery, "RETRY_S", 0.02)
    monkeypatch_setattr(meeting, "_MEET_EVERY_S", 0.0)
    monkeypatch_setattr(pins, "verify", lambda pin, pin_hash: True)


def main() -> None:
    """Find out each cell and write the file."""
    shorten_waits(setattr)
    root = Path(tempfile.mkdtemp(prefix="matrix-", dir=MEMORY_DISK))
    origin = fill(root / "origin")
    rows = []
    for command in COMMANDS:
        shop = None
        cells = []
        for fault in FAULTS:
            if shop is None:
                folder = root / f"{command}-{fault}"
                folder.mkdir()
                shop = Shop(Stand(folder, origin))
            cell, wrong = shop.case(command, fault)
            print(f"{command:14} {fault:16} {cell:10} {'; '.join(wrong)}", flush=True)  # noqa: T201 - it is a program
            cells.append(cell)
            if fault in SPOILING or fault is FAULTS[-1]:
                shop.close()
                shop = None
        rows.append([command, *cells])
    with FILE.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([["command", *FAULTS], *rows])


if __name__ == "__main__":
    main()
