from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from backoffice import private_file
from backoffice.errors import BadSetting

if TYPE_CHECKING:
    from pathlib import Path


def test_a_secret_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    place = tmp_path / "secret"
    assert private_file.kept(place, lambda: "one") == "one"
    assert place.stat().st_mode & 0o777 == 0o600
    assert private_file.kept(place, lambda: "another") == private_file.read(place) == "one"


def test_its_name_is_on_the_disk_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[Path] = []
    monkeypatch.setattr(private_file, "sync_folder", synced.append)
    private_file.kept(tmp_path / "secret", lambda: "one")
    assert synced == [tmp_path]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666])
def test_one_that_others_may_read_is_none(tmp_path: Path, mode: int) -> None:
    place = tmp_path / "secret"
    place.write_text("one", encoding="ascii")
    place.chmod(mode)
    with pytest.raises(BadSetting, match="chmod 600"):
        private_file.kept(place, lambda: "another")
    assert place.read_text(encoding="ascii") == "one"
