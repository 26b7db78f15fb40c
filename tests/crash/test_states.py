"""What a power cut may leave of journal, catalogue and identity: states by the thousand.

The oracle believes promises only: what was told to people, and the printer's fiscal memory.
``SEED=n`` repeats a run, ``ROUNDS=n`` sets the number of states of the long one.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from terminal import boot
from terminal.audit import verify
from terminal.sync.enrolment import Identity, load
from tests.crash.explorer import Disk, explore, needs_strace, record
from tests.crash.power import CATALOGUE, JOURNAL
from tests.crash.stands import enrol

pytestmark = needs_strace
ROOT = Path(__file__).parents[2]
PROMISES = Path(__file__).with_name("promises.py")
SEED = int(os.environ.get("SEED", "1"))
ROUNDS = int(os.environ.get("ROUNDS", "20000"))
DAY = ("sale", "storno", "sale", "report", "sale", "wrong_pins")
DATA = ("users", "settings")


@pytest.fixture
def place():
    """Where states are rebuilt: in memory, for what is tried there need not last."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of our own in it
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder) / "state"


@pytest.fixture
def till(office, catalogue, tmp_path):
    """Records what a till does; the memory of its printer lies on no disk that fails."""
    folder = tmp_path / "till"
    enrol(office[0], folder, f"S{tmp_path.name}"[:60])
    shutil.copyfile(catalogue, folder / CATALOGUE)

    def recorded(*scenario):
        words = str(folder), str(tmp_path / "memory"), "own", *scenario
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        return record([sys.executable, str(PROMISES), *words], folder, env=env)

    return recorded


def kept(folder: Path, said: list[str]) -> str:
    """What a state owes to whoever was promised something; empty when nothing."""
    told = [line.split() for line in said]
    with closing(sqlite3.connect(folder / JOURNAL)) as db:
        if (damage := db.execute("PRAGMA quick_check").fetchone()[0]) != "ok":
            return f"journal: {damage}"
        if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'delivered'").fetchone():
            return f"nothing is left of {told}" if told else ""
        wrong = [*_receipts(db, told), *_day(db, told)]
    with closing(sqlite3.connect(folder / CATALOGUE)) as db:
        wrong += _data(db, told)
    wrong += [one["what"] for one in verify.verify(folder / JOURNAL).findings]
    return "; ".join(wrong)


def _receipts(db, told):
    rows = db.execute("SELECT rid, state, receipt_no FROM receipt").fetchall()
    states = {rid: (state, number) for rid, state, number in rows}
    documents = {rid for (rid,) in db.execute("SELECT rid FROM document WHERE kind = 'receipt'")}
    printed = {words[1]: int(words[2]) for words in told if words[0] == "fiscal"}
    short = {rid[:8]: state for rid, (state, _) in states.items()}
    for words in told:
        if words[0] == "sold" and states.get(words[1]) != ("FISCAL", int(words[2])):
            yield f"told that {words[1]} is sold, it is {states.get(words[1])}"
        if words[0] == "dropped" and states.get(words[1], ("",))[0] != "DROPPED":
            yield f"told that {words[1]} is given up, it is {states.get(words[1])}"
    for reference in printed:
        if short.get(reference) not in {"PRINTING", "FISCAL"}:
            yield f"{reference} is printed, it is {short.get(reference)}"
    for rid, (state, number) in states.items():
        if state == "FISCAL" and printed.get(rid[:8]) != number:
            yield f"{rid} is FISCAL, the printer has none"
        if (state == "FISCAL") != (rid in documents):
            yield f"{rid} is {state}, its document says otherwise"


def _day(db, told):
    asked = "SELECT body ->> '$.report_no' FROM document WHERE kind = ?"
    reports = {number for (number,) in db.execute(asked, ("report",))}
    heads = {number for (number,) in db.execute(asked, ("day_head",))}
    steps = dict(db.execute("SELECT report_no, step FROM closing WHERE report_no IS NOT NULL"))
    for words in told:
        if words[0] == "report" and steps.get(int(words[1])) != "DONE":
            yield f"told that the day of report {words[1]} is closed: {steps}"
    if heads != reports:
        yield f"reports {sorted(reports)}, heads {sorted(heads)}"
    wrong = max((int(words[1]) for words in told if words[0] == "wrong"), default=0)
    counted = db.execute("SELECT coalesce(max(count), 0) FROM pin_failure").fetchone()[0]
    if counted < wrong:
        yield f"{wrong} wrong PINs, counted are {counted}"


def _data(db, told):
    if (damage := db.execute("PRAGMA quick_check").fetchone()[0]) != "ok":
        yield f"catalogue: {damage}"
        return
    for words in told:
        if words[0] == "data":
            asked = "SELECT revision FROM data_set WHERE name = ?"
            found = db.execute(asked, (words[1],)).fetchone()
            if not found or found[0] < int(words[2]):
                yield f"told that {words[1]} is at {words[2]}, it is at {found}"


def test_a_day_is_kept_whatever_is_left_of_it(till, place):
    recording = till(*DAY)
    for disk in Disk:
        assert explore(recording, kept, place, states=75, seed=SEED, disk=disk) == []


def test_new_data_are_kept_whatever_is_left_of_them(till, place):
    recording = till(*DATA)
    for disk in Disk:
        assert explore(recording, kept, place, states=30, seed=SEED, disk=disk) == []


@pytest.mark.torture
@pytest.mark.timeout(7200)
def test_a_day_in_many_states(till, place):
    recording = till(*DAY, *DATA, *DAY)
    for disk in Disk:
        states = ROUNDS // len(Disk)
        assert explore(recording, kept, place, states=states, seed=SEED, disk=disk) == []


@pytest.mark.parametrize(
    ("mistake", "scenario", "after", "word"),
    [
        ("normal", ("sale", "sale"), "ready", "sold"),
        ("off", ("sale", "sale"), "ready", "sold"),
        ("two_transactions", ("sale", "sale"), "ready", "its document says otherwise"),
        ("tell_before_commit", ("sale",), "sold", "told that"),
        ("no_intent", ("sale",), "fiscal", "is printed, it is"),
    ],
)
def test_each_mistake_of_the_journal_is_found(till, place, mistake, scenario, after, word):
    recording = till(*scenario, "--mistake", mistake)
    found = explore(recording, kept, place, states=80, seed=SEED, after=after)
    assert any(word in one.wrong for one in found), found[:3]


# --- the identity of the device -------------------------------------------------------------------

OLD = Identity("T1", "lipa", "old key", 1, "http://127.0.0.1:1")
NEW = Identity("T1", "lipa", "new key " * 300, 2, "http://127.0.0.1:1")

REPLACING = """
import os, pathlib, sys
import msgspec
from terminal.sync import enrolment
folder, mistake, text = sys.argv[1:]
really_replace = pathlib.Path.replace
def unlink_first(self, target):
    target.unlink()
    return really_replace(self, target)
if mistake == "no fsync":
    os.fsync = lambda handle: None
if mistake == "in place":
    pathlib.Path.with_name = lambda self, name: self
if mistake == "unlink first":
    pathlib.Path.replace = unlink_first
if mistake == "no fsync of the folder":
    enrolment.sync_folder = lambda folder: None
identity = msgspec.json.decode(text, type=enrolment.Identity)
enrolment.save(identity, pathlib.Path(folder) / "identity.json")
print("enrolled", flush=True)
"""


def replaced(tmp_path, mistake=""):
    folder = tmp_path / "till"
    folder.mkdir()
    (folder / boot.IDENTITY_FILE).write_bytes(msgspec.json.encode(OLD))
    words = str(folder), mistake, msgspec.json.encode(NEW).decode()
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return record([sys.executable, "-c", REPLACING, *words], folder, env=env)


def old_or_new(folder, said):
    found = load(folder / boot.IDENTITY_FILE)
    if found not in {OLD, NEW}:
        return "neither the old identity nor the new one"
    return "enrolled, and forgotten" if "enrolled" in said and found != NEW else ""


def test_a_device_is_the_old_or_the_new_one(tmp_path, place):
    recording = replaced(tmp_path)
    for disk in Disk:
        assert explore(recording, old_or_new, place, states=200, seed=SEED, disk=disk) == []


@pytest.mark.parametrize(
    "mistake", ["no fsync", "in place", "unlink first", "no fsync of the folder"]
)
def test_each_mistake_with_the_identity_is_found(tmp_path, place, mistake):
    recording = replaced(tmp_path, mistake)
    assert explore(recording, old_or_new, place, states=200, seed=SEED)
