"""Our side of a POSNET tape against the emulator: where it first answers otherwise. No files.

A tape that begins within a receipt is played from the next beginning, for the emulator was not
there before. With ``injects`` the emulator is given what went wrong on the line, the paper that ran
out and the keys that were pressed.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from drivers.posnet.frame import Frame
from hw_emulator.posnet.codes import Code
from hw_emulator.posnet.registry import COMMANDS
from hw_emulator.tape.comparison import DAILY_REPORT, Comparison
from hw_emulator.tape.dialogue import Outcome, outcomes
from hw_emulator.tape.mishaps import MECHANISM, find_mishaps
from hw_emulator.tape.stage import POWER_CUTS, Stage
from hw_emulator.tape.transcript import Transcript

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hw_emulator.tape.cutting import Piece
    from hw_emulator.tape.dialogue import Recording
    from hw_emulator.tape.mishaps import Mishap
    from hw_emulator.tape.transcript import Command, Event

# Rows of the state table that ask for a printer at rest; other rows belong to a document.
_BEGINNINGS = {"open", "idle", "form start"}
_ALWAYS_ALLOWED = "any"
_RATES = ("va", "vb", "vc", "vd", "ve", "vf", "vg")
_NEVER_S = float("inf")
_GAP_MAX_S = 600.0
_CUT_BEFORE, _CUT_AFTER = POWER_CUTS


@dataclass(frozen=True, slots=True)
class Manner:
    """How to play: ``memory`` to begin with, ``paper`` for what is printed.

    ``sleep`` keeps the recorded pace; without it everything follows as soon as it can.
    """

    memory: Path | None = None
    paper: Path | None = None
    is_strict: bool = False
    injects: bool = False
    sleep: Callable[[float], None] | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """A command that was answered in two ways."""

    command: Command
    recorded: Outcome
    played: Outcome
    reason: str


@dataclass(slots=True)
class Result:
    """What came of it; ``unknown`` are commands the emulator does not know, by name."""

    played: int = 0
    left_out: int = 0
    unknown: set[str] = field(default_factory=set)
    differences: list[Difference] = field(default_factory=list)

    @property
    def same_until(self) -> float:
        """Number of the first command that was answered otherwise."""
        return self.differences[0].command.no if self.differences else float("inf")


@dataclass(frozen=True, slots=True)
class Scene:
    """What is played: commands of a recording, and what was heard of each."""

    recording: Recording
    found: dict[int, Outcome]
    commands: list[Command]


def whole_commands(recording: Recording, found: dict[int, Outcome]) -> list[Command]:
    """The commands from the first that needs nothing that is not on the tape."""
    commands = recording.commands
    rows = [_row(command) for command in commands]
    first = next((row for row in rows if row != _ALWAYS_ALLOWED), "idle")
    if first in _BEGINNINGS:
        return commands
    for place, (command, row) in enumerate(zip(commands, rows, strict=True)):
        if row in _BEGINNINGS and _is_accepted(found[command.no].answer):
            return commands[place:]
    return []


def replay(recording: Recording, manner: Manner) -> Result:
    """Play a tape; raises OSError, and what a memory raises that cannot be used."""
    found = outcomes(recording.events)
    commands = whole_commands(recording, found)
    if not commands:
        return Result(left_out=len(recording.commands))
    scene = Scene(recording, found, commands)
    mishaps = find_mishaps(recording, found, commands) if manner.injects else []
    cuts = [mishap for mishap in mishaps if mishap.kind == _CUT_AFTER]
    if cuts:
        # Nothing on the tape tells on which side of the command the power went: see which fits.
        earlier = [
            replace(mishap, kind=_CUT_BEFORE) if mishap in cuts else mishap for mishap in mishaps
        ]
        probe = replace(manner, paper=None, sleep=None)
        mishaps = max(mishaps, earlier, key=lambda one: _perform(scene, probe, one).same_until)
    return _perform(scene, manner, mishaps)


def _perform(scene: Scene, manner: Manner, mishaps: list[Mishap]) -> Result:
    recording, found, commands = scene.recording, scene.found, scene.commands
    result = Result(len(commands), len(recording.commands) - len(commands))
    stage = Stage(
        manner.memory,
        manner.paper,
        is_fiscal=_is_fiscal(found),
        wall_s=commands[0].wall_s,
        rates=_rates(found),
    )
    try:
        player = _Player(stage, manner, found, mishaps)
        played = outcomes(player.play(commands))
    finally:
        stage.close()
    for one in _compare(scene, played, Comparison(manner.is_strict)):
        if isinstance(one, str):
            result.unknown.add(one)
        else:
            result.differences.append(one)
    return result


def _compare(
    scene: Scene, played: dict[int, Outcome], comparison: Comparison
) -> Iterator[Difference | str]:
    """Every difference, and the names of commands the emulator does not know."""
    for command in scene.commands:
        was, now = scene.found[command.no], played[command.no]
        if was.answer is None and scene.recording.is_pending(command):
            continue
        if command.name not in COMMANDS and command.name != "rpt" and not comparison.is_strict:
            yield command.name
        elif reason := comparison.difference(was.answer, now.answer):
            yield Difference(command, was, now, reason)
        elif _is_accepted(was.answer):
            comparison.has_receipt |= _row(command) in {"open", "form start"}
            if command.name == DAILY_REPORT:
                comparison.day_is_closed()


class _Player:
    def __init__(
        self, stage: Stage, manner: Manner, found: dict[int, Outcome], mishaps: list[Mishap]
    ) -> None:
        self._stage = stage
        self._manner = manner
        self._found = found
        self._mishaps: dict[int, list[Mishap]] = defaultdict(list)
        for mishap in mishaps:
            self._mishaps[mishap.command.no].append(mishap)
        self._transcript = Transcript()
        self._link = -1
        # What ends a wait for paper or a key, and when it did on the tape.
        self._release: tuple[float, Callable[[], None]] | None = None

    def play(self, commands: list[Command]) -> list[Event]:
        before_s = commands[0].at_s
        for command in commands:
            if self._manner.sleep:
                self._manner.sleep(min(max(command.at_s - before_s, 0.0), _GAP_MAX_S))
                before_s = command.at_s
            self._stage.set_clock(command.wall_s)
            if command.link != self._link:
                self._change_line(command.link)
            self._release_at(command)
            self._transcript.say(command)
            self._say(command)
        self._release_all()
        self._stage.settle()
        self._listen()
        self._transcript.hang_up(self._link, 0.0)
        return self._transcript.events

    def _say(self, command: Command) -> None:
        outcome = self._found[command.no]
        self._wreck(command, outcome)
        self._stage.say(command.raw)
        if not self._manner.sleep or self._is_broken:
            self._stage.settle()
        if self._stage.waits_for_key and self._release is None:
            is_cancelled = isinstance(outcome.answer, Frame) and (
                outcome.answer.error == Code.CANCELLED
            )
            key = "cancel" if is_cancelled else "ok"
            self._release = (_answered_s(outcome), lambda: self._stage.press(key))
        self._listen()

    def _wreck(self, command: Command, outcome: Outcome) -> None:
        for mishap in self._mishaps[command.no]:
            is_slow = mishap.kind == "slow"
            if not mishap.kind or mishap.is_refusal or (is_slow and not self._manner.sleep):
                continue
            self._stage.add_fault(mishap.kind, command.name, mishap.value)
            if mishap.kind in MECHANISM.values():
                self._release = (_answered_s(outcome), self._stage.mend)

    @property
    def _is_broken(self) -> bool:
        return self._release is not None

    def _release_at(self, command: Command) -> None:
        if self._release is None:
            return
        until_s, release = self._release
        answer = self._found[command.no].answer
        is_well = command.name == "sprn" and isinstance(answer, Frame) and answer.get("pr") == "0"
        if command.at_s >= until_s or is_well:
            self._release = None
            release()
            self._listen()

    def _release_all(self) -> None:
        if self._release and self._release[0] < _NEVER_S:
            self._release[1]()

    def _listen(self) -> None:
        self._transcript.hear(self._stage.heard(), self._link, 0.0)

    def _change_line(self, link: int) -> None:
        if self._link >= 0:
            self._stage.settle()
            self._listen()
            self._transcript.hang_up(self._link, 0.0)
        self._link = link
        self._stage.connect()


def _row(command: Command) -> str:
    known = COMMANDS.get(command.name)
    return known.row if known else _ALWAYS_ALLOWED


def _is_accepted(answer: Piece | None) -> bool:
    return isinstance(answer, Frame) and answer.error is None and answer.mnemonic != "ERR"


def _answered_s(outcome: Outcome) -> float:
    return outcome.at_s if outcome.answer is not None else _NEVER_S


def _is_fiscal(found: dict[int, Outcome]) -> bool:
    """Whether the recorded printer was fiscal; one that did not say was."""
    said = (answer.get("fs") for answer in _told(found, {"scomm", "sfsk"}) if answer.has("fs"))
    return next(said, "T") not in {"N", "n", "0"}


def _rates(found: dict[int, Outcome]) -> tuple[tuple[str, str], ...]:
    """The first VAT rates that the recorded printer told of."""
    for answer in _told(found, {"vatget", "sfsk", "stot"}):
        if all(answer.has(name) for name in _RATES):
            return tuple((name, answer.get(name)) for name in _RATES)
    return ()


def _told(found: dict[int, Outcome], names: set[str]) -> Iterator[Frame]:
    for outcome in found.values():
        if isinstance(outcome.answer, Frame) and outcome.answer.mnemonic in names:
            yield outcome.answer
