"""Two living cases and a destroyed one, with a row in every table that the trail holds; and somebody with rights on the database."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kit.dossiers import ADMIN, CITIZEN, NOW, approve, listed, make_case
from kit.small_types import SIDE, deploy
from sqlalchemy import Connection, create_engine, select
from sqlalchemy.pool import NullPool

from processes.jobs.clock_process import sweep_anchors
from processes.jobs.retention_sweep import sweep_retention
from processes.jobs.verification import CHECKS, Problem, verify
from processes.jobs.witness import Seen
from processes.jobs.workers import drain
from processes.storage import audit
from processes.storage.services import Services
from processes.storage.staff import remember
from processes.storage.tables import (
    Case,
    CaseRelation,
    CaseTypeChange,
    DepartmentRow,
    DocumentRow,
    LawRuleRow,
    MailboxChange,
    OutOfUse,
    SettingChange,
    SettingRow,
    StaffIdentity,
    VersionProposal,
)

FILES: dict[str, bytes] = {}  # by blob; a copy of the database comes without them
OF_TAMPERING = frozenset({"audit_broken", "row_forged", "trail_unsealed", "file_changed", "file_missing"})


def fill(services: Services) -> None:
    deploy(services, SIDE, "zijzaak")
    with services.sessions.begin() as session:
        session.add(
            DepartmentRow(code="groen", name="Groen", email="groen@stad.example", manager_email="chef@stad.example")
        )
        remember(session, ADMIN, "bea@stad.example")
        session.add(LawRuleRow(code="awb-7-10", valid_from=date(2026, 1, 1), record={"weeks": 6}, saved_at=NOW))
        session.add(SettingRow(name="huisstijl", value="blauw"))
        session.flush()
        session.add(
            StaffIdentity(
                issuer="https://inloggen.example",
                subject="7",
                staff=ADMIN.subject,
                username="bea",
                name="Bea",
                seen_at=NOW,
            )
        )
        session.add(
            MailboxChange(department="groen", email="nieuw@stad.example", manager_email="chef@stad.example",
                          proposed_by=ADMIN.subject, proposed_at=NOW)
        )  # fmt: skip
        session.add(
            SettingChange(id="c" * 32, kind="deploying", code="nieuwe-versies", valid_from=date(2026, 1, 1), record={"second": False},
                          reason="Te traag", proposed_by=ADMIN.subject, proposed_at=NOW)
        )  # fmt: skip
        session.add(
            VersionProposal(id="a" * 32, process="zijzaak", title="Zijzaak", folder=b"een tekening", sha256="b" * 64, moves=False,
                            reason="Nieuwe wet", state="waiting", proposed_by=ADMIN.subject, proposed_at=NOW)
        )  # fmt: skip
        session.add(
            CaseTypeChange(id="d" * 32, process="zijzaak", kind="keep_in_use", asked={"reason": "Toch niet"}, state="waiting",
                           proposed_by=ADMIN.subject, proposed_at=NOW)
        )  # fmt: skip
        session.add(
            OutOfUse(process="zijzaak", from_on=date(2027, 1, 1), finish_until=date(2027, 1, 31), message="Dit kan straks niet meer.",
                     message_en="", reason="Nieuwe wet", set_at=NOW, set_by=ADMIN.subject)
        )  # fmt: skip
    gone, one, two = (
        make_case(services, "Kersenboom", bsn="999990019"),
        make_case(services, "Appelboom", bsn="111222333", destroy_from=None),
        make_case(services, "Perenboom", bsn="123456782", destroy_from=None),
    )
    with services.sessions.begin() as session:
        session.add(CaseRelation(case_id=one.case_id, other_id=two.case_id, kind="onderwerp", made_at=NOW))
    sweep_retention(services)
    approve(services, listed(services, gone.case_id).id)
    drain(services)
    for made in (one, two):
        more(services, made.case_id, "eerste")
    sweep_anchors(services)
    more(services, one.case_id, "tweede")
    with services.sessions.begin() as session:
        session.merge(SettingRow(name="huisstijl", value="groen"))
    sweep_anchors(services)
    more(services, one.case_id, "na het anker")
    with services.sessions() as session:
        FILES.update({blob: b"".join(services.files.read(blob)) for blob in session.scalars(select(DocumentRow.blob))})


def more(services: Services, case_id: int, remark: str) -> None:
    """A change of a case, as an action makes it."""
    with services.sessions.begin() as session:
        session.get_one(Case, case_id, with_for_update=True).department_remark = remark
        audit.record(session, case_id, CITIZEN, "remark", {}, NOW, services.secrets)


@dataclass(frozen=True)
class Ground:
    """What a forger meets: `one` and `two` are the ids of living cases, `gone` of the destroyed one."""

    services: Services
    one: int
    two: int
    gone: int

    def forge(self, tamper: "Callable[[Connection, Ground], object]") -> None:
        """Do it as somebody who has the database, and nothing of the program."""
        engine = create_engine(self.services.settings.database, poolclass=NullPool)
        with engine.begin() as db:
            tamper(db, self)
        engine.dispose()

    def place_of(self, blob: str) -> Path:
        return Path(self.services.settings.files) / "blobs" / blob

    def found(self, witness: Seen | None = None) -> list[Problem]:
        """What `verify` says of trail and files, and of a witness."""
        if witness is not None:
            return [problem for problem in verify(self.services, witness=witness) if problem.code in OF_TAMPERING]
        looks = dict(CHECKS)
        told = [looks[title](self.services, lambda *_: None) for title in ("Controlespoor", "Bestanden")]
        return [problem for one in told for problem in one]


def ground_of(services: Services) -> Ground:
    """The ground of an installation that was filled in so, with its files put back."""
    for blob, content in FILES.items():
        place = Path(services.settings.files) / "blobs" / blob
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    with services.sessions() as session:
        one, two = session.scalars(select(Case.id).order_by(Case.id)).all()
    return Ground(services, one, two, one - 1)
