"""A Novitus printer on the bench, and a client that is not the driver: Python's own HTTP."""

from __future__ import annotations

import base64
import http.client
import json

import pytest

from drivers.novitus.packet import Packet, decode, encode
from hw_emulator.novitus.device import Device
from hw_emulator.paper import Paper
from hw_emulator.posnet.memory import FiscalMemory

DEADLINE_S = 10.0


def direct_io(packet: Packet) -> dict:
    value = base64.b64encode(encode(packet)).decode()
    return {"direct_io": {"nov_cmd": {"base64": value}}}


def receipt(*articles: dict, **more) -> dict:
    """A receipt of one thing for 1.00 at rate A, or of ``articles``."""
    one = {"name": "Kawa", "ptu": "A", "price": "1.00", "quantity": "1", "value": "1.00"}
    items = [{"article": one | article} for article in articles or ({},)]
    total = sum(int(each["article"]["value"].replace(".", "")) for each in items)
    money = f"{total // 100}.{total % 100:02d}"
    summary = {"total": money, "pay_in": money}
    return {"receipt": {"items": items, "summary": summary | more.pop("summary", {}), **more}}


class Bench:
    """A device without threads and without its interface."""

    def __init__(self, clock, **options) -> None:
        self.memory = options.pop("memory", None) or FiscalMemory()
        self.device = Device(self.memory, Paper(), now=clock, **options)

    @property
    def printed(self) -> str:
        return self.device.paper.text

    def execute(self, kind: str, document: dict):
        return self.device.execute(kind, document)

    def sell(self, *articles: dict, **more) -> None:
        self.execute("receipt", receipt(*articles, **more))

    def report(self) -> None:
        today = self.device.clock().strftime("%d/%m/%Y")
        self.execute("daily_report", {"daily_report": {"date": today}})

    def packet(self, command: str, parameters: str = "", texts: str = "") -> Packet | None:
        """Carry a packet out; gives the one that answers."""
        done, jpkid = self.execute("direct_io", direct_io(Packet(command, parameters, texts)))
        assert jpkid == 0
        if not done:
            return None
        assert done["packet"]["protocol"] == "NOVITUS"
        return decode(base64.b64decode(done["packet"]["value"]))

    def register(self) -> list[str]:
        return self.packet("#s", "23").texts.split("/")


class Client:
    """A client of the interface, as any other program would be one."""

    def __init__(self, address: str) -> None:
        host, port = address.split(":")
        self.http = http.client.HTTPConnection(host, int(port), DEADLINE_S)
        self.token = ""

    def ask(self, method: str, path: str, document: dict | str | None = None):
        """Status and answer of one request; raises OSError and http.client.HTTPException."""
        body = json.dumps(document) if isinstance(document, dict) else document
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        self.http.request(method, f"/api/v1{path}", body, headers)
        answer = self.http.getresponse()
        return answer.status, json.loads(answer.read())

    def log_in(self) -> None:
        status, answer = self.ask("GET", "/token")
        assert status == 200
        self.token = answer["token"]

    def store(self, kind: str, document: dict) -> str:
        status, answer = self.ask("POST", f"/{kind}", document)
        assert (status, answer["request"]["status"]) == (201, "STORED")
        return f"/{kind}/{answer['request']['id']}"

    def carry_out(self, kind: str, document: dict) -> dict:
        """Store, confirm, wait for the end."""
        path = self.store(kind, document)
        status, answer = self.ask("PUT", path)
        assert status == 200, answer
        return self.end_of(path)

    def end_of(self, path: str) -> dict:
        """The document when it has ended."""
        while True:
            status, answer = self.ask("GET", f"{path}?timeout=2000")
            assert status == 200
            if answer["request"]["status"] not in {"QUEUED", "PENDING"}:
                return answer["request"]


@pytest.fixture
def make_novitus(clock):
    return lambda **options: Bench(clock, **options)


@pytest.fixture
def novitus(make_novitus):
    return make_novitus()


@pytest.fixture
def receipt_of():
    return receipt


@pytest.fixture
def serve_novitus(clock):
    """Start printers; whatever was started is stopped."""
    from hw_emulator.host import start_novitus  # noqa: PLC0415 - only who serves pays for it

    started = []

    def start(*args, **options):
        started.append(start_novitus(*args, **({"now": clock} | options)))
        return started[-1]

    yield start
    for running in started:
        running.stop()


@pytest.fixture
def call():
    """Make clients that have a token."""
    clients = []

    def make(running) -> Client:
        clients.append(Client(running.tcp))
        clients[-1].log_in()
        return clients[-1]

    yield make
    for client in clients:
        client.http.close()
