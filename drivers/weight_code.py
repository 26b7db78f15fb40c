"""Codes that a scale prints: article and weight, or article and price, in one EAN. Pure.

The prefixes 20 to 29 belong to the shop, so each shop says what its scales print:

    28PPPPPWWWWWC    P number of the article, W thousandths (of a kilogram), C check digit
    27PPPPPVAAAAC    A amount in grosze, V check digit of the amount (four or five digits)
    29PPPPXWWWWWC    X any digit, of no meaning
    20PPPPPPPPPPC    an article of the shop's own, nothing measured

Source: GS1 General Specifications, sections 2.1.11.2 (restricted circulation numbers) and 7.9.4
(check digits for price fields).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from drivers.gs1 import check_digit, has_check_digit

_LENGTHS = (8, 12, 13)
_VERIFIED = (4, 5)
_PATTERN = re.compile(r"\d{1,7}(?!\d)[PWAVX]+C")


@dataclass(frozen=True, slots=True)
class WeightCode:
    """What one scanned code says; at most one of ``qty_milli`` and ``amount_gr`` is told."""

    product: str
    codes: tuple[str, ...]
    qty_milli: int | None = None
    amount_gr: int | None = None


@dataclass(frozen=True, slots=True)
class Pattern:
    """One kind of code; see the module."""

    shape: str

    def match(self, code: str) -> WeightCode | None:
        """What ``code`` says when it is of this kind, else None."""
        if len(code) != len(self.shape) or not has_check_digit(code):
            return None
        if any(sign.isdigit() and sign != digit for sign, digit in self._pairs(code)):
            return None
        measured = self._digits(code, "W") or self._digits(code, "A")
        verifier = self._digits(code, "V")
        if verifier and int(verifier) != price_check_digit(measured):
            return None
        product = self._digits(code, "P")
        return WeightCode(
            product,
            self._names(code, product),
            int(measured) if "W" in self.shape else None,
            int(measured) if "A" in self.shape else None,
        )

    def _names(self, code: str, product: str) -> tuple[str, ...]:
        """What the article may be called in the shop's list: its number, or the code with zeros."""
        zeroed = "".join("0" if sign in "WAVX" else digit for sign, digit in self._pairs(code[:-1]))
        return (product.lstrip("0"), product, f"{zeroed}{check_digit(zeroed)}", f"{zeroed}0")

    def _digits(self, code: str, kind: str) -> str:
        return "".join(digit for sign, digit in self._pairs(code) if sign == kind)

    def _pairs(self, code: str) -> zip[tuple[str, str]]:
        return zip(self.shape, code, strict=False)


def read_pattern(shape: str) -> Pattern:
    """A pattern as somebody wrote it; raises ValueError with a sentence for them."""
    if len(shape) not in _LENGTHS or not _PATTERN.fullmatch(shape):
        msg = (
            "a weight code is 8, 12 or 13 signs: a prefix of digits, then P (article), W (weight),"
            " A (amount), V (its check digit), X (any), and C at the end, such as 28PPPPPWWWWWC"
        )
        raise ValueError(msg)
    for kind in "PWAV":
        if not re.fullmatch(rf"[^{kind}]*{kind}*[^{kind}]*", shape):
            msg = f"the {kind} of a weight code stand together"
            raise ValueError(msg)
    if "P" not in shape:
        msg = "a weight code without P names no article"
        raise ValueError(msg)
    if "W" in shape and "A" in shape:
        msg = "a weight code holds a weight (W) or an amount (A), not both"
        raise ValueError(msg)
    measured = shape.count("W") + shape.count("A")
    if "V" in shape and (shape.count("V") > 1 or measured not in _VERIFIED):
        msg = "V checks a weight or amount of four or five digits, and is one digit itself"
        raise ValueError(msg)
    return Pattern(shape)


def price_check_digit(digits: str) -> int | None:
    """The check digit of a price field of four or five digits; None for any other length."""
    if len(digits) == len(_FOUR):
        return _sum(_FOUR, digits) * 3 % 10
    if len(digits) == len(_FIVE):
        return _less(5).index(-_sum(_FIVE, digits) % 10)
    return None


def _sum(rows: tuple[tuple[int, ...], ...], digits: str) -> int:
    return sum(row[int(digit)] for row, digit in zip(rows, digits, strict=True))


def _less(factor: int) -> tuple[int, ...]:
    """Row ``factor``- of the specification: tens taken off the units."""
    return tuple((digit * factor - digit * factor // 10) % 10 for digit in range(10))


def _more(factor: int) -> tuple[int, ...]:
    """Row ``factor``+: tens put on the units."""
    return tuple((digit * factor + digit * factor // 10) % 10 for digit in range(10))


def _times(factor: int) -> tuple[int, ...]:
    return tuple(digit * factor % 10 for digit in range(10))


_FOUR = (_less(2), _less(2), _times(3), _less(5))
_FIVE = (_more(5), _less(2), _less(5), _more(5), _less(2))
