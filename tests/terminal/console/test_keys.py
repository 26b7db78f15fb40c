from __future__ import annotations

import pytest

from terminal.console import keys
from terminal.console.challenge import Challenge
from terminal.console.letters import written
from terminal.sync.wire import Scope

ASKED = Challenge("T1", 3, b"nonce-01", frozenset({Scope.LOOK}))


def test_a_key_is_its_owners_and_stays(tmp_path):
    path = tmp_path / "deep" / "own.key"
    public = keys.make_key(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert keys.make_key(path) == public


def test_a_key_that_others_may_read_is_not_used(tmp_path):
    path = tmp_path / "own.key"
    keys.make_key(path)
    path.chmod(0o644)
    with pytest.raises(keys.Unusable, match="chmod 600"):
        keys.load_key(path)


@pytest.mark.parametrize("text", ["", "no key", "AAAA", "ż" * 44])
def test_a_file_that_is_no_key_is_said_to_be_none(tmp_path, text):
    path = tmp_path / "own.key"
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)
    with pytest.raises(keys.Unusable, match="is no key"):
        keys.load_key(path)


@pytest.mark.parametrize("raw", [b"", b"AAAA", b"\xff\x00", b"k" * 20_000])
def test_a_file_that_is_no_certificate_is_said_to_be_none(tmp_path, raw):
    path = tmp_path / "certificate"
    path.write_bytes(raw)
    with pytest.raises(keys.Unusable, match="is no certificate"):
        keys.load_certificate(path)


def test_a_challenge_is_read_as_it_is_shown():
    (line,) = written(ASKED.packed())
    assert keys.challenge_of(f"  {line.lower()}\n") == ASKED


@pytest.mark.parametrize("text", ["", "bogus", *written(b"short"), "\n".join(written(bytes(90)))])
def test_what_is_no_challenge_is_refused(text):
    with pytest.raises(keys.Unusable):
        keys.challenge_of(text)
