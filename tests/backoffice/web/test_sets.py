"""The pages of data sets as a browser without JavaScript sees them."""

from __future__ import annotations

import re
import socket
import threading
import uuid
from html import unescape
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest

from backoffice import changes, publish
from backoffice.rights import Role
from backoffice.running import start_office
from backoffice.store import data_rows
from backoffice.store.engine import reading, writing
from terminal.sync import wire

UNIT = {"id": "kg", "name": "kg", "precision": 3, "is_weighed": True}


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """On SQLite alone: what depends on the database is tried with the editor, on both."""
    office = start_office(f"sqlite:///{tmp_path_factory.mktemp('sets') / 'office.db'}")
    yield office
    office.stop()


@pytest.fixture
def shop(running):
    """A shop of its own with a unit, so that every test can look at what it has."""
    name = f"s-{uuid.uuid4().hex[:8]}"
    with writing(running.office.engine) as database:
        publish.put(database, "units", name, [UNIT])
    return name


@pytest.fixture
def put(running, shop):
    def rows(name, *given):
        with writing(running.office.engine) as database:
            return publish.put(database, name, shop, given)

    return rows


@pytest.fixture
def row(running, shop):
    def now(name, row_id, where=None):
        with reading(running.office.engine) as database:
            body = data_rows.body_of(database, name, where or shop, row_id)
        return msgspec.json.decode(body) if body else None

    return now


def hidden(text):
    """The fields of the first form of a row as a browser would send them back."""
    form = re.search(r'<form method="post"[^>]*class="sheet">(.*?)</form>', text, re.DOTALL)[1]
    found = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = (re.search(f'{it}="([^"]*)"', tag) for it in ("name", "value"))
        if 'type="checkbox"' in tag and not re.search(r"\schecked", tag):
            continue
        if name:
            found[unescape(name[1])] = unescape(value[1]) if value else ""
    for name, options in re.findall(
        r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL
    ):
        chosen = re.search(r'value="([^"]*)" selected', options)
        first = re.search(r'value="([^"]*)"', options)
        found[name] = (chosen or first)[1]
    return found


def opened(browser, shop, name, row_id=""):
    asked = {"shop": shop} | ({"id": row_id} if row_id else {})
    page = browser.get(f"/data/{name}/row", params=asked)
    assert page.status_code == 200
    return hidden(page.text)


def save(browser, part, form, **typed):
    return browser.post(f"/data/{part}/row", data=form | typed)


def press(browser, shop, name, row_id, act):
    form = opened(browser, shop, name, row_id)
    sent = {it: form[it] for it in ("_csrf_token", "shop", "revision")}
    return browser.post(f"/data/{name}/act", data=sent | {"id": row_id, "act": act})


def where(answer):
    return {
        name: it[0] for name, it in parse_qs(urlsplit(answer.headers["location"]).query).items()
    }


def test_a_row_is_made_found_changed_and_told_of(browser, shop, row):
    done = save(browser, "units", opened(browser, shop, "units"), name="szt.")
    assert done.status_code == 303
    made = where(done)["id"]
    assert row("units", made)["name"] == "szt."
    found = browser.get("/data/units", params={"shop": shop, "find": "SZT"}).text
    assert "szt." in found
    assert ">kg<" not in found
    save(browser, "units", opened(browser, shop, "units", made), precision="2", is_weighed="yes")
    assert (row("units", made)["precision"], row("units", made)["is_weighed"]) == (2, True)
    assert "<del>0</del> <ins>2</ins>" in browser.get(done.headers["location"]).text


def test_a_form_sent_twice_makes_one_row(running, browser, shop):
    form = opened(browser, shop, "units")
    places = {save(browser, "units", form, name="szt.").headers["location"] for _ in range(3)}
    assert len(places) == 1
    with reading(running.office.engine) as database:
        assert len(data_rows.living(database, "units", shop)) == 2


def test_of_two_editors_the_second_sees_both_and_chooses(browser, shop, row, put):
    """Nothing is overwritten in silence: not the other's field, not one's own."""
    put("categories", {"id": "d", "name": "Napoje"})
    form = opened(browser, shop, "units", "kg")
    put("units", UNIT | {"precision": 2, "name": "KG"})
    late = save(browser, "units", form, name="kilo")
    assert late.status_code == 409
    assert row("units", "kg")["name"] == "KG"
    again = hidden(late.text)
    assert again["name"] == "kilo"
    assert "KG" in late.text
    # What this editor left alone is proposed as the other wrote it; what he typed stays his.
    assert again.get("take.precision") == "yes"
    assert "take.name" not in again
    assert save(browser, "units", again).status_code == 303
    assert (row("units", "kg")["name"], row("units", "kg")["precision"]) == ("kilo", 2)


def test_the_others_value_can_be_kept(browser, shop, row, put):
    form = opened(browser, shop, "units", "kg")
    put("units", UNIT | {"name": "KG"})
    again = hidden(save(browser, "units", form, name="kilo").text)
    assert save(browser, "units", again, **{"take.name": "yes"}).status_code == 303
    assert row("units", "kg")["name"] == "KG"


def test_while_one_chooses_a_third_may_come(browser, shop, row, put):
    form = opened(browser, shop, "units", "kg")
    put("units", UNIT | {"name": "KG"})
    again = hidden(save(browser, "units", form, name="kilo").text)
    put("units", UNIT | {"name": "Kg"})
    assert save(browser, "units", again).status_code == 409
    assert row("units", "kg")["name"] == "Kg"


def test_a_row_that_was_removed_meanwhile_comes_back_by_saving(running, browser, shop, row):
    form = opened(browser, shop, "units", "kg")
    with writing(running.office.engine) as database:
        publish.remove(database, "units", shop, "kg")
    late = save(browser, "units", form, name="kilo")
    assert late.status_code == 409
    assert row("units", "kg") is None
    assert save(browser, "units", hidden(late.text)).status_code == 303
    assert row("units", "kg")["name"] == "kilo"


@pytest.mark.parametrize(
    "name", ["", " ", "x" * 5, "x" * 50_000, "7", "<b>\"'&", "\0", "a\nb\tc d", "' OR 1=1 --"]
)
def test_wrong_huge_and_hostile_values_come_back_as_typed(browser, shop, row, name):
    answer = save(browser, "units", opened(browser, shop, "units", "kg"), name=name)
    if answer.status_code == 303:
        # A line in a browser's field has no breaks: they are spaces.
        assert row("units", "kg")["name"] == " ".join(name.split())
        return
    assert answer.status_code == 422
    assert row("units", "kg") == UNIT
    assert 'aria-invalid="true"' in answer.text
    assert "<b>" not in answer.text
    assert hidden(answer.text)["name"] == name


def test_a_form_of_nonsense_is_answered_with_a_form(browser, shop):
    form = opened(browser, shop, "units", "kg")
    odd = {"revision": "-1", "row": "x" * 10_000, "precision": "٣", "take.name": "9", "more": "x"}
    assert save(browser, "units", form, **odd).status_code in {409, 422}
    assert save(browser, "units", {"_csrf_token": form["_csrf_token"]}).status_code == 422
    twice = browser.post(
        "/data/units/row", content=f"_csrf_token={form['_csrf_token']}&name=a&name=b&shop={shop}",
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )  # fmt: skip
    assert twice.status_code == 422


def test_half_a_request_changes_nothing(running, browser, shop, row):
    """The line is cut in the middle of what is sent."""
    form = opened(browser, shop, "units", "kg")
    body = "&".join(f"{name}={value}" for name, value in (form | {"name": "kilo"}).items())
    cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    target = urlsplit(running.url)
    head = (
        f"POST /data/units/row HTTP/1.1\r\nHost: {target.netloc}\r\nCookie: {cookies}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body) + 9}\r\n\r\n"
    )
    with socket.create_connection((target.hostname, target.port), timeout=10) as line:
        line.sendall((head + body).encode())
    assert browser.get("/data/units", params={"shop": shop}).status_code == 200
    assert row("units", "kg") == UNIT


def test_buttons_remove_put_back_and_undo(browser, shop, row):
    assert press(browser, shop, "units", "kg", "remove").status_code == 303
    assert row("units", "kg") is None
    assert "kg" in browser.get("/data/units", params={"shop": shop, "resting": "true"}).text
    assert press(browser, shop, "units", "kg", "restore").status_code == 303
    assert row("units", "kg") == UNIT
    save(browser, "units", opened(browser, shop, "units", "kg"), name="kilo")
    assert press(browser, shop, "units", "kg", "undo").status_code == 303
    assert row("units", "kg") == UNIT


def test_a_button_that_is_too_late_says_so(browser, shop, row, put):
    form = opened(browser, shop, "units", "kg")
    put("units", UNIT | {"name": "KG"})
    sent = {it: form[it] for it in ("_csrf_token", "shop", "revision")} | {"id": "kg"}
    assert browser.post("/data/units/act", data=sent | {"act": "remove"}).status_code == 409
    assert browser.post("/data/units/act", data=sent | {"act": "undo"}).status_code == 409
    assert row("units", "kg")["name"] == "KG"
    assert browser.post("/data/units/act", data=sent | {"act": "none"}).status_code == 400


def test_what_is_needed_stays_and_the_reason_is_said(browser, shop, row, put):
    put("vat_rates", {"id": "C", "rate_bp": 500})
    put("products", {"id": "w", "name": "Woda", "vat": "C", "price_gr": 1, "unit": "kg"})
    answer = press(browser, shop, "units", "kg", "remove")
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert row("units", "kg") == UNIT


def test_a_category_cannot_lie_in_itself(browser, shop, row, put):
    put("categories", {"id": "d", "name": "Napoje"}, {"id": "w", "name": "Wody", "parent": "d"})
    text = browser.get("/data/categories/row", params={"shop": shop, "id": "d"}).text
    assert 'value="w"' not in text  # what lies in it is no choice
    answer = save(browser, "categories", opened(browser, shop, "categories", "d"), parent="w")
    assert answer.status_code == 422
    assert 'id="error-parent"' in answer.text
    assert row("categories", "d")["parent"] == ""
    listed = browser.get("/data/categories", params={"shop": shop}).text
    assert listed.index("Napoje") < listed.index("Wody")
    assert "depth-1" in listed


def test_rows_of_payment_methods_change_their_order(browser, shop, row, put):
    for place, name in enumerate(("cash", "card", "bon")):
        put("payment_methods", {"id": name, "name": name, "kind": "cash", "position": place})
    assert press(browser, shop, "payment_methods", "bon", "up").status_code == 303
    assert row("payment_methods", "bon")["position"] == 1
    new = opened(browser, shop, "payment_methods")
    made = where(save(browser, "payment_methods", new, name="BLIK", kind="other"))["id"]
    assert row("payment_methods", made)["position"] == 3


def test_rows_without_an_order_cannot_be_moved(browser, shop, put):
    put("units", {"id": "kg", "name": "kg"})
    assert press(browser, shop, "units", "kg", "up").status_code == 404


def test_rows_with_a_switch_rest_and_wake(browser, shop, row, put):
    put("customers", {"id": "1", "name": "Kawiarnia"})
    assert press(browser, shop, "customers", "1", "rest").status_code == 303
    assert row("customers", "1")["is_active"] is False
    assert "Kawiarnia" not in browser.get("/data/customers", params={"shop": shop}).text
    assert press(browser, shop, "customers", "1", "wake").status_code == 303
    assert row("customers", "1")["is_active"] is True


def test_a_change_reaches_all_shops_or_none(running, browser_as, shop, row, put):
    other = f"{shop}-b"
    browser = browser_as(Role.MANAGER, [shop, other])
    with writing(running.office.engine) as database:
        publish.put(database, "currencies", other, [])
        publish.put(database, "vat_rates", other, [{"id": "C", "rate_bp": 500}])
        publish.put(database, "units", other, [UNIT])
        sold = {"id": "w", "name": "Woda", "vat": "C", "price_gr": 1, "unit": "kg"}
        publish.put(database, "products", other, [sold])
    put("vat_rates", {"id": "C", "rate_bp": 500})
    form = opened(browser, shop, "vat_rates", "C")
    answer = save(browser, "vat_rates", form, rate_bp="—", everywhere="yes")
    assert answer.status_code == 422
    assert other in answer.text
    assert row("vat_rates", "C")["rate_bp"] == row("vat_rates", "C", other)["rate_bp"] == 500
    assert save(browser, "vat_rates", form, rate_bp="8", everywhere="yes").status_code == 303
    assert row("vat_rates", "C")["rate_bp"] == row("vat_rates", "C", other)["rate_bp"] == 800


def test_a_method_goes_out_of_use_in_all_shops_that_have_it_or_none(running, browser_as, shop, row):
    others = [f"{shop}-a", f"{shop}-b"]
    card = {"id": "card", "name": "Karta", "kind": "card"}
    with writing(running.office.engine) as database:
        for each in (shop, others[0]):
            cash = {"id": "cash", "name": "Gotówka", "kind": "cash"}
            publish.put(database, "payment_methods", each, [cash, card])
        publish.put(database, "units", others[1], [UNIT])
    browser = browser_as(Role.MANAGER, [shop, *others])
    form = opened(browser, shop, "payment_methods", "card")
    sent = {it: form[it] for it in ("_csrf_token", "shop", "revision")} | {"id": "card"}
    sent |= {"act": "rest", "everywhere": "yes"}
    with writing(running.office.engine) as database:
        publish.remove(database, "payment_methods", others[0], "cash")
    refused = browser.post("/data/payment_methods/act", data=sent)
    assert (refused.status_code, others[0] in refused.text) == (422, True)
    assert row("payment_methods", "card")["is_active"] is True
    with writing(running.office.engine) as database:
        publish.put(database, "payment_methods", others[0], [card | {"id": "other"}])
    assert browser.post("/data/payment_methods/act", data=sent).status_code == 303
    active = [row("payment_methods", "card", each) for each in (shop, *others)]
    assert [it and it["is_active"] for it in active] == [False, False, None]


def test_people_type_in_their_own_units(browser, shop, row):
    form = opened(browser, shop, "currencies")
    made = save(
        browser, "currencies", form, id="eur", name="Euro", rate_e4="4,265", rate_of="2026-03-01"
    )
    assert made.status_code == 303
    assert row("currencies", "EUR")["rate_e4"] == 42_650
    again = save(browser, "currencies", form, id="EUR", name="Euro", rate_e4="4,3")
    assert again.status_code == 409
    assert 'id="error-id"' in again.text
    form = opened(browser, shop, "discounts")
    both = save(
        browser, "discounts", form, name="X", scope="line", percent_bp="5", amount_gr="1 zł"
    )
    assert (both.status_code, 'id="error-percent_bp"' in both.text) == (422, True)
    assert (
        save(browser, "discounts", form, name="X", scope="line", percent_bp="7,5").status_code
        == 303
    )
    assert (
        save(
            browser, "vat_rates", opened(browser, shop, "vat_rates"), id="e", rate_bp="zw."
        ).status_code
        == 303
    )
    assert row("vat_rates", "E")["rate_bp"] == 10_000


def test_a_wrong_nip_is_named(browser, shop):
    form = opened(browser, shop, "customers")
    wrong = save(browser, "customers", form, name="Kawiarnia", nip="526-100-10-02")
    assert (wrong.status_code, 'id="error-nip"' in wrong.text) == (422, True)
    assert (
        save(browser, "customers", form, name="Kawiarnia", nip="526-100-10-01").status_code == 303
    )


def test_lists_become_files(browser, shop):
    csv = browser.get("/data/units", params={"shop": shop, "format": "csv"})
    assert csv.text.lstrip("\ufeff").splitlines() == [
        "id;name;precision;is_weighed",
        "kg;kg;3;true",
    ]
    assert browser.get("/data/units", params={"shop": shop, "format": "xlsx"}).content[:2] == b"PK"
    assert browser.get("/data/units", params={"shop": shop, "format": "exe"}).status_code == 400


def test_what_is_not_there_is_not_found(browser, shop):
    assert browser.get("/data/units/row", params={"shop": shop, "id": "none"}).status_code == 404
    assert browser.get("/data/units", params={"shop": "none"}).status_code == 404
    assert browser.get("/data/none").status_code == 404
    assert browser.get("/data/units", params={"shop": shop, "start": "x"}).status_code == 400


def test_two_saves_at_the_same_time_are_one_and_a_conflict(browser, shop, row):
    form = opened(browser, shop, "units", "kg")
    answers = []
    editors = [
        threading.Thread(target=lambda it=it: answers.append(save(browser, "units", form, name=it)))
        for it in ("g", "dag")
    ]
    for editor in editors:
        editor.start()
    for editor in editors:
        editor.join()
    assert sorted(answer.status_code for answer in answers) == [303, 409]


def upload(browser, shop, name, content, **more):
    page = browser.get(f"/data/{name}/import", params={"shop": shop}).text
    form = {"_csrf_token": token_in(page), "shop": shop} | more
    files = {} if content is None else {"file": ("rows.csv", content, "text/csv")}
    return browser.post(f"/data/{name}/import", data=form, files=files or {"none": b""})


def token_in(text):
    return re.search(r'name="_csrf_token" value="([^"]+)"', text)[1]


def test_a_file_is_taken_whole_or_its_good_rows_after_a_look(browser, shop, row):
    content = "id;name;precision\nl;l;2\nx;a7;0\ny;y;much\n"
    answer = upload(browser, shop, "units", content.encode())
    assert answer.status_code == 422
    cells = re.findall(r'data-name="[^"]+">([^<]*)</t[hd]>', answer.text)[:6]
    assert [cells[0], cells[1], cells[3], cells[4]] == ["3", "name", "4", "precision"]
    assert row("units", "l") is None
    kept = unescape(re.search(r'name="text" value="([^"]*)"', answer.text)[1])
    assert kept == content
    assert upload(browser, shop, "units", None, text=kept, good="yes").status_code == 303
    assert row("units", "l")["precision"] == 2
    assert row("units", "x") is None
    assert upload(browser, shop, "units", "\ufeffid,name\nm,m²\n".encode()).status_code == 303
    assert row("units", "m")["name"] == "m²"


def test_rows_that_do_not_fit_are_named_by_their_line(browser, shop, row):
    content = "id;name;parent\n\na;A;\nb;B;none\n"
    answer = upload(browser, shop, "categories", content.encode())
    assert answer.status_code == 422
    assert re.findall(r'data-name="[^"]+">([^<]*)</t[hd]>', answer.text)[:2] == ["4", "parent"]
    assert row("categories", "a") is None
    assert upload(browser, shop, "categories", None, text=content, good="yes").status_code == 303
    assert row("categories", "a")["name"] == "A"


@pytest.mark.parametrize(
    "content",
    [b"", b" \n", b"id;name\n", b"nothing", b"\0\xff\xfe", b"x" * (2 * 2**20 + 1), b'"', None],
)
def test_a_file_that_is_none_is_refused(browser, shop, content):
    answer = upload(browser, shop, "units", content)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_a_polish_spreadsheet_may_use_its_old_letters(browser, shop, row):
    content = "id;name\nn;Napoje żółte\n".encode("cp1250")
    assert upload(browser, shop, "categories", content).status_code == 303
    assert row("categories", "n")["name"] == "Napoje żółte"


@pytest.fixture
def priced(put):
    put("vat_rates", {"id": "C", "rate_bp": 500})
    milk = {"id": "m", "name": "Mleko", "vat": "C", "price_gr": 429, "unit": "kg", "plu": "7"}
    put("products", milk, milk | {"id": "w", "name": "Woda", "plu": "8"})
    put("price_lists", {"id": "lato", "name": "Lato", "valid_from": "2026-06-01"})
    put("prices", {"id": "1", "price_list": "lato", "product": "m", "price_gr": 399})


def grid(browser, shop, find=""):
    page = browser.get("/data/prices", params={"shop": shop, "list": "lato", "find": find})
    assert page.status_code == 200
    tags = re.findall(r"<input[^>]*(?:typed-prices|hidden)[^>]*>", page.text)
    found = (re.search(r'name="([^"]+)" value="([^"]*)"', tag) for tag in tags)
    named = (re.search(r'name="([^"]+)".*value="([^"]*)"', tag) for tag in tags)
    return {it[1]: it[2] for it in [*filter(None, found), *filter(None, named)]}


def test_prices_of_a_list_are_typed_beside_the_usual_ones(browser, shop, priced, row):
    form = grid(browser, shop)
    assert form["price.m"] == "3,99"
    assert "price.w" not in form
    form = grid(browser, shop, "woda") | {"price.w": "1,5"}
    assert browser.post("/data/prices", data=form).status_code == 303
    assert grid(browser, shop) | {"price.w": "1,50", "price.m": "3,99"} == grid(browser, shop)
    form = grid(browser, shop) | {"price.m": "abc", "price.w": "1,60"}
    wrong = browser.post("/data/prices", data=form)
    assert wrong.status_code == 422
    assert 'value="abc"' in wrong.text
    assert grid(browser, shop)["price.w"] == "1,50"
    gone = browser.post("/data/prices", data=form | {"price.m": ""})
    assert gone.status_code == 303
    assert row("prices", "1") is None


def test_two_who_change_one_price_are_told(browser, shop, priced, put, row):
    form = grid(browser, shop)
    put("prices", {"id": "1", "price_list": "lato", "product": "m", "price_gr": 350})
    late = browser.post("/data/prices", data=form | {"price.m": "3,80"})
    assert late.status_code == 409
    assert 'value="3,80"' in late.text
    assert "3,50" in late.text
    assert row("prices", "1")["price_gr"] == 350


def test_vat_rates_say_their_two_steps_and_what_the_law_says(browser, shop, put):
    put("vat_rates", {"id": "B", "rate_bp": 900}, {"id": "C", "rate_bp": 500})
    text = browser.get("/data/vat_rates", params={"shop": shop}).text
    assert "dobowym" in text
    assert text.count("<li>Litera") == 1
    assert press(browser, shop, "vat_rates", "B", "remove").status_code == 303
    gone = browser.get("/data/vat_rates", params={"shop": shop, "resting": "true"}).text
    assert ">B</a>" in gone
    assert ">C</a>" not in gone
    form = opened(browser, shop, "vat_rates", "C")
    saved = save(browser, "vat_rates", form, rate_bp="7")
    assert "raport dobowy każdej kasy" in browser.get(saved.headers["location"]).text


def test_vat_rates_say_which_printer_has_the_old_ones(
    running, http, browser, new_till, books, put, shop
):
    put(
        "vat_rates",
        *({"id": it, "rate_bp": 10_100} for it in "ACDEFG"),
        {"id": "B", "rate_bp": 700},
    )
    name, device = new_till(shop)
    journal = books(name, shop)
    rates = [10_100, 800, *[10_100] * 5]
    told = wire.EventDoc(
        str(uuid.uuid4()),
        name,
        shop,
        "2026-03-01T12:00:00+01:00",
        "",
        "rates_programmed",
        {"rates": rates},
    )
    journal.add(told)
    pushed = msgspec.json.encode(wire.JournalPush(1, journal.entries))
    http.post(f"/v1/terminals/{name}/journal", auth=device, content=pushed).raise_for_status()
    text = browser.get("/data/vat_rates", params={"shop": shop}).text
    assert "B 8%" in text


def test_a_customer_is_forgotten_with_his_history(running, browser, browser_as, shop, row):
    made = where(
        save(browser, "customers", opened(browser, shop, "customers"), name=f"Jan {shop}")
    )["id"]
    asked = {"shop": shop, "id": made}
    page = browser.get("/data/customers/erase", params=asked)
    form = asked | {"_csrf_token": token_in(page.text)}
    assert browser.post("/data/customers/erase", data=form).status_code == 422
    assert row("customers", made) is not None
    assert browser_as(Role.MANAGER).get("/data/customers/erase", params=asked).status_code == 403
    assert browser.post("/data/customers/erase", data=form | {"sure": "yes"}).status_code == 303
    assert row("customers", made) is None
    assert browser.get("/data/customers/row", params=asked).status_code == 404
    with reading(running.office.engine) as database:
        lines = changes.history(database, f"customers/{made}", shop, 9)
    assert [(it.act, it.before, it.after) for it in lines] == [("erase", "", ""), ("put", "", "")]


def test_who_may_only_look_sees_no_buttons(browser_as, shop):
    clerk = browser_as(Role.ACCOUNTANT)
    text = clerk.get("/data/units/row", params={"shop": shop, "id": "kg"}).text
    assert "<button" not in text.partition("<main")[2]
    assert "disabled" in text


def test_each_change_says_which_tills_have_it(running, http, browser, new_till, shop, row):
    name, device = new_till(shop)
    form = opened(browser, shop, "units", "kg")
    changed = save(browser, "units", form, name="kilo").headers["location"]
    assert f"jeszcze nie: {name}" in browser.get(changed).text
    assert f"jeszcze nie: {name}" in browser.get("/data/units", params={"shop": shop}).text
    at = "2026-03-01T12:00:00+01:00"
    beat = wire.Heartbeat("0.1.0", 0, at, "OPEN", "ready", "1", sets={"units": 2})
    content = msgspec.json.encode(beat)
    http.post(f"/v1/terminals/{name}/heartbeat", auth=device, content=content).raise_for_status()
    assert "Kasa już to ma" in browser.get(changed).text
    assert "Kasa już to ma" in browser.get("/data/units", params={"shop": shop}).text


def test_who_typed_the_same_in_another_way_has_no_conflict(browser, shop, put):
    put("currencies", {"id": "EUR", "name": "Euro", "rate_e4": 42_650})
    form = opened(browser, shop, "currencies", "EUR")
    put("currencies", {"id": "EUR", "name": "Euro", "rate_e4": 43_000})
    assert save(browser, "currencies", form, rate_e4="4.3 zł").status_code == 303


def test_what_is_longer_than_any_form_is_told_so(browser, shop, row):
    answer = save(browser, "units", opened(browser, shop, "units", "kg"), name="x" * 300_000)
    assert answer.status_code == 413
    assert "To za dużo naraz" in answer.text
    assert row("units", "kg") == UNIT
