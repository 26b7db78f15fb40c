from __future__ import annotations

from hashlib import sha256

import pytest

from backoffice.field import contents
from backoffice.jobs.work import Fate, NeverError
from backoffice.store.engine import reading
from tests.backoffice.exchange.programs import moved, reasons

BYTES = b"%PDF " * 100_000
NAME = sha256(BYTES).hexdigest()
FILE = {
    "about": "customer", "of": "k1", "kind": "file", "at": "2026-03-01T12:00:00+01:00",
    "name": "umowa.pdf", "size": len(BYTES), "sha256": NAME, "media_type": "application/pdf",
}  # fmt: skip
NOTE = {"about": "customer", "of": "k1", "kind": "note", "at": FILE["at"], "text": "Dzwonić rano"}


@pytest.fixture
def files(erp, monkeypatch):
    asked = []

    def content(name):
        asked.append(name)
        if name not in files:
            msg = "the program does not have this file"
            raise NeverError(msg)
        return iter([files[name][:7], files[name][7:]])

    files = {NAME: BYTES}
    monkeypatch.setattr(erp, "content", content, raising=False)
    files["asked"] = asked
    return files


def test_the_bytes_are_here_before_the_row_and_come_once(runner, erp, files, office, rows):
    erp.put("attachments", "a1", **FILE)
    erp.put("attachments", "a2", **NOTE)
    assert {it.fate for it in runner.run("attachments")} == {Fate.DONE}
    with reading(office.engine) as database:
        assert b"".join(contents.parts(database, NAME)) == BYTES
    erp.put("attachments", "a3", **FILE)
    assert moved(runner.run("attachments")) == [("attachments", "a3", Fate.DONE)]
    assert files["asked"] == [NAME]
    assert set(rows("attachments")) == {"a1", "a2", "a3"}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"sha256": "0" * 64}, "does not have this file"),
        ({"size": len(BYTES) + 1}, "the bytes are not those of"),
        ({"name": "../etc/passwd"}, "name"),
    ],
)
def test_a_record_without_its_bytes_is_refused_alone(runner, erp, files, rows, change, told):
    erp.put("attachments", "a1", **{**FILE, **change})
    erp.put("attachments", "a2", **NOTE)
    outcomes = runner.run("attachments", is_whole=True)
    assert told in reasons(outcomes)["a1"]
    assert set(rows("attachments", "kino")) == {"a2"}
