"""A till's file goes up in pieces and comes down in ranges, signed like everything else."""

from __future__ import annotations

import hashlib
import os

import pytest

from backoffice.field import contents
from terminal.sync import wire

PIECE = wire.CHUNK_BYTES_MAX


@pytest.fixture
def file():
    content = os.urandom(2 * PIECE + 77)
    return content, hashlib.sha256(content).hexdigest()


@pytest.fixture
def put(http, new_till):
    name, device = new_till()

    def put(sha256, offset, size, piece):
        path = f"/v1/terminals/{name}/attachments/{sha256}"
        query = {"offset": offset, "size": size}
        kind = {"Content-Type": "application/octet-stream"}
        return http.put(path, params=query, auth=device, content=piece, headers=kind)

    return put


def send(put, content, sha256):
    for offset in range(0, len(content), PIECE):
        answer = put(sha256, offset, len(content), content[offset : offset + PIECE])
        answer.raise_for_status()
    return answer.json()


def test_a_file_goes_up_and_comes_down_at_another_till(http, new_till, put, file):
    content, sha256 = file
    assert send(put, content, sha256) == {
        "sha256": sha256, "received": len(content), "is_whole": True,
    }  # fmt: skip
    name, device = new_till()
    path = f"/v1/terminals/{name}/attachments/{sha256}"
    assert http.get(path, auth=device).json()["is_whole"]
    assert http.get(f"{path}/content", auth=device).content == content
    rest = http.get(f"{path}/content", auth=device, headers={"Range": f"bytes={PIECE - 5}-"})
    assert (rest.status_code, rest.content) == (206, content[PIECE - 5 :])
    behind = {"Range": f"bytes={len(content)}-"}
    assert http.get(f"{path}/content", auth=device, headers=behind).status_code == 416


def test_what_broke_off_is_told_and_goes_on(put, file):
    content, sha256 = file
    assert put(sha256, 0, len(content), content[:PIECE]).json()["received"] == PIECE
    again = put(sha256, 0, len(content), content[:PIECE])
    assert (again.status_code, again.json()["received"]) == (409, PIECE)
    assert put(sha256, PIECE, len(content), content[PIECE : 2 * PIECE]).status_code == 200


def test_a_wrong_sum_is_422_and_nothing_is_left(http, new_till, put):
    sha256 = hashlib.sha256(b"what it should be").hexdigest()
    answer = put(sha256, 0, 5, b"other")
    assert answer.status_code == 422
    assert "from 0" in answer.json()["detail"]
    name, device = new_till()
    path = f"/v1/terminals/{name}/attachments/{sha256}"
    assert http.get(path, auth=device).json()["received"] == 0
    assert http.get(f"{path}/content", auth=device).status_code == 404


def test_too_much_is_413_and_a_full_room_507(put, file, monkeypatch):
    content, sha256 = file
    assert put(sha256, 0, len(content), content[: PIECE + 1]).status_code == 413
    assert put(sha256, 0, wire.ATTACHMENT_BYTES_MAX + 1, b"x").status_code == 413
    monkeypatch.setattr(contents, "ROOM_BYTES", 10)
    full = put(sha256, 0, len(content), content[:PIECE])
    assert full.status_code == 507
    assert "remove some" in full.json()["detail"]


def test_nobody_else_is_let_in(http, new_till, file):
    _content, sha256 = file
    (name, _device), (_other, stranger) = new_till(), new_till()
    path = f"/v1/terminals/{name}/attachments/{sha256}"
    assert http.get(path).status_code == 401
    assert http.get(path, auth=stranger).status_code == 403
    assert http.put(f"{path}?offset=0&size=1", content=b"x", auth=stranger).status_code == 403


@pytest.mark.parametrize("sha256", ["x", "..%2f..%2fetc%2fpasswd", "A" * 64])
def test_what_is_no_sum_is_refused(put, sha256):
    assert put(sha256, 0, 1, b"x").status_code in {400, 404}
