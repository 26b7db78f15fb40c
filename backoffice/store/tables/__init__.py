"""The tables of the back office. No queries here.

Times are text, ISO 8601 in UTC with milliseconds, so that both databases order them alike.
Hashes and tokens are 64 hex digits of SHA-256. Every table but ``company`` holds rows of companies:
``store.company`` sees to it that each query is bound to one.
"""

from backoffice.store.columns import metadata
from backoffice.store.tables.accounts import (
    account,
    office_link,
    personal_token,
    recovery_code,
    web_session,
)
from backoffice.store.tables.documents import (
    alarm,
    cash_entry,
    daily_report,
    data_row,
    journal_entry,
    person,
    receipt,
    register_entry,
    set_revision,
    shift,
    verdict,
)
from backoffice.store.tables.errands import contact, errand, till_log
from backoffice.store.tables.exchange import (
    exchange_later,
    exchange_link,
    exchange_mark,
    exchange_seen,
    sales_channel,
    shop_channel,
)
from backoffice.store.tables.field import attachment_chunk, attachment_content, field_document
from backoffice.store.tables.goods import goods, goods_change, goods_code
from backoffice.store.tables.imports import exchange_unsent
from backoffice.store.tables.jobs import (
    job,
    job_log,
    job_queue,
    job_record,
    job_schedule,
    job_step,
    job_worker,
)
from backoffice.store.tables.office import audit, office_setting, parked_receipt
from backoffice.store.tables.releases import rollout, update_state
from backoffice.store.tables.sales import sale, sale_payment, sold_line
from backoffice.store.tables.shops import closed_shop, sign_in
from backoffice.store.tables.terminals import company, enrolment_code, nonce, terminal

__all__ = [
    "account",
    "alarm",
    "attachment_chunk",
    "attachment_content",
    "audit",
    "cash_entry",
    "closed_shop",
    "company",
    "contact",
    "daily_report",
    "data_row",
    "enrolment_code",
    "errand",
    "exchange_later",
    "exchange_link",
    "exchange_mark",
    "exchange_seen",
    "exchange_unsent",
    "field_document",
    "goods",
    "goods_change",
    "goods_code",
    "job",
    "job_log",
    "job_queue",
    "job_record",
    "job_schedule",
    "job_step",
    "job_worker",
    "journal_entry",
    "metadata",
    "nonce",
    "office_link",
    "office_setting",
    "parked_receipt",
    "person",
    "personal_token",
    "receipt",
    "recovery_code",
    "register_entry",
    "rollout",
    "sale",
    "sale_payment",
    "sales_channel",
    "set_revision",
    "shift",
    "shop_channel",
    "sign_in",
    "sold_line",
    "terminal",
    "till_log",
    "update_state",
    "verdict",
    "web_session",
]
