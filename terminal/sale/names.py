r"""Goods names as the fiscal printer compares them, and the tax step. Pure.

Letters without case, digits and ``, . \ / %`` count, everything else does not: to the printer
*Coca-Cola* and *coca cola* are one article. It remembers at which rate a name was sold last, and a
name that was once sold lower is never sold higher again. Source: protocol.md §7, "Goods-name
identity"; POT-I-DEV-37, ``dbchkplu``.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from drivers.fiscal import EXEMPT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from terminal.sale.line import Line

_SIGNS = frozenset("0123456789,.\\/%")
_CODE_PAGE = "cp1250"


@lru_cache(8192)  # a page of products is judged, compared and indexed
def identity(name: str) -> str:
    """What the printer compares of a name; empty when it would take it for no name at all.

    Letters that its code page lacks do not reach it as letters.
    """
    return "".join(map(_compared, name))


def is_told_apart(name: str) -> bool:
    """Whether anything of ``name`` is left when the printer compares it."""
    return bool(identity(name))


def height(rate_bp: int) -> int:
    """Rates in the order in which one is higher than another: exempt is below 0 %."""
    return -1 if rate_bp >= EXEMPT else rate_bp


def steps_up(known_bp: int, rate_bp: int) -> bool:
    """Whether a name last sold at ``known_bp`` would be sold higher now: the tax step."""
    return height(rate_bp) > height(known_bp)


def twins(lines: Iterable[Line]) -> tuple[Line, Line] | None:
    """Two lines that the printer takes for one article at different rates, if there are any."""
    seen: dict[str, Line] = {}
    for line in lines:
        first = seen.setdefault(identity(line.name), line)
        if first.vat != line.vat:
            return first, line
    return None


@lru_cache(1024)  # a catalogue has the same few signs a million times
def _compared(sign: str) -> str:
    is_letter = sign.isalpha() and sign.encode(_CODE_PAGE, "ignore")
    return sign.lower() if is_letter or sign in _SIGNS else ""
