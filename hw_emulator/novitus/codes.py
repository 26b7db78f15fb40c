"""Numbers of errors: those of the interface, with their HTTP status, and those of the printer.

Source: docs/novitus.md, "Errors".
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Code(IntEnum):
    """The printer's own numbers, of a document or packet that could not be carried out."""

    CHECK_BYTE = 2
    PARAMETERS = 3
    PARAMETER = 4
    DATE = 7
    TOTALS_NOT_ZERO = 8
    RATES = 11
    HEADER = 12
    GOODS_NAME = 16
    QUANTITY = 17
    GOODS_RATE = 18
    PRICE = 19
    VALUE = 20
    NO_RECEIPT = 21
    PAYMENT = 26
    TOTAL = 27
    CASH_BELOW_ZERO = 32
    DISCOUNT = 1004
    NOT_FISCAL = 1006
    MEMORY_FULL = 1008
    COMMAND = 1023
    NO_MECHANISM = 1017
    NO_PAPER = 1037


MEANINGS = {
    Code.CHECK_BYTE: "Nieprawidłowy bajt kontrolny",
    Code.PARAMETERS: "Nieprawidłowa ilość parametrów",
    Code.PARAMETER: "Nieprawidłowy parametr",
    Code.DATE: "Nieprawidłowa data",
    Code.TOTALS_NOT_ZERO: "Błąd operacji – niezerowe totalizery",
    Code.RATES: "Nieprawidłowa ilość stawek PTU",
    Code.HEADER: "Nieprawidłowy nagłówek",
    Code.GOODS_NAME: "Nieprawidłowa nazwa towaru",
    Code.QUANTITY: "Nieprawidłowa ilość",
    Code.GOODS_RATE: "Nieprawidłowa stawka PTU towaru",
    Code.PRICE: "Nieprawidłowa cena towaru",
    Code.VALUE: "Nieprawidłowa wartość towaru",
    Code.NO_RECEIPT: "Paragon nie został rozpoczęty",
    Code.PAYMENT: "Nieprawidłowa wartość płatności",
    Code.TOTAL: "Nieprawidłowa wartość całkowita",
    Code.CASH_BELOW_ZERO: "Ujemny stan kasy został zastąpiony zerowym",
    Code.DISCOUNT: "Nieprawidłowy rabat",
    Code.NOT_FISCAL: "Drukarka nie jest w trybie fiskalnym",
    Code.MEMORY_FULL: "Pamięć fiskalna pełna",
    Code.COMMAND: "Nieprawidłowy rozkaz",
    Code.NO_MECHANISM: "Brak mechanizmu drukującego",
    Code.NO_PAPER: "Brak papieru",
}


def meaning(code: int) -> str:
    """What the printer says of ``code``."""
    return MEANINGS[Code(code)] if code in set(Code) else f"Błąd {code}"


class Failed(Exception):
    """A document that could not be carried out."""

    def __init__(self, code: int) -> None:
        super().__init__(meaning(code))
        self.code = int(code)


@dataclass(frozen=True, slots=True)
class Trouble:
    """What the interface answers instead of doing what it was asked for."""

    status: int
    code: int
    description: str


NOT_FOUND = Trouble(404, 1, "Not found")
TOO_MANY_TOKENS = Trouble(429, 2, "Too many token requests")
TOKEN = Trouble(401, 4, "Token incorrect")
MULTIPLE = Trouble(403, 6, "Multiple access denied. Token has been deleted, download a new one.")
NO_JSON = Trouble(400, 7, "JSON Parse Error")
NOT_VALID = Trouble(400, 8, "JSON Validation Error")
NOT_DELETED = Trouble(400, 9, "Deletion not allowed.")
STORED_IN_QUEUE = Trouble(400, 10, "Stored requests in queue")
REPORT_WAITS = Trouble(409, 11, "Waiting for execute daily report")
PROTECTED_FULL = Trouble(507, 14, "No space in protected memory")
