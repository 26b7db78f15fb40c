from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.update import prepared
from terminal.update.prepared import Prepared


@pytest.fixture
def one(tmp_path):
    bundle = tmp_path / "kasoterminal-1.2.0-any.tar"
    bundle.write_bytes(b"wheels")
    target = "kasoterminal/stable/kasoterminal-1.2.0-any.tar"
    return Prepared("1.2.0", 7, "1.0.0", bundle, "a" * 64, target)


def test_nothing_is_prepared_in_an_empty_folder_or_in_none(tmp_path):
    assert prepared.load(tmp_path) is None
    assert prepared.load(tmp_path / "missing") is None


def test_what_is_kept_is_found_again(tmp_path, one):
    prepared.keep(tmp_path, one)
    assert prepared.load(tmp_path) == one


def test_the_folder_may_be_moved(tmp_path, one):
    prepared.keep(tmp_path, one)
    moved = tmp_path.rename(tmp_path.with_name("moved"))
    assert prepared.load(moved) == replace(one, bundle=moved / one.bundle.name)


def test_a_bundle_that_is_gone_is_not_prepared(tmp_path, one):
    prepared.keep(tmp_path, one)
    one.bundle.unlink()
    assert prepared.load(tmp_path) is None


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b"\xff",
        b"[]",
        b'{"version":"1"}',
        b'{"version":"1","counter":-1,"min_from":"","bundle":"b","sha256":"' + b"a" * 64 + b'"}',
        b'{"version":"1","counter":1,"min_from":"","bundle":"../journal.db","sha256":"'
        + b"a" * 64
        + b'","target":""}',
        b" " * 100_000,
    ],
)
def test_a_note_that_says_nothing_useful_counts_as_none(tmp_path, text):
    (tmp_path / "prepared.json").write_bytes(text)
    assert prepared.load(tmp_path) is None


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_no_note_makes_it_break(text):
    with TemporaryDirectory() as folder:
        (Path(folder) / "prepared.json").write_bytes(text)
        assert prepared.load(Path(folder)) is None


def test_what_could_not_be_read_again_is_not_kept(tmp_path, one):
    with pytest.raises(msgspec.ValidationError):
        prepared.keep(tmp_path, replace(one, sha256="short"))
    assert prepared.load(tmp_path) is None


def test_forgotten_with_its_bundle(tmp_path, one):
    prepared.keep(tmp_path, one)
    prepared.forget(tmp_path)
    assert prepared.load(tmp_path) is None
    assert list(tmp_path.iterdir()) == []
    prepared.forget(tmp_path)
    prepared.forget(tmp_path / "missing")
