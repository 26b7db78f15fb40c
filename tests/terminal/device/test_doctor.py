from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from terminal.device import doctor
from terminal.device.check import Check, State, bad, fine, warning
from tests.terminal.device.scenes import device, look, told

if TYPE_CHECKING:
    from pathlib import Path


def test_every_check_has_its_turn(tmp_path: Path) -> None:
    found = list(doctor.examine(device(tmp_path, url="tcp://127.0.0.1:9")))
    names = {one.name for one in found}
    assert names >= {"program", "configuration", "folder", "enrolment", "disk", "catalogue"}
    assert names >= {"printer", "office", "time", "unit", "slots", "letters"}
    assert doctor.worst(found) is State.BAD
    assert all(one.remedy for one in found if one.state is not State.OK)


def test_without_a_configuration_the_machine_is_looked_at(tmp_path: Path) -> None:
    found = list(doctor.examine(look(tmp_path, "printer = 1")))
    assert ("configuration", "bad") in told(found)
    assert {"program", "time", "unit"} <= {one.name for one in found}
    assert "printer" not in {one.name for one in found}


def test_some_checks_alone(tmp_path: Path) -> None:
    found = list(doctor.examine(device(tmp_path), ["folder", "disk"]))
    assert [one.name for one in found][:2] == ["folder", "disk"]


def test_a_check_that_breaks_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_scene: object) -> list[Check]:
        raise ZeroDivisionError

    monkeypatch.setitem(doctor.CHECKS, "disk", broken)
    found = list(doctor.examine(device(tmp_path), ["disk", "folder"]))
    assert told(found) == [("disk", "bad"), ("folder", "ok")]


@pytest.mark.parametrize(
    ("found", "state"),
    [
        ([], State.OK),
        ([fine("a", "")], State.OK),
        ([fine("a", ""), warning("b", "", "")], State.WARN),
        ([bad("a", "", ""), warning("b", "", ""), fine("c", "")], State.BAD),
    ],
)
def test_the_worst_counts(found: list[Check], state: State) -> None:
    assert doctor.worst(found) is state
    assert doctor.EXITS[state] == list(State).index(state)


def test_the_page_has_the_remedy_below() -> None:
    first, second = doctor.as_lines(warning("disk", "200 MiB free", "free some"))
    assert first.split() == ["!", "disk", "200", "MiB", "free"]
    assert second.split() == ["->", "free", "some"]
    assert len(list(doctor.as_lines(fine("disk", "5000 MiB free")))) == 1


def test_programs_get_json(tmp_path: Path) -> None:
    here = device(tmp_path)
    data = json.loads(json.dumps(doctor.as_data(here, [bad("disk", "full", "free some")])))
    assert (data["state"], data["is_running"]) == ("bad", False)
    assert data["checks"] == [
        {"name": "disk", "state": "bad", "text": "full", "remedy": "free some"}
    ]
