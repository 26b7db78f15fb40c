from __future__ import annotations

from textual.app import App
from textual.geometry import Region

from ui.widgets import row
from ui.widgets.face import STYLES, Face


class Frame(App):
    def __init__(self):
        super().__init__()
        self.face = Face()

    def compose(self):
        yield self.face


def test_every_style_has_a_look():
    assert {row.TEXT, row.DIM, row.BAR, row.TITLE, row.MARK, row.VOID} <= set(STYLES)
    assert {row.ERROR, row.NOTE, row.ENTRY, row.TOTAL, row.STRONG, row.WARN} <= set(STYLES)


async def test_only_changed_cells_are_painted():
    app = Frame()
    async with app.run_test(size=(20, 4)) as pilot:
        app.face.show([row.row(20, ("total 1,00", row.TEXT)), row.row(20, ("same", row.TEXT))])
        await pilot.pause()
        painted = []
        app.face.refresh = lambda *regions: painted.extend(regions)
        app.face.show([row.row(20, ("total 1,50", row.TEXT)), row.row(20, ("same", row.TEXT))])
        assert painted == [Region(8, 0, 1, 1)]
        painted.clear()
        app.face.show(list(app.face.rows))
        assert painted == []


async def test_lines_below_the_rows_are_empty():
    app = Frame()
    async with app.run_test(size=(20, 4)):
        app.face.show([row.row(20, ("first", row.TEXT))])
        assert app.face.render_line(0).text == "first" + " " * 15
        assert app.face.render_line(3).text == " " * 20
