"""A POSNET conversation as commands, each with what was heard of it. No I/O, no judgement.

Answers carry the token of their command; what carries none, or cannot be read, belongs to the
oldest command that is still open. A command that was asked for again (``rpt``) is not open any
more: whatever comes afterwards answers the question.
"""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from drivers.posnet.frame import Frame, Malformed
from drivers.tape_file import Kind
from hw_emulator.tape.cutting import Cutter, Stray
from hw_emulator.tape.transcript import Command, Sound, Transcript

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from drivers.tape_file import Passage
    from hw_emulator.tape.cutting import Piece
    from hw_emulator.tape.transcript import Event

# Shorter than any device is waited for: a command at the very end of a tape may still be answered.
PENDING_S = 1.0
_NEVER_S = float("inf")


@dataclass(slots=True)
class Outcome:
    """What was heard of a command: at most one answer, noise before it, copies after it."""

    answer: Piece | None = None
    at_s: float = 0.0
    noise: int = 0
    repeats: int = 0


@dataclass(frozen=True, slots=True)
class Recording:
    """A tape: its events in order, and how its lines ended.

    ``broken`` are the lines that broke, ``over`` these and the closed ones. ``gone`` are those
    after which the device could not be reached, with the time when it could again.
    """

    events: tuple[Event, ...]
    over: frozenset[int]
    broken: frozenset[int]
    gone: dict[int, float]
    end_s: float

    @property
    def commands(self) -> list[Command]:
        """Everything of ours, in order."""
        return [event for event in self.events if isinstance(event, Command)]

    def is_pending(self, command: Command) -> bool:
        """Whether the tape ends before a missing answer means anything."""
        return command.link not in self.over and self.end_s - command.at_s < PENDING_S


def read_recording(passages: Iterable[Passage]) -> Recording:
    """Take a tape apart."""
    reader = _Reader()
    end_s = 0.0
    for passage in passages:
        reader.take(passage)
        end_s = passage.at_s
    reader.end(end_s)
    events = tuple(reader.transcript.events)
    over, broken = frozenset(reader.over), frozenset(reader.broken)
    return Recording(events, over, broken, reader.gone, end_s)


class _Reader:
    def __init__(self) -> None:
        self.transcript = Transcript()
        self.over: set[int] = set()
        self.broken: set[int] = set()
        self.gone: dict[int, float] = {}
        self._link = 0
        self._is_open = True
        self._commands = 0
        self._ours = Cutter()

    def take(self, passage: Passage) -> None:
        match passage.kind:
            case Kind.OUT:
                self._take_ours(passage)
            case Kind.IN:
                self.transcript.hear(passage.data, self._link, passage.at_s)
            case Kind.OPEN:
                self._hang_up(passage)
                if self._link in self.gone:
                    self.gone[self._link] = passage.at_s
                self._link += 1
                self._is_open = True
            case Kind.CLOSE:
                self._hang_up(passage)
                self._is_open = False
            case Kind.ERROR if self._is_open:
                self.over.add(self._link)
                self.broken.add(self._link)
            case Kind.ERROR:
                self.gone[self._link] = _NEVER_S

    def end(self, at_s: float) -> None:
        """The tape is over: a frame that has begun ends only if its line did."""
        if self._link in self.over:
            self.transcript.hang_up(self._link, at_s)

    def _hang_up(self, passage: Passage) -> None:
        self.transcript.hang_up(self._link, passage.at_s)
        self.over.add(self._link)
        self._ours = Cutter()

    def _take_ours(self, passage: Passage) -> None:
        for piece, raw in self._ours.feed(passage.data):
            if isinstance(piece, Frame | Malformed):
                self._commands += 1
                at_s, wall_s = passage.at_s, passage.wall_s
                self.transcript.say(Command(self._commands, piece, raw, self._link, at_s, wall_s))


def outcomes(events: Sequence[Event]) -> dict[int, Outcome]:
    """What was heard of each command, by its number."""
    found = {event.no: Outcome() for event in events if isinstance(event, Command)}
    taken = _match_keys(events, found)
    _match_order(events, taken, found)
    return found


def _match_keys(events: Sequence[Event], found: dict[int, Outcome]) -> dict[int, int]:
    """Give each answer that tells whose it is to its command; numbers of commands by place.

    Backwards, since an answer that came after its command was asked for again answers the question.
    """
    asked = {(event.link, event.key) for event in events if isinstance(event, Command)}
    waiting: dict[tuple[int, str], deque[int]] = defaultdict(deque)
    taken: dict[int, int] = {}
    for place in range(len(events) - 1, -1, -1):
        event = events[place]
        known = (event.link, event.key)
        if isinstance(event, Sound):
            if event.key and known in asked:
                waiting[known].append(place)
        elif places := waiting.get(known):
            answer = places.popleft()
            _answer(found[event.no], events[answer])
            taken[answer] = event.no
    copies = {place for places in waiting.values() for place in places}
    last: dict[tuple[int, str], int] = {}
    for place, event in enumerate(events):
        if isinstance(event, Command):
            last[event.link, event.key] = event.no
        elif place in copies and (no := last.get((event.link, event.key))):
            found[no].repeats += 1
            taken[place] = no
    return taken


def _match_order(events: Sequence[Event], taken: dict[int, int], found: dict[int, Outcome]) -> None:
    """Give what tells nothing of its command to the oldest that is open; noise to the next."""
    again = _asked_again(events)
    waiting: deque[tuple[int, Command]] = deque()
    noise = 0
    for place, event in enumerate(events):
        if isinstance(event, Command):
            if found[event.no].answer is None:
                waiting.append((place, event))
            continue
        if place in taken:
            found[taken[place]].noise += noise
            noise = 0
            continue
        while waiting and _is_over(waiting[0], event, place, again):
            waiting.popleft()
        if waiting:
            _answer(found[waiting.popleft()[1].no], event)
        elif isinstance(event.piece, Stray):
            noise += len(event.piece.data)


def _asked_again(events: Sequence[Event]) -> dict[int, int]:
    """Where a command is followed by another of its key: the second's place by the first's."""
    again: dict[int, int] = {}
    last: dict[tuple[int, str], int] = {}
    for place, event in enumerate(events):
        if isinstance(event, Command):
            known = (event.link, event.key)
            if known in last:
                again[last[known]] = place
            last[known] = place
    return again


def _is_over(asked: tuple[int, Command], heard: Sound, place: int, again: dict[int, int]) -> bool:
    return asked[1].link != heard.link or again.get(asked[0], place) < place


def _answer(outcome: Outcome, heard: Event) -> None:
    if isinstance(heard, Sound):
        outcome.answer, outcome.at_s = heard.piece, heard.at_s
