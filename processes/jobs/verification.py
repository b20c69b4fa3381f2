"""`verify`: looks whether everything that was promised still stands, and says of each problem what to do about it.

It reads only and changes nothing, so it may run at any moment, next to all other work.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Executable, and_, exists, func, select

from engine import Cancel, EngineError, advance
from processes.base.actor import SYSTEM
from processes.base.errors import NotFound
from processes.base.security_log import SecurityEvent, security_event
from processes.jobs.file_verification import cases_with_another_bundle, documents_with_another_file
from processes.jobs.post_verification import problems_of_post
from processes.jobs.secret_check import look_at_secrets
from processes.jobs.trail_verification import problems_of_trail
from processes.jobs.verification_advice import ADVICE
from processes.jobs.witness import Seen, contradicted
from processes.storage.business_time import business_now
from processes.storage.kept_days import differing
from processes.storage.known_secrets import recall_known
from processes.storage.late_work import mail_is_refused, outbox_is_late, timer_is_late
from processes.storage.model_cache import ModelUnreadable
from processes.storage.search_table import untold
from processes.storage.services import Services
from processes.storage.session import at_one_moment, read_only, transaction
from processes.storage.tables import Case, Instance, MailRow, OutboxRow, TaskRow
from processes.storage.words import CaseState, InstancePhase, TaskState

NOTHING: Final[Seen] = {}
OF_THE_TRAIL: Final = frozenset({"audit_broken", "row_forged"})
PAGE = 500  # rows per read: no read stays open while files are read


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. `where` names a case, document or row; `what` and `advice` are Dutch sentences."""

    code: str
    where: str
    what: str
    advice: str


Progress = Callable[[str, int, int], None]
"""Called as the work goes on: what is looked at, how many are done, how many there are."""


def verify(services: Services, progress: Progress = lambda *_: None, witness: Seen = NOTHING) -> list[Problem]:
    """Every problem that there is; an empty list means that all is well. `witness` is what a log kept elsewhere saw of the
    audit trail. Raises Busy without a database.
    """
    recall_known(services)  # the trail also holds seals of secrets that were replaced
    problems: list[Problem] = []
    for title, look in CHECKS:
        problems += look(services, lambda done, total, title=title: progress(title, done, total))  # type: ignore[misc]
    problems += [_problem("audit_broken", where, what) for where, what in contradicted(services, witness)]
    if broken := sum(problem.code in OF_THE_TRAIL for problem in problems):
        security_event(SecurityEvent.TRAIL_BROKEN, who=SYSTEM, problems=broken)
    return problems


Tick = Callable[[int, int], None]


def _problem(code: str, where: str, what: str) -> Problem:
    return Problem(code, where, what, ADVICE[code])


def _audit(services: Services, tick: Tick) -> Iterator[Problem]:
    yield from (_problem(*said) for said in problems_of_trail(services, tick))


def _files(services: Services, tick: Tick) -> Iterator[Problem]:
    for reference, missing in documents_with_another_file(services, tick):
        if missing:
            yield _problem("file_missing", reference, "Het bestand van dit document is weg.")
        else:
            yield _problem("file_changed", reference, "Het bestand is niet meer hetzelfde als toen het binnenkwam.")


def _bundles(services: Services, tick: Tick) -> Iterator[Problem]:
    for number in cases_with_another_bundle(services, tick):
        yield _problem(
            "bundle_broken", number, "Een dossier dat als PDF of zip klaarstaat, is weg of niet meer hetzelfde."
        )


def _post(services: Services, tick: Tick) -> Iterator[Problem]:
    yield from (_problem(*said) for said in problems_of_post(services, tick))


def _states(services: Services, tick: Tick) -> Iterator[Problem]:
    """Every running state must load: by old code and new, and with the model version that it was made with."""
    total, done, after = _count(services, select(func.count()).where(Instance.phase == InstancePhase.RUNNING)), 0, 0
    while rows := _rows(services, _instances_after(after)):
        for instance, number, process, version, state in rows:
            done += 1
            tick(done, total)
            yield from _state_problem(services, f"{number}, proces {process} ({instance})", version, state)
        after = rows[-1][0]


def _instances_after(after: int) -> Executable:
    wanted = select(Instance.id, Case.number, Instance.process, Instance.model_version_id, Instance.state)
    running = wanted.join(Case, Case.id == Instance.case_id).where(
        Instance.phase == InstancePhase.RUNNING, Instance.id > after
    )
    return running.order_by(Instance.id).limit(PAGE)


def _state_problem(services: Services, where: str, version: int, state: bytes) -> Iterator[Problem]:
    try:
        with transaction(services.sessions) as session:
            compiled = services.models.version(read_only(session), version).compiled
    except ModelUnreadable:
        return  # named once, with the case types
    except NotFound:
        yield _problem("model_unreadable", where, f"Modelversie {version} van dit proces is niet te lezen.")
        return
    try:
        advance(compiled, state, Cancel(), {}, datetime.now(UTC))  # loads without running; the outcome is thrown away
    except EngineError as error:
        yield _problem("state_unreadable", where, str(error))


def _models(services: Services, tick: Tick) -> Iterator[Problem]:
    """Every version must be readable, also when nothing runs on it: closed cases are shown with it."""
    with transaction(services.sessions) as session:
        found = services.models.unreadable(read_only(session), thorough=True)
    tick(1, 1)
    for one in found:
        where = f"proces {one.process}, versie {one.version}"
        yield _problem("model_unreadable", where, f"'{one.title}' is niet te lezen.")


def _law(services: Services, tick: Tick) -> Iterator[Problem]:
    with transaction(services.sessions) as session:
        broken = services.law.unreadable(read_only(session))
    tick(1, 1)
    for one in broken:
        yield _problem(
            "law_unreadable", f"wettelijke termijnen, {one.in_words}", "Deze wijziging van de wet is niet te lezen."
        )


def _stuck(services: Services, tick: Tick) -> Iterator[Problem]:
    stuck = select(Case.number, Instance.process, Instance.error).join(Case, Case.id == Instance.case_id)
    for number, process, error in _all(
        services, tick, stuck.where(Instance.phase == InstancePhase.STUCK).order_by(Instance.id)
    ):
        yield _problem("process_stuck", f"{number}, proces {process}", error or "Dit proces staat stil.")


def _alarms(services: Services, tick: Tick) -> Iterator[Problem]:
    # a stuck process has its own line already
    parked = exists().where(Instance.case_id == Case.id, Instance.phase == InstancePhase.STUCK)
    alarmed = select(Case.number, Case.alarm).where(Case.alarm.is_not(None), ~parked)
    for number, alarm in _all(services, tick, alarmed.order_by(Case.id)):
        yield _problem("case_alarm", number, alarm)


def _timers(services: Services, tick: Tick) -> Iterator[Problem]:
    with transaction(services.sessions) as session:
        now = business_now(services, read_only(session))
    wanted = select(Case.number, Instance.process, Instance.next_due).join(Case, Case.id == Instance.case_id)
    for number, process, due in _all(services, tick, wanted.where(timer_is_late(now)).order_by(Instance.next_due)):
        hours = int((now - due).total_seconds() // 3600)
        yield _problem("timer_late", f"{number}, proces {process}", f"Een timer had {hours} uur geleden moeten afgaan.")


def _outbox(services: Services, tick: Tick) -> Iterator[Problem]:
    failed = and_(OutboxRow.done_at.is_(None), OutboxRow.error.is_not(None))
    wanted = select(OutboxRow.id, OutboxRow.kind, OutboxRow.attempts, OutboxRow.error)
    for row, kind, attempts, error in _all(services, tick, wanted.where(failed | outbox_is_late())):
        where = f"uitgaand werk {row} ({kind})"
        if error:  # not its text: that may hold an address, and this report goes into logs
            yield _problem("outbox_failed", where, f"Dit werk is {attempts} keer geprobeerd en nog niet gelukt.")
        else:
            yield _problem("outbox_late", where, "Dit werk wacht al langer dan tien minuten.")


def _mails(services: Services, tick: Tick) -> Iterator[Problem]:
    wanted = select(MailRow.id, Case.number, MailRow.template).outerjoin(Case, Case.id == MailRow.case_id)
    for mail, number, template in _all(services, tick, wanted.where(mail_is_refused())):
        where = f"{number or 'geen zaak'}, mail {mail} ({template})"
        yield _problem("mail_refused", where, "De mailserver heeft deze mail geweigerd.")


def _orphan_tasks(services: Services, tick: Tick) -> Iterator[Problem]:
    wanted = select(Case.number, TaskRow.name).join(Case, Case.id == TaskRow.case_id)
    ended = wanted.join(Instance, Instance.id == TaskRow.instance_id).where(
        TaskRow.state == TaskState.OPEN, Instance.phase.in_((InstancePhase.FINISHED, InstancePhase.CANCELLED))
    )
    for number, name in _all(services, tick, ended):
        yield _problem("task_orphan", number, f"De taak '{name}' staat open terwijl het proces klaar is.")


def _rootless(services: Services, tick: Tick) -> Iterator[Problem]:
    root = exists().where(Instance.case_id == Case.id, Instance.is_root)
    for (number,) in _all(services, tick, select(Case.number).where(Case.state == CaseState.RUNNING, ~root)):
        yield _problem("case_without_process", number, "Deze zaak loopt, maar heeft geen proces.")


def _search(services: Services, tick: Tick) -> Iterator[Problem]:
    """The search table must tell what the rows say, which changed along with it."""
    total, done, after = _count(services, select(func.count()).select_from(Case)), 0, 0
    while rows := _rows(services, select(Case.id, Case.number).where(Case.id > after).order_by(Case.id).limit(PAGE)):
        numbers = dict(map(tuple, rows))
        with transaction(services.sessions) as session:
            found = untold(at_one_moment(session), list(numbers))
        for case in found:
            yield _problem("search_differs", numbers[case], "De zoektabel zegt niet wat er in deze zaak staat.")
        done, after = done + len(rows), rows[-1][0]
        tick(done, total)


def _kept_days(services: Services, tick: Tick) -> Iterator[Problem]:
    """The days that lists are sorted by must be those of the terms, on each case and on its open tasks."""
    total, done, after = _count(services, select(func.count()).select_from(Case)), 0, 0
    while rows := _rows(services, select(Case.id, Case.number).where(Case.id > after).order_by(Case.id).limit(PAGE)):
        numbers = dict(map(tuple, rows))
        with transaction(services.sessions) as session:
            found = differing(at_one_moment(session), list(numbers))
        for case in found:
            yield _problem(
                "days_differ",
                numbers[case],
                "De dagen waarop de lijsten deze zaak sorteren, zijn niet die van haar termijnen.",
            )
        done, after = done + len(rows), rows[-1][0]
        tick(done, total)


def _secrets(services: Services, tick: Tick) -> Iterator[Problem]:
    """Every sealed value must open, at its own place, with the secret of now; while the secret changes, with one of before."""
    report = look_at_secrets(services, tick)
    if report.missing:
        yield _problem(
            "secret_wrong", f"geheim {', '.join(report.missing)}", "De database is met een ander geheim geschreven."
        )
    for part, key in report.broken:
        yield _problem(
            "seal_broken", f"{part} ({key})", "Deze versleutelde waarde is veranderd, of hoort op een andere plek."
        )
    if report.changing:
        many = ", ".join(f"{title} {count}" for title, count in report.old.items()) or "de overgang zelf"
        yield _problem("secret_old", many, "Hiervoor is nog een vorig geheim nodig.")
    if report.plain:
        yield _problem("files_plain", f"{report.plain} documenten", "Deze bestanden zijn nog niet versleuteld.")


CHECKS: Final[tuple[tuple[str, Callable[[Services, Tick], Iterator[Problem]]], ...]] = (
    ("Controlespoor", _audit),
    ("Geheim", _secrets),
    ("Bestanden", _files),
    ("Dossiers als PDF of zip", _bundles),
    ("Postkamer", _post),
    ("Zaaktypen", _models),
    ("Wettelijke termijnen", _law),
    ("Opgeslagen processen", _states),
    ("Vastgelopen processen", _stuck),
    ("Zaken met een alarm", _alarms),
    ("Timers", _timers),
    ("Uitgaand werk", _outbox),
    ("Geweigerde mails", _mails),
    ("Taken", _orphan_tasks),
    ("Zaken zonder proces", _rootless),
    ("Zoektabel", _search),
    ("Dagen in lijsten", _kept_days),
)


def _all(services: Services, tick: Tick, query: Executable) -> list[Any]:
    """The rows of a query that only finds problems, and so gives few."""
    rows = _rows(services, query)
    tick(1, 1)
    return rows


def _rows(services: Services, query: Executable) -> list[Any]:
    with transaction(services.sessions) as session:
        return list(read_only(session).execute(query).all())


def _count(services: Services, query: Executable) -> int:
    with transaction(services.sessions) as session:
        return int(read_only(session).scalar(query) or 0)
