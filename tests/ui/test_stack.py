"""A stack of pages: what is on top, what stays, and what becomes of a page that breaks."""

from __future__ import annotations

import logging

import pytest

from ui.screens.page import Page
from ui.sounds import Sound
from ui.stack import Stack


class Lower(Page):
    pass


class Upper(Page):
    pass


class Breaking(Page):
    def opened(self):
        raise KeyError(self.entry)


@pytest.fixture
def heard():
    return []


@pytest.fixture
def stack(heard):
    one = Stack(heard.append)
    one.pages = [Lower(one)]
    return one


def test_a_page_takes_all_above_it_away_and_the_lowest_stays(stack):
    first, second = Upper(stack), Upper(stack)
    stack.open(first)
    stack.open(second)
    assert stack.page is second
    stack.close(first)
    assert [type(page) for page in stack.pages] == [Lower]
    stack.close(stack.page)
    assert isinstance(stack.page, Lower)


def test_home_is_the_lowest_page(stack):
    stack.open(Upper(stack))
    stack.open(Upper(stack))
    stack.home()
    assert isinstance(stack.page, Lower)


def test_a_page_that_breaks_takes_those_above_the_lowest_with_it(stack, heard, caplog):
    caplog.set_level(logging.CRITICAL, "ui.stack")
    stack.open(Upper(stack))
    stack.open(Breaking(stack))
    assert [type(page) for page in stack.pages] == [Lower]
    assert "KeyError" in stack.said.text
    assert stack.said.is_error
    assert heard == [Sound.REFUSED]


def test_the_lowest_page_changes_only_for_another_kind(stack):
    before = stack.pages[0]
    stack._settle_root(Lower, lambda: Lower(stack))
    assert stack.pages[0] is before
    stack.open(Upper(stack))
    stack._settle_root(Upper, lambda: Upper(stack))
    assert [type(page) for page in stack.pages] == [Upper, Upper]


def test_good_news_makes_no_noise(stack, heard):
    stack.say("Done")
    assert (stack.said.text, stack.said.is_error, heard) == ("Done", False, [])
