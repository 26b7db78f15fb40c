from __future__ import annotations

from terminal.events import PrinterChanged
from ui.countdown import Countdown


def test_the_seconds_run_down_and_end_when_the_printer_answers():
    now_s = [100.0]
    again = Countdown(lambda: now_s[0])
    assert again.left == 0
    again.hear(PrinterChanged(is_online=False, retry_s=2.0))
    assert again.left == 2
    now_s[0] += 1.5
    assert again.left == 1
    again.hear("something else")
    assert again.left == 1
    now_s[0] += 9
    assert again.left == 0
    again.hear(PrinterChanged(is_online=False, retry_s=2.0))
    again.hear(PrinterChanged(is_online=True))
    assert again.left == 0
