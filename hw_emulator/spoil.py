"""What faults make of bytes on a line, in either direction. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hw_emulator.fault_kinds import Kind

if TYPE_CHECKING:
    from hw_emulator.faults import Fault


def spoil_request(command: bytes, struck: dict[Kind, Fault]) -> bytes:
    """The bytes of a command as they reach the device."""
    if Kind.DROP in struck:
        return b""
    if Kind.GARBLE_REQUEST in struck:
        command = _garbled(command, struck[Kind.GARBLE_REQUEST])
    for kind in (Kind.CUT_REQUEST, Kind.DEAD_REQUEST, Kind.UNPLUG_REQUEST):
        if kind in struck:
            command = command[: struck[kind].byte(len(command))]
    if Kind.NOISE_REQUEST in struck:
        command = struck[Kind.NOISE_REQUEST].noise() + command
    return command


def spoil_answer(answer: bytes, struck: dict[Kind, Fault]) -> bytes:
    """The bytes of an answer as they arrive; empty when nothing does."""
    if Kind.LOSE in struck:
        return b""
    if Kind.GARBLE in struck:
        answer = _garbled(answer, struck[Kind.GARBLE])
    if Kind.NOISE_IN in struck:
        middle = len(answer) // 2
        answer = answer[:middle] + struck[Kind.NOISE_IN].noise() + answer[middle:]
    for kind in (Kind.CUT, Kind.DEAD, Kind.UNPLUG):
        if kind in struck:
            answer = answer[: struck[kind].byte(len(answer))]
    if Kind.NOISE in struck:
        answer = struck[Kind.NOISE].noise() + answer
    if Kind.NOISE_AFTER in struck:
        answer += struck[Kind.NOISE_AFTER].noise()
    return answer * 2 if Kind.DOUBLE in struck else answer


def _garbled(data: bytes, fault: Fault) -> bytes:
    if not data:
        return data
    place, bit = fault.bit(len(data))
    return data[:place] + bytes([data[place] ^ 1 << bit]) + data[place + 1 :]
