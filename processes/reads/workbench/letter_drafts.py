"""A letter that waits before it leaves (W9): its texts beside what the template made of them, who gets it, and who agrees to it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from engine.words import Approver
from processes.access.agreeing import may_answer
from processes.access.staff_scope import HANDLES, handled_case, kept_from, offered_in
from processes.base.actor import Actor, StaffRole
from processes.base.clock import local_date
from processes.base.errors import NotFound
from processes.base.text_changes import ComparedLine, LineChange, compared
from processes.dated import SettingShelf, team_for, teams_on
from processes.dated.teams import Team
from processes.post.channels import channel_for
from processes.post.letter_rows import copies, documents_along
from processes.post.shared_text import TextOfCopies, shared
from processes.post.text_blocks import offered
from processes.reads.opening import reading
from processes.reads.workbench.head import Head, head_of
from processes.reads.workbench.words import PARTY_CHANNELS, named
from processes.storage import staff
from processes.storage.services import Services
from processes.storage.tables import Case, LetterApproval, LetterEdit, LetterRow, NoticeRow, Party
from processes.storage.words import ApprovalState, LetterState, ReadingLanguage

Choices = tuple[tuple[str, str], ...]
TURNS: Final = 3  # fields for who agrees, where the drawing asks fewer
WAITS: Final = (LetterState.WRITING, LetterState.ASKED, LetterState.AGREED)
STATES: Final[Mapping[str, str]] = {
    LetterState.WRITING: "concept", LetterState.ASKED: "wacht op akkoord", LetterState.AGREED: "akkoord, nog te versturen",
    LetterState.SENT: "verstuurd", LetterState.DROPPED: "ingetrokken",
}  # fmt: skip
ANSWERS: Final[Mapping[str, str]] = {
    ApprovalState.LATER: "komt hierna aan de beurt", ApprovalState.ASKED: "is aan de beurt", ApprovalState.GIVEN: "akkoord",
    ApprovalState.RETURNED: "teruggestuurd", ApprovalState.VOID: "telt niet meer",
}  # fmt: skip
TURN_NAMES: Final[Mapping[str, str]] = {
    Approver.DECIDER: "iemand die mag beslissen", Approver.TEAM: "iemand van het team",
    Approver.CHOSEN: "een collega of een team",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class DraftCopy:
    """One copy: the id of its notice, its reader, and by which way it will go."""

    id: int
    recipient: str
    way: str
    english: bool = False  # its reader reads English

    @property
    def choice(self) -> tuple[int, str]:
        """The copy as one of the choices of a form."""
        return self.id, f"{self.recipient} ({self.way})"


@dataclass(frozen=True, slots=True)
class DraftText:
    """One text and who get it. `changes`: line by line against the template, empty when nothing was changed. `hidden`: it would tell who
    is kept from this reader.
    """

    text: str
    changes: tuple[ComparedLine, ...]
    copies: tuple[DraftCopy, ...]
    hidden: bool


@dataclass(frozen=True, slots=True)
class ApprovalLine:
    whom: str
    answer: str
    by: str
    at: datetime | None
    due: date
    reason: str


@dataclass(frozen=True, slots=True)
class Turn:
    """A field for who agrees: what the drawing asks there, and of whom one can choose. `needed`: it must be filled in."""

    asks: str
    choices: Choices
    needed: bool


@dataclass(frozen=True, slots=True)
class LetterDraftPage:
    """`mine`: this reader is asked to agree. `free`: somebody began it by hand. `blocks`: codes and titles of texts to put in.
    `along`: title and id of each document that somebody chose to go along.
    """

    head: Head
    id: int
    subject: str
    version: int
    state: str
    state_words: str
    texts: tuple[DraftText, ...]
    approvals: tuple[ApprovalLine, ...]
    turns: tuple[Turn, ...]
    asks: bool
    mine: bool
    free: bool
    four_eyes: bool
    blocks: Choices
    edited_by: str
    edited_at: datetime | None
    today: date
    along: tuple[tuple[str, str], ...] = ()

    @property
    def waits(self) -> bool:
        """Whether it still has to leave."""
        return self.state in WAITS

    @property
    def recipients(self) -> tuple[str, ...]:
        """The names of who get it, in the order of the copies."""
        return tuple(copy.recipient for text in self.texts for copy in text.copies)

    @property
    def may_leave(self) -> bool:
        """Whether nobody has to agree any more."""
        ready = (LetterState.AGREED,) if self.asks else (LetterState.AGREED, LetterState.WRITING)
        return self.state in ready and bool(self.recipients)


@dataclass(frozen=True, slots=True)
class LetterDraftLine:
    """A letter that waits, as the page Brieven of its case lists it."""

    id: int
    subject: str
    state: str
    recipients: tuple[str, ...]
    made_on: date


def read_letter_draft(services: Services, actor: Actor, number: str, letter_id: int) -> LetterDraftPage:
    """Raises NotFound, or NotAllowed for the committee."""
    shelf = services.law.last_shelf(services.sessions)
    with reading(services) as (session, now):
        case = handled_case(session, actor, number)
        letter = session.get(LetterRow, letter_id)
        if letter is None or letter.case_id != case.id:
            raise NotFound
        model = services.models.version(session, case.model_version_id).model
        kept = kept_from(session, actor, case)
        day = local_date(now)
        teams = teams_on(shelf, day)
        rows = session.scalars(_answers(letter)).all()
        names = staff.names_of(session, [number for row in rows for number in (row.staff, row.decided_by)])
        edit = session.scalars(_edits(letter)).first()

        def copy_of(notice: NoticeRow, party: Party) -> DraftCopy:
            way = channel_for(case, model, party)
            english = party.language == ReadingLanguage.ENGLISH
            return DraftCopy(notice.id, named(party, model, kept), PARTY_CHANNELS.get(way, way), english)

        texts = tuple(
            _text(one, kept, tuple(copy_of(*copy) for copy in one.copies)) for one in shared(copies(session, letter))
        )
        asked = next((row for row in rows if row.state == ApprovalState.ASKED), None)
        members = {code: team.members for code, team in teams.items()}
        return LetterDraftPage(
            head_of(session, services, actor, case, now), letter.id, letter.subject, letter.version, letter.state,
            STATES[letter.state], texts, tuple(_line(row, names, teams) for row in rows),
            _turns(session, shelf, actor, case, letter, day), bool(letter.asks),
            asked is not None and may_answer(session, actor, asked, members, day), letter.made_by is not None,
            letter.four_eyes, tuple(offered(shelf, day)), staff.name_of(session, edit.staff) if edit else "",
            edit.at if edit else None, day,
            tuple((f"{row.reference} {row.title}", row.id) for row in documents_along(session, letter)),
        )  # fmt: skip


def drafts_in(session: Session, case: Case, called: Callable[[Party], str]) -> tuple[LetterDraftLine, ...]:
    """The letters of a case that wait, newest first. `called`: the name of a party for this reader."""
    found = select(LetterRow).where(LetterRow.case_id == case.id, LetterRow.state.in_(WAITS))
    return tuple(
        LetterDraftLine(
            row.id, row.subject, STATES[row.state], tuple(called(party) for _, party in copies(session, row)),
            local_date(row.made_at),
        )
        for row in session.scalars(found.order_by(LetterRow.id.desc()))
    )  # fmt: skip


def _answers(letter: LetterRow) -> Select[LetterApproval]:
    return select(LetterApproval).where(LetterApproval.letter_id == letter.id).order_by(LetterApproval.id)


def _edits(letter: LetterRow) -> Select[LetterEdit]:
    return select(LetterEdit).where(LetterEdit.letter_id == letter.id).order_by(LetterEdit.id.desc()).limit(1)


def _text(one: TextOfCopies, kept: Collection[int], who: tuple[DraftCopy, ...]) -> DraftText:
    if any(party.id in kept for _, party in one.copies):
        return DraftText("", (), who, hidden=True)
    changes = compared(one.made, one.text)
    changed = any(line.change != LineChange.KEPT for line in changes)
    return DraftText(one.text, changes if changed else (), who, hidden=False)


def _line(row: LetterApproval, names: Mapping[str, str], teams: Mapping[str, Team]) -> ApprovalLine:
    whom = (
        names.get(row.staff or "", "")
        if row.team is None
        else f"team {teams[row.team].name}"
        if row.team in teams
        else ""
    )
    return ApprovalLine(
        whom, ANSWERS[row.state], names.get(row.decided_by or "", ""), row.decided_at, row.due, row.reason
    )


def _turns(
    session: Session, shelf: SettingShelf, actor: Actor, case: Case, letter: LetterRow, day: date
) -> tuple[Turn, ...]:
    """The turns that the drawing asks in its order, and as many fields more as a handler may fill in."""
    if letter.state != LetterState.WRITING:
        return ()
    people = _people(session, actor, case, HANDLES)
    teams = tuple((f"team:{code}", f"Team: {team.name}") for code, team in teams_on(shelf, day).items())
    own = team_for(shelf, day, case.case_type)
    choices: Mapping[str, Choices] = {
        Approver.DECIDER: _people(session, actor, case, (StaffRole.DECIDER,)),
        Approver.TEAM: tuple(one for one in teams if own and one[1] == f"Team: {own.name}"),
        Approver.CHOSEN: (*people, *teams),
    }
    asks: Sequence[str] = letter.asks or ()
    more = max(TURNS - len(asks), 1)
    needed = [Turn(TURN_NAMES[word], choices[word], needed=True) for word in asks]
    extra = [Turn(TURN_NAMES[Approver.CHOSEN], choices[Approver.CHOSEN], needed=False) for _ in range(more)]
    return (*needed, *extra)


def _people(session: Session, actor: Actor, case: Case, roles: Collection[str]) -> Choices:
    found = staff.with_role(session, roles)
    return tuple(one for one in offered_in(session, actor, case, found) if one[0] != actor.subject)
