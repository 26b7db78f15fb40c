"""Stages a bundle as a target of its channel, or takes one away. Signing and force come after."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from tuf.api.metadata import TargetFile, Targets

from backoffice.releases.bundle import read_bundle, sbom_of
from backoffice.releases.ceremony import next_of
from backoffice.releases.faults import ReleaseFault
from backoffice.releases.files import copy_whole
from backoffice.releases.roles import RELEASES
from terminal.sync import wire

if TYPE_CHECKING:
    from datetime import datetime

    from backoffice.releases.repository import Repository


def publish(repository: Repository, bundle: Path, channel: str, moment: datetime) -> str:
    """Stage a bundle and its list of parts; gives the name of the target.

    Raises ``ReleaseFault`` for a version that is published already, or not newer than all others
    of the channel.
    """
    if not re.search(wire.CHANNEL_PATTERN, channel):
        raise ReleaseFault(detail=f"{channel!r} is no name of a channel, such as {wire.CHANNEL}")
    manifest, size = read_bundle(bundle)
    target = wire.target_of(channel, manifest.version, manifest.platform)
    metadata = repository.waiting().get(RELEASES) or repository.needed().releases
    _check_newer(metadata.signed, channel, target, manifest)
    custom = wire.ReleaseCustom(
        manifest.version,
        manifest.counter,
        manifest.min_from,
        manifest.python,
        manifest.platform,
        size,
    )
    with tempfile.TemporaryDirectory() as made:
        parts = Path(made) / "sbom.json"
        parts.write_bytes(sbom_of(bundle))
        files = [
            _staged(repository, target, bundle, msgspec.to_builtins(custom)),
            _staged(repository, sbom_target(target), parts, {}),
        ]
    staged = next_of(repository, RELEASES, moment)
    for file in files:
        staged.signed.targets[file.path] = file
    repository.stage(RELEASES, staged)
    return target


def withdraw(repository: Repository, target: str, moment: datetime) -> None:
    """Stage releases without a target: no till will fetch it any more."""
    staged = next_of(repository, RELEASES, moment)
    if target not in staged.signed.targets:
        known = ", ".join(sorted(staged.signed.targets)) or "none"
        raise ReleaseFault(detail=f"{target} is not published; targets: {known}")
    del staged.signed.targets[target]
    staged.signed.targets.pop(sbom_target(target), None)
    repository.stage(RELEASES, staged)


def sbom_target(target: str) -> str:
    """Where the list of parts of a bundle lies."""
    return f"{target.removesuffix('.tar')}.sbom.json"


def custom_of(file: TargetFile) -> wire.ReleaseCustom | None:
    """What is told of a bundle; None of what is none of ours."""
    try:
        return msgspec.convert(file.custom, wire.ReleaseCustom)
    except msgspec.ValidationError:
        return None


def _check_newer(releases: Targets, channel: str, target: str, manifest: wire.Manifest) -> None:
    if target in releases.targets:
        raise ReleaseFault(detail=f"{target} is published already: a version is never replaced")
    mine = wire.version_key(manifest.version)
    for path, file in releases.targets.items():
        custom = custom_of(file)
        if custom is None or not path.startswith(f"kasoterminal/{channel}/"):
            continue
        theirs = wire.version_key(custom.version)
        if theirs == mine and custom.counter == manifest.counter:
            continue
        if theirs >= mine or custom.counter >= manifest.counter:
            detail = f"version {manifest.version} with counter {manifest.counter} is not newer than"
            raise ReleaseFault(detail=f"{detail} {path} with counter {custom.counter}")


def _staged(
    repository: Repository, target: str, source: Path, custom: dict[str, Any]
) -> TargetFile:
    file = TargetFile.from_file(target, str(source), ["sha256"])
    if custom:
        file.unrecognized_fields["custom"] = custom
    for path in file.get_prefixed_paths():
        copy_whole(source, repository.staged_files / path)
    return file
