"""Tills, a bad line and an office that dies and forgets; and whoever compares the books after it.

The oracle shares no code with what it judges: it reads the office's tables and what each till wrote
down at the moment of making. Every sentence it gives is a violation.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import text

from backoffice import fleet
from backoffice.moments import now
from backoffice.store.company import MAIN, of_all, of_company
from backoffice.store.engine import open_engine, reading, writing
from terminal.context import local_now
from terminal.errors import SyncError
from terminal.store.db import close_writer, open_writer
from terminal.sync import enrolment
from terminal.sync.http import Office
from terminal.sync.restore import restore
from terminal.sync.wire import Entry
from tests.sync.faultproxy import FaultProxy
from tests.sync.tills import SellingTill

if TYPE_CHECKING:
    from collections.abc import Iterator

    from terminal.sync.enrolment import Identity

ROOT = Path(__file__).parents[2]
STOP_S = 40.0
PATIENCE_S = 0.4
_POLL_S = 0.02


class SqliteDisk:
    """The office's database as a file that can be copied while nobody has it open."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "office.db"
        self._copy = folder / "copy"

    @property
    def url(self) -> str:
        return f"sqlite:///{self._file}"

    def keep_copy(self) -> None:
        shutil.rmtree(self._copy, ignore_errors=True)
        self._copy.mkdir()
        for path in self._file.parent.glob(f"{self._file.name}*"):
            shutil.copy(path, self._copy)

    def restore_copy(self) -> None:
        for path in self._file.parent.glob(f"{self._file.name}*"):
            path.unlink()
        shutil.copytree(self._copy, self._file.parent, dirs_exist_ok=True)


class ServerDisk:
    """The same on PostgreSQL: a copy is another database."""

    def __init__(self, cluster) -> None:
        self._cluster = cluster
        self._name = cluster.create()
        self._copy = ""

    @property
    def url(self) -> str:
        return self._cluster.url(self._name)

    def keep_copy(self) -> None:
        self._copy = self._cluster.create(self._name)

    def restore_copy(self) -> None:
        self._cluster.drop(self._name)
        self._name = self._cluster.create(self._copy)


class Mains:
    """An office in its own process that is switched on, and off as by the power."""

    def __init__(self, disk, mistake: str = "-") -> None:
        self.disk = disk
        self._mistake = mistake
        self.port = 0
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.sync.office_process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )

    def switch_on(self, file_max: int = 0) -> None:
        what = f"{self.port} {self._mistake} {file_max} {self.disk.url}"
        word, port = self._say(f"start {what}").split()
        assert word == "ready"
        self.port = int(port)

    def switch_off(self) -> None:
        assert self._say("kill") == "dead\n"

    def _say(self, line: str) -> str:
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()
        return self._process.stdout.readline()

    def stop(self) -> None:
        self._process.stdin.close()
        self._process.wait(STOP_S)
        self._process.stdout.close()


class Ordeal:
    """Everything of one run; ``seed`` decides what is done, and what the line does to it."""

    def __init__(
        self,
        folder: Path,
        disk,
        seed: int,
        *,
        tills: int,
        rate: float = 0.35,
        mistake: str = "-",
        quiet_s: float = 40.0,
    ) -> None:
        self.dice = random.Random(seed)
        self._folder = folder
        self._quiet_s = quiet_s
        self.kills = 0
        self.is_amnesic = False
        self.is_over = False
        self.gone: list[SellingTill] = []
        self.mains = Mains(disk, mistake)
        self.mains.switch_on()
        self.proxy = FaultProxy(self.mains.port, seed, rate=0.0, patience_s=PATIENCE_S)
        self.tills = [self._enrolled(f"T{number}") for number in range(1, tills + 1)]
        self.proxy.rate = rate
        for till in self.tills:
            till.start()

    def _enrolled(self, name: str) -> SellingTill:
        identity = enrolment.enrol(self._url, self._code(name), "test")
        return self._till(self._folder / name, identity)

    def _till(self, folder: Path, identity: Identity) -> SellingTill:
        dice = random.Random(self.dice.random())
        return SellingTill(folder, identity, self._url, dice, PATIENCE_S)

    @property
    def _url(self) -> str:
        return f"http://127.0.0.1:{self.proxy.port}"

    def add_twin(self) -> SellingTill:
        """Somebody has copied the disk of the first till."""
        self.tills.append(self._till(self._folder / "twin", self.tills[0].identity))
        self.tills[-1].start()
        return self.tills[-1]

    def _code(self, name: str) -> str:
        return self._at_the_office(fleet.invite, name, "lipa", now())

    def block(self, till: SellingTill, *, is_blocked: bool) -> None:
        """Somebody at the office shuts a till out, or lets it in again."""
        self._at_the_office(fleet.block, till.terminal, is_blocked=is_blocked)

    def _at_the_office(self, do, *args, **kwargs):
        engine = open_engine(self.mains.disk.url)
        try:
            with writing(of_company(engine, MAIN)) as database:
                return do(database, *args, **kwargs)
        finally:
            engine.dispose()

    def replace(self, till: SellingTill) -> SellingTill:
        """The device is lost with what it had not sent; another one takes its place."""
        till.stop()
        self.tills.remove(till)
        self.gone.append(till)
        folder = self._folder / f"{till.terminal}-new"
        folder.mkdir()
        identity = patiently(lambda: enrolment.enrol(self._url, self._code(till.terminal), "test"))
        journal = open_writer(folder / "journal.db", "journal")
        office = Office(self._url, identity.terminal, identity.key, timeout_s=PATIENCE_S)
        patiently(lambda: restore(office, journal, identity, local_now().isoformat()))
        office.close()
        close_writer(journal)
        self.tills.append(self._till(folder, identity))
        self.tills[-1].start()
        return self.tills[-1]

    # --- what happens --------------------------------------------------------------------------

    def run(self, acts: int, *, with_amnesia: bool) -> None:
        """Sell, and let everything happen to the office on the way."""
        copied_at, restored_at = acts // 4, 3 * acts // 4
        for act in range(acts):
            if with_amnesia and act == copied_at:
                self.kill(self.mains.disk.keep_copy)
            elif with_amnesia and act == restored_at:
                self.await_quiet()
                self.kill(self.mains.disk.restore_copy)
                self.is_amnesic = True
            elif act % 12 == 8:
                self.kill()
            if act % 16 == 4:
                self.part()
            self.work()

    def work(self) -> None:
        for till in self.tills:
            for _ in range(self.dice.randint(0, 3)):
                till.work()
        time.sleep(self.dice.uniform(0, 0.1))

    def kill(self, meanwhile=lambda: None, *, file_max: int = 0) -> None:
        """The office dies as it stands; ``meanwhile`` somebody may do something to its disk."""
        self.mains.switch_off()
        meanwhile()
        self.mains.switch_on(file_max)
        self.kills += 1

    def part(self) -> None:
        """No till reaches the office, and nobody minds."""
        self.proxy.is_parted = True
        self.work()
        self.proxy.is_parted = False

    def await_quiet(self) -> bool:
        """Let the line be good until the office has everything; whether that came to be."""
        rate, self.proxy.rate = self.proxy.rate, 0.0
        deadline = time.monotonic() + self._quiet_s
        while time.monotonic() < deadline:
            if all(self._is_quiet(till) for till in self.tills):
                self.proxy.rate = rate
                return True
            for till in self.tills:
                till.post.wake()
            time.sleep(_POLL_S)
        return False

    def _is_quiet(self, till: SellingTill) -> bool:
        till.keep()
        asked = "SELECT count(*) FROM journal_entry WHERE terminal = :terminal AND epoch = :epoch"
        ((count,),) = self._rows(asked, terminal=till.terminal, epoch=till.epoch)
        return count >= len(till.made) and not till.unsent()

    # --- the books -----------------------------------------------------------------------------

    def wrong(self) -> list[str]:
        """Everything that is wrong when the line is good again, as sentences."""
        found = [] if self.await_quiet() else ["not quiet: something is still to be sent"]
        for till in self.tills:
            till.keep()
            found += [f"{till.terminal}: {sentence}" for sentence in self._wrong(till)]
        for till in self.gone:
            found += [f"{till.terminal} before: {sentence}" for sentence in self._inherited(till)]
        rewinds = sum(till.rewinds() for till in self.tills)
        if rewinds and not self.is_amnesic:
            found.append(f"rewound {rewinds} times, and the office had forgotten nothing")
        if self.is_amnesic and not rewinds:
            found.append("the office had forgotten documents, and nobody sent them again")
        found += [f"alarm: {alarm}" for alarm in self.alarms()]
        asked = "SELECT terminal, seq, reason FROM verdict WHERE NOT is_accepted"
        return [*found, *(f"rejected: {row}" for row in self._rows(asked))]

    def _inherited(self, till: SellingTill) -> Iterator[str]:
        """What a lost device had sent is at the office and at the device after it, and no more."""
        (heir,) = (each for each in self.tills if each.terminal == till.terminal)
        held = self._held(till)
        if held != till.made[: len(held)]:
            yield "the office has something else"
        if heir.copies(till.epoch) != held:
            yield "the device after it has something else"

    def alarms(self) -> list[tuple]:
        return self._rows("SELECT terminal, kind, seq FROM alarm")

    def _wrong(self, till: SellingTill) -> Iterator[str]:
        held = self._held(till)
        times = Counter(entry.seq for entry in held)
        yield from (f"document {seq} is there {n} times" for seq, n in times.items() if n > 1)
        theirs = {entry.seq: entry for entry in held}
        for entry in till.made:
            if entry.seq not in theirs:
                yield f"document {entry.seq} is lost"
            elif theirs[entry.seq] != entry:
                yield f"document {entry.seq} is another one"
        if len(theirs) > len(till.made):
            yield f"{len(theirs)} documents there, {len(till.made)} made"
        listed = "SELECT seq FROM receipt WHERE terminal = :terminal AND epoch = :epoch ORDER BY id"
        sold = [entry.seq for entry in till.made if '"kind":"receipt"' in entry.body]
        place = {"terminal": till.terminal, "epoch": till.epoch}
        if [seq for (seq,) in self._rows(listed, **place)] != sold:
            yield "the list of receipts is not in the order in which they were sold"
        yield from till.complaints()

    def _held(self, till: SellingTill) -> list[Entry]:
        asked = (
            "SELECT seq, rid, prev, hash, body FROM journal_entry"
            " WHERE terminal = :terminal AND epoch = :epoch ORDER BY seq"
        )
        return [Entry(*row) for row in self._rows(asked, terminal=till.terminal, epoch=till.epoch)]

    def _rows(self, sql: str, **values: object) -> list[tuple]:
        engine = open_engine(self.mains.disk.url)
        try:
            with reading(of_all(engine)) as database:
                return [tuple(row) for row in database.execute(text(sql), values)]
        finally:
            engine.dispose()

    def stop(self) -> None:
        """Give everything back; once more does no harm."""
        while self.tills:
            self.tills.pop().stop()
        if self.is_over:
            return
        self.is_over = True
        self.proxy.stop()
        self.mains.stop()


def patiently(ask):
    """As often as it takes on a line like this."""
    deadline = time.monotonic() + STOP_S
    while True:
        try:
            return ask()
        except SyncError:
            if time.monotonic() > deadline:
                raise
