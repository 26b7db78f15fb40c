from __future__ import annotations

import logging
import stat
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from drivers.errors import InDoubt, Refused, Unreachable
from drivers.tape_file import Kind, load
from terminal.engine import Engine
from terminal.errors import Blocked, Code
from terminal.events import (
    DeviceChanged,
    NetworkChanged,
    PaperChanged,
    SellingBlocked,
    SlipUnsure,
)
from terminal.gear import tables
from terminal.gear import tapes as module
from terminal.gear.tapes import REQUEST, Tapes
from terminal.paper.state import State
from terminal.store.slips import Job

ZONE = ZoneInfo("Europe/Warsaw")


class Stand:
    def __init__(self, folder, **limits) -> None:
        self.now = datetime(2026, 11, 23, 10, 12, 44, tzinfo=ZONE)
        self.thread = Engine("tapes")
        self.tapes = Tapes(folder, tables.Tape(**limits), lambda: self.now, self.thread)
        self.tape = self.tapes.tape("printer", "posnet", "/dev/ttyUSB0", baud=9600)

    def talk(self, text: bytes = b"answer") -> None:
        self.tape.record(b"question", is_ours=True)
        self.tape.record(text, is_ours=False)

    def saved(self) -> list:
        """What is on disk, once the writing thread has done what it was given."""
        self.thread.call(lambda: None).result(20)
        return sorted(self.tapes.folder.glob("*.jsonl"))


@pytest.fixture
def stand(tmp_path):
    made = []

    def make(**limits) -> Stand:
        made.append(Stand(tmp_path, **limits))
        return made[-1]

    yield make
    for one in made:
        one.tapes.stop()


@pytest.fixture
def one(stand, monkeypatch) -> Stand:
    monkeypatch.setattr(module, "_GAP_S", 0.0)
    return stand()


def test_a_tape_is_saved_with_the_error(one, caplog):
    one.talk()
    one.tapes.notice("printer", InDoubt("no answer to trend"))
    (path,) = one.saved()
    assert path.name == "20261123T101244000-printer-InDoubt.jsonl"
    header, passages = load(path.read_text())
    assert (header.device, header.protocol, header.url) == ("printer", "posnet", "/dev/ttyUSB0")
    assert header.settings == {"baud": 9600}
    assert header.why == "InDoubt: no answer to trend"
    assert header.saved == "2026-11-23T10:12:44.000+01:00"
    assert [(each.kind, each.data) for each in passages] == [
        (Kind.OUT, b"question"),
        (Kind.IN, b"answer"),
    ]
    assert f"tape {path}" in caplog.text
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_happens_while_it_is_written_is_not_on_it(one):
    one.talk()
    gate = one.thread.call(lambda: None)
    one.tapes.notice("printer", InDoubt("x"))
    one.talk(b"later")
    gate.result(20)
    assert b"later" not in one.saved()[0].read_bytes()


def test_the_same_trouble_is_saved_once_until_there_is_news(one, caplog):
    one.talk()
    for _ in range(50):
        one.tapes.notice("printer", Unreachable("off"))
    assert len(one.saved()) == 1
    one.now += timedelta(seconds=1)
    one.tapes.notice("printer", InDoubt("something else"))
    assert len(one.saved()) == 2
    one.now += timedelta(seconds=1)
    one.talk()
    one.tapes.notice("printer", InDoubt("something else"))
    assert len(one.saved()) == 3
    assert caplog.text.count("no new tape") == 49


def test_a_storm_of_errors_is_saved_no_more_than_once_a_minute(stand):
    storm = stand()
    for no in range(100):
        storm.talk()
        storm.tapes.notice("printer", Refused(no, "ERR", "no", "trline"))
    assert len(storm.saved()) == 1


def test_a_block_is_always_saved(stand):
    blocked = stand()
    blocked.talk()
    blocked.tapes.notice("printer", InDoubt("x"))
    blocked.tapes.hear(SellingBlocked(Blocked(Code.DISAGREES, detail="y")))
    names = [path.name for path in blocked.saved()]
    assert any("printer-E-52" in name for name in names), names
    blocked.tapes.hear(SellingBlocked(None))
    assert len(blocked.saved()) == 2


def test_a_small_device_that_goes_is_saved(one):
    one.tapes.tape("scale", "cas", "/dev/ttyUSB1").record(b"x", is_ours=False)
    one.tapes.hear(DeviceChanged("scale", is_online=True))
    one.tapes.hear(DeviceChanged("scale", is_online=False, detail="unplugged"))
    one.tapes.hear(DeviceChanged("nobody", is_online=False))
    one.tapes.hear(NetworkChanged(is_online=False))
    (path,) = one.saved()
    assert load(path.read_text())[0].why == "unplugged"


def test_a_slip_in_doubt_and_a_receipt_printer_that_goes_are_saved(one):
    tape = one.tapes.tape("receipt_printer", "escpos", "tcp://x:9100")
    tape.record(b"x", is_ours=False)
    job = Job(1, "a", "a", State.UNSURE, 0, "", "", "line", "")
    one.tapes.hear(PaperChanged("ok"))
    one.tapes.hear(PaperChanged("out", "paper"))
    one.tapes.hear(SlipUnsure(job))
    one.now += timedelta(seconds=1)
    tape.record(b"y", is_ours=False)
    one.tapes.hear(PaperChanged("unknown", "silent"))
    assert [load(path.read_text())[0].why for path in one.saved()] == ["line", "silent"]


def test_old_tapes_make_room(one):
    one.tapes._limits = tables.Tape(files=3)
    for no in range(6):
        one.now += timedelta(seconds=1)
        one.talk(b"%d" % no)
        one.tapes.notice("printer", InDoubt("x"))
    kept = one.saved()
    assert len(kept) == 3
    assert b'"data":"5"' in kept[-1].read_bytes()


def test_large_tapes_make_room_and_the_newest_stays(one):
    one.tapes._limits = tables.Tape(megabytes=1)
    for _ in range(4):
        one.now += timedelta(seconds=1)
        one.talk(b"x" * 400_000)
        one.tapes.notice("printer", InDoubt("x"))
    assert len(one.saved()) == 1


def test_two_in_one_second_have_names_of_their_own(one):
    one.tapes.save_all("a")
    one.tapes.save_all("b")
    names = [path.name for path in one.saved()]
    stem = "20261123T101244000-printer-asked"
    assert names == [f"{stem}-2.jsonl", f"{stem}.jsonl"]


def test_a_technician_asks_from_another_process(one):
    one.tapes.look()
    assert one.saved() == []
    request = one.tapes.folder / REQUEST
    request.touch()
    one.talk()
    one.tapes.look()
    assert len(one.saved()) == 1
    assert not request.exists()


def test_a_disk_that_refuses_is_told_in_the_log_and_nowhere_else(one, caplog):
    one.tapes.folder.rmdir()
    one.tapes.folder.write_text("a file stands where the folder should be")
    one.talk()
    one.tapes.notice("printer", InDoubt("x"))
    one.tapes.look()
    one.thread.call(lambda: None).result(20)
    assert "the tape could not be saved" in caplog.text


def test_an_unfinished_tape_is_no_tape(one):
    (one.tapes.folder / "20261123T101244000-printer-InDoubt.part").write_text("half")
    one.talk()
    one.tapes.notice("printer", InDoubt("x"))
    assert len(one.saved()) == 1


def test_the_log_says_what_was_wrong_before_the_path(one, caplog):
    caplog.set_level(logging.WARNING)
    one.tapes.notice("printer", Unreachable("cannot open /dev/ttyUSB0"))
    one.saved()
    assert "printer: Unreachable: cannot open /dev/ttyUSB0; tape " in caplog.text
