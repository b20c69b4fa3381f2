"""Letters by portal and by post, and penalties of late decisions, in a period (W15)."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from processes.base.dutch import euros_in_words
from processes.reads.figures.period import Period
from processes.reads.figures.scope import FigureScope
from processes.reads.figures.table import Bars, FigureTable, share
from processes.storage.tables import Case, DefaultNotice, NoticeRow
from processes.storage.words import CaseState, PostChannel

CHANNELS: Final = tuple(PostChannel)
EVERYTHING: Final = "Alle brieven"


def letters_sent(session: Session, scope: FigureScope, period: Period) -> FigureTable:
    """Formal notices that were sent, by case type, and which part of them went by the portal."""
    asked = (
        select(Case.case_type, NoticeRow.channel, func.count())
        .join(Case, Case.id == NoticeRow.case_id)
        .where(NoticeRow.channel.in_(CHANNELS), NoticeRow.sent_on.between(period.first, period.last))
        .where(scope.of(Case.case_type))
        .group_by(Case.case_type, NoticeRow.channel)
    )
    found: dict[str, dict[str, int]] = {}
    for code, channel, count in session.execute(asked):
        found.setdefault(scope.title(code), {})[channel] = count
    together: dict[str, int] = {channel: sum(one.get(channel, 0) for one in found.values()) for channel in CHANNELS}
    rows = [_row(title, found[title]) for title in sorted(found)]
    return FigureTable(
        "letters", "Brieven via het portaal en per post",
        ("Zaaktype", "Portaal", "Post", "Eigen link", "Samen", "Portaal (%)", "Post (%)"),
        (*rows, _row(EVERYTHING, together)) if rows else (),
        "Formele brieven met een verzenddatum in de periode. Een brief per post telt vanaf de dag waarop iemand invulde dat hij is verzonden.",
        Bars((0,), 5, "%"),
    )  # fmt: skip


def penalties(session: Session, scope: FigureScope, period: Period) -> FigureTable:
    """Notices of default that came in, and amounts that were laid down (Awb 4:17, 4:18)."""
    came = DefaultNotice.received_on.between(period.first, period.last)
    excluded = func.count(DefaultNotice.excluded)
    notices, cases, without = _one(
        session, scope, came, func.count(), func.count(DefaultNotice.case_id.distinct()), excluded
    )
    laid_down = DefaultNotice.set_on.between(period.first, period.last)
    amounts, cents = _one(session, scope, laid_down, func.count(), func.sum(DefaultNotice.amount_cents))
    open_still = DefaultNotice.set_on.is_(None) & DefaultNotice.excluded.is_(None) & (Case.state == CaseState.RUNNING)
    (waiting,) = _one(session, scope, came & open_still, func.count(DefaultNotice.case_id.distinct()))
    return FigureTable(
        "penalties", "Ingebrekestellingen en dwangsommen", ("Wat", "Aantal of bedrag"),
        (
            ("Ingebrekestellingen ontvangen", notices), ("In zoveel zaken", cases),
            ("Ingebrekestellingen zonder dwangsom, om een reden uit de wet", without),
            ("Zaken met zo'n ingebrekestelling die nog lopen, zonder vastgesteld bedrag", waiting),
            ("Dwangsommen vastgesteld", amounts), ("Bedrag dat is vastgesteld", euros_in_words(cents or 0)),
        ),
        "Ingebrekestellingen tellen op de dag waarop zij binnenkwamen, bedragen op de dag waarop zij zijn vastgesteld.",
    )  # fmt: skip


def _one(session: Session, scope: FigureScope, which: Any, *columns: Any) -> Any:
    asked = select(*columns).select_from(DefaultNotice).join(Case, Case.id == DefaultNotice.case_id)
    return session.execute(asked.where(which, scope.of(Case.case_type))).one()


def _row(title: str, counts: Mapping[str, int]) -> tuple[str | int | None, ...]:
    portal, post, link = (counts.get(one, 0) for one in (PostChannel.PORTAL, PostChannel.POST, PostChannel.LINK))
    whole = portal + post + link
    return title, portal, post, link, whole, share(portal, whole), share(post, whole)
