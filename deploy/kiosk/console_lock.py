"""Locks the Linux console to the till's: no key switches to another one. Run as root, once.

Undone by: python3 console_lock.py unlock
"""

from __future__ import annotations

import fcntl
import os
import sys

# linux/vt.h
_ACTIVATE, _WAITACTIVE, _LOCK, _UNLOCK = 0x5606, 0x5607, 0x560B, 0x560C
_CONSOLE = 1


def main(is_locked: bool) -> None:  # noqa: FBT001 - one switch
    """Show the till's console and stay there, or let the keys switch again."""
    tty = os.open("/dev/tty0", os.O_RDWR | os.O_NOCTTY)
    try:
        # A locked console does not switch for us either.
        fcntl.ioctl(tty, _UNLOCK, 0)
        if is_locked:
            fcntl.ioctl(tty, _ACTIVATE, _CONSOLE)
            fcntl.ioctl(tty, _WAITACTIVE, _CONSOLE)
            fcntl.ioctl(tty, _LOCK, 0)
    finally:
        os.close(tty)


if __name__ == "__main__":
    main("unlock" not in sys.argv[1:])
