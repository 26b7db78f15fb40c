from __future__ import annotations

import pytest

from hw_emulator.posnet.codes import Refused
from hw_emulator.posnet.outside import Outside, Server, need_jumper


def test_servers_are_well_until_told_otherwise():
    outside = Outside()
    assert outside.edocument_server("https://a.pl") is Server.OK
    outside.edocuments = {"": Server.FAILS, "https://a.pl": Server.UNREACHABLE}
    assert outside.edocument_server("https://a.pl") is Server.UNREACHABLE
    assert outside.edocument_server("https://b.pl") is Server.FAILS


def test_the_jumper(bench):
    with pytest.raises(Refused) as refused:
        need_jumper(bench.device)
    assert refused.value.code == 361
    bench.device.outside.jumper = True
    need_jumper(bench.device)
