from __future__ import annotations

import json

import pytest

from hw_emulator.fault_files import FILE_MAX, read_script
from hw_emulator.fault_kinds import Kind


@pytest.fixture
def script(tmp_path):
    def read(text: str):
        path = tmp_path / "faults"
        path.write_text(text, encoding="utf-8")
        return read_script(path)

    return read


def test_lines_of_specs_with_remarks(script):
    assert script("# Monday\nlose:trend:1\n\n  cut:*:3:7  # the third\n").specs == [
        "lose:trend:1",
        "cut:*:3:7",
    ]


def test_rules_as_objects(script):
    told = script(
        json.dumps(
            [
                "lose:trend:1",
                {"kind": "dead", "command": "scnt", "n": 2, "value": 7, "seconds": 3},
                {"kind": "swap"},
            ]
        )
    )
    assert told.specs == ["lose:trend:1", "dead:scnt:2:7/3", "swap:*:1"]
    assert (told.seed, told.loss, told.chaos) == (None, None, {})


def test_chance(script):
    told = script('{"seed": 7, "loss": 0.1, "chaos": {"late": 0.02}, "rules": ["lose"]}')
    assert (told.specs, told.seed, told.loss) == (["lose"], 7, 0.1)
    assert told.chaos == {Kind.LATE: 0.02}
    assert script('{"chaos": "late=0.5"}').chaos == {Kind.LATE: 0.5}


def test_strikes_of_another_run_are_a_script(script):
    answer = {
        "ok": True,
        "seed": 3,
        "count": 1,
        "strikes": [{"number": 1, "spec": "cut:trend:4:9"}],
    }
    assert script(json.dumps(answer)).specs == ["cut:trend:4:9"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"rules": [{"command": "trend"}]}', "faults: 'kind'"),
        ('{"ruels": []}', "unknown: ruels; known are rules"),
        ("[1]", "faults: "),
        ("[", "faults: "),
        ('{"chaos": {"eat": 1}}', "is not KIND=SHARE"),
        ('{"seed": "x"}', "faults: "),
    ],
)
def test_what_is_no_script_is_named_with_its_file(script, text, says):
    with pytest.raises(ValueError, match=says):
        script(text)


def test_a_file_beyond_measure(tmp_path):
    path = tmp_path / "big"
    with path.open("wb") as file:
        file.truncate(FILE_MAX + 1)
    with pytest.raises(ValueError, match="are no file of faults"):
        read_script(path)
