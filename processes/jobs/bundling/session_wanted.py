"""A bundle of a session as somebody asked for it: for each case on the agenda a sheet, then its papers, and in a zip the own notes."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.base.dutch import long_moment, yes_or_no
from processes.execution.hearing_notes import notes_of
from processes.execution.hearings import items_of, where_of
from processes.execution.session_bundles import CASE, asked_with_roles, cases_in, is_sheet
from processes.jobs.bundling.wanted import WantedBundle, WantedPaper, paper_of
from processes.post.pdf import markup
from processes.reads.workbench.agenda_lines import AgendaLine, agenda_lines
from processes.storage.current_settings import current_settings
from processes.storage.services import Services
from processes.storage.tables import Case, CaseBundle, DocumentRow, HearingSession
from processes.storage.words import BundleForm

STYLE: Final = """
@page { size: A4; margin: 22mm } html { font-size: 11pt; line-height: 1.5; color: #111 } h1 { font-size: 17pt }
table { border-collapse: collapse; width: 100% } th { width: 38mm; text-align: left; font-weight: normal; color: #444 }
th, td { vertical-align: top; padding: 1.5mm 3mm 1.5mm 0; border-bottom: 0.3mm solid #999 }
"""
NOBODY: Final = "nog geen antwoord"
NOT_SAID: Final = "niet bepaald"


def wanted_of_session(services: Services, session: Session, row: CaseBundle, now: datetime) -> WantedBundle:
    """The bundle with everything that it needs, also of cases that left the agenda meanwhile: who keeps it looks at that again."""
    sitting = session.get_one(HearingSession, row.session_id)
    actor = asked_with_roles(session, row.asked_by)
    items = items_of(session, sitting.id)
    numbers = {item.id: item.case_id for item in items}
    lines = {numbers[line.id]: line for line in agenda_lines(session, services, actor, sitting, items)}
    notes = notes_of(services, session, row.asked_by, cases_in(row)) if row.form == BundleForm.ZIP else {}
    papers = tuple(_papers(services, session, row, lines, notes))
    withheld = sum(bool(paper.withheld) for paper in papers)
    given = len(papers) - withheld - len(cases_in(row))
    return WantedBundle(
        row.id, BundleForm(row.form), f"Zitting van {long_moment(sitting.begins_at)}", current_settings(services).organisation,
        (
            ("Waar", where_of(sitting)),
            ("Zaken", str(len(cases_in(row)))),
            ("Gemaakt", long_moment(now)),
            ("Stukken", str(given)),
            *((("Niet erin", f"{withheld}, met de reden bij de zaak"),) if withheld else ()),
        ),
        papers, now, of_session=True,
    )  # fmt: skip


def _papers(
    services: Services, session: Session, row: CaseBundle, lines: dict[int, AgendaLine], notes: dict[int, str]
) -> Iterator[WantedPaper]:
    ids = [one["document"] for one in row.chosen if one["document"]]
    documents = {one.id: one for one in session.scalars(select(DocumentRow).where(DocumentRow.id.in_(ids)))}
    cases = {case.id: case for case in session.scalars(select(Case).where(Case.id.in_(cases_in(row))))}
    for one in row.chosen:
        case_id = one[CASE]
        if is_sheet(one):
            yield WantedPaper(
                one["title"], "", "", None, _sheet(one["title"], lines.get(case_id)), notes.get(case_id, "")
            )
        else:
            model = services.models.version(session, cases[case_id].model_version_id).model
            yield paper_of(one, documents.get(one["document"]), model)


def _sheet(title: str, line: AgendaLine | None) -> str:
    """HTML for `pdf`: the case as it stands on the agenda."""
    told = list(_told(line)) if line else []
    rows = "".join(f'<tr><th scope="row">{markup(name)}</th><td>{markup(words)}</td></tr>' for name, words in told)
    return f"""<!doctype html>
<html lang="nl"><head><meta charset="utf-8"><title>{markup(title)}</title><style>{STYLE}</style></head>
<body><h1>{markup(title)}</h1><table><tbody>{rows}</tbody></table></body></html>"""


def _told(line: AgendaLine) -> Iterator[tuple[str, str]]:
    yield "Zaak", f"{line.number}, {line.title}"
    if line.subject:
        yield "Onderwerp", line.subject
    if line.objector:
        yield "Van", line.objector
    yield "Tijd", f"{long_moment(line.begins)}, {line.minutes} minuten"
    yield "Openbaar", NOT_SAID if line.public is None else yes_or_no(line.public)
    yield "Wie komt", "; ".join(line.coming) or NOBODY
    if line.needs:
        yield "Nodig", "; ".join(line.needs)
