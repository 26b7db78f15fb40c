"""The data sets with generic pages: what a shop's owner sees and may type. No HTTP, no data."""

from __future__ import annotations

from backoffice.web import typed
from backoffice.web.i18n import gettext_noop as _
from backoffice.web.sets.shape import DataSet, Field

NAME = Field("name", _("Name"))
_VALID = (
    Field("valid_from", _("Valid from"), "date", help=_("Empty: from the beginning.")),
    Field("valid_to", _("Valid to"), "date", help=_("The last day; empty: without an end.")),
)

UNITS = DataSet(
    "units",
    _("Units"),
    _("Unit"),
    _("What goods are sold by: pieces, kilograms, litres."),
    (
        Field("name", _("Name"), help=_("1 to 4 characters without digits, as on the receipt.")),
        Field(
            "precision",
            _("Digits after the comma"),
            "choice",
            help=_("0 for whole pieces, 3 for goods that are weighed."),
            choices=(("0", "0"), ("1", "1"), ("2", "2"), ("3", "3")),
            read=typed.number,
        ),
        Field("is_weighed", _("Weighed on the scale"), "checkbox"),
    ),
)
CATEGORIES = DataSet(
    "categories",
    _("Categories"),
    _("Category"),
    _("A tree that goods are found by at the till and summed by in reports."),
    (NAME, Field("parent", _("Lies in"), "choice", refers_to="categories")),
)
PAYMENT_METHODS = DataSet(
    "payment_methods",
    _("Payment methods"),
    _("Payment method"),
    _("How customers pay, in the order of the till: the first is proposed."),
    (
        NAME,
        Field(
            "kind",
            _("Kind"),
            "choice",
            help=_("The word that the fiscal printer prints for it."),
            choices=(
                ("cash", _("cash")),
                ("card", _("card")),
                ("cheque", _("cheque")),
                ("bon", _("gift voucher")),
                ("credit", _("credit")),
                ("other", _("other")),
                ("voucher", _("voucher")),
                ("transfer", _("bank transfer")),
            ),
        ),
        Field(
            "is_fiscal",
            _("Fiscal"),
            "checkbox",
            help=_(
                "Without it a sale ends in a non-fiscal bill, which must become a receipt later."
            ),
        ),
        Field("opens_drawer", _("Opens the drawer"), "checkbox"),
        Field(
            "always_separate",
            _("Pays alone"),
            "checkbox",
            help=_("It pays the whole receipt or nothing of it."),
            is_listed=False,
        ),
        Field(
            "uses_terminal",
            _("Asks the payment terminal"),
            "checkbox",
            help=_("The till waits for the answer of the card terminal."),
            is_listed=False,
        ),
        Field(
            "gives_change",
            _("Gives change"),
            "checkbox",
            help=_("For vouchers: the rest is given back in cash. Cash always gives change."),
            is_listed=False,
        ),
        Field(
            "refund_allowed",
            _("Refunds allowed"),
            "checkbox",
            help=_("A return may be paid back this way."),
            is_listed=False,
        ),
        Field(
            "account_no",
            _("Account number"),
            help=_("For transfers: 26 digits; spaces do no harm."),
            is_listed=False,
            read=typed.account,
        ),
    ),
    is_ordered=True,
)
CURRENCIES = DataSet(
    "currencies",
    _("Currencies"),
    _("Currency"),
    _("Foreign cash that the tills take, with its price in złotys."),
    (
        Field("id", _("Symbol"), help=_("Three letters, such as EUR."), read=typed.symbol),
        NAME,
        Field(
            "rate_e4", _("Exchange rate"), "rate", help=_("Złotys for one unit, such as 4,2650.")
        ),
        Field(
            "rate_of",
            _("Rate of"),
            "date",
            help=_("The day of the rate; the till says when it is not today's."),
        ),
    ),
    searched=("id", "name"),
)
DISCOUNTS = DataSet(
    "discounts",
    _("Discounts"),
    _("Discount"),
    _("Discounts and mark-ups that a cashier may choose."),
    (
        NAME,
        Field(
            "scope",
            _("On"),
            "choice",
            choices=(("line", _("one item")), ("receipt", _("the whole receipt"))),
        ),
        Field("percent_bp", _("Percent"), "percent", help=_("Either a percentage …")),
        Field("amount_gr", _("Amount"), "money", help=_("… or an amount.")),
        Field("is_markup", _("Is a mark-up"), "checkbox", help=_("Adds instead of taking off.")),
        *_VALID,
    ),
)
VAT_RATES = DataSet(
    "vat_rates",
    _("VAT rates"),
    _("VAT rate"),
    _("The rates behind the letters A to G of the fiscal printers."),
    (
        Field("id", _("Letter"), help=_("One of the letters A to G."), read=typed.symbol),
        Field(
            "rate_bp",
            _("Rate"),
            "vat",
            help=_("A percentage such as 23 or 5, “exempt”, or “—” for a letter not in use."),
        ),
    ),
    searched=("id",),
    said_after=_("The change waits for each till's daily report: only then the printer takes it."),
)
PRICE_LISTS = DataSet(
    "price_lists",
    _("Price lists"),
    _("Price list"),
    _("Prices that go before those of the goods, from a day and to a day."),
    (
        NAME,
        *_VALID,
        Field(
            "position",
            _("Priority"),
            "number",
            help=_("Of two lists in force the one with the higher number wins."),
        ),
    ),
)
PRICES = DataSet(
    "prices",
    _("Prices in price lists"),
    _("Price"),
    _("What a product costs while a price list is in force."),
    (
        Field("price_list", _("Price list"), "choice", refers_to="price_lists"),
        Field("product", _("Product"), refers_to="products"),
        Field("price_gr", _("Price"), "money"),
    ),
    searched=("product",),
)
CUSTOMERS = DataSet(
    "customers",
    _("Customers"),
    _("Customer"),
    _("Whom the shop knows by name: for invoices and notes on receipts."),
    (
        NAME,
        Field("nip", _("NIP"), help=_("10 digits; dashes do no harm."), read=typed.nip),
        Field("street", _("Street and number"), is_listed=False),
        Field("postal_code", _("Postal code"), is_listed=False),
        Field("city", _("City")),
        Field("email", _("E-mail"), is_listed=False),
        Field("phone", _("Phone")),
        Field(
            "is_potential",
            _("Potential"),
            "checkbox",
            help=_("Has not bought yet, and is visited so that they may."),
        ),
    ),
    searched=("name", "nip", "city", "phone", "email"),
)
REPRESENTATIVES = DataSet(
    "representatives",
    _("Representatives"),
    _("Representative"),
    _("Who sells outside the shop: orders, quotes and visits are theirs."),
    (
        NAME,
        Field(
            "user",
            _("Person at the tills"),
            "choice",
            help=_("As whom they sign in at a till; its documents are theirs then."),
            refers_to="users",
        ),
        Field("phone", _("Phone")),
        Field("email", _("E-mail")),
    ),
    searched=("name", "phone", "email"),
)
