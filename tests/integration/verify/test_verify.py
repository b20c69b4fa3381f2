"""`verify` names what is wrong. Each row plants one damage; a sound installation gives no line at all."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from processes.jobs.verification import ADVICE, CHECKS, verify
from processes.storage import outbox
from processes.storage.business_time import business_now
from processes.storage.model_cache import ModelCache
from processes.storage.services import Services
from processes.storage.tables import (
    AuditRow,
    Case,
    CaseBundle,
    DestructionRow,
    DocumentRow,
    Instance,
    LawRuleRow,
    MailRow,
    ModelVersion,
    OutboxRow,
    Party,
    SettingRow,
    TaskRow,
)
from processes.storage.trail.hashing import START, UNSEALED, Content, chain_hash

REAL_NOW = datetime.now(UTC)
LONG_AGO = REAL_NOW - timedelta(hours=2)


@pytest.mark.both_ways
def test_a_sound_installation_has_no_problems(sound: Services) -> None:
    assert verify(sound) == []


def a_document(session: Session) -> DocumentRow:
    return session.scalars(select(DocumentRow).where(DocumentRow.title == "besluit.pdf")).one()


def place_of(services: Services, session: Session) -> Path:
    return Path(services.settings.files) / "blobs" / a_document(session).blob


def old_work(session: Session, error: str | None = None) -> None:
    row = session.get_one(OutboxRow, outbox.enqueue(session, "mail", "oud", {}, None, REAL_NOW, LONG_AGO))
    row.error, row.attempts = error, 4 if error else 0


def refused_mail(session: Session) -> None:
    row = MailRow(template="nieuws", recipient="x@post.example", subject="s", body="b", message_id="<1@x>")
    row.created_at, row.error = REAL_NOW, "550 geen x@post.example"
    session.add(row)


def set_root(**values: object) -> Callable[[Services, Session], object]:
    return lambda _, session: session.execute(update(Instance).where(Instance.is_root).values(**values))


def in_sql(statement: Callable[[], object]) -> Callable[[Services, Session], object]:
    return lambda _, session: session.execute(statement())


def an_ended_process_with_a_task(_: Services, session: Session) -> None:
    case = session.scalars(select(Case)).one()
    ended = Instance(
        case_id=case.id, model_version_id=case.model_version_id, process="nazending", state=b"", phase="cancelled",
        started_at=REAL_NOW,
    )  # fmt: skip
    session.add(ended)
    session.flush()
    session.add(
        TaskRow(id="t", case_id=case.id, instance_id=ended.id, element="e", name="Beoordeel de nazending", side="worker",
                opened_at=REAL_NOW, case_type=case.case_type,
                confidentiality=case.confidentiality, legal_on=case.legal_on, urgent_on=case.legal_on)
    )  # fmt: skip


def a_case_that_lost_its_process(_: Services, session: Session) -> None:
    version = session.scalars(select(Case.model_version_id)).one()
    session.add(
        Case(number="BZW-KWIJT", model_version_id=version, case_type="bezwaar", title="Bezwaar", confidentiality="intern",
             channel="letter", received_on=REAL_NOW.date(), registered_at=REAL_NOW)
    )  # fmt: skip


def as_of_before_the_seals(_: Services, session: Session) -> None:
    """The chain of the case, as an earlier release would have written it."""
    previous = START
    for row in session.scalars(select(AuditRow).where(AuditRow.chain != 0).order_by(AuditRow.seq)):
        row.format, row.rows, row.seal, row.previous = UNSEALED, None, None, previous
        content = Content(row.chain, row.seq, row.at, row.actor, row.action, row.detail, previous)
        row.hash = previous = chain_hash(content, None, UNSEALED)


def a_bundle_without_its_file(services: Services, session: Session) -> None:
    case, now = session.scalars(select(Case)).one(), business_now(services)
    session.add(
        CaseBundle(case_id=case.id, form="pdf", reader="desk", asked_by="noor", asked_at=now, state="ready", chosen=[],
                   delete_from=now + timedelta(hours=1), blob="00/geen", sha256="0" * 64)
    )  # fmt: skip


def a_rule() -> LawRuleRow:
    return LawRuleRow(
        kind="rule", code="awb-7-10", variant="standard", valid_from=date(2027, 2, 15), record={"raar": 1}
    )


def canaries(of: dict[str, str]) -> SettingRow:
    return SettingRow(name="secret", value={"canaries": of, "retired": {}, "bound": False})


DAMAGE: dict[str, tuple[Callable[[Services, Session], object], str, str]] = {
    "audit_broken": (
        in_sql(lambda: update(AuditRow).where(AuditRow.action == "register").values(action="ander")),
        "controlespoor BZW-",
        "Veranderd",
    ),
    "row_forged": (
        lambda _, s: s.connection().exec_driver_sql("UPDATE party SET electronic_how = 'x'"),
        "betrokkene",
        "buiten het programma om",
    ),
    "trail_unsealed": (as_of_before_the_seals, "controlespoor", "voor de zegels"),
    "file_missing": (lambda h, s: place_of(h, s).unlink(), "BZW-", "weg"),
    "file_changed": (
        lambda h, s: place_of(h, s).write_bytes(b"%PDF-1.7 een ander besluit"),
        "BZW-",
        "niet meer hetzelfde",
    ),
    "bundle_broken": (a_bundle_without_its_file, "BZW-", "klaarstaat"),
    "process_stuck": (set_root(phase="stuck", error="Geen weg verder."), "proces bezwaar", "Geen weg verder."),
    "case_alarm": (in_sql(lambda: update(Case).values(alarm="Rekenfout in de termijn.")), "BZW-", "Rekenfout"),
    "timer_late": (
        lambda h, s: s.execute(
            update(Instance).where(Instance.is_root).values(next_due=business_now(h) - timedelta(hours=3, minutes=1))
        ),
        "proces bezwaar",
        "3 uur geleden",
    ),
    "outbox_late": (lambda _, s: old_work(s), "(mail)", "wacht al langer"),
    "outbox_failed": (lambda _, s: old_work(s, "SMTPError: 451 x@post.example"), "(mail)", "4 keer"),
    "mail_refused": (lambda _, s: refused_mail(s), "(nieuws)", "geweigerd"),
    "state_unreadable": (set_root(state=b"\x07\x00{}"), "proces bezwaar", "niet te lezen"),
    "model_unreadable": (
        in_sql(lambda: update(ModelVersion).where(ModelVersion.process == "bezwaar").values(folder=b"stuk")),
        "proces bezwaar",
        "niet te lezen",
    ),
    "law_unreadable": (lambda _, s: s.add(a_rule()), "awb-7-10 vanaf 15 februari 2027", "wijziging van de wet"),
    "task_orphan": (an_ended_process_with_a_task, "BZW-", "'Beoordeel de nazending' staat open"),
    "search_differs": (in_sql(lambda: update(Party).values(name="Langs het programma om")), "BZW-", "zoektabel"),
    "days_differ": (in_sql(lambda: update(Case).values(legal_on=date(2020, 1, 1))), "BZW-", "van haar termijnen"),
    "secret_wrong": (lambda _, s: s.add(canaries({"00000000": "AAAA"})), "geheim 00000000", "een ander geheim"),
    "secret_old": (lambda _, s: s.add(canaries({})), "de overgang zelf", "nog een vorig geheim"),
    "seal_broken": (
        in_sql(lambda: update(Party).values(identity=b"\x02stuk")),
        "Nummers van betrokkenen (",
        "veranderd",
    ),
    "files_plain": (
        lambda h, _: object.__setattr__(h.settings, "encrypt_files", True),
        "documenten",
        "nog niet versleuteld",
    ),
    "case_without_process": (a_case_that_lost_its_process, "BZW-KWIJT", "geen proces"),
}


@pytest.mark.parametrize("code", DAMAGE)
def test_each_damage_is_named_alone(sound: Services, code: str) -> None:
    damage, where, what = DAMAGE[code]
    with sound.sessions.begin() as session:
        damage(sound, session)
    (problem,) = verify(replace(sound, models=ModelCache()))  # a new process, that has read no model yet
    assert (problem.code, problem.advice) == (code, ADVICE[code])
    assert where in problem.where
    assert what in problem.what
    assert "x@post.example" not in f"{problem}"  # the report goes into logs


def test_every_code_has_its_damage() -> None:
    assert set(DAMAGE) == set(ADVICE)


def being_destroyed(services: Services, session: Session) -> None:
    case = session.scalars(select(Case)).one()
    session.add(
        DestructionRow(case_id=case.id, case_number=case.number, case_type="bezwaar", result="", retention_class="",
                       due_on=REAL_NOW.date(), listed_at=REAL_NOW, state="approved")
    )  # fmt: skip
    place_of(services, session).unlink()


NO_DAMAGE: dict[str, Callable[[Services, Session], object]] = {
    "a timer due this minute": lambda h, s: s.execute(update(Instance).values(next_due=business_now(h))),
    "work of this minute": lambda _, s: outbox.enqueue(s, "mail", "nieuw", {}, None, REAL_NOW),
    "work for tomorrow": lambda _, s: outbox.enqueue(s, "mail", "later", {}, None, REAL_NOW, REAL_NOW + timedelta(1)),
    "finished work that first failed": lambda _, s: s.execute(update(OutboxRow).values(attempts=3)),
    "a file of a case that is being destroyed": being_destroyed,
}


@pytest.mark.parametrize("change", NO_DAMAGE.values(), ids=NO_DAMAGE.keys())
def test_what_is_no_damage_gives_no_line(sound: Services, change: Callable[[Services, Session], object]) -> None:
    with sound.sessions.begin() as session:
        change(sound, session)
    assert verify(sound) == []


def test_several_damages_are_all_named(sound: Services) -> None:
    with sound.sessions.begin() as session:
        place_of(sound, session).unlink()
        session.execute(update(Case).values(alarm="Rekenfout."))
        old_work(session)
    assert {problem.code for problem in verify(sound)} == {"file_missing", "case_alarm", "outbox_late"}


def test_a_deleted_trail_is_named(sound: Services) -> None:
    with sound.sessions.begin() as session:
        session.execute(delete(AuditRow).where(AuditRow.seq == 1, AuditRow.chain != 0))
    assert [problem.code for problem in verify(sound)] == ["audit_broken"]


def test_progress_is_told_for_every_check_up_to_its_end(sound: Services) -> None:
    told: list[tuple[str, int, int]] = []
    verify(sound, lambda *step: told.append(step))
    last = {title: (done, total) for title, done, total in told}
    assert list(last) == [title for title, _ in CHECKS]
    assert all(done == total for done, total in last.values())
    assert last["Bestanden"][1] >= 1
