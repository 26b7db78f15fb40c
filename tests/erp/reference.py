"""A real HTTP server that is the company's ERP: PostgreSQL, OAuth2, paging, ETag, keys, faults.

It names everything its own way; ``reference.toml`` beside it says how. Nothing of ours is used in
it, so that a misunderstanding cannot hide on both sides.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import secrets
import socket
import threading
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import psycopg
import uvicorn
from litestar import Litestar, Request, Response, route

TOML = Path(__file__).with_name("reference.toml").read_text(encoding="utf-8")
CLIENT, SECRET = "kasa", "tajne-haslo-erp"
PARTNERS = "kontrahenci"
TABLES = """
CREATE SEQUENCE stan;
CREATE TABLE zapis (zbior text, kod text, stan bigint NOT NULL, cialo jsonb NOT NULL,
  obcy text NOT NULL DEFAULT '', PRIMARY KEY (zbior, kod));
CREATE TABLE klucz (klucz text PRIMARY KEY, odpowiedz jsonb NOT NULL);
CREATE TABLE plik (skrot text PRIMARY KEY, nazwa text, calosc boolean NOT NULL, dane bytea NOT NULL)
"""

FAULTS = {
    "busy": ('{"detail": "zamykamy miesiac"}', 503, {"Retry-After": "7"}),
    "many": ('{"detail": "za czesto"}', 429, {"Retry-After": "3"}),
    "down": ("<html>bad gateway</html>", 502, {}),
    "elsewhere": ("{}", 307, {"Location": "https://other.example/towary"}),
    "no": ('{"title": "Zle", "detail": "brak uprawnien do \\u001bzbioru"}', 403, {}),
    "half": ('{"pozycje": [{"kod": "1', 200, {}),
    "loop": ('{"pozycje": [], "dalej": "50"}', 200, {}),
    "away": ("[]", 200, {"Link": '<https://other.example/x>; rel="next"'}),
    "huge": ("[" + " " * (33 * 1024 * 1024) + "]", 200, {}),
}


class ReferenceErp:
    """The server; ``faults`` are words that the next requests meet, each once.

    ``asked`` are the requests it saw: method, path with query, ETag. One that meets ``slow`` is
    answered once ``let_go`` is set.
    """

    def __init__(self, cluster, *, own_ids=True) -> None:
        where = f"host={cluster.folder} port=5432 user=kaso dbname={cluster.create()}"
        self._books = psycopg.connect(where, autocommit=True)
        self._books.execute(TABLES)
        self._own_ids = own_ids
        self._alone = threading.RLock()
        self._tokens: set[str] = set()
        self.faults: list[str] = []
        self.asked: list[str] = []
        self.let_go = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"

        async def handle(request: Request) -> Response:
            return await asyncio.to_thread(self._answer, request, await request.body())

        methods = ["GET", "POST", "PATCH", "HEAD"]
        handler = route(["/", "/{rest:path}"], http_method=methods)(handle)
        app = Litestar([handler], openapi_config=None, request_max_body_size=None)
        config = uvicorn.Config(app, log_config=None, access_log=False, lifespan="off")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [self._listener]}, daemon=True
        )
        self._thread.start()

    @property
    def toml(self) -> str:
        return TOML.replace("ADDRESS", self.url)

    def stop(self) -> None:
        self.let_go.set()
        self._server.should_exit = True
        self._thread.join(10)
        self._listener.close()
        self._books.close()

    def put(self, name: str, *rows: dict[str, Any], key: str = "kod") -> None:
        """What somebody in the company's office typed."""
        with self._alone:
            for row in rows:
                self._keep(name, row[key], row)

    def rows(self, name: str) -> dict[str, dict[str, Any]]:
        """What the ERP holds of a set, by its own ids."""
        with self._alone:
            found = self._books.execute(
                "SELECT kod, cialo FROM zapis WHERE zbior = %s ORDER BY stan", [name]
            )
            return dict(found.fetchall())

    def file(self, sha256: str) -> bytes | None:
        with self._alone:
            row = self._books.execute(
                "SELECT dane FROM plik WHERE skrot = %s AND calosc", [sha256]
            ).fetchone()
        return bytes(row[0]) if row else None

    def put_file(self, data: bytes) -> str:
        sha256 = hashlib.sha256(data).hexdigest()
        with self._alone:
            self._books.execute("INSERT INTO plik VALUES (%s, '', true, %s)", [sha256, data])
        return sha256

    def forget_tokens(self) -> None:
        self._tokens.clear()

    def _answer(self, request: Request, raw: bytes) -> Response:
        path = request.url.path
        if path == "/oauth/token":
            return self._token(request, parse_qs(raw.decode()))
        if self.faults[:1] == ["slow"]:
            self.faults.clear()
            self.let_go.wait(30)
        with self._alone:
            known = request.headers.get("if-none-match", "")
            self.asked.append(f"{request.method} {path}?{request.url.query} {known}".rstrip())
            fault = self.faults.pop(0) if self.faults else ""
            if fault and fault != "twice":
                return self._fault(fault)
            if request.headers.get("authorization", "")[len("Bearer ") :] not in self._tokens:
                return _said({"detail": "nie znam tego znacznika"}, 401)
            answer = self._known(request, path, raw)
            # The line breaks after the work was done: the asker cannot know it.
            return self._fault("busy") if fault == "twice" else answer

    def _known(self, request: Request, path: str, raw: bytes) -> Response:
        """The answer to one whom we know."""
        if path.startswith("/pliki/"):
            return self._content(request, path.rpartition("/")[2], raw)
        if request.method == "POST":
            return self._take(path.strip("/"), json.loads(raw))
        query = parse_qs(request.url.query)
        return self._page(request, path.strip("/"), {key: it[0] for key, it in query.items()})

    def _fault(self, word: str) -> Response:
        content, status, headers = FAULTS[word]
        return Response(content.encode(), status_code=status, headers=headers)

    def _token(self, request: Request, form: dict[str, list[str]]) -> Response:
        who = base64.b64decode(request.headers.get("authorization", "")[len("Basic ") :]).decode()
        if who != f"{CLIENT}:{SECRET}" or form.get("grant_type") != ["client_credentials"]:
            return _said({"error": "invalid_client"}, 401)
        self.asked.append("token")
        token = secrets.token_urlsafe(16)
        self._tokens.add(token)
        return _said({"access_token": token, "token_type": "Bearer", "expires_in": 3600}, 200)

    def _page(self, request: Request, name: str, query: dict[str, str]) -> Response:
        since, limit = int(query.get("since", "0")), int(query.get("limit", "100"))
        after = int(query.get("cursor", since))
        rows = self._books.execute(
            "SELECT stan, cialo FROM zapis WHERE zbior = %s AND stan > %s ORDER BY stan LIMIT %s",
            [name, after, limit + 1],
        ).fetchall()
        if "nip" in query:
            found = [it for it in self.rows(name).values() if it.get("nip") == query["nip"]]
            return _said({"pozycje": found}, 200)
        newest, count = self._books.execute(
            "SELECT coalesce(max(stan), 0), count(*) FILTER (WHERE stan > %s) FROM zapis"
            " WHERE zbior = %s",
            [since, name],
        ).fetchone()
        etag = f'"{name}-{since}-{newest}"'
        if request.headers.get("if-none-match") == etag:
            return Response(b"", status_code=304, headers={"ETag": etag})
        more = {"dalej": str(rows[limit - 1][0])} if len(rows) > limit else {}
        page = [body for _number, body in rows[:limit]]
        answer = {"pozycje": page, "stan": str(newest), "total": count, **more}
        return _said(answer, 200, {"ETag": etag})

    def _take(self, name: str, asked: dict[str, Any]) -> Response:
        answers = []
        for record in asked["records"]:
            row = dict(record)
            key = row.pop("key")
            known = self._books.execute(
                "SELECT odpowiedz FROM klucz WHERE klucz = %s", [key]
            ).fetchone()
            answer = known[0] if known else self._taken(name, row, confirmed=asked["confirm"])
            if not known and answer["reply"] == "taken":
                self._books.execute("INSERT INTO klucz VALUES (%s, %s)", [key, json.dumps(answer)])
            answers.append(answer)
        return _said({"answers": answers}, 200)

    def _taken(self, name: str, row: dict[str, Any], *, confirmed: bool) -> dict[str, Any]:
        id_name = "kod" if name == PARTNERS else "id"
        foreign, own = row[id_name], row.pop("their_id", "")
        if name == PARTNERS:
            twins = [
                number for number, it in self.rows(name).items()
                if row.get("nip") and it.get("nip") == row["nip"] and number != own
            ]  # fmt: skip
            if twins and not confirmed:
                return {"id": foreign, "reply": "warned", "reason": f"NIP ma juz {twins[0]}"}
            if "odmowa" in row["nazwa"]:
                return {"id": foreign, "reply": "refused", "reason": "nazwa niedozwolona"}
        if not own:
            before = self._books.execute(
                "SELECT kod FROM zapis WHERE zbior = %s AND obcy = %s", [name, foreign]
            ).fetchone()
            own = before[0] if before else self._next_id(name, foreign)
        self._keep(name, own, row | {id_name: own}, foreign)
        return {"id": foreign, "reply": "taken", "their_id": own}

    def _next_id(self, name: str, foreign: str) -> str:
        if not self._own_ids:
            return foreign
        (count,) = self._books.execute(
            "SELECT count(*) FROM zapis WHERE zbior = %s", [name]
        ).fetchone()
        return f"{name[:3].upper()}-{count + 1:05}"

    def _keep(self, name: str, kod: str, row: dict[str, Any], foreign: str = "") -> None:
        self._books.execute(
            "INSERT INTO zapis VALUES (%s, %s, nextval('stan'), %s, %s) ON CONFLICT (zbior, kod)"
            " DO UPDATE SET stan = excluded.stan, cialo = excluded.cialo",
            [name, kod, json.dumps(row), foreign],
        )

    def _content(self, request: Request, sha256: str, piece: bytes) -> Response:
        found = self._books.execute(
            "SELECT dane, calosc FROM plik WHERE skrot = %s", [sha256]
        ).fetchone()
        data, is_whole = (bytes(found[0]), found[1]) if found else (b"", False)
        if request.method == "GET" and is_whole:
            asked = request.headers.get("range", "bytes=0-")
            start = int(asked.removeprefix("bytes=").rstrip("-"))
            return Response(data[start:], status_code=206 if start else 200)
        if request.method == "HEAD" and found:
            state = {"Upload-Offset": str(len(data)), "Upload-Complete": f"?{int(is_whole)}"}
            return Response(b"", status_code=200, headers=state)
        if request.method != "PATCH":
            return _said({"detail": "nie ma takiego pliku"}, 404)
        if int(request.headers["upload-offset"]) != len(data):
            return _said({"detail": "inny poczatek"}, 409)
        data += piece
        is_over = request.headers["upload-complete"] == "?1"
        if is_over and hashlib.sha256(data).hexdigest() != sha256:
            return _said({"detail": "inny skrot"}, 422)
        self._books.execute(
            "INSERT INTO plik VALUES (%s, %s, %s, %s) ON CONFLICT (skrot) DO UPDATE"
            " SET dane = excluded.dane, calosc = excluded.calosc",
            [sha256, request.headers.get("upload-name", ""), is_over, data],
        )
        return Response(b"", status_code=204)


def _said(value: Any, status: int, headers: dict[str, str] | None = None) -> Response:
    content = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    media = "application/json"
    return Response(content.encode(), status_code=status, headers=headers or {}, media_type=media)
