"""Brings the .po files up to date with the message ids in the sources."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
LANGUAGES = ("pl", "fr", "es")
_ROOMS = ("terminal", "ui")
_SINGULAR = frozenset({"_", "gettext_noop", "translate"})
_PLURAL = frozenset({"ntranslate"})


def po_file(language: str) -> Path:
    """Where the translations into ``language`` are."""
    return ROOT / "terminal" / "locale" / language / "LC_MESSAGES" / "kasoterminal.po"


def message_ids() -> Catalog:
    """Every message id in the sources, also those inside f-strings, which tokenizers miss."""
    found = Catalog(project="kasoterminal", charset="utf-8")
    for room in _ROOMS:
        for source in sorted((ROOT / room).rglob("*.py")):
            for message in _in_tree(ast.parse(source.read_text(encoding="utf-8"))):
                # Places are left out: they would change with every line of code.
                found.add(message)
    return found


def _in_tree(tree: ast.AST) -> Iterator[str | tuple[str, str]]:
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        texts = [arg.value for arg in node.args[:2] if isinstance(arg, ast.Constant)]
        words = [text for text in texts if isinstance(text, str)]
        if node.func.id in _SINGULAR and words:
            yield words[0]
        elif node.func.id in _PLURAL and len(words) > 1:
            yield words[0], words[1]


def main() -> None:
    """Add new ids, drop unused ones, keep every translation."""
    template = message_ids()
    for language in LANGUAGES:
        path = po_file(language)
        catalogue = Catalog(locale=language, project="kasoterminal", charset="utf-8")
        if path.exists():
            with path.open("rb") as po:
                catalogue = read_po(po, locale=language)
        catalogue.update(template, no_fuzzy_matching=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as po:
            write_po(
                po, catalogue, width=100, sort_output=True, ignore_obsolete=True, omit_header=False
            )


if __name__ == "__main__":
    main()
