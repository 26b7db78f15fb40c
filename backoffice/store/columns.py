"""What the columns of the back office are made of. No tables.

Short text knows what PostgreSQL cannot store, and each row belongs to a company.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, Column, Integer, MetaData, String, Text, TypeDecorator

if TYPE_CHECKING:
    from sqlalchemy import Dialect

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

# What stands for what PostgreSQL cannot store.
MARK = "\N{REPLACEMENT CHARACTER}"

metadata = MetaData(naming_convention=NAMING)


class Words(TypeDecorator[str]):
    """Short text, some of it in a till's own words: what PostgreSQL cannot store is replaced."""

    impl = String
    cache_ok = True

    @property
    def length(self) -> int:
        """Characters that fit."""
        return int(self.impl_instance.length)  # type: ignore[attr-defined]

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """The text as it is stored."""
        return value.replace("\0", MARK) if value else value


class Prose(Words):
    """The same without a limit."""

    impl = Text
    cache_ok = True


def of_company(*, is_key: bool = False) -> Column[str]:
    """The company that a row belongs to."""
    return Column("company", Words(64), primary_key=is_key, nullable=False)


def of_document() -> tuple[Column[str], Column[int], Column[int]]:
    """The place of the document that a row belongs to: whose it is, its epoch and number."""
    return (
        Column("terminal", Words(64), nullable=False),
        Column("epoch", Integer, nullable=False),
        Column("seq", BigInteger, nullable=False),
    )
