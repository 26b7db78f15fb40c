"""A receipt printer is built as it was configured, or it is said why it cannot be."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from drivers.address import Serial
from drivers.errors import Unreachable
from drivers.escpos.printer import EscposPrinter
from drivers.link import open_link
from hw_emulator.host import start_escpos
from terminal.config import Config, ConfigError, Printer, ReceiptPrinter, Screen
from terminal.paper.build import equipment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from drivers.link import Link
    from hw_emulator.host import RunningEscPos

GOOD = {"url": "/dev/ttyS0", "profile": "TM-T20II"}


class Lines:
    """Opens nothing; remembers what was asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Serial]] = []

    def __call__(self, name: str, protocol: str, url: str, usual: Serial) -> Callable[[], Link]:
        assert (name, protocol) == ("receipt_printer", "escpos")
        self.asked.append((url, usual))
        return partial(open_link, url, usual)


def config(language: str = "pl", **wanted: object) -> Config:
    return Config(
        Printer("/dev/ttyS9"),
        receipt_printer=ReceiptPrinter(**(GOOD | wanted)),
        screen=Screen(language),
    )


def test_nothing_is_built_where_nothing_is_configured() -> None:
    lines = Lines()
    assert equipment(Config(Printer("/dev/ttyS9")))(lines).printer is None
    assert lines.asked == []


def test_the_line_is_the_one_that_was_configured() -> None:
    lines = Lines()
    wanted = config(baud=19_200, parity="E", stop=2, flow="rtscts", reprint_after_s=60)
    made = equipment(wanted)(lines)
    assert lines.asked == [("/dev/ttyS0", Serial("", 19_200, "E", 8, 2, "rtscts"))]
    assert made.reprint_after_s == 60
    assert isinstance(made.printer, EscposPrinter)


@pytest.mark.parametrize(
    ("language", "page", "letters"),
    [
        ("pl", "CP1250", "ąćęł"),
        ("fr", "CP1252", "éèç"),
        ("es", "CP858", "ñ"),
        ("en", "CP858", "€"),
    ],
)
def test_the_test_printout_shows_what_was_set_up(language: str, page: str, letters: str) -> None:
    made = equipment(config(language))(Lines())
    assert made.about == (("TM-T20II", page), ("/dev/ttyS0", ""))
    assert set(letters) <= set(made.letters)
    assert made.letters.endswith("€")


@pytest.fixture
def emulator() -> Iterator[RunningEscPos]:
    running = start_escpos()
    yield running
    running.stop()


def test_the_printer_is_opened_when_it_is_asked(emulator: RunningEscPos) -> None:
    printer = equipment(config(url=f"tcp://{emulator.tcp}"))(Lines()).printer
    assert printer is not None
    assert printer.status().is_online
    printer.close()
    gone = equipment(config(url="tcp://127.0.0.1:1"))(Lines()).printer
    assert gone is not None
    with pytest.raises(Unreachable):
        gone.status()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"profile": "TM-T20"}, "profile = 'TM-T20': expected .* TM-T20II"),
        ({"profile": "T-1"}, "letters ąćęłńóśźż"),
        ({"code_page": "CP999"}, "code_page = 'CP999'"),
        ({"baud": 9601}, "baud = 9601"),
        ({"logo": "/no/such.png"}, "logo = '/no/such.png'"),
        ({"logo": "~/no/such.png"}, "logo = '/.*/no/such.png'"),
        ({"url": "tcp://10.0.0.7"}, "url = 'tcp://10.0.0.7'"),
        ({"url": "COM1"}, "url = 'COM1'"),
    ],
)
def test_what_cannot_be_is_said_with_its_value(more: dict[str, object], said: str) -> None:
    with pytest.raises(ConfigError, match=r"\[receipt_printer\] .*" + said):
        equipment(config(**more))


def test_letters_that_are_left_out_are_said(caplog: pytest.LogCaptureFixture) -> None:
    equipment(config(profile="T-1", accents="transliterate"))
    assert "T-1 does not have the letters ąćęłńóśźż" in caplog.text
