"""An office as a shop owner has it after a week: two shops, four tills, sales, reports, trouble.

``seed(office)`` fills an office that was started with the sample shop; the same seed gives the same
week, which ends on the day of the office's clock. Used by tests, screenshots and figures.
"""

from __future__ import annotations

import random
import uuid
from dataclasses import dataclass, field, replace
from datetime import timedelta, timezone

from backoffice import errands, fleet, publish, receive, rollouts, till_logs
from backoffice.actor import administrator
from backoffice.csvfile import read_sheet
from backoffice.exchange import acts, channels
from backoffice.exchange.channels import Channel
from backoffice.goods import imports
from backoffice.jobs import book
from backoffice.jobs.work import Way
from backoffice.rollouts import Rollout
from backoffice.sample import FOLDER
from backoffice.store.engine import writing
from backoffice.store.tables import job, job_record
from backoffice.tax import tax_gr
from terminal.sync import wire
from terminal.sync.signing import new_key, public_half
from tests.backoffice.held import IDLER, hold_jobs
from tests.pages.seeded_field import go_out, keep_files

SEED = 7
# A week, and the same day of the week before.
DAYS = 8
RECEIPTS_A_DAY = 9
WARSAW = timezone(timedelta(hours=1))
RATES = {"A": 2300, "B": 800, "C": 500, "D": 0}
LETTERS = "ABCDEFG"
OTHER_SHOP = "klon"
OTHER_SHOP_ROW = {
    "id": OTHER_SHOP, "company": "Pod Lipą Handel Spożywczy Sp. z o.o.", "nip": "1234563218",
    "name": "Sklep Pod Klonem", "street": "ul. Klonowa 12", "postal_code": "00-951",
    "city": "Warszawa",
}  # fmt: skip
CASH = ("gotowka", "Gotówka", "cash")
CARD = ("karta", "Karta", "card")


@dataclass
class Journal:
    """What one till tells, entry after entry."""

    terminal: str
    shop: str
    chance: random.Random
    printer_no: str
    entries: list[wire.Entry] = field(default_factory=list)
    receipts: list[wire.ReceiptDoc] = field(default_factory=list)

    def add(self, document):
        body = wire.canonical(document)
        prev = self.entries[-1].hash if self.entries else wire.GENESIS
        number = len(self.entries) + 1
        entry = wire.Entry(number, document.rid, prev, wire.chain_hash(prev, body), body)
        self.entries.append(entry)
        return document

    def who(self):
        return {"rid": self.name(), "terminal": self.terminal, "shop": self.shop}

    def name(self):
        return str(uuid.UUID(int=self.chance.getrandbits(128), version=4))


def seed(office, days=DAYS):
    """Fill an office that has the sample shop; returns the ids of its tills."""
    chance = random.Random(SEED)
    moment = office.clock()
    _open_other_shop(office)
    tills = [("K1", "lipa"), ("K2", "lipa"), ("K3", OTHER_SHOP)]
    for number, (terminal, shop) in enumerate(tills, 1):
        _enrol(office, terminal, shop, moment)
        journal = Journal(terminal, shop, chance, f"ZBF 230100000{number}")
        _week(journal, moment, days)
        if terminal == "K1":
            go_out(journal, moment.astimezone(WARSAW), _PRODUCTS, _CUSTOMERS)
        _send(office, journal, moment)
    keep_files(office, moment)
    _trouble(office, moment)
    _new_price_list(office, moment)
    _exchange(office, moment)
    with writing(office.engine) as database:
        fleet.invite(database, "K4", OTHER_SHOP, moment)
    return [*(terminal for terminal, _shop in tills), "K4"]


def _open_other_shop(office):
    """A second shop with the goods of the first."""
    with writing(office.engine) as database:
        for name in wire.SETS:
            sheet = read_sheet(name, (FOLDER / f"{name}.csv").read_text(encoding="utf-8"))
            rows = [OTHER_SHOP_ROW] if name == "shop" else sheet.rows
            publish.put(database, name, OTHER_SHOP, rows)


def _new_price_list(office, moment):
    """A sheet of goods with a bad line; its good one was taken."""
    sheet = "Nazwa;Jednostka;VAT;Cena\nMiód lipowy 400 g;szt.;C;24,90\nMiód gryczany;szt.;C;dużo\n"
    with writing(office.engine) as database:
        owner = administrator()
        for shop in ("lipa", OTHER_SHOP):
            number = imports.look_at(database, owner, moment, shop, "cennik.csv", sheet.encode())
            imports.take(database, owner, moment, shop, number)


def _exchange(office, moment):
    """A channel of its own, a queue that is paused, a schedule, a job in the middle of its work."""
    owner = administrator()
    # Nobody does them: the pages stay as they are.
    hold_jobs(office)
    export = acts.Order(Way.EXPORT, "chain", "main", ("articles", "price_lists"), is_whole=True)
    ends = [
        ("articles", "5901234123457", "done", "", "towary.csv, wiersz 2"),
        ("articles", "-", "refused", "Nie ma jednostki „wiadro”.", "towary.csv, wiersz 3"),
        ("articles", "5900000000008", "waiting", "Czeka na kategorię „nabiał”.", "towary.csv, 4"),
        ("price_lists", "detal", "same", "", "cenniki.csv, wiersz 2"),
    ]
    with writing(office.engine) as database:
        channels.put_channel(database, Channel("chain", "Sieć Pod Klonem", pattern_shop="lipa"))
        channels.assign(database, OTHER_SHOP, "chain")
        acts.put_queue(database, owner, moment, "chain", "noc", 2)
        acts.pause(database, owner, moment, "chain", "noc", is_paused=True)
        acts.plan(database, owner, moment, export, acts.Times("05:30", days="12345"))
        acts.start(database, owner, moment - timedelta(hours=2), replace(export, queue="noc"))
        dead = acts.start(database, owner, moment - timedelta(hours=1), export)
        begun = acts.start(database, owner, moment, export)
        times = {"began_at": moment.isoformat(), "ended_at": moment.isoformat()}
        why = {"state": "dead", "reason": "Folder wymiany nie istnieje."}
        _become(database, dead, **times, **why)
        ends_of = {"done": 1, "refused": 1, "waiting": 1, "same": 1}
        at_work = {"state": "running", "worker": IDLER, "began_at": moment.isoformat()}
        _become(database, begun, total=120, **ends_of, **at_work)
        names = ("object", "id", "fate", "reason", "where")
        for no, end in enumerate(ends, 1):
            row = dict(zip(names, end, strict=True))
            database.execute(job_record.insert().values(job=begun, no=no, **row))
        book.say(database, begun, moment, "Odczytano towary.csv: 3 wiersze.")


def _become(database, job_id, **values):
    database.execute(job.update().where(job.c.id == job_id).values(**values))


def _enrol(office, terminal, shop, moment):
    with writing(office.engine) as database:
        code = fleet.invite(database, terminal, shop, moment)
        request = wire.EnrolRequest(code, "0.1.0", public_half(new_key()))
        fleet.enrol(database, request, moment)


def _week(journal, moment, days):
    for ago in range(days - 1, -1, -1):
        morning = (moment.astimezone(WARSAW) - timedelta(days=ago)).replace(
            hour=6, minute=0, second=0, microsecond=0
        )
        _day(journal, morning, days - ago, moment if ago == 0 else None)


def _day(journal, morning, number, until):
    """A shift with receipts, cash put in, a return; a report ends it unless it is not over yet."""
    operator = journal.chance.choice(["1", "2"])
    first_seq = len(journal.entries) + 1
    shift = _open_shift(journal, morning, operator)
    times = [morning + timedelta(minutes=12 + 97 * no) for no in range(RECEIPTS_A_DAY)]
    sold = [
        _sell(journal, at, number, receipt_no, shift)
        for receipt_no, at in enumerate(times, 1)
        if until is None or at < until
    ]
    if until is not None:
        return
    at = morning + timedelta(hours=15)
    journal.add(
        wire.CashDoc(
            **journal.who(), at=at.isoformat(), operator=operator, amount_gr=10_000,
            reason="coins", shift=shift.shift,
        )
    )  # fmt: skip
    _close_shift(journal, at, shift, sold)
    if number % 3 == 1:
        _take_back(journal, at, sold[0], number)
    if number % 3 == 2:
        paid_cash = next(it for it in sold if it.payments[0].kind == "cash")
        _correct(journal, at, paid_cash, number)
    _report(journal, at, operator, number, first_seq, sold)


def _sell(journal, at, report_no, number, shift):
    chance = journal.chance
    lines = [_line(chance, row) for row in chance.sample(_PRODUCTS, chance.randint(1, 6))]
    total = sum(line.gross_gr for line in lines)
    method = chance.choice([CASH, CASH, CARD])
    change = -total % 500 if method is CASH else 0
    receipt = wire.ReceiptDoc(
        **journal.who(),
        opened_at=(at - timedelta(seconds=50)).isoformat(),
        closed_at=at.isoformat(),
        operator=shift.operator_id,
        printer_no=journal.printer_no,
        receipt_no=number,
        report_no=report_no,
        total_gr=total,
        discount_gr=0,
        nip="5260250274" if number == 2 else "",
        lines=lines,
        payments=[wire.PaymentDoc(*method, total + change, change)],
        split=_split(lines),
        shift=shift.shift,
    )
    journal.receipts.append(receipt)
    return journal.add(receipt)


def _line(chance, row):
    count = chance.choice([1, 1, 1, 2, 3])
    value = row["price_gr"] * count
    return wire.LineDoc(
        product=row["id"], plu=str(row["plu"]), barcode=row["barcodes"][0], name=row["name"],
        unit="szt.", vat=row["vat"], rate_bp=RATES[row["vat"]], price_gr=row["price_gr"],
        list_price_gr=row["price_gr"], qty_milli=1000 * count, value_gr=value, discount_gr=0,
        gross_gr=value,
    )  # fmt: skip


def _split(lines):
    grosses = {vat: sum(it.gross_gr for it in lines if it.vat == vat) for vat in RATES}
    return [
        wire.VatSplit(vat, RATES[vat], gross, tax_gr(gross, RATES[vat]))
        for vat, gross in grosses.items()
        if gross
    ]


def _open_shift(journal, at, operator):
    who = journal.who()
    return journal.add(
        wire.ShiftDoc(
            **who, at=at.isoformat(), operator=operator, operator_id=operator, shift=who["rid"],
            opened_at=at.isoformat(), opening_gr=20_000,
        )
    )  # fmt: skip


def _close_shift(journal, at, opened, sold):
    cash = [it.payments[0] for it in sold if it.payments[0].kind == "cash"]
    received, change = sum(it.amount_gr for it in cash), sum(it.change_gr for it in cash)
    expected = 20_000 + 10_000 + received - change
    missing = journal.chance.choice([0, 0, -250])
    journal.add(
        wire.ShiftDoc(
            **journal.who(), at=at.isoformat(), operator=opened.operator,
            operator_id=opened.operator_id, shift=opened.shift, opened_at=opened.opened_at,
            opening_gr=20_000, closed_at=at.isoformat(), in_gr=10_000, received_gr=received,
            change_gr=change, expected_gr=expected, counted_gr=expected + missing,
            difference_gr=missing, reason="wrong_change" if missing else "",
            receipts=len(sold), total_gr=sum(it.total_gr for it in sold),
        )
    )  # fmt: skip


def _take_back(journal, at, receipt, number):
    line = receipt.lines[0]
    taken = wire.TakenLine(
        no=0, qty_milli=line.qty_milli, gross_gr=line.gross_gr, name=line.name, unit=line.unit,
        vat=line.vat, rate_bp=line.rate_bp,
    )  # fmt: skip
    method = receipt.payments[0]
    refund = wire.RefundDoc(method.method, method.name, method.kind, line.gross_gr)
    tax = tax_gr(line.gross_gr, line.rate_bp)
    split = [wire.VatSplit(line.vat, line.rate_bp, line.gross_gr, tax)]
    journal.add(
        wire.ReturnDoc(
            **journal.who(), at=at.isoformat(), operator=receipt.operator, entry="return",
            number=number, receipt=receipt.rid, sold_by=journal.terminal,
            sold_at=receipt.closed_at, printer_no=receipt.printer_no,
            receipt_no=receipt.receipt_no, lines=[taken], split=split,
            total_gr=line.gross_gr, refunds=[refund], reason="Towar uszkodzony",
        )
    )  # fmt: skip


def _correct(journal, at, receipt, number):
    journal.add(
        wire.CorrectionDoc(
            **journal.who(), at=at.isoformat(), operator=receipt.operator, number=number,
            receipt=receipt.rid, sold_at=receipt.closed_at, printer_no=receipt.printer_no,
            receipt_no=receipt.receipt_no, before=wire.RefundDoc(*CASH, receipt.total_gr),
            after=wire.RefundDoc(*CARD, receipt.total_gr),
        )
    )  # fmt: skip


def _report(journal, at, operator, number, first_seq, sold):
    gross = [
        sum(line.gross_gr for it in sold for line in it.lines if line.vat == letter)
        for letter in LETTERS
    ]
    journal.add(
        wire.ReportDoc(
            **journal.who(), at=at.isoformat(), operator=operator, printer_no=journal.printer_no,
            report_no=number, receipts=len(sold), cancelled=0, printer_gr=gross, local_gr=gross,
            route="terminal", first_seq=first_seq, last_seq=len(journal.entries),
        )
    )  # fmt: skip


def _send(office, journal, moment):
    for start in range(0, len(journal.entries), wire.JOURNAL_ENTRIES_MAX):
        part = journal.entries[start : start + wire.JOURNAL_ENTRIES_MAX]
        receive.receive(office.engine, journal.terminal, wire.JournalPush(1, part), moment)
    unsent = {"K1": 0, "K2": 3}.get(journal.terminal, 0)
    beat = wire.Heartbeat(
        version="0.1.0", unsent=unsent, oldest_unsent_at=moment.isoformat() if unsent else "",
        day="OPEN", printer="no_paper" if unsent else "ready", operator="1",
        reports_left=41 if unsent else 1700, disk_free_mib=20_000, at=moment.isoformat(),
    )  # fmt: skip
    with writing(office.engine) as database:
        fleet.beat(database, journal.terminal, beat, moment)


def _trouble(office, moment):
    """A till whose receipt does not count and whose journal forked; a version being rolled out."""
    chance = random.Random(SEED + 1)
    _enrol(office, "K9", "lipa", moment)
    for _attempt in range(2):
        journal = Journal("K9", "lipa", chance, "ZBF 2301000009")
        opened = _open_shift(journal, moment.astimezone(WARSAW), "3")
        receipt = _sell(journal, moment.astimezone(WARSAW), 1, 1, opened)
        journal.entries.pop()
        journal.add(_wrong(receipt))
        try:
            receive.receive(office.engine, "K9", wire.JournalPush(1, journal.entries), moment)
        except receive.ChainConflict:
            continue
    with writing(office.engine) as database:
        rollouts.begin(database, Rollout("pilot", "0.2.0", 50), moment)
        rollouts.join(database, "K2", "pilot", moment)
        log = errands.ask(database, "K2", "send_log", "", "Ewa Lipa", moment)
        errands.ask(database, "K2", "reload", "products", "Ewa Lipa", moment)
        fleet.invite(database, "K2", "lipa", moment)
        till_logs.keep(database, "K2", log, wire.TillLog(" ok  disk", "10:00 INFO\n"), moment)


def _wrong(receipt):
    fields = {name: getattr(receipt, name) for name in receipt.__struct_fields__}
    return wire.ReceiptDoc(**{**fields, "total_gr": receipt.total_gr + 100})


_PRODUCTS = [
    row
    for row in read_sheet("products", (FOLDER / "products.csv").read_text(encoding="utf-8")).rows
    if row["vat"] in RATES and row["price_gr"] and row.get("barcodes") and not row["is_open_price"]
]
_CUSTOMERS = [
    row["id"]
    for row in read_sheet("customers", (FOLDER / "customers.csv").read_text(encoding="utf-8")).rows
]
