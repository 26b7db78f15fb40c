"""Serves the demonstration to browsers on this machine: each tab a shop of its own, made and ended.

Nothing is fetched from elsewhere: pages, letters and scripts come from here, and the browser is
told so. A page of somebody else's that runs in the same browser gets no shop.
"""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiohttp_jinja2
from aiohttp import web
from textual_serve.server import Server

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

HOST = "127.0.0.1"
# Each is a printer, an office and a till, in processes of their own.
SHOPS_MAX = 4
_FAREWELL_S = 1.0
PAGES = Path(__file__).parent
_COMMAND = shlex.join([sys.executable, "-m", "ui", "demo", "--in-browser"])


class DemoServer(Server):
    """``shops_max`` tabs at a time; ``ready`` is told the address when it answers."""

    def __init__(
        self, port: int, ready: Callable[[str], object], *, shops_max: int = SHOPS_MAX
    ) -> None:
        super().__init__(
            _COMMAND, host=HOST, port=port, title="KasoTerminal demo", templates_path=PAGES
        )
        self._ready = ready
        self._shops_max = shops_max
        self._shops = 0

    def serve(self, debug: bool = False) -> None:  # noqa: FBT001, FBT002 - as the original
        """Answer until it is interrupted; raises ``OSError`` when the port is taken."""
        self.debug = debug

        def listening(*_words: object) -> None:
            self._ready(self.public_url)

        # Tabs stay open for ever: nobody waits for them, and their shops end all the same.
        web.run_app(
            self._make_app(),
            host=HOST,
            port=self.port,
            print=listening,
            shutdown_timeout=_FAREWELL_S,
        )

    async def on_startup(self, _app: web.Application) -> None:
        """Nothing is said before it listens."""

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.router.add_get("/page.js", _script)
        app.middlewares.append(self._guarded)
        return app

    @web.middleware
    async def _guarded(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Only this machine's own pages; and those fetch nothing from anywhere else."""
        own = f"{HOST}:{self.port}"
        if request.host != own or request.headers.get("Origin", self.public_url) != self.public_url:
            raise web.HTTPForbidden(text=f"this page is for http://{own} only")
        response = await handler(request)
        if not response.prepared:
            response.headers["Content-Security-Policy"] = (
                f"default-src 'self'; connect-src 'self' ws://{own};"
                " style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'"
            )
            response.headers["Cache-Control"] = "no-store"
        return response

    async def handle_index(self, request: web.Request) -> Any:  # noqa: ANN401 - as the original
        """A shop for this tab, or the page that says that there are enough."""
        if self._shops < self._shops_max:
            return await super().handle_index(request)
        about = {"application": {"name": self.title}, "shops": self._shops}
        return aiohttp_jinja2.render_template("busy.html", request, about, status=503)

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """The line of one tab: its shop is there as long as this is."""
        if self._shops >= self._shops_max:
            raise web.HTTPServiceUnavailable(text="too many shops at a time")
        self._shops += 1
        try:
            return await super().handle_websocket(request)
        finally:
            self._shops -= 1


async def _script(_request: web.Request) -> web.Response:
    text = (PAGES / "page.js").read_text(encoding="utf-8")
    return web.Response(text=text, content_type="text/javascript")
