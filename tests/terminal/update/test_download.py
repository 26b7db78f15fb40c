from __future__ import annotations

import errno
from itertools import count
from types import SimpleNamespace

import httpx2
import pytest

from terminal.errors import Code, SyncError
from terminal.events import ReleaseComes
from terminal.sync.http import Caller
from terminal.update import download
from terminal.update.download import Cancelled, Download, received
from terminal.update.fetching import Fetcher
from terminal.update.trust import session
from tests.terminal.update.repository import URL, Repository, served, within

VERSION = "1.2.0"
DATA = bytes(range(256)) * 4096


class Line:
    """A download and what is on its line; ``pieces`` of an answer may end early."""

    def __init__(self, folder):
        self.folder = folder / "updates"
        self.repository = Repository()
        self.name = self.repository.release(VERSION, 7, data=DATA)
        self.path = self.repository.path_of(self.name)
        fetcher = Fetcher(Caller(URL, transport=self.repository.transport), URL)
        root = self.repository.first_root
        with session(folder / "tuf", root, fetcher, f"{URL}/metadata", within(0)) as lists:
            self.target = lists.find(self.name)
        self.repository.asked.clear()
        self.told = []
        self.wanted = True
        self.clock = count().__next__

    def fetch(self):
        caller = Caller(URL, transport=self.repository.transport)
        it = Download(
            caller,
            "/targets",
            self.folder,
            lambda: self.wanted,
            self.told.append,
            clock=self.clock,
        )
        return it.fetch(self.target, VERSION)

    def refused(self):
        with pytest.raises(SyncError) as caught:
            self.fetch()
        return caught.value.code

    def fault(self, *answers):
        """Each answers one request for the bundle, in turn; then all is well."""
        line = iter(answers)

        def next_one(request):
            answer = next(line, None)
            return answer(request) if answer else None

        self.repository.faults[self.path] = next_one

    @property
    def ranges(self):
        return [asked for path, asked in self.repository.asked if path == self.path]

    @property
    def part(self):
        return self.folder / f"{self.target.sha256}.part"


@pytest.fixture
def line(tmp_path):
    return Line(tmp_path)


def cut(bytes_there):
    """The line breaks after so many bytes of the answer."""

    class Stream(httpx2.SyncByteStream):
        def __init__(self, data):
            self.data = data

        def __iter__(self):
            for start in range(0, bytes_there, 4096):
                yield self.data[start : min(start + 4096, bytes_there)]
            message = "cut"
            raise httpx2.ReadError(message)

    def answer(request):
        whole = Repository.answer(request, DATA)
        body = whole.read()
        return httpx2.Response(whole.status_code, headers=whole.headers, stream=Stream(body))

    return answer


def test_it_gets_its_name_once_it_is_whole_and_proven(line):
    path = line.fetch()
    assert path == line.folder / line.name.rpartition("/")[2]
    assert path.read_bytes() == DATA
    assert [one.name for one in line.folder.iterdir()] == [path.name]
    assert line.told[-1] == ReleaseComes(VERSION, len(DATA), len(DATA), line.told[-1].per_s)
    assert line.told[-1].per_s > 0


def test_what_is_here_is_not_fetched_again(line):
    line.fetch()
    assert line.fetch().read_bytes() == DATA
    assert line.ranges == [""]


def test_it_goes_on_where_the_line_broke(line):
    line.fault(cut(100_000), cut(50_000))
    assert line.fetch().read_bytes() == DATA
    assert line.ranges == ["", "bytes=100000-", "bytes=150000-"]


def test_it_goes_on_after_a_restart(line):
    line.fault(cut(100_000), cut(0))
    assert line.refused() is Code.NO_RELEASES
    assert received(line.folder, line.target) == 100_000
    assert line.fetch().read_bytes() == DATA
    assert line.ranges[-1] == "bytes=100000-"


def test_a_server_that_cannot_go_on_begins_anew(line):
    line.fault(cut(100_000), lambda _: served(DATA))
    assert line.fetch().read_bytes() == DATA


def test_a_part_that_is_damaged_is_thrown_away_and_all_of_it_fetched_anew(line):
    line.folder.mkdir()
    line.part.write_bytes(b"\0" * 100_000)
    assert line.fetch().read_bytes() == DATA
    assert line.ranges == ["bytes=100000-", ""]


def test_a_part_that_is_too_long_or_whole_and_wrong(line):
    for size in (len(DATA), len(DATA) + 5):
        line.folder.mkdir(exist_ok=True)
        line.part.write_bytes(b"\0" * size)
        path = line.fetch()
        assert path.read_bytes() == DATA
        path.unlink()


def test_a_part_that_is_whole_is_only_proven(line):
    line.folder.mkdir()
    line.part.write_bytes(DATA)
    assert line.fetch().read_bytes() == DATA
    assert line.ranges == []


def test_parts_of_other_bundles_are_cleared(line):
    line.folder.mkdir()
    (line.folder / f"{'0' * 64}.part").write_bytes(b"old")
    line.fetch()
    assert not list(line.folder.glob("*.part"))


def test_a_bundle_that_is_wrong_twice_is_refused(line):
    wrong = DATA[:-1] + b"x"
    line.fault(*[lambda _: served(wrong)] * 2)
    assert line.refused() is Code.BAD_BUNDLE
    assert line.ranges == ["", ""]
    assert not line.part.exists()


@pytest.mark.parametrize(
    "answer",
    [
        lambda _: served(DATA + b"more"),
        lambda _: served(DATA[:-1]),
        lambda _: served(DATA, 206, **{"Content-Range": f"bytes 5-{len(DATA)}/{len(DATA)}"}),
        lambda _: served(DATA, 206, **{"Content-Range": f"bytes 0-9/{len(DATA) + 1}"}),
        lambda _: served(DATA, 206, **{"Content-Range": "bytes */*"}),
        lambda _: served(DATA, 206),
    ],
)
def test_an_answer_about_something_else_is_refused(line, answer):
    line.fault(answer, answer)
    assert line.refused() is Code.BAD_BUNDLE


class Endless(httpx2.SyncByteStream):
    def __init__(self, piece):
        self.piece = piece
        self.given = 0

    def __iter__(self):
        while True:
            self.given += len(self.piece)
            yield self.piece


def test_data_without_end_is_left(line):
    streams = [Endless(b"x" * 65536) for _ in range(2)]
    line.fault(*[lambda _, it=it: httpx2.Response(200, stream=it) for it in streams])
    assert line.refused() is Code.BAD_BUNDLE
    assert all(it.given <= len(DATA) + 2 * 65536 for it in streams)


def test_what_drips_is_left_and_kept(line):
    drip = Endless(b"x")
    line.fault(*[lambda _: httpx2.Response(200, stream=drip)] * 100)
    assert line.refused() is Code.NO_RELEASES
    assert drip.given < 5000


@pytest.mark.parametrize("status", [302, 401, 404, 500, 503])
def test_a_server_that_says_no(line, status):
    line.fault(*[lambda _: httpx2.Response(status, content=b"no")] * 3)
    assert line.refused() is Code.NO_RELEASES


def test_somebody_does_not_want_it_any_more(line):
    class Stream(httpx2.SyncByteStream):
        def __iter__(self):
            yield DATA[:4096]
            line.wanted = False
            yield DATA[4096:]

    line.fault(lambda _: httpx2.Response(200, stream=Stream()))
    with pytest.raises(Cancelled):
        line.fetch()
    assert received(line.folder, line.target) == 4096
    line.wanted = True
    assert line.fetch().read_bytes() == DATA
    assert line.ranges[-1] == "bytes=4096-"


def test_a_disk_that_is_nearly_full_is_left_alone(line, monkeypatch):
    free = (64 << 20) + len(DATA) - 1
    monkeypatch.setattr(download.shutil, "disk_usage", lambda _: SimpleNamespace(free=free))
    assert line.refused() is Code.NO_ROOM
    assert line.ranges == []
    free += 1
    assert line.fetch().read_bytes() == DATA


@pytest.mark.parametrize(
    ("number", "code"), [(errno.ENOSPC, Code.NO_ROOM), (errno.EIO, Code.STORAGE)]
)
def test_a_disk_that_fails_on_the_way(line, monkeypatch, number, code):
    def fail(_):
        raise OSError(number, "the disk")

    line.folder.mkdir()
    monkeypatch.setattr(download.os, "fsync", fail)
    assert line.refused() is code
    # What fills the last of a disk is given back.
    assert line.part.exists() is (code is Code.STORAGE)
