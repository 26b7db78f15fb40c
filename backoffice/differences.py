"""What differs between two states of a thing, field by field. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator

FIELDS_MAX = 200


@dataclass(frozen=True, slots=True)
class Difference:
    """One field, as it was and as it is; None where it was or is not there."""

    field: str
    before: str | None
    after: str | None


def differences(before: str, after: str) -> list[Difference]:
    """Fields of two JSON texts that are not the same; an empty text is a thing that is not there.

    Fields within others are named ``prices.0.gross``. What is no JSON is one field without a name.
    """
    was, now = dict(_fields(before)), dict(_fields(after))
    names = list(dict.fromkeys([*was, *now]))
    differing = [name for name in names if was.get(name) != now.get(name)]
    return [Difference(name, was.get(name), now.get(name)) for name in differing[:FIELDS_MAX]]


def _fields(text: str) -> Iterator[tuple[str, str]]:
    if not text:
        return
    try:
        yield from _flat("", msgspec.json.decode(text))
    except msgspec.DecodeError:
        yield "", text


def _flat(path: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and value:
        for name, part in value.items():
            yield from _flat(f"{path}.{name}" if path else str(name), part)
    elif isinstance(value, list) and any(isinstance(part, dict | list) for part in value):
        for place, part in enumerate(value):
            yield from _flat(f"{path}.{place}" if path else str(place), part)
    elif isinstance(value, list):
        yield path, ", ".join(map(_said, value))
    else:
        yield path, _said(value)


def _said(value: object) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()
