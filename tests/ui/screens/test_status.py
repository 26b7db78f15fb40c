from __future__ import annotations

from datetime import UTC, datetime

from terminal import events
from terminal.errors import Code, Rejected
from terminal.store.outbox import Unsent


async def test_printer_live(sale, till):
    sale.keys("f10", "7", "1")
    await sale.until("Fiscal printer", "ready", "day: open")
    till.engine.tell(events.PrinterChanged(is_online=True, waits_for="cover"))
    await sale.until("cover open")
    till.engine.tell(events.PrinterChanged(is_online=False))
    await sale.until("does not answer")
    sale.keys("enter")
    await sale.until("TOTAL")


async def test_what_is_noted_of_the_printer_stands_there(sale, till):
    till.notes = (Rejected(Code.MEMORY_ENDS, count=42),)
    till.engine.tell(events.DayClosed(1, 1, 1, ()))
    sale.keys("f10", "7", "1")
    text = await sale.until("E-86", "42 more daily")
    assert "call service in time" in " ".join(text.split())


async def test_the_last_receipt_is_named(sale):
    sale.keys("1", "enter", "enter", "enter")
    await sale.until("Last receipt: no. 1")
    sale.keys("f10", "7", "1")
    await sale.until("Last receipt", "1   3,49 zł")


async def test_connections(sale, till):
    sale.keys("f10", "7", "2")
    await sale.until("Back office", "answers")
    till.engine.tell(events.NetworkChanged(is_online=False))
    await sale.until("does not answer", "no network")


async def test_unsent_leads_to_sending(sale, till):
    till.engine.tell(events.UnsentChanged(Unsent(5, "2026-11-21T08:00:00+01:00", 2)))
    till.shelf.rejections = [("2026-11-21 08:00 receipt 7", "unknown product")]
    sale.keys("f10", "7", "3")
    await sale.until("Documents not sent", "2026-11-21 08:00", "unsent 5 (08:00) !2")
    sale.keys("enter")
    await sale.until("Transactions: 5 to send, 2 rejected")
    sale.keys("enter")
    await sale.until("3 documents sent", "! Rejected by the back office: 1", "unknown product")


async def test_connections_say_when_the_office_was_heard_last(sale, till):
    sale.keys("f10", "7", "2")
    await sale.until("Last contact", "never")
    till.engine.tell(events.OfficeHeard(datetime(2026, 11, 22, 10, 15, 30, tzinfo=UTC)))
    await sale.until("2026-11-22 10:15:30")
