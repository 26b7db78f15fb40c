"""The folder from which tills fetch releases: what is in force, and what waits for signatures.

``metadata/`` and ``targets/`` are served as they are, ``staged/`` is not. What is in force is what
``timestamp.json`` leads to; other files may lie about after a power cut and mean nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import Metadata, Root, Snapshot, Targets, Timestamp
from tuf.api.serialization import DeserializationError

from backoffice.releases.faults import ReleaseFault
from backoffice.releases.files import make_folder, sync_folder, write_whole
from backoffice.releases.roles import RELEASES, ROOT, SNAPSHOT, STAGED, TARGETS, TIMESTAMP

if TYPE_CHECKING:
    from pathlib import Path

METADATA_BYTES_MAX = 4 * 1024 * 1024

Kind = TypeVar("Kind", Root, Timestamp, Snapshot, Targets)


@dataclass(frozen=True, slots=True)
class Live:
    """What is in force."""

    root: Metadata[Root]
    targets: Metadata[Targets]
    releases: Metadata[Targets]
    snapshot: Metadata[Snapshot]
    timestamp: Metadata[Timestamp]


@dataclass(frozen=True, slots=True)
class Repository:
    """Paths and reading; who may change what is decided elsewhere."""

    folder: Path

    @property
    def metadata(self) -> Path:
        """Signed metadata, as served."""
        return self.folder / "metadata"

    @property
    def targets(self) -> Path:
        """Bundles under the names that hold their hashes, as served."""
        return self.folder / "targets"

    @property
    def staged(self) -> Path:
        """Metadata that waits for signatures, one file for each role."""
        return self.folder / "staged"

    @property
    def staged_files(self) -> Path:
        """Bundles that wait with it."""
        return self.staged / "files"

    def live(self) -> Live | None:
        """What is in force, None before the first time; raises ``ReleaseFault`` for a torn one."""
        root = self.root()
        if root is None or not (self.metadata / "timestamp.json").exists():
            return None
        timestamp = read(self.metadata / "timestamp.json", Timestamp)
        snapshot = self._version(SNAPSHOT, timestamp.signed.snapshot_meta.version, Snapshot)
        versions = {name: file.version for name, file in snapshot.signed.meta.items()}
        try:
            targets = self._version(TARGETS, versions[f"{TARGETS}.json"], Targets)
            releases = self._version(RELEASES, versions[f"{RELEASES}.json"], Targets)
        except KeyError as error:
            detail = f"{self.metadata}: the snapshot does not name {error}"
            raise ReleaseFault(detail=detail) from None
        return Live(root, targets, releases, snapshot, timestamp)

    def needed(self) -> Live:
        """What is in force; raises ``ReleaseFault`` when nothing is."""
        live = self.live()
        if live is None:
            raise ReleaseFault(detail=f"{self.folder}: no repository: begin with `release init`")
        return live

    def root(self) -> Metadata[Root] | None:
        """The newest root."""
        version = 0
        while (self.metadata / f"{version + 1}.{ROOT}.json").exists():
            version += 1
        return self._version(ROOT, version, Root) if version else None

    def waiting(self) -> dict[str, Metadata[Any]]:
        """Staged metadata by role; what a crash left behind and is in force already is not."""
        live, found = self.live(), {}
        for role in STAGED:
            path = self.staged / f"{role}.json"
            if path.exists():
                metadata: Metadata[Any] = read(path, Root if role == ROOT else Targets)
                if live is None or metadata.signed != getattr(live, role).signed:
                    found[role] = metadata
        return found

    def stage(self, role: str, metadata: Metadata[Any]) -> Path:
        """Keep metadata until enough people have signed it."""
        path = self.staged / f"{role}.json"
        write_whole(path, metadata.to_bytes())
        return path

    def put(self, role: str, metadata: Metadata[Any]) -> None:
        """Place metadata where it is served; the timestamp is what brings it into force."""
        name = f"{role}.json" if role == TIMESTAMP else f"{metadata.signed.version}.{role}.json"
        write_whole(self.metadata / name, metadata.to_bytes())

    def clear_staged(self) -> None:
        """Forget what waited."""
        for path in sorted(self.staged.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        if self.staged.is_dir():
            sync_folder(self.staged)

    def prepare(self) -> None:
        """Make the folders."""
        for folder in (self.metadata, self.targets, self.staged):
            make_folder(folder)

    def _version(self, role: str, version: int, kind: type[Kind]) -> Metadata[Kind]:
        return read(self.metadata / f"{version}.{role}.json", kind)


def read(path: Path, kind: type[Kind]) -> Metadata[Kind]:
    """Metadata of one kind from a file; raises ``ReleaseFault`` that names the file."""
    try:
        with path.open("rb") as opened:
            content = opened.read(METADATA_BYTES_MAX + 1)
        if len(content) > METADATA_BYTES_MAX:
            raise ReleaseFault(detail=f"{path}: too large for metadata")
        found: Metadata[Any] = Metadata.from_bytes(content)
    except OSError as error:
        raise ReleaseFault(detail=f"{path}: cannot be read: {error.strerror}") from None
    except (DeserializationError, RepositoryError) as error:
        raise ReleaseFault(detail=f"{path}: not signed metadata: {error}") from None
    if not isinstance(found.signed, kind):
        raise ReleaseFault(detail=f"{path}: expected {kind.type}, found {found.signed.type}")
    return found
