from __future__ import annotations

from dataclasses import replace

import pytest
from rich.cells import cell_len

from terminal import events
from terminal.people.rights import Operator
from terminal.store.outbox import Unsent
from tests.ui.conftest import running
from ui.keypad import Entry, Mode
from ui.known import Known
from ui.screens.frame import shown, status_bar
from ui.widgets.row import BAR, ERROR, GOOD, MARK, plain

KNOWN = Known(
    operator=Operator("u1", "1", "Anna Maria Nowak-Kowalska", "", frozenset(), ""),
    printer_online=True,
    network_online=True,
    unsent=Unsent(0, "", 0),
    day="OPEN",
)


def test_the_status_bar_fits_and_says_everything_in_words():
    line = status_bar(KNOWN, "12:34:56", 80)
    assert plain(line).rstrip() == (
        "Anna Maria Now Y │12:34:56│printer OK│network OK│all sent│day: open"
    )
    assert {style for _, style in line} == {BAR, GOOD}


def test_the_antenna_is_lit_while_data_moves():
    line = status_bar(KNOWN, "12:34:56", 80, is_lit=True)
    assert ("Anna Maria Now(Y)", MARK) in line


@pytest.mark.parametrize(
    ("change", "words", "style"),
    [
        ({}, "printer OK", GOOD),
        ({"printer_online": False}, "NO PRINTER", ERROR),
        ({"waits_for": "no_paper"}, "PRINTER: no paper", MARK),
        ({}, "network OK", GOOD),
        ({"network_online": False}, "no network", ERROR),
        ({"unsent": Unsent(0, "", 1)}, "network OK", MARK),
        ({"unsent": Unsent(12, "2026-11-22T08:15:00+01:00", 3)}, "unsent 12 (08:15) !3", MARK),
    ],
)
def test_lamps_are_green_yellow_or_red_and_have_words(change, words, style):
    line = status_bar(replace(KNOWN, **change), "12:34:56", 80)
    assert (words, style) in line


def test_an_unknown_day_is_shown_as_it_is():
    assert "NEWDAY" in plain(status_bar(replace(KNOWN, day="NEWDAY"), "", 80))


@pytest.mark.parametrize(
    ("mode", "text", "reads"),
    [
        (Mode.AMOUNT, "2000", "20,00 zł"),
        (Mode.AMOUNT, "20,5", "20,5 zł"),
        (Mode.PRICE, "5", "0,05 zł"),
        (Mode.OFF, "100", "1,00 zł"),
        (Mode.PERCENT, "10", "10 %"),
        (Mode.QTY, "2,5", "2,5"),
        (Mode.PIN, "1234", "****"),
        (Mode.CODE, "590", "590"),
        (Mode.AMOUNT, ",", ","),
    ],
)
def test_the_entry_reads_as_the_till_understands_it(mode, text, reads):
    assert shown(Entry(mode, text)) == reads


@pytest.mark.parametrize("size", [(80, 25), (120, 40), (80, 24), (64, 16)])
async def test_every_size_is_filled_exactly(till, size):
    async with running(till, size) as screen:
        await screen.until("Identifier")
        await screen.log_in()
        screen.keys("1", "enter")
        await screen.until("Mleko")
        lines = screen.text.splitlines()
        assert (len(lines), {len(line) for line in lines}) == (size[1], {size[0]})


async def test_a_text_picture_of_the_sale(sale):
    sale.keys("3", "*", "1", "enter", "1", ",", "5", "*", "3", "enter")
    text = await sale.until("Ser gouda")
    lines = text.splitlines()
    assert lines[0].startswith("Anna Nowak Y │")
    assert lines[2].split() == ["Name", "Quantity", "×", "price", "Value"]
    assert " ".join(lines[3].split()) == "1 Mleko ŁACIATE 3,2% 1l 3 szt × 3,49 10,47 A"
    assert " ".join(lines[4].split()) == "> 2 Ser gouda 1,5 kg × 32,90 49,35 A"
    assert lines[-2].startswith(" Code: _")
    assert lines[-1].startswith("≡ F10 menu  Enter pay")
    assert sum("█" in line or "▀" in line for line in lines) == 3


async def test_every_character_has_one_cell(sale, till):
    till.engine.tell(events.PrinterChanged(is_online=False))
    await sale.until("NO PRINTER")
    assert {cell_len(line) for line in sale.text.splitlines()} == {80}
