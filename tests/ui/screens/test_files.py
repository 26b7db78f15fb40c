"""Choosing a file on what is plugged in."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from terminal.device.found_files import FoundFile, found_files
from ui.screens.files import Files


async def test_the_marked_one_is_handed_on(sale):
    taken: list[Path] = []
    found = [
        FoundFile(Path("/media/PEN/foto.jpg"), 2_500_000, 1_795_000_000.0),
        FoundFile(Path("/media/PEN/film.mp4"), 50_000_000, 1_794_000_000.0),
    ]
    desk = sale.app.desk
    desk._hop(lambda: desk.open(Files(desk, taken.append, lambda: found)))
    await sale.until("2,4 MiB  foto.jpg", "47,7 MiB! film.mp4")
    sale.keys("enter")
    await sale.true(lambda: taken == [Path("/media/PEN/foto.jpg")])


async def test_nothing_plugged_in_says_so_and_looks_again(sale, tmp_path):
    desk = sale.app.desk
    find = partial(found_files, [tmp_path])
    desk._hop(lambda: desk.open(Files(desk, lambda _: None, find)))
    await sale.until("E-202")
    (tmp_path / "plan.pdf").write_bytes(b"%PDF")
    sale.keys("f5")
    await sale.until("4 B  plan.pdf")
