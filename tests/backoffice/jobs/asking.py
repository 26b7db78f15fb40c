"""A job as the tests ask for it."""

from __future__ import annotations


def wanted(**changes):
    told = {"way": "export", "channel": "main", "queue": "main", "what": ["articles"]}
    return {**told, "is_whole": True, **changes}
