"""Pages of the demonstration, and who gets them; a whole sale is tried in test_demo_web."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from ui.web.server import HOST, PAGES, DemoServer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine

    from aiohttp import ClientResponse


class Demo:
    """The server without a shop behind it."""

    def __init__(self, shops_max: int) -> None:
        self.told: list[str] = []
        self.server = DemoServer(0, self.told.append, shops_max=shops_max)
        # Its shops live as long as a word of shell.
        self.server.command = "cat > /dev/null"

    async def open(self) -> Demo:
        listening = TestServer(await self.server._make_app(), host=HOST)
        self.client = TestClient(listening)
        await self.client.start_server()
        self.server.port = listening.port
        self.server.public_url = f"http://{HOST}:{listening.port}"
        return self

    async def get(self, path: str, **headers: str) -> ClientResponse:
        return await self.client.get(path, headers=headers)


@pytest.fixture
async def demo() -> AsyncIterator[Demo]:
    opened = await Demo(shops_max=1).open()
    yield opened
    await opened.client.close()


async def test_the_page_fetches_nothing_from_elsewhere(demo: Demo) -> None:
    answer = await demo.get("/")
    text = await answer.text()
    assert answer.status == 200
    addresses = re.findall(r"""(?:https?|wss?)://[^/"']+""", text)
    assert {address.partition("://")[2] for address in addresses} == {f"{HOST}:{demo.server.port}"}
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    for path in re.findall(rf"http://{HOST}:\d+(/[^\"]+)", text):
        assert (await demo.get(path)).status == 200, path
    script = await demo.get("/page.js")
    assert (script.status, script.content_type) == (200, "text/javascript")
    for page in PAGES.glob("*.*ml"):
        assert not re.search(r"https?://", page.read_text(encoding="utf-8")), page


@pytest.mark.parametrize(
    "headers", [{"Host": "evil.example"}, {"Origin": "http://evil.example"}], ids=str
)
async def test_a_page_of_somebody_else_gets_nothing(demo: Demo, headers: dict[str, str]) -> None:
    for path in ("/", "/ws", "/page.js"):
        assert (await demo.get(path, **headers)).status == 403


async def test_one_tab_too_many_is_told_so(demo: Demo) -> None:
    async with demo.client.ws_connect("/ws"):
        answer = await demo.get("/")
        assert answer.status == 503
        text = await answer.text()
        assert "Each tab is a shop of its own, and 1 are open" in text
        assert (await demo.get("/ws")).status == 503


async def test_nothing_is_said_before_it_listens(demo: Demo) -> None:
    assert demo.told == []


def test_it_says_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []

    def run_app(app: Coroutine[object, object, web.Application], **more: Any) -> None:
        app.close()
        more["print"]("======== Running on …")
        assert more["host"] == HOST

    monkeypatch.setattr(web, "run_app", run_app)
    DemoServer(8130, told.append).serve()
    assert told == [f"http://{HOST}:8130"]
