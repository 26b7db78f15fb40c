"""Rows of the data sets that the office publishes to its tills. No I/O."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from msgspec import Meta, Struct

Id = Annotated[str, Meta(min_length=1, max_length=64)]
Grosze = Annotated[int, Meta(ge=0, le=9_999_999_999)]
Letter = Annotated[str, Meta(pattern="^[A-G]$")]
Code = Annotated[str, Meta(pattern=r"^\d{6,14}$")]
Line = Annotated[str, Meta(max_length=70)]
Reason = Annotated[str, Meta(min_length=1, max_length=40)]
Age = Annotated[int, Meta(ge=0, le=99)]
# A day of the shop's calendar; empty for no bound.
Day = Annotated[str, Meta(pattern=r"^(\d{4}-\d\d-\d\d)?$")]
# Of the shop's clock.
Hour = Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Place = Annotated[int, Meta(ge=-1_000_000, le=1_000_000)]
# A name for a parked receipt.
BillName = Annotated[str, Meta(min_length=1, max_length=30)]
# An account at a Polish bank, without the country; empty where there is none.
Account = Annotated[str, Meta(pattern=r"^(\d{26})?$")]
Quantity = Annotated[int, Meta(ge=-999_999_999_999, le=999_999_999_999)]


class Right(StrEnum):
    """What a role may allow."""

    SELL = "sell"
    VOID_LINE = "void_line"
    DROP_RECEIPT = "drop_receipt"
    CHANGE_PRICE = "change_price"
    DISCOUNT = "discount"
    SHOP_DISCOUNT = "shop_discount"
    RETURN = "return"
    CORRECT_PAYMENT = "correct_payment"
    OTHERS_RECEIPTS = "others_receipts"
    CASH = "cash"
    DRAWER = "drawer"
    CLOSE_DAY = "close_day"
    REPORTS = "reports"
    SYNC = "sync"
    SERVICE = "service"
    TRAINING = "training"


class Settings(Struct, frozen=True):
    """How the tills of a shop behave; one row, ``id`` is ``settings``.

    ``parking_visibility`` says whose parked receipts a cashier sees, ``parking_shared`` whether the
    tills of the shop see those of each other; ``parking_names`` are always in the list.
    ``cash_management`` has cashiers work in shifts, ``blind_count`` hides what a drawer should hold
    from whoever counts it, ``opening_float_gr`` is proposed at the opening of a shift. Without a
    sale the drawer opens by ``drawer_rule`` for a reason, just so, or never.
    A till that nobody touches for ``idle_lock_min`` is locked, 0 never. What the till prints for
    customers is in ``receipt_language``; empty is that of the screen.
    With ``void_reasons`` nobody strikes a line or gives a receipt up without one.
    With ``meal_invoices`` an invoice may name the gastronomic service instead of each dish.
    ``technicians_key`` is the public key of who certifies technicians for the console; empty lets
    none in. ``console_pin`` also takes an operator's identifier and PIN there.
    After ``remind_every_min`` without a synchronisation the till asks for one, 0 never, from
    ``remind_from`` to ``remind_to`` on ``remind_days`` (1 is Monday), and again
    ``remind_snooze_min`` after "later"; also after a login and before a document where it should.
    ``duplicate_nip`` says what becomes of a new customer whose NIP another one has.
    """

    id: Id
    login_mode: Literal["pin", "identifier", "none"] = "pin"
    close_profile: Literal["off", "remind", "block"] = "block"
    close_at: Hour = "22:00"
    receipt_footer: Annotated[str, Meta(max_length=120)] = ""
    language: Literal["pl", "en", "fr", "es"] = "pl"
    parking: bool = False
    parking_visibility: Literal["own", "all", "role"] = "all"
    parking_shared: bool = False
    parking_names: Annotated[list[BillName], Meta(max_length=100)] = []
    cash_management: bool = False
    blind_count: bool = False
    opening_float_gr: Grosze = 0
    drawer_rule: Literal["reason", "free", "never"] = "reason"
    idle_lock_min: Annotated[int, Meta(ge=0, le=240)] = 0
    receipt_language: Literal["", "pl", "en", "fr", "es"] = ""
    void_reasons: Annotated[list[Reason], Meta(max_length=8)] = []
    meal_invoices: bool = False
    technicians_key: Annotated[str, Meta(pattern=r"^([A-Za-z0-9+/]{43}=)?$")] = ""
    console_pin: bool = False
    remind_every_min: Annotated[int, Meta(ge=0, le=480)] = 0
    remind_snooze_min: Annotated[int, Meta(ge=1, le=240)] = 15
    remind_from: Hour = "08:00"
    remind_to: Hour = "20:00"
    remind_days: Annotated[str, Meta(pattern="^1?2?3?4?5?6?7?$", min_length=1)] = "1234567"
    remind_after_login: bool = False
    remind_before_document: bool = False
    duplicate_nip: Literal["ignore", "warn", "block"] = "warn"


class Shop(Struct, frozen=True):
    """Company and shop; one row. ``header`` lines go to the printer at the day close."""

    id: Id
    company: Annotated[str, Meta(min_length=1, max_length=256)]
    nip: Annotated[str, Meta(pattern=r"^\d{10}$")]
    name: Line = ""
    street: Line = ""
    postal_code: Annotated[str, Meta(pattern=r"^\d\d-\d{3}$")] = "00-000"
    city: Line = ""


class VatRate(Struct, frozen=True):
    """One VAT letter; ``id`` is the letter."""

    id: Letter
    rate_bp: Annotated[int, Meta(ge=0, le=10_100)]


class PaymentMethod(Struct, frozen=True):
    """A way to pay; ``kind`` is the fiscal printer's word for it.

    What is paid with one that is not ``is_fiscal`` ends in a bill, which waits to become a receipt.
    One that is ``always_separate`` pays the whole receipt or nothing; ``uses_terminal`` asks for
    the answer of a payment terminal. For what exceeds the due cash always gives change, a
    voucher when it ``gives_change``, and nothing else may exceed it.
    """

    id: Id
    name: Annotated[str, Meta(min_length=1, max_length=25)]
    kind: Literal["cash", "card", "cheque", "bon", "credit", "other", "voucher", "transfer"]
    position: Place = 0
    opens_drawer: bool = False
    is_active: bool = True
    is_fiscal: bool = True
    always_separate: bool = False
    uses_terminal: bool = False
    gives_change: bool = False
    refund_allowed: bool = True
    account_no: Account = ""


class Currency(Struct, frozen=True):
    """A foreign currency; ``rate_e4`` is the price of one unit in ten-thousandths of a zloty.

    ``rate_of`` is the day of that rate; a till shows its age when it is not today's.
    """

    id: Annotated[str, Meta(pattern="^[A-Z]{3}$")]
    name: Annotated[str, Meta(min_length=1, max_length=40)]
    rate_e4: Annotated[int, Meta(ge=1, le=9_999_999_999)]
    is_active: bool = True
    rate_of: Day = ""


class Role(Struct, frozen=True):
    """A named list of rights."""

    id: Id
    name: Annotated[str, Meta(min_length=1, max_length=40)]
    rights: list[str] = []


class User(Struct, frozen=True):
    """An operator; ``pin_hash`` is ``$scrypt$ln=14,r=8,p=1$salt$hash`` in base64, never a PIN."""

    id: Id
    identifier: Annotated[str, Meta(pattern=r"^\d{1,10}$")]
    name: Annotated[str, Meta(min_length=1, max_length=32)]
    role: Id
    pin_hash: str = ""
    language: str = ""
    is_active: bool = True


class Unit(Struct, frozen=True):
    """A unit of measure; ``precision`` is the number of decimals of a quantity, 0 to 3."""

    id: Id
    name: Annotated[str, Meta(pattern=r"^[^\d]{1,4}$")]
    precision: Annotated[int, Meta(ge=0, le=3)] = 0
    is_weighed: bool = False


class Category(Struct, frozen=True):
    """A node of the category tree."""

    id: Id
    name: Annotated[str, Meta(min_length=1, max_length=40)]
    parent: str = ""


class Product(Struct, frozen=True):
    """An article; ``price_gr`` 0 with ``is_open_price`` asks for the price at each sale.

    With ``min_age`` the cashier makes sure of the buyer's age. ``external_id`` is its id in another
    program of the shop, ``kind`` and ``gtu`` say what it is to the books: no till needs them.
    """

    id: Id
    name: Annotated[str, Meta(min_length=1, max_length=40)]
    vat: Letter
    price_gr: Grosze
    unit: Id
    plu: Annotated[str, Meta(pattern=r"^([1-9]\d{0,8})?$")] = ""
    barcodes: list[Code] = []
    category: str = ""
    is_open_price: bool = False
    is_active: bool = True
    min_age: Age = 0
    external_id: Annotated[str, Meta(max_length=16)] = ""
    kind: Literal["goods", "service", "recipe"] = "goods"
    gtu: Annotated[str, Meta(pattern=r"^(GTU_(0[1-9]|1[0-3]))?$")] = ""


class QuickKey(Struct, frozen=True):
    """A number from 1 to 99 of the quick keys: sells a product, or opens a category."""

    id: Id
    position: Annotated[int, Meta(ge=1, le=99)]
    product: str = ""
    category: str = ""
    label: Annotated[str, Meta(max_length=25)] = ""
    page: Annotated[int, Meta(ge=1, le=9)] = 1


class Barcode(Struct, frozen=True):
    """One more code of a product; a multipack's code sells ``qty_milli`` of it."""

    id: Code
    product: Id
    qty_milli: Annotated[int, Meta(ge=1, le=999_999_999)] = 1000


class PriceList(Struct, frozen=True):
    """Prices that go before those of the products; of two in force the higher ``position`` wins."""

    id: Id
    name: Annotated[str, Meta(min_length=1, max_length=40)]
    valid_from: Day = ""
    valid_to: Day = ""
    position: Place = 0
    is_active: bool = True


class Price(Struct, frozen=True):
    """What a product costs in a price list."""

    id: Id
    price_list: Id
    product: Id
    price_gr: Annotated[int, Meta(ge=1, le=9_999_999_999)]


class Discount(Struct, frozen=True):
    """A discount, or a mark-up, that the cashier may choose: an amount or a percentage."""

    id: Id
    name: Annotated[str, Meta(min_length=1, max_length=25)]
    scope: Literal["line", "receipt"]
    amount_gr: Grosze = 0
    percent_bp: Annotated[int, Meta(ge=0, le=9_999)] = 0
    is_markup: bool = False
    valid_from: Day = ""
    valid_to: Day = ""
    is_active: bool = True


class Customer(Struct, frozen=True):
    """Someone the shop knows by name; foreign addresses exist, so lines are free text.

    Whoever ``is_potential`` has not bought yet, and is visited so that they may.
    """

    id: Id
    name: Annotated[str, Meta(min_length=1, max_length=120)]
    nip: Annotated[str, Meta(pattern=r"^(\d{10})?$")] = ""
    street: Line = ""
    postal_code: Annotated[str, Meta(max_length=12)] = ""
    city: Line = ""
    email: Annotated[str, Meta(max_length=120)] = ""
    phone: Annotated[str, Meta(max_length=24)] = ""
    is_active: bool = True
    is_potential: bool = False


class Stock(Struct, frozen=True):
    """How much of a product (its ``id``) the shop had at ``as_of``; sales since are not in it."""

    id: Id
    qty_milli: Quantity
    as_of: Annotated[str, Meta(max_length=40)]
