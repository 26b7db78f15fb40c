"""Rows of the table: receipts, invoices, settlements of packaging."""

from __future__ import annotations

from drivers.posnet.spec import Seen, guarded, once, row

_OPEN = guarded("a second one is refused: a document is open")
_STATED = guarded("the end states the total")
_PAID = guarded("the end states the payments")
_PACKED = guarded("the end states the packaging")
_CLOSED = guarded("a second one is refused: no document is open")
_TWICE = once("would be printed twice, and nothing states it")

ROWS = (
    row(
        "trinit",
        275,
        "open a receipt",
        "bm!b",
        seen=Seen.DEVICE,
        twice=_OPEN,
    ),
    row(
        "trline",
        295,
        "sell, or take a sold line back",
        "na!s80/40 vt!n6 pr!zl st?b wa?zl il?q op?s50/35 jm?s4 rd?b rn?s25 rp?n9999 rw?zl"
        " np?s49 nc?s51",
        seen=Seen.DEVICE,
        twice=_STATED,
    ),
    row(
        "trdiscntline",
        302,
        "discount on a line sold before",
        "vt!n6 ds!s80/40 rt!zl st?b rd!b rp?n9999 rw!zl na?s25",
        twice=_STATED,
    ),
    row(
        "trdiscntvat",
        300,
        "discount on one rate",
        "vt!n6 rd!b rp?n9999 rw!zl na?s25 rt?zl",
        seen=Seen.DRIVERS,
        twice=_STATED,
    ),
    row(
        "trdiscntpromo",
        304,
        "promotion in one rate",
        "vt!n6 rw!zl st?b na?s25",
        seen=Seen.DRIVERS,
        twice=_STATED,
    ),
    row(
        "trdiscntsubtot",
        306,
        "discount on everything so far",
        "na?s25 rd!b rp?n9999 rw!zl",
        seen=Seen.DEVICE,
        twice=_STATED,
    ),
    row(
        "trdiscntbill",
        308,
        "discount on the whole receipt",
        "na?s25 rd!b rp?n9999 rw!zl",
        twice=_STATED,
    ),
    row("showsubtotal", 321, "print the subtotal", twice=_TWICE),
    row(
        "tradvance",
        323,
        "take an advance off, or give it back",
        "na?s80 vt!n6 pr!zl st?b wa!zl",
        twice=_STATED,
    ),
    row(
        "trpackinit",
        310,
        "open a settlement of packaging",
        twice=_OPEN,
    ),
    row(
        "trpack",
        311,
        "packaging given out or taken back",
        "na?s11 ne?b st?b pr!zl il?n9999999 wa!zl de?s50/35",
        twice=_PACKED,
    ),
    row("trnipset", 297, "the buyer's number", "ni!s30", seen=Seen.DEVICE),
    row(
        "trpayment",
        314,
        "a payment, or change",
        "ty!n8 wa!zl na?s25 re?b",
        seen=Seen.DEVICE,
        twice=_PAID,
    ),
    row(
        "trpaymentcurr",
        317,
        "a payment in foreign money, or change",
        "wc!zl wa!zl ra!n99999999999 na!s25 sb!s3 re?b",
        seen=Seen.DRIVERS,
        twice=_PAID,
    ),
    row(
        "trend",
        325,
        "close the document; from here on it is fiscal",
        "to?zl op?zl om?zl fp?zl re?zl fe?b",
        seen=Seen.DEVICE,
        twice=_CLOSED,
    ),
    row(
        "trftrln",
        365,
        "a line below the fiscal part",
        "id!n42 na?s56/40 sw?b sh?b",
        twice=_TWICE,
    ),
    row(
        "trftrend",
        370,
        "end the footer",
        twice=guarded("a second one is refused: no footer is open"),
    ),
    row("prncancel", 326, "cancel what is open", seen=Seen.DRIVERS),
    row("hardprncancel", 327, "cancel what any interface opened", seen=Seen.DRIVERS),
)

# Where on an invoice a line stands: 0 head, 1 data, 2 foot.
INVOICE_ROWS = (
    row(
        "trfvinit",
        277,
        "open a VAT invoice (nb ni na pt: the older form)",
        "nm?s39/23 cc?n9 nb?s15 ni?s20 na?m256 pt?s20",
        seen=Seen.DRIVERS,
        twice=_OPEN,
    ),
    row("trfvnumber", 280, "its number", "nb!s40 sc!n2", seen=Seen.DRIVERS, twice=_TWICE),
    row(
        "trfvbuyer",
        279,
        "who buys",
        "na!m256 ni!s20 ad?m256 sc!n2",
        seen=Seen.DRIVERS,
        twice=_TWICE,
    ),
    row("trfvfreedata", 281, "a line of ours", "tx!k64 sc!n2", seen=Seen.DRIVERS, twice=_TWICE),
    row("trfvcashmet", 283, "remark: cash method", "cm!b sc!n2", twice=_TWICE),
    row("trfvselfbill", 284, "remark: self-billing", "sb!b sc!n2", twice=_TWICE),
    row("trfvreverse", 285, "remark: reverse charge", "re!b sc!n2", twice=_TWICE),
    row("trfvfree", 286, "remark: exempt, and why", "fr!b ba!m256 sc!n2", twice=_TWICE),
    row("trfvexecution", 287, "remark: enforcement", "ex!b ed!m600 dd!m600 sc!n2", twice=_TWICE),
    row("trfvrep", 288, "remark: tax representative", "re!b rd!m256 sc!n2", twice=_TWICE),
    row(
        "trfvtransport", 289, "remark: new vehicle", "tr!b ad!s10 mi?s22 hr?s10 sc!n2", twice=_TWICE
    ),
    row("trfvthreeway", 291, "remark: triangular sale", "tw!b td!m256 sc!n2", twice=_TWICE),
    row("trfvtoursrv", 292, "remark: margin, travel agency", "ts!b sc!n2", twice=_TWICE),
    row("trfvothergoods", 293, "remark: margin, other goods", "og!b gd!m256 sc!n2", twice=_TWICE),
)
