"""A job as the tests ask for it, and patience until something has come of it."""

from __future__ import annotations

import time

PATIENCE_S = 90


def wanted(**changes):
    told = {"way": "export", "channel": "main", "queue": "main", "what": ["articles"]}
    return {**told, "is_whole": True, **changes}


def until(holds):
    end = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)
