from __future__ import annotations

from typing import get_args

from backoffice.api import exchange_shapes as shapes
from backoffice.exchange.objects import EXPORTS, IMPORTS
from backoffice.jobs.work import Way


def test_the_api_knows_the_words_of_the_exchange():
    assert get_args(shapes.ExportWord) == tuple(EXPORTS)
    assert get_args(shapes.ImportWord) == IMPORTS


def test_what_a_program_wishes_becomes_an_order():
    export = shapes.export_order(shapes.ExportWish(["articles"], is_whole=True))
    assert (export.way, export.what, export.options) == (Way.EXPORT, ("articles",), {})
    wish = shapes.ImportWish(["partners"], queue="night", confirm=True, duplicates="block")
    told = shapes.import_order(wish)
    assert (told.way, told.queue) == (Way.IMPORT, "night")
    assert told.options == {"confirm": True, "duplicates": "block"}
