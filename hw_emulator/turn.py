"""One command's turn at the device: what goes wrong before, instead of and after it. No queue."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic

from hw_emulator.dialect import CommandT
from hw_emulator.fault_kinds import Kind
from hw_emulator.posnet.device import Mechanism, Wait

if TYPE_CHECKING:
    from hw_emulator.station import Station
    from hw_emulator.wire import Struck, Wire

log = logging.getLogger(__name__)

_AWAY_S = 1.0
_INTERFACES = 3  # 1 and 2: the other one is 3 minus this one
_TROUBLE = {
    Kind.NO_PAPER: Mechanism.NO_PAPER,
    Kind.COVER: Mechanism.COVER,
    Kind.HOT: Mechanism.OVERHEATED,
    Kind.POWER_DIP: Mechanism.POWER_DIP,
    Kind.CUTTER: Mechanism.CUTTER,
}
_TROUBLE_AFTER = {
    Kind.NO_PAPER_AFTER: Mechanism.NO_PAPER,
    Kind.COVER_AFTER: Mechanism.COVER,
    Kind.HOT_AFTER: Mechanism.OVERHEATED,
    Kind.POWER_DIP_AFTER: Mechanism.POWER_DIP,
    Kind.CUTTER_AFTER: Mechanism.CUTTER,
}


class Gone(Exception):
    """Unwinds a command of a device that was stopped, has died or lost its power."""


@dataclass(frozen=True, slots=True)
class Job(Generic[CommandT]):
    """A command, who wants the answer, and what goes wrong with it.

    ``size`` are its bytes; ``life`` is the power-on it belongs to.
    """

    command: CommandT
    wire: Wire
    struck: Struck
    size: int
    life: int


def take_turn(station: Station[CommandT], job: Job[CommandT]) -> None:
    """Carry out one command and answer it. Raises Gone."""
    struck, dialect = job.struck, station.dialect
    _fall(station, job, Kind.DIE_BEFORE, Kind.REBOOT, Kind.RAM_RESET)
    if Kind.REFUSE in struck:
        answer = dialect.refuse(job.command, int(struck[Kind.REFUSE].or_else(0)))
    elif Kind.FRAME_ERROR in struck:
        answer = dialect.frame_error(job.command, int(struck[Kind.FRAME_ERROR].or_else(0)))
    else:
        _disturb(station, job)
        answer = _execute(station, job)
    _fall(station, job, Kind.DIE_AFTER, Kind.REBOOT_AFTER, Kind.RAM_RESET_AFTER)
    for kind in struck.keys() & _TROUBLE_AFTER.keys():
        _trouble(station, _TROUBLE_AFTER[kind], struck[kind].or_else(0))
        _wait_for_mechanism(station, job)
    if station.is_gone(job.life):
        raise Gone
    if answer:
        job.wire.answer(answer, struck)


def _execute(station: Station[CommandT], job: Job[CommandT]) -> bytes:
    dialect, interface = station.dialect, job.wire.interface
    if dialect.is_immediate(job.command):
        return dialect.execute_now(job.command)
    wait = dialect.waits_for(job.command, interface)
    if Kind.KEY in job.struck:
        wait = Wait.KEY
        if seconds := job.struck[Kind.KEY].or_else(0):
            station.later(seconds, station.press)
    if wait is Wait.KEY and station.wait_for_key(job.life) == "cancel":
        return dialect.refuse(job.command, dialect.cancelled)
    if wait:
        _wait_for_mechanism(station, job)
    if station.is_gone(job.life):
        raise Gone
    answer = dialect.execute(job.command, interface)
    dialect.end_document()
    return answer


def _wait_for_mechanism(station: Station[CommandT], job: Job[CommandT]) -> None:
    station.wait_while(lambda: Wait.MECHANISM if station.dialect.mechanism else None, job.life)


def _disturb(station: Station[CommandT], job: Job[CommandT]) -> None:
    """What happens to the device just before a command."""
    struck, dialect = job.struck, station.dialect
    for kind in struck.keys() & _TROUBLE.keys():
        _trouble(station, _TROUBLE[kind], struck[kind].or_else(0))
    if Kind.CLOCK in struck:
        _jump(station, int(struck[Kind.CLOCK].or_else(0)))
    if Kind.OWN_REPORT in struck:
        if dialect.is_immediate(job.command):
            station.errand(lambda: _ignore(dialect.make_own_report()))
        else:
            dialect.make_own_report()
    if Kind.HOLD in struck:
        dialect.hold(_INTERFACES - job.wire.interface)
        if seconds := struck[Kind.HOLD].or_else(0):
            station.later(seconds, lambda: dialect.hold(0))
    if Kind.SLOW in struck:
        station.pause(struck[Kind.SLOW].or_else(0), job.life)


def _jump(station: Station[CommandT], seconds: int) -> None:
    try:
        station.dialect.jump(seconds)
    except (ValueError, OverflowError) as error:
        log.warning("the clock does not jump: %s", error)


def _ignore(_: object) -> None:
    """An errand gives nothing back."""


def _trouble(station: Station[CommandT], mechanism: Mechanism, seconds: float) -> None:
    def put_right() -> None:
        if station.dialect.mechanism is mechanism:
            station.set_mechanism(Mechanism.OK)

    station.set_mechanism(mechanism)
    if seconds:
        station.later(seconds, put_right)


def _fall(
    station: Station[CommandT], job: Job[CommandT], die: Kind, reboot: Kind, reset: Kind
) -> None:
    """The device dies or loses its power, when it has to. Raises Gone."""
    if die in job.struck:
        station.kill()
    for kind in (reboot, reset):
        if kind in job.struck:
            seconds = job.struck[kind].or_else(_AWAY_S)
            station.restart(seconds, ram_reset=kind is reset)
            raise Gone
