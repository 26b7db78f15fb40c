from __future__ import annotations

from drivers.posnet.frame import Frame
from hw_emulator.posnet.answers import Answers


def test_the_answer_of_a_token_is_repeated_word_for_word(bench):
    sold = bench.raw("trinit|@0001")
    assert sold.token == "0001"
    counted = bench.raw("scnt|@0002")
    assert bench.raw("rpt|@0002") == counted
    assert bench.raw("rpt|@0001") == sold
    assert bench.raw("rpt|@0001") == sold


def test_refusals_are_kept_too(bench):
    refused = bench.raw("trend|@17")
    assert (refused.error, refused.token) == (2005, "17")
    assert bench.raw("rpt|@17") == refused


def test_a_token_there_was_not(bench):
    answer = bench.raw("rpt|@9999")
    assert (answer.mnemonic, answer.error, answer.token) == ("ERR", 13, "9999")
    assert answer.get("cm") == "rpt"
    assert bench.raw("rpt").error == 13


def test_frame_errors_carry_the_token(bench):
    answer = bench.raw("trline|@5")
    assert (answer.mnemonic, answer.error, answer.token) == ("ERR", 2, "5")


def test_thirty_two_answers_are_kept():
    answers = Answers()
    for number in range(40):
        answers.keep(Frame("beep", (), str(number)))
    assert answers.find("7") is None
    assert answers.find("8") == Frame("beep", (), "8")


def test_a_kilobyte_of_answers_is_kept():
    answers = Answers()
    for number in range(4):
        answers.keep(Frame("hdrget", (("tx", "x" * 400),), str(number)))
    assert answers.find("1") is None
    assert answers.find("2")


def test_the_newest_answer_of_a_token_counts(bench):
    bench.raw("scnt|@1")
    bench.raw("sid|@1")
    assert bench.raw("rpt|@1").mnemonic == "sid"


def test_answers_are_gone_with_the_power(bench, make_bench):
    bench.raw("scnt|@1")
    assert make_bench(memory=bench.memory).raw("rpt|@1").error == 13
