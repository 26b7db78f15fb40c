"""Brings what is staged into force, and renews what the office signs by itself.

Every file is new but the timestamp: until it is replaced nothing has changed, so a crash at any
step leaves the old repository whole. A new root comes last, when all that it vouches for is there;
signatures of keys that are going stay beside those of their successors, so that a till that is
between the two roots finds either.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tuf.api.metadata import Metadata, MetaFile, Snapshot, Timestamp

from backoffice.releases.authority import Authority
from backoffice.releases.faults import ReleaseFault
from backoffice.releases.files import copy_whole
from backoffice.releases.roles import DUTIES, RELEASES, ROOT, SNAPSHOT, STAGED, TARGETS, TIMESTAMP

if TYPE_CHECKING:
    from collections.abc import Container, Sequence
    from datetime import datetime

    from securesystemslib.signer import CryptoSigner

    from backoffice.releases.repository import Live, Repository


def commit(repository: Repository, online: Sequence[CryptoSigner], moment: datetime) -> list[str]:
    """Put all that is staged into force; says which files.

    Raises ``Unfinished`` while people must sign, ``ReleaseFault`` when it does not fit to what is
    in force, or when an online key is missing.
    """
    authority = check(repository, moment)
    live, waiting = repository.live(), authority.waiting
    snapshot = _next_snapshot(live, authority, moment)
    timestamp = _next_timestamp(live, snapshot, moment)
    for role, made in ((SNAPSHOT, snapshot), (TIMESTAMP, timestamp)):
        _sign_online(role, made, authority, online)
    for role, metadata in waiting.items():
        _drop_strangers(metadata, authority.may_sign(role))
    for path in sorted(repository.staged_files.rglob("*")):
        if path.is_file():
            copy_whole(path, repository.targets / path.relative_to(repository.staged_files))
    for role in (TARGETS, RELEASES):
        if role in waiting:
            repository.put(role, waiting[role])
    repository.put(SNAPSHOT, snapshot)
    repository.put(TIMESTAMP, timestamp)
    if ROOT in waiting:
        repository.put(ROOT, waiting[ROOT])
    repository.clear_staged()
    return [f"{it.signed.version}.{role}.json" for role, it in waiting.items()]


def check(repository: Repository, moment: datetime) -> Authority:
    """The world as it would be; raises like ``commit``, but for the online keys."""
    live, waiting = repository.live(), repository.waiting()
    if not waiting:
        raise ReleaseFault(detail=f"{repository.staged}: nothing waits there")
    for role, metadata in waiting.items():
        _check_next(role, metadata, live, moment)
    authority = Authority(live, waiting)
    authority.check()
    return authority


def renew(repository: Repository, online: Sequence[CryptoSigner], moment: datetime) -> bool:
    """Sign a new timestamp, and a new snapshot, when it is time; True when it was."""
    live = repository.live()
    if live is None:
        return False
    authority = Authority(live, {})
    is_old = _is_half_over(SNAPSHOT, live.snapshot, moment)
    if not is_old and not _is_half_over(TIMESTAMP, live.timestamp, moment):
        return False
    snapshot = _next_snapshot(live, authority, moment) if is_old else live.snapshot
    timestamp = _next_timestamp(live, snapshot, moment)
    if is_old:
        _sign_online(SNAPSHOT, snapshot, authority, online)
    _sign_online(TIMESTAMP, timestamp, authority, online)
    if is_old:
        repository.put(SNAPSHOT, snapshot)
    repository.put(TIMESTAMP, timestamp)
    return True


def _check_next(role: str, metadata: Metadata[Any], live: Live | None, moment: datetime) -> None:
    expected = getattr(live, role).signed.version + 1 if live else 1
    found = metadata.signed.version
    if found != expected:
        detail = f"{role}.json is version {found}, expected {expected}: another change came first"
        raise ReleaseFault(detail=f"{detail}; stage it again")
    if metadata.signed.expires <= moment:
        raise ReleaseFault(detail=f"{role}.json expired while it waited: stage it again")


def _drop_strangers(metadata: Metadata[Any], allowed: Container[str]) -> None:
    """Take away signatures that were added by mistake; nobody would count them."""
    for keyid in [it for it in metadata.signatures if it not in allowed]:
        del metadata.signatures[keyid]


def _next_snapshot(live: Live | None, authority: Authority, moment: datetime) -> Metadata[Snapshot]:
    version = live.snapshot.signed.version + 1 if live else 1
    meta = {
        f"{role}.json": MetaFile(getattr(authority, role).signed.version)
        for role in STAGED
        if role != ROOT
    }
    expires = moment.replace(microsecond=0) + DUTIES[SNAPSHOT].life
    return Metadata(Snapshot(version, expires=expires, meta=meta))


def _next_timestamp(
    live: Live | None, snapshot: Metadata[Snapshot], moment: datetime
) -> Metadata[Timestamp]:
    version = live.timestamp.signed.version + 1 if live else 1
    expires = moment.replace(microsecond=0) + DUTIES[TIMESTAMP].life
    file = MetaFile(snapshot.signed.version)
    return Metadata(Timestamp(version, expires=expires, snapshot_meta=file))


def _sign_online(
    role: str, metadata: Metadata[Any], authority: Authority, online: Sequence[CryptoSigner]
) -> None:
    allowed = authority.may_sign(role)
    for signer in online:
        if signer.public_key.keyid in allowed:
            metadata.sign(signer, append=True)
    root = authority.root.signed
    if not root.get_verification_result(role, metadata.signed_bytes, metadata.signatures):
        raise ReleaseFault(detail=f"the online key of {role} is missing: see --online-keys")


def _is_half_over(role: str, metadata: Metadata[Any], moment: datetime) -> bool:
    left = metadata.signed.expires - moment
    return bool(left < DUTIES[role].life / 2)
