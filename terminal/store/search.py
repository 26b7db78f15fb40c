"""Finds articles by a piece of their name, spelt in letters or in keys of a phone. Writes nothing.

The index holds trigrams of folded names, with a gap around each name. So a fragment of three signs
is looked up as it is, a shorter one together with its neighbours: in letters as the beginning of a
word, in keys anywhere. Folding leaves nothing in a text that the index could read as a command.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import TYPE_CHECKING

from terminal.store.folding import fold, key_code
from terminal.store.tables import as_json

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

    from terminal.store.catalogue import Article, Catalogue

_TEXT_MAX = 60
_PIECES_MAX = 8
# Of more matches, the index's own order decides: a cashier presses another key rather than read on.
_CANDIDATES_MAX = 500
_BEST_SELLERS_MAX = 3000
_TRIGRAM = 3


@dataclass(frozen=True, slots=True)
class _Spelling:
    """Signs of one way to spell, and the two questions about names spelt so.

    Both questions give number, product id, letters and the text in this spelling.
    """

    column: str
    gap: str
    signs: str
    typed_min: int
    matching: str
    selling: str


def _spelling(column: str, gap: str, signs: str, typed_min: int) -> _Spelling:
    matching = (
        f"SELECT n.no, n.product, n.letters, n.{column} FROM"  # noqa: S608 - a column of ours
        " (SELECT rowid FROM name_index WHERE name_index MATCH ? ORDER BY rowid LIMIT ?) AS f"
        " JOIN product_name AS n ON n.no = f.rowid"
    )
    selling = (
        f"SELECT n.no, n.product, n.letters, n.{column} FROM json_each(?) AS s"  # noqa: S608 - same
        " JOIN product AS p ON p.id = s.value JOIN product_name AS n ON n.no = p.no"
        f" WHERE instr(n.{column}, ?)"
    )
    return _Spelling(column, gap, signs, typed_min, matching, selling)


_IN_LETTERS = _spelling("letters", " ", " 0123456789abcdefghijklmnopqrstuvwxyz", 1)
_IN_KEYS = _spelling("keys", "0", "0123456789", 2)


def search(
    catalogue: Catalogue,
    text: str,
    *,
    by_keys: bool,
    sold: Mapping[str, int] | None = None,
    limit: int = 200,
) -> list[Article]:
    """Articles whose name has every piece of ``text``: most sold, then word beginnings, then names.

    ``sold`` counts sales by product id. In letters each word is a piece of its own, and one below
    three signs must begin a word; ``by_keys`` the text is one fragment of at least two keys, 0
    between words. Of more than 500 matches the 3,000 best sellers are ranked, the rest is cut.
    """
    db, spelling = catalogue.db, _IN_KEYS if by_keys else _IN_LETTERS
    pieces = _pieces(text, spelling)
    if not pieces:
        return []
    initials = [spelling.gap + piece for piece in pieces]
    if not by_keys:
        short = {piece for piece in pieces if len(piece) < _TRIGRAM}
        pieces = [spelling.gap + piece if piece in short else piece for piece in pieces]
    found: dict[int, tuple[str, str, str]] = {}
    for wanted in (initials, pieces):
        if len(found) < _CANDIDATES_MAX:
            asked = (_expression(spelling, wanted), _CANDIDATES_MAX)
            found.update((row[0], row[1:]) for row in db.execute(spelling.matching, asked))
    sold = sold or {}
    if sold and len(found) >= _CANDIDATES_MAX:
        found.update(_best_sellers(db, spelling, pieces, sold))

    def rank(no: int) -> tuple[int, bool, str, int]:
        product, letters, spelt = found[no]
        is_inside = not all(initial in spelt for initial in initials)
        return -sold.get(product, 0), is_inside, letters, no

    return catalogue.articles(heapq.nsmallest(limit, found, key=rank))


def _pieces(text: str, spelling: _Spelling) -> list[str]:
    """What must stand in a name; nothing when the text is too short, too long or has no letter."""
    if len(text) > _TEXT_MAX:
        return []
    if spelling is _IN_KEYS:
        pieces = [key_code(fold(text))]
    else:
        pieces = list(dict.fromkeys(piece for piece in map(fold, text.split()) if piece))
    shortest = min(map(len, pieces), default=0)
    return pieces if shortest >= spelling.typed_min and len(pieces) <= _PIECES_MAX else []


def _expression(spelling: _Spelling, pieces: Iterable[str]) -> str:
    """All of ``pieces`` in the language of the index; a piece of two signs with every third."""
    terms = (
        f'"{piece}"'
        if len(piece) >= _TRIGRAM
        else "(" + " OR ".join(f'"{piece}{sign}"' for sign in spelling.signs) + ")"
        for piece in pieces
    )
    return f"{spelling.column} : ({' AND '.join(terms)})"


def _best_sellers(
    db: sqlite3.Connection, spelling: _Spelling, pieces: list[str], sold: Mapping[str, int]
) -> Iterable[tuple[int, tuple[str, str, str]]]:
    """Best sellers that match: the index alone would have cut them off with the rest."""
    best = heapq.nlargest(_BEST_SELLERS_MAX, sold, key=sold.__getitem__)
    rarest = max(pieces, key=len)
    for no, *fields in db.execute(spelling.selling, (as_json(best), rarest)):
        product, letters, spelt = fields
        if all(piece in spelt for piece in pieces):
            yield no, (product, letters, spelt)
