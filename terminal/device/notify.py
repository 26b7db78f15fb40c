"""Tells systemd that the till is ready and alive. Without a supervisor nothing is told.

The protocol is one datagram of ``NAME=value`` lines (sd_notify(3)); the units say
``NotifyAccess=all``, for a launcher may stand between.
"""

from __future__ import annotations

import os
import socket

READY = "READY=1"
ALIVE = "WATCHDOG=1"
STOPPING = "STOPPING=1"


def notify(*lines: str) -> bool:
    """Tell the supervisor; gives whether there was one that could be told.

    Never waits and never fails: a till sells without a supervisor.
    """
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return False
    if address.startswith("@"):  # a name that is no file
        address = "\0" + address[1:]
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.setblocking(False)
        try:
            line.sendto("\n".join(lines).encode(), address)
        except OSError:
            return False
    return True


def status(text: str) -> bool:
    """One line for ``systemctl status``."""
    return notify(f"STATUS={' '.join(text.split())}")


def watchdog_s() -> float | None:
    """How often the supervisor must hear ``ALIVE``: half of its patience; None without one."""
    told = os.environ.get("WATCHDOG_USEC", "")
    return int(told) / 2e6 if told.isdecimal() and int(told) else None
