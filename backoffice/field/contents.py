"""The contents of attachments: taken piece by piece, checked, given out, forgotten. No HTTP.

A content is named by its SHA-256 and kept once for the company. It lies in the database, so that
whoever copies that, or puts it back, has the files as well.
"""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select, update

from backoffice.errors import BadContent, BadRequest, Conflict, NoRoom, NotFound, TooLarge
from backoffice.moments import stamp
from backoffice.store.engine import reading
from backoffice.store.tables import attachment_chunk, attachment_content, data_row
from backoffice.store.upsert import insert_if_absent
from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from sqlalchemy import Connection, Engine

# What the files of one company may fill.
ROOM_BYTES = 1024**3
# A content that no row names: its row may be on its way, or may be put back.
KEPT_FOR = timedelta(days=7)
_NAMED = re.compile(r'"sha256":"([0-9a-f]{64})"')
_SHA256 = re.compile(wire.SHA256_PATTERN)
_OF, _CHUNK = attachment_content.c, attachment_chunk.c


def held(connection: Connection, sha256: str) -> wire.Held:
    """How much of a content is here; nothing of it is no error."""
    row = connection.execute(select(attachment_content).where(_OF.sha256 == _name(sha256))).first()
    received, is_whole = (row.received, row.is_whole) if row else (0, False)
    return wire.Held(sha256, received, is_whole)


def put(
    connection: Connection, sha256: str, offset: int, size: int, chunk: bytes, moment: datetime
) -> wire.Held:
    """Take the next piece of a content of ``size`` bytes; what is whole already stays as it is.

    Raises ``Conflict`` when it is not the next one, ``TooLarge`` beyond the agreed sizes,
    ``NoRoom`` when the company's share is full, ``BadRequest`` for an impossible place. When the
    sum is wrong at the end all of it is thrown away, and nothing is held: that is no error here,
    for it must be written.
    """
    _check(offset, size, chunk)
    known = _locked(connection, _name(sha256), size, moment)
    if known.is_whole:
        return known
    if known.received != offset:
        told = f"the office holds {known.received} bytes of it: go on there"
        raise Conflict(detail=told, received=known.received, is_whole=False)
    row = {"sha256": sha256, "start": offset, "content": chunk}
    connection.execute(insert(attachment_chunk), [row])
    received = offset + len(chunk)
    is_whole = received == size and _sum(connection, sha256) == sha256
    if received == size and not is_whole:
        remove(connection, sha256)
        return wire.Held(sha256, 0, is_whole=False)
    here = update(attachment_content).where(_OF.sha256 == sha256)
    now = {"received": received, "is_whole": is_whole, "at": stamp(moment)}
    connection.execute(here.values(**now))
    return wire.Held(sha256, received, is_whole)


def wrong_sum(sha256: str) -> BadContent:
    """What the sender of a wrong content is told."""
    return BadContent(detail=f"the bytes are not those of {sha256[:16]}…: send them again from 0")


def keep(
    connection: Connection, sha256: str, size: int, parts: Iterable[bytes], moment: datetime
) -> wire.Held:
    """Take a whole content at once, all of it or an error.

    Raises what ``put`` does, and ``BadContent`` when the bytes are others or not so many.
    """
    known = held(connection, sha256)
    if known.is_whole:
        return known
    remove(connection, sha256)
    offset = 0
    for piece in _pieces(parts):
        known = put(connection, sha256, offset, size, piece, moment)
        offset = known.received
    if not known.is_whole:
        remove(connection, sha256)
        raise wrong_sum(sha256)
    return known


def parts(connection: Connection, sha256: str) -> Iterator[bytes]:
    """The bytes of a whole content, a piece at a time; raises ``NotFound`` at once."""
    size_of(connection, sha256)
    return _parts(connection, sha256)


def size_of(connection: Connection, sha256: str) -> int:
    """How long a whole content is; raises ``NotFound`` for one that is not, or not yet."""
    chosen = select(_OF.size).where(_OF.sha256 == _name(sha256), _OF.is_whole)
    size = connection.scalar(chosen)
    if size is None:
        raise NotFound(detail="the office does not have this content")
    return int(size)


def between(engine: Engine, sha256: str, first: int, last: int) -> Iterator[bytes]:
    """Bytes of a whole content, both ends included.

    Each piece is read in a transaction of its own: a slow reader holds no database open.
    """
    while first <= last:
        with reading(engine) as connection:
            chosen = select(_CHUNK.start, _CHUNK.content).where(
                _CHUNK.sha256 == sha256, _CHUNK.start <= first
            )
            row = connection.execute(chosen.order_by(_CHUNK.start.desc()).limit(1)).first()
        piece = row.content[first - row.start : last - row.start + 1] if row else b""
        if not piece:
            return
        yield piece
        first += len(piece)


def which(connection: Connection, names: Iterable[str]) -> set[str]:
    """Those of these contents that are whole here."""
    wanted = list(names)
    chosen = select(_OF.sha256).where(_OF.sha256.in_(wanted), _OF.is_whole)
    return set(connection.scalars(chosen)) if wanted else set()


def touch(connection: Connection, sha256: str, moment: datetime) -> None:
    """Have a content wait anew before it is forgotten: its last row goes now."""
    here = update(attachment_content).where(_OF.sha256 == sha256)
    connection.execute(here.values(at=stamp(moment)))


def remove(connection: Connection, sha256: str) -> None:
    """Forget a content."""
    connection.execute(delete(attachment_chunk).where(_CHUNK.sha256 == sha256))
    connection.execute(delete(attachment_content).where(_OF.sha256 == sha256))


def sweep(connection: Connection, moment: datetime) -> int:
    """Forget contents that no living row has named for days; how many."""
    old = set(connection.scalars(select(_OF.sha256).where(_OF.at < stamp(moment - KEPT_FOR))))
    unnamed = old - _named(connection) if old else old
    for sha256 in unnamed:
        remove(connection, sha256)
    return len(unnamed)


def is_named(connection: Connection, sha256: str) -> bool:
    """Whether a living row of any shop names the content."""
    return sha256 in _named(connection)


def _named(connection: Connection) -> set[str]:
    living = data_row.c.set_name == "attachments", data_row.c.is_removed.is_(False)
    chosen = select(data_row.c.body).where(*living)
    found: set[str] = set()
    for row in connection.execute(chosen, execution_options={"yield_per": 2000}):
        found.update(_NAMED.findall(row.body))
    return found


def _check(offset: int, size: int, chunk: bytes) -> None:
    if size > wire.ATTACHMENT_BYTES_MAX:
        most = wire.ATTACHMENT_BYTES_MAX // 1024**2
        raise TooLarge(detail=f"a file of {size} bytes: at most {most} MiB")
    if len(chunk) > wire.CHUNK_BYTES_MAX:
        raise TooLarge(detail=f"more than {wire.CHUNK_BYTES_MAX} bytes in one piece")
    if not chunk or not 0 <= offset < offset + len(chunk) <= size:
        raise BadRequest(detail=f"{len(chunk)} bytes at {offset} are no piece of {size}")


def _locked(connection: Connection, sha256: str, size: int, moment: datetime) -> wire.Held:
    """What is known of a content, held until the end of the transaction; a new one begins.

    One that was begun with another size begins anew: who said so was wrong, or is.
    """
    chosen = select(attachment_content).where(_OF.sha256 == sha256).with_for_update()
    row = connection.execute(chosen).first()
    if row is not None and (row.is_whole or row.size == size):
        return wire.Held(sha256, row.received, row.is_whole)
    if row is not None:
        remove(connection, sha256)
    sweep(connection, moment)
    taken = int(connection.scalar(select(func.coalesce(func.sum(_OF.size), 0))) or 0)
    if taken + size > ROOM_BYTES:
        most = ROOM_BYTES // 1024**2
        raise NoRoom(detail=f"the attachments of the company fill their {most} MiB: remove some")
    first = {"sha256": sha256, "size": size, "received": 0, "is_whole": False}
    insert_if_absent(connection, attachment_content, {**first, "at": stamp(moment)})
    row = connection.execute(chosen).one()
    return wire.Held(sha256, row.received, row.is_whole)


def _sum(connection: Connection, sha256: str) -> str:
    made = hashlib.sha256()
    for piece in _parts(connection, sha256):
        made.update(piece)
    return made.hexdigest()


def _parts(connection: Connection, sha256: str) -> Iterator[bytes]:
    start = 0
    chosen = select(_CHUNK.content).where(_CHUNK.sha256 == sha256)
    while piece := connection.scalar(chosen.where(_CHUNK.start == start)):
        yield bytes(piece)
        start += len(piece)


def _pieces(parts: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces that the office takes."""
    for part in parts:
        for start in range(0, len(part), wire.CHUNK_BYTES_MAX):
            yield part[start : start + wire.CHUNK_BYTES_MAX]


def _name(sha256: str) -> str:
    if not _SHA256.fullmatch(sha256):
        raise BadRequest(detail="sha256: expected 64 hex digits")
    return sha256
