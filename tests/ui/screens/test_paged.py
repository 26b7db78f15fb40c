"""A list in parts: an answer to an older question is thrown away, and the mark stays inside."""

from __future__ import annotations

from ui.screens.paged import PAGE_ROWS, Paged


class Numbers(Paged[int]):
    nothing = "Nothing here"

    def __init__(self, desk, count):
        super().__init__(desk)
        self.numbers = list(range(1, count + 1))
        self.taken = []

    def find(self, text, after):
        found = [one for one in self.numbers if text in str(one)]
        return found[found.index(after) + 1 if after else 0 :][:PAGE_ROWS]

    def text(self, one, width):
        return f"no {one}"[:width]

    def chosen(self, one):
        self.taken.append(one)


async def test_parts_search_and_choice(sale):
    desk = sale.app.desk
    page = Numbers(desk, 70)
    desk._hop(lambda: desk.open(page))
    await sale.until("> no 1 ")
    sale.keys(*["pagedown"] * 5)
    await sale.true(lambda: page.count == 70)
    sale.type("69")
    await sale.until("> no 69")
    sale.keys("enter")
    await sale.true(lambda: page.taken == [69])
    sale.keys("x")
    await sale.until("Nothing here")
    page._arrived(page._asked - 1, None, [5])
    assert page.count == 0
    page.numbers = []
    sale.keys("esc")
    await sale.true(lambda: page.entry.is_empty)
    await sale.until("Nothing here")
