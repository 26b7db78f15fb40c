"""What a power cut leaves of the lists of releases and of a bundle: it is never led back by them.

``SEED=n`` repeats a run, ``ROUNDS=n`` sets the number of states of the long one.
"""

from __future__ import annotations

import hashlib
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import msgspec
import pytest

from terminal.errors import Code, SyncError
from terminal.sync.http import Caller
from terminal.sync.wire import ReleaseAnswer, platform_here
from terminal.update import prepared, trust
from terminal.update.fetching import Fetcher
from terminal.update.offer import Standing, judge
from terminal.update.trust import kept_session, session
from tests.crash.explorer import Disk, explore, needs_strace, record
from tests.crash.update_process import Office
from tests.terminal.update.repository import CHANNEL, URL, Repository

pytestmark = needs_strace
ROOT = Path(__file__).parents[2]
PROCESS = Path(__file__).with_name("update_process.py")
SEED = int(os.environ.get("SEED", "1"))
VERSIONS = {"1": ("1.2.0", 7), "2": ("1.3.0", 8)}


def serve(repository, folder, version):
    name = next(name for name in repository.releases.targets if f"-{version}-" in name)
    assignment = repository.assign("T1", version, number=repository.releases.version)
    answer = ReleaseAnswer(version, name, assignment=assignment.decode())
    for path, data in repository.files.items():
        file = folder / path.lstrip("/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    (folder / "answer.json").write_bytes(msgspec.json.encode(answer))
    return answer


class Served:
    """Two moments of one repository."""

    def __init__(self, folder):
        self.folder = folder
        repository = Repository()
        self.root = repository.first_root
        self.answers, self.bundles = {}, {}
        for number, (version, counter) in VERSIONS.items():
            data = f"{version}\n".encode() * 2000
            repository.release(version, counter, data=data)
            if number == "2":
                repository.rotate_root()
            self.answers[number] = serve(repository, folder / number, version)
            self.bundles[version] = hashlib.sha256(data).hexdigest()
        (folder / "root.json").write_bytes(self.root)

    def judged(self, disk, number, floor):
        """What a till with this disk thinks of moment ``number``."""
        transport = httpx2.MockTransport(Office(self.folder / number).handle)
        fetcher = Fetcher(Caller(URL, transport=transport), URL)
        answer = self.answers[number]
        standing = Standing("T1", "1.1.0", CHANNEL, platform_here(), floor, 0)
        url = f"{URL}/metadata"
        try:
            with session(disk / "tuf", self.root, fetcher, url, datetime.now(UTC)) as lists:
                target = lists.find(answer.target)
                assigned = lists.assigned(answer.assignment.encode())
            judge(answer, target, assigned, standing)
        except SyncError as error:
            return error.code
        return None

    def check(self, disk, said):
        """A till that confirmed what it had prepared is not led back, and never stuck."""
        floor = VERSIONS["1"][1] if "prepared 1" in said else 0
        self._check_prepared(disk, said)
        if "listed 2" in said:
            assert self.judged(disk, "1", 0) is Code.ROLLED_BACK, "an old list was believed"
        elif floor:
            assert self.judged(disk, "1", floor) is Code.ROLLED_BACK, "led back below the floor"
        assert self.judged(disk, "2", floor) is None, "stuck"

    def _check_prepared(self, disk, said):
        folder = disk / "updates"
        kept = prepared.load(folder)
        if kept:
            digest = hashlib.sha256(kept.bundle.read_bytes()).hexdigest()
            assert digest == kept.sha256 == self.bundles[kept.version], "half of a bundle"
        if "prepared 2" in said:
            assert kept, "what was prepared is lost"
            assert kept.version == "1.3.0", "an older one is prepared"
            with kept_session(disk / "tuf", self.root) as lists, kept.bundle.open("rb") as file:
                lists.find(kept.target).check(file)


@pytest.fixture
def served(tmp_path, monkeypatch):
    # What the checker itself leaves on the disk is nobody's business.
    monkeypatch.setattr(trust, "sync_tree", lambda _: None)
    folder = tmp_path / "served"
    folder.mkdir()
    return Served(folder)


def recorded(tmp_path, served, mistake=""):
    disk = tmp_path / "disk"
    disk.mkdir()
    command = [sys.executable, str(PROCESS), str(disk), str(served.folder), mistake]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return record(command, disk, env=environment)


def findings(tmp_path, served, recording, states, after=""):
    for disk in Disk:
        yield from explore(
            recording,
            served.check,
            tmp_path / "state",
            states=states // len(Disk),
            seed=SEED,
            disk=disk,
            after=after,
        )


def test_a_till_is_not_led_back_by_what_a_power_cut_leaves(tmp_path, served):
    recording = recorded(tmp_path, served)
    assert list(findings(tmp_path, served, recording, 120)) == []


@pytest.mark.parametrize(
    ("mistake", "wrong"),
    [
        ("no fsync of the cache", "an old list was believed"),
        ("note first", "half of a bundle"),
    ],
)
def test_each_mistake_is_found(tmp_path, served, mistake, wrong):
    recording = recorded(tmp_path, served, mistake)
    found = {finding.wrong for finding in findings(tmp_path, served, recording, 40)}
    assert any(wrong in one for one in found), found


@pytest.mark.torture
@pytest.mark.timeout(7200)
def test_thousands_of_states(tmp_path, served):
    recording = recorded(tmp_path, served)
    rounds = int(os.environ.get("ROUNDS", "5000"))
    assert list(findings(tmp_path, served, recording, rounds)) == []
