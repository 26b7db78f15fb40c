"""What a scanner read, made of whatever it sent: a value, never a quantity and never a key. Pure.

    ]C10105901234123457310300125010A7 ──▶ Scan(code="5901234123457", symbology="GS1-128",
                                               elements: 01, 3103, 10)

``read_scan`` takes the text between two frames: it cuts the scanner's own prefix and suffix off,
reads the AIM identifier, and takes GS1 element strings apart. Control characters never come
through, and the text is bounded: what a customer glues on a tin is nobody's command.

Source of the symbology identifiers: ISO/IEC 15424 (AIM), as scanner manuals print it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from drivers.gs1 import GS, TEXT_MAX, Elements, has_check_digit, parse

_AIM = re.compile(r"\]([AaBCcdEeFGgHhIiJjLMmNOQRSTUXz])([0-9A-Za-m])")
_SYMBOLOGIES = {
    "A": "Code 39",
    "C": "Code 128",
    "E": "EAN/UPC",
    "F": "Codabar",
    "G": "Code 93",
    "I": "ITF",
    "L": "PDF417",
    "Q": "QR",
    "d": "Data Matrix",
    "e": "GS1 DataBar",
    "z": "Aztec",
}
# Code and modifier that announce FNC1 in first position: the text is GS1 element strings.
_GS1 = {"C1": "GS1-128", "d2": "GS1 Data Matrix", "Q3": "GS1 QR", "J1": "GS1 DotCode"}
_GS1_ONLY = frozenset("e")
_EAN_8, _EAN_ADDON = "4", "3"
_EAN_13_DIGITS, _EAN_8_DIGITS, _GTIN_DIGITS, _UPC_DIGITS = 13, 8, 14, 12
_BARE_GTIN = re.compile(r"01\d{14}")
_NONE = Elements()


@dataclass(frozen=True, slots=True)
class Scan:
    """One scanned code.

    ``raw`` is what came, cleaned; ``code`` what the shop looks up first; ``symbology`` a name or
    ``""``; ``elements`` the GS1 fields, with no pairs when it was none. ``is_cut``: it was longer.
    """

    raw: str
    code: str
    symbology: str = ""
    elements: Elements = _NONE
    is_cut: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        """Every form in which a shop may have the code in its list, the likeliest first."""
        forms = [self.code]
        digits = self.code.lstrip("0")
        if self.code.isdigit() and has_check_digit(self.code):
            lengths = (_EAN_13_DIGITS, _UPC_DIGITS, _EAN_8_DIGITS, _GTIN_DIGITS)
            forms += [digits.zfill(length) for length in lengths if len(digits) <= length]
        return tuple(dict.fromkeys(form for form in forms if form))


def read_scan(text: str, prefix: str = "", suffix: str = "") -> Scan:
    """Make a ``Scan`` of anything; ``prefix`` and ``suffix`` are the scanner's own."""
    text = text.strip("\r\n\t\x02\x03\x00 ").removeprefix(prefix).removesuffix(suffix)
    is_cut = len(text) > TEXT_MAX
    kept = "".join(sign for sign in text[:TEXT_MAX] if sign == GS or sign.isprintable()).strip()
    raw = kept.replace(GS, " ").strip()
    found = _AIM.match(kept)
    if found is None:
        return _unnamed(kept, raw, is_cut=is_cut)
    letter, modifier = found[1], found[2]
    rest = kept[found.end() :]
    if letter in _GS1_ONLY or letter + modifier in _GS1:
        name = _GS1.get(letter + modifier, _SYMBOLOGIES.get(letter, ""))
        return _element_string(rest, raw, name, is_cut=is_cut)
    code = rest.replace(GS, " ").strip()
    if letter == "E":
        name = "EAN-8" if modifier == _EAN_8 else "EAN-13"
        if modifier == _EAN_ADDON:
            code = code[:_EAN_13_DIGITS]  # a magazine's issue number follows
        return Scan(raw, code, name, is_cut=is_cut)
    return Scan(raw, code, _SYMBOLOGIES.get(letter, ""), is_cut=is_cut)


def _unnamed(text: str, raw: str, *, is_cut: bool) -> Scan:
    """The scanner does not say what it read: only what can be nothing else is taken for GS1."""
    if GS in text or (_BARE_GTIN.match(text) and has_check_digit(text[2:16])):
        return _element_string(text, raw, "", is_cut=is_cut)
    return Scan(raw, raw, "", is_cut=is_cut)


def _element_string(text: str, raw: str, name: str, *, is_cut: bool) -> Scan:
    elements = Elements(trouble="too long") if is_cut else parse(text)
    if elements.trouble:
        return Scan(raw, raw, name, elements, is_cut)
    return Scan(raw, _of_gtin(elements.gtin) or raw, name, elements, is_cut)


def _of_gtin(gtin: str) -> str:
    """The number as it stands on the article: 13 digits, or 8, unless it is an outer case's."""
    if gtin.startswith("000000"):
        return gtin[_GTIN_DIGITS - _EAN_8_DIGITS :]
    return gtin.removeprefix("0")
