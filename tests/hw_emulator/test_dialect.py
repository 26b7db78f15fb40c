from __future__ import annotations

from hw_emulator.dialect import Dialect as Protocol
from hw_emulator.posnet.dialect import PosnetDialect
from tests.hw_emulator.conftest import Bench


def test_posnet_is_a_dialect():
    bench = Bench()
    dialect: Protocol = PosnetDialect(lambda _reset: bench.device)
    wanted = {name for name in vars(Protocol) if not name.startswith("_")}
    assert {"execute", "boot", "make_own_report"} < wanted
    assert not [name for name in wanted if not hasattr(dialect, name)]
