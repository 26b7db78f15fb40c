from __future__ import annotations

from datetime import date

import pytest


def test_certificates_until_their_last_day(bench):
    for which in range(7):
        found = bench.ask(f"certinfoget|id{which}")
        assert (found["id"], found["ok"], found["da"]) == (str(which), "T", "2031-12-31")
        assert len(found["fp"].split(":")) == 20
    bench.device.outside.certificates_until = date(2026, 3, 2)
    assert bench.ask("certinfoget|id0")["ok"] == "T"
    bench.device.outside.certificates_until = date(2026, 3, 1)
    assert bench.ask("certinfoget|id0")["ok"] == "N"


def test_certificates_of_the_cloud_are_read_until_there_is_none(bench):
    assert [bench.ask(f"eventhubcertinfoget|nr{n}")["ok"] for n in range(3)] == ["T", "T", "N"]
    fingerprints = {bench.ask(f"eventhubcertinfoget|nr{n}")["fp"] for n in range(2)}
    assert len(fingerprints) == 2


def test_addresses(bench):
    assert [bench.ask(f"onlineaddressesget|id{n}")["ok"] for n in range(5)] == list("NTTTN")
    assert bench.ask("onlineaddressesget|id3")["ad"] == bench.ask("firmwareupdatesourceget")["ur"]


def test_the_token_is_fetched_and_grows_old(bench):
    assert bench.ask("sastokeninfoget")["ok"] == "N"
    bench.run("repositorywebapitrigger")
    found = bench.ask("sastokeninfoget")
    assert (found["ok"], found["da"]) == ("T", "2026-03-03T10:00:00+01:00")
    assert found["st"].startswith("SharedAccessSignature")


def test_what_does_not_change_is_the_same_each_time(bench, make_bench):
    for command in ("checksumsget", "ecpubkeyget", "certinfoget|id1"):
        assert bench.ask(command) == make_bench().ask(command)
    assert [len(value) for value in bench.ask("checksumsget").values()] == [64, 64, 8]
    assert len(bench.ask("ecpubkeyget")["rn"]) == 512
    assert bench.ask("appmodeget") == {"md": "0"}
    assert bench.ask("billlotteryconfigget") == {"en": "N", "wa": "0"}


def test_the_subscription(bench):
    assert bench.ask("subgettime") == {
        "wt": "2088-01-01T00:00:00+01:00",
        "lt": "2088-01-05T00:00:00+01:00",
    }


def test_a_packet_for_a_service(bench):
    assert bench.ask("svc|id1|fl3|da0102") == {"id": "1", "fl": "3", "da": ""}


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("svc|id2|da00", 2710),
        ("svc|id1|da0", 2080),
        ("svc|id1|da" + "00" * 129, 10),
        ("certinfoget|id7", 3),
        ("eventhubcertinfoget|nr11", 3),
    ],
)
def test_what_there_is_not(bench, text, error):
    assert bench.error(text) == error
