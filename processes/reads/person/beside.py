"""Words that staff wrote down beside the drawing of a case: points, tasks, why somebody saw it, why something was kept or taken away.

Each is marked: the officer judges whether it goes along.
"""

from collections.abc import Iterator
from typing import Final

from sqlalchemy import select

from processes.reads.person.case_of_person import CaseOfPerson
from processes.reads.person.records import Record
from processes.reads.workbench.corrections import CORRECTIONS, in_words
from processes.storage.tables import (
    Bar,
    CaseAccess,
    CaseGroupMember,
    CaseGroupRow,
    CaseGroupStep,
    ChecklistItem,
    ColleagueTask,
    CorrectionRow,
    DestructionHold,
    DestructionRow,
    HearingItem,
    LetterApproval,
    LetterRow,
    PostFile,
    PostItem,
    PublicationRow,
    RemovalRow,
)

INTERNAL: Final = "Interne notitie: beoordeel of deze meegaat."


def beside(about: CaseOfPerson) -> Iterator[Record]:
    """All of it, kind by kind."""
    yield from _points(about)
    yield from _tasks(about)
    yield from _access(about)
    yield from _bars(about)
    yield from _corrections(about)
    yield from _kept(about)
    yield from _taken_away(about)
    yield from _letters(about)
    yield from _sessions(about)
    yield from _groups(about)
    yield from _post(about)


def _points(about: CaseOfPerson) -> Iterator[Record]:
    wanted = select(ChecklistItem).where(ChecklistItem.case_id == about.case.id).order_by(ChecklistItem.id)
    for row in about.rows(wanted):
        told = {"punt": row.text, "op": row.added_at, "gedaan_op": row.done_at}
        struck = {"doorgestreept_op": row.struck_at, "waarom": row.reason} if row.struck_at else {}
        yield Record("Punt van de controlelijst", told | struck, mark=INTERNAL)


def _tasks(about: CaseOfPerson) -> Iterator[Record]:
    wanted = select(ColleagueTask).where(ColleagueTask.case_id == about.case.id).order_by(ColleagueTask.id)
    for row in about.rows(wanted):
        told = {"taak": row.what, "gevraagd_op": row.made_at, "klaar_op": row.due, "opmerking": row.remark}
        yield Record("Taak voor een collega", {**told, "beeindigd_op": row.ended_at}, mark=INTERNAL)


def _access(about: CaseOfPerson) -> Iterator[Record]:
    wanted = select(CaseAccess).where(CaseAccess.case_id == about.case.id).order_by(CaseAccess.id)
    for row in about.rows(wanted):
        told = {"wie": about.employee(row.staff), "gevraagd_op": row.asked_at, "waarom": row.reason}
        decided = {"besloten_op": row.decided_at, "antwoord": row.answer, "tot_en_met": row.until}
        yield Record("Toegang van een medewerker tot de zaak", {**told, **decided}, mark=INTERNAL)


def _bars(about: CaseOfPerson) -> Iterator[Record]:
    """Colleagues who could not come at the case, or who could again."""
    for row in about.rows(select(Bar).where(Bar.case_id == about.case.id).order_by(Bar.id)):
        told = {"wie": about.employee(row.staff) if row.staff else None, "sinds": row.made_at, "waarom": row.reason}
        lifted = {"weer_toegelaten_op": row.lifted_at, "waarom_weer": row.lifted_reason}
        yield Record("Medewerker die niet bij de zaak kan", {**told, **lifted}, mark=INTERNAL)


def _corrections(about: CaseOfPerson) -> Iterator[Record]:
    """Those that are not of a party: of the case, its decisions and its documents."""
    mine = (CorrectionRow.case_id == about.case.id, CorrectionRow.party_id.is_(None))
    for row in about.rows(select(CorrectionRow).where(*mine).order_by(CorrectionRow.id)):
        changed = {"was": in_words(row.was), "is_geworden": in_words(row.became)}
        told = {"wat": CORRECTIONS.get(row.kind, row.kind), "op": row.made_at, **changed, "reden": row.reason}
        yield Record("Verbetering in de zaak", told, mark=INTERNAL)


def _kept(about: CaseOfPerson) -> Iterator[Record]:
    """Why the case, or a document of it, was held back from destruction."""
    held = select(DestructionHold).where(DestructionHold.case_id == about.case.id).order_by(DestructionHold.id)
    for row in about.rows(held):
        told = {"waarom": row.reason, "op": row.placed_at, "tot": row.until}
        ended = {"beeindigd_op": row.ended_at, "waarom_beeindigd": row.ended_reason}
        yield Record("Niet vernietigen", {**told, **ended}, mark=INTERNAL)
    excepted = select(DestructionRow).where(
        DestructionRow.case_id == about.case.id, DestructionRow.exception.is_not(None)
    )
    for line in about.rows(excepted.order_by(DestructionRow.id)):
        yield Record("Uitgezonderd van vernietiging", {"waarom": line.exception}, mark=INTERNAL)


def _taken_away(about: CaseOfPerson) -> Iterator[Record]:
    """Why a document was taken off the case for good, or a public page was taken down."""
    removed = select(RemovalRow).where(RemovalRow.case_id == about.case.id).order_by(RemovalRow.id)
    for row in about.rows(removed):
        told = {"waarom": row.reason, "voorgesteld_op": row.proposed_at, "uitgevoerd_op": row.approved_at}
        yield Record("Document dat weg moest", {**told, "niet_doorgegaan_op": row.withdrawn_at}, mark=INTERNAL)
    public = select(PublicationRow).where(PublicationRow.case_id == about.case.id).order_by(PublicationRow.id)
    for page in about.rows(public):
        told = {"titel": page.title, "op": page.published_at, "weggehaald_op": page.withdrawn_at}
        yield Record("Openbare pagina", {**told, "waarom_weggehaald": page.withdrawn_reason}, mark=INTERNAL)


def _letters(about: CaseOfPerson) -> Iterator[Record]:
    """Letters that waited for somebody, and what was said of them before they left."""
    for row in about.rows(select(LetterRow).where(LetterRow.case_id == about.case.id).order_by(LetterRow.id)):
        told = {"onderwerp": row.subject, "begonnen_op": row.made_at, "tekst": row.source}
        yield Record("Brief die nog werd bekeken", told, mark=INTERNAL)
    asked = select(LetterApproval).where(LetterApproval.case_id == about.case.id).order_by(LetterApproval.id)
    for one in about.rows(asked):
        told = {"besloten_op": one.decided_at, "waarom": one.reason, "toelichting": one.said}
        yield Record("Akkoord op een brief", told, mark=INTERNAL)


def _sessions(about: CaseOfPerson) -> Iterator[Record]:
    """The case on the agenda of a session: where it was, and who was there."""
    wanted = select(HearingItem).where(HearingItem.case_id == about.case.id).order_by(HearingItem.id)
    for row in about.rows(wanted):
        told = {"begint_op": row.begins_at, "waar": row.told_where, "aanwezig": row.present}
        yield Record("Behandeling op een zitting", told, mark=INTERNAL)


def _groups(about: CaseOfPerson) -> Iterator[Record]:
    """The case together with others: what the group is called and why, and what the program was to do in all of them."""
    wanted = select(CaseGroupMember, CaseGroupRow).join(CaseGroupRow, CaseGroupRow.id == CaseGroupMember.group_id)
    mine = wanted.where(CaseGroupMember.case_id == about.case.id).order_by(CaseGroupMember.id)
    for row, group in about.session.execute(mine):
        came = {"groep": group.name, "waarom": group.reason, "waarom_erbij": row.reason, "gevoegd_op": row.joined_at}
        yield Record(
            "Gevoegd met andere zaken",
            {**came, "eruit_op": row.left_at, "waarom_eruit": row.left_reason},
            mark=INTERNAL,
        )
    steps = select(CaseGroupStep).where(CaseGroupStep.case_id == about.case.id).order_by(CaseGroupStep.id)
    for step in about.rows(steps):
        told = {
            "stap": step.name,
            "begonnen_op": step.begun_at,
            "gedaan_op": step.done_at,
            "niet_gedaan_omdat": step.why,
        }
        yield Record("Stap samen met andere zaken", {**told, "teksten": step.typed}, mark=INTERNAL)


def _post(about: CaseOfPerson) -> Iterator[Record]:
    """The post that came in for it, and a file of it that somebody kept out of the dossier."""
    for row in about.rows(select(PostItem).where(PostItem.case_id == about.case.id).order_by(PostItem.id)):
        told = {
            "ontvangen_op": row.received_on,
            "poststempel": row.postmarked_on,
            "van": row.sender,
            "onderwerp": row.subject,
        }
        yield Record("Poststuk", {**told, "tekst": row.words, "reden": row.reason}, mark=INTERNAL)
    for file in about.rows(select(PostFile).where(PostFile.case_id == about.case.id).order_by(PostFile.id)):
        yield Record("Bestand van een poststuk, buiten het dossier", {"bestand": file.name}, mark=INTERNAL)
