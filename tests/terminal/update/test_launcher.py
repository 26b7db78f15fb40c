"""The launcher starts the active slot, and goes back after three bad starts; it stands alone."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from terminal.update import launcher
from terminal.update.launcher import AGAIN, TRIES, Boot, begin, keep, next_start, read
from tests.shop import wait_until

if TYPE_CHECKING:
    from pathlib import Path

OLD, NEW = "0.1.0-aaaaaaaa", "0.2.0-bbbbbbbb"
TRIAL = Boot(NEW, OLD, TRIES)
# Each program says in a file that it ran; what it does then is its test's.
PROGRAM = """#!{python} -Is
import os, signal, socket, sys, time
from pathlib import Path
prefix = Path(os.environ["KASO_PREFIX"])
with (prefix / "ran").open("a") as ran:
    ran.write(os.environ["KASO_SLOT"].partition("-")[0] + " " + " ".join(sys.argv[1:]) + "\\n")
def tell(text):
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.sendto(text.encode(), os.environ["NOTIFY_SOCKET"])
{does}
"""
GOOD = "tell('READY=1')"


def slot(prefix: Path, name: str, does: str | None = GOOD, counter: int = 1) -> None:
    """A sealed slot; without anything to do its program is missing."""
    folder = prefix / "slots" / name
    (folder / "venv" / "bin").mkdir(parents=True)
    if does is not None:
        python = folder / "venv" / "bin" / "python"
        python.write_text(PROGRAM.format(python=sys.executable, does=does))
        python.chmod(0o755)
    (folder / "MANIFEST.json").write_text(json.dumps({"counter": counter, "files": {}}))


@pytest.fixture
def prefix(tmp_path: Path) -> Path:
    slot(tmp_path, OLD)
    slot(tmp_path, NEW, counter=2)
    return tmp_path


def ran(prefix: Path) -> list[str]:
    return [line.split()[0] for line in (prefix / "ran").read_text().splitlines()]


def start(prefix: Path, **environment: str) -> subprocess.Popen[bytes]:
    """The launcher as it is on a device: one file, alone, beside the pointer."""
    own = prefix / "launcher.py"
    quick = "_PAUSE_S, _GRACE_S, _LOOK_S, _READY_S"
    text = shutil.copyfile(launcher.__file__, own).read_text()
    assert quick.split(", ", maxsplit=1)[0] in text
    # Waits of a device, shortened.
    head, tail = text.split('if __name__ == "__main__":')
    waits = "_PAUSE_S, _GRACE_S, _LOOK_S = 0.01, 1.0, 0.01\n"
    waits += f"_READY_S, _ALIVE_S = {environment.pop('limits', '60.0, 60.0')}\n\n\n"
    own.write_text(f'{head}{waits}if __name__ == "__main__":{tail}')
    plain = {"PATH": os.environ["PATH"], **environment}
    return subprocess.Popen([sys.executable, "-I", str(own), "run", "--x"], env=plain)


def run(prefix: Path, **environment: str) -> int:
    return start(prefix, **environment).wait(60)


# --- the pointer ---------------------------------------------------------------------------------


def test_what_is_kept_is_read(prefix: Path) -> None:
    boot = Boot(NEW, OLD, 2, ("0.0.9",), 7, "signal 9")
    keep(prefix, boot)
    assert read(prefix) == boot


@pytest.mark.parametrize(
    "damage",
    [b"", b"{", b"[]", b"null", b'{"boot": 1}', b"\xff" * 50, b'{"boot":"{}","sha256":"0"}'],
)
def test_a_damaged_pointer_falls_back_to_the_one_before(prefix: Path, damage: bytes) -> None:
    keep(prefix, Boot(OLD, OLD))
    keep(prefix, TRIAL)
    (prefix / "boot.json").write_bytes(damage)
    assert read(prefix) == Boot(OLD, OLD)
    assert "boot.json is damaged" in (prefix / "launcher.log").read_text()


def test_each_single_bit_of_the_pointer_is_watched(prefix: Path) -> None:
    keep(prefix, TRIAL)
    (prefix / "boot.json.old").unlink(missing_ok=True)
    whole = (prefix / "boot.json").read_bytes()
    for place in range(0, len(whole) * 8, 29):
        damaged = bytearray(whole)
        damaged[place // 8] ^= 1 << place % 8
        (prefix / "boot.json").write_bytes(damaged)
        # What it says is ours, or it is not used: the slots say the same then.
        assert read(prefix) == TRIAL


def test_a_damaged_predecessor_is_never_made_of_a_damaged_pointer(prefix: Path) -> None:
    keep(prefix, TRIAL)
    keep(prefix, replace(TRIAL, tries=1))
    (prefix / "boot.json").write_bytes(b"rubbish")
    keep(prefix, Boot(OLD, OLD))
    assert json.loads((prefix / "boot.json.old").read_bytes())


def test_without_any_pointer_the_newest_whole_slot_is_tried(prefix: Path) -> None:
    slot(prefix, ".0.3.0-cccccccc.tmp", counter=9)
    (prefix / "slots" / "0.4.0-dddddddd").mkdir()  # never sealed
    assert read(prefix) == TRIAL
    shutil.rmtree(prefix / "slots" / NEW)
    assert read(prefix) == Boot(OLD, OLD, TRIES)
    shutil.rmtree(prefix / "slots" / OLD)
    assert read(prefix) is None
    assert begin(prefix) is None


def test_a_pointer_to_a_slot_that_is_not_whole_is_a_trial_that_failed(prefix: Path) -> None:
    keep(prefix, TRIAL)
    (prefix / "slots" / NEW / "MANIFEST.json").unlink()
    assert begin(prefix) == Boot(OLD, OLD, bad=("0.2.0",), why="its slot is not whole")


# --- counting ------------------------------------------------------------------------------------


def test_a_confirmed_version_is_not_counted() -> None:
    boot = Boot(OLD, OLD)
    assert next_start(boot) is boot


def test_three_starts_and_then_the_slot_before(prefix: Path) -> None:
    keep(prefix, TRIAL)
    assert [begin(prefix).tries for _ in range(TRIES)] == [2, 1, 0]
    assert begin(prefix) == Boot(OLD, OLD, bad=("0.2.0",))
    assert begin(prefix) == Boot(OLD, OLD, bad=("0.2.0",))


def test_each_try_is_on_disk_before_the_program_starts(prefix: Path) -> None:
    keep(prefix, TRIAL)
    for left in (2, 1, 0):
        assert begin(prefix).tries == left
        assert read(prefix).tries == left


def test_the_first_slot_of_a_device_has_none_to_go_back_to(prefix: Path) -> None:
    keep(prefix, Boot(NEW, "", 0))
    assert begin(prefix) == Boot(NEW, "", 0)


# --- as it runs on a device ----------------------------------------------------------------------


def test_an_orderly_end_ends_the_launcher(prefix: Path) -> None:
    keep(prefix, Boot(OLD, OLD))
    assert run(prefix) == 0
    assert (prefix / "ran").read_text() == "0.1.0 -P -m ui run --x\n"
    log = (prefix / "launcher.log").read_text()
    assert "starts 0.1.0-aaaaaaaa\n" in log
    assert "ended with code 0" in log


HOPELESS = {
    "crash": "sys.exit(1)",
    "import": "import nothing_like_that",
    "usage": "sys.exit(2)",
    "killed": "os.kill(os.getpid(), signal.SIGKILL)",
    "not well": "sys.exit(76)",
    "missing": None,
}


@pytest.mark.parametrize("does", HOPELESS.values(), ids=HOPELESS)
def test_three_bad_starts_bring_the_slot_before_back(tmp_path: Path, does: str | None) -> None:
    slot(tmp_path, OLD)
    slot(tmp_path, NEW, does, 2)
    keep(tmp_path, TRIAL)
    assert run(tmp_path) == 0
    assert ran(tmp_path) == ([] if does is None else ["0.2.0"] * 3) + ["0.1.0"]
    boot = read(tmp_path)
    assert (boot.active, boot.good, boot.bad) == (OLD, OLD, ("0.2.0",))
    assert "0.2.0-bbbbbbbb did not come up" in (tmp_path / "launcher.log").read_text()


@pytest.mark.parametrize(
    ("does", "limits", "why"),
    [
        ("time.sleep(60)", "0.3, 60.0", "did not get ready"),
        (f"{GOOD}\ntime.sleep(60)", "60.0, 0.3", "gave no sign of life"),
    ],
)
def test_a_program_that_hangs_is_a_bad_start(
    tmp_path: Path, does: str, limits: str, why: str
) -> None:
    slot(tmp_path, OLD)
    slot(tmp_path, NEW, does, 2)
    keep(tmp_path, TRIAL)
    assert run(tmp_path, limits=limits) == 0
    assert ran(tmp_path)[-1] == "0.1.0"
    assert read(tmp_path).bad == ("0.2.0",)
    assert read(tmp_path).why == why


def test_a_program_that_says_that_it_lives_is_left_alone(tmp_path: Path) -> None:
    alive = f"{GOOD}\nfor _ in range(20): tell('WATCHDOG=1'); time.sleep(0.05)"
    slot(tmp_path, OLD, alive)
    keep(tmp_path, Boot(OLD, OLD))
    assert run(tmp_path, limits="60.0, 0.6") == 0


def test_what_the_program_wants_started_again_is(tmp_path: Path) -> None:
    again = f"sys.exit({AGAIN} if (prefix / 'ran').read_text().count('\\n') < 3 else 0)"
    slot(tmp_path, OLD, again)
    keep(tmp_path, Boot(OLD, OLD))
    assert run(tmp_path) == 0
    assert ran(tmp_path) == ["0.1.0"] * 3


def test_a_confirmed_program_that_falls_comes_back(tmp_path: Path) -> None:
    falls = "sys.exit(1 if (prefix / 'ran').read_text().count('\\n') < 3 else 0)"
    slot(tmp_path, OLD, falls)
    keep(tmp_path, Boot(OLD, OLD))
    assert run(tmp_path) == 0
    assert len(ran(tmp_path)) == 3
    assert read(tmp_path) == Boot(OLD, OLD)


def test_a_wrong_configuration_of_a_confirmed_program_is_for_people(tmp_path: Path) -> None:
    slot(tmp_path, OLD, "sys.exit(2)")
    keep(tmp_path, Boot(OLD, OLD))
    assert run(tmp_path) == 2
    assert len(ran(tmp_path)) == 1


def test_an_orderly_end_uses_up_no_try(prefix: Path) -> None:
    keep(prefix, TRIAL)
    for _ in range(TRIES + 2):
        assert run(prefix) == 0
    assert read(prefix) == TRIAL


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_is_passed_on_and_then_all_ends(tmp_path: Path, number: int) -> None:
    waits = f"""
signal.signal(signal.SIGTERM, lambda *_: sys.exit(7))
signal.signal(signal.SIGHUP, lambda *_: sys.exit(7))
{GOOD}
(prefix / "waits").touch()
while True: time.sleep(0.01)
"""
    slot(tmp_path, OLD)
    slot(tmp_path, NEW, waits, 2)
    keep(tmp_path, TRIAL)
    running = start(tmp_path)
    wait_until((tmp_path / "waits").exists, "the program waits")
    running.send_signal(number)
    assert running.wait(30) == 0
    # Whoever switches a device off has not found the version to be bad.
    assert read(tmp_path) == TRIAL


def test_what_the_program_says_of_itself_reaches_the_supervisor_above(tmp_path: Path) -> None:
    slot(tmp_path, OLD)
    keep(tmp_path, Boot(OLD, OLD))
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as above:
        above.bind(str(tmp_path / "systemd"))
        above.settimeout(30)
        environment = {"NOTIFY_SOCKET": str(tmp_path / "systemd"), "WATCHDOG_PID": "1"}
        running = start(tmp_path, WATCHDOG_USEC="30000000", **environment)
        assert above.recv(100) == b"READY=1"
        assert running.wait(30) == 0


def test_a_word_of_the_program_in_the_pointer_is_not_lost(tmp_path: Path) -> None:
    slot(tmp_path, OLD)
    confirms = f"""
sys.path.insert(0, {str(tmp_path)!r})
import launcher
launcher.keep(prefix, launcher.Boot({NEW!r}, {NEW!r}, floor=2))
sys.exit(0)
"""
    slot(tmp_path, NEW, confirms, 2)
    keep(tmp_path, TRIAL)
    assert run(tmp_path) == 0
    assert read(tmp_path) == Boot(NEW, NEW, floor=2)


def test_any_other_command_is_that_of_the_active_slot_once(tmp_path: Path) -> None:
    slot(tmp_path, OLD, "sys.exit(5)")
    keep(tmp_path, Boot(OLD, OLD))
    shutil.copyfile(launcher.__file__, tmp_path / "launcher.py")
    done = subprocess.run(
        [sys.executable, str(tmp_path / "launcher.py"), "slots", "--json"], check=False, timeout=60
    )
    assert done.returncode == 5
    assert (tmp_path / "ran").read_text() == "0.1.0 -P -m ui slots --json\n"
    shutil.rmtree(tmp_path / "slots")
    done = subprocess.run(
        [sys.executable, str(tmp_path / "launcher.py"), "slots"],
        check=False,
        timeout=60,
        capture_output=True,
    )
    assert done.returncode == 1
    assert b"install the program again" in done.stderr


def test_it_imports_nothing_of_ours() -> None:
    program = "import launcher, sys; assert not {'terminal', 'msgspec', 'ui'} & set(sys.modules)"
    folder = os.path.dirname(launcher.__file__)  # noqa: PTH120
    done = subprocess.run(
        [
            sys.executable,
            "-I",
            "-S",
            "-c",
            f"import sys; sys.path.insert(0, {folder!r}); {program}",
        ],
        check=False,
        timeout=60,
    )
    assert done.returncode == 0


def test_its_log_does_not_grow_for_ever(prefix: Path) -> None:
    log = prefix / "launcher.log"
    log.write_bytes(b"x" * launcher._LOG_BYTES + b"\n")
    launcher.say(prefix, "one")
    launcher.say(prefix, "two")
    assert log.stat().st_size < 200
    assert (prefix / "launcher.log.1").exists()
    assert time.strftime("%Y-%m") in log.read_text()
