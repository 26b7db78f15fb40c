from __future__ import annotations

import builtins

import pytest
from PIL import Image

from hw_emulator import glyphs
from hw_emulator.gallery import Gallery, NoPictures, picture_of
from hw_emulator.paper import Paper


def printed(paper: Paper, *lines: str) -> None:
    paper.write(list(lines))
    paper.end_document()


def test_a_picture_and_a_page_of_each_printout(tmp_path):
    paper = Paper(columns=32)
    gallery = Gallery(paper, tmp_path / "png", tmp_path / "pages")
    printed(paper, "Kawa")
    printed(paper, "Herbata", "Woda")
    gallery.close()
    gallery.close()
    assert sorted(path.name for path in (tmp_path / "png").iterdir()) == ["0001.png", "0002.png"]
    assert "Herbata" in (tmp_path / "pages" / "0002.html").read_text("utf-8")
    pictures = (tmp_path / "png" / "0001.png", tmp_path / "png" / "0002.png")
    with Image.open(pictures[0]) as one, Image.open(pictures[1]) as two:
        assert two.height == one.height + 24
        assert one.width < 32 * 12 + 200


def test_one_page_that_grows(tmp_path):
    page = tmp_path / "deep" / "printouts.html"
    page.parent.mkdir()
    paper = Paper()
    gallery = Gallery(paper, None, page)
    printed(paper, "Kawa")
    printed(paper, "Herbata")
    gallery.close()
    text = page.read_text("utf-8")
    assert text.index("Herbata") < text.index("Kawa")
    assert 'http-equiv="refresh"' in text
    assert list(page.parent.iterdir()) == [page]


def test_what_an_earlier_run_left_is_not_written_over(tmp_path):
    (tmp_path / "0041.png").write_bytes(b"old")
    (tmp_path / "notes.png").write_bytes(b"mine")
    paper = Paper()
    gallery = Gallery(paper, tmp_path, None)
    printed(paper, "Kawa")
    gallery.close()
    assert (tmp_path / "0041.png").read_bytes() == b"old"
    assert (tmp_path / "0042.png").stat().st_size > 100


def test_a_folder_that_went_away_stops_nobody(tmp_path, caplog):
    folder = tmp_path / "png"
    paper = Paper()
    gallery = Gallery(paper, folder, None)
    folder.rmdir()
    printed(paper, "Kawa")
    gallery.close()
    assert not folder.exists()
    assert "printout 1 has no picture" in caplog.text


def test_without_pillow_it_says_what_is_missing_before_anything_is_printed(tmp_path, monkeypatch):
    real = builtins.__import__

    def absent(name, *rest):
        if name.startswith("PIL") or (name == "hw_emulator" and "picture" in (rest[2] or ())):
            msg = "pictures of paper need Pillow (pip install pillow)"
            raise ImportError(msg)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", absent)
    with pytest.raises(NoPictures, match="pip install pillow"):
        Gallery(Paper(), tmp_path, None)
    Gallery(Paper(), None, tmp_path / "page.html").close()


def test_without_the_font_it_says_so(monkeypatch):
    def no_font():
        raise glyphs.NoFont

    paper = Paper()
    paper.write(["unseen before: ǅ"])
    monkeypatch.setattr(glyphs, "font_file", no_font)
    glyphs._font.cache_clear()
    glyphs.glyph.cache_clear()
    with pytest.raises(NoPictures, match=r"^$"):
        picture_of(paper.printout(), 40)
