"""The forgeries that are tried: each a function of a connection to the database, as a forger without our secret makes it.

A forger knows our source: hashes that need no secret are made right again, seals are left or copied.
"""

import hashlib
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import Connection, delete, insert, select, update

from processes.jobs.destroying import case_tables
from processes.storage.tables import (
    AuditRow,
    Case,
    CaseRelation,
    CaseTypeChange,
    CaseValue,
    ChecklistItem,
    CoFiler,
    ColleagueTask,
    CorrectionRow,
    DeadlineRow,
    Decision,
    DefaultNotice,
    Delivery,
    DepartmentRow,
    DestructionHold,
    DestructionRow,
    DocumentRequestRow,
    DocumentRow,
    Dossier,
    FiledRow,
    Instance,
    LawRuleRow,
    LetterApproval,
    LetterCode,
    LetterEdit,
    LetterRow,
    MailAnswer,
    MailboxChange,
    MailRow,
    ModelVersion,
    NoteRow,
    NoticeRow,
    OutOfUse,
    PartDecision,
    Party,
    PublicationRow,
    RemovalRow,
    ReopeningRow,
    RequestReply,
    SettingChange,
    SettingRow,
    StaffIdentity,
    StaffRow,
    StatusRow,
    VersionProposal,
)
from processes.storage.trail.hashing import FORMAT, UNSEALED, Content, chain_hash
from processes.storage.trail.held import BY_CLASS

AUDIT: Final = AuditRow.__table__
LONG_AGO: Final = date(2020, 1, 1)
Forgery = Callable[[Connection, Any], object]

EDITS: Final[Mapping[Any, Mapping[str, Any]]] = {
    Case: {"result": "ongegrond"},
    Party: {"address": "Elders 1"},
    CoFiler: {"valid_until": LONG_AGO, "name": "Een ander"},
    Decision: {"announced_on": LONG_AGO},
    CorrectionRow: {"became": {"name": "Een ander"}},
    ReopeningRow: {"result": "ongegrond"},
    ColleagueTask: {"remark": "Al gedaan."},
    LetterRow: {"subject": "Een andere brief"},
    LetterCode: {"valid_until": LONG_AGO},
    LetterEdit: {"staff": "piet"},
    LetterApproval: {"state": "given"},
    ChecklistItem: {"text": "Iets anders"},
    CaseValue: {"value": "anders"},
    StatusRow: {"code": "afgehandeld"},
    DeadlineRow: {"due": LONG_AGO},
    NoteRow: {"text": "Iets anders."},
    CaseRelation: {"kind": "hoofdzaak"},
    DefaultNotice: {"received_on": LONG_AGO},
    DocumentRow: {"on_portal": True, "audience": "all"},
    FiledRow: {"body": "Andere woorden."},
    Dossier: {"token_hash": "van een vervalser"},
    DocumentRequestRow: {"due": LONG_AGO},
    Delivery: {"remark": "Alles zit erbij."},
    RequestReply: {"granted": True},
    DestructionHold: {"until": LONG_AGO},
    PublicationRow: {"title": "Een andere titel"},
    PartDecision: {"outcome": "geweigerd"},
    RemovalRow: {"reason": "Een andere reden."},
    MailAnswer: {"text": "Andere woorden."},
    MailRow: {"recipient": "vals@post.example"},
    NoticeRow: {"sent_on": LONG_AGO},
    Instance: {"state": b"ergens anders"},
    DestructionRow: {"certificate": {"counts": {}}},
    ModelVersion: {"folder": b"een andere tekening"},
    DepartmentRow: {"email": "vals@post.example"},
    LawRuleRow: {"record": {"weeks": 600}},
    StaffIdentity: {"staff": None, "bound_by": "een ander"},
    MailboxChange: {"email": "vals@post.example"},
    SettingChange: {"record": {"second": None}},
    StaffRow: {"roles": ["admin", "decider"]},
    SettingRow: {"value": "rood"},
    VersionProposal: {"folder": b"een andere tekening"},
    CaseTypeChange: {"asked": {"reason": "Anders"}},
    OutOfUse: {"message": "Dit kan hier nooit meer."},
}


def edit(of: Any) -> Forgery:
    """Change the first row of a table."""
    table = of.__table__

    def forgery(db: Connection, _: Any) -> None:
        key = next(iter(table.primary_key))
        wanted = select(key).order_by(key).limit(1)
        if of is SettingRow:
            wanted = wanted.where(key == "huisstijl")
        db.execute(update(table).where(key == db.scalar(wanted)).values(**EDITS[of]))

    return forgery


def rehash(db: Connection, chain: int, first: int, **change: Any) -> None:
    """Change a row of a chain, and make every hash from there on right again."""
    rows = db.execute(select(AUDIT).where(AUDIT.c.chain == chain, AUDIT.c.seq >= first).order_by(AUDIT.c.seq)).all()
    previous = rows[0].previous
    for row in rows:
        values = {**row._mapping, **(change if row.seq == first else {}), "previous": previous}
        values["hash"] = previous = _hash(values)
        db.execute(update(AUDIT).where(AUDIT.c.id == row.id).values(values))


def _hash(row: Mapping[str, Any]) -> str:
    names = ("chain", "seq", "at", "actor", "action", "detail", "previous", "rows")
    return chain_hash(Content(**{name: row[name] for name in names}), row["seal"], row["format"])


def row_of(db: Connection, chain: int, seq: int) -> Any:
    return db.execute(select(AUDIT).where(AUDIT.c.chain == chain, AUDIT.c.seq == seq)).one()


def last_of(db: Connection, chain: int) -> Any:
    return db.execute(select(AUDIT).where(AUDIT.c.chain == chain).order_by(AUDIT.c.seq.desc()).limit(1)).one()


def append(db: Connection, row: Mapping[str, Any], chain: int) -> None:
    """Put a row at the end of a chain, with the hash that it must have there."""
    last = last_of(db, chain)
    values = {**row, "chain": chain, "seq": last.seq + 1, "previous": last.hash}
    values.pop("id", None)
    db.execute(insert(AUDIT).values(**values | {"hash": _hash(values)}))


def cut(db: Connection, chain: int, rows: int) -> None:
    last = last_of(db, chain).seq
    db.execute(delete(AUDIT).where(AUDIT.c.chain == chain, AUDIT.c.seq > last - rows))


def all_rows(db: Connection, _: Any) -> None:
    db.execute(delete(AUDIT))


def all_rows_and_anchors(db: Connection, _: Any) -> None:
    db.execute(delete(AUDIT))
    db.execute(delete(SettingRow.__table__).where(SettingRow.__table__.c.name == "audit.anchored"))


def a_case_whole(db: Connection, at: Any) -> None:
    for table in case_tables():
        if "other_id" in table.c:
            db.execute(delete(table).where(table.c.other_id == at.one))
        db.execute(delete(table).where(table.c.case_id == at.one))
    db.execute(delete(Case.__table__).where(Case.__table__.c.id == at.one))
    db.execute(delete(AUDIT).where(AUDIT.c.chain == at.one))


def one_chain(db: Connection, at: Any) -> None:
    db.execute(delete(AUDIT).where(AUDIT.c.chain == at.one))


def the_last_change(db: Connection, at: Any) -> None:
    """After the last anchor: the change stays, the row that tells of it goes."""
    cut(db, at.one, 1)


def as_of_before(db: Connection, at: Any) -> None:
    """The whole chain again, as from before there were seals."""
    previous = "0" * 64
    for row in db.execute(select(AUDIT).where(AUDIT.c.chain == at.two).order_by(AUDIT.c.seq)).all():
        values = {**row._mapping, "previous": previous, "rows": None, "seal": None, "format": UNSEALED}
        values["hash"] = previous = _hash(values)
        db.execute(update(AUDIT).where(AUDIT.c.id == row.id).values(values))


def a_made_up_row(db: Connection, at: Any) -> None:
    last = last_of(db, at.one)
    append(db, {**last._mapping, "action": "close", "rows": None, "seal": None, "format": FORMAT}, at.one)


def a_made_up_row_of_before(db: Connection, at: Any) -> None:
    last = last_of(db, at.one)
    append(db, {**last._mapping, "action": "close", "rows": None, "seal": None, "format": UNSEALED}, at.one)


def an_old_row_again(db: Connection, at: Any) -> None:
    append(db, row_of(db, at.one, 2)._mapping, at.one)


def a_row_of_another_chain(db: Connection, at: Any) -> None:
    append(db, row_of(db, at.two, 2)._mapping, at.one)


def backdated(db: Connection, at: Any) -> None:
    rehash(db, at.one, 2, at=row_of(db, at.one, 2).at - timedelta(days=30))


def another_actor(db: Connection, at: Any) -> None:
    rehash(db, at.one, 2, actor="staff:" + "0" * 64)


def other_digests(db: Connection, at: Any) -> None:
    """Change a row, and take its digest out of the trail."""
    last = last_of(db, at.one)
    rehash(db, at.one, last.seq, rows={})
    db.execute(update(Case.__table__).where(Case.__table__.c.id == at.one).values(result="ongegrond"))


def an_anchor(db: Connection, _: Any) -> None:
    first = _anchors(db)[0]
    ends = {chain: [1, "0" * 64] for chain in first.detail["ends"]}
    rehash(db, 0, first.seq, detail={"ends": ends})


def no_anchors(db: Connection, _: Any) -> None:
    """Take out the anchors and their place, and let what stands between them follow on."""
    gone = {row.seq for row in _anchors(db)}
    db.execute(delete(AUDIT).where(AUDIT.c.chain == 0, AUDIT.c.seq.in_(gone)))
    db.execute(delete(SettingRow.__table__).where(SettingRow.__table__.c.name == "audit.anchored"))
    previous = "0" * 64
    left = db.execute(select(AUDIT).where(AUDIT.c.chain == 0).order_by(AUDIT.c.seq)).all()
    for seq, row in enumerate(left, 1):
        values = {**row._mapping, "previous": previous, "seq": seq}
        values["hash"] = previous = _hash(values)
        db.execute(update(AUDIT).where(AUDIT.c.id == row.id).values(values))


def the_place_of_the_last_anchor(db: Connection, _: Any) -> None:
    table = SettingRow.__table__
    value = dict(db.scalar(select(table.c.value).where(table.c.name == "audit.anchored")))
    first = _anchors(db)[0]
    cut(db, 0, last_of(db, 0).seq - first.seq)
    value["house"] = [first.seq, first.hash]
    db.execute(update(table).where(table.c.name == "audit.anchored").values(value=value))


def the_last_anchor(db: Connection, _: Any) -> None:
    cut(db, 0, 1)


def _anchors(db: Connection) -> list[Any]:
    return list(db.execute(select(AUDIT).where(AUDIT.c.chain == 0, AUDIT.c.action == "anchor").order_by(AUDIT.c.seq)))


def two_blobs_swapped(db: Connection, at: Any) -> None:
    """With hash and size, so that each file is as its row says."""
    table = DocumentRow.__table__
    one, two = db.execute(select(table).where(table.c.case_id == at.one).order_by(table.c.reference)).all()
    for mine, other in ((one, two), (two, one)):
        file = {name: getattr(other, name) for name in ("blob", "sha256", "size")}
        db.execute(update(table).where(table.c.id == mine.id).values(**file))


def a_file_and_its_row(db: Connection, at: Any) -> None:
    table = DocumentRow.__table__
    row = db.execute(select(table).where(table.c.case_id == at.one).order_by(table.c.reference)).first()
    content = b"een ander besluit"
    at.place_of(row.blob).write_bytes(content)
    values = {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
    db.execute(update(table).where(table.c.id == row.id).values(**values))


def a_file_alone(db: Connection, at: Any) -> None:
    table = DocumentRow.__table__
    at.place_of(db.scalar(select(table.c.blob).where(table.c.case_id == at.one).limit(1))).write_bytes(b"anders")


def a_note_more(db: Connection, at: Any) -> None:
    table = NoteRow.__table__
    row = db.execute(select(table).where(table.c.case_id == at.one).limit(1)).one()
    values = {name: value for name, value in row._mapping.items() if name != "id"}
    db.execute(insert(table).values(**values | {"text": "Dit heeft nooit iemand geschreven."}))


def a_note_less(db: Connection, at: Any) -> None:
    table = NoteRow.__table__
    db.execute(
        delete(table).where(table.c.id == db.scalar(select(table.c.id).where(table.c.case_id == at.one).limit(1)))
    )


def a_note_to_another_case(db: Connection, at: Any) -> None:
    db.execute(update(NoteRow.__table__).where(NoteRow.__table__.c.case_id == at.one).values(case_id=at.two))


def an_old_state_of_a_row(db: Connection, at: Any) -> None:
    """Put a row back to what it was when the trail held its digest of then."""
    table = Case.__table__
    db.execute(update(table).where(table.c.id == at.one).values(department_remark="eerste"))


def somebody_elses_identity(db: Connection, at: Any) -> None:
    table = Party.__table__
    whose = select(table.c.identity, table.c.identity_index).where(table.c.identity.is_not(None))
    other = db.execute(whose.where(table.c.case_id == at.two)).one()
    mine = (table.c.case_id == at.one, table.c.identity.is_not(None))
    db.execute(update(table).where(*mine).values(**other._mapping))


def a_destroyed_case_back(db: Connection, at: Any) -> None:
    """Its certificate out of the way, as if nothing had been destroyed."""
    db.execute(delete(DestructionRow.__table__).where(DestructionRow.__table__.c.case_id == at.gone))


def a_certificate_that_nobody_gave(db: Connection, at: Any) -> None:
    table = DestructionRow.__table__
    row = db.execute(select(table).where(table.c.case_id == at.gone)).one()
    values = {name: value for name, value in row._mapping.items() if name != "id"}
    db.execute(insert(table).values(**values | {"case_id": at.two}))


# name of the forgery -> what does it, the code under which it is found, a text that the report then holds
FORGERIES: Final[Mapping[str, tuple[Forgery, str, str]]] = {
    "the whole trail deleted": (all_rows, "audit_broken", "geen controlespoor"),
    "the whole trail deleted with the place of its last anchor": (all_rows_and_anchors, "audit_broken", "van de installatie zelf is weg"),
    "a case deleted with its chain": (a_case_whole, "audit_broken", "Alle regels van deze keten zijn weg"),
    "a chain deleted": (one_chain, "audit_broken", "Alle regels van deze keten zijn weg"),
    "a chain cut before its last anchor": (lambda db, at: cut(db, at.one, 2), "audit_broken", "Afgekapt"),
    "a chain cut after its last anchor": (the_last_change, "row_forged", "zaak"),
    "a chain rehashed": (lambda db, at: rehash(db, at.one, 2, detail={"task": "vals"}), "audit_broken", "Vervalst"),
    "a chain written again as of before the seals": (as_of_before, "audit_broken", "herschreven na het laatste anker"),
    "a made-up row of the trail": (a_made_up_row, "audit_broken", "geen zegel"),
    "a made-up row of the trail, as of before the seals": (a_made_up_row_of_before, "audit_broken", "geen zegel"),
    "an old row of the trail replayed": (an_old_row_again, "audit_broken", "Vervalst"),
    "a row of another chain": (a_row_of_another_chain, "audit_broken", "Vervalst"),
    "a row of the trail backdated": (backdated, "audit_broken", "Vervalst"),
    "a row of the trail in another's name": (another_actor, "audit_broken", "Vervalst"),
    "a row changed and its digest taken out": (other_digests, "audit_broken", "Vervalst"),
    "an anchor changed": (an_anchor, "audit_broken", "Vervalst"),
    "the anchors taken out": (no_anchors, "audit_broken", "Vervalst"),
    "the last anchor cut off": (the_last_anchor, "audit_broken", "Afgekapt"),
    "the place of the last anchor set back": (the_place_of_the_last_anchor, "audit_broken", "laatste anker"),
    "two files swapped, each with its hash": (two_blobs_swapped, "row_forged", "document"),
    "a file changed with its row": (a_file_and_its_row, "row_forged", "document"),
    "a file changed": (a_file_alone, "file_changed", "niet meer hetzelfde"),
    "a row added": (a_note_more, "row_forged", "Toegevoegd"),
    "a row deleted": (a_note_less, "row_forged", "Verwijderd"),
    "a row moved to another case": (a_note_to_another_case, "row_forged", "bericht of notitie"),
    "a row put back to an older state": (an_old_state_of_a_row, "row_forged", "zaak"),
    "a party with somebody else's identity": (somebody_elses_identity, "row_forged", "betrokkene"),
    "a certificate deleted": (a_destroyed_case_back, "audit_broken", "geen zaak en geen verklaring"),
    "a certificate forged": (a_certificate_that_nobody_gave, "row_forged", "verklaring van vernietiging"),
    **{f"a row of {of.__tablename__} edited": (edit(of), "row_forged", BY_CLASS[of].title) for of in EDITS},
}  # fmt: skip
