"""What each kind of printer can do: the data file of python-escpos, read without importing it.

Importing the library takes a quarter of a second and configures logging; a till that starts, and a
technician who asks for the list of printers, want neither. No printing here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from drivers.escpos.text import LETTERS, PAGES, codec, lost

_COLUMNS_MIN = 20
_FONT_A_DOTS, _FONT_B_DOTS = 12, 9
_UPPER_HALF = bytes(range(0x80, 0x100))
_CAN_PRINT = frozenset({"bitImageColumn", "bitImageRaster", "barcodeA", "pulseStandard"})


@dataclass(frozen=True, slots=True)
class Profile:
    """One kind of printer; ``dots`` is its width, 0 when unknown, ``pages`` those Python knows.

    ``columns_b`` is 0 when it has no font B.
    """

    name: str
    vendor: str
    columns: int
    columns_b: int
    dots: int
    pages: frozenset[str]
    features: frozenset[str]

    @property
    def speaks_star(self) -> bool:
        """Whether it has Star's own commands where ESC/POS has others."""
        return "starCommands" in self.features

    @property
    def width_dots(self) -> int:
        """Width that is safe to print on, also where the true one is unknown."""
        return self.dots or self.columns * _FONT_A_DOTS

    def page_for(self, text: str, language: str) -> str:
        """The page of ``language`` that has the most of ``text``, the first of equals.

        Empty when the printer has no page of that language.
        """
        offered = [page for page in PAGES.get(language, PAGES["en"]) if page in self.pages]
        return min(offered, key=lambda page: len(lost(text, page)), default="")

    def missing(self, language: str) -> str:
        """Letters of ``language`` that it cannot print."""
        letters = LETTERS.get(language, "")
        page = self.page_for(letters, language)
        return lost(letters, page or "ascii")


@cache
def profiles() -> dict[str, Profile]:
    """Every printer that the library knows, by name; customer displays among them are left out."""
    file = resources.files("escpos") / "capabilities.json"
    data = json.loads(file.read_text(encoding="utf-8"))
    known = {page for page in data["encodings"] if _is_codec(page)}
    return {
        name: _profile(name, entry, known)
        for name, entry in sorted(data["profiles"].items())
        if _CAN_PRINT & _features(entry)
    }


def _profile(name: str, entry: dict[str, Any], known: set[str]) -> Profile:
    pixels = entry["media"]["width"].get("pixels")
    dots = pixels if isinstance(pixels, int) else 0
    columns = _columns(entry, "0")
    columns_b = _columns(entry, "1")
    if columns < _COLUMNS_MIN and dots:
        # One profile gives the width of a letter instead.
        columns, columns_b = dots // _FONT_A_DOTS, dots // _FONT_B_DOTS
    return Profile(
        name=name,
        vendor=entry["vendor"],
        columns=columns,
        columns_b=columns_b,
        dots=dots,
        pages=frozenset(known & set(entry["codePages"].values())),
        features=frozenset(_features(entry)),
    )


def _columns(entry: dict[str, Any], font: str) -> int:
    found = entry["fonts"].get(font, {}).get("columns", 0)
    return found if isinstance(found, int) else 0


def _features(entry: dict[str, Any]) -> set[str]:
    return {feature for feature, has in entry["features"].items() if has}


def _is_codec(page: str) -> bool:
    """Whether Python knows it and each of its bytes is one character."""
    try:
        return len(_UPPER_HALF.decode(codec(page), errors="replace")) == len(_UPPER_HALF)
    except LookupError:
        return False
