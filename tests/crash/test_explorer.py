from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.crash.explorer import Disk, explore, needs_strace, rebuild, record
from tests.crash.recording import Sync, Tree, Write, _Reader

pytestmark = needs_strace
SEED = int(os.environ.get("SEED", "1"))
STATES = 200
OLD, NEW = b"old " * 1000, b"new " * 1500

# A pointer that names a version: written by a program that does one thing wrong, or none.
PROGRAM = """
import os, sys
folder, mistake = sys.argv[1:]
pointer, part = folder + "/pointer", folder + "/pointer.part"
def sync(path):
    handle = os.open(path, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)
if mistake == "in place":
    part = pointer
with open(part, "wb") as file:
    file.write(b"new " * 1500)
    file.flush()
    if mistake not in ("no fsync", "rename first"):
        os.fsync(file.fileno())
if mistake == "unlink first":
    os.unlink(pointer)
if mistake != "in place":
    os.rename(part, pointer)
if mistake == "rename first":
    sync(pointer)
if mistake != "no fsync of the folder":
    sync(folder)
print("switched", flush=True)
"""


def run(tmp_path, program, *words, before=None):
    folder = tmp_path / "disk"
    folder.mkdir()
    for name, data in (before or {}).items():
        (folder / name).write_bytes(data)
    return record([sys.executable, "-I", "-S", "-c", program, str(folder), *words], folder)


def switched(tmp_path, mistake):
    return run(tmp_path, PROGRAM, mistake, before={"pointer": OLD})


def old_or_new(folder, said):
    held = (folder / "pointer").read_bytes()
    if held not in {OLD, NEW}:
        return f"neither old nor new: {len(held)} bytes"
    return "promised, not kept" if "switched" in said and held != NEW else ""


def test_a_careful_program_is_found_without_fault(tmp_path):
    recording = switched(tmp_path, "")
    place = tmp_path / "state"
    for disk in Disk:
        assert explore(recording, old_or_new, place, states=STATES, seed=SEED, disk=disk) == []
    assert not place.exists()


@pytest.mark.parametrize(
    ("mistake", "wrong"),
    [
        ("no fsync", "neither old nor new: 0 bytes"),
        ("rename first", "neither old nor new"),
        ("in place", "neither old nor new"),
        ("unlink first", "FileNotFoundError"),
        ("no fsync of the folder", "promised, not kept"),
    ],
)
def test_each_mistake_is_found(tmp_path, mistake, wrong):
    recording = switched(tmp_path, mistake)
    place = tmp_path / "state"
    for disk in Disk:
        findings = explore(recording, old_or_new, place, states=STATES, seed=SEED, disk=disk)
        assert any(wrong in finding.wrong for finding in findings), (disk, findings)


def test_a_finding_can_be_made_again(tmp_path):
    recording = switched(tmp_path, "in place")
    found = explore(recording, old_or_new, tmp_path / "state", states=STATES, seed=SEED)[-1]
    rebuild(recording, found.number, tmp_path / "again", seed=SEED)
    assert old_or_new(tmp_path / "again", []) == found.wrong


def test_writes_are_torn_at_sectors(tmp_path):
    program = """
import os, sys
os.pwrite(os.open(sys.argv[1] + "/pointer", os.O_WRONLY), b"new " * 1500, 0)
"""
    recording = run(tmp_path, program, before={"pointer": OLD})
    pairs, seen = {frozenset({b"old ", b"new "}), frozenset({bytes(4), b"new "})}, set()

    def look(folder, _):
        data = (folder / "pointer").read_bytes()
        sectors = {data[start : start + 512][:4] for start in range(0, len(data), 512)}
        seen.update(pair for pair in pairs if pair <= sectors)

    explore(recording, look, tmp_path / "state", states=STATES, seed=SEED)
    assert seen == pairs


def test_only_the_time_after_a_promise(tmp_path):
    recording = switched(tmp_path, "no fsync of the folder")
    heard = []
    explore(
        recording,
        lambda _, said: heard.append(said),
        tmp_path / "state",
        states=20,
        after="switched",
    )
    assert heard == [["switched"]] * 20
    with pytest.raises(AssertionError, match="never said 'done'"):
        explore(recording, old_or_new, tmp_path / "state", states=1, after="done")


EVERYTHING = """
import os, shutil, sys
os.chdir(sys.argv[1])
os.makedirs("a/b")
with open("a/b/appended", "a") as file:
    file.write("one ")
with open("a/b/appended", "a") as file:
    file.write("two")
os.rename("a", "moved")
with open("moved/b/inside", "r+b" if os.path.exists("moved/b/inside") else "w+b") as file:
    file.write(b"0123456789")
    file.seek(2)
    file.write(b"--")
    file.truncate(6)
os.symlink("moved/b", "link")
os.link("moved/b/inside", "twin")
shutil.copyfile("twin", "copied")
handle = os.open("vector", os.O_WRONLY | os.O_CREAT)
os.writev(handle, [b"ab", b"cd"])
os.pwrite(handle, b"X", 1)
os.makedirs("gone/deeper")
open("gone/deeper/file", "w").close()
shutil.rmtree("gone")
os.truncate("copied", 3)
os.sync()
print("done", flush=True)
"""


def test_what_programs_do_with_files_and_folders(tmp_path):
    recording = run(tmp_path, EVERYTHING)

    def check(folder, _):
        held = {
            str(path.relative_to(folder)): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file() and "link" not in path.parts
        }
        assert held == {
            "moved/b/appended": b"one two",
            "moved/b/inside": b"01--45",
            "twin": b"01--45",
            "copied": b"01-",
            "vector": b"aXcd",
        }
        assert (folder / "link").readlink() == Path("moved/b")

    place = tmp_path / "state"
    for disk in Disk:
        assert explore(recording, check, place, states=20, disk=disk, after="done") == []


def test_what_cannot_be_seen_is_told(tmp_path):
    program = """
import mmap, os, sys
handle = os.open(sys.argv[1] + "/mapped", os.O_RDWR | os.O_CREAT)
os.ftruncate(handle, 10)
mmap.mmap(handle, 10)[:4] = b"text"
"""
    with pytest.raises(AssertionError, match=r"how these came about: .*mapped"):
        run(tmp_path, program)


def test_a_program_that_fails_is_told(tmp_path):
    with pytest.raises(AssertionError, match="ZeroDivisionError"):
        run(tmp_path, "1 / 0")


def test_an_fsync_keeps_only_what_was_done_when_it_began():
    def hexed(text):
        return "".join(f"\\x{byte:02x}" for byte in text.encode())

    file = f"3<{hexed('/disk/file')}>"
    reader = _Reader(Path("/disk"), Tree())
    for line in (
        f'1 openat(AT_FDCWD<{hexed("/")}>, "{hexed("disk/file")}", O_CREAT|O_WRONLY) = {file}',
        f'1 write({file}, "{hexed("early")}", 5) = 5',
        f"2 fsync({file} <unfinished ...>",
        f'1 write({file}, "{hexed("late")}", 4) = 4',
        "2 <... fsync resumed>)  = 0",
    ):
        reader.read(line)
    *_, early, late, sync = reader.ops
    assert (early, late) == (Write(1, 0, b"early"), Write(1, 5, b"late"))
    assert sync == Sync(1, covers=2)
    assert reader.tree.contents() == {"file": b"earlylate"}


SELLING = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1] + "/journal.db", isolation_level=None)
db.execute("PRAGMA journal_mode=WAL")
db.execute("PRAGMA synchronous=" + sys.argv[2])
db.execute("CREATE TABLE sale (no INTEGER PRIMARY KEY, text TEXT)")
print("ready", flush=True)
for number in range(1, 13):
    db.execute("INSERT INTO sale VALUES (?, ?)", (number, "x" * 700))
    print(number, flush=True)
"""


def promised_sales(folder, said):
    with closing(sqlite3.connect(folder / "journal.db")) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        (count,) = db.execute("SELECT count(*) FROM sale").fetchone()
    return "" if count >= int(said[-1].replace("ready", "0")) else f"{count} of {said[-1]}"


def test_sqlite_keeps_what_it_promised(tmp_path):
    recording = run(tmp_path, SELLING, "FULL")
    place = tmp_path / "state"
    for disk in Disk:
        found = explore(
            recording, promised_sales, place, states=100, seed=SEED, disk=disk, after="ready"
        )
        assert found == []


@pytest.mark.parametrize("mode", ["NORMAL", "OFF"])
def test_a_careless_sqlite_is_found(tmp_path, mode):
    recording = run(tmp_path, SELLING, mode)
    place = tmp_path / "state"
    found = explore(recording, promised_sales, place, states=100, seed=SEED, after="ready")
    assert found
