from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING

import httpx2
import msgspec
import pytest
from msgspec.structs import replace

from terminal.errors import Code, SyncError
from terminal.sync import enrolment
from terminal.sync.enrolment import Identity
from terminal.sync.signing import id_of, new_key
from terminal.sync.wire import EnrolAnswer, EnrolRequest

if TYPE_CHECKING:
    from pathlib import Path

URL = "http://127.0.0.1:8440"
SECRET = new_key()
WHO = Identity("T1", "S1", SECRET, 2, URL)


def test_a_code_becomes_an_identity() -> None:
    def answer(request: httpx2.Request) -> httpx2.Response:
        assert (request.method, request.url.path) == ("POST", "/v1/enrol")
        asked = msgspec.json.decode(request.read(), type=EnrolRequest)
        assert (asked.code, asked.version) == ("ABCD-1234", "1.0")
        key_id = id_of(asked.public_key)
        assert f'keyid="{key_id}"' in request.headers["signature-input"]
        body = msgspec.json.encode(EnrolAnswer("T1", "S1", 2, key_id))
        return httpx2.Response(201, content=body)

    transport = httpx2.MockTransport(answer)
    given = enrolment.enrol(URL, " ABCD-1234\n", "1.0", transport=transport)
    assert given == replace(WHO, key=given.key)
    again = enrolment.enrol(URL, " ABCD-1234\n", "1.0", transport=transport)
    assert again.key != given.key


def test_a_wrong_code_is_refused_in_the_words_of_the_office() -> None:
    problem = b'{"status":403,"title":"Unknown code","detail":"it may have been used"}'
    transport = httpx2.MockTransport(lambda _: httpx2.Response(403, content=problem))
    with pytest.raises(SyncError) as caught:
        enrolment.enrol(URL, "X", "1.0", transport=transport)
    assert caught.value.params["detail"] == "Unknown code: it may have been used"


def test_a_secret_never_travels_in_the_open() -> None:
    with pytest.raises(SyncError, match="plain http"):
        enrolment.enrol("http://office.example", "X", "1.0")


def test_what_was_saved_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "identity.json"
    enrolment.save(WHO, path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert enrolment.load(path) == WHO
    other = Identity("T2", "S1", "other", 3, URL)
    enrolment.save(other, path)
    assert enrolment.load(path) == other
    assert os.listdir(path.parent) == ["identity.json"]  # noqa: PTH208 - names are the point


def test_a_device_that_was_never_enrolled_has_none(tmp_path: Path) -> None:
    assert enrolment.load(tmp_path / "identity.json") is None


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failed_save_keeps_the_old_identity(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = tmp_path / "identity.json"
    enrolment.save(WHO, path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    owner = enrolment.os if step == "fsync" else type(path)
    with monkeypatch.context() as patch:
        patch.setattr(owner, step, full)
        with pytest.raises(SyncError, match="No space left") as caught:
            enrolment.save(Identity("T2", "S1", "other", 3, URL), path)
    assert caught.value.code is Code.STORAGE
    assert enrolment.load(path) == WHO
    enrolment.save(Identity("T3", "S1", "third", 4, URL), path)
    assert enrolment.load(path).terminal == "T3"  # type: ignore[union-attr]


def test_the_new_file_is_on_disk_before_it_takes_the_place_of_the_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    real_sync, real_replace = os.fsync, type(tmp_path).replace
    monkeypatch.setattr(
        enrolment.os, "fsync", lambda handle: (steps.append("sync"), real_sync(handle))
    )
    monkeypatch.setattr(
        type(tmp_path), "replace", lambda a, b: (steps.append("replace"), real_replace(a, b))
    )
    enrolment.save(WHO, tmp_path / "identity.json")
    assert steps == ["sync", "replace", "sync"]


@pytest.mark.parametrize("text", ["", "{", '{"terminal": "T1"}', '{"terminal": 7}'])
def test_a_damaged_file_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "identity.json"
    path.write_text(text)
    path.chmod(0o600)
    with pytest.raises(SyncError, match=r"identity\.json") as caught:
        enrolment.load(path)
    assert caught.value.code is Code.OFFICE_REFUSED


def test_a_file_open_to_others_is_closed(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "identity.json"
    enrolment.save(WHO, path)
    path.chmod(0o644)
    with caplog.at_level(logging.WARNING):
        assert enrolment.load(path) == WHO
    assert path.stat().st_mode & 0o777 == 0o600
    assert "readable by others" in caplog.text


def test_the_key_is_not_shown_in_logs() -> None:
    assert SECRET not in repr(WHO)
