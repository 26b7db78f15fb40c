from __future__ import annotations

from pathlib import Path

import pytest

from hw_emulator.fault_kinds import Kind
from hw_emulator.gallery import NoPictures
from hw_emulator.place import Lines, Place
from hw_emulator.pty_line import PtyLine
from hw_emulator.rfc2217_line import Rfc2217Line
from hw_emulator.tcp_line import TcpLine


def echo(send, _interface):
    return send


@pytest.mark.parametrize(
    ("asked", "kinds"),
    [
        ({}, [TcpLine]),
        ({"pty": True}, [PtyLine]),
        ({"pty": True, "tcp": 0}, [PtyLine, TcpLine]),
        ({"tcp": 0, "tcp_second": 0}, [TcpLine, TcpLine]),
        ({"tcp_second": 0}, [TcpLine, TcpLine]),
        ({"rfc2217": 0}, [Rfc2217Line]),
        ({"pty": True, "rfc2217": 0}, [PtyLine, Rfc2217Line]),
    ],
)
def test_lines_that_were_asked_for_are_opened(asked, kinds):
    lines = Lines(**asked).open(echo)
    assert [type(line) for line in lines] == kinds
    for line in lines:
        line.start()
        line.stop()


def test_a_place_has_the_faults_its_device_can_have():
    place = Place(faults=("lose:*:2",), seed=7, loss=0.1, chaos={Kind.SWAP: 0.2})
    faults = place.make_faults()
    assert (faults.seed, faults.loss, faults.chaos) == (7, 0.1, {Kind.SWAP: 0.2})
    assert [rule.kind for rule in faults.rules] == [Kind.LOSE]
    with pytest.raises(ValueError, match="this device has no cover"):
        Place(faults=("cover:*:1",)).make_faults()


def test_paper_with_pictures(tmp_path):
    paper = Place(paper=tmp_path / "text", png=tmp_path / "png").open_paper(32)
    paper.write(["Kawa"])
    paper.close()
    assert (tmp_path / "text").read_text("utf-8") == "Kawa\n"
    assert [path.name for path in (tmp_path / "png").iterdir()] == ["0001.png"]


@pytest.mark.parametrize("error", [NoPictures, OSError])
def test_pictures_that_cannot_be_made_are_an_error_before_anything_starts(
    tmp_path, monkeypatch, error
):
    def fail(*_args):
        raise error

    monkeypatch.setattr("hw_emulator.place.Gallery", fail)
    with pytest.raises(error):
        Place(paper=tmp_path / "text", html=Path("x.html")).open_paper()
