from __future__ import annotations

from terminal.device.safekeeping import Checked
from terminal.errors import Code, Rejected
from tests.ui.fake_safe import copy_of


async def test_the_copies_are_listed_with_the_last_check(sale, till):
    sale.keys("f12", "2", "3")
    await sale.until("2026-11-21 20:29", "whole, documents: 1234", "journal-20261120-203000.db")
    till.safe.checked = Checked("2026-11-22T06:00:00.000+01:00", 0, "page 7 is never used")
    sale.keys("f5")
    await sale.until("page 7 is never used")
    till.safe.refuse = Rejected(Code.BUSY)
    sale.keys("f5")
    await sale.until("E-55")


async def test_a_copy_is_made_and_shown(sale, till):
    till.safe.copies, till.safe.checked = [], None
    sale.keys("f12", "2", "3")
    await sale.until("never", "none yet")
    sale.keys("enter")
    text = await sale.until("1 Make a copy now", "2 Make a copy on a USB stick")
    assert "newest copy" not in text
    sale.keys("1")
    await sale.until("Saved: /var/lib/kasoterminal/backups/journal-20261122", "4.8 MiB")


async def test_the_newest_copy_is_tried_out(sale, till):
    sale.keys("f12", "2", "3")
    await sale.until("journal-20261121")
    sale.keys("enter", "3")
    await sale.until("The copy is good. Documents: 1234, the last of 2026-11-21 20:15")
    assert till.safe.tried == [copy_of(21).path]
    till.safe.refuse = Rejected(Code.BAD_COPY, path="x", detail="it is of another journal")
    sale.keys("enter", "3")
    await sale.until("E-191", "it is of another journal")


async def test_a_stick_that_is_not_there_is_told(sale, till):
    sale.keys("f12", "2", "3")
    await sale.until("Last check")
    till.safe.refuse = Rejected(Code.NO_MEDIUM, path="/media")
    sale.keys("enter", "2")
    await sale.until("E-140")
