"""The interface by hand for the driver's tests: what it is asked, what it says, time that flies."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

import pytest

from drivers.novitus.frame import Request, Response
from drivers.novitus.session import Ask, Heard

SILENT = None
NUMBER = "0123456789abcdef0123456789abcdef"


def says(status: int, /, **document) -> Response:
    return Response(status, json.dumps(document).encode())


def trouble(status: int, code: int, /, **more) -> Response:
    return says(status, exception={"code": code, "description": "trouble", **more})


def shows(status: str, /, *, device: dict | None = None, **request) -> Response:
    """The answer to a look at a document."""
    return says(
        200, device=device or {"status": "OK"}, request={"id": NUMBER, "status": status, **request}
    )


@dataclass
class Play:
    """Answers a dialogue from a script of lines ``METHOD path`` and what is said to each.

    ``seconds`` is the time that passed: an answer takes none, silence all that is waited for it.
    """

    script: list[tuple[str, Response | None]]
    seconds: float = 0.0
    asked: list[Request] = field(default_factory=list)
    is_sent: bool = True

    def run(self, dialogue):
        try:
            step = next(dialogue)
            while True:
                step = dialogue.send(self._do(step))
        except StopIteration as end:
            return end.value
        finally:
            assert not self.script, f"never asked: {self.script}"

    def _do(self, step) -> Heard:
        if not isinstance(step, Ask):
            self.seconds += step.seconds
            return Heard(waited_s=step.seconds)
        self.asked.append(step.request)
        line = f"{step.request.method} {step.request.path}".replace(NUMBER, "N")
        assert self.script, f"{line} is not in the script"
        expected, answer = self.script.pop(0)
        assert line == expected
        if answer is SILENT:
            self.seconds += step.wait_s
            return Heard(waited_s=step.wait_s, is_sent=self.is_sent)
        return Heard(answer)


@pytest.fixture
def play():
    """Run a dialogue through a script; gives its result and the play."""

    def run(dialogue, *script, **options):
        made = Play(list(script), **options)
        return made.run(dialogue), made

    return run
