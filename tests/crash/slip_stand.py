"""A receipt printer, a folder, and tills that queue slips there, each cut off at an exact touch.

Everything runs on one thread and one clock: a wait is over as soon as nothing moves, and what is to
happen meanwhile (somebody changes the paper) happens at its second. The printer is the emulated
one, so paper is what it has printed; ``wrong`` holds that against what the tills said.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest

from drivers.escpos import line as driver_line
from drivers.escpos import printer as driver
from drivers.escpos.printer import EscposPrinter
from drivers.escpos.setup import Setup, fit
from drivers.link import LinkLost
from drivers.paper import Align, Kind, Row, Slip
from hw_emulator.escpos import device as emulator
from hw_emulator.escpos.device import EscPosPrinter
from hw_emulator.paper import Paper
from terminal import events
from terminal.paper import slips as slips_module
from terminal.paper.slips import Equipment, Slips
from terminal.paper.state import State
from terminal.store.db import _WRITERS, close_writer, open_writer
from tests.crash.mains import Mains, PowerCut, Wired
from tests.crash.power import copy_disk
from tests.terminal.paper.desk_of_slips import ANNA, Clock, Inline, make_context, open_journal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

JOURNAL = "journal.db"
MARK = "DUPLICATE / REPRINT"
# One draws its codes itself, clears its buffers and confirms; the other does nothing of all that.
GOOD, CHEAP = "TM-T20II", "ZJ-5870"
CHEAP_DEVICE = {"columns": 32, "can_clear": False, "can_confirm": False}
TICKS_MAX = 30


def slip(name: str, rows: int = 3) -> Slip:
    """A slip that can be told on paper: its name above, its end below."""
    lines = tuple(Row(f"{name} {number}", f"{number},00") for number in range(rows))
    code = Row(f"https://example.com/{name}", kind=Kind.QR, align=Align.CENTRE)
    return Slip(f"begin {name}", (*lines, code, Row(f"end {name}")))


class Seconds:
    """Time for driver and emulator; ``later`` is what happens at a second."""

    def __init__(self) -> None:
        self.now_s = 1000.0
        self.later: list[tuple[float, Callable[[], None]]] = []

    def monotonic(self) -> float:
        return self.now_s

    def pass_by(self, seconds: float) -> None:
        self.now_s += seconds
        due = [one for one in self.later if one[0] <= self.now_s]
        self.later = [one for one in self.later if one[0] > self.now_s]
        for _, happen in due:
            happen()


class PaperWire:
    """A line straight into the printer; every write is a touch, and half of the last one leaves."""

    def __init__(self, stand: SlipStand, mains: Mains) -> None:
        self._stand = stand
        self._mains = mains
        self.left = -1  # bytes until the line breaks

    def write(self, data: bytes) -> None:
        was_out = self._mains.is_out.is_set()
        try:
            self._mains.touch(f"write {len(data)}")
        except PowerCut:
            if not was_out:
                self._stand.feed(data[: len(data) // 2])
            raise
        if 0 <= self.left < len(data):
            part, self.left = data[: self.left], 0
            self._stand.feed(part)
            reason = "pulled out"
            raise LinkLost(reason, may_have_sent=bool(part))
        self.left -= len(data) if self.left >= 0 else 0
        self._stand.feed(data)

    def read(self, timeout_s: float) -> bytes:
        if self._mains.is_out.is_set():
            raise PowerCut
        data, self._stand.answers = self._stand.answers, b""
        if not data and timeout_s > 0:
            self._stand.seconds.pass_by(timeout_s)
        return data

    def drain(self) -> None:
        self._stand.answers = b""

    def close(self) -> None:
        """Nothing to give back."""


class SlipTill:
    """One life of a till: its queue on its disk, until the power goes."""

    def __init__(self, stand: SlipStand, folder: Path, cut_at: int) -> None:
        self.stand = stand
        self.folder = folder
        self.image = stand.new_folder()
        self.mains = Mains(cut_at, lambda: copy_disk(folder, self.image))
        self.engine = Inline()
        self._db = open_writer(folder / JOURNAL, "journal")
        self._db.execute("PRAGMA synchronous=OFF")  # the process dies here, not the machine
        context = make_context(Wired(self._db, self.mains), self.engine, stand.clock)
        self.wire: PaperWire
        self.printer = EscposPrinter(self._open, stand.fitting, paper_s=60.0)
        with patch.object(slips_module, "Engine", lambda *_: Inline()):
            self.slips = Slips(context, Equipment(self.printer))
        self.mains.arm()

    def _open(self) -> PaperWire:
        self.wire = PaperWire(self.stand, self.mains)
        return self.wire

    def start(self) -> SlipTill:
        self.slips.start(lambda: ANNA)
        return self

    def queue(self, name: str, rows: int = 3) -> Any:
        return self._do(self.slips.print("slip", name, slip(name, rows)))

    def tick(self) -> None:
        self.slips.tick()
        self._do(self.slips._round)

    def answer(self, event: str) -> None:
        """Whatever is in doubt is answered so."""
        for job in self.jobs(State.UNSURE):
            self._do(getattr(self.slips, event)(job.id))

    def jobs(self, *states: State) -> list[Any]:
        return [job for job in self._do(self.slips.unfinished()) if job.state in states]

    def acks(self) -> list[str]:
        """Names of the slips that somebody was told are on paper."""
        told = [event for event in self.engine.told if isinstance(event, events.SlipPrinted)]
        return [event.job.key.partition(":")[2] for event in told]

    def _do(self, future: Any) -> Any:
        if self.mains.is_out.is_set():
            raise PowerCut
        return future.result()

    def end(self) -> Path:
        """Give the disk back as the power left it."""
        if self.mains.is_out.is_set():
            self._db.close()
            _WRITERS.pop(id(self._db)).lock.close()
            return self.image
        self.mains.disarm()
        close_writer(self._db)
        return self.folder


class SlipStand:
    """``origin`` is the disk of a new till; ``seconds`` must be the clock of driver and emulator.

    The line is a serial one: what was begun on it goes on with whoever comes next.
    """

    def __init__(
        self, folder: Path, origin: Path, seconds: Seconds, *, is_cheap: bool = False
    ) -> None:
        self.folder = folder
        self.fitting = fit(Setup(profile=CHEAP if is_cheap else GOOD))
        self._origin = origin
        self.seconds = seconds
        self.clock = Clock()
        self.device = EscPosPrinter(Paper(), **(CHEAP_DEVICE if is_cheap else {}))
        self.acks: list[str] = []
        self.till: SlipTill | None = None
        self.answers = b""
        self.feed = self.device.connect(self._answer, 1)
        self._folders = 0

    def _answer(self, data: bytes) -> None:
        self.answers += data

    def new_folder(self) -> Path:
        self._folders += 1
        return self.folder / f"disk-{self._folders}"

    def switch_on(self, cut_at: int = 0) -> SlipTill:
        """The next till, on what the last one left."""
        if self.till is None:
            disk = self.new_folder()
            shutil.copytree(self._origin, disk)
        else:
            self.acks += self.till.acks()
            disk = self.till.end()
        self.till = SlipTill(self, disk, cut_at)
        return self.till

    def change_paper(self) -> None:
        self.device.set_sensors(
            paper_out=False, cover_open=False, cutter_failed=False, overheated=False
        )

    def change_paper_soon(self, after_s: float = 5.0) -> None:
        self.seconds.later.append((self.seconds.now_s + after_s, self.change_paper))

    def settle(self) -> None:
        """Somebody puts everything right and asks for what is in doubt until nothing waits."""
        assert self.till is not None
        self.device.troubles.waiting.clear()
        self.device._dead_until_s = 0.0
        self.change_paper()
        for _ in range(TICKS_MAX):
            self.till.answer("again")
            self.till.tick()
            if not self.till.jobs(*State):
                return
        msg = f"never ends: {self.till.jobs(*State)}"
        raise AssertionError(msg)

    def clear(self) -> None:
        if self.till is not None:
            self.till.end()
        shutil.rmtree(self.folder)

    # --- what an owner would find ----------------------------------------------------------------

    def wrong(self, queued: list[str], *, is_settled: bool = False) -> list[str]:
        """Everything that must not be, as sentences."""
        papers = papers_of(self.device.paper.text)
        told = [*self.acks, *(self.till.acks() if self.till else [])]
        found = []
        for name in {*queued, *papers}:
            of_slip = papers.get(name, [])
            if sum(not is_marked for is_marked, _ in of_slip) > 1:
                found.append(f"{name}: printed again without a mark")
            if any(not is_marked for is_marked, _ in of_slip[1:]):
                found.append(f"{name}: a later paper without a mark")
            is_whole = any(whole for _, whole in of_slip)
            if name in told and not is_whole:
                found.append(f"{name}: told to be printed, and is not")
            if is_settled and name in queued and not is_whole:
                found.append(f"{name}: lost")
        return found


def papers_of(text: str) -> dict[str, list[tuple[bool, bool]]]:
    """For each slip its papers in their order: whether it is marked, whether it is whole."""
    found: dict[str, list[tuple[bool, bool]]] = {}
    is_marked = False
    for line in text.splitlines():
        words = line.split()
        if MARK.split(maxsplit=1)[0] in words:
            is_marked = True
        elif words[:1] == ["begin"]:
            found.setdefault(words[1], []).append((is_marked, False))
            is_marked = False
        elif words[:1] == ["end"] and words[1] in found:
            begun = found[words[1]]
            begun[-1] = (begun[-1][0], True)
            is_marked = False
        elif line == "[cut]":
            is_marked = False
    return found


@pytest.fixture(scope="session")
def slip_origin(tmp_path_factory):
    """The disk of a till that has never queued anything."""
    folder = tmp_path_factory.mktemp("slips")
    with open_journal(folder):
        pass
    return folder


@pytest.fixture
def make_slip_stand(tmp_path, slip_origin, monkeypatch):
    seconds = Seconds()
    for module in (driver_line, driver, emulator):
        monkeypatch.setattr(module, "time", seconds)
    made = []

    def make(**options):
        folder = tmp_path / f"stand-{len(made)}"
        folder.mkdir()
        seconds.later.clear()
        made.append(SlipStand(folder, slip_origin, seconds, **options))
        return made[-1]

    yield make
    for stand in made:
        if stand.folder.exists():
            stand.clear()
