"""Whether the device hangs on the mains, as the kernel's files tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from terminal.update.power import is_on_mains

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("supplies", "wanted"),
    [
        ([], True),
        ([("Battery", "1")], True),
        ([("Mains", "1"), ("Battery", "1")], True),
        ([("Mains", "0"), ("Battery", "1")], False),
        ([("Mains", "0"), ("USB", "1")], True),
        ([("Mains", None)], False),
    ],
)
def test_the_kernel_is_believed(
    tmp_path: Path, supplies: list[tuple[str, str | None]], wanted: bool
) -> None:
    for number, (kind, online) in enumerate(supplies):
        folder = tmp_path / f"supply{number}"
        folder.mkdir()
        (folder / "type").write_text(f"{kind}\n")
        if online is not None:
            (folder / "online").write_text(f"{online}\n")
    assert is_on_mains(tmp_path) is wanted


def test_a_kernel_without_such_files(tmp_path: Path) -> None:
    assert is_on_mains(tmp_path / "none")
