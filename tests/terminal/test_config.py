"""Mistakes in ``till.toml`` are told with file, line and what was expected."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from terminal import config
from terminal.config import Config, ConfigError, find, load

GOOD = """\
[store]
dir = "/srv/till"

[printer]
url = "/dev/ttyUSB0"
baud = 9600

[office]
url = "https://office.example"
ca = "/etc/office.pem"

[screen]
language = "en"
quiet_sync = true

[keys]
f1 = "help"

[update]
root = "/etc/kasoterminal/root.json"
channel = "pilot"
url = "https://releases.example"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "till.toml"


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home without any configuration, and a system without a till."""
    for name in ("KASO_CONFIG", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
    monkeypatch.setattr(config, "_SYSTEM_FILE", tmp_path / "etc" / "till.toml")
    monkeypatch.setattr(config, "_SYSTEM_STORE", tmp_path / "var" / "kasoterminal")
    return tmp_path


def complaint(file: Path, text: str) -> str:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load(file)
    return str(caught.value)


def test_everything_that_can_be_set(file: Path) -> None:
    file.write_text(GOOD)
    assert load(file) == Config(
        config.Printer("/dev/ttyUSB0", 9600),
        config.Store("/srv/till"),
        config.Office("https://office.example", "/etc/office.pem"),
        config.Screen("en", quiet_sync=True),
        {"f1": "help"},
        update=config.Update("/etc/kasoterminal/root.json", "pilot", "https://releases.example"),
    )


def test_an_unknown_driver_of_the_screen_is_told_with_those_there_are(file: Path) -> None:
    told = complaint(file, '[printer]\nurl = "/dev/ttyS0"\n[screen]\ndriver = "curses"\n')
    assert "line 4" in told
    assert "one of auto, cells, full" in told


def test_a_printer_is_all_that_is_needed(file: Path) -> None:
    file.write_text('[printer]\nurl = "tcp://127.0.0.1:6666"\n')
    loaded = load(file)
    assert (loaded.printer.baud, loaded.printer.protocol) == (115_200, "posnet")
    assert loaded.screen.language == "pl"
    assert (loaded.office.url, loaded.store.dir, loaded.keys) == ("", "", {})
    assert loaded.update == config.Update("", "stable", "")


# Line and words to expect, and the file that is wrong.
WRONG = [
    (1, "missing required field `printer`", ""),
    (3, "missing required field `url`", "\n\n[printer]\nbaud = 9600\n"),
    (2, "Expected `str`, got `int`", "[printer]\nurl = 5\n"),
    (2, "length >= 1", '[printer]\nurl = ""\n'),
    (3, "Expected `int`, got `str`", '[printer]\nurl = "/x"\nbaud = "9600"\n'),
    (3, "one of 1200, 2400, 4800", '[printer]\nurl = "/x"\nbaud = 300\n'),
    (3, "115200, 230400 (it says 12345)", '[printer]\nurl = "/x"\nbaud = 12345\n'),
    (2, "named by its path, such as /dev/ttyS0", '[printer]\nurl = "ttyUSB0"\n'),
    (2, "the port from 1 to 65535", '[printer]\nurl = "tcp://10.0.0.9"\n'),
    (2, "number from 1 to 65535", '[printer]\nurl = "tcp://10.0.0.9:66666"\n'),
    (2, "parity", '[printer]\nurl = "serial:///dev/ttyS0?parity=X"\n'),
    (3, "one of auto, old, online", '[printer]\nurl = "/x"\ngeneration = "new"\n'),
    (
        4,
        "a novitus printer has none",
        '[printer]\nurl = "http://h:1"\nprotocol = "novitus"\ngeneration = "old"\n',
    ),
    (3, "(posnet|novitus)", '[printer]\nurl = "/x"\nprotocol = "thermal"\n'),
    (3, "unknown field `buad`", '[printer]\nurl = "/x"\nbuad = 9600\n'),
    (3, "unknown field `scren`", '[printer]\nurl = "/x"\n[scren]\nlanguage = "pl"\n'),
    (4, "(pl|en|fr|es)", '[printer]\nurl = "/x"\n[screen]\nlanguage = "de"\n'),
    (4, "regex", '[printer]\nurl = "/x"\n[update]\nchannel = "../x"\n'),
    (3, "Expected `str`, got `int`", '[printer]\nurl = "/x"\n[keys]\nf1 = 1\n'),
    (5, "unknown field `port`", '[office]\nurl = "x"\n[printer]\nurl = "/x"\nport = 1\n'),
    (4, "Expected `str`, got `array`", '# url = 1\n[printer]\n# url\n  url = ["x"]\n'),
    (1, "Expected `object`, got `str`", 'printer = "x"\n'),
    (1, "Expected `str`, got `int`", "printer = {url = 5}\n"),
    (2, "Expected `str`, got `bool`", "printer.baud = 9600\nprinter.url = true\n"),
]


@pytest.mark.parametrize(("line", "words", "text"), WRONG, ids=[words for _, words, _ in WRONG])
def test_a_mistake_is_told_with_its_place(file: Path, line: int, words: str, text: str) -> None:
    told = complaint(file, text)
    assert told.startswith(f"{file}, line {line}: ")
    assert words in told


def test_a_receipt_printer_may_be_set_up(file: Path) -> None:
    assert Config(config.Printer("/x")).receipt_printer is None
    file.write_text(
        '[printer]\nurl = "/dev/ttyS0"\n[receipt_printer]\nurl = "tcp://10.0.0.7:9100"\n'
        'profile = "TM-T20II"\nflow = "rtscts"\nlogo = "nv:1"\nreprint_after_s = 60\n'
    )
    found = load(file).receipt_printer
    assert found == config.ReceiptPrinter(
        "tcp://10.0.0.7:9100", flow="rtscts", profile="TM-T20II", logo="nv:1", reprint_after_s=60
    )
    assert (found.baud, found.accents, found.cut) == (9600, "refuse", "full")


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("parity", '"X"', "Invalid enum value 'X'"),
        ("stop", "3", "Invalid enum value 3"),
        ("flow", '"dtr"', "Invalid enum value 'dtr'"),
        ("accents", '"guess"', "Invalid enum value 'guess'"),
        ("font", '"C"', "Invalid enum value 'C'"),
        ("cut", '"half"', "Invalid enum value 'half'"),
        ("status", '"often"', "Invalid enum value 'often'"),
        ("drawer_pin", "3", "Invalid enum value 3"),
        ("drawer_ms", "900", "Expected `int` <= 510"),
        ("drawer_open", '"up"', "Invalid enum value 'up'"),
        ("columns", "97", "Expected `int` <= 96"),
        ("reprint_after_s", "-1", "Expected `int` >= 0"),
        ("baud", '"9600"', "Expected `int`, got `str`"),
        ("colour", "1", "unknown field `colour`"),
    ],
)
def test_mistakes_about_the_receipt_printer(file: Path, key: str, value: str, words: str) -> None:
    text = f'[printer]\nurl = "/dev/ttyS0"\n\n[receipt_printer]\nurl = "x"\n{key} = {value}\n'
    told = complaint(file, text)
    assert told.startswith(f"{file}, line 6: ")
    assert words in told


@pytest.mark.parametrize(
    ("text", "line"),
    [("[printer\n", 1), ('[printer]\nurl = "x\n', 2), ('[printer]\nurl = "x"\n[printer]\n', 3)],
)
def test_what_is_no_toml_is_told_with_its_line(file: Path, text: str, line: int) -> None:
    told = complaint(file, text)
    assert told.startswith(f"{file}: not TOML: ")
    assert f"line {line}" in told


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    for path, why in ((tmp_path / "none.toml", "No such file"), (tmp_path, "directory")):
        with pytest.raises(ConfigError) as caught:
            load(path)
        assert str(path) in str(caught.value)
        assert why in str(caught.value)


def test_a_file_in_another_encoding_is_named(file: Path) -> None:
    file.write_bytes('[printer]\nurl = "łącze"\n'.encode("cp1250"))
    with pytest.raises(ConfigError, match="cannot be read") as caught:
        load(file)
    assert str(file) in str(caught.value)


# --- where it is looked for ----------------------------------------------------------------------


def test_the_users_own_folder_comes_last(nowhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert find() == nowhere / "home" / ".config" / "kasoterminal" / "till.toml"
    monkeypatch.setenv("XDG_CONFIG_HOME", str(nowhere / "xdg"))
    assert find() == nowhere / "xdg" / "kasoterminal" / "till.toml"


def test_the_systems_file_goes_before_it(nowhere: Path) -> None:
    system = nowhere / "etc" / "till.toml"
    system.parent.mkdir()
    system.touch()
    assert find() == system


def test_the_variable_goes_before_both(nowhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (nowhere / "etc").mkdir()
    (nowhere / "etc" / "till.toml").touch()
    monkeypatch.setenv("KASO_CONFIG", str(nowhere / "mine.toml"))
    assert find() == nowhere / "mine.toml"
    monkeypatch.setenv("KASO_CONFIG", "")
    assert find() == nowhere / "etc" / "till.toml"


# --- where the databases are ---------------------------------------------------------------------


def folder(store: str = "") -> Path:
    return Config(config.Printer("/x"), config.Store(store)).folder


def test_the_folder_that_is_named(nowhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (nowhere / "var" / "kasoterminal").mkdir(parents=True)
    assert folder("/srv/till") == Path("/srv/till")
    monkeypatch.setenv("HOME", str(nowhere))
    assert folder("~/till") == nowhere / "till"


def test_the_systems_folder_where_it_may_be_written(nowhere: Path) -> None:
    system = nowhere / "var" / "kasoterminal"
    assert folder() == nowhere / "home" / ".local" / "state" / "kasoterminal"
    system.mkdir(parents=True)
    assert folder() == system


def test_the_users_folder_where_it_may_not(nowhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (nowhere / "var" / "kasoterminal").mkdir(parents=True)
    monkeypatch.setattr(os, "access", lambda *_: False)
    monkeypatch.setenv("XDG_STATE_HOME", str(nowhere / "state"))
    assert folder() == nowhere / "state" / "kasoterminal"
