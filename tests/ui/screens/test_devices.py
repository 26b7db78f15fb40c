from __future__ import annotations

from terminal import events
from terminal.errors import Code, Rejected


async def test_each_device_with_its_state_and_last_fault(sale, till):
    till.engine.tell(events.DeviceChanged("scale", is_online=False, detail="no such file"))
    till.engine.tell(events.PaperChanged("ok", "cover"))
    sale.keys("f10", "8", "3")
    text = await sale.until("Fiscal printer", "Receipt printer", "no such file", "posnet /dev/p")
    assert "answers  cover open" in text
    assert "not heard of yet" in text
    till.engine.tell(events.PaperChanged("unknown", "silent"))
    await sale.until("Receipt printer      does not answer")


async def test_the_scale_is_tried_and_a_scan_is_shown(sale, till):
    sale.keys("f10", "8", "3", "down", "down")
    await sale.until("Scan something")
    sale.scan("5900000000001")
    await sale.until("Read: 5900000000001")
    assert not till.receipt.lines
    sale.keys("enter", "down")
    await sale.until("Enter weighs", "cas /dev/scale")
    sale.keys("enter")
    await sale.until("Weighed: 1,25")


async def test_a_scale_that_gives_no_weight_says_why(sale, till):
    def weigh():
        def fail():
            raise Rejected(Code.NO_SCALE)

        return till.engine.call(fail)

    till.gear.weigh = weigh
    sale.keys("f10", "8", "3", "down", "down", "down", "enter")
    await sale.until("E-93")


async def test_printers_print_a_test(sale, till):
    sale.keys("f10", "8", "3", "enter")
    await sale.until("1 Fiscal printer", "2 Receipt printer")
    sale.keys("2")
    await sale.until("Sent to the printer")
    assert ("slip",) in till.calls
