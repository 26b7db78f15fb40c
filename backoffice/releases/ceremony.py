"""Stages what people are to sign: a new repository, other keys, another expiry. Signs it as well.

Whatever is staged waits in the repository's own folder or travels to whoever signs it; what is
staged twice is one change. Nothing here comes into force: that is ``commit``.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from tuf.api.metadata import DelegatedRole, Delegations, Metadata, Role, Root, Targets

from backoffice.releases.authority import Authority
from backoffice.releases.faults import ReleaseFault
from backoffice.releases.keys import name_of, role_of
from backoffice.releases.repository import read
from backoffice.releases.roles import (
    ASSIGNMENTS,
    DELEGATED,
    DUTIES,
    PATHS,
    RELEASES,
    ROOT,
    STAGED,
    TARGETS,
    TOP,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from securesystemslib.signer import CryptoSigner, Key

    from backoffice.releases.repository import Repository


def begin(repository: Repository, keys: Mapping[str, Sequence[Key]], moment: datetime) -> None:
    """Stage a new repository of which these are the keys."""
    if repository.root() is not None:
        raise ReleaseFault(detail=f"{repository.folder}: a repository is there already")
    if repository.waiting():
        raise ReleaseFault(detail=f"{repository.staged}: a new repository waits for signatures")
    for role, duty in DUTIES.items():
        if len(keys[role]) < duty.keys:
            detail = f"{role}: {duty.keys} keys are needed, found {len(keys[role])}"
            raise ReleaseFault(detail=f"{detail}: make them with `release keys`")
    repository.prepare()
    roles = {role: Role([], DUTIES[role].threshold) for role in TOP}
    root = Root(expires=_until(ROOT, moment), roles=roles, consistent_snapshot=True)
    # The first role of which a path is one is asked, and the search ends with it.
    delegated = {
        role: DelegatedRole(role, [], DUTIES[role].threshold, terminating=True, paths=list(PATHS))
        for role in (RELEASES, ASSIGNMENTS)
    }
    targets = Targets(expires=_until(TARGETS, moment), delegations=Delegations({}, delegated))
    for role, several in keys.items():
        for key in several:
            (targets if role in DELEGATED else root).add_key(key, role)
    repository.stage(ROOT, Metadata(root))
    repository.stage(TARGETS, Metadata(targets))
    repository.stage(RELEASES, Metadata(Targets(expires=_until(RELEASES, moment))))


def rotate(
    repository: Repository,
    role: str,
    moment: datetime,
    add: Iterable[Key] = (),
    remove: Iterable[str] = (),
) -> None:
    """Stage other keys of a role, or with none named only a later expiry.

    ``remove`` holds names or ids. What a removed key had signed is staged again for those who stay.
    """
    added, removed = list(add), list(remove)
    if not added and not removed:
        if role not in STAGED:
            raise ReleaseFault(detail=f"{role} is renewed by the office itself")
        repository.stage(role, next_of(repository, role, moment))
        return
    holder = TARGETS if role in DELEGATED else ROOT
    delegator = next_of(repository, holder, moment)
    for key in added:
        if role_of(key) != role:
            raise ReleaseFault(detail=f"{name_of(key)} was made for another role than {role}")
        delegator.signed.add_key(key, role)
    for named in removed:
        delegator.signed.revoke_key(_id_of(delegator.signed, role, named), role)
    duty, left = DUTIES[role], len(delegator.signed.get_delegated_role(role).keyids)
    if left < duty.threshold:
        detail = f"{role}: {left} keys would be left, {duty.threshold} must sign: add one"
        raise ReleaseFault(detail=detail)
    repository.stage(holder, delegator)
    if role in (TARGETS, RELEASES):
        authority = Authority(repository.needed(), repository.waiting())
        if authority.lacking(role):
            repository.stage(role, next_of(repository, role, moment))


def next_of(repository: Repository, role: str, moment: datetime) -> Metadata[Any]:
    """The next version of what is in force, or what is staged of it, without signatures."""
    metadata = repository.waiting().get(role)
    if metadata is None:
        metadata = deepcopy(getattr(repository.needed(), role))
        metadata.signed.version += 1
    metadata.signatures.clear()
    metadata.signed.expires = _until(role, moment)
    return metadata


def sign_all(repository: Repository, signers: Iterable[CryptoSigner]) -> list[str]:
    """Sign everything staged that each may sign; says what was signed by whom.

    Raises ``ReleaseFault`` for a key that may sign nothing of it.
    """
    waiting = repository.waiting()
    authority = Authority(repository.live(), waiting)
    said: list[str] = []
    for signer in signers:
        mine = [role for role in waiting if signer.public_key.keyid in authority.may_sign(role)]
        if not mine:
            detail = f"key {signer.public_key.keyid[:12]} may sign none of: {', '.join(waiting)}"
            raise ReleaseFault(detail=detail)
        for role in mine:
            waiting[role].sign(signer, append=True)
            name = name_of(authority.may_sign(role)[signer.public_key.keyid])
            said.append(f"{role}.json {waiting[role].signed.version} signed by {name}")
    for role, metadata in waiting.items():
        repository.stage(role, metadata)
    return said


def sign_file(path: Path, signers: Iterable[CryptoSigner]) -> Metadata[Any]:
    """Add signatures to one file that has travelled; whether they count shows when it is back."""
    kind = Root if path.name == f"{ROOT}.json" else Targets
    metadata: Metadata[Any] = read(path, kind)
    for signer in signers:
        metadata.sign(signer, append=True)
    return metadata


def _id_of(delegator: Root | Targets, role: str, named: str) -> str:
    keys = [delegator.get_key(keyid) for keyid in delegator.get_delegated_role(role).keyids]
    found = [key for key in keys if named == name_of(key) or key.keyid.startswith(named)]
    if len(found) != 1:
        known = ", ".join(sorted(map(name_of, keys)))
        raise ReleaseFault(detail=f"{role}: no key, or more than one, is {named!r}: {known}")
    return str(found[0].keyid)


def _until(role: str, moment: datetime) -> datetime:
    return moment.replace(microsecond=0) + DUTIES[role].life
