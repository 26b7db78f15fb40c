from __future__ import annotations

import json
import tarfile
from typing import TYPE_CHECKING

import pytest

from drivers.tape_file import Header, Kind, Passage, dump
from terminal.device import bundle
from terminal.device.check import bad
from terminal.sync import enrolment
from tests.terminal.device.scenes import device

if TYPE_CHECKING:
    from pathlib import Path

# Secrets, and things about people, as they may stand in a log or a tape.
CANARIES = [
    "kanarek@example.com",
    "526-025-02-74",
    "5260250274",
    "PL5260250274",
    "44051401359",
    "61109010140000071219812874",
    "Kanarkowska",
    "haslo-kanarka",
    "AbCdEf0123456789AbCdEf0123456789AbCdEf01234=",
]
CONFIG = """
[office]
url = "https://user:haslo-kanarka@office.example.com"
[keys]
"f1" = "menu"
"""
LOG = """\
2026-11-26 INFO post: sent 3 documents
2026-11-26 WARNING http: token=haslo-kanarka refused for kanarek@example.com
2026-11-26 INFO nip 526-025-02-74, 5260250274 and PL5260250274, pesel 44051401359
2026-11-26 INFO account 61109010140000071219812874 key: "haslo-kanarka"
2026-11-26 ERROR AbCdEf0123456789AbCdEf0123456789AbCdEf01234= of
2026-11-26 ERROR /var/lib/kasoterminal/tapes/20261126-printer
"""


@pytest.fixture
def parts(tmp_path: Path) -> dict[str, str]:
    here = device(tmp_path, CONFIG)
    (tmp_path / "till" / "till.log").write_text(LOG, encoding="utf-8")
    (tmp_path / "till" / "tapes").mkdir()
    header = Header(
        "printer", "posnet", "/dev/ttyUSB0", {}, "2026-11-26T09:12:44Z", "why", "0.1", 0
    )
    frame = b"\x02trfvbuyer\tnaKanarkowska\tni5260250274\tadUl. Kanarkowska 7\t#ABCD\x03"
    passages = [
        Passage(1.0, 2.0, Kind.OUT, frame),
        Passage(1.1, 2.1, Kind.IN, b"\x02ok\t#ABCD\x03"),
    ]
    tape = tmp_path / "till" / "tapes" / "20261126T091244-printer-InDoubt.jsonl"
    tape.write_text("".join(dump(header, passages)), encoding="ascii")
    target = tmp_path / "bundle.tar.gz"
    bundle.write(target, here, [bad("office", "E-50 kanarek@example.com", "a")])
    assert target.stat().st_mode & 0o777 == 0o600
    with tarfile.open(target) as tar:
        assert all(one.isfile() and one.name.startswith("kasoterminal/") for one in tar)
        return {one.name: tar.extractfile(one).read().decode() for one in tar}


def test_everything_that_helps_is_in_it(parts: dict[str, str]) -> None:
    names = {name.removeprefix("kasoterminal/") for name in parts}
    assert names >= {"checks.txt", "checks.json", "versions.json", "till.toml", "till.log"}
    assert "tapes/20261126T091244-printer-InDoubt.jsonl" in names
    assert "sent 3 documents" in parts["kasoterminal/till.log"]
    assert "/var/lib/kasoterminal/tapes/20261126-printer" in parts["kasoterminal/till.log"]
    assert "office.example.com" in parts["kasoterminal/till.toml"]
    assert '"f1" = "menu"' in parts["kasoterminal/till.toml"]
    assert json.loads(parts["kasoterminal/checks.json"])["state"] == "bad"
    assert "sqlite" in json.loads(parts["kasoterminal/versions.json"])
    assert "trfvbuyer" in parts["kasoterminal/tapes/20261126T091244-printer-InDoubt.jsonl"]


@pytest.mark.parametrize("canary", CANARIES)
def test_no_canary_gets_out(parts: dict[str, str], canary: str) -> None:
    assert [name for name, text in parts.items() if canary in text] == []


def test_the_key_of_the_till_stays_where_it_is(parts: dict[str, str], tmp_path: Path) -> None:
    key = enrolment.load(tmp_path / "till" / "identity.json").key
    assert [name for name, text in parts.items() if key in text] == []
    assert not [name for name in parts if name.endswith((".db", "identity.json"))]


def test_what_is_no_secret_stays_readable() -> None:
    text = "2026-11-26 12:00:00,123 INFO receipt 0f3e2d1c-5b6a-4978-8796-a5b4c3d2e1f0 is 12,50"
    assert bundle.blotted(text) == text
    assert bundle.blotted("monkey business") == "monkey business"


def test_a_device_without_configuration_has_a_bundle_too(tmp_path: Path) -> None:
    here = device(tmp_path)
    nothing = type(here)(tmp_path / "none.toml", None, "none", here.now, is_running=False)
    bundle.write(tmp_path / "b.tar.gz", nothing, [])
    with tarfile.open(tmp_path / "b.tar.gz") as tar:
        assert len(tar.getnames()) == 3


def test_whoever_gets_no_file_gets_the_checks_and_the_end_of_the_log(tmp_path: Path) -> None:
    here = device(tmp_path, CONFIG)
    folder = tmp_path / "till"
    (folder / "till.log.1").write_text("the older one\n", encoding="utf-8")
    (folder / "till.log").write_text(LOG + "zażółć\n", encoding="utf-8")
    checks, log = bundle.told(here, [bad("office", "E-50 kanarek@example.com", "a")], 10_000)
    assert checks.startswith("BAD  office")
    assert log.startswith("the older one")
    assert log.endswith("zażółć\n")
    assert not [canary for canary in CANARIES if canary in checks + log]
    # A limit in the middle of a letter.
    assert bundle.told(here, [], 4) == ("", "łć\n"[1:])
