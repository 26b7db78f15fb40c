from __future__ import annotations

from dataclasses import replace

import pytest
from PIL import Image

from drivers.address import Serial, Tcp, read_address
from drivers.escpos.setup import Accents, Setup, Unsuitable, fit, line

POLISH = "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ"


@pytest.fixture
def picture(tmp_path):
    file = tmp_path / "logo.png"
    Image.new("1", (8, 8)).save(file)
    return str(file)


def test_a_usual_setup_fits():
    fitting = fit(Setup(profile="TM-T20II"))
    assert (fitting.columns, fitting.warning) == (48, "")
    assert fit(Setup(profile="TM-T20II", font="B")).columns == 64
    assert fit(Setup(profile="TM-T20II", columns=40)).columns == 40


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"profile": "TM-T20"}, r"profile = 'TM-T20': .* such as TM-T20II"),
        ({"profile": "brother"}, r"profile = 'brother'"),
        ({"profile": "TSP600"}, r"profile = 'TSP600': expected an ESC/POS printer"),
        ({"code_page": "CP999"}, r"code_page = 'CP999': expected .* has .*CP852"),
        ({"font": "C"}, r"font = 'C': expected A or B"),
        ({"font": "B", "profile": "ZJ-5870"}, r"font = 'B': expected A"),
        ({"columns": 3}, r"columns = 3: expected 16 to 96"),
        ({"drawer_pin": 4}, r"drawer_pin = 4: expected 2 or 5"),
        ({"drawer_ms": 900}, r"drawer_ms = 900: expected 2 to 510"),
        ({"logo": "nv:0"}, r"logo = 'nv:0': expected nv:1 to nv:255"),
        ({"logo": "nv:x"}, r"logo = 'nv:x'"),
        ({"logo": "nv:99999999999"}, r"logo = 'nv:9"),
        ({"logo": "key:ABC"}, r"logo = 'key:ABC': expected key: and two"),
        ({"logo": "/no/such.png"}, r"logo = '/no/such.png': .*No such file"),
        ({"logo": __file__}, r"logo = .*: expected a PNG"),
    ],
)
def test_what_cannot_be_is_said_with_its_value(changes, said):
    with pytest.raises(Unsuitable, match=said):
        fit(replace(Setup(), **changes))


@pytest.mark.parametrize("logo", ["", "nv:1", "nv:255", "key:K1"])
def test_logos_of_the_printer(logo):
    assert fit(Setup(logo=logo)).setup.logo == logo


def test_a_picture_is_a_logo(picture):
    assert fit(Setup(logo=picture)).piece_max > fit(Setup()).piece_max == 1024
    assert fit(Setup(profile="POS-5890")).piece_max > 1024  # its QR codes are images


def test_images_come_in_pieces_between_which_something_can_be_asked():
    assert fit(Setup(profile="TM-T20II")).fragment_rows == 2048 // 72
    assert fit(Setup(profile="POS-5890")).fragment_rows == 2048 // 48


@pytest.mark.parametrize("profile", ["T-1", "TM-T88III", "simple"])
def test_a_printer_without_polish_letters(profile):
    with pytest.raises(Unsuitable, match=POLISH):
        fit(Setup(profile=profile))
    fitting = fit(Setup(profile=profile, accents=Accents.TRANSLITERATE))
    assert (
        fitting.warning == f"{profile} does not have the letters {POLISH}: they lose their accents"
    )
    assert fit(Setup(profile="T-1", language="fr")).warning == ""


def test_a_chosen_page_must_have_the_letters_too():
    with pytest.raises(Unsuitable, match="ąćęłńś"):
        fit(Setup(code_page="CP858"))
    assert fit(Setup(code_page="CP1250")).page_for("x") == "CP1250"
    loose = fit(Setup(code_page="CP858", accents=Accents.TRANSLITERATE))
    assert (loose.page_for("ż"), "ż" in loose.warning) == ("CP858", True)


@pytest.mark.parametrize(
    ("url", "options", "expected"),
    [
        ("/dev/ttyS0", {"baud": 9600}, Serial("/dev/ttyS0", 9600)),
        (
            "serial:///dev/ttyS0",
            {"baud": 19_200, "parity": "E", "stop": 2, "flow": "rtscts"},
            Serial("/dev/ttyS0", 19_200, "E", 8, 2, "rtscts"),
        ),
        ("serial:///dev/ttyS0?baud=1200", {"baud": 9600}, Serial("/dev/ttyS0", 1200)),
        ("tcp://10.0.0.7:9100", {"baud": 9600}, Tcp("10.0.0.7", 9100)),
        ("rfc2217://10.0.0.7:4000", {"baud": 9600}, Serial("rfc2217://10.0.0.7:4000", 9600)),
    ],
)
def test_lines(url, options, expected):
    assert read_address(url, line(url, **options)) == expected


@pytest.mark.parametrize(
    ("url", "options", "said"),
    [
        ("/dev/ttyS0", {"baud": 9601}, "baud = 9601: expected one of 300, 600, 1200, 2400"),
        ("/dev/ttyS0", {"baud": 9600, "parity": "X"}, "parity = 'X': expected one of N, E, O"),
        ("/dev/ttyS0", {"baud": 9600, "stop": 3}, "stop = 3: expected one of 1, 2"),
        ("/dev/ttyS0", {"baud": 9600, "flow": "dtr"}, "flow = 'dtr': expected one of none, rtscts"),
        ("ttyS0", {"baud": 9600}, "url = 'ttyS0': expected /dev/serial/"),
        ("/dev/ttyS0?baud=7", {"baud": 9600}, "baud=7 is none of"),
        ("tcp://10.0.0.7", {"baud": 9600}, "tcp://HOST:9100"),
        ("tcp://10.0.0.7:99999", {"baud": 9600}, "url = 'tcp://10.0.0.7:99999'"),
        ("tcp://:9100", {"baud": 9600}, "tcp://HOST:9100"),
    ],
)
def test_lines_that_cannot_be(url, options, said):
    with pytest.raises(Unsuitable, match=said):
        line(url, **options)
