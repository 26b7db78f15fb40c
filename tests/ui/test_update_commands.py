"""Commands about the versions on a device, as a technician types them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from click.testing import CliRunner

from terminal.store.db import close_writer, open_writer
from tests.terminal.desk import desk
from tests.terminal.update.device import NEW, OLD, TRADE, device, prepared
from ui.update_commands import rollback, selftest, slots

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from click import Command
    from click.testing import Result


def call(command: Command, *words: object) -> Result:
    return CliRunner().invoke(command, [str(word) for word in words])


def test_what_is_installed_is_shown_for_people_and_for_programs(tmp_path: Path) -> None:
    here = device(tmp_path)
    slot = here.install(prepared(tmp_path / "new", NEW, 2), TRADE)
    here.arm(slot)
    shown = call(slots, "--prefix", here.prefix, "--check")
    assert shown.exit_code == 0
    assert "CONFIRMED  0.1.0" in shown.output
    assert "TRIAL      0.2.0" in shown.output
    assert shown.output.count("whole") == 2
    told = json.loads(call(slots, "--prefix", here.prefix, "--json").output)
    assert [one["state"] for one in told["slots"]] == ["CONFIRMED", "TRIAL"]
    assert (told["tries"], told["floor"], told["barred"]) == (3, 1, [])


def test_a_slot_that_is_not_what_was_installed_is_an_error(tmp_path: Path) -> None:
    here = device(tmp_path)
    folder = here.prefix / "slots" / here.boot().good
    folder.chmod(0o755)
    (folder / "sbom.json").chmod(0o644)
    (folder / "sbom.json").write_text("x")
    shown = call(slots, "--prefix", here.prefix, "--check")
    assert shown.exit_code == 1
    assert "1 files differ" in shown.output
    assert "install the program again" in shown.output


def test_without_an_installation_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KASO_PREFIX", raising=False)
    assert "--prefix" in call(slots).output


def test_the_selftest_says_ok_or_what_is_wrong(tmp_path: Path) -> None:
    close_writer(open_writer(tmp_path / "copy.db", "journal"))
    good = call(selftest, "--journal", tmp_path / "copy.db")
    assert (good.exit_code, good.output) == (0, "selftest ok, 0 documents\n")
    (tmp_path / "copy.db").write_bytes(b"rubbish" * 1000)
    bad = call(selftest, "--journal", tmp_path / "copy.db")
    assert bad.exit_code == 1
    assert "E-40" in bad.output


def test_going_back_is_for_a_till_that_stands_still(tmp_path: Path) -> None:
    here = device(tmp_path / "device")
    with desk(tmp_path / "till") as shop:
        toml = tmp_path / "till.toml"
        toml.write_text(f'[printer]\nurl = "/dev/null"\n[store]\ndir = "{shop.folder}"\n')
        words = ("--config", toml, "--prefix", here.prefix)
        shop.start()
        shop.pay("1")
        busy = call(rollback, *words)
        assert busy.exit_code == 4
        assert "E-185" in busy.output
        shop.close_day()
    nothing = call(rollback, *words)
    assert (nothing.exit_code, "E-179" in nothing.output) == (4, True)
    here.arm(here.install(prepared(tmp_path / "new", NEW, 2), TRADE))
    done = call(rollback, *words)
    assert (done.exit_code, done.output) == (0, f"the next start is that of version {OLD}\n")
    assert here.boot().active.startswith(OLD)
