"""Gives each answer to a till the digest of its body, RFC 9530: what was garbled is not believed.

A flipped digit in an answer is still good JSON, and would look like an office that holds another
journal. Only answers that are sent in one piece have a digest; a packed one has a sum of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from litestar.datastructures import MutableScopeHeaders

from terminal.sync import wire

if TYPE_CHECKING:
    from litestar.types import ASGIApp, Message, Receive, Scope, Send


def digesting(app: ASGIApp) -> ASGIApp:
    """Middleware: holds the start of an answer back until the body is there."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        held: list[Message] = []

        async def seal(message: Message) -> None:
            if message["type"] == "http.response.start":
                held.append(message)
                return
            if held:
                start = held.pop()
                if message["type"] == "http.response.body" and not message.get("more_body"):
                    headers = MutableScopeHeaders.from_message(start)
                    headers[wire.DIGEST_HEADER] = wire.content_digest(message["body"])
                await send(start)
            await send(message)

        await app(scope, receive, seal)

    return answer
