"""A receipt printer on the bench: bytes in, what it printed and answered out."""

from __future__ import annotations

import zxingcpp

from hw_emulator.escpos.device import EscPosPrinter
from hw_emulator.paper import Paper
from hw_emulator.picture import draw


class Bench:
    def __init__(self, **options) -> None:
        self.device = EscPosPrinter(Paper(columns=48), **options)
        self.answers = b""
        self.feed = self.device.connect(self.take, 1)

    def take(self, data: bytes) -> None:
        self.answers += data

    def ask(self, data: bytes) -> bytes:
        self.answers = b""
        self.feed(data)
        return self.answers

    @property
    def printed(self) -> list[str]:
        return self.device.paper.text.splitlines()

    @property
    def rows(self):
        return self.device.roll.rows

    @property
    def items(self):
        """Everything on the last row that has something on it."""
        return next(row.items for row in reversed(self.rows) if getattr(row, "items", ()))


def picture(paper):
    """All that is on ``paper``, as it looks."""
    return draw([row for printout in paper.printouts() for row in printout.printed], paper.columns)


def scan(paper) -> list[tuple[str, str]]:
    """What a scanner reads on it: kind and content of each code."""
    found = zxingcpp.read_barcodes(picture(paper).convert("L"))
    return [(str(code.format).replace("-", "").replace(" ", ""), code.text) for code in found]
