"""Everything that belongs to a till hangs on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.till import Till
from tests.terminal.desk import desk

if TYPE_CHECKING:
    from pathlib import Path


def test_a_built_till_has_all_that_it_declares(tmp_path: Path) -> None:
    declared = {name for kind in Till.__mro__ for name in getattr(kind, "__annotations__", ())}
    assert {"gear", "updates"} <= declared
    with desk(tmp_path) as shop:
        shop.start(login="")
        missing = [name for name in declared if not hasattr(shop.till, name)]
    assert not missing
