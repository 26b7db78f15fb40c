from __future__ import annotations

import hashlib

import paramiko
import pytest

from backoffice.erp.connector import Outgoing, Reply
from backoffice.erp.settings import connector
from backoffice.jobs.work import NotNowError
from tests.erp.sftp_server import PASSWORD, SftpServer

GOODS = "id;name;vat;price_gr;unit\n"


@pytest.fixture
def server(tmp_path):
    root = tmp_path / "server"
    (root / "wymiana" / "out" / "contents").mkdir(parents=True)
    started = SftpServer(root)
    yield started
    started.stop()


@pytest.fixture
def connect(server, tmp_path):
    made = []

    def make(host_key="", password=PASSWORD):
        (tmp_path / "secret").touch(0o600)
        (tmp_path / "secret").write_text(password)
        file = tmp_path / "wares.toml"
        file.write_text(
            f'kind = "folder"\naddress = "{server.address}/wymiana"\nformat = "json"\n'
            f'password_file = "secret"\nhost_key = "{host_key or server.host_key}"\n'
        )
        made.append(connector(file))
        return made[-1]

    yield make
    for it in made:
        it.close()
        it._disk.close()


def put(server, name, text):
    out = server.root / "wymiana" / "out"
    (out / name).write_text(text)
    (out / f"{name}.sha256").write_text(hashlib.sha256(text.encode()).hexdigest())


def test_a_folder_on_a_server_is_one_like_here(server, connect):
    wares = connect()
    put(server, "products-20261126-001.csv", GOODS + "a;Ser;C;499;szt.\n")
    (server.root / "wymiana" / "out" / "products-20261126-002.csv").symlink_to("/etc/passwd")
    batch = wares.read("articles", "", "")
    assert [it.id for it in batch.records] == ["a"]
    server.drop()
    wares._disk._client.get_transport().join(30)  # until it noticed
    rest = wares.read("articles", "", batch.next)
    assert ["link" in it.fault for it in rest.records] == [True]
    wares.done("articles", rest.mark)
    archived = (server.root / "wymiana" / "archive").glob("*/products-20261126-001.csv*")
    assert len(list(archived)) == 2
    record = Outgoing("partners", "c1", "k1", {"id": "c1", "name": "Anna"})
    for made in (wares, connect()):
        assert made.write("partners", [record], confirm=False)[0].reply is Reply.TAKEN
    (file,) = (server.root / "wymiana" / "in").glob("*.json")
    assert file.read_text() == '{"key":"k1","id":"c1","name":"Anna"}\n'
    data = b"umowa" * 100_000
    sha256 = hashlib.sha256(data).hexdigest()
    wares.put_content(sha256, "umowa.pdf", iter([data]))
    kept = server.root / "wymiana" / "in" / "contents" / sha256
    kept.rename(server.root / "wymiana" / "out" / "contents" / sha256)
    assert b"".join(wares.content(sha256)) == data


def test_a_server_with_another_key_gets_no_password(connect):
    stranger = paramiko.ECDSAKey.generate()
    wares = connect(host_key=f"{stranger.get_name()} {stranger.get_base64()}")
    with pytest.raises(NotNowError, match="cannot be reached"):
        wares.read("articles", "", "")


def test_a_wrong_password_is_said_without_saying_it(connect):
    with pytest.raises(NotNowError) as raised:
        connect(password="zgadywane").read("articles", "", "")
    assert "zgadywane" not in str(raised.value)


def test_a_server_that_went_away_is_asked_again_later(server, connect):
    wares = connect()
    wares.read("articles", "", "")
    server.stop()
    with pytest.raises(NotNowError, match="cannot be reached"):
        wares.read("articles", "", "")
    server.__init__(server.root)


def test_a_server_that_sends_more_than_it_said_does_not_fill_the_disk(server, connect, monkeypatch):
    put(server, "products-20261126-001.csv", GOODS * 10_000)
    monkeypatch.setattr("backoffice.erp.sftp._make_sure_of", lambda *_told: None)
    monkeypatch.setattr("backoffice.erp.sftp.FILE_BYTES_MAX", 50_000)
    with pytest.raises(NotNowError, match="too large"):
        connect().read("articles", "", "")
