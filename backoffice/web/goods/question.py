"""What the grid of goods is asked for, as it stands in the address. No database."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Self, cast
from urllib.parse import urlencode

from backoffice.goods.search import SORTS, TEXT_MAX, Wanted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from terminal.sync import wire

# In no category: no id of one.
NO_CATEGORY = "!none"
_KEY_MAX = 100
_DIGITS_MAX = 17
_CHOICES = {
    "active": {"yes", "no"},
    "price": {"open", "none", "fixed"},
    "codes": {"some", "none"},
    "sort": set(SORTS) - {"name"},
}


@dataclass(frozen=True, slots=True)
class Question:
    """Words, filters, order; ``key`` and ``after`` are where a page begins."""

    shop: str = ""
    find: str = ""
    category: str = ""
    vat: str = ""
    unit: str = ""
    active: str = ""
    price: str = ""
    codes: str = ""
    sort: str = ""
    key: str = ""
    after: str = ""

    @classmethod
    def of(cls, told: Mapping[str, str]) -> Self:
        """What an address or a form tells; what nobody can mean is left out."""
        found = {name: told[name][:_KEY_MAX] for name in _NAMES if told.get(name)}
        for name, known in _CHOICES.items():
            if found.get(name) not in known:
                found.pop(name, None)
        if "find" in found:
            found["find"] = found["find"].strip()[:TEXT_MAX]
        return cls(**found)

    @property
    def asked(self) -> dict[str, str]:
        """What is asked for, page and all."""
        return {name: value for name, value in asdict(self).items() if value}

    @property
    def is_narrowed(self) -> bool:
        """Whether something besides the shop is asked for."""
        return bool(self.asked.keys() - {"shop", "sort", "key", "after"})

    @property
    def place(self) -> tuple[str, str] | None:
        """Where the page begins; None at the beginning."""
        return (self.key, self.after) if self.after else None

    def wanted(self, categories: Mapping[str, wire.Category]) -> Wanted:
        """The same for the search."""
        chosen: frozenset[str] | None = None
        if self.category:
            is_none = self.category == NO_CATEGORY
            chosen = frozenset({""}) if is_none else below(self.category, categories)
        return Wanted(
            self.find,
            chosen,
            self.vat,
            self.unit,
            cast("Any", self.active),
            cast("Any", self.price),
            cast("Any", self.codes),
            self.sort or "name",
        )

    def address(self, **other: str) -> str:
        """The grid with the same question, but for what is given; from its beginning."""
        told = replace(self, **{"key": "", "after": "", **other})
        return f"/goods?{urlencode(told.asked)}"

    def sorted_by(self, name: str) -> str:
        """The address with another order; the same column again turns it round."""
        now = self.sort or "name"
        return self.address(sort=f"-{name}" if now == name else name)


def whole(value: object) -> int:
    """The number that a hidden field holds; 0 for whatever is none."""
    text = value if isinstance(value, str) else ""
    is_number = text.isascii() and text.isdecimal() and len(text) <= _DIGITS_MAX
    return int(text) if is_number else 0


_NAMES = tuple(Question.__dataclass_fields__)


def below(top: str, categories: Mapping[str, wire.Category]) -> frozenset[str]:
    """A category and all that lie in it, however deep."""
    inside: dict[str, list[str]] = {}
    for row in categories.values():
        inside.setdefault(row.parent, []).append(row.id)
    found, waiting = {top}, [top]
    while waiting:
        fresh = [row_id for row_id in inside.get(waiting.pop(), ()) if row_id not in found]
        found.update(fresh)
        waiting += fresh
    return frozenset(found)


def tree(categories: Mapping[str, wire.Category]) -> list[tuple[str, str]]:
    """Ids and names of all categories, each below the one it lies in, as choices of a form."""
    inside: dict[str, list[wire.Category]] = {}
    for row in sorted(categories.values(), key=lambda it: (it.name.casefold(), it.id)):
        parent = row.parent if row.parent in categories else ""
        inside.setdefault(parent, []).append(row)
    return list(_walk(inside, inside.get("", ()), 0))


def _walk(
    inside: Mapping[str, list[wire.Category]], rows: Iterable[wire.Category], depth: int
) -> Iterator[tuple[str, str]]:
    for row in rows:
        yield row.id, "\N{EM DASH} " * depth + row.name
        yield from _walk(inside, inside.get(row.id, ()), depth + 1)
