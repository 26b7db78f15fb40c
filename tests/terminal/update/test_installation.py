"""The launcher says where the program is installed; without it nothing can be updated."""

from __future__ import annotations

from pathlib import Path

from terminal.update.installation import Installation, installation


def test_what_the_launcher_says() -> None:
    told = {"KASO_PREFIX": "/opt/kasoterminal", "KASO_SLOT": "0.2.0-aaaaaaaa"}
    place = Path("/opt/kasoterminal")
    assert installation(told, None) == Installation(place, "0.2.0-aaaaaaaa")
    found = installation(told, Path("till.toml"))
    assert found is not None
    assert found.config == Path.cwd() / "till.toml"


def test_a_program_from_a_plain_venv() -> None:
    assert installation({}, None) is None
    assert installation({"KASO_PREFIX": "/opt/kasoterminal"}, None) is None
