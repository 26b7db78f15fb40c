"""The wall: nothing of a training is fiscal, counted, sent or kept; no real sale is a training."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from drivers.scan import read_scan
from terminal import events
from terminal.training.office import NoOffice
from terminal.training.practice import training
from terminal.training.printer import TrainingPrinter
from tests.shop import WAIT_S, Heard
from tests.terminal.desk import MANAGER, Desk, desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from terminal.running import Running

TABLES = ("receipt", "receipt_line", "payment", "attempt", "document", "sold", "goods", "closing")


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path / "till") as one:
        yield one.start()


def books(shop: Desk) -> dict[str, list[object]]:
    return {table: shop.sql(f"SELECT * FROM {table}") for table in TABLES}  # noqa: S608 - ours


def sell(practice: Running) -> events.ReceiptPrinted:
    """A whole sale in training."""
    till, heard = practice.till, Heard()
    till.engine.listen(heard.take)
    till.engine.call(till.login, MANAGER).result(WAIT_S)
    till.engine.call(till.sell, "1").result(WAIT_S)
    till.engine.call(till.sell, "3").result(WAIT_S)
    till.engine.call(till.discount_line, 0, percent_bp=-1000).result(WAIT_S)
    till.engine.call(till.pay, "cash").result(WAIT_S)
    ends = (events.ReceiptPrinted, events.ReceiptNotPrinted, events.SellingBlocked)
    return heard.wait(ends)


def test_a_training_leaves_nothing_in_printer_journal_or_statistics(shop: Desk) -> None:
    shop.pay("1")
    shop.do(shop.till.sell, "3")
    waiting, before = shop.receipt(), books(shop)
    counted, printed = shop.printer.now, len(shop.printer.receipts)
    with training(shop.config, shop.running) as practice:
        folder = practice.catalogue.execute("PRAGMA database_list").fetchone()[2]
        assert str(shop.folder) not in folder
        told = sell(practice)
        # A numbering of its own, from one on.
        assert (told.receipt_no, told.receipt.total_gr) == (1, 384 + 3999)
        assert sell(practice).receipt_no == 2
        assert practice.context.terminal == "TRAINING"
        report = Heard()
        practice.till.engine.listen(report.take)
        practice.till.engine.call(practice.till.close_day).result(WAIT_S).result(WAIT_S)
        report.wait(events.DayClosed)
    assert shop.receipt() == waiting
    assert books(shop) == before
    assert (shop.printer.now, len(shop.printer.receipts)) == (counted, printed)
    assert "daily_report" not in shop.printer.asked


def test_a_training_till_has_neither_printer_nor_office_nor_device(shop: Desk) -> None:
    with training(shop.config, shop.running) as practice:
        assert type(practice.context.printer) is TrainingPrinter
        assert type(practice.post._office) is NoOffice
        assert practice.context.journal is not shop.context.journal
        assert practice.context.devices is not shop.context.devices
        assert practice.gear.attendants == []
        assert (practice.gear.scale, practice.gear.drawer) == (None, None)
        assert practice.till.slips.at_work is None
    assert type(shop.context.printer) is not TrainingPrinter


def test_what_was_sold_in_a_training_is_gone_with_it(shop: Desk) -> None:
    with training(shop.config, shop.running) as practice:
        sell(practice)
        till = practice.till
        till.engine.call(till.sell, "1").result(WAIT_S)
        folder = practice.catalogue.execute("PRAGMA database_list").fetchone()[2]
    with training(shop.config, shop.running) as again:
        view = again.till.engine.call(again.till.view).result(WAIT_S)
        assert view.receipt.lines == ()
        assert sell(again).receipt_no == 1
        assert again.catalogue.execute("PRAGMA database_list").fetchone()[2] != folder
    assert not list(shop.folder.glob("*training*"))


def test_the_real_till_sells_on_to_the_real_printer(shop: Desk) -> None:
    with training(shop.config, shop.running) as practice:
        sell(practice)
        # The other screen is shown again, or somebody else sells meanwhile.
        assert isinstance(shop.pay("1"), events.ReceiptPrinted)
        assert len(shop.printer.receipts) == 1
    assert isinstance(shop.pay("3"), events.ReceiptPrinted)
    assert len(shop.printer.receipts) == 2
    assert len(shop.documents("receipt")) == 2


def test_scans_of_the_shared_scanner_come_to_the_training(shop: Desk) -> None:
    heard = Heard()
    with training(shop.config, shop.running) as practice:
        practice.till.engine.listen(heard.take)
        shop.till.engine.tell(events.Scanned(read_scan("5900000000015")))
        assert heard.wait(events.Scanned).scan.code == "5900000000015"
    shop.till.engine.tell(events.Scanned(read_scan("5900000000022")))
    shop.settle()


def test_a_sale_breaks_off_and_the_folder_is_gone(shop: Desk, monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def break_off() -> None:
        with training(shop.config, shop.running) as practice:
            assert list(tmp_path.glob("kaso-training-*"))
            sell(practice)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        break_off()
    assert not list(tmp_path.glob("kaso-training-*"))
