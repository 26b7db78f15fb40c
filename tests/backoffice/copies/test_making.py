from __future__ import annotations

import pytest
from sqlalchemy.engine import make_url

from backoffice.copies import making
from backoffice.copies.faults import BadCopy


def test_a_copy_of_either_kind_is_known_by_its_first_bytes(db_url, fill, tmp_path):
    url = make_url(db_url)
    fill(db_url)
    target = tmp_path / f"copy{making.suffix_of(url)}"
    made = making.make(url, target)
    is_server = url.get_backend_name() == "postgresql"
    assert making.is_dump(target) is is_server
    assert making.read(target) == made
    assert (made is None) is is_server


def test_what_is_no_copy_is_told(tmp_path):
    with pytest.raises(BadCopy, match="cannot be read: No such file"):
        making.read(tmp_path / "absent")
    (tmp_path / "text").write_text("hello")
    with pytest.raises(BadCopy, match="is no copy of an office"):
        making.read(tmp_path / "text")
