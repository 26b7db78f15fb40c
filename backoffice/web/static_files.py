"""Style sheet, script and pictures: read once, each under a name made of its content."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from mimetypes import guess_type
from pathlib import Path

from litestar import Response, get
from litestar.params import FromPath

from backoffice.errors import NotFound

FOLDER = Path(__file__).parent / "static"
# What bears the hash of its content in its name never changes.
_FOR_EVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class File:
    """A file as it is sent; ``name`` bears its hash."""

    name: str
    content: bytes
    kind: str


@cache
def files() -> dict[str, File]:
    """The files by their plain names."""
    return {path.name: _read(path) for path in sorted(FOLDER.iterdir())}


def address(name: str) -> str:
    """Where a browser fetches a file."""
    return f"/static/{files()[name].name}"


@get("/static/{name:str}", sync_to_thread=False, include_in_schema=False)
def static_file(name: FromPath[str]) -> Response[bytes]:
    """A file by its plain name, or by the one with its hash, which a browser may keep."""
    found = files().get(name) or _by_hash().get(name)
    if found is None:
        raise NotFound(detail="no such file")
    kept = _FOR_EVER if name == found.name else "no-cache"
    return Response(found.content, media_type=found.kind, headers={"Cache-Control": kept})


@cache
def _by_hash() -> dict[str, File]:
    return {file.name: file for file in files().values()}


def _read(path: Path) -> File:
    content = path.read_bytes()
    kind = guess_type(path.name)[0] or "application/octet-stream"
    if kind.startswith("text/"):
        kind += "; charset=utf-8"
    name = f"{path.stem}.{sha256(content).hexdigest()[:12]}{path.suffix}"
    return File(name, content, kind)
