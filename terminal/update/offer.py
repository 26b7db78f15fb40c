"""Judges what the office offers: is it for this till, and does it lead forward? No I/O.

The lists of releases say that a bundle is genuine; an assignment says that the office wants it
here. Both must be about the same file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from terminal.errors import Code, SyncError
from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from terminal.sync.wire import (
    BUNDLE_BYTES_MAX,
    AssignmentCustom,
    ReleaseCustom,
    target_of,
    version_key,
)

if TYPE_CHECKING:
    from terminal.sync.wire import ReleaseAnswer
    from terminal.update.trust import Assigned, Target

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Standing:
    """What this till is when it judges; ``assignment`` is the newest number that it has seen."""

    terminal: str
    version: str
    channel: str
    platform: str
    floor: int
    assignment: int
    barred: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Offer:
    """A release for this till: what it says of itself, and its file.

    ``is_urgent`` when the office asks for an early day close; it is never more than asked.
    """

    custom: ReleaseCustom
    target: Target
    is_urgent: bool = False


def check_target(answer: ReleaseAnswer, standing: Standing) -> None:
    """Raise E-168 unless what the office names is of this till's channel and for its machine."""
    if answer.target != target_of(standing.channel, answer.version, standing.platform):
        reason = translate(
            _("it is not in the channel {channel} for {platform}"),
            channel=standing.channel,
            platform=standing.platform,
        )
        raise _unfit(answer.version, reason)


def judge(
    answer: ReleaseAnswer, target: Target | None, assigned: Assigned | None, standing: Standing
) -> Offer:
    """The offered release, when it may be taken.

    Raises E-162 when list and assignment do not agree, E-163 when it leads back, E-167 for a barred
    version, E-168 for one that is not for this till.
    """
    version = answer.version
    check_target(answer, standing)
    if target is None:
        raise _unfit(version, translate(_("the list of releases does not have it")))
    custom = _read(target.custom, ReleaseCustom, version)
    if (custom.version, custom.platform) != (version, standing.platform):
        raise _unfit(version, translate(_("it says another version or machine of itself")))
    if not target.sha256 or target.size > BUNDLE_BYTES_MAX:
        raise _unfit(version, translate(_("it is too long, or has no SHA-256")))
    said = _check_assignment(target, assigned, custom, standing)
    if custom.counter <= standing.floor and not (said and said.may_go_back):
        detail = f"{version}: {custom.counter} <= {standing.floor}"
        raise SyncError(Code.ROLLED_BACK, detail=detail)
    if version in standing.barred:
        raise SyncError(Code.RELEASE_BARRED, version=version)
    if version_key(standing.version) < version_key(custom.min_from):
        needed = translate(_("{needed} must run here first"), needed=custom.min_from)
        raise _unfit(version, needed)
    return Offer(custom, target, said.is_forced if said else answer.is_forced)


def _check_assignment(
    target: Target, assigned: Assigned | None, custom: ReleaseCustom, standing: Standing
) -> AssignmentCustom | None:
    """What the office has signed for this till; None when it has not signed."""
    if assigned is None:
        return None
    named = assigned.target
    said = _read(named.custom, AssignmentCustom, custom.version)
    if (named.name, named.size, named.sha256) != (target.name, target.size, target.sha256):
        raise SyncError(Code.NOT_GENUINE, detail=f"{named.name} != {target.name}")
    if (said.terminal, said.counter) != (standing.terminal, custom.counter):
        raise SyncError(Code.NOT_GENUINE, detail=f"{said.terminal} {said.counter}")
    if assigned.number < standing.assignment:
        detail = f"{assigned.number} < {standing.assignment}"
        raise SyncError(Code.ROLLED_BACK, detail=detail)
    return said


def _read(custom: Any, kind: type[T], version: str) -> T:  # noqa: ANN401 - JSON
    try:
        return msgspec.convert(custom, kind)
    except msgspec.ValidationError as error:
        raise _unfit(version, str(error)) from error


def _unfit(version: str, reason: str) -> SyncError:
    return SyncError(Code.RELEASE_UNFIT, version=version, reason=reason)
