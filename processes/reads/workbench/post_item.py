"""One piece of post beside what may be done with it: the cases that it may belong to, and of the chosen case what its forms ask."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import Model
from engine.words import Side
from processes.access.staff_scope import handled_case, kept_from, seen_cases
from processes.access.withdrawal import filers_left, withdrawal_too_late
from processes.base.actor import Actor
from processes.base.clock import local_date
from processes.base.errors import NotFound
from processes.base.file_types import format_of
from processes.execution.terms import rows_of
from processes.post.converting import convertible
from processes.reads.opening import reading
from processes.reads.workbench.case_list import Filter, read_cases
from processes.reads.workbench.parties import party_choices
from processes.reads.workbench.post_room import CHANNELS, HANDLED, may_see, only_post_room, title_of
from processes.reads.workbench.reading_document import ShownAs, how_shown
from processes.reads.workbench.words import named, objectors
from processes.storage import staff
from processes.storage.file_scans import states_of
from processes.storage.root_instance import root_of
from processes.storage.services import Services
from processes.storage.tables import Case, PostFile, PostItem
from processes.storage.words import CaseState, ScanState

NUMBER: Final = re.compile(
    r"(?<![A-Za-z0-9])[A-Za-z]{2,10}-\d{4}-\d{6,9}(?!\d)"
)  # of a case; what follows may be that of a document
MOST_HITS: Final = 8


@dataclass(frozen=True, slots=True)
class PostFileLine:
    """A file of the post. `file_name` as it came; `scan`: how it stands with the virus scanner (ScanState), empty for not looked at.
    `to_pdf`: we can make a PDF of it.
    """

    id: int
    file_name: str
    size: int
    locked: bool
    scan: str
    shown: ShownAs
    why: str
    to_pdf: bool


@dataclass(frozen=True, slots=True)
class CaseHit:
    """A case that the post may belong to."""

    number: str
    title: str
    subject: str
    who: str
    running: bool


@dataclass(frozen=True, slots=True)
class PostCase:
    """The chosen case. `filers`: who may withdraw, empty when nobody can; `terms`: code and title of each term of the law for which we
    can be put in default; `types`: code and name of each document type.
    """

    number: str
    title: str
    subject: str
    running: bool
    types: tuple[tuple[str, str], ...]
    filers: tuple[tuple[int, str], ...]
    terms: tuple[tuple[str, str], ...]
    parties: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class PostItemPage:
    """`handled` in words, empty as long as it waits; `number` and `case_number` as in HandledPost. `next`: the id of the next that waits."""

    id: int
    title: str
    sender: str
    subject: str
    words: str
    channel_code: str
    channel: str
    received_on: date
    postmarked_on: date | None
    today: date
    files: tuple[PostFileLine, ...]
    handled: str
    handled_by: str
    handled_at: datetime | None
    reason: str
    case_number: str
    proposed: tuple[CaseHit, ...]
    next: int | None

    @property
    def words_alone(self) -> bool:
        """Whether the words are all that can join a dossier: a virus was in every file."""
        return bool(self.words and self.files) and all(one.scan == ScanState.INFECTED for one in self.files)


def read_post_item(services: Services, actor: Actor, item_id: int) -> PostItemPage:
    """Raises NotFound, also for post in a case that this reader may not see."""
    only_post_room(actor)
    with reading(services) as (session, now):
        row = session.get(PostItem, item_id)
        if row is None or not may_see(session, actor, row.case_id):
            raise NotFound("Dit poststuk bestaat niet.")
        files = session.scalars(select(PostFile).where(PostFile.item_id == row.id).order_by(PostFile.id)).all()
        names = [file.name for file in files]
        proposed = () if row.handled_at else _hits(session, actor, _numbers(row, names))
        number = session.scalar(select(Case.number).where(Case.id == row.case_id)) if row.case_id else None
        page = PostItemPage(
            id=row.id, title=title_of(row, names), sender=row.sender, subject=row.subject, words=row.words,
            channel_code=row.channel, channel=CHANNELS[row.channel], received_on=row.received_on,
            postmarked_on=row.postmarked_on, today=local_date(now), files=(),
            handled=HANDLED[row.handled_as] if row.handled_as else "",
            handled_by=staff.name_of(session, row.handled_by) if row.handled_by else "", handled_at=row.handled_at,
            reason=row.reason, case_number=number or "", proposed=proposed, next=_next(session, row.id),
        )  # fmt: skip
    return _with_files(services, page, files)


def find_cases(services: Services, actor: Actor, asked: str) -> tuple[CaseHit, ...]:
    """The cases that the search of the list finds for these words, running cases first."""
    found = read_cases(services, actor, Filter(text=asked, state=""))
    return tuple(
        CaseHit(line.number, line.title, line.subject, line.objector, line.state == CaseState.RUNNING)
        for line in found.lines[:MOST_HITS]
    )


def read_post_case(services: Services, actor: Actor, number: str) -> PostCase:
    """The case with this number, as the forms of the post room need it. Raises NotFound, also for one that this reader may not see."""
    with reading(services) as (session, _now):
        case = handled_case(session, actor, number)
        model = services.models.version(session, case.model_version_id).model
        return PostCase(
            number=case.number, title=case.title, subject=case.subject, running=case.state == CaseState.RUNNING,
            types=tuple((kind.code, kind.name) for kind in model.document_types.values()),
            filers=_filers(session, actor, case, model), terms=_terms(session, case, model),
            parties=party_choices(session, case, model),
        )  # fmt: skip


def _numbers(row: PostItem, names: Sequence[str]) -> list[str]:
    """Every case number that stands in what is known of the post, in capitals, each once."""
    told = " ".join((row.subject, row.sender, row.words, *(name.replace("_", " ") for name in names)))
    return list(dict.fromkeys(found.upper() for found in NUMBER.findall(told)))[:MOST_HITS]


def _hits(session: Session, actor: Actor, numbers: Sequence[str]) -> tuple[CaseHit, ...]:
    if not numbers:
        return ()
    rows = session.scalars(select(Case).where(Case.number.in_(numbers), seen_cases(actor)).order_by(Case.id)).all()
    people = objectors(session, [row.id for row in rows])
    return tuple(
        CaseHit(row.number, row.title, row.subject, people.get(row.id, ""), row.state == CaseState.RUNNING)
        for row in rows
    )


def read_next_post(services: Services, actor: Actor) -> int | None:
    """The id of the post that waits longest; None when nothing waits. Raises NotAllowed for who does not handle cases."""
    only_post_room(actor)
    with reading(services) as (session, _now):
        return _next(session)


def _next(session: Session, but: int = 0) -> int | None:
    """The post that waits longest, `but` for this one."""
    waits = select(PostItem.id).where(PostItem.handled_at.is_(None), PostItem.id != but)
    return session.scalar(waits.order_by(PostItem.received_on, PostItem.id).limit(1))


def _filers(session: Session, actor: Actor, case: Case, model: Model) -> tuple[tuple[int, str], ...]:
    setting = model.withdrawal
    if setting is None or Side.WORKER not in setting.by or case.state != CaseState.RUNNING:
        return ()
    if withdrawal_too_late(session, root_of(session, case.id), setting):
        return ()
    kept = kept_from(session, actor, case)
    return tuple((party.id, named(party, model, kept)) for party in filers_left(session, case.id, model))


def _terms(session: Session, case: Case, model: Model) -> tuple[tuple[str, str], ...]:
    found = [(row.code, model.deadlines.get(row.code)) for row in rows_of(session, case.id)]
    return tuple((code, setting.title) for code, setting in found if setting is not None and setting.rule is not None)


def _with_files(services: Services, page: PostItemPage, files: Sequence[PostFile]) -> PostItemPage:
    states = states_of(services, [file.blob for file in files])
    lines, formats = [], convertible(services)
    for file in files:
        shown, why = how_shown(services, file.name, file.size, locked=file.locked)
        to_pdf = format_of(file.name) in formats and not file.locked
        scan = states.get(file.blob, "")
        lines.append(PostFileLine(file.id, file.name, file.size, file.locked, scan, shown, why, to_pdf))
    return replace(page, files=tuple(lines))
