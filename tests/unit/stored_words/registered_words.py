"""Words that the code has in tables and settings of its own, and that are stored, or known outside, under that name."""

from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kit.business_time import FixedClock
from prometheus_client import REGISTRY
from prometheus_client.metrics import MetricWrapperBase

from engine.expressions.functions import FUNCTIONS
from engine.kernel.codec import FORMAT
from engine.words import DeadlineVerb, Side, ValueType
from portal.forms.schema import PLAIN, SPECIAL
from processes.actions import ACTIONS
from processes.actions.registering import CHANNELS
from processes.base import metrics
from processes.base.actor import SYSTEM
from processes.base.correlation import NAME as CORRELATION
from processes.base.settings import Settings
from processes.effects import TABLE
from processes.effects.operations import OPERATIONS
from processes.execution.assessing import Assessment
from processes.execution.relations import OTHER_SIDE
from processes.jobs import gauges
from processes.jobs.outbox_kinds import KINDS
from processes.jobs.workers import ACTOR, QUEUE
from processes.law import EXCLUSIONS, default_book
from processes.law.disclosure_grounds import GROUNDS, PUBLIC
from processes.law.edits import LawRecordKind
from processes.law.retention_classes import RETENTION_RULES
from processes.post.certificate import KINDS as DESTROYED
from processes.post.standard.citizens import NEWS
from processes.storage import audit, business_time, web_sessions
from processes.storage.base import Base
from processes.storage.services import Services
from processes.storage.trail.hashing import FORMATS
from processes.storage.words import TrailAction
from processes.wiring import close_services, open_services

Words = dict[str, set[str]]
SIGNED_IN = web_sessions.SignIn("", "citizen", "", "", frozenset(), {}, "", datetime(2026, 1, 1, tzinfo=UTC))


def registered_words(folder: Path) -> Words:
    """Every kind of word with its words; `folder` is for a database that only the figures of the metrics need."""
    return {
        "outbox kinds": set(KINDS),
        "queues and actors of the broker": {QUEUE, ACTOR},
        "actions": {action.__name__ for action in ACTIONS},  # in metrics, and in the keys of forms that were sent
        "effects of the engine": {effect.__name__ for effect in TABLE},
        "operations of drawings": set(OPERATIONS),
        "functions of expressions": set(FUNCTIONS),
        "components of forms": PLAIN | SPECIAL,
        "sides": set(map(str, Side)),
        "types of values": set(map(str, ValueType)),
        "verbs of deadlines": set(map(str, DeadlineVerb)),
        "channels of cases": set(CHANNELS),
        "relations": {*OTHER_SIDE, *OTHER_SIDE.values()},
        "kinds of law records": set(map(str, LawRecordKind)),
        "law rules": {f"{rule.code}:{rule.variant}" for rule in default_book().rules},
        "retention classes": {rule.number for rule in RETENTION_RULES},
        "exclusions of a penalty": set(EXCLUSIONS),
        "grounds of the Woo": set(GROUNDS),
        "assessments": set(PUBLIC),
        "keys of an assessment": set(Assessment("geheel").stored()),
        "kinds of news with a text": set(NEWS),
        "counts of a certificate": set(DESTROYED),
        "rows of settings": {audit.ANCHORED, business_time.NAME},
        "anchors of the trail": {TrailAction.ANCHOR, audit.START, str(audit.INSTALLATION_CHAIN)},
        "formats": {f"state {FORMAT}", *(f"audit {one}" for one in FORMATS)},
        "system actor": {SYSTEM.kind, SYSTEM.subject},
        "carried by stored work": {CORRELATION},
        "environment": {
            f"ZAAKSPOOR_{one.name.upper()}" for one in fields(Settings) if one.name not in {"oidc", "saml"}
        },
        "keys of a session": set(web_sessions._plain(SIGNED_IN)),
        "defaults of columns": set(_defaults()),
        "metrics": _metrics(folder),
    }


def _defaults() -> list[str]:
    return [
        f"{table.name}.{column.name}={column.default.arg}"
        for table in Base.metadata.sorted_tables
        for column in table.c
        if column.default is not None and isinstance(column.default.arg, str) and column.default.arg
    ]


def _metrics(folder: Path) -> set[str]:
    """Names with their labels, of what a process counts and of what it reads in the database."""
    counted = [one for one in vars(metrics).values() if isinstance(one, MetricWrapperBase)]
    named = {f"{one._name}({', '.join(one._labelnames)})" for one in counted}
    assert all(REGISTRY._names_to_collectors.get(one._name) for one in counted)
    services = open_services(
        Settings(database=f"sqlite:///{folder}/words.db", data=folder, secret="x" * 32),
        migrate=True,
        clock=FixedClock(),
    )
    try:
        return named | {figure.name for figure in _figures(services)}
    finally:
        close_services(services)


def _figures(services: Services) -> Any:
    return gauges.WaitingWorkGauges(services).collect()
