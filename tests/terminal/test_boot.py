"""A till is built from its configuration, or says in one sentence why not."""

from __future__ import annotations

import subprocess
import sys
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec
import pytest

from drivers.escpos.printer import EscposPrinter
from drivers.novitus.printer import NovitusPrinter
from drivers.paper import NO_ANSWER, PaperStatus
from drivers.posnet.printer import PosnetPrinter
from hw_emulator.host import start_escpos
from terminal import boot, config, events
from terminal.config import ConfigError
from terminal.errors import Blocked, Code, SyncError
from terminal.store.db import _WRITERS
from tests.shop import wait_until
from tests.terminal.desk import Desk, desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

THREADS = {"engine", "printer", "net", "lookup", "ticker", "postman"}


def threads() -> set[str]:
    return THREADS & {thread.name for thread in threading.enumerate()}


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path) as one:
        yield one


def refused(shop: Desk) -> Blocked:
    with pytest.raises(Blocked) as caught:
        boot.build(shop.config, printer=shop.printer)
    return caught.value


def test_a_till_has_its_threads_and_ends_them(shop: Desk) -> None:
    shop.start()
    assert threads() == THREADS
    shop.stop()
    assert threads() == set()
    assert shop.printer.asked[-1] == "close"
    assert not (shop.folder / "journal.db-wal").exists()
    assert not _WRITERS


def test_stopping_in_the_middle_of_a_receipt_loses_nothing(shop: Desk) -> None:
    shop.start()
    shop.do(shop.till.sell, "1")
    before = shop.receipt()
    shop.restart()
    assert shop.receipt() == before


def test_a_till_that_was_never_enrolled_says_the_way_out(tmp_path: Path) -> None:
    bare = config.Config(config.Printer("/dev/null"), config.Store(str(tmp_path / "none")))
    with pytest.raises(ConfigError) as caught:
        boot.build(bare)
    assert "not enrolled" in str(caught.value)
    assert "kasoterminal enrol CODE" in str(caught.value)
    assert str(tmp_path / "none") in str(caught.value)
    assert not (tmp_path / "none").exists()


def test_a_broken_identity_is_named_and_kept(shop: Desk) -> None:
    file = shop.folder / boot.IDENTITY_FILE
    file.write_text("{broken")
    with pytest.raises(SyncError) as caught:
        boot.build(shop.config)
    assert str(file) in str(caught.value)
    assert file.read_text() == "{broken"


@pytest.mark.parametrize("name", ["journal.db", "catalogue.db"])
def test_a_damaged_database_is_named_and_never_replaced(shop: Desk, name: str) -> None:
    shop.start()
    shop.pay("1")
    shop.stop()
    file = shop.folder / name
    rubbish = b"no database at all" * 1000
    file.write_bytes(rubbish)
    error = refused(shop)
    assert error.code is Code.DATABASE_DAMAGED
    assert str(file) in error.sentence()
    assert file.read_bytes() == rubbish
    assert threads() == set()


def test_a_database_that_lost_its_end_is_named(shop: Desk) -> None:
    shop.start()
    for _ in range(30):
        shop.pay("1")
    shop.stop()
    file = shop.folder / "journal.db"
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    assert refused(shop).code is Code.DATABASE_DAMAGED
    assert len(file.read_bytes()) == len(whole) // 2


def test_a_second_till_on_the_same_folder_is_refused(shop: Desk) -> None:
    shop.start()
    error = refused(shop)
    assert error.code is Code.IN_USE
    # The first one does not notice.
    assert isinstance(shop.pay("1"), events.ReceiptPrinted)
    shop.restart()
    assert isinstance(shop.pay("1"), events.ReceiptPrinted)


def test_a_catalogue_that_fails_gives_the_journal_back(shop: Desk) -> None:
    (shop.folder / "catalogue.db").write_bytes(b"rubbish" * 1000)
    refused(shop)
    (shop.folder / "catalogue.db").unlink()
    shop.start(login="")
    assert shop.view().day == "EMPTY"


def test_the_configured_printer_is_the_one_that_is_asked(shop: Desk, tmp_path: Path) -> None:
    asked = msgspec.structs.replace(
        shop.config, printer=config.Printer(f"tcp://127.0.0.1:{_closed_port()}")
    )
    running = boot.build(asked)
    heard = []
    running.till.engine.listen(heard.append)
    try:
        assert isinstance(running.context.printer.device, PosnetPrinter)
        boot.start(running)
        wait_until(lambda: events.PrinterChanged(is_online=False) in heard, "no printer")
    finally:
        running.stop()


def test_the_protocol_chooses_the_driver(shop: Desk) -> None:
    printer = config.Printer(f"http://127.0.0.1:{_closed_port()}", protocol="novitus")
    running = boot.build(msgspec.structs.replace(shop.config, printer=printer))
    heard = []
    running.till.engine.listen(heard.append)
    try:
        assert isinstance(running.context.printer.device, NovitusPrinter)
        boot.start(running)
        wait_until(lambda: events.PrinterChanged(is_online=False) in heard, "no printer")
    finally:
        running.stop()


@pytest.mark.parametrize("url", ["/dev/ttyUSB0", "https://printer:8888"])
def test_an_address_that_the_protocol_cannot_use(shop: Desk, url: str) -> None:
    printer = config.Printer(url, protocol="novitus")
    for _ in range(2):  # nothing stays open
        with pytest.raises(ConfigError) as caught:
            boot.build(msgspec.structs.replace(shop.config, printer=printer))
        assert "[printer] url" in str(caught.value)
        assert url in str(caught.value)


def _closed_port() -> int:
    import socket  # noqa: PLC0415

    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def test_the_printer_is_watched_every_few_seconds(
    shop: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("terminal.running._TICK_S", 0.01)
    shop.start()
    before = shop.printer.count("status")
    wait_until(lambda: shop.printer.count("status") > before + 5, "watched")


def test_a_slow_printer_is_not_asked_faster_than_it_answers(
    shop: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("terminal.running._TICK_S", 0.005)
    shop.start()
    gate = threading.Event()
    shop.printer.fault("status", lambda effect: gate.wait(10) and effect())
    before = shop.printer.count("status")
    wait_until(lambda: shop.printer.count("status") == before + 1, "hangs")
    queue = shop.context.devices._queue
    threading.Event().wait(0.1)
    assert queue.qsize() <= 1
    gate.set()
    wait_until(lambda: shop.printer.count("status") > before + 3, "goes on")


def test_a_fault_of_ours_is_told_and_the_till_goes_on(
    shop: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    shop.start()
    since = shop.heard.mark()
    shop.context.devices.call(divmod, 1, 0)
    error = shop.heard.wait(events.Failed, since).error
    assert error.code is Code.FAULT
    assert "ZeroDivisionError" in error.sentence()
    assert "Traceback" in caplog.text
    assert isinstance(shop.pay("1"), events.ReceiptPrinted)


def test_a_printer_that_hangs_does_not_keep_the_till_from_being_switched_off(
    shop: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("terminal.running._STOP_S", 0.1)
    shop.start()
    gate = threading.Event()
    shop.context.devices.call(gate.wait, 20)
    context, running = shop.context, shop.running
    shop.stop()
    # Its files are left as they are, and nothing was closed under the thread that still works.
    assert context.journal.execute("SELECT count(*) FROM document").fetchone()
    gate.set()
    wait_until(lambda: "printer" not in threads(), "the thread ends")
    running.stop()
    assert threads() == set()


def test_a_change_of_the_folder_is_a_till_of_its_own(shop: Desk, tmp_path: Path) -> None:
    shop.start()
    shop.pay("1")
    with desk(tmp_path / "second") as other:
        other.printer.now = replace(other.printer.now, unique_no="XYZ 1")
        other.start()
        assert isinstance(other.pay("1"), events.ReceiptPrinted)
        assert len(other.documents("receipt")) == 1


# --- the receipt printer -------------------------------------------------------------------------


def with_paper(shop: Desk, url: str, **more: object) -> None:
    wanted = config.ReceiptPrinter(url, **more)
    shop.config = msgspec.structs.replace(shop.config, receipt_printer=wanted)


def test_a_till_with_a_receipt_printer_prints_its_day_close_there(shop: Desk) -> None:
    emulator = start_escpos()
    try:
        with_paper(shop, f"tcp://{emulator.tcp}", profile="TM-T20II")
        shop.start()
        assert "slips" in {thread.name for thread in threading.enumerate()}
        assert isinstance(shop.pay("1"), events.ReceiptPrinted)
        since = shop.heard.mark()
        assert isinstance(shop.close_day(), events.DayClosed)
        printed = shop.heard.wait(events.SlipPrinted, since)
        assert (printed.job.kind, printed.is_copy) == ("closing", False)
        text = emulator.paper.text
        assert "Day close, daily report" in text
        assert "NOT A FISCAL DOCUMENT" in text
        assert text.count("[cut]") == 1
        shop.restart()
        shop.settle()
        assert emulator.paper.text == text
        job = shop.do(shop.till.slips.print_trial)
        shop.heard.wait(events.SlipPrinted)
        assert job.kind == "trial"
        assert "TM-T20II" in emulator.paper.text
        shop.stop()
        assert "slips" not in {thread.name for thread in threading.enumerate()}
    finally:
        emulator.stop()


def test_a_receipt_printer_that_is_not_there_stops_nobody(shop: Desk) -> None:
    with_paper(shop, f"tcp://127.0.0.1:{_closed_port()}")
    shop.start()
    assert shop.heard.wait(events.PaperChanged).waits_for == "line"
    assert isinstance(shop.pay("1"), events.ReceiptPrinted)
    assert isinstance(shop.close_day(), events.DayClosed)
    jobs = shop.do(shop.till.slips.unfinished)
    assert [(job.kind, job.state) for job in jobs] == [("closing", "WAITING")]


def test_a_receipt_printer_that_hangs_stops_nobody(
    shop: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("terminal.running._STOP_S", 0.2)
    gate = threading.Event()
    asked = threading.Event()

    def hang(_printer: EscposPrinter) -> PaperStatus:
        asked.set()
        gate.wait(20)
        return NO_ANSWER

    monkeypatch.setattr(EscposPrinter, "status", hang)
    with_paper(shop, "/dev/null")
    shop.start()
    assert asked.wait(20)
    shop.do(shop.till.slips.print_trial)
    assert isinstance(shop.pay("1"), events.ReceiptPrinted)
    running = shop.running
    shop.stop()
    # Nothing was closed under the thread that still works.
    assert running.context.journal.execute("SELECT count(*) FROM slip").fetchone() == (1,)
    gate.set()
    wait_until(lambda: "slips" not in {thread.name for thread in threading.enumerate()}, "ends")
    running.stop()


def test_a_receipt_printer_that_cannot_be_is_said_before_anything_is_opened(shop: Desk) -> None:
    with_paper(shop, "/dev/ttyS0", profile="TM-T20")
    with pytest.raises(ConfigError, match=r"\[receipt_printer\] profile = 'TM-T20'"):
        shop.start()
    assert threads() == set()
    assert not _WRITERS


def test_a_till_without_a_receipt_printer_does_not_load_its_driver(tmp_path: Path) -> None:
    program = "import sys, terminal.boot; assert 'drivers.escpos.printer' not in sys.modules"
    done = subprocess.run([sys.executable, "-c", program], check=False, timeout=60)
    assert done.returncode == 0
