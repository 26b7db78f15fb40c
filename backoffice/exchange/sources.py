"""Where the data of a channel come from, and since when they are asked for. Writes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import msgspec

from backoffice.errors import NotFound
from backoffice.exchange import channels, marks
from backoffice.exchange.pattern_shop import PatternShop
from backoffice.jobs.work import NeverError, Way
from backoffice.store.engine import reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection

    from backoffice.erp.connector import Batch, Connector
    from backoffice.jobs.work import Job
    from backoffice.office import Office


class Readable(Protocol):
    """The half of a connector that exports use."""

    def read(self, object_name: str, since: str, cursor: str) -> Batch:
        """As a connector's."""

    def done(self, object_name: str, mark: str) -> None:
        """As a connector's."""


@dataclass(frozen=True, slots=True)
class Source:
    """``connector`` is None for a pattern shop, which is not among the ``shops``.

    ``word`` stands beside each mark: a mark means nothing to another source.
    """

    word: str
    reads: Readable
    connector: Connector | None
    shops: tuple[str, ...]


def source_of(office: Office, job: Job) -> Source:
    """The source of a job's channel; raises ``NeverError``, saying what to set up."""
    with reading(office.engine) as connection:
        try:
            channel = channels.channel(connection, job.channel)
        except NotFound as error:
            raise NeverError(error.detail) from None
        shops = channels.shops_of(connection, channel.id)
    if not channel.is_active:
        raise NeverError(_told(channel.id, "it is not in use"))
    if channel.connector:
        connector = office.connectors.get(channel.connector)
        if connector is None:
            known = ", ".join(office.connectors) or "none"
            reason = f"no program {channel.connector!r} is set up here; there are: {known}"
            raise NeverError(_told(channel.id, reason))
        return Source(f"program {channel.connector}", connector, connector, tuple(shops))
    if not channel.pattern_shop:
        reason = "it has no source: choose the program, or the pattern shop, its data come from"
        raise NeverError(_told(channel.id, reason))
    others = tuple(shop for shop in shops if shop != channel.pattern_shop)
    pattern = PatternShop(office.engine, channel.pattern_shop)
    return Source(f"shop {channel.pattern_shop}", pattern, None, others)


def since(
    connection: Connection, source: Source, channel: str, object_name: str, shops: Sequence[str]
) -> str:
    """The mark that all the shops have; "" when one is new here, or another source gave them."""
    found = set(_marks(connection, channel, object_name, shops))
    word, mark = found.pop() if len(found) == 1 else ("", "")
    return mark if word == source.word else ""


def set_marks(
    connection: Connection,
    word: str,
    channel: str,
    object_name: str,
    shops: Sequence[str],
    mark: str,
) -> None:
    """Note up to where the shops have an object, in the words of its source."""
    told = msgspec.json.encode([word, mark]).decode()
    for shop in shops:
        marks.set_mark(connection, channel, Way.EXPORT, object_name, told, shop)


def _marks(
    connection: Connection, channel: str, object_name: str, shops: Sequence[str]
) -> Iterator[tuple[str, str]]:
    for shop in shops:
        told = marks.mark(connection, channel, Way.EXPORT, object_name, shop)
        yield msgspec.json.decode(told, type=tuple[str, str]) if told else ("", "")


def _told(channel: str, reason: str) -> str:
    return f"the sales channel {channel!r}: {reason}"
