"""What can be done to every device by hand: paper, faults, lines, power. No protocol."""

from __future__ import annotations

import base64
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from hw_emulator.fault_kinds import KINDS
from hw_emulator.faults import read_chaos
from hw_emulator.gallery import picture_of
from hw_emulator.modem import BY_DEVICE
from hw_emulator.page import page
from hw_emulator.words import Detail, Word

if TYPE_CHECKING:
    from hw_emulator.running import Running
    from hw_emulator.words import Request

_NUMBER = Detail("number", int, "which printout; 0 is the last one, -1 the one before", 0)
_FILE = Detail("file", str, "write it there (else it is in the answer)", "")


def common_words(running: Running) -> list[Word]:
    """Words of every device."""
    return [*_paper(running), *_faults(running), *_lines(running), *_power(running)]


def emulator_version() -> str:
    """Version of this program."""
    try:
        return version("kasoterminal")
    except PackageNotFoundError:
        return "unpacked"


def _paper(running: Running) -> list[Word]:
    paper = running.paper

    def printouts() -> Request:
        told = [
            {"number": each.number, "title": each.title, "lines": len(each.lines)}
            for each in paper.printouts()
        ]
        return {"printouts": told}

    def printout(number: int) -> Request:
        found = paper.printout(number)
        return {"number": found.number, "title": found.title, "text": found.text}

    def png(number: int, file: str) -> Request:
        found = paper.printout(number)
        data = picture_of(found, paper.columns)
        if not file:
            return {"number": found.number, "png": base64.b64encode(data).decode()}
        Path(file).write_bytes(data)
        return {"number": found.number, "file": file}

    def html(number: int, file: str) -> Request:
        found = paper.printout(number)
        text = page([found], paper.columns)
        if not file:
            return {"number": found.number, "html": text}
        Path(file).write_text(text, encoding="utf-8")
        return {"number": found.number, "file": file}

    return [
        Word("printed", "give everything printed, as text", lambda: {"text": paper.text}),
        Word("printouts", "list the printouts", printouts),
        Word("printout", "give one printout, as text", printout, (_NUMBER,)),
        Word("png", "give a picture of one printout, in base 64", png, (_NUMBER, _FILE)),
        Word("html", "give a page of one printout", html, (_NUMBER, _FILE)),
    ]


def _faults(running: Running) -> list[Word]:
    faults = running.faults

    def rules() -> Request:
        told = [
            {"kind": rule.kind, "command": rule.command, "n": rule.countdown}
            | ({} if rule.is_open else {"value": rule.value, "seconds": rule.seconds})
            for rule in faults.rules
        ]
        chaos = {kind.value: share for kind, share in faults.chaos.items()}
        return {"rules": told, "seed": faults.seed, "loss": faults.loss, "chaos": chaos}

    def chance(seed: int, loss: float, chaos: str) -> None:
        faults.set_chance(seed, read_chaos(chaos, faults.allowed), loss)

    def strikes(since: int) -> Request:
        count, found = faults.strikes(since)
        return {"seed": faults.seed, "count": count, "strikes": [strike.told() for strike in found]}

    def kinds() -> Request:
        allowed = {kind: about for kind, about in KINDS.items() if kind in faults.allowed}
        told = {kind: {"does": each.does, "value": each.value} for kind, each in allowed.items()}
        return {"kinds": told}

    spec = Detail("spec", str, "KIND:COMMAND:N[:VALUE]")
    shares = Detail("chaos", str, "KIND=SHARE,... or any=SHARE", "")
    dice = (Detail("seed", int, "of all chance", 0), Detail("loss", float, "0 to 1", 0.0), shares)
    since = Detail("since", int, "only those after this number", 0)
    return [
        Word("fault", "let something go wrong", faults.add, (spec,)),
        Word("faults", "tell what is going to go wrong", rules),
        Word("no-faults", "let nothing go wrong any more", faults.clear),
        Word("chance", "load the dice; commands are counted anew", chance, dice),
        Word("strikes", "tell what went wrong, with specs that repeat it", strikes, (since,)),
        Word("kinds", "tell what can go wrong here", kinds),
    ]


def _lines(running: Running) -> list[Word]:
    def baud(baud: int) -> None:
        for line in running.lines:
            line.set_baud(baud)

    def modem(**lines: bool | None) -> Request:
        remote = running.remote
        if remote is None:
            msg = "no modem lines: the device is not served over RFC 2217 (--rfc2217)"
            raise ValueError(msg)
        remote.set_lines(**{name: value for name, value in lines.items() if value is not None})
        return {"modem": remote.modem.told()}

    speed = Detail("baud", int, "0: no limit")
    driven = tuple(Detail(name, bool, "None leaves it", None) for name in BY_DEVICE)
    return [
        Word("baud", "let bytes pass no faster than this, on every line", baud, (speed,)),
        Word("modem", "set modem lines of the device and tell all of them", modem, driven),
        Word("places", "tell where the device is reached", lambda: {"places": running.places()}),
        Word(
            "version", "tell the version of the emulator", lambda: {"version": emulator_version()}
        ),
    ]


def _power(running: Running) -> list[Word]:
    def power(*, on: bool, ram_reset: bool) -> None:
        if on:
            running.power_on(ram_reset=ram_reset)
        else:
            running.power_off()

    def restart(*, seconds: float, ram_reset: bool) -> None:
        running.restart(seconds, ram_reset=ram_reset)

    ram_reset = Detail("ram_reset", bool, "its RAM is lost", default=False)
    seconds = Detail("seconds", float, "how long it is away", 1.0)
    on = Detail("on", bool, "on or off")
    return [
        Word("power", "switch the device off or on; the emulator stays", power, (on, ram_reset)),
        Word("restart", "switch it off and on again", restart, (seconds, ram_reset)),
    ]
