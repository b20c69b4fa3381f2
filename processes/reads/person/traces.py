"""Looks at a case, and what the person did in it according to the audit trail."""

from collections.abc import Iterator

from sqlalchemy import select

from processes.base.actor import ActorKind
from processes.reads.person.case_of_person import AT_ONCE, STAFF, CaseOfPerson
from processes.reads.person.records import Record
from processes.reads.workbench.look_lines import look_lines
from processes.reads.workbench.words import BY_MANDATE
from processes.storage.tables import AuditRow, LookRow


def looks(about: CaseOfPerson) -> Iterator[Record]:
    """Every look at the case, oldest first. Others are named only where that was chosen; an address only of the person's own."""
    wanted = select(LookRow).where(LookRow.case_id == about.case.id).order_by(LookRow.at, LookRow.id)
    kept = about.session.scalars(wanted.execution_options(yield_per=AT_ONCE))
    for rows in kept.partitions(AT_ONCE):
        for row, line in zip(rows, look_lines(about.session, rows), strict=True):
            own = row.who == about.person
            address = row.address if own else None
            yield Record(
                "Keer dat iemand keek",
                {
                    "op": row.at,
                    "wie": _who(about, row, line.who),
                    "namens": _for_whom(about, row),
                    "voor_vestiging": row.for_branch or None,
                    "wat": line.what,
                    "adres": address,
                },
            )


def _for_whom(about: CaseOfPerson, row: LookRow) -> str | None:
    if row.for_whom is None:
        return None
    gave = (party.id for party in about.parties if party.identity_index == row.for_whom)
    return about.name if row.for_whom == about.person else about.named(next(gave, None)) or "een andere betrokkene"


def _who(about: CaseOfPerson, row: LookRow, name: str) -> str:
    if row.who == about.person:
        return about.name
    if row.who_kind == ActorKind.STAFF:
        return name if about.chosen.staff_named else STAFF
    if row.who_kind == ActorKind.CITIZEN:
        others = (party.id for party in about.parties if party.identity_index == row.who)
        otherwise = BY_MANDATE if row.for_whom else "een andere betrokkene"
        return about.named(next(others, None)) or otherwise
    behind = int(row.who.rpartition(":")[2]) if row.who.rpartition(":")[2].isdecimal() else 0
    return about.dossiers.get(behind, "een afdeling")


def actions(about: CaseOfPerson) -> Iterator[Record]:
    """Lines of the audit trail of the case that the person caused, or who acted for the person by a mandate; they hold codes, no texts."""
    digests = about.services.secrets.digests(about.person, retired=True)
    names = {f"{ActorKind.CITIZEN}:{one}" for one in digests}
    wanted = select(AuditRow).where(AuditRow.chain == about.case.id).order_by(AuditRow.seq)
    for row in about.rows(wanted):
        for_person = row.detail.get("acts_for") in digests
        if row.actor in names or for_person:
            told = {"op": row.at, "handeling": row.action, "regel_van_het_controlespoor": row.seq}
            yield Record(
                "Handeling",
                {**told, "door_een_ander_met_een_machtiging": (for_person and row.actor not in names) or None},
            )
