"""The settings of a shop as a form shows them: groups, explanations, and when each is in force."""

from __future__ import annotations

from backoffice.web.i18n import gettext_noop as _
from backoffice.web.setting_group import (
    AT_ONCE,
    NEXT_LOGIN,
    NEXT_RECEIPT,
    NEXT_SHIFT,
    SettingField,
    SettingGroup,
)

_LANGUAGES = (("pl", "Polski"), ("en", "English"), ("fr", "Français"), ("es", "Español"))

GROUPS = (
    SettingGroup(
        "login",
        _("Signing in at the till"),
        (
            SettingField(
                "login_mode",
                "choice",
                _("How people sign in"),
                _(
                    "Without signing in, everybody is the same cashier, who may do everything but"
                    " service. With the identifier alone nobody is asked for a PIN."
                ),
                NEXT_LOGIN,
                (
                    ("pin", _("identifier and PIN")),
                    ("identifier", _("identifier only")),
                    ("none", _("nobody signs in")),
                ),
            ),
            SettingField(
                "idle_lock_min",
                "number",
                _("Lock after minutes without a key"),
                _("0 is never. A till that is paying, printing or reporting does not lock."),
                AT_ONCE,
            ),
            SettingField(
                "language",
                "choice",
                _("Language of the screen"),
                _("Whoever has a language of their own sees that one."),
                AT_ONCE,
                _LANGUAGES,
            ),
        ),
    ),
    SettingGroup(
        "day",
        _("Close of the day"),
        (
            SettingField(
                "close_profile",
                "choice",
                _("When the daily report is late"),
                _(
                    "Off says nothing. Remind asks at the hour below and lets people sell on."
                    " Block takes no payment after midnight until the report is made."
                ),
                AT_ONCE,
                (("off", _("off")), ("remind", _("remind")), ("block", _("block"))),
            ),
            SettingField(
                "close_at",
                "time",
                _("Hour of the reminder"),
                _("From this hour on the till asks for the daily report."),
                AT_ONCE,
            ),
        ),
    ),
    SettingGroup(
        "parking",
        _("Parked receipts"),
        (
            SettingField(
                "parking",
                "checkbox",
                _("Receipts may be parked"),
                _("F6 puts a receipt aside, F7 takes one up again."),
                AT_ONCE,
            ),
            SettingField(
                "parking_visibility",
                "choice",
                _("Who sees parked receipts"),
                _("Whoever may see receipts of others sees all of them."),
                AT_ONCE,
                (
                    ("own", _("each cashier their own")),
                    ("role", _("those with the same role")),
                    ("all", _("everybody")),
                ),
            ),
            SettingField(
                "parking_shared",
                "checkbox",
                _("Shared between the tills of the shop"),
                _("What is parked at one till can be taken up at another while both are online."),
                AT_ONCE,
            ),
            SettingField(
                "parking_names",
                "lines",
                _("Names that are always in the list"),
                _(
                    "One in each line, at most 100 of 30 characters: Table 1, Phone orders."
                    " Nobody can delete them at the till."
                ),
                AT_ONCE,
            ),
        ),
    ),
    SettingGroup(
        "cash",
        _("Cash and drawer"),
        (
            SettingField(
                "cash_management",
                "checkbox",
                _("Cashiers work in shifts"),
                _("Each cashier opens a shift with the drawer's cash and counts it at its end."),
                NEXT_LOGIN,
            ),
            SettingField(
                "blind_count",
                "checkbox",
                _("Count blindly"),
                _("Whoever counts does not see what should be in the drawer."),
                AT_ONCE,
            ),
            SettingField(
                "opening_float_gr",
                "money",
                _("Usual cash at the opening"),
                _("Proposed when a shift is opened; the cashier may type another amount."),
                NEXT_SHIFT,
            ),
            SettingField(
                "drawer_rule",
                "choice",
                _("Opening the drawer without a sale"),
                _("With a reason, the office sees why it was opened."),
                AT_ONCE,
                (
                    ("reason", _("for a reason")),
                    ("free", _("without a reason")),
                    ("never", _("never")),
                ),
            ),
        ),
    ),
    SettingGroup(
        "receipt",
        _("Receipts"),
        (
            SettingField(
                "receipt_footer",
                "text",
                _("Words at the foot of each receipt"),
                _("At most 120 characters. The printer breaks them into lines of 25."),
                NEXT_RECEIPT,
            ),
            SettingField(
                "receipt_language",
                "choice",
                _("Language of slips and bills"),
                _("What the till itself prints; the fiscal printer has a language of its own."),
                NEXT_RECEIPT,
                (("", _("that of the screen")), *_LANGUAGES),
            ),
            SettingField(
                "void_reasons",
                "lines",
                _("Reasons for voiding"),
                _(
                    "One in each line, at most 8 of 40 characters. With any of them, nobody voids"
                    " a line or gives a receipt up without choosing one."
                ),
                AT_ONCE,
            ),
            SettingField(
                "meal_invoices",
                "checkbox",
                _("Invoices for meals"),
                _("An invoice may name the gastronomic service instead of each dish."),
                AT_ONCE,
            ),
        ),
    ),
    SettingGroup(
        "reminders",
        _("Reminders to synchronise"),
        (
            SettingField(
                "remind_every_min",
                "number",
                _("Ask after minutes without a synchronisation"),
                _(
                    "0 is never. The till asks in the hours and on the days below, and never while"
                    " a receipt is open."
                ),
                AT_ONCE,
            ),
            SettingField(
                "remind_snooze_min",
                "number",
                _("Ask again after minutes"),
                _("When somebody says later. Shorter than the time above."),
                AT_ONCE,
            ),
            SettingField(
                "remind_from",
                "time",
                _("From the hour"),
                _("The till asks by itself from this hour on."),
                AT_ONCE,
            ),
            SettingField(
                "remind_to",
                "time",
                _("Up to the hour"),
                _("From this hour on the till asks no more by itself."),
                AT_ONCE,
            ),
            SettingField(
                "remind_days",
                "text",
                _("On days of the week"),
                _("1 is Monday, 7 is Sunday: 12345 is Monday to Friday."),
                AT_ONCE,
            ),
            SettingField(
                "remind_after_login",
                "checkbox",
                _("Ask after signing in"),
                _("Unless the till has just fetched everything by itself."),
                NEXT_LOGIN,
            ),
            SettingField(
                "remind_before_document",
                "checkbox",
                _("Ask before a new order or quote"),
                _("Never before a receipt: customers do not wait for it."),
                AT_ONCE,
            ),
        ),
    ),
    SettingGroup(
        "customers",
        _("Customers"),
        (
            SettingField(
                "duplicate_nip",
                "choice",
                _("A new customer with a known NIP"),
                _("What the till does when another customer has the NIP that is typed."),
                AT_ONCE,
                (
                    ("ignore", _("take it")),
                    ("warn", _("ask")),
                    ("block", _("refuse it")),
                ),
            ),
        ),
    ),
    SettingGroup(
        "service",
        _("Technicians"),
        (
            SettingField(
                "technicians_key",
                "text",
                _("Public key of the technicians' authority"),
                _("Whoever has a certificate of it may use the console. Empty lets nobody in."),
                AT_ONCE,
            ),
            SettingField(
                "console_pin",
                "checkbox",
                _("The console also takes identifier and PIN"),
                _(
                    "Of an operator with the right to service. A PIN on an open line is weak: leave"
                    " it off unless a technician has no certificate."
                ),
                AT_ONCE,
            ),
        ),
    ),
)

FIELDS = {field.name: field for group in GROUPS for field in group.fields}
