"""Whether a document is of NoviAPI's schema, and what is wrong with it. Pure.

    check({"receipt": {"items": []}}, "receipt")
    ["receipt/items : Items", "receipt/summary : Required"]

A kind of value is a function from path and value to complaints; the words of the complaints are
those of the maker's examples. Source: docs/novitus.md, "Receipt" and what follows.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Kind: TypeAlias = "Callable[[str, Any], Iterator[str]]"

_AMOUNT = re.compile(r"\d{0,9}(\.\d{0,2})?\Z", re.ASCII)
_QUANTITY = re.compile(r"\d{0,9}(\.\d{0,6})?\Z", re.ASCII)
_DATE = re.compile(r"(\d\d)[:/\-.](\d\d)[:/\-.](\d{4})\Z", re.ASCII)
_TENDERS = (
    "card",
    "cheque",
    "coupon",
    "other",
    "credit",
    "account",
    "transfer",
    "mobile",
    "voucher",
)


def text(shortest: int, longest: int) -> Kind:
    """A text of so many characters."""

    def complain(path: str, value: object) -> Iterator[str]:
        if not isinstance(value, str):
            yield f"{path} : Type"
        elif not shortest <= len(value) <= longest:
            yield f"{path} : Length"

    return complain


def pattern(expression: re.Pattern[str]) -> Kind:
    """A text of that form."""

    def complain(path: str, value: object) -> Iterator[str]:
        if not isinstance(value, str):
            yield f"{path} : Type"
        elif not expression.match(value):
            yield f"{path} : Pattern"

    return complain


def one_of(*allowed: object) -> Kind:
    """One of these values."""

    def complain(path: str, value: object) -> Iterator[str]:
        if type(value) is not type(allowed[0]) or value not in allowed:
            yield f"{path} : Enum"

    return complain


def flag(path: str, value: object) -> Iterator[str]:
    """True or false."""
    if not isinstance(value, bool):
        yield f"{path} : Type"


def packet(path: str, value: object) -> Iterator[str]:
    """A packet in base64."""
    try:
        base64.b64decode(value if isinstance(value, str) else "?", validate=True)
    except (binascii.Error, ValueError):
        yield f"{path} : Pattern"


def array(kind: Kind, fewest: int, most: int) -> Kind:
    """So many of a kind."""

    def complain(path: str, value: object) -> Iterator[str]:
        if not isinstance(value, list):
            yield f"{path} : Type"
            return
        if not fewest <= len(value) <= most:
            yield f"{path} : Items"
        for index, each in enumerate(value[:most]):
            yield from kind(f"{path}/[{index}]", each)

    return complain


def record(**kinds: Kind) -> Kind:
    """An object; a name that ends in ``_`` may be missing, others are not known."""
    required = {name for name in kinds if not name.endswith("_")}
    known = {name.rstrip("_"): kind for name, kind in kinds.items()}

    def complain(path: str, value: object) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"{path} : Type"
            return
        for name in sorted(required - value.keys()):
            yield f"{path}/{name} : Required"
        for name, each in value.items():
            if name in known:
                yield from known[name](f"{path}/{name}", each)
            else:
                yield f"{path}/{name} : AdditionalProperties"

    return complain


def choice(**kinds: Kind) -> Kind:
    """An object with exactly one of these names."""
    any_of = record(**{f"{name}_": kind for name, kind in kinds.items()})

    def complain(path: str, value: object) -> Iterator[str]:
        if isinstance(value, dict) and len(value) != 1:
            yield f"{path} : AnyOf"
        yield from any_of(path, value)

    return complain


_amount, _quantity = pattern(_AMOUNT), pattern(_QUANTITY)
_discount = record(
    type=one_of("percent_discount", "percent_markup", "value_discount", "value_markup"),
    name_=text(1, 20),
    value=_amount,
)
_article = record(
    name=text(1, 60),
    ptu=text(1, 1),
    quantity=_quantity,
    price=_amount,
    value=_amount,
    unit_=text(1, 4),
    discount_markup_=_discount,
    code_=record(print_as=one_of("text", "barcode", "qrcode"), value=text(1, 191)),
    description_=text(1, 177),
)
_named = record(name_=text(1, 24), value=_amount)
_payment = choice(cash=record(value=_amount), **dict.fromkeys(_TENDERS, _named))
_text_line = record(
    text=text(1, 64),
    masked=flag,
    bold_=flag,
    invers_=flag,
    center_=flag,
    right_=flag,
    font_number_=one_of(0, 1, 2),
    big_=flag,
    height_=one_of(2, 4),
    width_=one_of(2, 4),
)
_print_line = choice(
    textline=_text_line,
    barcode=record(text=text(1, 52), masked=flag),
    qrcode=record(text=text(1, 1852), masked=flag),
    special_line=record(type=one_of("emptyline", "underline", "last_receipt_number")),
)
_e_document = record(
    transaction_id=text(1, 100),
    protocol_=one_of("NOVITUS", "MF"),
    print_send_mode_=text(1, 40),
)
_system_number = record(print_as=one_of("text", "barcode", "qrcode"), value=text(1, 512))
_system_info = record(
    cashier_name_=text(1, 32), cash_number_=text(1, 8), system_number_=_system_number
)
_device_control = record(
    open_drawer_=flag, feed_after_printout_=flag, paper_cut_=one_of("none", "full", "part")
)

ROOTS: dict[str, tuple[str, Kind]] = {
    "receipt": (
        "receipt",
        record(
            items=array(choice(article=_article), 1, 255),
            payments_=array(_payment, 1, 16),
            summary=record(
                discount_markup_=_discount, total=_amount, pay_in=_amount, change_=_amount
            ),
            printout_lines_=array(_print_line, 1, 50),
            buyer_=record(nip_=text(1, 16), e_document_=_e_document),
            system_info_=_system_info,
            device_control_=_device_control,
        ),
    ),
    "nf_printout": (
        "printout",
        record(
            lines=array(_print_line, 1, 1000),
            options_=record(
                without_header_=flag, left_margin_=flag, copy_only_=flag, fiscal_margins_off_=flag
            ),
            system_info_=_system_info,
            device_control_=_device_control,
        ),
    ),
    "daily_report": (
        "daily_report",
        record(
            date=pattern(_DATE),
            system_info_=record(cashier_name_=text(1, 32), cash_number_=text(1, 8)),
        ),
    ),
    "status": (
        "status",
        record(type=one_of("fiscal_memory", "device", "protected_memory")),
    ),
    "direct_io": (
        "direct_io",
        choice(nov_cmd=record(base64=packet), xml_cmd=record(base64=packet)),
    ),
}


def check(document: dict[str, Any], kind: str) -> list[str]:
    """Everything that is wrong with a document of ``kind``; nothing when it is right."""
    root, body = ROOTS[kind]
    if root not in document:
        return [f"{root} : Required"]
    complaints = list(body(root, document[root]))
    article_paths = document[root].get("items", []) if isinstance(document[root], dict) else []
    for index, item in enumerate(article_paths if isinstance(article_paths, list) else []):
        article = item.get("article") if isinstance(item, dict) else None
        if isinstance(article, dict) and {"code", "description"} <= article.keys():
            complaints.append(f"receipt/items/[{index}]/article : Not")
    return complaints
