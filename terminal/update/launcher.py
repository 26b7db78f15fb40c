"""Starts the program of the active slot, and the one before it when that does not come up.

It stands by itself: ``kasoterminal install`` copies this one file out, no update ever replaces it,
and it imports nothing of ours. ``boot.json`` alone says which slot is started; a try is counted
there, on disk, before the program is.

    python3 launcher.py run --config till.toml     the till, watched and started again
    python3 launcher.py doctor                     any other command of the active slot, once

The program tells that it is ready and alive by sd_notify(3): to the launcher, which passes it on to
systemd where there is one, and where there is none holds the watch itself.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path

POINTER, SLOTS, SEAL, LOG = "boot.json", "slots", "MANIFEST.json", "launcher.log"
TRIES, _LOG_BYTES = 3, 256 * 1024
# With what a program ends: orderly, wrongly configured, to be started again, not well.
DONE, USAGE, AGAIN, UNWELL = 0, 2, 75, 76
_READY_S, _ALIVE_S, _PAUSE_S, _GRACE_S, _LOOK_S = 180.0, 60.0, 2.0, 10.0, 0.1
_UNREADABLE = (OSError, ValueError, TypeError, KeyError)


@dataclass(frozen=True)
class Boot:
    """The pointer: the slot that runs, and the last one known to be well; on trial they differ.

    ``tries`` are the starts it still has, ``bad`` versions are never installed here again, ``why``
    is how the last start failed, ``floor`` the highest counter of a release ever confirmed.
    """

    active: str
    good: str
    tries: int = 0
    bad: tuple[str, ...] = ()
    floor: int = 0
    why: str = ""

    @property
    def is_trial(self) -> bool:
        """Whether the active slot has still to show that it is well."""
        return self.active != self.good


def version_of(slot: str) -> str:
    """The version in the name of a slot."""
    return slot.rpartition("-")[0]


def is_sealed(prefix: Path, slot: str) -> bool:
    """Whether a slot was installed to its end; its seal is written last."""
    return bool(slot) and (prefix / SLOTS / slot / SEAL).is_file()


def read(prefix: Path) -> Boot | None:
    """The pointer; its predecessor when it is damaged; what the slots tell; None without any."""
    for path in (prefix / POINTER, prefix / f"{POINTER}.old"):
        try:
            boot = _decode(path.read_bytes())
        except _UNREADABLE as error:
            if path.exists():
                say(prefix, f"{path.name} is damaged and not used: {error!r:.200}")
            continue
        if is_sealed(prefix, boot.active):
            return boot
        say(prefix, f"{path.name} names the slot {boot.active!r}, which is not whole")
        if is_sealed(prefix, boot.good):
            return given_up(replace(boot, why="its slot is not whole"))
    return _from_slots(prefix)


def _from_slots(prefix: Path) -> Boot | None:
    """Without a pointer the newest whole slot is tried, with the one before it to go back to."""
    found: list[tuple[int, str]] = []
    for seal in prefix.glob(f"{SLOTS}/[!.]*/{SEAL}"):
        with contextlib.suppress(*_UNREADABLE):
            found.append((int(json.loads(seal.read_bytes())["counter"]), seal.parent.name))
    if not found:
        return None
    *older, (_, newest) = sorted(found)
    good = older[-1][1] if older else newest
    say(prefix, f"no pointer can be used: the newest slot is {newest}, before it was {good}")
    return Boot(newest, good, TRIES)


def keep(prefix: Path, boot: Boot) -> None:
    """Replace the pointer: after a power cut it is the old one or the new one, and whole.

    The old one stays beside it, for the day on which the disk gives back something else.
    """
    pointer = prefix / POINTER
    with contextlib.suppress(*_UNREADABLE):
        before = pointer.read_bytes()
        _decode(before)
        write_whole(prefix / f"{POINTER}.old", before)
    body = json.dumps(asdict(boot), sort_keys=True)
    write_whole(pointer, json.dumps({"boot": body, "sha256": _sha256(body)}).encode())


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that after a power cut it is what it was, or all of ``data``."""
    part = path.with_name(f"{path.name}.new")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def _decode(data: bytes) -> Boot:
    """Raises one of ``_UNREADABLE`` for anything that ``keep`` did not write."""
    told = json.loads(data)
    if told["sha256"] != _sha256(told["boot"]):
        msg = "its sha256 does not fit"
        raise ValueError(msg)
    body = json.loads(told["boot"])
    return Boot(**body | {"bad": tuple(body["bad"])})


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def next_start(boot: Boot) -> Boot:
    """What the pointer says before the next start: one try less, or the slot before."""
    if not boot.is_trial:
        return boot
    if boot.tries > 0:
        return replace(boot, tries=boot.tries - 1)
    # The first slot of a device has none before it: it is all there is to start.
    return given_up(boot) if boot.good else boot


def given_up(boot: Boot) -> Boot:
    """Back to the last slot that was well; the version is not installed here again."""
    bad = (*boot.bad, version_of(boot.active))
    return replace(boot, active=boot.good, tries=0, bad=tuple(dict.fromkeys(bad)))


def ended(boot: Boot, code: int, how: str) -> Boot:
    """What the pointer says after an end: an orderly one uses up no try, a bad one says why."""
    if not boot.is_trial or code in {AGAIN, UNWELL}:
        return boot
    return (
        replace(boot, tries=min(TRIES, boot.tries + 1)) if code == DONE else replace(boot, why=how)
    )


def begin(prefix: Path) -> Boot | None:
    """Count a start on disk; gives what is to be started, None when there is nothing."""
    if (boot := read(prefix)) is None:
        return None
    counted = next_start(boot)
    if counted != boot or not (prefix / POINTER).exists():
        keep(prefix, counted)
    if boot.is_trial and not counted.is_trial:
        say(prefix, f"{boot.active} did not come up ({boot.why}): back to {counted.active}")
    return counted


def program(prefix: Path, slot: str) -> list[str]:
    """What starts the program of a slot; the current folder lends it no module."""
    return [str(prefix / SLOTS / slot / "venv" / "bin" / "python"), "-P", "-m", "ui"]


def say(prefix: Path, text: str) -> None:
    """One line beside the pointer: the screen is the till's."""
    path = prefix / LOG
    with contextlib.suppress(OSError):
        if path.exists() and path.stat().st_size > _LOG_BYTES:
            path.replace(path.with_name(f"{LOG}.1"))
        with path.open("a", encoding="utf-8") as log:
            log.write(f"{time.strftime('%Y-%m-%dT%H:%M:%S%z')} {text}\n")


class Supervisor:
    """Starts the active slot, again and again, until it ends orderly or somebody ends us."""

    def __init__(self, prefix: Path, arguments: list[str]) -> None:
        self._prefix = prefix
        self._arguments = arguments
        self._child: subprocess.Popen[bytes] | None = None
        self._asked: list[int] = []

    def run(self) -> int:
        """What to end with."""
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._pass_on)
        for number in (signal.SIGINT, signal.SIGQUIT):
            # The keys of a terminal reach the program without us.
            signal.signal(number, signal.SIG_IGN)
        while (boot := begin(self._prefix)) is not None:
            tries = f", {boot.tries} tries left" if boot.is_trial else ""
            say(self._prefix, f"starts {boot.active}{tries}")
            code, how = self._once(boot)
            say(self._prefix, f"{boot.active} {how}")
            code = DONE if self._asked else code
            # The program may have written the pointer itself: its word is read first.
            told = read(self._prefix)
            if told is not None and (after := ended(told, code, how)) != told:
                keep(self._prefix, after)
            if code == DONE or (code == USAGE and not boot.is_trial):
                return code
            if code != AGAIN:
                time.sleep(_PAUSE_S)
        say(self._prefix, "there is no slot to start: install the program again")
        return 1

    def _once(self, boot: Boot) -> tuple[int, str]:
        """Run the program to its end: its exit code, and its end in words."""
        with tempfile.TemporaryDirectory(prefix="kaso-launcher-") as folder:
            told = os.environ.get("WATCHDOG_USEC", "")
            alive_s = int(told) / 1e6 if told.isdecimal() and int(told) else _ALIVE_S
            environment = dict(os.environ) | {
                "KASO_PREFIX": str(self._prefix),
                "KASO_SLOT": boot.active,
                "NOTIFY_SOCKET": f"{folder}/notify",
                "WATCHDOG_USEC": f"{alive_s * 1e6:.0f}",
            }
            environment.pop("WATCHDOG_PID", None)
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
                line.bind(environment["NOTIFY_SOCKET"])
                command = [*program(self._prefix, boot.active), *self._arguments]
                try:
                    self._child = subprocess.Popen(command, env=environment)  # noqa: S603 - ours
                except OSError as error:
                    return 1, f"cannot be started: {error.strerror}"
                for number in self._asked:  # before there was anybody to pass it on to
                    self._child.send_signal(number)
                return self._watch(self._child, line, alive_s)

    def _watch(
        self, child: subprocess.Popen[bytes], line: socket.socket, alive_s: float
    ) -> tuple[int, str]:
        started = time.monotonic()
        is_ready, limit = False, started + _READY_S
        while (code := child.poll()) is None:
            if select.select([line], [], [], _LOOK_S)[0]:
                told = line.recv(4096)
                _tell_above(told)
                is_ready = is_ready or b"READY=1" in told
                limit = time.monotonic() + alive_s if is_ready else limit
            if time.monotonic() > limit:
                child.send_signal(signal.SIGABRT)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    child.wait(_GRACE_S)
                child.kill()
                child.wait()
                return -signal.SIGKILL, "gave no sign of life" if is_ready else "did not get ready"
        how = f"signal {-code}" if code < 0 else f"code {code}"
        return code, f"ended with {how} after {time.monotonic() - started:.0f} s"

    def _pass_on(self, number: int, _frame: object) -> None:
        self._asked.append(number)
        if self._child is not None:
            self._child.send_signal(number)


def _tell_above(told: bytes) -> None:
    if address := os.environ.get("NOTIFY_SOCKET", ""):
        address = "\0" + address[1:] if address.startswith("@") else address
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
            line.setblocking(False)
            with contextlib.suppress(OSError):
                line.sendto(told, address)


def main() -> int:
    """Where this file lies is the installation, unless the environment names another one."""
    prefix = Path(os.environ.get("KASO_PREFIX") or Path(__file__).resolve().parent)
    arguments = sys.argv[1:] or ["run"]
    if arguments[0] == "run":
        return Supervisor(prefix, arguments).run()
    if boot := read(prefix):
        os.environ |= {"KASO_PREFIX": str(prefix), "KASO_SLOT": boot.active}
        command = [*program(prefix, boot.active), *arguments]
        os.execv(command[0], command)  # noqa: S606 - our program
    sys.stderr.write(f"{prefix}: there is no slot to start: install the program again\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
