"""Brings the .po files up to date with the message ids in the sources and in the templates."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment
from jinja2.ext import extract_from_ast

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
LANGUAGES = ("pl", "fr", "es")
_SINGULAR = frozenset({"_", "gettext_noop", "translate"})
_PLURAL = frozenset({"ntranslate", "ngettext"})


@dataclass(frozen=True, slots=True)
class Domain:
    """A catalogue: its name, the folder of its languages, and where its message ids are."""

    name: str
    folder: str
    rooms: tuple[str, ...]

    def po_file(self, language: str) -> Path:
        """Where the translations into ``language`` are."""
        return ROOT / self.folder / "locale" / language / "LC_MESSAGES" / f"{self.name}.po"

    def message_ids(self) -> Catalog:
        """Every message id in the sources, also those inside f-strings, which tokenizers miss."""
        found = Catalog(project="kasoterminal", charset="utf-8")
        for source in self._sources("*.py"):
            for message in _in_tree(ast.parse(source.read_text(encoding="utf-8"))):
                # Places are left out: they would change with every line of code.
                found.add(message)
        for source in self._sources("*.html"):
            for message in _in_template(source.read_text(encoding="utf-8")):
                found.add(message)
        return found

    def _sources(self, pattern: str) -> Iterator[Path]:
        for room in self.rooms:
            yield from sorted((ROOT / room).rglob(pattern))


TILL = Domain("kasoterminal", "terminal", ("terminal", "ui"))
OFFICE = Domain("office", "backoffice", ("backoffice",))
DOMAINS = (TILL, OFFICE)


def _in_template(source: str) -> Iterator[str | tuple[str, str]]:
    tree = Environment(autoescape=True).parse(source)
    for _line, _function, said in extract_from_ast(tree, ("_", "ngettext"), babel_style=False):
        texts = [text for text in said if text is not None]
        if len(texts) > 1:
            yield texts[0], texts[1]
        elif texts:
            yield texts[0]


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
    for domain in DOMAINS:
        _update(domain)


def _update(domain: Domain) -> None:
    template = domain.message_ids()
    for language in LANGUAGES:
        path = domain.po_file(language)
        catalogue = Catalog(locale=language, project="kasoterminal", charset="utf-8")
        if path.exists():
            with path.open("rb") as po:
                catalogue = read_po(po, locale=language)
        # The date would change with every run, in every language, on every branch.
        template.creation_date = catalogue.creation_date
        catalogue.update(template, no_fuzzy_matching=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as po:
            write_po(
                po, catalogue, width=100, sort_output=True, ignore_obsolete=True, omit_header=False
            )


if __name__ == "__main__":
    main()
