"""A bad line between tills and their office: knows where HTTP/1.1 messages end, nothing else.

Each request draws its fate from one seeded dice, so that a kept-alive connection is no safer than
eight new ones.

    refuse     hung up at the first byte               nothing has happened
    reset      part of the request, then a reset       nothing has happened
    cut        part of the answer, then a reset        it has happened, and nobody knows
    blackhole  swallowed until the till gives up       nothing has happened
    delay      kept, often longer than the till waits  happens when nobody waits any more
    slice      a few bytes at a time, both ways        has happened
    duplicate  the same bytes again, some time later   has happened, and is asked once more
    flip       one bit of the request or the answer    anything
"""

from __future__ import annotations

import asyncio
import random
import socket
import struct
import threading
from asyncio import IncompleteReadError, StreamReader, StreamWriter
from collections import Counter
from contextlib import suppress

FAULTS = ("refuse", "reset", "cut", "blackhole", "delay", "slice", "duplicate", "flip")
_RESET = struct.pack("ii", 1, 0)  # no lingering: closing sends a reset
_MESSAGE_MAX = 32 * 1024 * 1024
_START_S = 10.0


class Broken(Exception):
    """This connection ends here, with a reset."""


class FaultProxy:
    """Listens at ``port`` for whatever stands at ``target``; ``patience_s`` is how long tills wait.

    ``rate`` is the share of requests that meet one of ``faults``, and ``is_parted`` cuts the line
    altogether; all of them may change at any time. ``met`` counts.
    """

    def __init__(self, target: int, seed: int, *, rate: float, patience_s: float) -> None:
        self.target = target
        self.rate = rate
        self.faults = FAULTS
        self.is_parted = False
        self.met: Counter[str] = Counter()
        self.port = 0
        self._patience_s = patience_s
        self._dice = random.Random(seed)
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()
        self._is_up = threading.Event()
        self._ended = asyncio.Event()
        self._thread = threading.Thread(target=self._run, name="faultproxy", daemon=True)
        self._thread.start()
        assert self._is_up.wait(_START_S)

    def stop(self) -> None:
        """Hang up on everybody."""
        self._loop.call_soon_threadsafe(self._ended.set)
        self._thread.join(_START_S)
        self._loop.close()

    def _run(self) -> None:
        self._loop.run_until_complete(self._listen())

    async def _listen(self) -> None:
        server = await asyncio.start_server(self._accept, "127.0.0.1", 0, limit=_MESSAGE_MAX)
        self.port = server.sockets[0].getsockname()[1]
        self._is_up.set()
        await self._ended.wait()
        server.close()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for _ in range(3):
            await asyncio.sleep(0)  # a line that was given up is closed in the rounds that follow

    def _accept(self, reader: StreamReader, writer: StreamWriter) -> None:
        serving = self._begin(self._serve(reader, writer))
        serving.add_done_callback(lambda _: hang_up(writer))

    def _begin(self, work) -> asyncio.Task[None]:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        with suppress(OSError, Broken, IncompleteReadError, asyncio.LimitOverrunError):
            while True:
                asked = await read_message(reader)
                fault = self._draw()
                self.met[fault] += 1
                await getattr(self, f"_{fault}")(asked, reader, writer)

    def _draw(self) -> str:
        if self.is_parted:
            return "refuse"
        return self._dice.choice(self.faults) if self._dice.random() < self.rate else "nothing"

    # --- fates ---------------------------------------------------------------------------------

    async def _nothing(self, asked: bytes, _reader: StreamReader, writer: StreamWriter) -> None:
        writer.write(await self._ask(asked))
        await writer.drain()

    async def _refuse(self, _asked: bytes, _reader: StreamReader, _writer: StreamWriter) -> None:
        raise Broken

    async def _reset(self, asked: bytes, _reader: StreamReader, _writer: StreamWriter) -> None:
        _answers, office = await asyncio.open_connection("127.0.0.1", self.target)
        office.write(asked[: self._dice.randrange(len(asked))])
        await office.drain()
        hang_up(office)
        raise Broken

    async def _cut(self, asked: bytes, _reader: StreamReader, writer: StreamWriter) -> None:
        answer = await self._ask(asked)
        writer.write(answer[: self._dice.randrange(len(answer))])
        await writer.drain()
        raise Broken

    async def _blackhole(self, _asked: bytes, reader: StreamReader, _writer: StreamWriter) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(reader.read(1), 4 * self._patience_s)
        raise Broken

    async def _delay(self, asked: bytes, reader: StreamReader, writer: StreamWriter) -> None:
        await asyncio.sleep(self._dice.uniform(0, 1.5 * self._patience_s))
        await self._nothing(asked, reader, writer)

    async def _slice(self, asked: bytes, _reader: StreamReader, writer: StreamWriter) -> None:
        answers, office = await asyncio.open_connection("127.0.0.1", self.target)
        try:
            await self._write_sliced(asked, office)
            await self._write_sliced(await read_message(answers), writer)
        finally:
            hang_up(office)

    async def _write_sliced(self, message: bytes, writer: StreamWriter) -> None:
        # The head in crumbs; what follows would take for ever.
        size_max = 7 if len(message) < 2000 else 200
        start = 0
        while start < len(message):
            end = start + self._dice.randint(1, size_max)
            writer.write(message[start:end])
            await writer.drain()
            await asyncio.sleep(0)
            start = end

    async def _duplicate(self, asked: bytes, reader: StreamReader, writer: StreamWriter) -> None:
        self._begin(self._ask_later(asked))
        await self._nothing(asked, reader, writer)

    async def _ask_later(self, asked: bytes) -> None:
        await asyncio.sleep(self._dice.uniform(0, self._patience_s))
        with suppress(OSError, Broken, IncompleteReadError):
            await self._ask(asked)

    async def _flip(self, asked: bytes, _reader: StreamReader, writer: StreamWriter) -> None:
        if self._dice.random() < 0.5:
            answer = await self._ask(self._flipped(asked))
        else:
            answer = self._flipped(await self._ask(asked))
        writer.write(answer)
        await writer.drain()
        # The till may wait for bytes that never come, or find some too many.
        raise Broken

    def _flipped(self, message: bytes) -> bytes:
        place, bit = self._dice.randrange(len(message)), self._dice.randrange(8)
        return message[:place] + bytes([message[place] ^ 1 << bit]) + message[place + 1 :]

    # --- the office ----------------------------------------------------------------------------

    async def _ask(self, asked: bytes) -> bytes:
        """Have a request answered; a line to the office of its own, so that nothing hangs on it."""
        answers, office = await asyncio.open_connection("127.0.0.1", self.target)
        try:
            office.write(asked)
            await office.drain()
            return await asyncio.wait_for(read_message(answers), 10 * self._patience_s)
        except TimeoutError:
            raise Broken from None
        finally:
            hang_up(office)


async def read_message(reader: StreamReader) -> bytes:
    """One HTTP/1.1 message, byte for byte."""
    head = await reader.readuntil(b"\r\n\r\n")
    fields = dict(line.split(b":", 1) for line in head.lower().split(b"\r\n")[1:] if b":" in line)
    if b"chunked" in fields.get(b"transfer-encoding", b""):
        return head + await _read_chunks(reader)
    return head + await reader.readexactly(int(fields.get(b"content-length", b"0")))


async def _read_chunks(reader: StreamReader) -> bytes:
    chunks = b""
    while True:
        size = await reader.readuntil(b"\r\n")
        chunks += size + await reader.readexactly(int(size, 16) + 2)
        if int(size, 16) == 0:
            return chunks


def hang_up(writer: StreamWriter) -> None:
    """With a reset: whoever reads there knows at once."""
    line: socket.socket | None = writer.get_extra_info("socket")
    if line is not None:
        with suppress(OSError):
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    writer.transport.abort()
