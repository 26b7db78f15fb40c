from __future__ import annotations

import socket
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import trustme

from terminal.context import local_now
from terminal.device import lines
from terminal.device.check import scene
from terminal.store.db import close_writer, open_writer
from tests.shop import counter
from tests.terminal.device.scenes import NOW, device, told

if TYPE_CHECKING:
    from pathlib import Path


def test_a_printer_and_an_office_that_answer(tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()
    with counter(tmp_path / "shop") as shop:
        shop.till_folder.mkdir(parents=True)
        shop.enrol()
        file = tmp_path / "till.toml"
        file.write_text(
            f'[printer]\nurl = "{shop.printer_url}"\n[store]\ndir = "{shop.till_folder}"\n',
            encoding="utf-8",
        )
        here = scene(file, local_now())
        (printer,) = lines.printer(scene(file, local_now()))
        assert printer.state == "ok"
        assert printer.text.startswith("POSNET")
        assert told(lines.office(here)) == [("office", "ok")]
        late = scene(file, local_now() + timedelta(minutes=10))
        assert ("office clock", "warn") in told(lines.office(late))
        early = scene(file, local_now() - timedelta(days=3))
        assert ("printer clock", "bad") in told(lines.printer(early))
        assert sorted(path.name for path in shop.till_folder.iterdir()) == ["identity.json"]


def test_a_printer_that_does_not_answer_is_bad_and_nothing_is_left_behind(tmp_path: Path) -> None:
    here = device(tmp_path, url="tcp://127.0.0.1:9")
    before = sorted(path.name for path in (tmp_path / "till").iterdir())
    (found,) = lines.printer(here)
    assert found.state == "bad"
    assert "127.0.0.1:9" in found.text
    assert sorted(path.name for path in (tmp_path / "till").iterdir()) == before


def test_the_printer_of_a_running_till_is_left_alone(tmp_path: Path) -> None:
    db = open_writer(device(tmp_path).folder / "journal.db", "journal")
    assert told(lines.printer(device(tmp_path, url="tcp://127.0.0.1:9"))) == [("printer", "ok")]
    close_writer(db)


def test_an_office_that_is_away_is_a_warning(tmp_path: Path) -> None:
    (found,) = lines.office(device(tmp_path))
    assert found.state == "warn"
    assert "E-50" in found.text


def test_ports_are_there_and_may_be_opened(tmp_path: Path) -> None:
    here = device(tmp_path, f'[scanner]\nurl = "{tmp_path / "none"}"\n[scale]\nurl = "/dev/null"\n')
    found = lines.devices(here)
    assert told(found) == [("printer port", "ok"), ("scanner", "bad"), ("scale", "ok")]


def test_a_device_on_the_network_is_called(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as there:
        port = there.getsockname()[1]
        here = device(tmp_path, f'[scale]\nurl = "tcp://127.0.0.1:{port}"\n')
        assert ("scale", "ok") in told(lines.devices(here))
    assert ("scale", "bad") in told(lines.devices(here))


def test_a_port_of_another_group_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    port = tmp_path / "port"
    port.touch()
    # Root may open every port, and so may whoever runs this.
    monkeypatch.setattr(lines.os, "access", lambda path, _mode: path != port)
    here = device(tmp_path, f'[scale]\nurl = "{port}"\n')
    (found,) = [one for one in lines.devices(here) if one.name == "scale"]
    assert found.state == "bad"
    assert found.remedy.startswith("usermod -a -G ")


def test_a_group_without_a_name_is_dialout() -> None:
    assert lines._group(4_294_967_000) == "dialout"
    assert lines._group(0) == "root"


@pytest.mark.parametrize(("days", "state"), [(300, "ok"), (20, "warn"), (-2, "bad")])
def test_certificates_run_out(tmp_path: Path, days: int, state: str) -> None:
    file = tmp_path / "ca.pem"
    trustme.CA().cert_pem.write_to_path(str(file))
    here = device(tmp_path, f'[office]\nca = "{file}"\n')
    ends = lines.x509.load_pem_x509_certificate(file.read_bytes()).not_valid_after_utc
    at = type(here)(here.path, here.config, "", ends - timedelta(days=days), is_running=False)
    assert told(lines.certificates(at)) == [("certificates", state)]


def test_a_file_that_holds_no_certificate_is_bad(tmp_path: Path) -> None:
    assert lines.certificates(device(tmp_path)) == []
    (tmp_path / "ca.pem").write_text("nothing", encoding="utf-8")
    here = device(tmp_path, f'[office]\nca = "{tmp_path / "ca.pem"}"\n')
    assert told(lines.certificates(here)) == [("certificates", "bad")]


def test_a_clock_that_says_nothing_is_not_compared() -> None:
    assert lines._off("", NOW) is None
    assert lines._off("rubbish", NOW) is None
    assert lines._off("Thu, 26 Nov 2026 11:00:30 GMT", NOW) == 30
