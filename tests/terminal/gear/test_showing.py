from __future__ import annotations

from dataclasses import replace

import pytest

from drivers.errors import Unreachable
from terminal import events
from terminal.gear import attendant, showing
from terminal.gear.showing import Choice, Screen, Showing, quantity, zloty
from terminal.sale.line import Line
from terminal.sale.receipt import CardStatus, Payment, Receipt, State
from tests.shop import wait_until

MILK = Line("m", "1", "", "Mleko 1 l", "szt.", 0, "C", 500, 349, 349, 1000)
CHEESE = Line("c", "2", "", "Ser gouda", "kg", 3, "C", 500, 2990, 2990, 1250)
EMPTY = Receipt("", "", "", "")
OPEN = Receipt("r1", "", "u1", "Anna")


def receipt(*lines: Line, **changes) -> Receipt:
    return replace(OPEN, lines=lines, **changes)


def shown(*told: object, language: str = "en") -> list[Showing]:
    choice = Choice("Welcome", language)
    return [one for event in told if (one := choice.after(event)) is not None]


def changed(*lines: Line, **changes) -> events.ReceiptChanged:
    return events.ReceiptChanged(receipt(*lines, **changes))


def test_an_item_and_its_price():
    assert shown(changed(MILK)) == [Showing("item", "Mleko 1 l", "3,49")]


def test_several_pieces_or_a_weight_tell_how_they_came_about():
    six = replace(MILK, qty_milli=6000)
    assert shown(changed(six), changed(six, CHEESE)) == [
        Showing("item", "Mleko 1 l", "20,94", "6 x 3,49"),
        Showing("item", "Ser gouda", "37,38", "1,25 x 29,90"),
    ]


def test_the_line_that_changed_is_shown():
    cheaper = replace(MILK, discount_gr=49)
    assert shown(changed(MILK, CHEESE), changed(cheaper, CHEESE))[-1] == Showing(
        "item", "Mleko 1 l", "3,00", "1 x 3,49"
    )


def test_a_voided_line():
    void = replace(MILK, is_void=True)
    assert shown(changed(MILK, CHEESE), changed(void, CHEESE))[-1] == Showing(
        "amount", "- Mleko 1 l", "37,38", "TOTAL"
    )


def test_a_discount_on_the_whole_shows_the_new_total():
    assert shown(changed(MILK, CHEESE), changed(MILK, CHEESE, discount_gr=87))[-1] == Showing(
        "amount", "TOTAL", "40,00"
    )


def test_payment_and_change():
    cash = Payment("cash", "Cash", "cash", 5000)
    paid = receipt(MILK, CHEESE, payments=(cash,), state=State.PAID)
    told = [
        changed(MILK, CHEESE),
        events.ReceiptChanged(paid),
        events.ReceiptChanged(replace(paid, state=State.PRINTING)),
        events.ReceiptChanged(EMPTY),
        events.ReceiptPrinted(replace(paid, state=State.FISCAL), 7, 913),
    ]
    assert shown(*told)[1:] == [
        Showing("amount", "PAID 50,00", "40,87", "TOTAL"),
        Showing("amount", "PAID 50,00", "40,87", "TOTAL"),
        Showing("amount", "PAID 50,00", "9,13", "CHANGE"),
    ]


def test_the_exact_sum():
    card = Payment("card", "Card", "card", 349)
    sold = receipt(MILK, payments=(card,), state=State.FISCAL)
    assert shown(events.ReceiptPrinted(sold, 7, 0)) == [Showing("amount", "THANK YOU", "3,49")]


def test_a_receipt_that_was_given_up():
    assert shown(changed(MILK), events.ReceiptChanged(EMPTY))[-1] == Showing("idle", "Welcome")


def test_the_next_customer():
    sold = receipt(MILK, state=State.FISCAL)
    told = [events.ReceiptPrinted(sold, 7, 0), events.ReceiptChanged(EMPTY)]
    assert [one.kind for one in shown(*told)] == ["amount"]
    other = replace(OPEN, rid="r2", lines=(CHEESE,))
    assert shown(*told, events.ReceiptChanged(other))[-1].label == "Ser gouda"


def test_what_is_nothing_to_customers():
    assert (
        shown(events.NetworkChanged(is_online=False), events.PrinterChanged(is_online=True)) == []
    )


def test_the_customers_language_is_not_the_cashiers():
    assert shown(changed(MILK, discount_gr=1), language="pl") == [
        Showing("item", "Mleko 1 l", "3,49")
    ]
    choice = Choice("", "pl")
    choice.after(changed(MILK))
    assert choice.total() == Showing("amount", "SUMA", "3,49")


def test_there_is_no_total_of_nothing():
    choice = Choice("", "en")
    assert choice.total() is None
    choice.after(events.ReceiptChanged(EMPTY))
    assert choice.total() is None


@pytest.mark.parametrize(
    ("amount", "text"), [(0, "0,00"), (5, "0,05"), (123_456, "1 234,56"), (100, "1,00")]
)
def test_amounts(amount, text):
    assert zloty(amount) == text


@pytest.mark.parametrize(("milli", "text"), [(1000, "1"), (1500, "1,5"), (5, "0,005"), (0, "0")])
def test_quantities(milli, text):
    assert quantity(milli) == text


class FakePanel:
    def __init__(self) -> None:
        self.shown: list[tuple[str, ...]] = []
        self.is_broken = False
        self.is_closed = False

    def _put(self, *what: str) -> None:
        if self.is_broken:
            raise Unreachable("unplugged")  # noqa: EM101
        self.shown.append(what)

    def item(self, name, price, note=""):
        self._put("item", name, price, note)

    def amount(self, label, amount, note=""):
        self._put("amount", label, amount, note)

    def idle(self, text):
        self._put("idle", text)

    def close(self):
        self.is_closed = True


@pytest.fixture
def stand(monkeypatch):
    monkeypatch.setattr(showing, "_LOOK_S", 0.005)
    monkeypatch.setattr(attendant, "RETRY_FIRST_S", 0.005)
    panel, told = FakePanel(), []
    screen = Screen(panel, Choice("Welcome", "en"), told.append)
    yield panel, told, screen
    screen.attendant.stop()
    assert panel.is_closed


def test_a_thread_shows_what_is_told(stand):
    panel, told, screen = stand
    screen.attendant.start()
    wait_until(lambda: panel.shown == [("idle", "Welcome")])
    screen.hear(changed(MILK))
    wait_until(lambda: panel.shown[-1] == ("item", "Mleko 1 l", "3,49", ""))
    assert told == [events.DeviceChanged("display", is_online=True)]


def test_an_item_gives_way_to_the_total(stand, monkeypatch):
    monkeypatch.setattr(showing, "_ITEM_S", 0.02)
    panel, _, screen = stand
    screen.attendant.start()
    screen.hear(changed(MILK, CHEESE))
    wait_until(lambda: panel.shown[-1:] == [("amount", "TOTAL", "40,87", "")])


def test_a_display_that_comes_back_shows_what_is_true_then(stand):
    panel, told, screen = stand
    panel.is_broken = True
    screen.attendant.start()
    wait_until(lambda: told)
    screen.hear(changed(MILK))
    screen.hear(changed(MILK, CHEESE))
    panel.is_broken = False
    wait_until(lambda: panel.shown)
    assert panel.shown[0] == ("item", "Ser gouda", "37,38", "1,25 x 29,90")
    wait_until(lambda: len(told) > 1)
    assert [event.is_online for event in told] == [False, True]


def test_hearing_never_waits_for_the_display(stand):
    panel, _, screen = stand
    panel.is_broken = True
    screen.attendant.start()
    for _ in range(1000):
        screen.hear(changed(MILK))


def test_a_card_in_doubt_is_not_paid_and_a_bill_ends_a_sale():
    asked = Payment("card", "Karta", "card", 4087, status=CardStatus.ASKED)
    bill = events.BillMade(receipt(MILK, CHEESE, state=State.BILL), 1)
    assert shown(changed(MILK, CHEESE), changed(MILK, CHEESE, payments=(asked,)), bill)[1:] == [
        Showing("amount", "TOTAL", "40,87"),
        Showing("amount", "THANK YOU", "40,87"),
    ]
