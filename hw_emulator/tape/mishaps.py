"""What went wrong on a recorded line, as fault specs of the emulator. No I/O.

    answer missing           lose; drop when the device knew nothing of the command
      and the line broke     unplug; reboot-after when the device was away for a while
    unreadable, torn         garble, cut
    noise before it, copies  noise, double
    late                     slow; no-paper, cover, hot when the device said so
    refused                  refuse, frame-error; garble-request when our frame arrived spoilt

``n`` of a spec counts the commands of one name from the first that is played.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from drivers.posnet.frame import BAD_CRC, Frame
from hw_emulator.tape.cutting import Torn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from hw_emulator.tape.dialogue import Outcome, Recording
    from hw_emulator.tape.transcript import Command

SLOW_S = 3.0
_RECALL = "rpt"
_NO_ANSWER_KEPT = 13
# What ``sprn`` says of the mechanism, and the fault that brings it about.
MECHANISM = {"3": "cover", "5": "no-paper", "6": "hot"}
_WAITS_FOR_KEY = "2"
# Byte and bit: any other mnemonic, so that the checksum finds it.
_FIRST_LETTER = "1.0"
_AWAY_MAX_S = 86_400


@dataclass(frozen=True, slots=True)
class Mishap:
    """One thing that went wrong with a command; ``kind`` is empty where no fault does the same."""

    command: Command
    nth: int
    what: str
    kind: str = ""
    value: str = ""

    @property
    def spec(self) -> str:
        """KIND:COMMAND:N[:VALUE] for ``python -m hw_emulator posnet --fault``."""
        return self.spec_of(self.nth)

    def spec_of(self, nth: int) -> str:
        """The same for another occurrence."""
        parts = [self.kind, self.command.name, str(nth)] + ([self.value] if self.value else [])
        return ":".join(parts) if self.kind else ""

    @property
    def is_refusal(self) -> bool:
        """Whether the printer refused, which its state may explain."""
        return self.kind in {"refuse", "frame-error"}


def find_mishaps(
    recording: Recording, found: Mapping[int, Outcome], commands: Iterable[Command]
) -> list[Mishap]:
    """Everything that went wrong with ``commands``, in their order."""
    return list(_Search(recording, found).run(commands))


class _Search:
    def __init__(self, recording: Recording, found: Mapping[int, Outcome]) -> None:
        self._recording = recording
        self._found = found
        self._commands = recording.commands
        self._nth: Counter[str] = Counter()
        self._told_gone: set[int] = set()
        self._free_s = float("-inf")
        self._stuck = sorted(self._answers("sprn", "pr", MECHANISM))
        self._at_key = sorted(self._answers("sdev", "ds", {_WAITS_FOR_KEY: "key"}))
        self._last_heard: dict[int, float] = {}
        for command in self._commands:
            if found[command.no].answer is not None:
                heard_s = max(found[command.no].at_s, self._last_heard.get(command.link, 0.0))
                self._last_heard[command.link] = heard_s
        self._again: dict[int, Command] = {}
        last: dict[tuple[int, str], Command] = {}
        for command in self._commands:
            if before := last.get((command.link, command.key)):
                self._again[before.no] = command
            last[command.link, command.key] = command

    def run(self, commands: Iterable[Command]) -> Iterator[Mishap]:
        for command in commands:
            self._nth[command.name] += 1
            outcome = self._found[command.no]
            for kind, value, what in self._of(command, outcome):
                yield Mishap(command, self._nth[command.name], what, kind, value)
            if outcome.answer is not None:
                self._free_s = max(self._free_s, outcome.at_s)

    def _of(self, command: Command, outcome: Outcome) -> Iterator[tuple[str, str, str]]:
        answer = outcome.answer
        if answer is None:
            yield from self._silence(command)
            return
        if isinstance(answer, Torn):
            yield "cut", str(len(answer.data)), f"the answer ends after {len(answer.data)} bytes"
        elif not isinstance(answer, Frame):
            yield "garble", "", "the answer cannot be read"
        else:
            yield from self._answered(command, answer)
            yield from self._late(command, outcome)
        if outcome.noise:
            yield "noise", str(outcome.noise), f"{outcome.noise} bytes of noise before the answer"
        if outcome.repeats:
            yield "double", "", "the answer came more than once"

    def _silence(self, command: Command) -> Iterator[tuple[str, str, str]]:
        link = command.link
        if self._recording.is_pending(command):
            return
        is_last = self._last_heard.get(link, float("-inf")) < command.at_s
        if is_last and link in self._told_gone:
            return
        if is_last and (back_s := self._recording.gone.get(link)) is not None:
            self._told_gone.add(link)
            away_s = back_s - command.at_s
            away = f"{max(away_s, 1):.0f}" if away_s < _AWAY_MAX_S else ""
            yield "reboot-after", away, "no answer, and the printer was away (or: reboot)"
            return
        if is_last and link in self._recording.broken:
            self._told_gone.add(link)
            yield "unplug", "0", "no answer, and the line broke (or: unplug-request)"
            return
        if kind := self._blocked(command.at_s, self._end_s(command)):
            yield kind, "", f"no answer; the printer says {kind}"
            return
        recalled = self._again.get(command.no)
        if recalled and self._is_unknown(recalled):
            yield "drop", "", "no answer; asked again, the printer knows nothing of it"
        elif recalled and recalled.name == _RECALL and self._found[recalled.no].answer:
            yield "lose", "", "no answer; asked again, the printer had carried it out"
        else:
            yield "lose", "", "no answer; nothing shows whether it was carried out (or: drop)"

    def _answered(self, command: Command, answer: Frame) -> Iterator[tuple[str, str, str]]:
        if answer.mnemonic == "ERR":
            if answer.error == BAD_CRC:
                yield "garble-request", _FIRST_LETTER, "our frame arrived spoilt (frame error 5)"
            elif not self._is_unknown(command):
                error = answer.error or 0
                yield "frame-error", str(error), f"refused with frame error {error}"
        elif answer.error is not None and command.name != _RECALL:
            yield "refuse", str(answer.error), f"refused with error {answer.error}"

    def _late(self, command: Command, outcome: Outcome) -> Iterator[tuple[str, str, str]]:
        since_s = max(command.at_s, self._free_s)
        delay_s = outcome.at_s - since_s
        if delay_s < SLOW_S or self._is_immediate(command):
            return
        if kind := self._blocked(since_s, outcome.at_s):
            yield kind, "", f"answered after {delay_s:.1f} s; the printer said {kind}"
        elif self._waited_for_key(since_s, outcome.at_s):
            yield "", "", f"answered after {delay_s:.1f} s, when a key of the printer was pressed"
        else:
            yield "slow", f"{delay_s:.1f}", f"answered after {delay_s:.1f} s"

    def _end_s(self, command: Command) -> float:
        return self._again[command.no].at_s if command.no in self._again else float("inf")

    def _answers(
        self, poll: str, key: str, meanings: Mapping[str, str]
    ) -> Iterator[tuple[float, str]]:
        for command in self._commands:
            outcome = self._found[command.no]
            if command.name == poll and isinstance(outcome.answer, Frame):
                meaning = meanings.get(outcome.answer.get(key))
                if meaning:
                    yield outcome.at_s, meaning

    def _blocked(self, since_s: float, until_s: float) -> str:
        return _first(self._stuck, since_s, until_s)

    def _waited_for_key(self, since_s: float, until_s: float) -> bool:
        return bool(_first(self._at_key, since_s, until_s))

    def _is_unknown(self, command: Command) -> bool:
        answer = self._found[command.no].answer
        if command.name != _RECALL or not isinstance(answer, Frame):
            return False
        return answer.error == _NO_ANSWER_KEPT

    @staticmethod
    def _is_immediate(command: Command) -> bool:
        return isinstance(command.frame, Frame) and command.frame.immediate


def _first(told: list[tuple[float, str]], since_s: float, until_s: float) -> str:
    place = bisect_left(told, (since_s, ""))
    return told[place][1] if place < len(told) and told[place][0] <= until_s else ""
