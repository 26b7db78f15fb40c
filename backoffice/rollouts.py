"""Which version each terminal shall have: by its group, a percentage of it, and a state. No HTTP.

A group without a roll-out follows that of the group "". Who is among the first percents is decided
by a hash of version and terminal: raising the percentage only adds terminals, and each version
begins with others.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from backoffice import changes, settings
from backoffice.errors import BadRequest, NotFound
from backoffice.moments import stamp
from backoffice.store.tables import rollout, terminal
from backoffice.store.upsert import upsert
from terminal.sync import wire

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from backoffice.actor import Actor

GROUP_PATTERN = r"^[A-Za-z0-9._-]{0,64}$"
# That of the wire, in words that every reader of the API's description understands.
VERSION_PATTERN = r"^(0|[1-9][0-9]{0,5})(\.(0|[1-9][0-9]{0,5})){1,3}$"
ALL = 100
_PLACES = 2**32
_VERSION = re.compile(wire.VERSION_PATTERN)


@dataclass(frozen=True, slots=True)
class Rollout:
    """``percent`` of a group shall have ``version``, the others what they should have ``before``.

    ``is_forced`` asks the tills to close their day early; ``may_go_back`` lets them install a
    version older than their own.
    """

    group: str
    version: str
    before: str = ""
    percent: int = ALL
    is_paused: bool = False
    is_forced: bool = False
    may_go_back: bool = False
    changed_at: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """What one terminal shall have; ``number`` grows with every change that the office makes."""

    version: str = ""
    number: int = 0
    is_paused: bool = False
    is_forced: bool = False
    may_go_back: bool = False


def all_rollouts(connection: Connection) -> list[Rollout]:
    """Every roll-out, in the order of the groups."""
    rows = connection.execute(select(rollout).order_by(rollout.c.group_name))
    return [_rollout(row) for row in rows]


def find(connection: Connection, group: str) -> Rollout | None:
    """The roll-out of a group."""
    row = connection.execute(select(rollout).where(rollout.c.group_name == group)).first()
    return None if row is None else _rollout(row)


def begin(connection: Connection, wanted: Rollout, moment: datetime) -> Rollout:
    """Roll a version out to a group in place of the one before.

    What the whole group has got by now is what those outside of the percentage keep. Raises
    ``BadRequest`` for what no bundle can be called.
    """
    if not _VERSION.search(wanted.version):
        raise BadRequest(detail="$.version: expected numbers such as 1.2.0")
    known = find(connection, wanted.group)
    before = ""
    if known is not None:
        is_done = known.percent == ALL and not known.is_paused and known.version != wanted.version
        before = known.version if is_done else known.before
    return _keep(connection, replace(wanted, before=before), moment)


def change(
    connection: Connection,
    group: str,
    moment: datetime,
    *,
    percent: int | None = None,
    is_paused: bool | None = None,
) -> Rollout:
    """Widen, narrow, pause or resume a roll-out; raises ``NotFound``."""
    known = _known(connection, group)
    changed = replace(
        known,
        percent=known.percent if percent is None else percent,
        is_paused=known.is_paused if is_paused is None else is_paused,
    )
    return _keep(connection, changed, moment)


def stop(connection: Connection, group: str, moment: datetime) -> Rollout:
    """End a roll-out: nobody gets the version any more; whoever has it keeps it.

    Raises ``NotFound``.
    """
    known = _known(connection, group)
    return _keep(connection, Rollout(group, known.before), moment)


def note(
    connection: Connection, actor: Actor, moment: datetime, before: Rollout | None, after: Rollout
) -> None:
    """Have the audit say who changed a roll-out, and how."""
    was = None if before is None else asdict(before)
    what = f"rollouts/{after.group or 'all others'}"
    changes.record(
        connection, actor, moment, "roll out", what, "", was, asdict(after), detail=_told(after)
    )


def join(connection: Connection, terminal_id: str, group: str, moment: datetime) -> None:
    """Put a terminal into a group; raises ``NotFound``."""
    here = terminal.c.id == terminal_id
    if not connection.execute(update(terminal).where(here).values(group_name=group)).rowcount:
        raise NotFound(detail=f"no terminal {terminal_id!r}")
    settings.counted_up(connection, settings.ROLLOUT_NUMBER, moment)


def wish(connection: Connection, terminal_id: str) -> Wish:
    """What a terminal shall have by all that is said now; nothing for one that is not there."""
    return wishes(connection, terminal_id).get(terminal_id, Wish())


def wishes(connection: Connection, terminal_id: str = "") -> dict[str, Wish]:
    """What every terminal shall have, or one of them."""
    chosen = select(terminal.c.id, terminal.c.group_name, terminal.c.version)
    if terminal_id:
        chosen = chosen.where(terminal.c.id == terminal_id)
    planned = {it.group: it for it in all_rollouts(connection)}
    number = int(settings.get(connection, settings.ROLLOUT_NUMBER) or 0)
    return {
        row.id: wish_of(found, row.id, row.version, number) if found else Wish()
        for row in connection.execute(chosen)
        for found in [planned.get(row.group_name) or planned.get("")]
    }


def wish_of(planned: Rollout, terminal_id: str, running: str, number: int) -> Wish:
    """What a roll-out means for one terminal that runs a version. Pure."""
    if not is_among(terminal_id, planned.version, planned.percent):
        fallback = "" if is_older(planned.before, running) else planned.before
        return Wish(fallback, number)
    if is_older(planned.version, running) and not planned.may_go_back:
        return Wish("", number)
    return Wish(planned.version, number, planned.is_paused, planned.is_forced, planned.may_go_back)


def is_among(terminal_id: str, version: str, percent: int) -> bool:
    """Whether a terminal belongs to the first ``percent`` that get a version."""
    digest = sha256(f"{version}\0{terminal_id}".encode()).digest()
    return int.from_bytes(digest[:4]) * ALL < percent * _PLACES


def is_older(version: str, running: str) -> bool:
    """Whether a version comes before the one that runs; what is no version is older than none."""
    if not (_VERSION.search(version) and _VERSION.search(running)):
        return False
    return wire.version_key(version) < wire.version_key(running)


def _told(it: Rollout) -> str:
    words = [f"{it.version or 'none'} to {it.percent}% of {it.group or 'all other terminals'}"]
    words += ["paused"] if it.is_paused else []
    words += ["forced"] if it.is_forced else []
    words += ["also back"] if it.may_go_back else []
    return ", ".join(words)


def _keep(connection: Connection, planned: Rollout, moment: datetime) -> Rollout:
    if not 0 <= planned.percent <= ALL:
        raise BadRequest(detail=f"$.percent: expected 0 to {ALL}")
    kept = replace(planned, changed_at=stamp(moment))
    row: dict[str, Any] = {name: getattr(kept, name) for name in _FIELDS}
    upsert(connection, rollout, [{"group_name": kept.group, **row}])
    settings.counted_up(connection, settings.ROLLOUT_NUMBER, moment)
    return kept


def _known(connection: Connection, group: str) -> Rollout:
    found = find(connection, group)
    if found is None:
        raise NotFound(detail=f"no roll-out for {group!r}: begin one")
    return found


def _rollout(row: Any) -> Rollout:  # noqa: ANN401 (a row of a query)
    return Rollout(row.group_name, **{name: getattr(row, name) for name in _FIELDS})


_FIELDS = tuple(it for it in Rollout.__slots__ if it != "group")
