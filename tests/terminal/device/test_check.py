from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from terminal.context import ZONE
from terminal.device.check import JOURNAL, State, bad, fine, is_held, scene, warning
from terminal.store.db import close_writer, open_writer

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=ZONE)


def test_findings_have_a_state_and_a_remedy() -> None:
    assert fine("disk", "5 MiB").state is State.OK
    assert (warning("disk", "5 MiB", "free some").remedy, bad("d", "", "").state) == (
        "free some",
        State.BAD,
    )
    assert list(State) == ["ok", "warn", "bad"]


def test_a_scene_without_a_usable_configuration_says_why(tmp_path: Path) -> None:
    file = tmp_path / "till.toml"
    here = scene(file, NOW)
    assert here.config is None
    assert here.folder is None
    assert str(file) in here.trouble
    file.write_text('[printer]\nurl = "/dev/null"\nprot = "x"\n', encoding="utf-8")
    assert "line 3" in scene(file, NOW).trouble


def test_a_running_till_is_seen(tmp_path: Path) -> None:
    file = tmp_path / "till.toml"
    file.write_text(
        f'[printer]\nurl = "/dev/null"\n[store]\ndir = "{tmp_path}"\n', encoding="utf-8"
    )
    assert not scene(file, NOW).is_running
    db = open_writer(tmp_path / JOURNAL, "journal")
    assert scene(file, NOW).is_running
    close_writer(db)
    here = scene(file, NOW)
    assert not here.is_running
    assert here.folder == tmp_path
    # To look is not to hold.
    close_writer(open_writer(tmp_path / JOURNAL, "journal"))
    assert not is_held(tmp_path / "none.db")
