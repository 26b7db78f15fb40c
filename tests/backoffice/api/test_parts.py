from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.api.parts import answer
from backoffice.errors import BadRange

CONTENT = bytes(range(256)) * 3000


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    file = tmp_path_factory.mktemp("parts") / "file"
    file.write_bytes(CONTENT)
    return file


def asked(path, **headers):
    told = answer(headers, path, "abc", "no-cache", "application/x")
    return told, b"".join(told.iterator)


@given(st.integers(0, len(CONTENT) - 1), st.integers(0, len(CONTENT) + 9))
def test_parts_that_follow_each_other_are_the_whole(path, first, last):
    told, content = asked(path, range=f"bytes={first}-{max(first, last)}")
    assert told.status_code == 206
    assert content == CONTENT[first : max(first, last) + 1]


@pytest.mark.parametrize("given_range", ["", "bytes=", "bytes=-5", "bytes=1-2,4-5", "lines=1-2"])
def test_what_is_no_range_that_we_know_gives_the_whole(path, given_range):
    told, content = asked(path, range=given_range)
    assert (told.status_code, content) == (200, CONTENT)


def test_a_part_behind_the_end_is_refused(path):
    with pytest.raises(BadRange, match=f"{len(CONTENT)} bytes"):
        asked(path, range=f"bytes={len(CONTENT)}-")
    with pytest.raises(BadRange):
        asked(path, range="bytes=5-4")


def test_whoever_has_it_gets_nothing(path):
    told = answer({"if-none-match": '"abc"'}, path, "abc", "no-cache", "application/x")
    assert told.status_code == 304
