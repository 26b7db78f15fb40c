"""Scans and small devices at the cashier's screen: a fake till first, then the whole shop."""

from __future__ import annotations

import asyncio
import time

import msgspec
import pytest

from drivers.gs1 import check_digit
from drivers.scan import read_scan
from hw_emulator.gear.model import start_gear
from hw_emulator.gear.scanner import BarcodeScanner
from terminal import events
from terminal.gear import tables
from tests.shop import Counter, wait_until
from tests.ui.conftest import running
from ui.screens.selling import Selling

MILK = "5900000000001"
DEADLINE_S = 20.0


def serial(till, code: str) -> None:
    till.engine.tell(events.Scanned(read_scan(code)))


async def test_a_serial_scan_is_sold_as_one_from_a_keyboard(sale, till):
    serial(till, f"]E0{MILK}")
    await sale.until("Mleko", "1 item")
    sale.scan(MILK)
    await sale.until("2 items")
    assert [call for call in till.calls if call[0] == "sell_scan"] == [
        ("sell_scan", MILK, None),
        ("sell_scan", MILK, None),
    ]


async def test_the_quantity_typed_before_it_holds_for_both(sale, till):
    sale.keys("3", "*")
    await sale.until("3 × _")
    serial(till, MILK)
    await sale.until("3 szt × 3,49")


async def test_a_question_swallows_a_serial_scan(sale, till):
    sale.keys("1", "enter", "esc")
    await sale.until("Void or cancel")
    serial(till, MILK)
    await sale.until("Answer first")
    assert len(till.receipt.lines) == 1


async def test_a_serial_scan_on_another_page_goes_to_the_sale(sale, till):
    sale.keys("f10")
    await sale.until("Lock the screen")
    serial(till, MILK)
    await sale.until("Mleko")
    assert isinstance(sale.app.desk.page, Selling)


async def test_a_weight_code(sale, till):
    digits = "280000301250"
    serial(till, digits + str(check_digit(digits)))
    await sale.until("Ser gouda", "1,25")
    sale.keys("2", "*").scan(digits + str(check_digit(digits)))
    await sale.until("E-90")
    assert len(till.receipt.lines) == 1


async def test_one_scan_of_two_articles_is_asked(sale, till):
    serial(till, "5900000000099")
    await sale.until("Several articles: choose one")
    sale.keys("down", "enter")
    await sale.until("Piwo ciemne")


async def test_an_unknown_scan_is_short_on_the_screen(sale, till):
    serial(till, "x" * 400)
    text = await sale.until("E-01")
    assert "x" * 41 not in text


@pytest.mark.parametrize("keys", [("enter", "enter"), ("esc", "enter"), ("enter",) * 6])
async def test_a_bar_code_of_commands_does_nothing(sale, till, keys):
    sale.keys("1", "enter")
    await sale.until("1 item")
    sale.now_s += 1
    for key in keys:
        sale._key(key, 0.002)
    await sale.until("The scan could not be read")
    assert isinstance(sale.app.desk.page, Selling)
    assert not any(call[0] in {"pay", "drop_receipt"} for call in till.calls)


async def test_devices_that_do_not_answer_are_told_and_listed(sale, till):
    till.engine.tell(events.DeviceChanged("scanner", is_online=True))
    till.engine.tell(events.DeviceChanged("scale", is_online=False, detail="unplugged"))
    await sale.until("Scale does not answer; selling goes on")
    sale.keys("1", "enter")
    await sale.until("1 item")
    sale.keys("f10", "7", "2")
    text = await sale.until("Fiscal printer", "Scanner")
    lines = {line[:34].strip(): line[34:].strip() for line in text.splitlines()}
    assert lines["Scanner"] == "answers"
    assert lines["Scale"] == "does not answer"


async def test_a_screen_that_starts_late_knows_the_lamps(till):
    till.gear.lamps = {"drawer": events.DeviceChanged("drawer", is_online=False)}
    async with running(till) as late:
        await late.log_in()
        late.keys("f10", "7", "2")
        await late.until("Drawer", "does not answer")


async def test_a_drawer_left_open(sale, till):
    till.engine.tell(events.DrawerChanged(True, 60.2, True))
    await sale.until("The drawer has been open for 60 s")


# --- the whole shop --------------------------------------------------------------------------


class Stand(Counter):
    """A shop with a scanner on a pseudo-terminal of its own."""

    @property
    def config(self):
        scanner = tables.Scanner(url=str(self.folder / "scanner"), weight_codes=("28PPPPPWWWWWC",))
        return msgspec.structs.replace(super().config, scanner=scanner)


@pytest.fixture
def stand(tmp_path, monkeypatch):
    monkeypatch.setattr("ui.speech.use_language", lambda language: None)
    scanner = start_gear(BarcodeScanner(slice_bytes=3), pty=tmp_path / "scanner")
    shop = Stand(tmp_path)
    till = shop.start_till()
    wait_until(lambda: "products" in till.lookup.call(till.shelf.last_pulls).result())
    yield shop, scanner
    shop.stop()
    scanner.stop()


async def true(screen, condition, what):
    end_s = time.monotonic() + DEADLINE_S
    while not condition():
        assert time.monotonic() < end_s, f"{what}:\n{screen.text}"
        await asyncio.sleep(0.005)


async def test_from_the_serial_line_to_the_fiscal_paper(stand):
    shop, scanner = stand
    async with running(shop.till) as screen:
        desk = screen.app.desk
        await true(screen, lambda: desk.known.printer_online and desk.methods, "shop is ready")
        await true(screen, lambda: desk.known.devices[:1], "the scanner is there")
        screen.keys("2", "enter", *"2222", "enter")
        await true(screen, lambda: "TOTAL" in screen.text, "logged in")
        code = shop.till.lookup.call(shop.till.shelf.find, "1").result()[0].barcode
        scanner.device.scan(code, "E0")
        await true(screen, lambda: "1 item" in screen.text, "the first scan")
        screen.keys("3", "*")
        await true(screen, lambda: "3 ×" in screen.text, "three of")
        scanner.device.scan(code)
        await true(screen, lambda: "2 items" in screen.text, "the second scan")
        screen.keys("enter", "enter")
        await true(screen, lambda: "Last receipt: no. 1" in screen.text, "sold")
    sold = shop.heard.wait(events.ReceiptPrinted).receipt
    assert [(line.barcode, line.qty_milli) for line in sold.live_lines] == [
        (code, 1000),
        (code, 3000),
    ]


async def test_hostile_bytes_on_the_serial_line_are_a_code_nobody_knows(stand):
    shop, scanner = stand
    async with running(shop.till) as screen:
        desk = screen.app.desk
        await true(screen, lambda: desk.methods and desk.known.devices[:1], "shop is ready")
        screen.keys("2", "enter", *"2222", "enter")
        await true(screen, lambda: "TOTAL" in screen.text, "logged in")
        scanner.device.slice_bytes = 0
        for hostile in (
            b"\x1b[2J\x1b[31m\x00\x07\r",
            b"\x1b[200~1\x1b[201~\r",
            b"z" * 10_000 + b"\r",
        ):
            screen.keys("1")
            await true(screen, lambda: "E-01" not in screen.text, "the message went")
            scanner.device.send(hostile + b"\r")
            await true(screen, lambda: "E-01" in screen.text, "nobody knows it")
        assert not desk.known.receipt or not desk.known.receipt.lines
