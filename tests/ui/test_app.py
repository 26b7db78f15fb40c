from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from textual import events

from terminal.events import DataMoves, PrinterChanged
from tests.ui.conftest import running
from ui.app import KasoApp
from ui.line import Line
from ui.sounds import Sound
from ui.widgets.face import styles
from ui.widgets.row import TITLE, plain

ROOT = Path(__file__).parents[2]


async def test_the_clock_ticks_and_paints_its_own_cells_only(sale):
    painted = []
    refresh = sale.app.face.refresh
    sale.app.face.refresh = lambda *regions: (painted.extend(regions), refresh(*regions))
    await sale.true(lambda: bool(painted))
    assert all(region.y == 0 and region.width <= 8 and region.height == 1 for region in painted)


async def test_a_digit_paints_one_cell_and_the_cursor(sale):
    painted = []
    sale.keys("1")
    await sale.until("Code: 1_")
    refresh = sale.app.face.refresh
    sale.app.face.refresh = lambda *regions: (painted.extend(regions), refresh(*regions))
    sale.keys("2")
    await sale.until("Code: 12_")
    assert sum(region.width for region in painted if region.y == 23) == 2


@pytest.mark.parametrize("key", ["ctrl+q", "ctrl+c", "ctrl+p", "ctrl+z", "tab", "shift+tab", "f13"])
async def test_no_key_of_textual_does_anything(sale, key):
    before = sale.text.splitlines()[1:]
    sale.keys(key)
    sale.app.post_message(events.Paste("5901234123457"))
    sale.keys("1", "back")
    await sale.until("Code: _")
    assert sale.app.is_running
    assert sale.text.splitlines()[1:] == before


async def test_leave_ends_the_program(till):
    async with running(till) as screen:
        await screen.until("Identifier")
        screen.app.leave()
        await screen.true(lambda: not screen.app.is_running)


async def test_an_event_after_the_end_disturbs_nobody(till):
    async with running(till) as screen:
        await screen.until("Identifier")
    till.engine.call(till.engine.tell, PrinterChanged(is_online=False)).result()


async def test_a_wrong_key_table_is_told_at_the_start(till):
    with pytest.raises(ValueError, match="no such action"):
        KasoApp(till, keys={"f5": "dance"})


async def test_a_new_size_is_laid_out_at_once(till):
    app = KasoApp(till)
    async with app.run_test(size=(80, 25)) as pilot:
        await pilot.resize_terminal(120, 40)
        await pilot.pause()
        assert len(app.face.rows) == 40
        assert len(plain(app.face.rows[1])) == 120


async def test_another_theme_is_shown_with_the_next_paint(sale):
    sale.app.desk.theme = "mono"
    sale.keys("1")
    await sale.until("Code: 1_")
    title = next(iter(sale.app.face.render_line(1)))
    assert title.style == styles("mono")[TITLE]


async def test_what_the_desk_wants_to_be_heard_is_sent_to_the_terminal(till, mocker):
    async with running(till, line=Line(sounds="all")) as screen:
        write = mocker.patch.object(screen.app._driver, "write")
        screen.app._sound(Sound.REFUSED)
        await screen.true(lambda: write.call_count == 2)
        assert {call.args for call in write.call_args_list} == {("\a",)}


async def test_a_quiet_till_rings_for_nothing(till, mocker):
    async with running(till, line=Line(sounds="off")) as screen:
        write = mocker.patch.object(screen.app._driver, "write")
        screen.app._sound(Sound.REFUSED)
        await screen.until("Identifier")
        assert not write.called


async def test_the_redraw_key_sends_all_of_it_again(sale):
    drawn = []
    render_line = sale.app.face.render_line
    sale.app.face.render_line = lambda y: (drawn.append(y), render_line(y))[1]
    sale.keys("ctrl+l")
    await sale.true(lambda: set(drawn) == set(range(25)))


async def test_a_picture_for_the_handbook(sale):
    assert "TOTAL" in sale.app.export_screenshot()


def test_first_paint_needs_no_network_no_printer_no_crypto():
    code = (
        "import sys, ui.app\n"
        "heavy = {'httpx2', 'escpos', 'serial', 'tuf', 'cryptography', 'sqlalchemy', 'sqlite3'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert found.stdout.strip() == "[]"


async def test_the_antenna_pulses_while_data_moves_and_then_nothing_is_drawn(sale, till):
    till.engine.tell(DataMoves(is_moving=True))
    for sign in ("(Y)", " Y ", "(Y)"):
        await sale.until(f"Anna Nowak{sign}")
    timer = sale.app._pulse
    till.engine.tell(DataMoves(is_moving=False))
    await sale.until("Anna Nowak Y ")
    await sale.true(lambda: sale.app._pulse is None, "the antenna rests")
    assert timer._task is None  # and nothing wakes the screen for it


async def test_what_moves_only_for_a_moment_is_seen_all_the_same(sale, till):
    lit = []
    beat = sale.app._beat
    sale.app._beat = lambda: (lit.append("(Y)" in sale.text), beat())
    till.engine.tell(DataMoves(is_moving=True))
    till.engine.tell(DataMoves(is_moving=False))
    await sale.true(lambda: bool(lit), "a beat")
    assert lit == [True]
    await sale.until("Anna Nowak Y ")


async def test_the_first_picture_is_told_once(till):
    told = []
    async with running(till, settled=lambda: told.append(True)) as screen:
        await screen.until("Identifier")
        await screen.true(lambda: told)
    assert told == [True]
