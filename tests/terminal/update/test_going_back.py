"""Going back needs a closed day, and a version to go back to; test_updates has it in a till."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from terminal.errors import Blocked, Code, Rejected
from terminal.update import before
from terminal.update.going_back import go_back
from terminal.update.launcher import begin
from tests.terminal.desk import desk
from tests.terminal.update.device import NEW, OLD, TRADE, device, prepared

if TYPE_CHECKING:
    from pathlib import Path


def test_only_on_a_closed_day_and_only_to_what_is_there(tmp_path: Path) -> None:
    here = device(tmp_path / "device")
    with desk(tmp_path / "till") as shop:
        shop.start()
        shop.pay("1")
        asked = shop.context.journal, shop.folder, here
        with pytest.raises(Blocked) as caught:
            shop.do(go_back, *asked)
        assert caught.value.code is Code.UPDATE_NOT_NOW
        shop.close_day()
        with pytest.raises(Rejected) as nothing:
            shop.do(go_back, *asked)
        assert nothing.value.code is Code.NOTHING_TO_GO_BACK_TO
        here.arm(here.install(prepared(tmp_path / "new", NEW, 2), TRADE))
        here.confirm()
        assert shop.do(go_back, *asked) == OLD
        assert before.kept_for(shop.folder) == OLD
        assert begin(here.prefix).active.startswith(OLD)
