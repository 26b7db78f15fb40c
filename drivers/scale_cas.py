"""The CAS protocol of shop scales: ENQ, ACK, DC1, and one frame with a checksum. Pure.

    till   ENQ          DC1
    scale        ACK         SOH STX status sign weight unit BCC ETX EOT

    status  S stable, U not yet          sign    space, "-" below zero, F overload
    weight  six characters, "01.250"     unit    "kg"
    BCC     exclusive or of everything between STX and itself

The checksum may look like any control character, so a frame is known by its length. CAS AP, ER and
SW-II speak it, and most other makers offer it. Sources and doubts: docs/scales.md.
"""

from __future__ import annotations

from functools import reduce
from operator import xor

from drivers.scale import KG, Dialect, Step, Weight

_STX, _ETX, _ENQ, _ACK, _NAK, _DC1 = 0x02, 0x03, 0x05, 0x06, 0x15, 0x11
_DATA_BYTES = 10
_FRAME_BYTES = _DATA_BYTES + 3  # STX, BCC, ETX
_DECIMALS_MAX = 3


def find_ready(data: bytes) -> bool | None:
    """Whether the scale has a weight to tell; None until it answered."""
    return next((byte == _ACK for byte in data if byte in {_ACK, _NAK}), None)


def find_weight(data: bytes) -> Weight | None:
    """The newest good frame in ``data``."""
    for start in range(len(data) - _FRAME_BYTES, -1, -1):
        frame = data[start : start + _FRAME_BYTES]
        body = frame[1 : 1 + _DATA_BYTES]
        if frame[0] == _STX and frame[-1] == _ETX and frame[-2] == reduce(xor, body):
            return _weight(body)
    return None


def _weight(body: bytes) -> Weight | None:
    status, sign, number, unit = body[:1], body[1:2], body[2:8].strip(), body[8:].strip()
    if status not in {b"S", b"U"} or sign not in {b" ", b"-", b"+", b"F"}:
        return None
    name = unit.decode("ascii", errors="replace").lower()
    if sign == b"F" or b"F" in number:
        return Weight(None, is_stable=False, unit=KG, is_overload=True)
    whole, _, decimals = number.partition(b".")
    if not (whole + decimals).isdigit() or len(decimals) > _DECIMALS_MAX:
        # Some scales fill the number with spaces while it moves.
        return None if number else Weight(None, is_stable=False)
    milli = int(whole + decimals.ljust(_DECIMALS_MAX, b"0"))
    is_below = sign == b"-"
    return Weight(-milli if is_below else milli, status == b"S", name, is_underload=is_below)


CAS = Dialect("cas", weigh=(Step(bytes([_ENQ]), find_ready), Step(bytes([_DC1]), find_weight)))
