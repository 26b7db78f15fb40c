"""What a technician may write for a device, and what is refused before the shop opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from terminal.config import ConfigError, load
from terminal.gear import tables

if TYPE_CHECKING:
    from pathlib import Path

PRINTER = '[printer]\nurl = "/dev/ttyUSB0"\n'
GOOD = """\
[scanner]
url = "serial:///dev/ttyUSB1?parity=E"
baud = 19200
prefix = "~"
suffix = "##"
keyboard_prefix = "~"
weight_codes = ["28PPPPPWWWWWC", "27PPPPPVAAAAC"]

[scale]
url = "/dev/ttyUSB2"
protocol = "toledo"
parity = "N"
bits = 8
patience_s = 3

[display]
url = "tcp://127.0.0.1:6600"
protocol = "epson"
code_page = "CP1250"
code_table = 16
idle = "Zapraszamy"

[drawer]
on = "line"
url = "rfc2217://127.0.0.1:2217"
pin = "DSR"
open_is = "low"
pulse = "0707"
alarm_s = 30

[tape]
minutes = 5
files = 10
megabytes = 3
"""


@pytest.fixture
def read(tmp_path: Path):
    def make(text: str):
        file = tmp_path / "till.toml"
        file.write_text(PRINTER + text, encoding="utf-8")
        return load(file)

    return make


def test_everything_that_can_be_set(read) -> None:
    config = read(GOOD)
    assert config.scanner == tables.Scanner(
        "serial:///dev/ttyUSB1?parity=E",
        19_200,
        "~",
        "##",
        "~",
        ("28PPPPPWWWWWC", "27PPPPPVAAAAC"),
    )
    assert config.scale == tables.Scale("/dev/ttyUSB2", "toledo", 9600, "N", 8, 3)
    assert config.display == tables.Display(
        "tcp://127.0.0.1:6600", "epson", 9600, "N", "CP1250", 16, "Zapraszamy"
    )
    assert config.drawer == tables.Drawer(
        "line", "rfc2217://127.0.0.1:2217", 9600, "DSR", "low", "0707", 30
    )
    assert config.tape == tables.Tape(5, 10, 3)
    assert [pattern.shape for pattern in config.scanner.patterns()] == list(
        config.scanner.weight_codes
    )


def test_a_till_without_any_of_them(read) -> None:
    config = read("")
    assert (config.scale, config.display, config.drawer) == (None, None, None)
    assert config.scanner.url == ""
    assert config.tape.minutes == 10


def test_an_empty_table_of_a_drawer_is_the_one_on_the_printer(read) -> None:
    assert read("[drawer]\n").drawer == tables.Drawer()


# Line (the printer's table takes two), words to expect, and what was written.
WRONG = [
    (4, "from 1 to 65535 (it says 'tcp://x:99999')", '[scanner]\nurl = "tcp://x:99999"\n'),
    (4, "named by its path, such as /dev/ttyS0 (it says 'COM3')", '[scanner]\nurl = "COM3"\n'),
    (4, "Invalid enum value 9601: one of 300, 600, 1200", "[scanner]\nbaud = 9601\n"),
    (4, "Expected `int`, got `float`", "[scanner]\nbaud = 9600.5\n"),
    (5, "weight_codes: '28PPPPP': a weight code is", '[scanner]\n\nweight_codes = ["28PPPPP"]\n'),
    (4, "keyboard_prefix: a sign that nobody types", '[scanner]\nkeyboard_prefix = "5"\n'),
    (4, "keyboard_prefix: a sign that nobody types", '[scanner]\nkeyboard_prefix = "*"\n'),
    (4, "length <= 1", '[scanner]\nkeyboard_prefix = "ab"\n'),
    (3, "missing required field `url`", "[scale]\nbaud = 9600\n"),
    (
        5,
        "Invalid enum value 'dibal': one of cas, elzab, toledo (it says 'dibal')",
        '[scale]\nurl = "/dev/x"\nprotocol = "dibal"\n',
    ),
    (5, "Invalid enum value 'X': one of E, N, O", '[scale]\nurl = "/dev/x"\nparity = "X"\n'),
    (5, "Invalid enum value 9: one of 7, 8", '[scale]\nurl = "/dev/x"\nbits = 9\n'),
    (5, ">= 0.5 (it says 0.1)", '[scale]\nurl = "/dev/x"\npatience_s = 0.1\n'),
    (4, "parity=X is none of N, E, O", '[scale]\nurl = "serial:///dev/x?parity=X"\n'),
    (
        5,
        "Invalid enum value 'CP999': one of ASCII, CP1250",
        '[display]\nurl = "/dev/x"\ncode_page = "CP999"\n',
    ),
    (5, "<= 255 (it says 256)", '[display]\nurl = "/dev/x"\ncode_table = 256\n'),
    (5, "unknown field `colour`", '[display]\nurl = "/dev/x"\ncolour = "green"\n'),
    (4, 'needs on = "line" (it says', '[drawer]\nurl = "/dev/x"\n'),
    (5, "on a printer has none", '[drawer]\non = "receipt_printer"\nurl = "/dev/x"\n'),
    (3, "needs a table [receipt_printer]", '[drawer]\non = "receipt_printer"\n'),
    (3, "named by its path", '[drawer]\non = "line"\n'),
    (5, "no modem lines", '[drawer]\non = "line"\nurl = "tcp://a:1"\n'),
    (4, "matching regex", '[drawer]\npulse = "0x7"\n'),
    (4, "Invalid enum value 'TXD': one of CTS, DCD, DSR, RI", '[drawer]\npin = "TXD"\n'),
    (4, "> 0.0 (it says 0)", "[tape]\nminutes = 0\n"),
]


@pytest.mark.parametrize(("line", "words", "text"), WRONG, ids=[w for _, w, _ in WRONG])
def test_what_can_never_work_is_refused_with_file_line_and_value(
    read, line: int, words: str, text: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        read(text)
    assert f"till.toml, line {line}: " in str(caught.value)
    assert words in str(caught.value)


@pytest.mark.parametrize("table", ["scanner", "scale", "display"])
def test_a_device_that_is_not_there_is_no_mistake(read, table: str) -> None:
    assert read(f'[{table}]\nurl = "/dev/not-plugged-in"\n')
