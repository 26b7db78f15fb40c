from __future__ import annotations

import httpx2
import pytest
from tuf.api.metadata import MetaFile

from terminal.errors import Code, SyncError
from terminal.sync.http import Caller
from terminal.update.fetching import Fetcher
from terminal.update.trust import session
from tests.terminal.update.client import Client
from tests.terminal.update.repository import METADATA, URL, within


@pytest.fixture
def client(tmp_path, repository):
    return Client(tmp_path / "tuf", repository)


class Endless(httpx2.SyncByteStream):
    def __init__(self, piece=b" " * 65536):
        self.given = 0
        self.piece = piece

    def __iter__(self):
        while True:
            self.given += len(self.piece)
            yield self.piece


@pytest.mark.parametrize("end", ["timestamp.json", "snapshot.json", "targets.json", "2.root.json"])
def test_data_without_end_is_left(client, repository, end):
    stream = Endless()
    repository.faults[end] = lambda _: httpx2.Response(200, stream=stream)
    assert client.refused() is Code.BAD_BUNDLE
    assert stream.given < 8_000_000


def test_an_answer_that_drips_is_left(tmp_path, repository):
    clock = iter(range(0, 10_000, 7))
    drip = Endless(b" ")
    repository.faults["timestamp.json"] = lambda _: httpx2.Response(200, stream=drip)
    caller = Caller(URL, transport=repository.transport)
    fetcher = Fetcher(caller, URL, clock=lambda: next(clock))
    with (
        pytest.raises(SyncError) as caught,
        session(tmp_path / "t", repository.first_root, fetcher, f"{URL}/metadata", within(0)) as it,
    ):
        it.refresh()
    assert caught.value.code is Code.NO_RELEASES
    assert drip.given < 20


def test_a_list_that_is_longer_than_announced_is_refused(client, repository):
    repository.timestamp.snapshot_meta = MetaFile(repository.snapshot.version, length=10)
    repository.timestamp.version += 1
    repository.write("timestamp")
    assert client.refused() is Code.BAD_BUNDLE


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b"\xff\xfe",
        b"[" * 200_000,
        b'{"signed":{},"signatures":[]}',
        b'{"signed":{"_type":"timestamp","spec_version":"9.0.0"},"signatures":[]}',
        b'{"signed":1e999,"signatures":"x"}',
    ],
)
def test_what_is_no_list_is_refused(client, repository, raw):
    repository.files[f"{METADATA}timestamp.json"] = raw
    assert client.refused() in {Code.NOT_GENUINE, Code.BAD_BUNDLE}


@pytest.mark.parametrize("status", [302, 401, 404, 500, 503])
def test_an_office_without_releases(client, repository, status):
    repository.faults["timestamp.json"] = lambda _: httpx2.Response(status, content=b"no")
    assert client.refused() is Code.NO_RELEASES


def test_nobody_there(client, repository):
    def away(_):
        msg = "away"
        raise httpx2.ConnectError(msg)

    repository.faults[".json"] = away
    assert client.refused() is Code.NO_RELEASES


def test_a_packed_answer_is_taken_as_it_is(client, repository):
    """A few bytes that unpack to gigabytes are no more than a few bytes."""
    repository.faults["timestamp.json"] = lambda _: httpx2.Response(
        200, headers={"Content-Encoding": "gzip"}, stream=Endless(b"\x1f\x8b" * 1000)
    )
    assert client.refused() is Code.BAD_BUNDLE
