"""Brings the .po files up to date with the message ids in the sources."""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
LANGUAGES = ("pl", "fr", "es")
_ROOMS = ("terminal", "ui")
_KEYWORDS = {"_": None, "gettext_noop": None, "translate": None, "ntranslate": (1, 2)}


def po_file(language: str) -> Path:
    """Where the translations into ``language`` are."""
    return ROOT / "terminal" / "locale" / language / "LC_MESSAGES" / "kasoterminal.po"


def message_ids() -> Catalog:
    """Every message id in the sources."""
    found = Catalog(project="kasoterminal", charset="utf-8")
    for room in _ROOMS:
        for _file, _line, message, _comments, _context in extract_from_dir(
            ROOT / room, keywords=_KEYWORDS
        ):
            # Places are left out: they would change with every line of code.
            found.add(message)
    return found


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
