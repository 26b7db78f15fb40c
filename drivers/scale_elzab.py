"""The ELZAB protocol of the Polish maker's scales, in its extended form. Pure.

    till   ESC M ETX 82h LF
    scale  ESC status sign weight CR LF

    status  S stable, U not yet     sign  space, "-" below zero     weight  six characters, "13.045"

Eight data bits, for 82h asks for the extended form whatever the scale's menu says; there is no
checksum. A scale with a unit price on it answers in a longer form, which is not read: the till
does the sums. Sources and doubts: docs/scales.md.
"""

from __future__ import annotations

import re

from drivers.scale import Dialect, Step, Weight

_ANSWER = re.compile(rb"\x1b([SU])([ \-])([ \d]\d\.\d{3})\r\n")


def find_weight(data: bytes) -> Weight | None:
    """The newest complete answer in ``data``."""
    answers = list(_ANSWER.finditer(data))
    if not answers:
        return None
    found = answers[-1]
    milli = int(found[3].replace(b".", b""))
    is_below = found[2] == b"-"
    return Weight(-milli if is_below else milli, found[1] == b"S", is_underload=is_below)


ELZAB = Dialect("elzab", weigh=(Step(b"\x1bM\x03\x82\n", find_weight),))
