"""The house style is changed in a proposal and goes into use from a day on. What was in use stays, and can come back at once.

The rules of contrast hold at the moment of use, whatever a page said before. The answer of an action is the id of a row.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select

from processes.access.guards import only_staff, reason_wrong
from processes.base.actor import StaffRole
from processes.base.dutch import long_date, long_moment
from processes.base.errors import AlreadyDone, Invalid, NotFound
from processes.execution.unit_of_work import UnitOfWork
from processes.house_style.pairs import mended, too_little
from processes.house_style.style import HouseStyle, StyleFile, style_from
from processes.house_style.typed import checked_fonts
from processes.law.years import LAST_DAY
from processes.storage.staff import name_of
from processes.storage.tables import HouseStyleFile, HouseStyleRow

NO_PROPOSAL = "Er is geen voorstel meer. Begin opnieuw met wijzigen."
TOO_LITTLE = "Niet alle kleuren zijn goed te lezen. Kijk op de pagina van het voorstel welke niet, en kies andere."


@dataclass(frozen=True, slots=True)
class SaveStyleProposal:
    """The proposal as it is from now on. `files` are those that it brings along; `seen` is the digest of the proposal that the form
    was made from, empty when there was none.
    """

    style: HouseStyle
    files: tuple[StyleFile, ...] = ()
    seen: str = ""


def save_style_proposal(work: UnitOfWork, action: SaveStyleProposal) -> str:
    """Raises Invalid when somebody else changed the proposal since, or a file is missing."""
    _alone(work, "style_proposal")
    row = _proposal(work)
    _unchanged(work, row, action.seen)
    checked_fonts(action.style)
    if row is None:
        row = HouseStyleRow(valid_from=None, reason="", saved_at=work.now, saved_by=work.actor.subject)
        work.session.add(row)
    row.style, row.saved_at, row.saved_by = action.style.as_record(), work.now, work.actor.subject
    _keep_files(work, action.files)
    work.session.flush()
    _only_named(work)
    return str(row.id)


@dataclass(frozen=True, slots=True)
class MendStyleProposal:
    """Every colour of the proposal that has too little contrast becomes the nearest shade that has enough."""

    seen: str


def mend_style_proposal(work: UnitOfWork, action: MendStyleProposal) -> str:
    """Raises NotFound without a proposal, and Invalid when somebody else changed it since."""
    _alone(work, "style_mended")
    row = _needed(work)
    _unchanged(work, row, action.seen)
    row.style, row.saved_at, row.saved_by = mended(style_from(row.style)).as_record(), work.now, work.actor.subject
    return str(row.id)


@dataclass(frozen=True, slots=True)
class DropStyleProposal:
    """The proposal goes; nothing of it was in use."""


def drop_style_proposal(work: UnitOfWork, action: DropStyleProposal) -> str:  # noqa: ARG001 - all actions are called so
    _alone(work, "style_dropped")
    if row := _proposal(work):
        work.session.delete(row)
        work.session.flush()
        _only_named(work)
    return ""


@dataclass(frozen=True, slots=True)
class UseStyle:
    """The proposal goes into use from a day on. `seen` is the digest of the proposal that was looked at."""

    valid_from: date
    reason: str
    seen: str


def use_style(work: UnitOfWork, action: UseStyle) -> str:
    """Raises NotFound without a proposal; Invalid per field, and for a style that is not readable enough."""
    _alone(work, "style_used")
    row = _needed(work)
    _unchanged(work, row, action.seen)
    wrong = reason_wrong(action.reason, "Schrijf waarom de huisstijl verandert.")
    if not work.today <= action.valid_from <= LAST_DAY:
        wrong["valid_from"] = "Kies vandaag of een dag die nog komt."
    if wrong:
        raise Invalid(wrong)
    _readable(style_from(row.style))
    row.valid_from, row.reason = action.valid_from, action.reason.strip()
    row.saved_at, row.saved_by = work.now, work.actor.subject
    return str(row.id)


@dataclass(frozen=True, slots=True)
class ReturnToStyle:
    """An earlier style holds again from today; 0 is how the program comes along."""

    number: int


def return_to_style(work: UnitOfWork, action: ReturnToStyle) -> str:
    """Raises NotFound for a row that was never in use, and Invalid for one that is not readable enough by the rules of now."""
    _alone(work, "style_returned")
    earlier = work.session.get(HouseStyleRow, action.number) if action.number else None
    if action.number and (earlier is None or earlier.valid_from is None):
        raise NotFound
    record = earlier.style if earlier else None
    if record:
        _readable(style_from(record))
    since = (
        f"zoals die gold vanaf {long_date(earlier.valid_from)}"
        if earlier and earlier.valid_from
        else "van het programma"
    )
    row = HouseStyleRow(
        style=record, valid_from=work.today, saved_at=work.now, saved_by=work.actor.subject,
        reason=f"Terug naar de huisstijl {since}.",
    )  # fmt: skip
    work.session.add(row)
    work.session.flush()
    return str(row.id)


@dataclass(frozen=True, slots=True)
class WithdrawStyle:
    """A style of which the day has not come does not go into use."""

    number: int


def withdraw_style(work: UnitOfWork, action: WithdrawStyle) -> str:
    """Raises NotFound, and AlreadyDone when its day has come."""
    _alone(work, "style_withdrawn")
    row = work.session.get(HouseStyleRow, action.number)
    if row is None or row.valid_from is None:
        raise NotFound
    if row.withdrawn_at is not None or row.valid_from <= work.today:
        raise AlreadyDone(
            "Deze huisstijl geldt al, of is al ingetrokken. Kies in de geschiedenis naar welke u terug wilt."
        )
    row.withdrawn_at, row.withdrawn_by = work.now, work.actor.subject
    return str(row.id)


def _alone(work: UnitOfWork, what: str) -> None:
    """One change at a time: the row in the trail of the installation holds its lock until the commit."""
    only_staff(work.actor, (StaffRole.ADMIN,), system=False)
    work.audit(0, what)


def _proposal(work: UnitOfWork) -> HouseStyleRow | None:
    return work.session.scalar(select(HouseStyleRow).where(HouseStyleRow.valid_from.is_(None)))


def _needed(work: UnitOfWork) -> HouseStyleRow:
    if (row := _proposal(work)) is None:
        raise NotFound(NO_PROPOSAL)
    return row


def _unchanged(work: UnitOfWork, row: HouseStyleRow | None, seen: str) -> None:
    now = style_from(row.style).digest if row else ""
    if now == seen:
        return
    if row is None:
        raise Invalid(
            {
                "": "Iemand anders heeft dit voorstel intussen weggegooid of in gebruik genomen. Sla opnieuw op om uw voorstel te bewaren."
            }
        )
    who = name_of(work.session, row.saved_by)
    raise Invalid(
        {
            "": f"{who} heeft dit voorstel intussen gewijzigd, op {long_moment(row.saved_at)}. Er is niets opgeslagen. Slaat u nog een keer op, dan geldt wat hier staat."
        }
    )


def _readable(style: HouseStyle) -> None:
    if too_little(style):
        raise Invalid({"": TOO_LITTLE})


def _keep_files(work: UnitOfWork, files: Iterable[StyleFile]) -> None:
    for one in files:
        if work.session.get(HouseStyleFile, one.digest) is None:
            work.session.add(HouseStyleFile(sha256=one.digest, media_type=one.media_type, content=one.content))


def _only_named(work: UnitOfWork) -> None:
    """A file that no row names any more goes."""
    named = {
        digest
        for record in work.session.scalars(select(HouseStyleRow.style).where(HouseStyleRow.style.is_not(None)))
        for digest in style_from(record).files
    }
    held = set(work.session.scalars(select(HouseStyleFile.sha256)))
    missing = named - held
    if missing:
        raise Invalid({"logo": "Een bestand van deze huisstijl is er niet meer. Kies het opnieuw."})
    work.session.execute(delete(HouseStyleFile).where(HouseStyleFile.sha256.in_(held - named)))
