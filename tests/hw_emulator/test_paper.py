from __future__ import annotations

import pytest

from hw_emulator import paper as module
from hw_emulator.paper import Paper
from hw_emulator.rows import Cut


def test_the_file_is_up_to_date_at_once_and_grows_from_start_to_start(tmp_path):
    path = tmp_path / "paper.txt"
    paper = Paper(path)
    paper.write(["Zażółć", ""])
    assert path.read_text("utf-8") == "Zażółć\n\n" == paper.text
    paper.close()
    paper.close()
    again = Paper(path)
    again.write(["gęślą"])
    again.close()
    assert path.read_text("utf-8") == "Zażółć\n\ngęślą\n"
    assert again.text == "gęślą\n"


def test_without_a_file_the_text_is_kept():
    paper = Paper()
    paper.write(["a", "b"])
    assert paper.text == "a\nb\n"


def test_printouts_one_by_one():
    paper, ended = Paper(), []
    paper.on_end = ended.append
    for lines in (["  SKLEP", "PARAGON FISKALNY", "Kawa"], ["", "RAPORT"], ["tylko tekst"]):
        paper.write(lines[:1])
        paper.write(lines[1:])
        paper.end_document()
        paper.end_document()
    paper.write(["jeszcze"])
    assert [(each.number, each.title) for each in paper.printouts()] == [
        (1, "SKLEP"),
        (2, "RAPORT"),
        (3, "tylko tekst"),
        (4, "jeszcze"),
    ]
    assert [each.number for each in ended] == [1, 2, 3]
    assert paper.printout(2).text == "\nRAPORT\n"
    assert paper.printout().text == "jeszcze\n"
    assert paper.printout(-1).text == "tylko tekst\n"
    paper.close()
    assert ended[-1].number == 4


@pytest.mark.parametrize("number", [9, -9])
def test_printouts_there_are_not(number):
    paper = Paper()
    with pytest.raises(ValueError, match="nothing was printed yet"):
        paper.printout(number)
    paper.write(["a"])
    with pytest.raises(ValueError, match="kept are 1 to 1"):
        paper.printout(number)


def test_a_picture_may_show_something_else_than_the_text():
    paper = Paper()
    paper.write(["a"])
    paper.write(["-- cut --"], [Cut()])
    assert paper.printout().lines == ("a", "-- cut --")
    assert paper.printout().printed == ("a", Cut())


def test_what_is_kept_has_an_end(monkeypatch):
    monkeypatch.setattr(module, "LINES_MAX", 10)
    paper = Paper()
    for number in range(module.PRINTOUTS_MAX + 5):
        paper.write([f"{number} {line}" for line in range(10)])
    assert len(paper.printouts()) == module.PRINTOUTS_MAX
    assert paper.printouts()[0].number == 6
