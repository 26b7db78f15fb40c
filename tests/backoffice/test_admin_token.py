from __future__ import annotations

import stat
from pathlib import Path

import pytest

from backoffice.admin_token import kept_token, place_of
from backoffice.errors import BadSetting


def test_the_token_is_made_once_and_only_its_owner_reads_it(tmp_path):
    place = tmp_path / "office.admin-token"
    token = kept_token(place)
    assert len(token) >= 43
    assert kept_token(place) == token
    assert stat.S_IMODE(place.stat().st_mode) == 0o600


def test_a_token_others_may_read_is_refused(tmp_path):
    place = tmp_path / "token"
    kept_token(place)
    place.chmod(0o640)
    with pytest.raises(BadSetting, match="600"):
        kept_token(place)


def test_an_empty_file_is_refused(tmp_path):
    place = tmp_path / "token"
    place.touch(0o600)
    with pytest.raises(BadSetting, match="empty"):
        kept_token(place)


def test_the_token_lies_beside_the_database():
    assert place_of("sqlite:////var/lib/office.db") == Path("/var/lib/office.admin-token")


@pytest.mark.parametrize("url", ["sqlite://", "postgresql://localhost/office", "nonsense"])
def test_other_databases_need_a_place_by_name(url):
    with pytest.raises(BadSetting):
        place_of(url)
