"""Numbers that mark commands, 1 to 9999 in a circle. No I/O.

The device keeps its answers under these numbers, so one that the till has chosen for a receipt's
end must not be given to another command while that answer may still be asked for.
"""

from __future__ import annotations

import secrets
from collections import deque

TOKEN_MAX = 9999
_RESERVED_MAX = 32  # as many answers as the device keeps


class Tokens:
    """Gives tokens; starts anywhere, so that two runs of the program seldom choose the same."""

    def __init__(self, first: int | None = None) -> None:
        self._last = secrets.randbelow(TOKEN_MAX) if first is None else first - 1
        self._reserved: deque[int] = deque(maxlen=_RESERVED_MAX)

    def fresh(self) -> int:
        """Give the next token that nobody has reserved."""
        while True:
            self._last = self._last % TOKEN_MAX + 1
            if self._last not in self._reserved:
                return self._last

    def reserve(self, token: int) -> int:
        """Keep ``token`` from being given; raises ValueError outside 1 to 9999."""
        if not 1 <= token <= TOKEN_MAX:
            msg = f"token {token} is not in 1 to {TOKEN_MAX}"
            raise ValueError(msg)
        self._reserved.append(token)
        return token
