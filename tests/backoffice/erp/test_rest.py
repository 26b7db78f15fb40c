from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime

import httpx2
import pytest

from backoffice.erp.connector import Outgoing, Reply
from backoffice.erp.rest_caller import Client, retry_after
from backoffice.erp.settings import connector
from backoffice.jobs.work import NeverError, NotNowError
from tests.erp.reference import SECRET, ReferenceErp


@pytest.fixture(scope="module")
def server(cluster):
    started = ReferenceErp(cluster)
    yield started
    started.stop()


@pytest.fixture
def erp(server):
    server._books.execute("TRUNCATE zapis, klucz, plik")
    server.faults.clear()
    server.asked.clear()
    return server


@pytest.fixture
def wares(erp, tmp_path, monkeypatch):
    monkeypatch.setenv("KASO_TEST_ERP", SECRET)
    file = tmp_path / "wares.toml"
    file.write_text(erp.toml, encoding="utf-8")
    made = connector(file)
    yield made
    made.close()


@pytest.fixture
def answering(tmp_path, monkeypatch):
    """A connector whose program gives one token and then always the same answer."""

    def make(token, answer, *, link="", offset="", sets="products"):
        headers = {"Link": link, "Upload-Complete": "?0", "Upload-Offset": offset}

        def told(request):
            is_token = request.url.path.endswith("/token")
            told = json.dumps(token if is_token else answer).encode()
            return httpx2.Response(200, content=iter([told]), headers=headers)

        (tmp_path / "erp.secret").touch(0o600)
        (tmp_path / "erp.secret").write_text("x")
        file = tmp_path / "wares.toml"
        file.write_text(
            'kind = "rest"\naddress = "https://erp.example/api"\nclient_id = "k"\n'
            f'client_secret_file = "erp.secret"\n[sets.{sets}]\n'
        )
        made = connector(file)
        monkeypatch.setattr(
            made._caller, "_http", httpx2.Client(transport=httpx2.MockTransport(told))
        )
        return made

    return make


def product(number, **more):
    row = {"kod": f"T{number}", "nazwa": f"Towar {number}", "cena": "4,99", "stawka": 23}
    return row | {"jm": "szt.", "kody": ["5901234123457"], "uwagi": "nasze"} | more


def partner(number=1, name="Anna", nip="", key=""):
    body = {"id": f"c{number}", "name": name, "nip": nip, "is_potential": True, "their_id": ""}
    return Outgoing("partners", f"c{number}", key or f"k-{number}-{name}", body)


def read(made, object_name, since=""):
    records, cursor = [], ""
    while True:
        batch = made.read(object_name, since, cursor)
        records += batch.records
        if batch.next is None:
            return records, batch.mark
        cursor = batch.next


def test_all_pages_are_read_and_then_only_what_changed(erp, wares):
    erp.put("towary", *(product(number) for number in range(120)))
    erp.put("kody", {"id": "12345678", "product": "T1", "qty_milli": "6,000"}, key="id")
    records, mark = read(wares, "articles")
    assert [it.id for it in records] == [f"T{number}" for number in range(120)] + ["12345678"]
    assert records[0].body == {
        "id": "T0", "name": "Towar 0", "price_gr": 499, "vat": "A", "unit": "szt.",
        "barcodes": ["5901234123457"],
    }  # fmt: skip
    assert records[-1].body["qty_milli"] == 6000
    assert records[51].where == "/towary page 2 #2"
    assert erp.asked.count("token") == 1
    erp.put("towary", product(7, nazwa="Inny"), product(8, usuniety=True))
    changed, mark = read(wares, "articles", mark)
    assert [(it.id, it.is_removed) for it in changed] == [("T7", False), ("T8", True)]
    assert not any('"' in it for it in erp.asked)  # no ETag of another question
    _nothing, mark = read(wares, "articles", mark)
    erp.asked.clear()
    nothing, again = read(wares, "articles", mark)
    assert (nothing, again) == ([], mark)
    assert len(erp.asked) == 2  # 304 each


def test_a_record_that_cannot_be_read_is_told_and_the_others_are_read(erp, wares):
    erp.put("towary", product(1, cena="tanio"), product(2, stawka="77"), product(3))
    records, _mark = read(wares, "articles")
    assert [bool(it.fault) for it in records] == [True, True, False]
    assert "cena: 'tanio' is not a number" in records[0].fault


def test_a_token_that_ran_out_is_renewed_once(erp, wares):
    erp.put("towary", product(1))
    read(wares, "articles")
    erp.forget_tokens()
    assert len(read(wares, "articles")[0]) == 1


def test_a_wrong_secret_is_said_without_saying_it(erp, tmp_path, monkeypatch):
    monkeypatch.setenv("KASO_TEST_ERP", "zgadywane-haslo")
    file = tmp_path / "wares.toml"
    file.write_text(erp.toml, encoding="utf-8")
    made = connector(file)
    with pytest.raises(NeverError, match="invalid_client") as raised:
        made.read("articles", "", "")
    made.close()
    assert "zgadywane" not in str(raised.value)
    assert "haslo" not in repr(Client("https://x", "kasa", "haslo"))


@pytest.mark.parametrize(("fault", "after_s"), [("busy", 7), ("many", 3), ("down", 0)])
def test_one_who_is_busy_is_asked_again_later(erp, wares, fault, after_s):
    read(wares, "representatives")
    erp.faults.append(fault)
    with pytest.raises(NotNowError) as raised:
        wares.read("articles", "", "")
    assert raised.value.after_s == after_s


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("elsewhere", "another address"),
        ("away", "another address"),
        ("half", "no JSON"),
        ("huge", "more than 32 MiB"),
        ("no", "HTTP 403: brak uprawnien do zbioru"),
    ],
)
def test_what_no_repetition_would_help_is_never(erp, wares, fault, told):
    erp.faults.append(fault)
    with pytest.raises(NeverError, match=told):
        wares.read("articles", "", "")


def test_one_who_gives_the_same_page_for_ever_is_left(erp, wares):
    erp.faults += ["loop", "loop"]
    first = wares.read("articles", "", "")
    with pytest.raises(NeverError, match="again and again"):
        wares.read("articles", "", first.next)


def test_one_who_is_slow_is_not_waited_for(erp, wares, tmp_path):
    file = tmp_path / "hasty.toml"
    file.write_text(f"timeout_s = 1\n{erp.toml}", encoding="utf-8")
    made = connector(file)
    erp.faults.append("slow")
    with pytest.raises(NotNowError, match="cannot be reached"):
        made.read("articles", "", "")
    erp.let_go.set()
    made.close()


def test_nobody_at_the_address_is_asked_again_later(wares, erp, tmp_path):
    file = tmp_path / "gone.toml"
    file.write_text(erp.toml.replace(erp.url, "http://127.0.0.1:9"), encoding="utf-8")
    made = connector(file)
    with pytest.raises(NotNowError, match="cannot be reached"):
        made.read("articles", "", "")
    made.close()


def test_each_record_is_answered_and_none_is_doubled(erp, wares):
    erp.put("kontrahenci", {"kod": "K9", "nazwa": "Sklep", "nip": "5260250274"})
    sent = [partner(1), partner(2, "Ewa odmowa"), partner(3, "Jan", "5260250274")]
    answers = wares.write("partners", sent, confirm=False)
    assert [it.reply for it in answers] == [Reply.TAKEN, Reply.REFUSED, Reply.WARNED]
    assert answers[0].their_id == "KON-00002"
    assert answers[2].reason == "NIP ma juz K9"
    assert wares.partners_with("5260250274") == ["K9"]
    again = wares.write("partners", sent, confirm=True)
    assert [it.reply for it in again] == [Reply.TAKEN, Reply.REFUSED, Reply.TAKEN]
    assert again[0] == answers[0]
    names = sorted(it["nazwa"] for it in erp.rows("kontrahenci").values())
    assert names == ["Anna", "Jan", "Sklep"]


def test_an_answer_that_was_lost_doubles_nothing(erp, wares):
    read(wares, "representatives")
    erp.faults.append("twice")
    sent = [partner(number) for number in range(45)]
    with pytest.raises(NotNowError):
        wares.write("partners", sent, confirm=False)
    assert len(wares.write("partners", sent, confirm=False)) == 45
    assert len(erp.rows("kontrahenci")) == 45


def test_contents_go_both_ways_and_go_on_where_the_line_broke(erp, wares):
    data = bytes(range(256)) * 3000
    sha256 = hashlib.sha256(data).hexdigest()
    read(wares, "representatives")
    erp.faults += ["busy"]
    with pytest.raises(NotNowError):
        wares.put_content(sha256, "umowa.pdf", iter([data]))
    erp._books.execute("INSERT INTO plik VALUES (%s, '', false, %s)", [sha256, data[:300_000]])
    wares.put_content(sha256, "umowa ż.pdf", iter([data[:5], data[5:]]))
    assert erp.file(sha256) == data
    erp.asked.clear()
    wares.put_content(sha256, "umowa.pdf", iter([data]))
    assert len(erp.asked) == 1
    assert b"".join(wares.content(sha256)) == data
    with pytest.raises(NeverError, match="404"):
        list(wares.content("0" * 64))


def test_how_long_to_wait_is_a_number_or_a_date():
    now = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
    assert retry_after("120", now) == 120
    assert retry_after("Thu, 26 Nov 2026 12:00:30 GMT", now) == 30
    for text in ("", "soon", "-5", "9" * 400, "Thu, 26 Nov 2026 11:00:00 GMT", "²"):
        assert 0 <= retry_after(text, now) <= 3600


@pytest.mark.parametrize(
    "seconds", [10**400, -1, "long", 1e308], ids=["huge", "gone", "word", "float"]
)
def test_a_token_that_is_good_for_no_time_there_is_does_no_harm(answering, seconds):
    made = answering({"access_token": "t", "expires_in": seconds}, {"items": []})
    assert made.read("articles", "", "").records == []


def test_the_address_of_a_next_page_that_is_none_is_said(answering):
    made = answering({"access_token": "t"}, {"items": []}, link='<http://[x>; rel="next"')
    with pytest.raises(NeverError, match="an address that is none"):
        made.read("articles", "", "")


def test_an_offset_beyond_any_file_is_none(answering):
    made = answering({"access_token": "t"}, {}, offset="9" * 5000)
    made.put_content("0" * 64, "umowa.pdf", iter([b"abc"]))


def test_half_a_letter_in_their_id_is_no_letter(answering):
    answer = [{"id": "c1", "reply": "taken", "their_id": "7\ud800"}]
    made = answering({"access_token": "t"}, answer, sets="customers")
    assert [it.their_id for it in made.write("partners", [partner()], confirm=False)] == ["7?"]
