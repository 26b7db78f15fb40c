"""The notebook is whole or it is missing."""

from __future__ import annotations

from datetime import datetime

import pytest

from drivers.fiscal import NO_TOTALS
from drivers.novitus.notebook import Confirmed, Notebook, Page
from drivers.novitus.tally import Day, Picture, Tally

AT = datetime(2026, 10, 9, 21, 0)
TALLY = Tally(
    Picture("ABC1", 1, 7, 1000, (349, 0, 0, 0, 0, 0, 0), AT),
    3,
    1,
    (100, 0, 0, 0, 0, 0, 0),
    (Day(7, AT, 12, 0, NO_TOTALS),),
)


def test_it_is_read_back(tmp_path):
    path = tmp_path / "novitus.json"
    book = Notebook(path)
    book.write(tally=TALLY)
    book.write(token="t")
    book.write(confirmed=Confirmed("receipt", "8e" * 16, 77))
    assert Notebook(path).page == Page(TALLY, "t", Confirmed("receipt", "8e" * 16, 77))
    book.write(token="")
    assert Notebook(path).page.token == ""
    assert [each.name for each in tmp_path.iterdir()] == ["novitus.json"]
    assert path.stat().st_mode & 0o077 == 0


def test_nothing_is_written_for_nothing(tmp_path):
    path = tmp_path / "novitus.json"
    Notebook(path).write(tally=TALLY)
    path.chmod(0o400)
    before = path.stat().st_mtime_ns
    Notebook(path).write(tally=TALLY)
    assert path.stat().st_mtime_ns == before


def test_without_a_path():
    book = Notebook()
    book.write(tally=TALLY)
    assert book.page.tally == TALLY


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b'{"tally":{"picture":1}}', b"\xff", b'{"token":1}', b"[" * 99_999]
)
def test_damaged_is_missing(tmp_path, data, caplog):
    path = tmp_path / "novitus.json"
    path.write_bytes(data)
    book = Notebook(path)
    assert book.page == Page()
    assert "begins anew" in caplog.text
    book.write(token="t")
    assert Notebook(path).page.token == "t"


def test_a_full_disk_is_told(tmp_path):
    book = Notebook(tmp_path / "gone" / "novitus.json")
    with pytest.raises(OSError, match="gone"):
        book.write(token="t")
    assert book.page.token == ""
