"""The house style as the administrator sees it: what holds now, what comes, the proposal with what is wrong with it, and who
changed what.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.access.guards import only_staff
from processes.base.actor import Actor, StaffRole
from processes.base.clock import local_date
from processes.base.dutch import yes_or_no
from processes.base.errors import NotFound
from processes.house_style.package import packed
from processes.house_style.pairs import TooLittle, mended, too_little
from processes.house_style.style import (
    COLOURS,
    CORNER_NAMES,
    FONT_NAMES,
    HouseStyle,
    StyleFile,
    style_from,
)
from processes.house_style.themes import TITLES, theme
from processes.house_style.typed import LINKS
from processes.reads.opening import reading
from processes.storage.services import Services
from processes.storage.staff import names_of
from processes.storage.style_cache import style_file
from processes.storage.tables import HouseStyleRow

Difference = tuple[str, str, str]  # label, before, after
NONE = "geen"


@dataclass(frozen=True, slots=True)
class ShownStyle:
    """One row. `style` is the standard one for how the program comes along (`standard`). `number` 0: no row at all."""

    number: int
    style: HouseStyle
    standard: bool
    since: date | None
    at: datetime | None
    who: str
    reason: str
    changes: tuple[Difference, ...] = ()
    withdrawn: bool = False
    now: bool = False
    later: bool = False


@dataclass(frozen=True, slots=True)
class StylePage:
    """`history` newest first, with what is in use now and later; `proposal` None without one."""

    now: ShownStyle
    later: tuple[ShownStyle, ...]
    history: tuple[ShownStyle, ...]
    proposal: ShownStyle | None
    themes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class StyleProposal:
    """The proposal: what it changes in what holds now, and the pairs without enough contrast, each with a value that has."""

    shown: ShownStyle
    changes: tuple[Difference, ...]
    wrong: tuple[TooLittle, ...]
    better: HouseStyle
    today: date


NOTHING = ShownStyle(0, HouseStyle(), standard=True, since=None, at=None, who="", reason="")


def read_style_page(services: Services, actor: Actor) -> StylePage:
    """Raises NotAllowed."""
    only_staff(actor, (StaffRole.ADMIN,))
    with reading(services) as (session, now):
        shown, proposal = _all(session, local_date(now))
    current = next((one for one in shown if one.now), replace(NOTHING, now=True))
    return StylePage(current, tuple(one for one in shown if one.later), shown, proposal, TITLES)


def read_proposal(services: Services, actor: Actor) -> StyleProposal:
    """Raises NotAllowed, and NotFound when there is no proposal."""
    page = read_style_page(services, actor)
    if page.proposal is None:
        raise NotFound("Er is geen voorstel. Begin op de pagina Huisstijl met wijzigen.")
    with reading(services) as (_, now):
        today = local_date(now)
    style = page.proposal.style
    changes = differences(page.now.style, style)
    return StyleProposal(page.proposal, changes, too_little(style), mended(style), today)


def style_to_change(services: Services, actor: Actor) -> tuple[HouseStyle, str]:
    """The style with which a form begins, and the digest of the proposal, empty when there is none. Raises NotAllowed."""
    page = read_style_page(services, actor)
    return (page.proposal.style, page.proposal.style.digest) if page.proposal else (page.now.style, "")


def style_of(services: Services, actor: Actor, number: int) -> HouseStyle:
    """One style of the history or the proposal; 0 is how the program comes along. Raises NotAllowed and NotFound."""
    page = read_style_page(services, actor)
    shown = [NOTHING, *page.history, *([page.proposal] if page.proposal else [])]
    found = next((one for one in shown if one.number == number), None)
    if found is None:
        raise NotFound
    return found.style


def style_as_file(services: Services, actor: Actor, number: int) -> bytes:
    """One style with its files, as a file to take along. Raises NotAllowed and NotFound."""
    style = style_of(services, actor, number)
    return packed(style, files_of_style(services, style))


def files_of_style(services: Services, style: HouseStyle) -> dict[str, StyleFile]:
    """The files of a style by digest. Raises NotFound when one is gone."""
    with reading(services) as (session, _):
        found = {digest: style_file(session, digest) for digest in style.files}
    if any(one is None for one in found.values()):
        raise NotFound("Een bestand van deze huisstijl is er niet meer.")
    return {digest: one for digest, one in found.items() if one}


def theme_of(services: Services, actor: Actor, code: str) -> tuple[HouseStyle, tuple[StyleFile, ...]]:
    """A theme that comes along, with what is the organisation's own of what holds now: its links. Raises NotFound."""
    now = read_style_page(services, actor).now.style
    if code not in TITLES:
        raise NotFound
    style, files = theme(code)
    own = {name: getattr(now, name) for name in LINKS}
    return replace(style, **own), tuple(files.values())


def _all(session: Session, today: date) -> tuple[tuple[ShownStyle, ...], ShownStyle | None]:
    rows = session.scalars(select(HouseStyleRow).order_by(HouseStyleRow.saved_at, HouseStyleRow.id)).all()
    names = names_of(session, (row.saved_by for row in rows))
    used = [row for row in rows if row.valid_from is not None]
    current = max((row for row in used if _holds(row, today)), key=_order, default=None)
    shown, before = list[ShownStyle](), HouseStyle()
    for row in used:
        one = _shown(row, names)
        later = bool(row.valid_from and row.valid_from > today) and not one.withdrawn
        shown.append(replace(one, changes=differences(before, one.style), now=row is current, later=later))
        before = one.style
    proposal = next((_shown(row, names) for row in rows if row.valid_from is None), None)
    return tuple(reversed(shown)), proposal


def _holds(row: HouseStyleRow, today: date) -> bool:
    return row.withdrawn_at is None and row.valid_from is not None and row.valid_from <= today


def _order(row: HouseStyleRow) -> tuple[date | None, int]:
    return row.valid_from, row.id


def _shown(row: HouseStyleRow, names: Mapping[str, str]) -> ShownStyle:
    return ShownStyle(
        row.id, style_from(row.style) if row.style else HouseStyle(), row.style is None, row.valid_from, row.saved_at,
        names.get(row.saved_by, row.saved_by), row.reason, withdrawn=row.withdrawn_at is not None,
    )  # fmt: skip


def differences(before: HouseStyle, after: HouseStyle) -> tuple[Difference, ...]:
    """The fields that are not the same, as people read them."""
    return tuple(one for one in _compared(before, after) if one[1] != one[2])


def _compared(before: HouseStyle, after: HouseStyle) -> Iterable[Difference]:
    for one in COLOURS:
        yield one.label, before.colours[one.code], after.colours[one.code]
    yield "Lettertype van tekst", FONT_NAMES[before.text_font], FONT_NAMES[after.text_font]
    yield "Lettertype van koppen", FONT_NAMES[before.heading_font], FONT_NAMES[after.heading_font]
    yield "Hoeken", CORNER_NAMES[before.corners], CORNER_NAMES[after.corners]
    texts: Sequence[tuple[str, str]] = (
        ("logo_alt", "Tekst bij het logo"), *((name, label) for name, label in LINKS.items()),
    )  # fmt: skip
    for name, label in texts:
        yield label, getattr(before, name) or NONE, getattr(after, name) or NONE
    yield "Naam staat in het logo", yes_or_no(before.logo_has_name), yes_or_no(after.logo_has_name)
    for name, label in (("logo", "Logo"), ("font_regular", "Gewone letter"), ("font_bold", "Vette letter")):
        yield label, _file_in_words(getattr(before, name)), _file_in_words(getattr(after, name))


def _file_in_words(digest: str) -> str:
    return f"bestand {digest[:8]}" if digest else NONE
