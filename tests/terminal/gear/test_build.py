"""A till whose counter is full: every small device emulated, on a pseudo-terminal of its own."""

from __future__ import annotations

import json
import threading
from datetime import datetime

import msgspec
import pytest

from drivers.address import Serial
from hw_emulator.escpos.model import start_escpos
from hw_emulator.gear.display import CustomerDisplay
from hw_emulator.gear.model import start_gear
from hw_emulator.gear.scale import Scale
from hw_emulator.gear.scanner import BarcodeScanner
from terminal import config, events
from terminal.engine import Engine
from terminal.gear import tables
from terminal.gear.build import taped
from terminal.gear.tapes import Tapes
from tests.shop import WAIT_S, Counter, wait_until

DEVICES = {"scanner", "scale", "display", "drawer"}


class Stand(Counter):
    """A shop with all devices configured; ``fitted`` are those that are really there."""

    def __init__(self, folder, *fitted: str, **options) -> None:
        self.fitted = {
            name: start_gear(device, pty=folder / name)
            for name, device in (
                ("scanner", BarcodeScanner()),
                ("scale", Scale("toledo")),
                ("display", CustomerDisplay("epson", "cp1250")),
            )
            if name in fitted
        }
        super().__init__(folder, **options)

    @property
    def config(self):
        return msgspec.structs.replace(
            super().config,
            scanner=tables.Scanner(url=str(self.folder / "scanner")),
            scale=tables.Scale(str(self.folder / "scale"), "toledo", patience_s=2),
            display=tables.Display(
                str(self.folder / "display"), "epson", code_page="CP1250", idle="Zapraszamy"
            ),
            drawer=tables.Drawer(alarm_s=0),
        )

    def device(self, name: str):
        return self.fitted[name].device

    def stop(self) -> None:
        super().stop()
        for running in self.fitted.values():
            running.stop()

    def lamps(self) -> dict[str, bool]:
        return {name: lamp.is_online for name, lamp in self.till.gear.lamps.copy().items()}


@pytest.fixture
def stand(tmp_path):
    made = []

    def make(*fitted: str) -> Stand:
        made.append(Stand(tmp_path, *fitted))
        made[-1].start_till()
        return made[-1]

    yield make
    for one in made:
        one.stop()


def test_a_full_counter(stand):
    shop = stand("scanner", "scale", "display")
    shop.ready()
    wait_until(lambda: shop.lamps() == dict.fromkeys(DEVICES, True), "all lamps are on")

    since = shop.heard.mark()
    shop.device("scanner").scan("5901234123457", "E0")
    assert shop.heard.wait(events.Scanned, since).scan.symbology == "EAN-13"

    shop.device("scale").hand(load_milli=1250)
    assert shop.till.gear.weigh().result(WAIT_S) == 1250

    display = shop.device("display")
    wait_until(lambda: "Zapraszamy" in display.lines[0], "the idle text")
    shop.do(shop.till.sell, "1")
    name = shop.view().receipt.lines[0].name
    wait_until(lambda: display.lines[0].strip() == name[:20].strip(), "the item")
    total = shop.view().receipt.total_gr
    shop.do(shop.till.pay, shop.method("cash"), total + 100)
    shop.heard.wait(events.ReceiptPrinted)
    wait_until(lambda: display.lines[1].strip() == "RESZTA          1,00", "the change")
    assert display.rubbish == 0


def test_a_counter_with_nothing_on_it_sells(stand):
    shop = stand()
    shop.ready()
    wait_until(lambda: shop.lamps().keys() >= DEVICES, "every lamp has said something")
    assert {name for name, is_online in shop.lamps().items() if not is_online} == DEVICES - {
        "drawer"
    }
    assert shop.sell("1", "2").receipt_no == 1


class OnSlips(Counter):
    """A shop whose drawer hangs on the receipt printer."""

    def __init__(self, folder) -> None:
        self.slips = start_escpos()
        super().__init__(folder)

    @property
    def config(self):
        wanted = config.ReceiptPrinter(f"tcp://{self.slips.tcp}", profile="TM-T20II")
        drawer = tables.Drawer("receipt_printer", alarm_s=0)
        return msgspec.structs.replace(super().config, receipt_printer=wanted, drawer=drawer)

    def stop(self) -> None:
        super().stop()
        self.slips.stop()


def test_a_drawer_on_the_receipt_printer(tmp_path):
    shop = OnSlips(tmp_path)
    try:
        shop.start_till()
        shop.slips.device.set_sensors(drawer_open=True)
        assert shop.heard.wait(events.DrawerChanged).is_open
        since = shop.heard.mark()
        shop.slips.device.set_sensors(drawer_open=False)
        assert not shop.heard.wait(events.DrawerChanged, since).is_open
    finally:
        shop.stop()


def test_devices_that_come_later_are_found(stand, monkeypatch):
    monkeypatch.setattr("terminal.gear.attendant.RETRY_MAX_S", 0.05)
    shop = stand()
    wait_until(lambda: shop.lamps().get("scanner") is False, "it is missing")
    shop.fitted["scanner"] = start_gear(BarcodeScanner(), pty=shop.folder / "scanner")
    wait_until(lambda: shop.lamps()["scanner"], "it is found")
    since = shop.heard.mark()
    shop.device("scanner").scan("5901234123457")
    assert shop.heard.wait(events.Scanned, since).scan.code == "5901234123457"


def test_every_link_is_taped_and_a_device_that_went_saves_its_tape(stand):
    shop = stand("scanner", "scale", "display")
    shop.ready()
    wait_until(lambda: shop.lamps() == dict.fromkeys(DEVICES, True), "all lamps are on")
    shop.device("scanner").scan("5901234123457")
    shop.heard.wait(events.Scanned)
    shop.fitted["scanner"].stop()
    tapes = shop.till_folder / "tapes"
    wait_until(lambda: list(tapes.glob("*-scanner-gone.jsonl")), "the tape is saved")
    (saved,) = tapes.glob("*-scanner-gone.jsonl")
    assert "5901234123457" in saved.read_text()
    shop.running.tapes.save_all("test")
    wait_until(lambda: len(list(tapes.glob("*-asked.jsonl"))) == 4, "four links are taped")
    names = {path.name.split("-")[1] for path in tapes.glob("*-asked.jsonl")}
    assert names == {"printer", "scanner", "scale", "display"}


@pytest.mark.parametrize(
    ("url", "settings"),
    [
        ("/dev/ttyS0?baud=9600&stop=2", {"baud": 9600, "stop": 2, "parity": "E", "flow": "none"}),
        ("tcp://127.0.0.1:1", {"code_page": "CP852"}),
        ("x", {"code_page": "CP852"}),
    ],
)
def test_a_tape_tells_how_its_line_is_set_up(tmp_path, url, settings):
    thread = Engine("tapes")
    tapes = Tapes(tmp_path, tables.Tape(), lambda: datetime(2026, 3, 2), thread)
    taped(tapes, "display", "epson", url, Serial("", 2400, "E"), code_page="CP852")
    tapes.save_all("test")
    thread.stop()
    (path,) = (tmp_path / "tapes").glob("*.jsonl")
    told = json.loads(path.read_text().splitlines()[0])["settings"]
    assert settings.items() <= told.items()
    assert ("baud" in told) == ("baud" in settings)


def test_stopping_ends_every_thread(stand):
    before = set(threading.enumerate())
    shop = stand("scanner", "scale", "display")
    wait_until(lambda: shop.lamps() == dict.fromkeys(DEVICES, True), "all lamps are on")
    gear = {
        thread
        for thread in set(threading.enumerate()) - before
        if thread.name in DEVICES | {"tapes"}
    }
    assert {thread.name for thread in gear} == DEVICES | {"tapes"}
    shop.stop_till()
    shop.running = None
    assert not [thread.name for thread in gear if thread.is_alive()]


def test_a_till_without_gear_has_no_threads_for_it(tmp_path):
    shop = Counter(tmp_path)
    try:
        shop.start_till()
        names = {thread.name for thread in threading.enumerate()}
        assert not names & DEVICES
    finally:
        shop.stop()
