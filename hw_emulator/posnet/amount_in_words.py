"""Amounts in Polish words, as they stand on an invoice: 2.05 is ``dwa PLN 5/100``. Pure."""

from __future__ import annotations

_ONES = (
    *("zero", "jeden", "dwa", "trzy", "cztery", "pięć", "sześć", "siedem", "osiem", "dziewięć"),
    *("dziesięć", "jedenaście", "dwanaście", "trzynaście", "czternaście", "piętnaście"),
    *("szesnaście", "siedemnaście", "osiemnaście", "dziewiętnaście"),
)
_TENS = (
    *("", "", "dwadzieścia", "trzydzieści", "czterdzieści", "pięćdziesiąt", "sześćdziesiąt"),
    *("siedemdziesiąt", "osiemdziesiąt", "dziewięćdziesiąt"),
)
_HUNDREDS = (
    *("", "sto", "dwieście", "trzysta", "czterysta", "pięćset", "sześćset", "siedemset"),
    *("osiemset", "dziewięćset"),
)
# One, two to four, five and more of each.
_POWERS = (
    (1_000_000, ("milion", "miliony", "milionów")),
    (1_000, ("tysiąc", "tysiące", "tysięcy")),
)
_THOUSAND, _HUNDRED, _TWENTY, _TEN = 1000, 100, 20, 10
_FEW = range(2, 5)
_TEENS = range(12, 15)


def in_words(value_gr: int, currency: str) -> str:
    """Grosze as words for the whole part and a fraction for the rest."""
    whole, rest = divmod(value_gr, _HUNDRED)
    return f"{_number(whole)} {currency} {rest}/100"


def _number(number: int) -> str:
    words: list[str] = []
    for power, forms in _POWERS:
        count, number = divmod(number, power)
        if count:
            # "tysiąc", not "jeden tysiąc"
            words += [*([] if count == 1 else _below_thousand(count)), _form(count, forms)]
    if number or not words:
        words += _below_thousand(number)
    return " ".join(words)


def _form(count: int, forms: tuple[str, str, str]) -> str:
    if count == 1:
        return forms[0]
    is_few = count % _TEN in _FEW and count % _HUNDRED not in _TEENS
    return forms[1] if is_few else forms[2]


def _below_thousand(number: int) -> list[str]:
    hundreds, rest = divmod(number, _HUNDRED)
    words = [_HUNDREDS[hundreds]]
    if rest >= _TWENTY:
        tens, rest = divmod(rest, _TEN)
        words.append(_TENS[tens])
    if rest or number == 0:
        words.append(_ONES[rest])
    return [word for word in words if word]
