"""The releases as a running office has them: what tills fetch, and which one each of them shall.

The office renews what is signed online and signs assignments; releases it cannot make. One that
serves a copy of somebody else's repository has a key for its assignments and no other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from hashlib import sha256
from threading import Lock
from typing import TYPE_CHECKING

import msgspec
from tuf.api.metadata import Metadata, TargetFile, Targets

from backoffice.errors import NotFound
from backoffice.releases.commit import renew
from backoffice.releases.faults import ReleaseFault
from backoffice.releases.files import locked
from backoffice.releases.keys import online_signers
from backoffice.releases.publishing import custom_of
from backoffice.releases.repository import METADATA_BYTES_MAX, Repository
from backoffice.releases.roles import ASSIGNMENTS, DUTIES, SNAPSHOT, TIMESTAMP
from terminal.sync import wire

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from securesystemslib.signer import CryptoSigner

    from backoffice.releases.repository import Live
    from backoffice.rollouts import Wish

_METADATA = re.compile(r"(timestamp|[1-9][0-9]{0,9}\.(root|targets|snapshot|releases))\.json")
_TARGET = re.compile(r"([0-9a-f]{64})\.kasoterminal-[A-Za-z0-9_.-]{1,150}\.(tar|sbom\.json)")
_CHANNEL = re.compile(wire.CHANNEL_PATTERN)


@dataclass(frozen=True, slots=True)
class Served:
    """A file that may be sent; ``is_final`` when its name will never mean other bytes."""

    path: Path
    etag: str
    is_final: bool


@dataclass(slots=True)
class _Cache:
    """What is in force, for as long as the timestamp is the same file."""

    stamp: tuple[int, int] = (0, 0)
    live: Live | None = None
    lock: Lock = field(default_factory=Lock)


@dataclass(frozen=True, slots=True)
class Shelf:
    """A repository of releases, and the folder with the office's own keys, if it has any."""

    repository: Repository
    keys: Path | None = None
    _cache: _Cache = field(default_factory=_Cache)

    def metadata(self, name: str) -> Served:
        """A file of metadata; raises ``NotFound``."""
        if not _METADATA.fullmatch(name):
            raise NotFound(detail="no such metadata")
        path = self.repository.metadata / name
        try:
            if path.is_symlink() or path.stat().st_size > METADATA_BYTES_MAX:
                raise NotFound(detail="no such metadata")
            etag = sha256(path.read_bytes()).hexdigest()
        except OSError:
            raise NotFound(detail="no such metadata") from None
        return Served(path, etag, is_final=name != f"{TIMESTAMP}.json")

    def target(self, channel: str, name: str) -> Served:
        """A bundle or its list of parts, by the name that holds its hash; raises ``NotFound``."""
        named = _TARGET.fullmatch(name)
        path = self.repository.targets / "kasoterminal" / channel / name
        if not named or not _CHANNEL.search(channel) or path.is_symlink() or not path.is_file():
            raise NotFound(detail="no such target")
        return Served(path, named[1], is_final=True)

    def live(self) -> Live | None:
        """What is in force, None for none or a repository that cannot be read."""
        try:
            told = (self.repository.metadata / f"{TIMESTAMP}.json").stat()
            stamp = told.st_mtime_ns, told.st_ino
            with self._cache.lock:
                if stamp != self._cache.stamp:
                    self._cache.live = self.repository.live()
                    self._cache.stamp = stamp
                return self._cache.live
        except (OSError, ReleaseFault):
            return None

    def renew(self, moment: datetime) -> bool:
        """Sign what is due; raises ``ReleaseFault`` when one of the two keys is missing."""
        signers = self._signers(SNAPSHOT, TIMESTAMP)
        if not signers or not self.repository.metadata.is_dir():
            return False
        with locked(self.repository.folder):
            return renew(self.repository, signers, moment)

    def answer(
        self, terminal: str, wish: Wish, platform: str, channel: str, moment: datetime
    ) -> wire.ReleaseAnswer:
        """What a till is told about its wish: the target here, and the office's signature."""
        answer = wire.ReleaseAnswer(
            wish.version, is_paused=wish.is_paused, is_forced=wish.is_forced
        )
        live = self.live()
        name = wire.target_of(channel, wish.version, platform)
        file = live.releases.signed.targets.get(name) if live else None
        custom = custom_of(file) if file else None
        if file is None or custom is None:
            return answer
        assignment = self._assignment(terminal, wish, file, custom.counter, moment)
        return msgspec.structs.replace(answer, target=name, assignment=assignment)

    def has(self, version: str) -> bool:
        """Whether a version is published, for whatever platform and channel."""
        live = self.live()
        files = live.releases.signed.targets.values() if live else ()
        return any(custom.version == version for custom in map(custom_of, files) if custom)

    def _assignment(
        self, terminal: str, wish: Wish, file: TargetFile, counter: int, moment: datetime
    ) -> str:
        signers = self._signers(ASSIGNMENTS) if self.keys else []
        if not signers:
            return ""
        custom = wire.AssignmentCustom(
            terminal,
            wish.version,
            counter,
            is_forced=wish.is_forced,
            may_go_back=wish.may_go_back,
        )
        target = TargetFile(
            file.length, file.hashes, file.path, {"custom": msgspec.to_builtins(custom)}
        )
        expires = moment.replace(microsecond=0) + DUTIES[ASSIGNMENTS].life
        # A number of nought is no version in TUF.
        # Before the first change the number is nought, which is no version in TUF.
        signed = Targets(wish.number + 1, expires=expires, targets={file.path: target})
        metadata = Metadata(signed)
        for signer in signers:
            metadata.sign(signer, append=True)
        return metadata.to_bytes().decode()

    def _signers(self, *roles: str) -> list[CryptoSigner]:
        return online_signers(self.keys, roles) if self.keys else []
