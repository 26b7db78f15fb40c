"""A hand on the printer from another process: JSON lines over a Unix socket.

    {"do": "paper", "out": true}            {"do": "cover", "open": true}
    {"do": "mechanism", "state": "CUTTER"}  {"do": "paper-low", "low": true}
    {"do": "key"}                           {"do": "key", "key": "cancel"}
    {"do": "fault", "spec": "lose:trend:1"} {"do": "midnight"}
    {"do": "clock", "jump_s": 3600}         {"do": "hold", "interface": 2}
    {"do": "drawer", "open": false}         {"do": "memory"}   {"do": "printed"}

Each line is answered by one line: {"ok": true, ...} or {"ok": false, "error": "..."}. A receipt
printer knows paper, paper-low, cover and printed.
"""

from __future__ import annotations

import contextlib
import json
import socketserver
import threading
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TypeAlias

from hw_emulator.posnet.device import Mechanism

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hw_emulator.host import RunningEscPos, RunningPosnet

Request: TypeAlias = dict[str, Any]
Words: TypeAlias = "dict[str, Callable[[Request], Request | None]]"

_POLL_S = 0.05


class Control:
    """Serves ``words`` on the Unix socket ``path``; raises OSError."""

    def __init__(self, path: Path, words: Words) -> None:
        path.unlink(missing_ok=True)
        self._path = path
        self._server = _Server(str(path), _Hand)
        self._server.words = words
        self._is_started = False

    def start(self) -> None:
        """Begin to serve."""
        self._is_started = True
        threading.Thread(
            target=self._server.serve_forever, args=(_POLL_S,), name="control", daemon=True
        ).start()

    def stop(self) -> None:
        """Stop serving and remove the socket."""
        if self._is_started:
            self._server.shutdown()
        self._server.server_close()
        with contextlib.suppress(OSError):
            self._path.unlink()


class _Server(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True
    block_on_close = False
    words: Words


class _Hand(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        with contextlib.suppress(OSError):
            for line in self.rfile:
                answer = do(self.server.words, line)
                self.wfile.write(json.dumps(answer, ensure_ascii=False).encode() + b"\n")


def do(words: Words, line: bytes) -> Request:
    """Carry out one request; never raises, an error is an answer."""
    try:
        request = json.loads(line)
        return {"ok": True, **(words[request["do"]](request) or {})}
    except (ValueError, KeyError, TypeError, OverflowError) as error:
        return {"ok": False, "error": f"{type(error).__name__}: {error}"}


def posnet_words(running: RunningPosnet) -> Words:
    """What can be done to a fiscal printer."""
    device, station = running.device, running.station

    def mechanism(state: Mechanism) -> None:
        station.set_mechanism(state)

    def set_flag(name: str, request: Request, key: str) -> None:
        setattr(device, name, bool(request[key]))

    return {
        "paper": lambda r: mechanism(Mechanism.NO_PAPER if r["out"] else Mechanism.OK),
        "cover": lambda r: mechanism(Mechanism.COVER if r["open"] else Mechanism.OK),
        "mechanism": lambda r: mechanism(Mechanism[r["state"]]),
        "paper-low": lambda r: set_flag("paper_low", r, "low"),
        "drawer": lambda r: set_flag("drawer_open", r, "open"),
        "key": lambda r: station.press(r.get("key", "ok")),
        "fault": lambda r: running.faults.add(r["spec"]),
        "midnight": lambda _: station.midnight(),
        "clock": lambda r: device.jump(int(r["jump_s"])),
        "hold": lambda r: setattr(device, "held_by", int(r["interface"])),
        "memory": lambda _: asdict(running.memory()),
        "printed": lambda _: {"text": running.paper.text},
    }


def escpos_words(running: RunningEscPos) -> Words:
    """What can be done to a receipt printer."""
    device = running.device
    return {
        "paper": lambda r: device.set_sensors(paper_out=bool(r["out"])),
        "paper-low": lambda r: device.set_sensors(paper_low=bool(r["low"])),
        "cover": lambda r: device.set_sensors(cover_open=bool(r["open"])),
        "printed": lambda _: {"text": running.paper.text},
    }
