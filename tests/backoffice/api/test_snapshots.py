from __future__ import annotations

import gzip
import hashlib
from concurrent.futures import Future

import msgspec
import pytest

from backoffice import contacts
from backoffice.api import snapshots as module
from backoffice.snapshots import Snapshots
from backoffice.store.engine import reading
from terminal.sync import wire


@pytest.fixture
def till(new_till):
    return new_till()


def path_of(http, till):
    name, device = till
    states = http.get(f"/v1/terminals/{name}/sets", auth=device)
    key = msgspec.json.decode(states.content, type=list[wire.SetState])[0].snapshot
    return f"/v1/terminals/{name}/snapshots/{key}"


def get(http, till, path, **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return http.get(path, headers=named, auth=till[1])


def test_the_whole_file_may_be_kept_for_ever(http, till):
    answer = get(http, till, path_of(http, till))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/gzip"
    assert "content-encoding" not in answer.headers
    assert answer.headers["etag"] == f'"{hashlib.sha256(answer.content).hexdigest()}"'
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["accept-ranges"] == "bytes"
    assert gzip.decompress(answer.content).startswith(b"SQLite format 3\0")


@pytest.mark.parametrize("etag", ["", "same"])
def test_a_download_goes_on_where_it_broke_off(http, till, etag):
    path = path_of(http, till)
    whole = get(http, till, path)
    size = len(whole.content)
    condition = {"if_range": whole.headers["etag"]} if etag else {}
    rest = get(http, till, path, range=f"bytes={size - 100}-", **condition)
    assert rest.status_code == 206
    assert rest.headers["content-range"] == f"bytes {size - 100}-{size - 1}/{size}"
    assert rest.content == whole.content[-100:]
    middle = get(http, till, path, range="bytes=5-9", **condition)
    assert (middle.status_code, middle.content) == (206, whole.content[5:10])


def test_a_whole_load_is_counted_once(running, http, till):
    path = path_of(http, till)
    get(http, till, path)
    get(http, till, path, range="bytes=5-9")
    with reading(running.office.engine) as database:
        found = contacts.history(database, terminals=[till[0]]).rows
    assert [(it.kind, it.times) for it in found if it.kind == "file"] == [("file", 1)]


def test_a_part_of_another_file_is_answered_with_the_whole(http, till):
    path = path_of(http, till)
    answer = get(http, till, path, range="bytes=100-", if_range='"other"')
    assert answer.status_code == 200
    assert gzip.decompress(answer.content)


def test_a_part_beyond_the_end_is_refused(http, till):
    path = path_of(http, till)
    size = len(get(http, till, path).content)
    answer = get(http, till, path, range=f"bytes={size}-")
    assert answer.status_code == 416
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "asked", ["bytes=-5", "bytes=0-1,3-4", "lines=1-2", "bytes=9999999999999999999-"]
)
def test_other_ranges_are_ignored(http, till, asked):
    assert get(http, till, path_of(http, till), range=asked).status_code == 200


def test_a_name_that_is_not_of_now_is_not_found(http, till):
    path = path_of(http, till)
    for wrong in ("0" * 64, "x", "%2e%2e%2foffice"):
        answer = get(http, till, f"{path.rpartition('/')[0]}/{wrong}")
        assert answer.status_code == 404, wrong


def test_a_till_of_another_shop_does_not_get_it(http, till, new_till):
    path = path_of(http, till)
    assert get(http, till, path).status_code == 200
    other = new_till("dab")
    moved = path.replace(f"/{till[0]}/", f"/{other[0]}/")
    assert get(http, other, moved).status_code == 404


def test_who_asks_too_early_is_told_to_come_again(http, till, monkeypatch):
    path = path_of(http, till)
    monkeypatch.setattr(module, "_MADE_WITHIN_S", 0.01)
    monkeypatch.setattr(Snapshots, "find", lambda *_: None)
    monkeypatch.setattr(Snapshots, "begin", lambda *_: Future())
    assert get(http, till, path).status_code == 503
