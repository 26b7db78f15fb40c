from __future__ import annotations

import pytest

from hw_emulator.posnet.answers import SILENCE
from hw_emulator.posnet.ledger import Kind
from hw_emulator.posnet.outside import Server

NEVER = "2000-01-01T01:00:00+01:00"
NOW = "2026-03-02T10:00:00+01:00"


def test_before_the_first_connection(bench):
    for command in ("repositoryeventhubstate", "repositorywebapistate"):
        state = {"da": NEVER, "ds": NEVER, "df": NEVER, "lr": "N", "ac": "N"}
        assert bench.ask(command) == state


@pytest.mark.parametrize("hub", ["eventhub", "webapi"])
def test_a_connection_that_works_and_one_that_does_not(bench, hub):
    bench.run(f"repository{hub}trigger")
    assert bench.ask(f"repository{hub}state") == {
        "da": NOW,
        "ds": NOW,
        "df": NEVER,
        "lr": "T",
        "ac": "N",
    }
    bench.device.jump(60)
    bench.device.outside.repository = Server.UNREACHABLE
    bench.run(f"repository{hub}trigger")
    state = bench.ask(f"repository{hub}state")
    later = "2026-03-02T10:01:00+01:00"
    assert (state["da"], state["ds"], state["df"], state["lr"]) == (later, NOW, later, "N")


def test_not_too_often(bench):
    bench.run("repositoryeventhubtrigger", "repositorywebapitrigger")
    bench.device.jump(59)
    assert bench.error("repositoryeventhubtrigger") == 3926
    bench.device.jump(1)
    bench.run("repositoryeventhubtrigger")


def test_only_failed_sending_is_counted(bench):
    bench.device.outside.repository = Server.FAILS
    bench.run("repositoryeventhubtrigger", "repositorywebapitrigger")
    assert bench.ask("stot")["tf"] == "1"
    bench.report()
    assert bench.ask("fmrecrd")["ft"] == "1"
    assert bench.ask("stot")["tf"] == "0"


def test_it_connects_by_itself_every_two_hours(bench):
    bench.device.jump(7199)
    bench.run("scomm")
    assert bench.ask("repositoryeventhubstate")["da"] == NEVER
    bench.device.jump(1)
    assert bench.ask("repositoryeventhubstate")["lr"] == "T"
    bench.device.outside.repository = Server.UNREACHABLE
    for _ in range(3):
        bench.device.jump(7200)
        bench.run("scomm")
    state = bench.ask("repositoryeventhubstate")
    assert (state["ds"], state["lr"]) == ("2026-03-02T12:00:00+01:00", "N")
    assert bench.ask("stot")["tf"] == "3"


def test_when_sending_is_recommended(bench):
    assert bench.ask("repositorysenddatacheck") == {"cs": "N"}
    bench.sell()
    assert bench.ask("repositorysenddatacheck") == {"cs": "N"}  # it is not time yet
    bench.device.outside.repository = Server.UNREACHABLE
    bench.run("repositoryeventhubtrigger")
    assert bench.ask("repositorysenddatacheck") == {"cs": "T"}
    bench.device.outside.repository = Server.OK
    bench.device.jump(60)
    bench.run("repositoryeventhubtrigger")
    assert bench.ask("repositorysenddatacheck") == {"cs": "N"}


def test_a_printer_in_training_does_not_connect(make_bench):
    bench = make_bench(is_fiscal=False)
    assert bench.error("repositoryeventhubtrigger") == 2034
    assert bench.error("repositorysenddatacheck") == 2034
    bench.device.jump(86_400)
    assert bench.ask("repositoryeventhubstate")["da"] == NEVER


def test_leaving_the_repository_comes_after_the_last_report(bench):
    assert bench.error("repositoryunregister") == 2037
    assert bench.error("repositoryunregistercheck") == 2037
    bench.device.note_event(Kind.READ_ONLY, re=3)
    assert bench.ask("repositoryunregistercheck") == {"st": "2"}
    bench.device.outside.repository = Server.UNREACHABLE
    bench.run("repositoryunregister")
    assert bench.ask("repositoryunregistercheck") == {"st": "1"}
    bench.device.outside.repository = Server.OK
    bench.run("repositoryunregister")
    assert bench.ask("repositoryunregistercheck") == {"st": "0"}


def test_the_schedule(bench):
    found = bench.ask("connectionscheduleinfoget")
    assert (found["of"], found["eh"], found["wa"]) == ("N", "7200", "7200")
    assert found["co"].startswith("TFD.ABC2101000001.")


def firmware(bench) -> str:
    return bench.ask("firmwareupdatestateget")["op"]


def test_new_firmware_from_offer_to_restart(bench, read):
    assert firmware(bench) == "Brak aktualizacji"
    bench.run("firmwareupdaterequest")
    assert firmware(bench) == "Brak aktualizacji"
    assert bench.error("firmwareupdatedownload") == 3709
    bench.device.outside.firmware_offer = "2.02"
    bench.run("firmwareupdaterequest")
    assert firmware(bench) == "Dostępna aktualizacja: 2.02"
    assert bench.error("firmwareupdateinstall") == 3709
    bench.run("firmwareupdatedownload")
    assert firmware(bench) == "Aktualizacja gotowa: 2.02"
    assert bench.ask("firmwareupdatestateget")["tm"] == NOW
    assert bench.error("firmwareupdatedownload") == 3714
    bench.sell()
    assert bench.error("firmwareupdateinstall") == 2035
    bench.report()
    restarts = []
    bench.device.on_restart = lambda: restarts.append(True)
    assert bench.device.execute(read("firmwareupdateinstall")) is SILENCE
    assert restarts == [True]
    assert bench.ask("fmrecfirmwareupdate")["fn"] == "2.02"
    assert firmware(bench) == "Brak aktualizacji"


def test_firmware_that_fails(bench, read):
    bench.device.outside.firmware_offer, bench.device.outside.firmware_broken = "2.02", True
    bench.run("firmwareupdaterequest", "firmwareupdatedownload")
    assert bench.device.execute(read("firmwareupdateinstall")) is SILENCE
    assert bench.ask("fmrecfirmwareupdatefail")["ec"] == "3712"
    assert bench.error("fmrecfirmwareupdate") == 384


def test_no_way_to_the_firmware(bench):
    bench.device.outside.firmware = Server.UNREACHABLE
    assert bench.error("firmwareupdaterequest") == 3704
    assert bench.error("firmwareupdatedownload") == 3704


def test_a_silent_command_gets_no_answer_on_the_wire(serve, connect):
    printer = serve()
    printer.device.outside.firmware_offer = "2.02"
    client = connect(printer.tcp)
    client.ask("firmwareupdaterequest")
    client.ask("firmwareupdatedownload")
    client.send("firmwareupdateinstall")
    assert client.ask("scomm").mnemonic == "scomm"


def test_the_clock_is_set_by_the_server(bench):
    bench.device.jump(300)
    bench.device.outside.repository = Server.UNREACHABLE
    assert bench.error("rtcsync") == 462
    bench.device.outside.repository = Server.OK
    bench.run("rtcsync")
    assert bench.ask("rtcget")["da"] == "2026-03-02;10:00"
    assert bench.ask("fmrecdatetime")["ot"] == "2026-03-02;10:05"
    bench.run("rtcsync")
    assert bench.error("fmrecdatetime|no2") == 384
    bench.run("trinit")
    assert bench.error("rtcsync") == 2038
