"""Keeps the administrator's token in a file that only its owner can read."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from backoffice.errors import BadSetting
from backoffice.private_file import kept
from backoffice.secret import new_token


def place_of(db_url: str) -> Path:
    """File beside an SQLite database; raises ``BadSetting`` where there is no such place."""
    try:
        url = make_url(db_url)
    except ArgumentError as error:
        raise BadSetting(detail=f"{error}") from None
    if url.get_backend_name() != "sqlite" or not url.database:
        raise BadSetting(detail="say with --admin-token-file where the token shall lie")
    return Path(url.database).with_suffix(".admin-token")


def kept_token(place: Path) -> str:
    """The token in the file; made with mode 0600 when there is none.

    Raises ``BadSetting`` for an empty file or one that others may read.
    """
    token = kept(place, new_token)
    if not token:
        raise BadSetting(detail=f"{place} is empty: remove it, and a new token is made")
    return token
