from __future__ import annotations

import logging
import os
import subprocess
import sys
import tempfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.escpos.render import kick, pieces, render
from drivers.escpos.setup import Accents, Cut, Setup, fit
from drivers.paper import LOGO, RULE, Align, Kind, Row, Size, Slip
from hw_emulator.escpos.parser import Parser
from hw_emulator.escpos.realtime import Watcher

SLIP = Slip("Łódź", (Row("Zażółć"), Row(""), Row("Razem", "1\u202f234,50 zł")))
LOOSE = Accents.TRANSLITERATE


def rendered(*rows, setup=None, **slip):
    return render(Slip("", rows, **slip), fit(setup or Setup()))


def qr(content):
    return Row(content, kind=Kind.QR)


def code(content):
    return Row(content, kind=Kind.BARCODE)


def test_a_slip_from_reset_to_cut():
    data = render(SLIP, fit(Setup()))
    assert data.startswith(b"\x1b@\x1bt\x12")  # ESC @, page 18 = CP852
    assert data.count(b"\x1bt") == 1
    assert "Łódź\n".encode("cp852") in data
    assert f"Zażółć\n\n{'Razem':31}1 234,50 zł\n".encode("cp852") in data
    assert data.endswith(b"\x1dV\x00")


def test_every_slip_stands_alone():
    assert render(SLIP, fit(Setup())) == render(SLIP, fit(Setup()))


@pytest.mark.parametrize(
    ("language", "page"), [("pl", 18), ("fr", 16), ("es", 19), ("en", 19), ("de", 19)]
)
def test_one_page_for_each_language(language, page):
    data = rendered(Row("x"), setup=Setup(language=language))
    assert data.startswith(b"\x1b@\x1bt%c" % page)


def test_the_page_that_holds_the_whole_slip_is_taken():
    data = rendered(Row("Żółw"), Row("Razem", "5 €"))
    assert data.startswith(b"\x1b@\x1bt\x2d")  # page 45 = CP1250
    assert "Żółw\n".encode("cp1250") in data
    assert rendered(Row("x"), setup=Setup(code_page="CP1250")).startswith(b"\x1b@\x1bt\x2d")


def test_a_printer_that_has_no_polish_letters():
    data = render(SLIP, fit(Setup(profile="simple", accents=LOOSE)))
    assert b"\x1bt" not in data
    assert b"Lodz\n" in data
    assert b"Zazolc\n" in data


def test_styles_are_sent_where_they_change():
    data = rendered(
        Row("a", is_bold=True),
        Row("b", is_bold=True),
        Row("c", align=Align.CENTRE, size=Size.DOUBLE),
        RULE,
        Row("d", align=Align.RIGHT, size=Size.TALL),
    )
    assert data.startswith(
        b"\x1b@\x1bt\x12\x1bE\x01a\nb\n\x1ba\x01\x1bE\x00\x1d!\x11c\n\x1ba\x00\x1d!\x00"
    )
    assert b"-" * 42 + b"\n\x1ba\x02\x1d!\x01d\n" in data


def test_double_letters_have_half_the_columns():
    data = rendered(Row("Do zapłaty", "1 234,50", size=Size.DOUBLE))
    assert f"{'Do zapłaty':13}1 234,50\n".encode("cp852") in data


def test_font_and_columns():
    data = rendered(RULE, setup=Setup(profile="TM-T20II", font="B"))
    assert b"\x1bM\x01" + b"-" * 64 + b"\n" in data
    assert b"\n" + b"-" * 30 + b"\n" in b"\n" + rendered(RULE, setup=Setup(columns=30))[5:]


def test_lines_cannot_smuggle_commands():
    assert rendered(Row("a\x1dV\x00b")).count(b"\x1dV") == 1
    assert b"a Vb\n" in rendered(Row("a\x1dV\x00b"))
    assert b"a\nb\n" in rendered(Row("a\nb"))


def test_a_marked_slip_is_marked_above_and_below_and_leaves_the_drawer_shut():
    slip = Slip("Kwit", (Row("a"),), kicks_drawer=True)
    assert kick(fit(Setup())) in render(slip, fit(Setup()))
    marked = rendered(Row("a"), mark="DUPLIKAT", kicks_drawer=True)
    assert marked.count(b"DUPLIKAT\n") == 2
    assert kick(fit(Setup())) not in marked
    assert marked.index(b"DUPLIKAT") < marked.index(b"a\n") < marked.rindex(b"DUPLIKAT")


@pytest.mark.parametrize(
    ("setup", "end"),
    [
        (Setup(), b"\x1bd\x06\x1dV\x00"),
        (Setup(cut=Cut.PARTIAL), b"\x1bd\x06\x1dV\x01"),
        (Setup(cut=Cut.NONE), b"\x1bd\x06"),
        (Setup(profile="POS-5890"), b"\x1bd\x06"),  # it has no cutter
    ],
)
def test_cuts(setup, end):
    assert rendered(Row("a"), setup=setup).endswith(b"a\n" + end)
    assert rendered(Row("a"), setup=setup, is_cut=False).endswith(b"a\n")


def test_the_drawer_pulse():
    assert kick(fit(Setup())) == b"\x1bp\x00\x32\x32"
    assert kick(fit(Setup(drawer_pin=5, drawer_ms=510))) == b"\x1bp\x01\xff\xff"


def test_codes():
    data = rendered(code("5901234123457"), qr("https://x/ż"))
    assert b"\x1dk\x025901234123457\x00" in data
    assert b"\x1d(k" in data
    assert "https://x/ż".encode() in data


@pytest.mark.parametrize(
    ("content", "profile"),
    [("A-234567890123456789", "Sunmi-V2"), ("5901234123457", "POS-5890"), ("AB", "TM-U220")],
)
def test_a_bar_code_that_the_printer_cannot_draw_is_printed_as_text(content, profile):
    data = rendered(code(content), setup=Setup(profile=profile, accents=LOOSE))
    assert b"\x1dk" not in data
    assert content.encode() + b"\n" in data


@pytest.mark.parametrize("row", [code("x" * 25), qr("x" * 701)])
def test_what_cannot_be_printed(row):
    with pytest.raises(ValueError, match=r"code of more"):
        rendered(row)


@pytest.mark.parametrize(
    ("profile", "mark"),
    [("default", b"\x1d(k"), ("POS-5890", b"\x1dv0"), ("simple", b"abc\n")],
)
def test_qr_as_the_printer_can(profile, mark, capfd):
    assert mark in rendered(qr("abc"), setup=Setup(profile=profile, accents=LOOSE))
    assert capfd.readouterr() == ("", "")


def test_a_qr_code_has_no_control_characters():
    assert b"ab c" in rendered(qr("a\x1b\x00b c\x10\x04"))


def test_logos():
    assert b"\x1cp\x02\x00" in rendered(LOGO, setup=Setup(logo="nv:2"))
    assert rendered(LOGO) == rendered(Row("", kind=Kind.LOGO, align=Align.CENTRE))
    assert b"\x1cp" not in rendered(LOGO)


def test_a_slip_without_its_logo_is_better_than_none(tmp_path, caplog):
    file = tmp_path / "logo.png"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + b"rubbish")
    assert b"text\n" in rendered(LOGO, Row("text"), setup=Setup(logo=str(file)))
    assert "printed without the logo" in caplog.text


def test_pieces_are_whole_commands():
    slip = Slip("T", (Row("a", "b"), qr("abc"), code("K1")), mark="M")
    fitting = fit(Setup(profile="POS-5890"))
    for piece in pieces(slip, fitting):
        assert len(piece) <= fitting.piece_max
        parser = Parser()
        parser.feed(piece)
        assert parser._pending == b""


def test_importing_the_library_leaves_no_trace(tmp_path):
    program = (
        "import logging; from drivers.escpos.render import render\n"
        "from drivers.escpos.setup import Setup, fit\n"
        "from drivers.paper import Kind, Row, Slip\n"
        "import sys; fitting = fit(Setup())\n"
        "assert not {'escpos.capabilities', 'PIL'} & set(sys.modules)\n"
        "assert render(Slip('T', (Row('a'), Row('x', kind=Kind.BARCODE))), fitting)\n"
        "assert not logging.getLogger().handlers\n"
    )
    environment = {"TMPDIR": str(tmp_path), "PATH": os.environ["PATH"]}
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert list(tmp_path.iterdir()) == []


def test_own_log_handlers_stay():
    handlers = list(logging.getLogger().handlers)
    render(SLIP, fit(Setup()))
    assert logging.getLogger().handlers == handlers
    assert tempfile.gettempdir()


# --- no text ever becomes a command --------------------------------------------------------------

HOSTILE = st.one_of(
    st.text(max_size=40),
    st.text(
        st.sampled_from("\x1b\x1d\x1c\x10\x04\x14\x02\x03\x00\t\n\r&#@VpaĄ€\x85\u2028"), max_size=40
    ),
)


def commands(data: bytes) -> list[tuple[str, bytes]]:
    """Everything but letters, line ends, and the contents of codes."""
    found = []
    for op in Parser().feed(data):
        if op.name == "text" or op.data == b"\n":
            continue
        is_content = op.name == "GS k" or (op.name == "GS (" and op.data[4:5] == b"\x50")
        found.append((op.name, b"" if is_content else op.data))
    return found


@given(
    st.tuples(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE),
    st.sampled_from(["default", "simple", "TM-T20II"]),
    st.sampled_from(["pl", "fr"]),
)
def test_whatever_is_on_a_slip_it_has_only_the_commands_of_a_harmless_one(texts, profile, language):
    def slip(title, left, right, content, mark):
        rows = (Row(left, right, is_bold=True), code("x" + content[:12]), qr("x" + content))
        return Slip(title or "x", rows, mark=mark or "x")

    fitting = fit(Setup(profile=profile, language=language, accents=LOOSE))
    hostile = render(slip(*texts), fitting)
    harmless = render(slip("a", "b", "c", "d", "e"), fitting)
    # A page that holds more letters is no command that somebody smuggled in.
    pages = {"ESC t"}
    assert [one for one in commands(hostile) if one[0] not in pages] == [
        one for one in commands(harmless) if one[0] not in pages
    ]
    assert sum(name == "ESC t" for name, _ in commands(hostile)) == (profile != "simple")
    assert not any(request for _, request in Watcher().split(hostile))
