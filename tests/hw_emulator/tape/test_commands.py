"""``kasoterminal tape replay`` and ``faults``, also on the tape of a whole till."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result

from drivers.tape_file import Header, Kind, Passage, dump
from tests.hw_emulator.tape.reel import SALE, Reel
from tests.shop import Counter, wait_until
from ui.main import main


def tape(*words: object) -> Result:
    return CliRunner().invoke(main, ["tape", *map(str, words)])


@pytest.fixture
def put(tmp_path):
    def write(reel: Reel, **options) -> object:
        path = tmp_path / "tape.jsonl"
        path.write_text(reel.text(**options))
        return path

    return write


def test_the_same_answers(session, put):
    made = session()
    made.all("scnt", *SALE, "scnt")
    done = tape("replay", put(made))
    assert done.exit_code == 0
    assert done.output.splitlines() == [
        "# tape.jsonl: printer, posnet, 2026-03-02T12:00:00+01:00, test",
        "6 commands, the same answers",
    ]


def test_the_first_difference_is_told_and_the_way_out(session, put):
    made = session(faults=["lose:trend:1"])
    made.all("scnt", *SALE)
    made.again()
    made.say("strns")
    path = put(made)
    done = tape("replay", path)
    assert done.exit_code == 1
    assert done.output.splitlines()[1:] == [
        "first difference: command 5 of the tape, 12:00:00.100",
        "  sent      trend @0005 to349",
        "  recorded  nothing",
        "  emulator  trend @0005",
        "  because   no answer was recorded",
        "7 commands, 0 more differences after this one",
        "With --inject the emulator is given what went wrong on the tape.",
    ]
    assert tape("replay", path, "--inject").exit_code == 0
    done = tape("faults", path)
    assert done.exit_code == 0
    assert done.output.splitlines()[1].startswith(
        "lose:trend:1             # 12:00:00.100 trend: no"
    )


def test_what_was_left_out_and_what_is_unknown(session, put):
    made = session()
    made.all(*SALE, *SALE)
    made.ours("fancynew@9")
    made.theirs("fancynew@9")
    made.passages = made.passages[3:]
    done = tape("replay", put(made))
    assert "3 commands left out: they belong to a receipt begun before" in done.output
    assert "not compared, the emulator does not know: fancynew" in done.output
    assert tape("faults", put(made)).output.splitlines()[1].startswith("# counted after 3 commands")


def test_faults_at_once(session, put):
    made = session(faults=["lose:trend:2"])
    made.all(*SALE, *SALE)
    made.again()
    made.wait(3)
    made.say("sid")
    assert "lose:trend:2 " in tape("faults", put(made)).output
    assert "lose:trend:1 " in tape("faults", put(made), "--at-once").output


def test_a_till_in_doubt_saves_a_tape_and_the_tape_brings_it_about_again(tmp_path, caplog):
    shop = Counter(tmp_path, faults=["die-after:trend:2"])
    try:
        shop.start_till()
        shop.ready()
        shop.sell("1", "2")
        shop.do(shop.till.sell, "1")
        shop.do(shop.till.pay, shop.method("cash"), None)
        tapes = shop.till_folder / "tapes"
        wait_until(lambda: list(tapes.glob("*-printer-*.jsonl")), "the tape is saved")
    finally:
        shop.stop()
    saved = sorted(tapes.glob("*-printer-*.jsonl"))
    assert str(saved[0]) in caplog.text
    done = tape("replay", saved[0])
    assert done.exit_code == 1
    assert "  recorded  nothing" in done.output
    assert "  sent      trend " in done.output
    done = tape("replay", saved[0], "--inject")
    assert (done.exit_code, done.output.splitlines()[1:]) == (0, [done.output.splitlines()[-1]])
    (fault,) = [line.split()[0] for line in tape("faults", saved[0]).output.splitlines()[1:]]
    assert fault.startswith(("unplug:trend:2", "reboot-after:trend:2"))


def test_other_devices_are_played_byte_for_byte(put):
    reel = Reel()
    reel.put(Kind.OUT, b"\x0cDzi\xea")
    path = put(reel, protocol="epson", device="display")
    done = tape("replay", path)
    assert done.exit_code == 0
    assert done.output.splitlines()[1].startswith("Dzi")
    assert done.output.splitlines()[-1] == "1 turns, the same answers"
    reel.put(Kind.IN, b"\x07what")
    done = tape("replay", put(reel, protocol="epson", device="display"))
    assert done.exit_code == 1
    assert done.output.splitlines()[3:] == [
        "first difference: turn 1, 12:00:00",
        "  sent      <0c>Dzi<ea>",
        "  recorded  <07>what",
        "  emulator  nothing",
        "1 turns, 0 more differences",
    ]


@pytest.mark.parametrize("device", ["scanner", "pins"])
def test_a_device_that_nobody_talks_to(put, device):
    done = tape("replay", put(Reel(), protocol=device, device=device))
    assert done.exit_code == 2
    assert "nothing to play" in done.output


def test_a_tape_with_nothing_to_play(put):
    done = tape("replay", put(Reel()))
    assert done.exit_code == 2
    assert "nothing on this tape can be played" in done.output


def test_faults_are_the_fiscal_printers(put):
    done = tape("faults", put(Reel(), protocol="cas", device="scale"))
    assert done.exit_code == 2
    assert "only a fiscal printer's tape" in done.output


@pytest.mark.parametrize("command", ["replay", "faults", "show"])
@pytest.mark.parametrize("content", [b"", b"{}", b"\x00\xff" * 100, b'{"tape":1}\n{broken\n{}\n'])
def test_what_is_no_tape(tmp_path, command, content):
    path = tmp_path / "x.jsonl"
    path.write_bytes(content)
    done = tape(command, path)
    assert done.exit_code == 2
    assert str(path) in done.output


def test_a_memory_that_cannot_be_used(session, put, tmp_path):
    made = session()
    made.say("sid")
    (tmp_path / "bad.mem").write_bytes(b"junk\n" * 3)
    done = tape("replay", put(made), "--memory", tmp_path / "bad.mem")
    assert done.exit_code == 2
    assert "MemoryDamaged" in done.output


def test_a_hostile_header_does_not_command_the_screen(tmp_path):
    path = tmp_path / "x.jsonl"
    header = Header("\x1b[2J", "posnet\x07", why="\x9b31m")
    path.write_text("".join(dump(header, [Passage(1.0, 1.0, Kind.NOTE, b"\x1b]0;x\x07")])))
    for command in ("replay", "faults", "show"):
        done = tape(command, path)
        assert not [mark for mark in done.output if not (mark.isprintable() or mark == "\n")]
