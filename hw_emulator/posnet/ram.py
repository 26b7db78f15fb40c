"""What settings and services keep until the power goes. No logic."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hw_emulator.posnet.images import Upload


@dataclass(slots=True)
class Ram:
    """Everything a restart forgets.

    ``code2d`` is the prepared two-dimensional code as a line of paper, ``code_place`` where footers
    put it (0 nowhere, 1 above, 2 below the bar code). The two lists are contextual readings that
    were begun. ``is_paperless`` tells that the last receipt went out as an eDocument only.
    ``waiting_display`` comes on the display when the transaction is over, ``display_mode`` is what
    ``dspcmd`` chose. ``ends_open`` tells that the last printout asked for no header after it, and
    ``is_headless`` that the next one gets none.
    """

    code2d: str = ""
    code_place: int = 0
    upload: Upload | None = None
    is_interrupted: bool = False
    is_paperless: bool = False
    is_keyboard_blocked: bool = False
    wrong_codes: int = 0
    servers_to_read: list[int] | None = None
    edocuments_to_read: list[str] | None = None
    waiting_display: list[str] | None = None
    display_mode: int = 1
    ends_open: bool = False
    is_headless: bool = False
