"""Proves by TUF what a release is and that nothing newer was kept from us. Installs nothing.

The trust begins with the root file that was installed with the till, never with the cache: of that
one only the memory of what was newest is lost with it. TUF writes it without fsync; here it is on
the disk before anybody hears of a success. What is older than the floor is refused elsewhere
(``terminal.update.offer``), for a cache may get lost as a whole.

Import this module where something is fetched and not before: TUF costs a third of a second.
"""

from __future__ import annotations

import fcntl
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, BinaryIO

from tuf.api.exceptions import (
    BadVersionNumberError,
    DownloadError,
    DownloadLengthMismatchError,
    ExpiredMetadataError,
    LengthOrHashMismatchError,
    RepositoryError,
)
from tuf.api.metadata import Metadata, Targets
from tuf.ngclient.config import UpdaterConfig
from tuf.ngclient.updater import Updater

from terminal.errors import Code, SyncError
from terminal.sync.refusal import short
from terminal.update.durable import make_folder, sync_tree
from terminal.update.fetching import Offline

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tuf.api.metadata import TargetFile
    from tuf.ngclient.fetcher import FetcherInterface

ASSIGNMENTS = "assignments"
_LISTS_BYTES_MAX = 4 * 1024 * 1024
_ROTATIONS_MAX, _DELEGATIONS_MAX = 256, 32
# What was fresh when it was fetched stays proven.
_NO_EXPIRY = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Target:
    """A file that the list of releases vouches for; ``custom`` is what it says of it."""

    name: str
    size: int
    sha256: str
    custom: Any
    info: TargetFile

    def check(self, file: BinaryIO) -> None:
        """Read all of ``file``; raises E-164 unless it is the one."""
        with _told():
            self.info.verify_length_and_hashes(file)


@dataclass(frozen=True, slots=True)
class Assigned:
    """What a signed assignment says: its own number, and its one target."""

    number: int
    target: Target


class Lists:
    """The lists of releases during one session; ``now`` is when they must not have run out."""

    def __init__(self, updater: Updater, folder: Path, now: datetime) -> None:
        # TUF asks the system's clock, and has no other way to be told a better one.
        updater._trusted_set.reference_time = now  # noqa: SLF001
        self._updater = updater
        self._folder = folder
        self._now = now

    def refresh(self) -> None:
        """Have the newest lists; raises ``SyncError`` E-60, E-161 to E-166."""
        with _told():
            self._updater.refresh()

    def find(self, name: str) -> Target | None:
        """The target called so; refreshes first. Raises as ``refresh`` does."""
        with _told():
            info = self._updater.get_targetinfo(name)
        return None if info is None else _target(info)

    def download(self, target: Target, path: Path, base_url: str) -> None:
        """Fetch a small target at once; see ``terminal.update.download`` for a bundle."""
        with _told():
            self._updater.download_target(target.info, str(path), base_url)

    def assigned(self, raw: bytes, *, is_needed: bool = True) -> Assigned | None:
        """What the signed assignment ``raw`` says; None when nobody may sign such. After ``find``.

        Without ``is_needed`` there may be none. Raises E-161 when it has run out, E-162 when it is
        not signed by who may.
        """
        with _told():
            kept = (self._folder / "targets.json").read_bytes()
            delegator = Metadata[Targets].from_bytes(kept).signed
            roles = delegator.delegations.roles if delegator.delegations else None
            if not roles or ASSIGNMENTS not in roles or not (raw or is_needed):
                return None
            signed_list = Metadata[Targets].from_bytes(raw)
            delegator.verify_delegate(ASSIGNMENTS, signed_list.signed_bytes, signed_list.signatures)
            signed = signed_list.signed
        if signed.is_expired(self._now):
            raise SyncError(Code.RELEASES_EXPIRED, detail=ASSIGNMENTS)
        if len(signed.targets) != 1:
            raise SyncError(Code.NOT_GENUINE, detail=ASSIGNMENTS)
        (info,) = signed.targets.values()
        return Assigned(signed.version, _target(info))


@contextmanager
def session(
    folder: Path, root: bytes, fetcher: FetcherInterface, url: str, now: datetime
) -> Iterator[Lists]:
    """The lists of releases at ``url``, with ``folder`` as their cache.

    ``root`` is the root file that came with the till. Raises E-169 when another program has the
    cache. Whatever happens, what is in the cache then is on the disk.
    """
    config = UpdaterConfig(
        max_root_rotations=_ROTATIONS_MAX,
        max_delegations=_DELEGATIONS_MAX,
        targets_max_length=_LISTS_BYTES_MAX,
    )
    with _locked(folder):
        try:
            with _told():
                for left in folder.glob("tmp*"):  # of a session that was cut off
                    left.unlink()
                updater = Updater(str(folder), url, fetcher=fetcher, config=config, bootstrap=root)
            yield Lists(updater, folder, now.astimezone(UTC))
        finally:
            with _told():
                sync_tree(folder)


@contextmanager
def kept_session(folder: Path, root: bytes) -> Iterator[Lists]:
    """The lists as they were fetched last, without the network; that they run out is no matter."""
    try:
        timestamp = (folder / "timestamp.json").read_bytes()
    except OSError as error:
        raise SyncError(Code.NOT_GENUINE, detail=short(error)) from error
    with session(folder, root, Offline(timestamp), "kept:", _NO_EXPIRY) as lists:
        yield lists


@contextmanager
def _told() -> Iterator[None]:
    """TUF's exceptions as errors of ours."""
    try:
        yield
    except ExpiredMetadataError as error:
        raise SyncError(Code.RELEASES_EXPIRED, detail=short(error)) from error
    except BadVersionNumberError as error:
        raise SyncError(Code.ROLLED_BACK, detail=short(error)) from error
    except (LengthOrHashMismatchError, DownloadLengthMismatchError) as error:
        raise SyncError(Code.BAD_BUNDLE, detail=short(error)) from error
    except RepositoryError as error:  # also what is no list at all
        raise SyncError(Code.NOT_GENUINE, detail=short(error)) from error
    except DownloadError as error:
        raise SyncError(Code.NO_RELEASES, detail=short(error)) from error
    except OSError as error:
        raise SyncError(Code.STORAGE, detail=short(error)) from error


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """TUF's cache is for one program at a time."""
    with _told():
        make_folder(folder)
        lock = folder.with_name(folder.name + ".lock").open("ab")
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise SyncError(Code.UPDATE_BUSY) from error
        yield


def _target(info: TargetFile) -> Target:
    custom = info.unrecognized_fields.get("custom")
    return Target(info.path, info.length, info.hashes.get("sha256", ""), custom, info)
