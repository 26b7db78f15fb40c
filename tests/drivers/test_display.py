from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.display import PAGES, Display
from drivers.errors import Unreachable
from drivers.link import LinkLost, open_link
from hw_emulator.gear.display import BLANK, PROTOCOLS, CustomerDisplay
from hw_emulator.gear.model import start_gear

each_protocol = pytest.mark.parametrize("protocol", PROTOCOLS)


class Line:
    """A line straight into an emulated display."""

    def __init__(self, protocol: str = "cd5220", page: str = "cp852") -> None:
        self.device = CustomerDisplay(protocol, page)
        self._feed = self.device.connect(lambda _: None, 1)
        self.written: list[bytes] = []
        self.opened = 0
        self.is_broken = False

    def open(self) -> Line:
        self.opened += 1
        return self

    def write(self, data: bytes) -> None:
        if self.is_broken:
            raise LinkLost("unplugged", may_have_sent=True)  # noqa: EM101
        self.written.append(data)
        self._feed(data)

    def close(self) -> None:
        return

    @property
    def lines(self) -> list[str]:
        assert self.device.rubbish == 0
        return [line.rstrip() for line in self.device.lines]


def stand(protocol: str = "cd5220", page: str = "CP852", **options) -> tuple[Line, Display]:
    line = Line(protocol, page.lower())
    return line, Display(line.open, protocol, page=page, **options)


@each_protocol
def test_item_total_change_idle_clear(protocol):
    line, display = stand(protocol)
    display.item("Mleko 1 l", "6,98", "2 x 3,49")
    assert line.lines == ["Mleko 1 l", "2 x 3,49        6,98"]
    display.amount("RAZEM", "1 234,50")
    assert line.lines == ["RAZEM", "            1 234,50"]
    display.idle("Zapraszamy do sklepu Lipa")
    assert line.lines == ["Zapraszamy do sklepu", "        Lipa"]
    display.clear()
    assert line.device.lines == BLANK


@each_protocol
@pytest.mark.parametrize("page", ["CP852", "CP1250"])
def test_polish_letters(protocol, page):
    line, display = stand(protocol, page)
    display.show("Zażółć gęślą jaźń", "ŁÓDŹ ŻÓŁĆ ĄĘŚŃ")
    assert line.lines == ["Zażółć gęślą jaźń", "ŁÓDŹ ŻÓŁĆ ĄĘŚŃ"]


def test_letters_that_the_page_lacks_lose_their_accent():
    line, display = stand(page="ASCII")
    display.show("Żółty ser – „gouda”", "5,00 €")
    assert line.lines == ['Zolty ser - "gouda"', "5,00 EUR"]


@each_protocol
def test_a_long_name_is_cut_and_the_price_is_whole(protocol):
    line, display = stand(protocol)
    display.item("Kiełbasa krakowska sucha 250 g", "123 456,78", "12,345 kg x 99,99")
    assert line.lines == ["Kiełbasa krakowska s", "12,345 kg 123 456,78"]


@each_protocol
def test_the_same_is_not_sent_twice(protocol):
    line, display = stand(protocol)
    display.show("a", "b")
    display.show("a", "b")
    assert len(line.written) == 1
    display.show("a", "c")
    assert len(line.written) == 2


@each_protocol
@given(upper=st.text(max_size=60), lower=st.text(max_size=60), note=st.text(max_size=30))
def test_hostile_texts_are_never_commands(protocol, upper, lower, note):
    line, display = stand(protocol)
    display.show(upper, lower)
    display.item(upper, lower, note)
    display.idle(upper)
    assert line.device.rubbish == 0
    assert all(cells.isprintable() and len(cells) == 20 for cells in line.device.lines)


@each_protocol
@pytest.mark.parametrize(
    "hostile", ["\x1b@", "\x0c", "a\rb", "\x1bQB!!!\r", "\x1f$\x01\x01", "\x7f"]
)
def test_commands_in_a_name_are_text(protocol, hostile):
    line, display = stand(protocol)
    display.show("upper", "lower")
    display.show(f"x{hostile}y", "lower")
    assert line.lines[1] == "lower"
    assert line.lines[0].startswith("x")


@each_protocol
def test_the_page_is_selected_where_the_display_knows_how(protocol):
    line = Line(protocol, "cp437")
    line.device.tables = {18: "cp852"}
    Display(line.open, protocol, page="CP852", code_table=18).show("żółw", "")
    assert line.lines[0] == "żółw"


def test_a_display_that_broke_is_greeted_anew():
    line, display = stand()
    display.show("one", "")
    line.is_broken = True
    with pytest.raises(Unreachable, match="unplugged"):
        display.show("two", "")
    line.is_broken = False
    display.show("two", "")
    assert line.lines[0] == "two"
    assert line.opened == 2
    assert line.written[-1].startswith(b"\x1b@")
    display.close()
    display.close()
    display.show("two", "")
    assert line.opened == 3


def test_every_page_is_one():
    for page in PAGES:
        "A".encode(page)


@each_protocol
def test_over_a_pseudo_terminal(protocol):
    running = start_gear(CustomerDisplay(protocol), pty=True)
    display = Display(lambda: open_link(running.url), protocol)
    display.item("Masło", "7,99")
    end_s = time.monotonic() + 5
    while "7,99" not in running.device.lines[1] and time.monotonic() < end_s:
        time.sleep(0.005)
    assert running.device.lines == ("Masło".ljust(20), "7,99".rjust(20))
    display.close()
    running.stop()
