"""What a form sent, whatever it sent: one text of a name, several, revisions that were seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from backoffice.errors import BadRequest

if TYPE_CHECKING:
    from collections.abc import Mapping

Given = dict[str, Any]


def text(given: Mapping[str, Any], name: str) -> str:
    """The text of a field, the last of several; empty when it did not come."""
    told = several(given, name)
    return told[-1] if told else ""


def several(given: Mapping[str, Any], name: str) -> list[str]:
    """All texts under a name."""
    told = given.get(name, [])
    return [str(one) for one in told] if isinstance(told, list) else [str(told)]


def line(given: Mapping[str, Any], name: str) -> str:
    """The text of a field as one line, without blanks at its ends."""
    return " ".join(text(given, name).split())


def texts(given: Mapping[str, Any]) -> dict[str, str]:
    """One text for each name."""
    return {name: text(given, name) for name in given}


def as_seen(revisions: Mapping[str, int]) -> str:
    """Revisions as a hidden field keeps them."""
    return msgspec.json.encode(revisions).decode()


def seen(given: Mapping[str, Any], name: str = "seen") -> dict[str, int]:
    """The revisions in a hidden field; raises ``BadRequest`` for what we did not write there."""
    try:
        return msgspec.json.decode(text(given, name) or "{}", type=dict[str, int])
    except msgspec.DecodeError:
        raise BadRequest(detail=f"$.{name}: expected what the form had there") from None
