"""What a technician chose for a receipt printer, held against what that printer can do. No lines.

What cannot be is said when the till starts, with the value that was chosen, and not by a customer
who is handed question marks.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NoReturn

from drivers.address import BAUDS, FLOWS, Serial, read_address
from drivers.escpos.profile import Profile, profiles
from drivers.escpos.text import LETTERS, lost

PARITIES = ("N", "E", "O")
STOPS = (1, 2)
COLUMNS_MIN, COLUMNS_MAX = 16, 96
DRAWER_PINS = (2, 5)
DRAWER_MS_MIN, DRAWER_MS_MAX = 2, 510
LOGO_BYTES_MAX = 2 << 20
FRAGMENT_ROWS_MAX = 100  # taller images overrun small buffers
FRAGMENT_BYTES_MAX = 2048  # and nothing can be asked before an image has ended
_KEY_CODE_LENGTH = 2
_NV_MAX = 255
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"BM", b"P1", b"P4", b"GIF8")
_SMALL_PIECE_MAX = 1024  # codes and texts; only images are larger
_BITS_PER_BYTE = 8


class Unsuitable(ValueError):
    """The configuration asks for what the printer cannot do; the text names key and value."""


class Accents(StrEnum):
    """What to do about letters that the printer does not have."""

    REFUSE = "refuse"
    TRANSLITERATE = "transliterate"


class Cut(StrEnum):
    """How a slip is cut off; a printer without a cutter feeds far enough to tear."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"


class Ask(StrEnum):
    """How the printer is asked how it is."""

    ASK = "ask"  # DLE EOT
    REPORT = "report"  # as well, it tells of itself what changes (ASB)
    NONE = "none"  # not at all: no line comes back from it


@dataclass(frozen=True, slots=True)
class Setup:
    """``code_page`` and ``columns`` stand in for the profile's, empty and 0 are the profile's.

    ``logo`` is a picture file, ``nv:1`` a picture in the printer's memory by number, ``key:AB`` one
    by its two characters. ``open_is_low`` tells which level of the drawer's line means open.
    """

    profile: str = "default"
    language: str = "pl"
    accents: Accents = Accents.REFUSE
    code_page: str = ""
    font: str = "A"
    columns: int = 0
    cut: Cut = Cut.FULL
    logo: str = ""
    status: Ask = Ask.ASK
    drawer_pin: int = 2
    drawer_ms: int = 100
    open_is_low: bool = True


@dataclass(frozen=True, slots=True)
class Fitting:
    """A setup that its printer can do; ``warning`` is for the technician, mostly empty."""

    setup: Setup
    profile: Profile
    columns: int
    warning: str

    def page_for(self, text: str) -> str:
        """The one code page for a slip with ``text``; empty is plain ASCII."""
        return self.setup.code_page or self.profile.page_for(text, self.setup.language)

    @property
    def piece_max(self) -> int:
        """Bytes of the longest single command that a slip can hold: what half a slip may owe."""
        has_images = bool(self.setup.logo) or "qrCode" not in self.profile.features
        return has_images * FRAGMENT_BYTES_MAX + _SMALL_PIECE_MAX

    @property
    def fragment_rows(self) -> int:
        """Rows of an image that are sent at once."""
        row_bytes = -(-self.profile.width_dots // _BITS_PER_BYTE)
        return min(FRAGMENT_ROWS_MAX, FRAGMENT_BYTES_MAX // row_bytes)


def fit(setup: Setup) -> Fitting:
    """Hold ``setup`` against its printer; raises ``Unsuitable``."""
    profile = _profile(setup.profile)
    if setup.code_page and setup.code_page not in profile.pages:
        offered = ", ".join(sorted(profile.pages))
        _refuse("code_page", setup.code_page, f"{profile.name} has {offered}")
    fonts = {"A": profile.columns, "B": profile.columns_b}
    if not fonts.get(setup.font):
        _refuse("font", setup.font, "A" if setup.font == "B" else "A or B")
    columns = setup.columns or fonts[setup.font]
    if not COLUMNS_MIN <= columns <= COLUMNS_MAX:
        _refuse("columns", columns, f"{COLUMNS_MIN} to {COLUMNS_MAX}")
    if setup.drawer_pin not in DRAWER_PINS:
        _refuse("drawer_pin", setup.drawer_pin, "2 or 5")
    if not DRAWER_MS_MIN <= setup.drawer_ms <= DRAWER_MS_MAX:
        _refuse("drawer_ms", setup.drawer_ms, f"{DRAWER_MS_MIN} to {DRAWER_MS_MAX}")
    _check_logo(setup.logo)
    return Fitting(setup, profile, columns, _check_letters(setup, profile))


def line(url: str, *, baud: int, parity: str = "N", stop: int = 1, flow: str = "none") -> Serial:
    """What ``url`` does not say itself, for ``drivers.link.open_link``; raises ``Unsuitable``."""
    for key, value, allowed in (
        ("baud", baud, BAUDS),
        ("parity", parity, PARITIES),
        ("stop", stop, STOPS),
        ("flow", flow, FLOWS),
    ):
        if value not in allowed:
            _refuse(key, value, "one of " + ", ".join(map(str, allowed)))
    usual = Serial("", baud, parity, stop=stop, flow=flow)
    try:
        read_address(url, usual)
    except ValueError as error:
        _refuse("url", url, f"/dev/serial/by-id/… or tcp://HOST:9100; {error}")
    return usual


def _profile(name: str) -> Profile:
    known = profiles()
    if name not in known:
        near = difflib.get_close_matches(name, known, n=3, cutoff=0.4) or ["default"]
        _refuse("profile", name, f"a printer that is known, such as {', '.join(near)}")
    if known[name].speaks_star:
        _refuse("profile", name, "an ESC/POS printer: set this one to ESC/POS and use default")
    return known[name]


def _check_letters(setup: Setup, profile: Profile) -> str:
    letters = LETTERS.get(setup.language, "")
    missing = lost(letters, setup.code_page) if setup.code_page else profile.missing(setup.language)
    if not missing:
        return ""
    if setup.accents is Accents.REFUSE:
        _refuse(
            "profile",
            profile.name,
            f"one that has the letters {missing}, or accents = 'transliterate' to do without them",
        )
    return f"{profile.name} does not have the letters {missing}: they lose their accents"


def _check_logo(logo: str) -> None:
    kind, _, name = logo.partition(":")
    if kind == "nv":
        if not (name.isascii() and name.isdigit() and 1 <= int(name[:4]) <= _NV_MAX):
            _refuse("logo", logo, f"nv:1 to nv:{_NV_MAX}")
    elif kind == "key":
        if len(name) != _KEY_CODE_LENGTH or not (name.isascii() and name.isprintable()):
            _refuse("logo", logo, "key: and two ASCII characters")
    elif logo:
        try:
            with Path(logo).open("rb") as file:
                begin = file.read(LOGO_BYTES_MAX + 1)
        except OSError as error:
            _refuse("logo", logo, f"a picture file: {error.strerror}")
        if not begin.startswith(_PICTURES) or len(begin) > LOGO_BYTES_MAX:
            _refuse("logo", logo, "a PNG, BMP, PBM or GIF file of at most 2 MiB")


def _refuse(key: str, value: object, expected: str) -> NoReturn:
    msg = f"{key} = {value!r}: expected {expected}"
    raise Unsuitable(msg)
