from __future__ import annotations

import stat

import pytest

from backoffice.place import make_room, usual_url


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)


def test_an_office_in_this_folder_comes_first(tmp_path):
    assert usual_url() == f"sqlite:///{tmp_path}/.local/share/kasoterminal/office.db"
    (tmp_path / "here" / "office.db").touch()
    assert usual_url() == "sqlite:///office.db"


@pytest.mark.parametrize("told", ["", "relative"])
def test_a_data_folder_is_taken_when_it_is_one(told, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", told)
    assert f"{tmp_path}/.local/share/" in usual_url()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert usual_url() == f"sqlite:///{tmp_path}/data/kasoterminal/office.db"


def test_only_the_folder_of_ones_own_office_is_made(tmp_path):
    make_room(f"sqlite:///{tmp_path}/elsewhere/office.db")
    assert not (tmp_path / "elsewhere").exists()
    make_room(usual_url())
    made = tmp_path / ".local" / "share" / "kasoterminal"
    assert stat.S_IMODE(made.stat().st_mode) == 0o700
