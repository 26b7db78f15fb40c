from __future__ import annotations

from hw_emulator.paper import Paper


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
