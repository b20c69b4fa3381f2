"""The saves of a draft: read, added, thinned out. Rows are locked by `locked_draft`, so that two savers take turns.

A content is stored once for each draft; a save is a list of names and hashes.
"""

import hashlib
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from engine.drawing import Drawing
from engine.edits import (
    DrawnSetting,
    Edit,
    ElementSettings,
    Files,
    SetCalled,
    SetCondition,
    SetDefault,
    SetDocumentation,
    SetName,
    SetTimer,
    apply_all,
    drawing_of,
    settings_of,
)
from engine.kernel.reading import read_model
from processes.base.case_type_zip import MOST_BYTES, MOST_ENTRIES, MOST_IN_ALL
from processes.base.errors import NotFound, TooLarge, ZaakspoorError
from processes.storage.base import new_id
from processes.storage.tables import DraftComment, DraftShare, ModelDraft, ModelDraftFile, ModelDraftRevision
from processes.studio.files import title_in

MOST_STORED: Final = 20 * 1024 * 1024  # of all saves of one draft together, as they are stored
TOGETHER: Final = timedelta(minutes=5)  # saves of one person that follow each other within this count as one
KEPT: Final = timedelta(days=90)  # without a change; after that only named saves stay, and the newest
# what of an element an edit of BPMN itself is about, by the name of it in ElementSettings
OF_ELEMENT: Final[Mapping[type, str]] = {
    SetName: "name", SetTimer: "timer", SetCalled: "called", SetDocumentation: "documentation",
}  # fmt: skip
IN_FLOW: Final = frozenset({SetCondition, SetDefault})
HAD_BACK: Final = timedelta(days=7)  # after tidying
NO_DRAFT: Final = "Dit ontwerp bestaat niet (meer). Begin een ontwerp bij het zaaktype."


class ChangedMeanwhile(ZaakspoorError):
    """Iemand anders heeft dit ontwerp intussen veranderd. Uw tekst is nog niet bewaard: vergelijk de twee teksten en bewaar opnieuw."""

    status = 409

    def __init__(self, newest: ModelDraftRevision, theirs: Files) -> None:
        """`theirs`: the content now of the files that both changed; one that is gone is not in it."""
        super().__init__()
        self.revision, self.number = newest.id, newest.number
        self.who, self.at, self.words, self.theirs = newest.saved_by, newest.saved_at, newest.words, theirs


class DraftFull(TooLarge):
    """Alle bewaringen van dit ontwerp zijn samen te groot: hoogstens 20 MB. Ruim eerst oude bewaringen op; bewaringen met een naam blijven."""


@dataclass(frozen=True, slots=True)
class Saving:
    """The person who saves, the moment, and what changed in one Dutch sentence."""

    who: str
    at: datetime
    words: str


def find_draft(session: Session, name: str) -> ModelDraft:
    """The draft of this name. Raises NotFound."""
    return _found(session.get(ModelDraft, name))


def locked_draft(session: Session, name: str) -> ModelDraft:
    """The draft, locked until the commit. Raises NotFound."""
    return _found(session.scalar(select(ModelDraft).where(ModelDraft.name == name).with_for_update()))


def newest_revision(session: Session, name: str) -> ModelDraftRevision:
    """The newest save of a draft. Raises NotFound."""
    wanted = select(ModelDraftRevision).where(ModelDraftRevision.draft == name)
    row = session.scalar(wanted.order_by(ModelDraftRevision.number.desc()).limit(1))
    if row is None:
        raise NotFound(NO_DRAFT)
    return row


def one_revision(session: Session, name: str, revision: str) -> ModelDraftRevision:
    """One save of a draft by its id. Raises NotFound, also when it was thinned out."""
    row = session.get(ModelDraftRevision, revision)
    if row is None or row.draft != name:
        raise NotFound("Deze bewaring is er niet meer. Kijk bij de bewaringen welke er nog zijn.")
    return row


def all_revisions(session: Session, name: str) -> list[ModelDraftRevision]:
    """Every save of a draft, the newest first, without those that were tidied away."""
    wanted = select(ModelDraftRevision).where(ModelDraftRevision.draft == name, ModelDraftRevision.tidied_at.is_(None))
    return list(session.scalars(wanted.order_by(ModelDraftRevision.number.desc())))


def contents(session: Session, revision: ModelDraftRevision) -> dict[str, bytes]:
    """The files of a save."""
    hashes = set(revision.files.values())
    wanted = select(ModelDraftFile.sha256, ModelDraftFile.packed)
    rows = session.execute(wanted.where(ModelDraftFile.draft == revision.draft, ModelDraftFile.sha256.in_(hashes)))
    by_hash = {row.sha256: row.packed for row in rows}
    return {name: zlib.decompress(by_hash[sha256]) for name, sha256 in revision.files.items()}


def add_revision(session: Session, draft: ModelDraft, files: Files, saving: Saving) -> ModelDraftRevision:
    """The draft with these files: a new save, or the newest when nothing differs. Raises TooLarge."""
    _refuse_size(files)
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    last = session.scalar(
        select(ModelDraftRevision).where(ModelDraftRevision.draft == draft.name)
        .order_by(ModelDraftRevision.number.desc()).limit(1)
    )  # fmt: skip
    if last is not None and last.files == hashes:
        return last
    _store(session, draft.name, {hashes[name]: content for name, content in files.items()})
    row = ModelDraftRevision(
        id=new_id(), draft=draft.name, number=last.number + 1 if last else 1, files=hashes,
        saved_at=saving.at, saved_by=saving.who, words=saving.words,
    )  # fmt: skip
    session.add(row)
    draft.changed_at, draft.deployed_at, draft.title = saving.at, None, title_in(files)
    session.flush()
    _keep_within(session, draft.name)
    return row


def merged(session: Session, name: str, seen: str, put: Files, drop: frozenset[str]) -> dict[str, bytes]:
    """The newest files with a change laid in that somebody made in the save `seen`.

    Raises ChangedMeanwhile when somebody else changed one of the same files since, and NotFound.
    """
    newest = newest_revision(session, name)
    now = contents(session, newest)
    if newest.id != seen:
        before = one_revision(session, name, seen).files
        both = [
            one for one in {*put, *drop} if before.get(one) != newest.files.get(one) and now.get(one) != put.get(one)
        ]
        if both:
            raise ChangedMeanwhile(newest, {one: now[one] for one in both if one in now})
    return {**{one: content for one, content in now.items() if one not in drop}, **put}


def edited(session: Session, name: str, seen: str, edits: Sequence[Edit]) -> dict[str, bytes]:
    """The newest files after edits that somebody made in the save `seen`.

    Raises ChangedMeanwhile when somebody else changed one of the same settings since, EditRefused, and NotFound.
    """
    newest = newest_revision(session, name)
    now = contents(session, newest)
    if newest.id != seen:
        before = contents(session, one_revision(session, name, seen))
        if before[drawing_of(before)] != now[drawing_of(now)] and told_by(before, edits) != told_by(now, edits):
            raise ChangedMeanwhile(newest, {})
    return dict(apply_all(now, edits))


def told_by(files: Files, edits: Sequence[Edit]) -> list[object]:
    """The things that these edits are about, as they stand in these files: a setting, a name, a moment, a condition. None for what is not there."""
    elements = {one.id: one for one in settings_of(files)}
    drawing = read_model(files[drawing_of(files)]).drawing if any(type(edit) in IN_FLOW for edit in edits) else None
    return [_about(elements, drawing, edit) for edit in edits]


def _about(elements: Mapping[str, ElementSettings], drawing: Drawing | None, edit: Edit) -> object:
    id_ = getattr(edit, "element", "")
    if type(edit) in IN_FLOW:
        flow, node = (drawing.flows.get(id_), drawing.nodes.get(id_)) if drawing else (None, None)
        return (flow and flow.condition, node and node.default)
    element = elements.get(id_)
    if type(edit) in OF_ELEMENT:
        return element and getattr(element, OF_ELEMENT[type(edit)])
    return _setting_of(element, edit)


def _setting_of(element: ElementSettings | None, edit: Edit) -> DrawnSetting | None:
    settings = element.settings if element else ()
    found = None
    for step in getattr(edit, "path", ()):
        found = next((one for one in settings if one.path[-1] == step), None)
        settings = found.inside if found else ()
    return found


def without_name(session: Session, name: str) -> list[ModelDraftRevision]:
    """Every save without a name but the newest: what is tidied away."""
    return [row for row in all_revisions(session, name)[1:] if row.label is None]


def tidied_away(session: Session, name: str) -> list[ModelDraftRevision]:
    """The saves that somebody tidied away and that can be had back."""
    wanted = select(ModelDraftRevision).where(
        ModelDraftRevision.draft == name, ModelDraftRevision.tidied_at.is_not(None)
    )
    return list(session.scalars(wanted.order_by(ModelDraftRevision.number.desc())))


def only_kept(session: Session, name: str) -> int:
    """Delete every save without a name but the newest; says how many went."""
    return _delete(session, name, [*without_name(session, name), *tidied_away(session, name)])


def forget_tidied(session: Session, name: str, before: datetime) -> int:
    """Delete what was tidied away before that moment; says how many went."""
    return _delete(
        session, name, [row for row in tidied_away(session, name) if row.tidied_at and row.tidied_at < before]
    )


def remove_draft(session: Session, draft: ModelDraft) -> None:
    """The draft with all its saves, the links by which it is read, and what readers said."""
    session.execute(delete(DraftComment).where(DraftComment.draft == draft.name))
    session.execute(delete(DraftShare).where(DraftShare.draft == draft.name))
    session.execute(delete(ModelDraftRevision).where(ModelDraftRevision.draft == draft.name))
    session.execute(delete(ModelDraftFile).where(ModelDraftFile.draft == draft.name))
    session.delete(draft)


def passed_over(rows: list[ModelDraftRevision]) -> list[ModelDraftRevision]:
    """The saves that lists leave out, of all saves with the newest first: the same person saved again within five minutes."""
    pairs = zip(rows[1:], rows, strict=False)
    return [row for row, after in pairs if belongs_to(row, after)]


def belongs_to(row: ModelDraftRevision, after: ModelDraftRevision) -> bool:
    """Whether the save `after`, which came next, counts as one with this one. The first save is always one by itself."""
    return (
        row.number > 1
        and row.saved_by == after.saved_by
        and row.label is None
        and after.saved_at - row.saved_at < TOGETHER
    )


def _found(draft: ModelDraft | None) -> ModelDraft:
    if draft is None:
        raise NotFound(NO_DRAFT)
    return draft


def _refuse_size(files: Files) -> None:
    if len(files) > MOST_ENTRIES:
        raise TooLarge(f"Een zaaktype mag hoogstens {MOST_ENTRIES} bestanden hebben.")
    if any(len(content) > MOST_BYTES for content in files.values()):
        raise TooLarge(f"Een bestand van een zaaktype mag hoogstens {MOST_BYTES // 1024 // 1024} MB zijn.")
    if sum(map(len, files.values())) > MOST_IN_ALL:
        raise TooLarge(f"Een zaaktype mag hoogstens {MOST_IN_ALL // 1024 // 1024} MB zijn.")


def _store(session: Session, name: str, by_hash: Mapping[str, bytes]) -> None:
    known = select(ModelDraftFile.sha256).where(ModelDraftFile.draft == name, ModelDraftFile.sha256.in_(by_hash))
    for sha256 in by_hash.keys() - set(session.scalars(known)):
        session.add(ModelDraftFile(draft=name, sha256=sha256, packed=zlib.compress(by_hash[sha256])))


def _keep_within(session: Session, name: str) -> None:
    """When there is no room, the saves that lists leave out go. Raises DraftFull when that is not enough."""
    if _stored(session, name) <= MOST_STORED:
        return
    _delete(session, name, tidied_away(session, name))
    if _stored(session, name) <= MOST_STORED:
        return
    _delete(session, name, passed_over(all_revisions(session, name)))
    if _stored(session, name) > MOST_STORED:
        raise DraftFull


def _stored(session: Session, name: str) -> int:
    wanted = select(func.coalesce(func.sum(func.length(ModelDraftFile.packed)), 0))
    return session.scalar(wanted.where(ModelDraftFile.draft == name)) or 0


def _delete(session: Session, name: str, rows: list[ModelDraftRevision]) -> int:
    for row in rows:
        session.delete(row)
    session.flush()
    stay = [*all_revisions(session, name), *tidied_away(session, name)]
    held = {sha256 for row in stay for sha256 in row.files.values()}
    known = session.scalars(select(ModelDraftFile.sha256).where(ModelDraftFile.draft == name))
    gone = [sha256 for sha256 in known if sha256 not in held]
    for start in range(0, len(gone), 500):  # within the number of parameters that every database takes
        session.execute(
            delete(ModelDraftFile).where(
                ModelDraftFile.draft == name, ModelDraftFile.sha256.in_(gone[start : start + 500])
            )
        )
    return len(rows)
