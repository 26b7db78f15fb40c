"""A slip of 30 lines with a QR code: its bytes, how long they take to make, and on the wire.

The wire is a paced pseudo-terminal of an emulator in a process of its own; the driver asks before,
between and after, and waits until the printer confirms. Encoding is compared with the library's own
``text()`` on a new printer object for each slip, and with the bare encoding of the text.
"""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

from bench.goods import name
from bench.measure import MS, SEED, Row, in_turn, middle, ratio, timed
from bench.servers import receipt_printer, serve
from bench.wire import CountingLink
from drivers.escpos.layout import beside
from drivers.escpos.printer import EscposPrinter
from drivers.escpos.render import render
from drivers.escpos.setup import Setup, fit
from drivers.link import open_link
from drivers.paper import Align, Kind, Size, Slip
from drivers.paper import Row as SlipRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.measure import Run

BAUDS = (9600, 19_200, 115_200)
WIRE_GOAL, BYTES_GOAL = 1.1, 1.15
ENCODE_MAX_MS = 5.0
LINES = 30
_BITS_PER_BYTE = 10
_FITTING = fit(Setup(profile="TM-T20II-42col"))
_URL = "https://paragon.example.pl/p/7f3a9c1e2b"


def rows(run: Run) -> Iterator[Row]:
    """Bytes, encoding, and one row for each speed."""
    yield _bytes()
    yield from _encoding(run.some(40, 10))
    for baud in BAUDS:
        yield _wire(run, baud, run.some(5 if baud == BAUDS[0] else 9, 2))


def slip() -> Slip:
    """Thirty lines: head, goods with their amounts, a total; then a code."""
    dice = random.Random(SEED)
    goods = [
        SlipRow(name(dice)[:30], f"{dice.randrange(100, 9999) / 100:.2f}".replace(".", ","))
        for _ in range(LINES - 4)
    ]
    head = SlipRow("Sklep pod Lipą, Źródlana 3, 00-950 Warszawa"[:42], align=Align.CENTRE)
    total = SlipRow("RAZEM", "1 234,50 zł", is_bold=True, size=Size.TALL)
    code = SlipRow(_URL, kind=Kind.QR, align=Align.CENTRE)
    foot = SlipRow("NIEFISKALNY", align=Align.CENTRE)
    return Slip("Kwit 17/2026", (head, *goods, total, foot, code))


def _plain() -> str:
    """The same letters without any command."""
    one = slip()
    texts = [(row.text, row.right) for row in one.rows if row.kind is Kind.TEXT]
    lines = [line for text in [(one.title, ""), *texts] for line in beside(*text, 42)]
    return "".join(line + "\n" for line in lines)


def _bytes() -> Row:
    ours, plain = len(render(slip(), _FITTING)), len(_plain().encode("cp852"))
    how = f"{LINES} lines, native QR of {len(_URL)} bytes, cut; nothing raster"
    return Row("slip, bytes", f"{ours} B", f"plain text {plain} B", ours / plain, BYTES_GOAL, how)


def _encoding(rounds: int) -> Iterator[Row]:
    from escpos.printer import Dummy  # noqa: PLC0415 - imported where it is measured

    one, text = slip(), _plain()

    def ours() -> float:
        return timed(render, one, _FITTING)

    def library() -> float:
        return timed(_library_text, Dummy, text)

    def bare() -> float:
        return timed(text.encode, "cp852")

    render(one, _FITTING)  # the library is loaded once in the life of a till
    mine, theirs, encode = in_turn(rounds, ours, library, bare)
    how = f"whole slip with styles, layout and QR; bare encode {middle(encode, MS, ' ms')}"
    limit = [ENCODE_MAX_MS / MS] * len(mine)
    yield Row(
        "slip, encoding", middle(mine, MS, " ms"), f"limit {ENCODE_MAX_MS} ms", ratio(mine, limit),
        1.0, how,
    )  # fmt: skip
    peer = f"library text() {middle(theirs, MS, ' ms')}"
    yield Row("slip, encoding", middle(mine, MS, " ms"), peer, ratio(mine, theirs), 1.5, how)


def _library_text(dummy: type, text: str) -> bytes:
    device = dummy(profile=_FITTING.profile.name)
    device.text(text)
    return bytes(device.output)


def _wire(run: Run, baud: int, rounds: int) -> Row:
    folder = run.folder / f"slips-{baud}"
    folder.mkdir()
    taken: list[float] = []
    limits: list[float] = []
    with (
        (folder / "log").open("w", encoding="utf-8") as log,
        serve(receipt_printer(folder, baud), log),
    ):
        link = CountingLink(open_link(str(folder / "slips"), baud))
        printer = EscposPrinter(lambda: link, _FITTING)
        for number in range(-1, rounds):
            before, began_s = link.count, time.perf_counter()
            printer.print_slip(slip())
            taken_s, size = time.perf_counter() - began_s, link.count - before
            if number >= 0:
                taken.append(taken_s)
                limits.append(size * _BITS_PER_BYTE / baud)
        printer.close()
    how = f"{LINES} lines and QR, {size} bytes both ways, printed and confirmed; {rounds} rounds"
    peer = f"line {middle(limits, MS, ' ms')}"
    return Row(
        f"slip on the wire, {baud} Bd", middle(taken, MS, " ms"), peer, ratio(taken, limits),
        WIRE_GOAL, how,
    )  # fmt: skip
