from __future__ import annotations

import os
import sys

from terminal.update.durable import sync_tree, write_durably
from tests.crash.explorer import Disk, explore, needs_strace, record

SEED = int(os.environ.get("SEED", "1"))
PROGRAM = """
import sys
from pathlib import Path
from terminal.update.durable import make_folder, sync_tree, write_durably
folder = Path(sys.argv[1])
write_durably(folder / "note", b"new")
print("written", flush=True)
make_folder(folder / "made/deep")
print("made", flush=True)
(folder / "tree/deep").mkdir(parents=True)
(folder / "tree/deep/file").write_bytes(b"whole")
(folder / "tree/link").symlink_to("nowhere")
sync_tree(folder)
print("synced", flush=True)
"""


def test_the_new_one_takes_the_place_of_the_old(tmp_path):
    note = tmp_path / "note"
    write_durably(note, b"old")
    write_durably(note, b"new")
    assert note.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [note]


def test_a_link_that_leads_nowhere_is_no_hindrance(tmp_path):
    (tmp_path / "link").symlink_to("nowhere")
    sync_tree(tmp_path)


def found(tmp_path, prologue=""):
    disk = tmp_path / "disk"
    disk.mkdir()
    (disk / "note").write_bytes(b"old")

    def check(folder, said):
        held = (folder / "note").read_bytes()
        assert held == b"new" or (held == b"old" and "written" not in said)
        if "made" in said:
            assert (folder / "made/deep").is_dir()
        if "synced" in said:
            assert (folder / "tree/deep/file").read_bytes() == b"whole"
            assert (folder / "tree/link").is_symlink()

    recording = record([sys.executable, "-c", prologue + PROGRAM, str(disk)], disk)
    for kind in Disk:
        yield from explore(recording, check, tmp_path / "s", states=150, seed=SEED, disk=kind)


@needs_strace
def test_a_power_cut_leaves_old_or_new_and_keeps_what_was_promised(tmp_path):
    assert list(found(tmp_path)) == []


@needs_strace
def test_without_fsync_it_would_not(tmp_path):
    assert list(found(tmp_path, "import os; os.fsync = lambda handle: None\n"))
