"""The templates: what they print is escaped, and a misspelt name is an error."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.template.config import TemplateConfig

from backoffice.web import (
    audit_wording,
    field_wording,
    figure_wording,
    i18n,
    release_wording,
    static_files,
    till_wording,
    typed,
    verdict_wording,
    wording,
)
from backoffice.web.exchange import retelling, words

FOLDER = Path(__file__).parent / "templates"

FILTERS = {
    "money": wording.money,
    "typed_money": typed.as_money,
    "amount": wording.amount,
    "number": wording.number,
    "quantity": wording.quantity,
    "percent": wording.percent,
    "rate": wording.rate,
    "date": wording.date,
    "weekday": wording.weekday,
    "local_time": wording.local_time,
    "age": wording.age,
    "day": wording.day,
    "printer": wording.printer,
    "reason": verdict_wording.reason,
    "document": wording.document,
    "abroad": wording.abroad,
    "alarm": wording.alarm,
    "kind": wording.kind,
    "cash_reason": wording.cash_reason,
    "book": wording.book,
    "entry": wording.entry,
    "update": release_wording.update,
    "trouble": till_wording.trouble,
    "alarm_means": till_wording.alarm,
    "act": audit_wording.act,
    "errand": till_wording.errand,
    "errand_state": till_wording.errand_state,
    "contact": till_wording.contact,
    "clock_off": till_wording.clock_off,
    "set_name": till_wording.set_name,
    "document_word": figure_wording.document,
    "route_word": figure_wording.route,
    "way_word": words.way,
    "objects": words.objects,
    "object": words.one_object,
    "meant": words.meant,
    "retold": retelling.retold,
    "channel_name": words.channel,
    "queue_name": words.queue,
    "job_state": words.state,
    "fate": words.fate,
    "due": words.times,
    "field_word": field_wording.field_word,
    "file_size": field_wording.size,
    "translated": figure_wording.choices,
}


def environment() -> Environment:
    """The templates with what they may call."""
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(FILTERS)
    made.globals.update(_=i18n.in_page, ngettext=i18n.count_in_page, static=static_files.address)
    return made


def templates() -> TemplateConfig[JinjaTemplateEngine]:
    """The templates for the framework."""
    return TemplateConfig(instance=JinjaTemplateEngine.from_environment(environment()))
