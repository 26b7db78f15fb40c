r"""The 8217 protocol of Mettler Toledo and of scanners with a scale in them. Pure.

    till   W                        Z zero       T tare
    scale  STX 01.250 [N] CR        a good weight, N when a tare is taken off
           STX ? status CR          no weight, and why; also the answer to Z and T

    status bit  6 always 1   5 net   4 at zero   3 out of zero range
                2 below zero   1 above capacity   0 in motion

Nine thousand six hundred baud, seven bits, even parity; there is no checksum. Kilograms have three
decimals, pounds two: what has not three is not sold. Some scales tell a weight once and then only
that nothing has changed. Sources and doubts: docs/scales.md.
"""

from __future__ import annotations

import re

from drivers.scale import Dialect, Step, Weight

_ANSWER = re.compile(rb"\x02(?:\?([\x40-\x7f])|(\d{2,3}\.\d{2,3})(N?))\r")
_KG_DECIMALS = 3
_NET, _UNDER, _OVER, _MOVING = 0x20, 0x04, 0x02, 0x01


def find_weight(data: bytes) -> Weight | None:
    """The newest complete answer in ``data``."""
    answers = list(_ANSWER.finditer(data))
    if not answers:
        return None
    found = answers[-1]
    if found[1]:
        return _status(found[1][0])
    whole, _, decimals = found[2].partition(b".")
    unit = "kg" if len(decimals) == _KG_DECIMALS else "lb"
    return Weight(int(whole + decimals), is_stable=True, unit=unit, is_net=bool(found[3]))


def find_status(data: bytes) -> bool | None:
    """Whether a command was carried out: the scale stands still within its range."""
    weight = find_weight(data)
    return None if weight is None else weight.is_unchanged


def _status(status: int) -> Weight:
    is_quiet = not status & (_MOVING | _OVER | _UNDER)
    return Weight(
        None,
        is_stable=False,
        is_net=bool(status & _NET),
        is_overload=bool(status & _OVER),
        is_underload=bool(status & _UNDER),
        is_unchanged=is_quiet,
    )


TOLEDO = Dialect(
    "toledo",
    weigh=(Step(b"W", find_weight),),
    zero=(Step(b"Z", find_status),),
    tare=(Step(b"T", find_status),),
)
