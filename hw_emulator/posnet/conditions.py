"""What the world may do to a printer so that it stops selling, by name. Pure.

    device.conditions.add(Condition.KEYS_NOT_DELIVERED)
    device.conditions.discard(Condition("keys-not-delivered"))

Source: protocol.md §8, §9 (preconditions of trinit), appendix B.
"""

from __future__ import annotations

from enum import StrEnum

from hw_emulator.posnet.codes import Code, Refused


class Condition(StrEnum):
    """Why there is no sale; the value is the word for control sockets and command lines."""

    AUTHORISATION_OVER = "authorisation-over"
    SUBSCRIPTION_OVER = "subscription-over"
    KEYS_NOT_DELIVERED = "keys-not-delivered"
    CERTIFICATES_NEEDED = "certificates-needed"
    SHARED_KEY_MISSING = "shared-key-missing"
    CLOCK_BROKEN = "clock-broken"
    CLOCK_BEFORE_MEMORY = "clock-before-memory"
    SALE_MEMORY_FULL = "sale-memory-full"
    MEMORY_FULL = "memory-full"
    RAM_RESETS_USED_UP = "ram-resets-used-up"
    REPORTS_USED_UP = "reports-used-up"
    PROTECTED_MEMORY_FULL = "protected-memory-full"
    PROTECTED_MEMORY_LOW = "protected-memory-low"


# In the order they are looked at: the error number of the first one that holds is the answer.
SALE_BLOCKS: dict[Condition, Code] = {
    Condition.AUTHORISATION_OVER: Code.AUTHORISATION_OVER,
    Condition.SUBSCRIPTION_OVER: Code.SUBSCRIPTION_OVER,
    Condition.KEYS_NOT_DELIVERED: Code.KEYS_NOT_DELIVERED,
    Condition.CERTIFICATES_NEEDED: Code.CERTIFICATES_NEEDED,
    Condition.SHARED_KEY_MISSING: Code.SHARED_KEY_MISSING,
    Condition.CLOCK_BROKEN: Code.CLOCK_BROKEN,
    Condition.CLOCK_BEFORE_MEMORY: Code.CLOCK_BEFORE_MEMORY,
    Condition.SALE_MEMORY_FULL: Code.SALE_MEMORY_FULL,
    Condition.MEMORY_FULL: Code.MEMORY_FULL,
    Condition.RAM_RESETS_USED_UP: Code.RAM_RESETS_USED_UP,
    Condition.REPORTS_USED_UP: Code.REPORTS_USED_UP,
    Condition.PROTECTED_MEMORY_FULL: Code.PROTECTED_MEMORY_FULL,
    Condition.PROTECTED_MEMORY_LOW: Code.PROTECTED_MEMORY_LOW,
}
# What also keeps any other document from being printed and stored.
DOCUMENT_BLOCKS = {
    Condition.MEMORY_FULL: Code.MEMORY_FULL,
    Condition.PROTECTED_MEMORY_FULL: Code.PROTECTED_MEMORY_LOW,
    Condition.PROTECTED_MEMORY_LOW: Code.PROTECTED_MEMORY_LOW,
}


def refuse_first(blocks: dict[Condition, Code], holding: set[Condition]) -> None:
    """Raise Refused for the first of ``blocks`` that holds."""
    for condition, code in blocks.items():
        if condition in holding:
            raise Refused(code)
