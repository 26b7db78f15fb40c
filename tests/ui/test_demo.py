"""The demo as anyone tries it first: without a screen, in a folder of its own."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import click
import pytest

from terminal import config
from tests.shop import wait_until
from ui import demo
from ui.demo import Stage

END_S = 100.0


def begin(folder: Path, *words: str) -> subprocess.Popen[str]:
    """Start the demo with ``folder`` for its temporary files."""
    folder.mkdir(parents=True, exist_ok=True)
    return subprocess.Popen(
        [sys.executable, "-m", "ui", "demo", *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"TMPDIR": str(folder), "PYTHONUNBUFFERED": "1"},
    )


def of_folder(folder: Path) -> list[str]:
    """Command lines of the processes that work in ``folder``."""
    found = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = file.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        except OSError:
            continue
        if str(folder) in line:
            found.append(line)
    return found


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory):
    """One day that is kept and one that is not, played side by side: (folder, done) of each."""
    root = tmp_path_factory.mktemp("demo")
    kept, gone = begin(root / "kept", "--keep", str(root / "kept" / "shop")), begin(root / "gone")
    results = []
    for process in (kept, gone):
        out, err = process.communicate(timeout=END_S)
        results.append(subprocess.CompletedProcess(process.args, process.returncode, out, err))
    return root / "kept", results[0], root / "gone", results[1]


@pytest.mark.timeout(120)
def test_a_day_is_played_to_its_end_and_leaves_nothing(played) -> None:
    _, _, folder, done = played
    assert done.returncode == 0, done.stderr
    assert "-> report 1: 3 receipts" in done.stdout
    assert "the office has everything" in done.stdout
    assert re.search(
        r"The office, in a browser, .*: http://127.0.0.1:\d+/link/\S{43}\n", done.stdout
    )
    assert done.stderr == ""
    assert list(folder.iterdir()) == []
    assert of_folder(folder) == []


def test_what_is_kept_can_be_looked_at(played) -> None:
    folder, done, _, _ = played
    assert done.returncode == 0, done.stderr
    assert of_folder(folder) == []
    shop = folder / "shop"
    with sqlite3.connect(shop / "till" / "journal.db") as journal:
        kinds = dict(journal.execute("SELECT kind, count(*) FROM document GROUP BY kind"))
        assert (kinds["receipt"], kinds["report"]) == (3, 1)
        assert journal.execute("SELECT hw FROM delivered").fetchone() == (sum(kinds.values()),)
    journal.close()
    for name in ("office.db", "fiscal-memory.jsonl", "till/catalogue.db", "till/till.log"):
        assert (shop / name).stat().st_size > 0, name
    assert config.load(shop / "till.toml").folder == shop / "till"
    # Nobody else may read what lets a device speak for the shop, or an owner in.
    for name in ("till/identity.json", "office-link"):
        assert (shop / name).stat().st_mode & 0o077 == 0, name
    assert (shop / "office-link").read_text().strip() in done.stdout


def test_the_paper_has_three_receipts_and_the_report(played) -> None:
    folder, done, _, _ = played
    paper = (folder / "shop" / "paper.txt").read_text(encoding="utf-8")
    assert paper.count("PARAGON FISKALNY") == 3
    assert paper.count("RAPORT FISKALNY DOBOWY") == 1
    assert "ANULOWANY PARAGON" not in paper
    assert paper.strip() in done.stdout
    totals = [line.split()[-1] for line in paper.splitlines() if line.startswith("SUMA PLN")]
    assert len(totals) == 3
    cents = sum(int(total.replace(",", "")) for total in totals)
    assert f"{cents // 100},{cents % 100:02d} zł; pending: nothing" in done.stdout


def test_no_fault_is_in_the_log_of_the_day(played) -> None:
    folder, _, _, _ = played
    for name in ("till/till.log", "demo.log"):
        log = (folder / "shop" / name).read_text(encoding="utf-8")
        assert "Traceback" not in log, log
        assert " ERROR " not in log, log


@pytest.mark.timeout(60)
def test_a_demo_that_is_ended_ends_its_devices(tmp_path: Path) -> None:
    process = begin(tmp_path / "tmp")
    try:
        wait_until(lambda: list(tmp_path.glob("tmp/*/till.toml")), "printer and office")
        assert len(of_folder(tmp_path)) >= 2
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()
    assert process.returncode == 128 + signal.SIGTERM
    assert of_folder(tmp_path) == []
    assert list((tmp_path / "tmp").iterdir()) == []


def test_where_the_files_of_a_stage_are(tmp_path: Path) -> None:
    stage = Stage(tmp_path, "http://127.0.0.1:1")
    assert (stage.config, stage.paper) == (tmp_path / "till.toml", tmp_path / "paper.txt")


def test_an_office_that_says_no_ends_the_demo_with_its_word(tmp_path: Path) -> None:
    (tmp_path / "office.token").write_text("x")
    with pytest.raises(click.ClickException) as caught:
        Stage(tmp_path, "http://127.0.0.1:9").ask_office("terminals")
    assert caught.value.message


def test_a_device_that_does_not_start_is_named() -> None:
    with (
        Path(os.devnull).open("w") as log,
        demo._begin([sys.executable, "-c", "print('sorry')"], log) as process,
    ):
        with pytest.raises(click.ClickException, match="did not start"):
            demo._ready(process)
        demo._end(process)


def test_a_device_that_never_says_ready_is_not_waited_for_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(demo, "_READY_S", 0.2)
    wait = "import time; time.sleep(60)"
    with (
        Path(os.devnull).open("w") as log,
        demo._begin([sys.executable, "-c", wait], log) as process,
        pytest.raises(click.ClickException, match="did not start"),
    ):
        demo._ready(process)


def test_a_device_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "_END_S", 0.2)
    deaf = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "print('ready', flush=True); time.sleep(60)"
    )
    with (
        Path(os.devnull).open("w") as log,
        demo._begin([sys.executable, "-c", deaf], log) as process,
    ):
        demo._ready(process)
        demo._end(process)
        assert process.returncode == -signal.SIGKILL
