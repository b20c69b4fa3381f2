"""Drafts: forms that are filled in but not sent, sealed, one for each owner and form.

The owner is an actor: a citizen, a member of staff, or the dossier of a link. The form is named by its address, behind a
link by what follows the token. What was typed opens only in its own row, and for the form under which it was saved.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, Final

import orjson
from sqlalchemy import Select, bindparam, delete, or_, select, update
from sqlalchemy.orm import Session

from processes.base.actor import Actor, ActorKind
from processes.base.chosen_files import ChosenFiles
from processes.base.errors import DraftTooLong, NotAllowed
from processes.base.secrets import SealBroken
from processes.base.security_log import FOR_ANOTHER, VISITS, pseudonym
from processes.storage.asked_ahead import answer, as_objects
from processes.storage.base import new_id
from processes.storage.current_settings import begun_form_kept
from processes.storage.fast import PreparedQuery
from processes.storage.sealed_columns import DRAFT
from processes.storage.services import Services
from processes.storage.tables import Case, Dossier, DraftRow, TaskRow, UploadRow
from processes.storage.upsert import insert_into

LONGEST: Final = 200_000  # bytes of one draft, texts and list of files together
LONGEST_ADDRESS: Final = 200  # what the column holds
# a draft of who did not sign in: the visit, which alone can open it, is over by then
OF_VISIT: Final = timedelta(days=1)
MOST: Final = 20  # of one owner; the one that was saved longest ago goes

Fields = Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class Draft:
    """One form as far as it was filled in. `address` is where it was sent when that came to nothing, else empty; `until` the moment
    at which it goes by itself. `for_another`: it was typed by a mandate.
    """

    id: str
    form: str
    fields: Fields
    held: ChosenFiles
    address: str
    saved_at: datetime
    until: datetime
    for_another: bool = False


@dataclass(frozen=True, slots=True)
class DraftContent:
    """The content of a draft that is to be saved. `held` None leaves the files as they were saved before."""

    fields: Fields = field(default_factory=dict)
    held: ChosenFiles | None = None
    address: str = ""


def save(session: Session, services: Services, actor: Actor, form: str, content: DraftContent) -> str:
    """Save the draft of this form, in the place of an earlier one; its id. Raises DraftTooLong."""
    if actor.kind == ActorKind.SYSTEM or not 0 < len(form) <= LONGEST_ADDRESS:
        raise NotAllowed
    row = _own_row(session, actor, form)
    before = _opened(session, services, row)
    held = content.held if content.held is not None else before.held if before else ChosenFiles()
    said = {"form": form, "fields": dict(content.fields), "held": held.as_data(), "address": content.address}
    plain = orjson.dumps(said)
    if len(plain) > LONGEST:
        raise DraftTooLong
    row.data = services.secrets.seal(plain, DRAFT, row.id)
    row.case_id, row.saved_at = case_of(session, actor, form), datetime.now(UTC)
    _hold(session, actor, row.id, held)
    _only_newest(session, actor)
    return row.id


def find(session: Session, services: Services, actor: Actor, form: str) -> Draft | None:
    """The draft of this form that is the actor's own; None when there is none, or none that can be opened."""
    return _opened(session, services, session.scalar(select(DraftRow).where(*_own(actor), DraftRow.form == form)))


def find_by_id(session: Session, services: Services, actor: Actor, draft_id: str) -> Draft | None:
    """The actor's own draft with this id; of somebody else's it is as if it were not there."""
    return _opened(session, services, session.scalar(select(DraftRow).where(*_own(actor), DraftRow.id == draft_id)))


def all_of(session: Session, services: Services, *actors: Actor) -> tuple[Draft, ...]:
    """Every draft of this actor, or of one of these, the newest first."""
    rows = [row for actor in actors for row in answer(session, _all_of(), owner=pseudonym(actor))]
    found = (_opened(session, services, row) for row in sorted(rows, key=lambda row: row.saved_at, reverse=True))
    return tuple(one for one in found if one)


def typed_by(session: Session, services: Services, subjects: Collection[str]) -> tuple[Draft, ...]:
    """Every draft that a citizen or company with one of these indexes typed, also for somebody else by a mandate; the newest first."""
    rows = [row for subject in subjects for row in session.scalars(_typed_by(f"{ActorKind.CITIZEN}:{subject}"))]
    found = (_opened(session, services, row) for row in sorted(rows, key=lambda row: row.saved_at, reverse=True))
    return tuple(one for one in found if one)


def _typed_by(name: str) -> Select[DraftRow]:
    """`name`: the pseudonym of who typed. In front of the exact question one that an index serves, in whatever order a database has signs."""
    under_mandates = f"{name}{FOR_ANOTHER}"
    near = DraftRow.owner.between(name, f"{under_mandates}zzzz")
    exact = or_(DraftRow.owner == name, DraftRow.owner.startswith(under_mandates, autoescape=True))
    return select(DraftRow).where(near, exact)


@cache
def _all_of() -> PreparedQuery:
    mine = select(DraftRow).where(DraftRow.owner == bindparam("owner"))
    return as_objects(mine.order_by(DraftRow.saved_at.desc()), DraftRow)


def drop(session: Session, actor: Actor, form: str) -> None:
    """Delete the draft of this form, if there is one. Its files are swept, unless they became documents."""
    session.execute(delete(DraftRow).where(*_own(actor), DraftRow.form == form))


def forget_old(session: Session, services: Services, now: datetime) -> None:
    session.execute(delete(DraftRow).where(DraftRow.saved_at < now - begun_form_kept(services, session)))
    of_visits = DraftRow.owner.startswith(VISITS, autoescape=True)
    session.execute(delete(DraftRow).where(DraftRow.saved_at < now - OF_VISIT, of_visits))


def case_of(session: Session, actor: Actor, form: str) -> int | None:
    """The case of a form: that of the link, or the one that the address names by its number or by one of its tasks."""
    if actor.dossier is not None:
        return session.scalar(select(Dossier.case_id).where(Dossier.id == actor.dossier))
    parts = form.split("/")
    by_number = session.scalar(select(Case.id).where(Case.number.in_(parts)))
    return by_number or session.scalar(select(TaskRow.case_id).where(TaskRow.id.in_(parts)))


def _own(actor: Actor) -> tuple[Any, ...]:
    return (DraftRow.owner == pseudonym(actor),)


def _own_row(session: Session, actor: Actor, form: str) -> DraftRow:
    """The row of this draft, locked, made when it is not there: two windows that save at one moment take turns."""
    values = {
        "id": new_id(), "owner": pseudonym(actor), "form": form, "data": b"", "saved_at": datetime.now(UTC),
    }  # fmt: skip
    session.execute(
        insert_into(session, DraftRow).values(values).on_conflict_do_nothing(index_elements=["owner", "form"])
    )
    return session.scalars(select(DraftRow).where(*_own(actor), DraftRow.form == form).with_for_update()).one()


def _hold(session: Session, actor: Actor, draft_id: str, held: ChosenFiles) -> None:
    """Write down which files wait in this draft; only files that this actor brought."""
    free = update(UploadRow).where(UploadRow.draft_id == draft_id, UploadRow.blob.not_in(held.blobs))
    session.execute(free.values(draft_id=None))
    if held.blobs:
        mine = update(UploadRow).where(UploadRow.owner == pseudonym(actor), UploadRow.blob.in_(held.blobs))
        session.execute(mine.values(draft_id=draft_id))


def _only_newest(session: Session, actor: Actor) -> None:
    session.flush()
    newest = select(DraftRow.id).where(*_own(actor)).order_by(DraftRow.saved_at.desc(), DraftRow.id).limit(MOST)
    session.execute(delete(DraftRow).where(*_own(actor), DraftRow.id.not_in(newest)))


def _opened(session: Session, services: Services, row: DraftRow | None) -> Draft | None:
    if row is None or not row.data:
        return None
    try:
        data = orjson.loads(services.secrets.open(row.data, DRAFT, row.id))
    except SealBroken:
        return None
    if data["form"] != row.form:
        return None
    held = ChosenFiles.from_data(data["held"])
    kept = begun_form_kept(services, session)
    until = row.saved_at + (min(kept, OF_VISIT) if row.owner.startswith(VISITS) else kept)
    return Draft(row.id, row.form, data["fields"], held, data["address"], row.saved_at, until, FOR_ANOTHER in row.owner)
