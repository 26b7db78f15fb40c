"""Finds partners that the other program, or another row of ours, has under the same NIP.

Only new ones are asked about: a partner that both sides know was judged when it first went.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from sqlalchemy import func, select

from backoffice.errors import BadRequest
from backoffice.exchange import channels, links
from backoffice.exchange.import_bodies import Held
from backoffice.jobs.work import Fate
from backoffice.reasons import Reason
from backoffice.store.tables import data_row
from backoffice.web.i18n import gettext_noop as _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection, Function

    from backoffice.erp.connector import Connector
    from backoffice.jobs.work import Job
    from terminal.sync import wire

Mode = Literal["ignore", "warn", "block"]
_NAMED_MAX = 5
_NIP = '"nip":"'
_NIP_DIGITS = 10


def mode_of(channel: channels.Channel, job: Job) -> Mode:
    """What a job does with duplicates: its own word goes before that of the channel."""
    told = job.options.get("duplicates") or channel.duplicates
    for mode in get_args(Mode):
        if told == mode:
            return mode  # type: ignore[no-any-return]
    raise BadRequest(detail=f"duplicates: {told!r} is none of {', '.join(get_args(Mode))}")


def ours(
    connection: Connection, channel: str, partners: Sequence[wire.Customer]
) -> dict[str, list[str]]:
    """By NIP the ids of partners of the channel that were exchanged already."""
    nips = sorted({it.nip for it in partners if it.nip})
    if not nips:
        return {}
    found: dict[str, list[str]] = {}
    nip = _nip_of(connection).label("nip")
    chosen = select(data_row.c.id, nip).where(
        data_row.c.set_name == "customers",
        data_row.c.shop.in_(channels.shops_of(connection, channel)),
        data_row.c.is_removed.is_(False),
        nip.in_(nips),
    )
    rows = {row.id: row.nip for row in connection.execute(chosen)}
    for row_id in links.links(connection, channel, "customers", list(rows)):
        found.setdefault(rows[row_id], []).append(row_id)
    return found


def held_up(
    mode: Mode,
    connector: Connector,
    partners: Sequence[wire.Customer],
    known: Mapping[str, list[str]],
    *,
    confirm: bool,
) -> dict[str, Held]:
    """Why some of the new partners do not go, by their ids. Asks the other program."""
    held: dict[str, Held] = {}
    first: dict[str, str] = {}
    for it in partners:
        if not it.nip or mode == "ignore" or (mode == "warn" and confirm):
            continue
        others = [*connector.partners_with(it.nip), *known.get(it.nip, ())]
        if it.nip in first:
            others.append(first[it.nip])
        others = [other for other in dict.fromkeys(others) if other != it.id]
        if others:
            held[it.id] = _held(mode, others)
        else:
            first[it.nip] = it.id
    return held


def _held(mode: Mode, others: Sequence[str]) -> Held:
    named = ", ".join(others[:_NAMED_MAX])
    if mode == "block":
        return Held(Fate.REFUSED, Reason(_("The same NIP is with the partner {ids}"), ids=named))
    message = _("The same NIP is with the partner {ids}: goes when warnings are confirmed")
    return Held(Fate.WAITING, Reason(message, ids=named))


def _nip_of(connection: Connection) -> Function[str]:
    """The NIP within a body, which is canonical: cut out by the database, nobody decodes it."""
    is_sqlite = connection.dialect.name == "sqlite"
    at = (func.instr if is_sqlite else func.strpos)(data_row.c.body, _NIP)
    return func.substr(data_row.c.body, at + len(_NIP), _NIP_DIGITS)
