"""``kasoterminal office technician``: against an office that runs."""

from __future__ import annotations

import base64
import json

import httpx2
import msgspec
import pytest
from click.testing import CliRunner

from backoffice.commands import office
from backoffice.running import start_office
from terminal.sync.wire import Certificate, Certified
from tests.backoffice.devices import enrol_device

PUBLIC = base64.b64encode(bytes(32)).decode()


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    folder = tmp_path_factory.mktemp("own")
    running = start_office(f"sqlite:///{folder}/office.db")

    with httpx2.Client() as http:
        enrol_device(http, running.enrol_code("KASA1"), running.url)
    (folder / "token").write_text(running.admin_token + "\n")
    yield running, folder
    running.stop()


@pytest.fixture
def ask(own):
    running, folder = own

    def run(*arguments):
        where = ["--url", running.url, "--token-file", str(folder / "token")]
        return CliRunner().invoke(office, [*where, *arguments])

    return run


@pytest.fixture
def key(own):
    return str(own[1] / "authority.key")


def certify(ask, key, **changes):
    given = {"name": "J. Kowal", "scopes": "look, print", "terminals": "KASA1"} | changes
    options = [word for name, value in given.items() for word in (f"--{name}", value)]
    return ask("technician", "certify", "--authority", key, *options, PUBLIC)


def test_the_tills_of_the_shop_are_told_whom_to_trust(ask, key):
    done = ask("technician", "authority", "--authority", key)
    assert done.exit_code == 0
    public = done.stdout.partition(":")[0]
    settings = json.loads(ask("get", "settings", "settings", "--json").stdout)
    assert settings["technicians_key"] == public


def test_a_certificate_is_printed(ask, key):
    ask("technician", "authority", "--authority", key)
    done = certify(ask, key, hours="8")
    certified = msgspec.msgpack.decode(base64.b64decode(done.stdout), type=Certified)
    told = msgspec.msgpack.decode(certified.certificate, type=Certificate)
    assert (told.name, told.scopes, told.terminals) == ("J. Kowal", ["look", "print"], ["KASA1"])
    assert told.expires - told.issued == 8 * 3600


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"scopes": "look,shell"}, "no scope: shell"),
        ({"terminals": "KASA1,KASA9"}, "no terminal: KASA9"),
        ({"hours": "13"}, "13 is not in the range"),
    ],
)
def test_what_no_till_would_take_is_refused(ask, key, changes, said):
    ask("technician", "authority", "--authority", key)
    done = certify(ask, key, **changes)
    assert done.exit_code == 2
    assert said in done.output


def test_a_key_that_cannot_be_used_is_told(ask, own):
    bad = own[1] / "bad.key"
    bad.write_text("garbage")
    bad.chmod(0o600)
    assert certify(ask, str(bad)).exit_code == 1
    assert "is no key" in ask("technician", "authority", "--authority", str(bad)).output
