"""What a repository is told as, for people: what is in force, until when, and what waits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from backoffice.releases.authority import Authority
from backoffice.releases.keys import NAME
from backoffice.releases.roles import DUTIES, ROOT, SNAPSHOT, STAGED, TARGETS, TIMESTAMP, TOP

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from tuf.api.metadata import Metadata

    from backoffice.releases.repository import Repository

_IN_FORCE = (*STAGED, SNAPSHOT, TIMESTAMP)


def told_of(role: str, metadata: Metadata[Any]) -> Iterator[str]:
    """What somebody signs: read before signing."""
    signed = metadata.signed
    yield f"{role}.json {signed.version}, good until {signed.expires:%Y-%m-%d %H:%M} UTC"
    for path, file in sorted(getattr(signed, "targets", {}).items()):
        yield f"  {path} sha256 {file.hashes['sha256']}"
    for keyid, key in _keys(signed).items():
        yield f"  key {key.unrecognized_fields.get(NAME, '?')} {keyid}"


def status(repository: Repository, moment: datetime) -> Iterator[str]:
    """Lines about a repository."""
    live, waiting = repository.live(), repository.waiting()
    for role in _IN_FORCE if live else ():
        metadata = getattr(live, role)
        left = metadata.signed.expires - moment
        word = "EXPIRED" if left.total_seconds() <= 0 else f"{left.days} days left"
        yield f"{role} {metadata.signed.version}\t{metadata.signed.expires:%Y-%m-%d}\t{word}"
    if live:
        for role in DUTIES:
            holder = live.root.signed if role in TOP else live.targets.signed
            given = holder.get_delegated_role(role)
            names = ", ".join(
                sorted(
                    str(holder.get_key(it).unrecognized_fields.get(NAME, it[:12]))
                    for it in given.keyids
                )
            )
            yield f"{role}: {given.threshold} of {names}"
        yield from sorted(live.releases.signed.targets)
    if waiting:
        authority = Authority(live, waiting)
        for role in waiting:
            missing = sum(count for count, _ in authority.lacking(role))
            yield f"staged {role}.json: {missing} signatures are missing"


def _keys(signed: Any) -> dict[str, Any]:  # noqa: ANN401 (one of four kinds of metadata)
    if signed.type == ROOT:
        return dict(signed.keys)
    if signed.type == TARGETS and signed.delegations:
        return dict(signed.delegations.keys)
    return {}
