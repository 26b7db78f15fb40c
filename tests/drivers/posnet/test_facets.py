from __future__ import annotations

from datetime import date, datetime

import pytest

from drivers.errors import InDoubt
from drivers.fiscal import (
    Blank,
    Connection,
    Delivery,
    DocumentKind,
    EBuffer,
    EDocument,
    Form,
    Medium,
    Packaging,
    RateChange,
    Span,
    Style,
    Tender,
    TenderKind,
    TextLine,
)
from drivers.posnet.generation import Generation
from drivers.posnet.printer import PosnetPrinter

NEVER = "2000-01-01T01:00:00+01:00"


@pytest.fixture
def printer(counter) -> PosnetPrinter:
    made = PosnetPrinter(counter.open_link, first_token=1000)
    made.connect()
    counter.printer.done.clear()
    return made


@pytest.fixture
def done(counter):
    return lambda: [(frame.mnemonic, dict(frame.fields)) for frame in counter.printer.done]


def test_which_facets_a_generation_has(counter):
    old = PosnetPrinter(counter.open_link, generation=Generation.OLD)
    assert (old.rate_schedule, old.archive, old.e_documents, old.online) == (None,) * 4
    assert all((old.reporting, old.display, old.forms, old.stationery, old.returnables))
    new = PosnetPrinter(counter.open_link)
    assert all((new.rate_schedule, new.archive, new.e_documents, new.online))


def test_reporting(printer, done):
    reporting = printer.reporting
    reporting.monthly(date(2026, 9, 1))
    reporting.by_dates(date(2026, 9, 1), date(2026, 9, 30), is_summary=True)
    reporting.by_numbers(3, 17)
    reporting.shift("RANO", is_zeroing=True)
    reporting.cash_state()
    assert done() == [
        ("monthlyrep", {"da": "2026-09-01", "su": "0"}),
        ("periodicrepbydates", {"fd": "2026-09-01", "td": "2026-09-30", "su": "1"}),
        ("periodicrepbynumbers", {"fn": "3", "tn": "17", "su": "0"}),
        ("shiftrep", {"sh": "RANO", "zr": "1"}),
        ("cashstaterep", {}),
    ]


RATES = (2300, 800, 500, 0, 10_100, 10_100, 10_000)
WIRE_RATES = ("23", "8", "5", "0", "101", "101", "100")


def test_rate_schedule(printer, counter, done):
    schedule = printer.rate_schedule
    change = RateChange(RATES, datetime(2027, 1, 1, 0, 0), is_unattended=True)
    schedule.plan(change)
    schedule.drop()
    rates = {f"v{letter}": rate for letter, rate in zip("abcdefg", WIRE_RATES, strict=True)}
    assert done() == [
        ("vatautoset", {"on": "1", **rates, "da": "2027-01-01;00:00", "ra": "1"}),
        ("vatautoset", {"on": "0"}),
    ]
    fields = {"on": "T", **rates, "da": "2027-01-01;00:00", "ra": "T"}
    counter.printer.answers["vatautoget"] = tuple(fields.items())
    assert schedule.planned() == change
    counter.printer.answers["vatautoget"] = tuple((fields | {"on": "N"}).items())
    assert schedule.planned() is None
    counter.printer.answers["vatautoget"] = tuple((fields | {"da": NEVER}).items())
    with pytest.raises(InDoubt, match="when"):
        schedule.planned()


def test_archive(printer, counter, done):
    archive = printer.archive
    counter.printer.answers |= {
        "ecmedinfoget": (("pr", "1"), ("sf", "3000"), ("ca", "8000")),
        "eclastdocnoget": (("di", "61"),),
        "ecprndoc": (("il", "4"),),
    }
    assert archive.medium() == Medium(3000, 8000)
    assert [archive.last_number(kind) for kind in DocumentKind] == [61] * 5
    assert archive.reprint_numbers(DocumentKind.INVOICE, 3, 6) == 4
    first, last = datetime(2026, 10, 1, 8, 0), datetime(2026, 10, 1, 9, 0)
    assert archive.reprint_dates(DocumentKind.DAILY_REPORT, first, last) == 4
    archive.reprint_last(9)
    archive.reprint_invoice(12, is_for_buyer=True)
    archive.reprint_invoice(12, is_for_buyer=False)
    assert [fields for name, fields in done() if name == "eclastdocnoget"] == [
        *({"ty": "0"}, {"ty": "2"}, {"ty": "5"}, {"ty": "4"}, {}),
    ]
    assert done()[-5:] == [
        ("ecprndoc", {"ty": "1", "fn": "3", "tn": "6"}),
        ("ecprndoc", {"ty": "3", "fd": "2026-10-01;08:00", "td": "2026-10-01;09:00"}),
        ("eclastprintouts", {"no": "9"}),
        ("ecprnfv", {"fn": "12", "ut": "0"}),
        ("ecprnfv", {"fn": "12", "ut": "1"}),
    ]


def test_copies_that_no_number_finds(printer, done):
    for kind in (DocumentKind.DAILY_REPORT, DocumentKind.ANY):
        with pytest.raises(ValueError, match="by time"):
            printer.archive.reprint_numbers(kind, 1, 2)
    assert done() == []


@pytest.mark.parametrize(("made", "left"), [(0, 1830), (1770, 60), (1830, 0), (1900, 0)])
def test_reports_left(printer, counter, made, left):
    counter.printer.reports = made
    assert printer.archive.reports_left() == left


def test_copies_can_be_interrupted(printer, counter, monkeypatch):
    archive = printer.archive
    small = counter.printer
    carry_out = small.carry_out

    def print_for_a_minute(frame, refusal):
        if frame.mnemonic == "ecprndoc":
            small.free_at_s = counter.clock.now_s + 60
        return carry_out(frame, refusal)

    broken: list[float] = []

    def immediate(mnemonic):
        if mnemonic == "break":
            broken.append(counter.clock.now_s)
            small.waiting.clear()
            small.post(b"", counter.clock.now_s)
            small.send(small.kept[small.seen[-1].token])
        return type(small).immediate(small, mnemonic)

    small.answers["ecprndoc"] = (("il", "2"),)
    monkeypatch.setattr(small, "carry_out", print_for_a_minute)
    monkeypatch.setattr(small, "immediate", immediate)
    began_s = counter.clock.now_s
    read = counter.links[-1].read

    def read_and_press(timeout_s):
        if counter.clock.now_s > began_s + 5 and not broken:
            archive.interrupt()
        return read(timeout_s)

    monkeypatch.setattr(counter.links[-1], "read", read_and_press)
    assert archive.reprint_numbers(DocumentKind.RECEIPT, 1, 99) == 2
    assert 5 < broken[0] - began_s < 6
    assert counter.clock.now_s - began_s < 7


def test_e_documents(printer, counter, done):
    documents = printer.e_documents
    counter.printer.answers |= {
        "eparagonstatusget": (("st", "T"),),
        "eparagonidznext": (("ha", "7"),),
        "eparagonidzprev": (("ha", "8"),),
        "eparagonbufferget": (
            *(("ad", "https://x"), ("di", "61"), ("id", "123"), ("hd", "7"), ("hc", "200")),
            *(("cc", "0"), ("ac", "0"), ("st", "1"), ("pr", "N")),
        ),
        "eparagonbuffersummaryget": (
            *(("fr", "90"), ("ne", "1"), ("ok", "5"), ("fi", "2"), ("ft", "3"), ("re", "0")),
        ),
    }
    assert documents.is_on()
    documents.use_server("eparagon.example.pl")
    documents.switch(is_on=False)
    assert documents.for_next("123456789012345") == 7
    documents.forget()
    assert documents.for_previous("123") == 8
    assert documents.document(7) == EDocument(7, 61, Delivery.SENT, is_printed=False, http_code=200)
    assert documents.buffer() == EBuffer(free=90, new=1, sent=5, retrying=2, failed=3)
    assert done()[1:6] == [
        ("eparagondefaultset", {"ad": "eparagon.example.pl"}),
        ("eparagonstatusset", {"st": "0"}),
        ("eparagonidznext", {"id": "123456789012345"}),
        ("eparagonidzcancel", {}),
        ("eparagonidzprev", {"id": "123"}),
    ]


@pytest.mark.parametrize(("number", "delivery"), list(enumerate(Delivery)))
def test_how_far_a_document_got(printer, counter, number, delivery):
    fields = {"di": "1", "hd": "1", "hc": "0", "st": str(number), "pr": "T"}
    counter.printer.answers["eparagonbufferget"] = tuple(fields.items())
    assert printer.e_documents.document(1).delivery is delivery
    counter.printer.answers["eparagonbufferget"] = tuple((fields | {"st": "5"}).items())
    with pytest.raises(InDoubt, match="state 5"):
        printer.e_documents.document(1)


def test_online(printer, counter, done):
    counter.printer.answers |= {
        "repositoryeventhubstate": (
            *(("da", "2026-10-09T11:48:15+02:00"), ("ds", "2026-10-09T11:48:15+02:00")),
            *(("df", NEVER), ("lr", "T"), ("ac", "N")),
        ),
        "repositorywebapistate": (
            *(("da", NEVER), ("ds", NEVER), ("df", NEVER), ("lr", "N"), ("ac", "T")),
        ),
    }
    state = printer.online.state()
    at = datetime(2026, 10, 9, 11, 48)
    assert state.documents == Connection(at, at, None, is_ok=True, is_running=False)
    assert state.commands == Connection(None, None, None, is_ok=False, is_running=True)
    printer.online.send_now()
    printer.online.fetch_now()
    printer.online.set_clock_now()
    assert [name for name, _ in done()[2:]] == [
        *("repositoryeventhubtrigger", "repositorywebapitrigger", "rtcsync"),
    ]


def test_display(printer, done):
    printer.display.show(("Mleko\n2 %", "3,49"))
    printer.display.show(())
    printer.display.show_own()
    assert done() == [
        ("dsptxt", {"id": "0", "st": "Mleko 2 %\n3,49"}),
        ("dspcmd", {"id": "0", "st": "1"}),
        ("dsptxt", {"id": "0", "st": ""}),
        ("dspcmd", {"id": "0", "st": "1"}),
        ("dspcmd", {"id": "0", "st": "0"}),
    ]


def test_stationery(printer, counter, done):
    stationery = printer.stationery
    lines = ((Span("Zapraszamy", frozenset({Style.WIDE})),), (Span("A&B"),))
    stationery.set_lines(lines, is_lasting=True)
    stationery.set_lines((), is_lasting=False)
    stationery.sign_on("Łucja", "2")
    stationery.sign_off()
    assert done() == [
        ("ftrinfoset", {"tx": "&bZapraszamy&b\nA&&B", "lb": "1"}),
        ("ftrinfoset", {"tx": "", "lb": "0"}),
        ("login", {"na": "Łucja", "nk": "2", "dr": "0"}),
        ("ftrcfg", {"cc": "", "cn": "", "ca": "1"}),
    ]
    counter.printer.answers["ftrinfoget"] = (("tx", "Zapraszamy\nA"),)
    assert stationery.lines() == "Zapraszamy\nA"
    with pytest.raises(ValueError, match="4 lines"):
        stationery.set_lines(((Span("x"),),) * 4, is_lasting=True)


def test_returnables(printer, done):
    printer.returnables.settle(
        (Packaging(50, 6), Packaging(100, 1, is_return=True), Packaging(50, 1, is_storno=True)),
        (Tender(TenderKind.CARD, 150),),
    )
    assert done() == [
        ("trpackinit", {}),
        ("trpack", {"pr": "50", "il": "6", "wa": "300"}),
        ("trpack", {"ne": "1", "pr": "100", "il": "1", "wa": "100"}),
        ("trpack", {"st": "1", "pr": "50", "il": "1", "wa": "50"}),
        ("trpayment", {"ty": "2", "wa": "150"}),
        ("trend", {"op": "250", "om": "100", "fp": "150"}),
    ]


def test_forms(printer, done):
    printer.forms.print(Form("Notatka", (TextLine("Ala"), Blank()), is_wide=True))
    assert done() == [
        ("formstart", {"fn": "201", "fh": "0", "al": "Notatka"}),
        ("formline", {"s1": "Ala", "fn": "201", "fl": "0"}),
        ("formcmd", {"fn": "201", "cm": "0"}),
        ("formend", {"fn": "201"}),
    ]
