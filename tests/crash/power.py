"""One printer, one folder, and the tills that run on it one after the other, each cut off."""

from __future__ import annotations

import itertools
import shutil
import threading
from typing import TYPE_CHECKING, Any

from hw_emulator.host import RunningPosnet, start_posnet
from terminal import events
from terminal.context import local_now
from terminal.sale.receipt import State
from terminal.store.backup import check_whole
from tests.crash.alive import METHODS, WAIT_S, Alive, till_config
from tests.crash.books import check
from tests.crash.mains import Mains, PowerCut
from tests.crash.reading import opened

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

__all__ = ["METHODS", "WAIT_S", "PowerCut", "Stand", "cut_everywhere", "till_config"]

JOURNAL, CATALOGUE, MEMORY = "journal.db", "catalogue.db", "fiscal-memory.jsonl"


class Stand:
    """``origin`` is the folder of an enrolled till with goods; ``office_db`` its office's file.

    ``now`` is the clock of both, till and printer; further options are the printer's. A printer of
    another protocol is another stand: how it starts, and the till's driver for it.
    """

    till: type[Alive] = Alive

    def __init__(
        self,
        folder: Path,
        origin: Path,
        office_db: Path | None = None,
        *,
        now: Callable[[], datetime] = local_now,
        **printer: Any,
    ) -> None:
        self.folder = folder
        self._now = now
        self._printer_options = printer
        self._office_db = office_db
        self._origin = origin
        self._images = 0
        self.acks: list[tuple[str, int]] = []
        self.alive: Alive | None = None
        self._printer_lock = threading.RLock()
        self.printer = self.start_printer()

    # --- printer -------------------------------------------------------------------------------

    @property
    def memory(self) -> Path:
        return self.folder / MEMORY

    def start_printer(self, **options: Any) -> RunningPosnet:
        now = self._now
        usual = {"now": lambda: now().replace(microsecond=0), **self._printer_options}
        self.printer = start_posnet(self.memory, **usual | options)
        return self.printer

    def revive_printer(self) -> None:
        """Switch it on again if it is dead."""
        with self._printer_lock:
            if self.printer.died.is_set():
                self.start_printer()

    def let_printer_finish(self) -> None:
        """Wait until everything that was sent is carried out, so that a run can be repeated."""
        done = threading.Event()
        self.printer.station._jobs.put(done.set)
        assert done.wait(WAIT_S)

    def let_printer_die(self, fault: str) -> None:
        """It dies by ``fault`` and comes back at once: an open receipt is cancelled."""
        printer = self.printer

        def die_and_return() -> None:
            with self._printer_lock:
                if not printer.died.is_set():
                    printer.kill()
                    self.start_printer()

        printer.station.die = die_and_return
        printer.faults.add(fault)

    # --- tills ---------------------------------------------------------------------------------

    def _new_image(self) -> Path:
        self._images += 1
        return self.folder / f"disk-{self._images}"

    def switch_on(self, cut_at: int = 0, *, blackout: bool = False) -> Alive:
        """A till on the disk as the last one left it; ``blackout`` takes the printer with it."""
        if self.alive is None:
            disk = self._new_image()
            shutil.copytree(self._origin, disk)
        else:
            disk = self.alive.image
        image = self._new_image()

        def keep() -> None:
            copy_disk(disk, image)
            if blackout:
                self.let_printer_finish()
                self.printer.kill()

        self.alive = self.till(lambda: self.printer, disk, Mains(cut_at, keep), self._now)
        self.alive.image = image
        return self.alive

    def switch_off(self) -> None:
        """Pull the plug, whether or not it was pulled before."""
        assert self.alive is not None
        self.acks += self.alive.acks()
        self.alive.vanish()
        self.revive_printer()

    def reboot(self, cut_at: int, *, blackout: bool = False) -> Alive:
        """Another till on what is left, not started, which will be cut once it is armed."""
        self.switch_off()
        return self.switch_on(cut_at, blackout=blackout)

    def restart(self, cut_at: int = 0) -> Alive:
        """The next till on what is left; it has settled when this returns, or was cut itself."""
        self.switch_off()
        alive = self.switch_on(cut_at)
        alive.mains.arm()
        try:
            alive.start()
        except PowerCut:
            assert cut_at
        return alive

    # --- checking ------------------------------------------------------------------------------

    def wrong(self, *, is_settled: bool = True, with_office: bool = False) -> list[str]:
        """What the checker finds now."""
        assert self.alive is not None
        office = self._office_db if with_office else None
        with self.alive.mains.lock:
            found = check(
                self.alive.folder / JOURNAL,
                self.memory,
                office,
                is_settled=is_settled,
                acks=[*self.acks, *self.alive.acks()],
            )
            # What is right the till itself takes for right, at the end of each day.
            return found or _told_damaged(self.alive.folder / JOURNAL)

    def finish(self, *, pushes: bool = True) -> None:
        """Let the cashier confirm what was not sold, send everything, and check it all."""
        alive = self.alive
        assert alive is not None
        alive.login()
        if alive.view().receipt.state is State.PAID:
            printed = alive.print_again()
            assert isinstance(printed, events.ReceiptPrinted), printed
        if not pushes:
            assert self.wrong() == []
            return
        alive.till.push().result(WAIT_S)
        assert self.wrong(with_office=self._office_db is not None) == []
        assert alive.view().unsent.count == 0

    def clear(self) -> None:
        """Give everything back."""
        if self.alive is not None:
            self.alive.vanish()
        self.printer.stop()
        shutil.rmtree(self.folder)


def cut_everywhere(
    make_stand: Callable[[], Stand],
    prepare: Callable[[Alive], object],
    scenario: Callable[[Alive], object],
    afterwards: Callable[[Stand, Alive], object],
    *,
    blackout: bool = False,
    pushes: bool = True,
    first: int = 1,
    step: int = 1,
) -> int:
    """Run ``scenario`` once for each of its touches, cut off there; gives how many there were.

    ``first`` and ``step`` choose among many touches.
    ``afterwards`` gets the stand and the next till, which has settled; then all is finished and
    checked. The last run goes through untouched. Without an office nobody ``pushes``.
    """
    for cut_at in itertools.count(first, step):
        stand = make_stand()
        alive = stand.switch_on(cut_at, blackout=blackout)
        alive.start()
        alive.login()
        prepare(alive)
        alive.mains.arm()
        try:
            scenario(alive)
        except PowerCut:
            assert alive.mains.is_out.is_set()
        is_cut = alive.mains.is_out.is_set()
        where = f"cut {cut_at} before {alive.mains.touches[-1]!r}"
        following = stand.restart()
        assert (where, stand.wrong()) == (where, [])
        afterwards(stand, following)
        stand.finish(pushes=pushes)
        stand.clear()
        if not is_cut:
            return cut_at
    raise AssertionError


def _told_damaged(journal: Path) -> list[str]:
    with opened(journal) as db:
        try:
            check_whole(db)
        except ValueError as error:
            return [f"the till's own check: {error}"]
    return []


def copy_disk(source: Path, target: Path) -> None:
    """The files of a till as another process would find them now."""
    target.mkdir()
    for path in source.iterdir():
        if path.is_file() and not path.name.endswith((".lock", "-shm")):
            shutil.copyfile(path, target / path.name)
            shutil.copymode(path, target / path.name)
