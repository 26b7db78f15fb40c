"""Whether enough of the right people have signed, and who is missing. Touches no file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from backoffice.releases.faults import ReleaseFault, Unfinished
from backoffice.releases.keys import name_of
from backoffice.releases.roles import DELEGATED, RELEASES, ROOT, STAGED, TARGETS

if TYPE_CHECKING:
    from securesystemslib.signer import Key
    from tuf.api.metadata import Metadata, Root, Targets

    from backoffice.releases.repository import Live


class Authority:
    """What is in force together with what is staged: the world as it would be."""

    def __init__(self, live: Live | None, waiting: dict[str, Metadata[Any]]) -> None:
        self._live = live
        self.waiting = waiting
        self.root: Metadata[Root] = self._chosen(ROOT)
        self.targets: Metadata[Targets] = self._chosen(TARGETS)
        self.releases: Metadata[Targets] = self._chosen(RELEASES)

    def _chosen(self, role: str) -> Metadata[Any]:
        found = self.waiting.get(role) or (getattr(self._live, role) if self._live else None)
        if found is None:
            raise ReleaseFault(detail=f"there is no {role}.json yet: begin with `release init`")
        return found

    def check(self) -> None:
        """Raise ``Unfinished`` unless everything is signed by enough of its keys."""
        lacking = [
            f"{role}.json: {count} more of {', '.join(sorted(map(name_of, keys.values())))}"
            for role in STAGED
            for count, keys in self.lacking(role)
        ]
        if lacking:
            raise Unfinished(detail="signatures are missing: " + "; ".join(lacking))

    def lacking(self, role: str) -> list[tuple[int, dict[str, Key]]]:
        """How many signatures are missing and of which keys; a new root needs those of both."""
        metadata: Metadata[Any] = getattr(self, role)
        content, signatures = metadata.signed_bytes, metadata.signatures
        if role == ROOT:
            is_new = ROOT in self.waiting and self._live is not None
            roots = [self.root.signed, *([self._live.root.signed] if is_new and self._live else [])]
            results = [it.get_verification_result(ROOT, content, signatures) for it in roots]
        else:
            delegator = self.root.signed if role == TARGETS else self.targets.signed
            results = [delegator.get_verification_result(role, content, signatures)]
        return [(it.missing, it.unsigned) for it in results if not it.verified]

    def may_sign(self, role: str) -> dict[str, Key]:
        """Keys whose signatures mean something, now or in the world as it would be."""
        delegators: list[Any]
        if role in DELEGATED:
            delegators = [self.targets.signed, *([self._live.targets.signed] if self._live else [])]
        else:
            delegators = [self.root.signed, *([self._live.root.signed] if self._live else [])]
        return {
            keyid: it.get_key(keyid)
            for it in delegators
            for keyid in it.get_delegated_role(role).keyids
        }
