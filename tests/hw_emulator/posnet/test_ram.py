from __future__ import annotations

from hw_emulator.posnet.ram import Ram


def test_a_restart_forgets_all_of_it(bench):
    bench.run("qrcode|txABC", "imgslotset|no1|wx8|hx8", "dspcmd|id0|st0", "ftrcfg|snX")
    bench.run("eparagonbuffercontextset|ty0", "eparagonservercontextset|ty0", "dsptxt|id0|stA")
    assert bench.device.ram != Ram()
    bench.device.restart()
    assert bench.device.ram == Ram()
    assert bench.device.display == []
    assert bench.device.footer.system_no == ""
    assert bench.ask("imgslotisbusy") == {"ib": "N"}
    assert bench.error("eparagonbuffercontextget") == 974
