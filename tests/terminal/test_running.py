"""A till ends its threads in the order in which they need each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal import running
from tests.shop import wait_until
from tests.terminal.desk import desk

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_till_that_was_built_and_never_started_can_be_stopped(tmp_path: Path) -> None:
    with desk(tmp_path) as shop:
        shop.start(login="")
        shop.stop()
        assert not (shop.folder / "journal.db-wal").exists()


def test_the_logs_are_folded_now_and_then(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folded: list[object] = []
    monkeypatch.setattr(running, "_TICK_S", 0.005)
    monkeypatch.setattr(running, "_FOLD_TICKS", 2)
    monkeypatch.setattr(running, "fold", folded.append)
    with desk(tmp_path) as shop:
        shop.start(login="")
        wanted = {shop.context.journal, shop.running.catalogue}
        wait_until(lambda: wanted <= set(folded), "folded")
