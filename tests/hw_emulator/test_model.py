from __future__ import annotations

import argparse

import pytest

from hw_emulator.host import MODELS
from hw_emulator.model import no_options
from hw_emulator.options import parser


@pytest.mark.parametrize("model", MODELS.values(), ids=list(MODELS))
def test_each_model_says_what_it_is_and_its_examples_parse(model):
    assert model.about
    assert model.examples
    for example in model.examples:
        assert example.split()[0] == model.name
        try:
            assert parser().parse_args(example.split()).device == model.name
        except SystemExit as told:
            assert told.code == 0  # noqa: PT017 - it lists something and ends


def test_a_model_may_have_no_options():
    bare = argparse.ArgumentParser()
    no_options(bare)
    assert vars(bare.parse_args([])) == {}
