"""Sums against a naive count over the journals' documents, whatever the office thinks when."""

from __future__ import annotations

import random
from collections import defaultdict

import pytest
from sqlalchemy import select

from backoffice import fleet, receive, rejected, sales
from backoffice.judge import Judged
from backoffice.register_rules import paid_gr
from backoffice.store import data_rows
from backoffice.store.company import of_company
from backoffice.store.engine import reading, writing
from backoffice.store.tables import sale, sale_payment, sold_line
from backoffice.store.upgrade import upgrade
from terminal.sync import wire
from terminal.sync.signing import new_key, public_half
from tests.backoffice.store.migrations.stepping import step_back

SHOPS = {"K1": "lipa", "K2": "dab"}
WAYS = {"gotowka": ("Gotówka", "cash"), "karta": ("Karta", "card"), "bon": ("Bon", "bon")}
GOODS = {
    "1": ("Mleko", "C", 500, "nabial"),
    "2": ("Chleb", "C", 500, "pieczywo"),
    "3": ("Gazeta", "B", 800, ""),
    "4": ("Piwo", "A", 2300, "napoje"),
}
DAYS = ("2026-03-01", "2026-03-02")


class Dicey:
    """Random documents of two tills, and an office whose opinion of them is random."""

    def __init__(self, dice, books) -> None:
        self.dice = dice
        self.books = {till: books(till, shop) for till, shop in SHOPS.items()}
        self.opinions = {}
        self.documents = {}
        self.known = []  # in the order in which somebody could read them

    def judge(self, entry, terminal, _history):
        document = self.documents[entry.rid]
        told = self.dice.choices(("yes", "no", "unreadable"), (6, 3, 1))[0]
        self.opinions[entry.rid] = told == "yes"
        if told == "unreadable":
            kind = type(document).__struct_config__.tag
            return Judged(kind, None, is_accepted=False, reason="unreadable: so it is")
        if entry.rid not in self.known:
            self.known.append(entry.rid)
        kind = type(document).__struct_config__.tag
        return Judged(kind, document, is_accepted=told == "yes", reason="")

    def document(self):
        till = self.dice.choice(list(SHOPS))
        mine = self.books[till]
        make = self.dice.choices(
            (self.receipt, self.bill, self.back, self.correction), (6, 1, 2, 2)
        )
        document = make[0](mine)
        self.documents[document.rid] = document
        mine.add(document)
        return till, mine.entries[-1]

    def receipt(self, mine):
        lines = [self.line() for _ in range(self.dice.randint(1, 4))]
        letters = defaultdict(int)
        for line in lines:
            letters[line.vat] += 0 if line.is_void else line.gross_gr
        # A discount on the whole takes a tenth off each letter.
        split = [wire.VatSplit(vat, 0, part - part // 10, 0) for vat, part in letters.items()]
        gross = sum(part.gross_gr for part in split)
        return mine.receipt(
            len(mine.entries) + 1, gross, lines=lines, payments=self.payments(gross),
            split=split, closed_at=self.time(), operator=self.dice.choice("12"),
        )  # fmt: skip

    def line(self):
        name, vat, rate, _ = GOODS[product := self.dice.choice(list(GOODS))]
        gross, qty = self.dice.randint(0, 5000), self.dice.randint(1, 9000)
        return wire.LineDoc(
            product, product, "", name, "szt.", vat, rate, gross, gross, qty, gross, 0, gross,
            is_void=self.dice.random() < 0.1,
        )  # fmt: skip

    def payments(self, gross):
        first = self.dice.randint(0, gross)
        paid = []
        for amount in (first, gross - first):
            way = self.dice.choice(list(WAYS))
            change = self.dice.choice((0, 150)) if way == "gotowka" else 0
            paid.append(wire.PaymentDoc(way, *WAYS[way], amount + change, change))
        return paid

    def bill(self, mine):
        made = self.receipt(mine)
        return wire.BillDoc(
            made.rid, made.terminal, made.shop, made.opened_at, made.closed_at, made.operator, 1,
            made.total_gr, made.lines, made.payments,
        )  # fmt: skip

    def back(self, mine):
        line = self.line()
        taken = wire.TakenLine(
            0,
            line.name,
            "szt.",
            line.vat,
            line.rate_bp,
            line.qty_milli,
            line.gross_gr,
            line.product,
        )
        refunds = [wire.RefundDoc("gotowka", "Gotówka", "cash", line.gross_gr)]
        base = self.receipt(mine)
        return wire.ReturnDoc(
            base.rid, base.terminal, base.shop, self.time(), self.dice.choice("12"),
            self.dice.choice(("return", "complaint", "mistake")), 1, "r", "K1", base.closed_at,
            base.printer_no, 1, [taken], [], line.gross_gr,
            self.dice.choice((refunds, [])), "bad",
        )  # fmt: skip

    def correction(self, mine):
        sold = [one for one in self.documents.values() if isinstance(one, wire.ReceiptDoc)]
        if not sold:
            return self.receipt(mine)
        of = self.dice.choice(sold)
        way = self.dice.choice(("karta", "bon"))
        base = self.receipt(mine)
        return wire.CorrectionDoc(
            base.rid, base.terminal, base.shop, self.time(), "1", 1, of.rid, of.closed_at, "P", 1,
            wire.RefundDoc("gotowka", "Gotówka", "cash", of.total_gr),
            wire.RefundDoc(way, *WAYS[way], of.total_gr),
        )  # fmt: skip

    def time(self):
        day = self.dice.choice(("2026-02-28", *DAYS, "2026-03-03"))
        return f"{day}T{self.dice.randint(0, 23):02}:30:00+01:00"

    def corrected(self, rid):
        """The first accepted correction of a receipt."""
        for other in self.known:
            made = self.documents[other]
            is_one = isinstance(made, wire.CorrectionDoc) and made.receipt == rid
            if is_one and self.opinions[other]:
                return made
        return None


def naive(dicey, by, shops):
    """What each key comes to: receipts, quantity, gross, returns, money back."""
    found = defaultdict(lambda: [set(), 0, 0, set(), 0])
    for rid, made in dicey.documents.items():
        is_back = isinstance(made, wire.ReturnDoc)
        if not (is_back or isinstance(made, wire.ReceiptDoc)) or not dicey.opinions[rid]:
            continue
        at = made.at if is_back else made.closed_at
        if at[:10] not in DAYS or (shops and made.shop not in shops):
            continue
        for key, qty, gross in shares(dicey, made, by, at):
            sums = found[key]
            sums[3 if is_back else 0].add(rid)
            sums[1] += 0 if is_back else qty
            sums[4 if is_back else 2] += gross
    return {key: (len(a), b, c, len(d), e) for key, (a, b, c, d, e) in found.items()}


def shares(dicey, made, by, at):
    is_back = isinstance(made, wire.ReturnDoc)
    if by in {"product", "category", "vat"}:
        paid = [line.gross_gr for line in made.lines] if is_back else paid_gr(made)
        for line, gross in zip(made.lines, paid, strict=True):
            if is_back or not line.is_void:
                category = GOODS[line.product][3]
                key = {"product": line.product, "category": category, "vat": line.vat}[by]
                yield key, line.qty_milli, gross
    elif by == "payment":
        one = None if is_back else dicey.corrected(made.rid)
        if is_back:
            yield from ((it.method, 0, it.amount_gr) for it in made.refunds)
        elif one:
            yield one.after.method, 0, one.after.amount_gr
        else:
            yield from ((it.method, 0, it.amount_gr - it.change_gr) for it in made.payments)
    else:
        keys = {"day": at[:10], "hour": at[11:13], "shop": made.shop, "terminal": made.terminal}
        yield keys.get(by, f"{made.shop}/{made.operator}"), 0, made.total_gr


def summed(engine, by, shops):
    with reading(engine) as database:
        found = sales.totals(database, shops, *DAYS, by)
    return {
        one.key: (one.receipts, one.qty_milli, one.gross_gr, one.returns, one.returned_gr)
        for one in found
    }


def rows(engine):
    """All that counts; what was unreadable for once is listed only since it was looked at again."""
    counted = select(sale).where(sale.c.is_accepted.is_(True))
    with reading(engine) as database:
        return [
            sorted(map(tuple, database.execute(chosen)))
            for chosen in (counted, select(sold_line), select(sale_payment))
        ]


@pytest.fixture
def tills(engine, clock):
    with writing(engine) as database:
        for till, shop in SHOPS.items():
            code = fleet.invite(database, till, shop, clock())
            fleet.enrol(database, wire.EnrolRequest(code, "0.1.0", public_half(new_key())), clock())
            goods = {
                key: wire.canonical(wire.Product(key, name, vat, 100, "szt", category=category))
                for key, (name, vat, _rate, category) in GOODS.items()
            }
            data_rows.lock(database, "products", shop)
            data_rows.store(database, "products", shop, goods)


@pytest.mark.parametrize("seed", range(2))
def test_totals_are_a_naive_sum_whatever_was_thought_when(
    engine, tills, clock, books, monkeypatch, seed
):
    dicey = Dicey(random.Random(seed), books)
    monkeypatch.setattr(receive, "judge", dicey.judge)
    monkeypatch.setattr(rejected, "judge", dicey.judge)
    places = []
    for _ in range(12):
        pushed = defaultdict(list)
        for _ in range(dicey.dice.randint(1, 12)):
            till, entry = dicey.document()
            pushed[till].append(entry)
            places.append((till, 1, entry.seq))
        for till, entries in pushed.items():
            receive.receive(engine, till, wire.JournalPush(1, entries), clock())
        with writing(engine) as database:
            for place in dicey.dice.choices(places, k=4):
                rejected.judge_again(database, *place, clock())
    for by in sales.BYS:
        for shops in (None, {"lipa"}, {"lipa", "dab"}):
            wanted = naive(dicey, by, shops)
            assert wanted, by
            assert summed(engine, by, shops) == wanted, by
    with reading(of_company(engine, "stranger")) as database:
        assert all(not sales.totals(database, None, *DAYS, by) for by in sales.BYS)
    # The step that came with these tables makes the same of the journals.
    kept = rows(engine)
    step_back(engine, "0013")
    upgrade(engine)
    assert rows(engine) == kept
