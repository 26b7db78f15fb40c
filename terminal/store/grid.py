"""What lies behind the quick keys, and in a category: articles, more categories. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from terminal.store.catalogue import Article, Catalogue

ARTICLES_MAX = 2000


@dataclass(frozen=True, slots=True)
class Cell:
    """A number that sells ``article``, or without one opens ``category``."""

    page: int
    number: int
    label: str
    article: Article | None = None
    category: str = ""


def quick_keys(catalogue: Catalogue) -> list[Cell]:
    """The quick keys by page and number; those of articles that cannot be sold now are left out."""
    found = catalogue.db.execute(
        "SELECT k.page, k.position, k.label, k.product, k.category, coalesce(c.name, '')"
        " FROM quick_key k LEFT JOIN category c ON c.id = k.category AND NOT c.is_removed"
        " WHERE NOT k.is_removed ORDER BY k.page, k.position, k.id"
    ).fetchall()
    cells = []
    for page, number, label, product, category, category_name in found:
        if category_name:
            cells.append(Cell(page, number, label or category_name, category=category))
        elif article := catalogue.article(product):
            cells.append(Cell(page, number, label or article.name, article))
    return cells


def in_category(catalogue: Catalogue, category: str, per_page: int) -> list[Cell]:
    """Categories, then articles below ``category`` (``""``: the top), by name, so many a page.

    What lies in no category is not at the top: it has a name and a code to be found by.
    """
    categories = catalogue.db.execute(
        "SELECT id, name FROM category WHERE parent = ? AND NOT is_removed ORDER BY name, id",
        (category,),
    ).fetchall()
    numbers = [
        no
        for (no,) in catalogue.db.execute(
            "SELECT p.no FROM product p JOIN product_name n ON n.no = p.no WHERE p.category = ?"
            " AND p.category <> '' AND p.is_active AND NOT p.is_removed"
            " ORDER BY n.letters, p.id LIMIT ?",
            (category, ARTICLES_MAX),
        )
    ]
    below: list[tuple[str, Article | None, str]] = [(name, None, one) for one, name in categories]
    below += [(article.name, article, "") for article in catalogue.articles(numbers)]
    return [
        Cell(place // per_page + 1, place % per_page + 1, *what) for place, what in enumerate(below)
    ]
