from __future__ import annotations

import stat

import pytest
from sqlalchemy.engine import make_url

from backoffice.copies import dump
from backoffice.copies.faults import BadCopy, CopyFailed


def test_without_the_servers_tools_it_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    url = make_url("postgresql+psycopg://kaso@/office")
    with pytest.raises(CopyFailed, match="pg_dump is not installed"):
        dump.copy(url, tmp_path / "copy.dump")
    with pytest.raises(CopyFailed, match="pg_restore is not installed"):
        dump.whole(tmp_path / "copy.dump")
    assert not list(tmp_path.iterdir())


def test_a_password_is_in_no_list_of_processes(tmp_path, monkeypatch):
    tool = tmp_path / "pg_dump"
    tool.write_text('#!/bin/sh\necho "$@ / $PGPASSWORD" >&2\nexit 1\n')
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
    url = make_url("postgresql+psycopg://kaso:secret@db.example/office?sslmode=verify-full")
    with pytest.raises(CopyFailed) as failed:
        dump.copy(url, tmp_path / "copy.dump")
    words, _, password = failed.value.detail.partition(" / ")
    assert "postgresql://kaso@db.example/office?sslmode=verify-full" in words
    assert password == "secret"


def test_a_dump_is_read_again(cluster, blank_pg, tmp_path):
    target = tmp_path / "copy.dump"
    dump.copy(make_url(cluster.url(blank_pg)), target)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    dump.whole(target)
    content = target.read_bytes()
    target.write_bytes(content[: len(content) // 2])
    with pytest.raises(BadCopy):
        dump.whole(target)
    with pytest.raises(CopyFailed, match="does not exist"):
        dump.copy(make_url(cluster.url("no_such_database")), tmp_path / "other.dump")
    assert not (tmp_path / "other.dump").exists()
