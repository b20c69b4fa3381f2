"""The rules of what a citizen may see. One place for list, page, download, mail and search alike (D24, D25, D38-D40,
D49-D50).

A party is a row of one case; a representative sees what the represented parties see. Of a document with contact details there are two
versions: here it is decided who reads which.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select
from sqlalchemy.orm import Session, aliased

from engine import Model
from engine.words import Audience, Confidentiality, FixedRole, SeenBy, Side
from processes.base.actor import ForWhom
from processes.base.errors import NotNow
from processes.storage.among import Ids, is_in
from processes.storage.document_versions import IN_ORDER, looked_into, newest_shown
from processes.storage.tables import Case, CaseRelation, DocumentRow, Dossier, NoteRow, NoticeRow, Party, TaskRow
from processes.storage.words import DocumentOrigin, DocumentState, NoteKind, ScanState, TaskState

# a citizen sees up to and including zaakvertrouwelijk
CONFIDENTIALITY = tuple(Confidentiality)
SHOWN = CONFIDENTIALITY[: CONFIDENTIALITY.index(Confidentiality.ZAAKVERTROUWELIJK) + 1]


@dataclass(frozen=True, slots=True, eq=False)
class Other:
    """A ForWhom that is given later: bound parameters for its `subject`, and for its `branch` where it is only that. `own`: the branch of
    the one who looks.
    """

    subject: Any
    branch: Any | None = None
    own: bool = False


def shown_case(case: Case, model: Model) -> bool:
    """Whether a case is shown to its parties at all: by its confidentiality and by its case type."""
    return bool(model.case_type and model.case_type.portal and case.confidentiality in SHOWN)


def cases_of(subject: Any, for_whom: ForWhom | Other | None = None) -> Select[Case]:
    """The cases in which this person is a party and that are not confidential, newest first; of who acts for another those of that other.

    `subject`: a text, or a bound parameter, as everywhere here; so is the id of a case, and a list of ids may be `Given`.
    """
    own = select(Party.case_id).where(_mine(subject, for_whom))
    return select(Case).where(Case.id.in_(own), Case.confidentiality.in_(SHOWN)).order_by(Case.registered_at.desc())


def known_rows(subject: Any) -> ColumnElement[bool]:
    """The rows of this person that their own pages may tell, take over and count as told: not those of a case that is confidential, nor of
    one that they left, where the details may be of somebody else whose number was mistyped.
    """
    shown = select(Case.id).where(Case.confidentiality.in_(SHOWN))
    return and_(Party.identity_index == subject, Party.left_on.is_(None), Party.case_id.in_(shown))


def related_cases(subject: Any, case_id: Any, for_whom: ForWhom | Other | None = None) -> Select[Case]:
    """The cases that belong to this one and in which this person is a party, too, newest first."""
    others = select(CaseRelation.other_id).where(CaseRelation.case_id == case_id)
    return cases_of(subject, for_whom).where(Case.id.in_(others))


def viewpoints_of(subject: str, case_id: int, for_whom: ForWhom | None = None) -> Select[int]:
    """Ids of the parties from whose viewpoint this person looks: the own, and those represented; of who acts for another those of that other,
    and the own rows as their representative.
    """
    return _seen_through(subject, Party.case_id == case_id, for_whom).with_only_columns(Party.id)


def viewpoints_in(subject: Any, cases: Ids | Select[int], for_whom: ForWhom | Other | None = None) -> Select[Party]:
    """The parties through whom this person sees many cases at once: those of `viewpoints_of` in each."""
    there = Party.case_id.in_(cases) if isinstance(cases, Select) else is_in(Party.case_id, cases)
    return _seen_through(subject, there, for_whom).order_by(Party.id)


def _mine(subject: Any, for_whom: ForWhom | Other | None) -> ColumnElement[bool]:
    """Whether a party is this person, or the one for whom this person acts now. Never one that a mandate brought in: it counts as long as
    it lasts, which sign-in tells each time. A mandate for somebody is none for those whom that one represents. Nor a representative who
    speaks for nobody any more: asked per party, as a value and not with EXISTS, for which PostgreSQL may make a table of all who are
    represented.
    """
    client = aliased(Party)
    one = select(client.id).where(client.represented_by == Party.id, client.left_on.is_(None)).limit(1)
    speaks = one.correlate_except(client).scalar_subquery().is_not(None)
    there = (
        Party.left_on.is_(None), Party.by_mandate.is_(False), or_(Party.role != FixedRole.REPRESENTATIVE, speaks),
    )  # fmt: skip
    if for_whom is None:
        return and_(Party.identity_index == subject, *there)
    of_branch = for_whom.branch is not None if isinstance(for_whom, Other) else bool(for_whom.branch)
    part = (Party.branch == for_whom.branch,) if of_branch else ()
    itself = () if for_whom.own else (Party.role != FixedRole.REPRESENTATIVE,)
    return and_(Party.identity_index == for_whom.subject, *there, *part, *itself)


def _seen_through(subject: Any, where: ColumnElement[bool], for_whom: ForWhom | Other | None) -> Select[Party]:
    mine = _mine(subject, for_whom)
    own = select(Party.id).where(where, mine)
    seen = or_(mine, and_(Party.represented_by.in_(own), Party.left_on.is_(None)))
    if for_whom is not None:
        spoken_for = select(Party.represented_by).where(where, mine, Party.represented_by.is_not(None))
        me = and_(Party.identity_index == subject, Party.left_on.is_(None), Party.id.in_(spoken_for))
        seen = or_(seen, me)
    return select(Party).where(where, seen)


def parties_in(case_id: Any, roles: Collection[str]) -> Select[Party]:
    """The parties of a case in these roles. For rules only: no page shows one party to another."""
    return select(Party).where(Party.case_id == case_id, Party.role.in_(roles)).order_by(Party.id)


def taking_part(case_id: Any, roles: Collection[str]) -> Select[Party]:
    """The parties in these roles who did not withdraw or leave: who is asked, and who the case goes on for."""
    return parties_in(case_id, roles).where(Party.withdrawn_on.is_(None), Party.left_on.is_(None))


def notes_of(case_id: Any, parties: Ids) -> Select[NoteRow]:
    """Messages of these parties and the answers to them, oldest first; never a note of staff (D48)."""
    return (
        select(NoteRow)
        .where(
            NoteRow.case_id == case_id,
            NoteRow.kind.in_((NoteKind.MESSAGE, NoteKind.REPLY)),
            is_in(NoteRow.party_id, parties),
        )
        .order_by(NoteRow.at, NoteRow.id)
    )


def notices_of(case_id: Any, parties: Ids) -> Select[NoticeRow]:
    """Formal notices that were sent to these parties, newest first."""
    return (
        select(NoticeRow)
        .where(NoticeRow.case_id == case_id, is_in(NoticeRow.party_id, parties), NoticeRow.sent_on.is_not(None))
        .order_by(NoticeRow.created_at.desc(), NoticeRow.id.desc())
    )


def open_tasks_in(cases: Ids) -> Select[TaskRow]:
    """The open tasks of citizens in these cases, oldest first; `task_is_for` says whose each is."""
    return (
        select(TaskRow)
        .where(is_in(TaskRow.case_id, cases), TaskRow.state == TaskState.OPEN, TaskRow.side == Side.CITIZEN)
        .order_by(TaskRow.opened_at, TaskRow.id)
    )


def is_for_others(task: TaskRow) -> bool:
    """Whether a task is of a citizen or of one named person, so that staff only fill in what came on paper."""
    return task.side == Side.CITIZEN or (task.side == Side.DEPARTMENT and task.party_role is not None)


def task_is_for(task: TaskRow, roles: Collection[str], parties: Collection[int]) -> bool:
    """Whether a citizen's task is meant for one of these parties, where it names one, else for somebody in these roles."""
    if task.party_id is not None:
        return task.side == Side.CITIZEN and task.party_id in parties
    return task.side == Side.CITIZEN and (task.party_role in roles or (task.party_role is None and bool(roles)))


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """From where somebody looks at the documents of a case: as these parties, which may be `several`; `published`: the case was."""

    parties: Ids
    several: bool
    published: bool

    @classmethod
    def of(cls, case: Case, parties: Collection[int]) -> "Viewpoint":
        return cls(parties, len(parties) > 1, case.published_at is not None)


def documents_of(case: Case, parties: Collection[int]) -> Select[DocumentRow]:
    """The documents of a case that these parties may see, oldest first: each in its newest published version, once the minute is over in
    which showing it can be undone, and once it is known what the eye does not see in it. What they sent themselves, they always see.
    """
    return documents_from(Viewpoint.of(case, parties), case.id)


def documents_from(view: Viewpoint, case_id: Any) -> Select[DocumentRow]:
    """The same, for parties that may be given later."""
    seen = (DocumentRow.case_id == case_id, DocumentRow.confidentiality.in_(SHOWN), _seen_from(view))
    return select(DocumentRow).where(*seen).order_by(*IN_ORDER)


def documents_in(seen: Sequence[tuple[Case, Collection[int]]]) -> Select[DocumentRow]:
    """The documents of several cases, each as `documents_of` gives them to these parties of it, oldest first."""
    ids = [case.id for case, _ in seen]
    each = (and_(DocumentRow.case_id == case.id, _seen_from(Viewpoint.of(case, parties))) for case, parties in seen)
    mine = (DocumentRow.case_id.in_(ids), DocumentRow.confidentiality.in_(SHOWN), or_(false(), *each))
    return select(DocumentRow).where(*mine).order_by(*IN_ORDER)


def _seen_from(view: Viewpoint) -> ColumnElement[bool]:
    shown = and_(newest_shown(), or_(looked_into(), _sent_by(view.parties)), _meant_for(view))
    return and_(or_(shown, _held_virus(view.parties)), _as_readable_by(view.parties))


def _held_virus(parties: Ids) -> ColumnElement[bool]:
    """Documents that these parties sent themselves and that were thrown away: the line that says so, for the file is gone."""
    return and_(DocumentRow.state == DocumentState.REFUSED, DocumentRow.scan == ScanState.INFECTED, _sent_by(parties))


def _sent_by(parties: Ids) -> ColumnElement[bool]:
    return and_(is_in(DocumentRow.party_id, parties), DocumentRow.origin == DocumentOrigin.CITIZEN)


def _as_readable_by(parties: Ids) -> ColumnElement[bool]:
    """Which version of a personal document these parties read: whose it is the whole one, others the one beside it."""
    whole = aliased(DocumentRow)
    is_theirs = exists().where(whole.id == DocumentRow.redacts, whole.personal, is_in(whole.party_id, parties))
    return and_(or_(~DocumentRow.personal, is_in(DocumentRow.party_id, parties)), ~is_theirs)


def whole_behind_link(document: DocumentRow, dossier: Dossier) -> bool:
    """Whether who has this link may read a document as it is, when it was given to them: not a personal one of another."""
    return not document.personal or (dossier.party_id is not None and document.party_id == dossier.party_id)


def version_for_others(session: Session, document: DocumentRow) -> DocumentRow:
    """The version of a document that goes to anybody but whose it is and who handles the case: every publication asks here.

    Raises NotNow when a personal document has no such version (any more).
    """
    if not document.personal:
        return document
    beside = select(DocumentRow).where(DocumentRow.redacts == document.id, DocumentRow.state == DocumentState.ACCEPTED)
    found = session.scalar(beside.order_by(DocumentRow.added_at.desc()).limit(1))
    if found is None:
        raise NotNow("Van dit document is er geen versie zonder contactgegevens. Voeg die eerst toe.")
    return found


def committee_reads(document: DocumentRow, model: Model) -> bool:
    """Whether a committee reads this document: an accepted one of the types that the drawing names, of one with contact details the
    version for others.
    """
    kind = model.document_types.get(document.type)
    for_others = document.state == DocumentState.ACCEPTED and not document.personal
    return for_others and kind is not None and SeenBy.COMMITTEE in kind.seen_by


def seen_from(case_id: int, party: int) -> Select[int]:
    """Ids of the parties from whose viewpoint this party looks: its own, and those that it represents as long as they are in the case."""
    represented = and_(Party.represented_by == party, Party.left_on.is_(None))
    return select(Party.id).where(Party.case_id == case_id, or_(Party.id == party, represented))


def _meant_for(view: Viewpoint) -> ColumnElement[bool]:
    own = and_(is_in(DocumentRow.party_id, view.parties), DocumentRow.audience.in_((Audience.OWN, Audience.PARTIES)))
    if not view.published:
        return and_(own, DocumentRow.origin == DocumentOrigin.CITIZEN)
    filed = exists().where(is_in(Party.id, view.parties), Party.filing)
    of_all = or_(DocumentRow.audience == Audience.PARTIES, and_(DocumentRow.audience == Audience.INITIATOR, filed))
    return or_(own, and_(of_all, _while_taking_part(view)))


def _while_taking_part(view: Viewpoint) -> ColumnElement[bool]:
    """Whether a document was there, and lay open, while one of these took part: who withdrew reads nothing that came after.

    A representative takes part as long as one of those who are represented does.
    """
    there = and_(
        func.date(DocumentRow.added_at) <= Party.withdrawn_on,
        or_(DocumentRow.inspected_from.is_(None), DocumentRow.inspected_from <= Party.withdrawn_on),
    )
    whose = is_in(Party.id, view.parties)
    taking = and_(whose, Party.role != FixedRole.REPRESENTATIVE) if view.several else whose
    return exists().where(taking, or_(Party.withdrawn_on.is_(None), there))
