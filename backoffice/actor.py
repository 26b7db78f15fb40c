"""Who asks: an account with its role and its shops, or the administrator's token. No database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from litestar import Request  # noqa: TC002 (Litestar reads annotations while running)
from litestar.di import NamedDependency
from litestar.params import SkipValidation

from backoffice.errors import Forbidden, NotFound
from backoffice.rights import RIGHTS, Right, Role

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever acts; ``shops`` None is every shop of the company, ``account`` "" the administrator.

    ``rights`` narrows those of the role: a personal token need not have all of them.
    """

    account: str
    name: str
    role: Role
    shops: frozenset[str] | None
    language: str
    rights: frozenset[Right] | None = None

    def may(self, right: Right) -> bool:
        """Whether the role has the right, and the token, too, if there is one."""
        return right in RIGHTS[self.role] and (self.rights is None or right in self.rights)

    def must(self, right: Right) -> None:
        """Raise ``Forbidden`` unless the right is there."""
        if not self.may(right):
            raise Forbidden(detail=f"the right {right.value!r} is needed")

    def sees(self, shop: str) -> bool:
        """Whether the shop is one of his."""
        return self.shops is None or shop in self.shops

    def must_see(self, shop: str) -> None:
        """Raise ``NotFound`` for the shop of others: what is not yours does not exist."""
        if not self.sees(shop):
            raise NotFound(detail="there is no such thing")

    def must_see_every_shop(self) -> None:
        """Raise ``Forbidden`` where a change would reach shops that are not his."""
        if self.shops is not None:
            raise Forbidden(detail="this concerns every shop of the company")

    def of_these(self, shops: Iterable[str]) -> list[str]:
        """Those of ``shops`` that are his, in their order."""
        return [shop for shop in shops if self.sees(shop)]


CurrentActor = NamedDependency[SkipValidation[Actor]]


def administrator(language: str = "en") -> Actor:
    """Whoever holds the administrator's token."""
    return Actor("", "administrator", Role.OWNER, None, language)


def actor_of(request: Request[Any, Any, Any]) -> Actor:
    """Whom the guard let in."""
    actor: Actor = request.state.actor
    return actor
