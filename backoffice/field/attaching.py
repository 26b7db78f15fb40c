"""Files and notes that the office attaches, and takes away. No HTTP.

What a file is called by its sender is a text like any other: it names no place on any disk.
"""

from __future__ import annotations

import hashlib
import uuid
from typing import TYPE_CHECKING, Any

from backoffice.errors import BadRequest, NotFound
from backoffice.field import contents
from backoffice.field.listed import SET_OF
from backoffice.field.shapes import ATTACHMENTS
from backoffice.moments import stamp
from terminal.sync import wire

if TYPE_CHECKING:
    from backoffice.editing import Editor

NAME_LENGTH_MAX = 120
_UNSAFE = str.maketrans(dict.fromkeys('/\\:*?"<>|', "_"))
# How the pictures begin that a browser shows by itself. No SVG: that is a program.
_PICTURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)


def note(editor: Editor, shop: str, about: str, of: str, text: str) -> str:
    """Write a note about something; its id. Raises ``NotFound``, ``BadRows``."""
    _must_be(editor, shop, about, of)
    return _save(editor, shop, {"about": about, "of": of, "kind": "note", "text": text})


def file(editor: Editor, shop: str, about: str, of: str, name: str, content: bytes) -> str:
    """Attach a file; its id. Raises what ``note`` and ``contents.keep`` do."""
    _must_be(editor, shop, about, of)
    sha256 = hashlib.sha256(content).hexdigest()
    contents.keep(editor.connection, sha256, len(content), [content], editor.moment)
    told = {"name": safe_name(name), "size": len(content), "sha256": sha256}
    kind = {"kind": "file", "media_type": picture(content)}
    return _save(editor, shop, {"about": about, "of": of, **kind, **told})


def remove(editor: Editor, shop: str, row_id: str) -> wire.Attachment:
    """Take one away; its content stays for some days. Raises ``NotFound``."""
    row = editor.row(ATTACHMENTS, shop, row_id)
    if row is None:
        raise NotFound(detail=f"no attachment {row_id!r}")
    editor.remove(ATTACHMENTS, shop, row_id)
    if sha256 := row.get("sha256"):
        contents.touch(editor.connection, sha256, editor.moment)
    return wire.Attachment(**row)


def safe_name(name: str) -> str:
    """What a file may be called anywhere, as close as can be to what it was called."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(letter if letter.isprintable() else "_" for letter in last)
    base, dot, ending = " ".join(shown.translate(_UNSAFE).split()).rpartition(".")
    kept = base[: max(0, NAME_LENGTH_MAX - len(ending) - 1)] + dot + ending
    safe = kept[:NAME_LENGTH_MAX].strip()
    return safe if wire.is_safe_name(safe) else "file"


def picture(beginning: bytes) -> str:
    """The media type of a picture that a browser may show; empty for all else."""
    for mark, media_type in _PICTURES:
        if beginning.startswith(mark):
            return media_type
    is_webp = beginning[:4] == b"RIFF" and beginning[8:12] == b"WEBP"
    return "image/webp" if is_webp else ""


def _save(editor: Editor, shop: str, row: dict[str, Any]) -> str:
    row_id = str(uuid.uuid4())
    whole = {**row, "id": row_id, "at": stamp(editor.moment)}
    editor.save(ATTACHMENTS, shop, whole, 0, act="attach")
    return row_id


def _must_be(editor: Editor, shop: str, about: str, of: str) -> None:
    if about not in SET_OF:
        raise BadRequest(detail=f"about: expected one of {', '.join(SET_OF)}")
    if editor.row(SET_OF[about], shop, of) is None:
        raise NotFound(detail=f"there is no such {about}")
