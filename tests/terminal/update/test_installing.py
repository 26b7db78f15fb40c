"""What is wanted, what goes wrong in words, and the test on a copy of the journal."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from terminal.errors import Blocked, Code
from terminal.store.db import close_writer, open_writer
from terminal.update import installing
from terminal.update import prepared as store
from terminal.update.building import StepFailed
from terminal.update.bundle import BadBundle
from terminal.update.installing import Unfit, in_words, try_out, wanted
from terminal.update.prepared import FOLDER
from tests.terminal.update.counter import Kept
from tests.terminal.update.device import NEW, TRADE, device, prepared

if TYPE_CHECKING:
    from collections.abc import Callable


def kept(tmp_path: Path) -> Path:
    store.keep(tmp_path / FOLDER, prepared(tmp_path / FOLDER, NEW, 2))
    return tmp_path


def test_what_is_prepared_is_wanted_until_it_is_tried_or_barred(tmp_path: Path) -> None:
    here, folder = device(tmp_path / "device"), tmp_path
    assert wanted(here, folder) is None
    kept(folder)
    found = wanted(here, folder)
    assert found is not None
    slot = here.install(found, TRADE)
    assert wanted(here, folder) is not None  # built, and cut off before it was armed
    here.arm(slot)
    assert wanted(here, folder) is None
    here.confirm()
    assert wanted(here, folder) is None


def test_a_barred_version_is_not_wanted(tmp_path: Path) -> None:
    here = device(tmp_path / "device")
    here.bar(NEW)
    assert wanted(here, kept(tmp_path)) is None


@pytest.mark.parametrize(
    ("error", "code", "stays"),
    [
        (BadBundle("x"), Code.BROKEN_BUNDLE, False),
        (StepFailed("x"), Code.UPDATE_FAILED, True),
        (Unfit("x"), Code.UPDATE_UNFIT, True),
        (OSError(errno.ENOSPC, "full"), Code.UPDATE_NO_SPACE, True),
    ],
)
def test_what_goes_wrong_is_told_in_words(
    tmp_path: Path, error: Exception, code: Code, stays: bool
) -> None:
    kept(tmp_path)
    with (
        pytest.raises(Blocked) as caught,
        in_words(NEW, Kept(tmp_path / FOLDER)),
    ):
        raise error
    assert caught.value.code is code
    assert NEW in caught.value.sentence()
    assert (store.load(tmp_path / FOLDER) is not None) is stays


def steps(monkeypatch: pytest.MonkeyPatch, then: Callable[[list[str]], str]) -> list[list[str]]:
    asked: list[list[str]] = []

    def run(command: list[str], _is_stopping: object) -> str:
        asked.append(command)
        return then(command)

    monkeypatch.setattr(installing, "run", run)
    return asked


def test_the_new_version_tests_itself_on_a_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    close_writer(open_writer(tmp_path / "journal.db", "journal"))
    copies: list[bool] = []
    asked = steps(monkeypatch, lambda command: str(copies.append(Path(command[6]).exists())))
    try_out(tmp_path, Path("/etc/till.toml"), bool, tmp_path / "slot")
    copy = tmp_path / FOLDER / "selftest" / "journal.db"
    python = str(tmp_path / "slot" / "venv" / "bin" / "python")
    assert asked == [
        [
            *(python, "-P", "-m", "ui", "selftest", "--journal", str(copy)),
            *("--config", "/etc/till.toml"),
        ]
    ]
    assert copies == [True]
    assert not copy.parent.exists()


def test_a_red_test_is_no_mishap_of_the_device(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    close_writer(open_writer(tmp_path / "journal.db", "journal"))

    def red(_command: list[str]) -> str:
        msg = "ImportError"
        raise StepFailed(msg)

    steps(monkeypatch, red)
    with pytest.raises(Unfit, match="ImportError"):
        try_out(tmp_path, None, lambda: False, tmp_path / "slot")
    # A till that is switched off meanwhile has not found anything.
    with pytest.raises(StepFailed):
        try_out(tmp_path, None, lambda: True, tmp_path / "slot")
