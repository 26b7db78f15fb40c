"""Names of files are made harmless, and pictures are known by how they begin."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.field.attaching import picture, safe_name
from terminal.sync import wire


@given(st.text(max_size=300))
def test_whatever_a_file_was_called_it_is_called_something_safe(name):
    safe = safe_name(name)
    assert wire.is_safe_name(safe)
    assert 1 <= len(safe) <= 120


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("umowa.pdf", "umowa.pdf"),
        ("Zażółć gęślą.PDF", "Zażółć gęślą.PDF"),
        ("/etc/passwd", "passwd"),
        ("C:\\Users\\x\\foto.jpg", "foto.jpg"),
        ("..", "file"),
        ("", "file"),
        ("a\0b.txt", "a_b.txt"),
        ("a:b?.txt", "a_b_.txt"),
        ("x" * 200 + ".jpg", "x" * 116 + ".jpg"),
    ],
)
def test_a_name_stays_as_close_as_can_be(name, safe):
    assert safe_name(name) == safe


@pytest.mark.parametrize(
    ("beginning", "media_type"),
    [
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"GIF89a", "image/gif"),
        (b"RIFF....WEBP", "image/webp"),
        (b"RIFF....WAVE", ""),
        (b"<svg xmlns='http://www.w3.org/2000/svg'>", ""),
        (b"", ""),
    ],
)
def test_a_picture_is_known_by_its_first_bytes(beginning, media_type):
    assert picture(beginning) == media_type
