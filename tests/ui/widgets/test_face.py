from __future__ import annotations

from textual.app import App
from textual.geometry import Region

from ui.widgets import row
from ui.widgets.face import Face, styles
from ui.widgets.themes import THEMES


class Frame(App):
    def __init__(self):
        super().__init__()
        self.face = Face()

    def compose(self):
        yield self.face


def test_a_theme_that_nobody_knows_is_the_normal_one():
    assert styles("sepia") == styles("normal")
    assert styles("mono") != styles("normal")


async def test_another_theme_paints_everything():
    app = Frame()
    async with app.run_test(size=(20, 4)) as pilot:
        rows = [row.row(20, ("total", row.TOTAL))]
        for theme in THEMES:
            app.face.show(rows, theme)
            await pilot.pause()
            (segment, *_) = app.face.render_line(0)
            assert segment.style == styles(theme)[row.TOTAL]
        painted = []
        app.face.refresh = lambda *regions: painted.append(regions)
        app.face.show(rows, "normal")
        assert painted == [()]


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
