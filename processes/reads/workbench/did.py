"""Changes of a case from its audit trail in words: who did what, where no other row of the case tells it (W11).

The trail holds keyed digests of who acted: a member of staff is found by the digests of everybody who ever signed in; citizens and
departments are only called what they are, but for who acted by a mandate: there it matters who it was, and for whom.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import literal, select, union_all
from sqlalchemy.orm import Session

from engine import Model
from processes.base.actor import ON_BEHALF, ActorKind
from processes.base.secrets import Secrets
from processes.reads.workbench.words import BY_MANDATE
from processes.storage import staff
from processes.storage.tables import AuditRow, ChecklistItem, DepartmentRow, DocumentRow

TICKED: Final = "tick_point"
STRUCK: Final = "strike_point"
DOCUMENT, DEPARTMENT = "document", "department"  # in the detail of a row
SHORT: Final = 16  # signs of the digest of who became the handler
DID: Final[Mapping[str, str]] = {  # by the action of the trail
    "add_party": "Betrokkene toegevoegd",
    "add_points": "Punten op de controlelijst gezet",
    "assess": "Documenten beoordeeld voor openbaarmaking",
    "assign": "Zaak aan een andere behandelaar gegeven",
    "begin_part": "Deelbesluit begonnen",
    "change_term": "Termijn gewijzigd",
    "correct_dates": "Datums van ontvangst verbeterd",
    "correct_receipt": "Dag van een antwoord verbeterd",
    "correct_sent": "Verzenddatum van een brief verbeterd",
    "correct_start": "Eerste dag van een termijn verbeterd",
    "correct_term_day": "Dag van een termijn verbeterd",
    "correct_withdrawal": "Dag van een intrekking verbeterd",
    "decide_part": "Deelbesluit genomen",
    "default_notice": "Ingebrekestelling vastgelegd",
    "end_part": "Deelbesluit afgerond",
    "exclude_penalty": "Uitsluiting van de dwangsom bijgewerkt",
    "give_back": "Taak teruggelegd",
    "group_hearing": "Hoorzitting gepland met de groep",
    "group_joined": "Zaak gevoegd in een groep",
    "group_left": "Zaak uit een groep gehaald",
    "group_step_again": "Stap van de groep opnieuw gedaan",
    "inspection_chosen": "Gekozen welke stukken ter inzage liggen",
    "letter_returned": "Ingevuld dat een brief terugkwam",
    "address_kept": "Adres bevestigd waarvan een brief terugkwam",
    "post_handled": "Poststuk verwerkt",
    "portal": "Tonen op portaal veranderd",
    "posted": "Brief als verzonden ingevuld",
    "press": "Knop gebruikt",
    "publication": "Documenten gepubliceerd",
    "redact": "Gelakte versie toegevoegd",
    "relate": "Zaak gekoppeld",
    "remark": "Opmerkingen voor de afdelingen veranderd",
    "remove_document": "Document weggehaald",
    "return_to_team": "Taak teruggegeven aan het team",
    "send_held": "Vastgehouden bericht toch verstuurd",
    "set_penalty": "Bedrag van de dwangsom vastgesteld",
    STRUCK: "Doorgestreept op de controlelijst",
    "take": "Taak opgepakt",
    "take_back_posted": "Brief toch niet verzonden",
    "take_back": "Document teruggenomen van een afdeling",
    "term": "Termijn van een verzoek veranderd",
    "remind": "Afdeling met de hand herinnerd",
    TICKED: "Afgevinkt op de controlelijst",
    "to_department": "Document gegeven aan een afdeling",
    "to_party": "Document bestemd voor één betrokkene",
    "to_person": "Document gegeven via een eigen link",
    "unrelate": "Zaak losgemaakt",
    "withdraw": "Intrekking vastgelegd",
    "withdraw_publication": "Publicatie ingetrokken",
}
OTHERS: Final[Mapping[str, str]] = {
    ActorKind.CITIZEN: "een betrokkene",
    ActorKind.DEPARTMENT: "een afdeling",
    ActorKind.SYSTEM: "Zaakspoor",
}


@dataclass(frozen=True, slots=True)
class Did:
    """`id` and `at` of the row of the trail; `more` is what belongs to it, such as a reason."""

    id: int
    at: datetime
    what: str
    more: str
    by: str


def did_in_words(
    session: Session, secrets: Secrets, model: Model, parties: Mapping[str, str], by_id: Mapping[int, str], ids: Sequence[int]
) -> Iterator[Did]:  # fmt: skip
    """Tells what was done and by whom, of these rows of the trail. Three statements, and one where points of a checklist are among them. `parties`:
    what those of the case are called, by the blind index; `by_id`: by their id.
    """
    names = _names(session, secrets)
    called = {digest: name for index, name in parties.items() for digest in secrets.digests(index, retired=True)}
    rows = session.scalars(select(AuditRow).where(AuditRow.id.in_(ids))).all()
    points = _points(session, rows)
    about = _About(_titles(session, rows), by_id, {digest[:SHORT]: name for digest, name in names.items()})
    for row in rows:
        kind, _, digest = row.actor.partition(":")
        by = names.get(digest, "een medewerker") if kind == ActorKind.STAFF else OTHERS.get(kind, "Zaakspoor")
        if (whom := row.detail.get("acts_for")) and kind == ActorKind.CITIZEN:
            by = f"{called.get(digest, BY_MANDATE)}{ON_BEHALF}{called.get(whom, OTHERS[ActorKind.CITIZEN])}"
        point = points.get(_point(row))
        what = f"{_what(row, model)}: {point.text}" if point else _what(row, model)
        more = f"Reden: {point.reason}" if point and row.action == STRUCK else about.words(model, row.detail)
        yield Did(row.id, row.at, what, more, f"door {by}")


@dataclass(frozen=True, slots=True)
class _About:
    """The subject of a row of the trail in words: `titles` by kind and id, `parties` by id, `staff` by the short digest that the trail has."""

    titles: Mapping[tuple[str, str], str]
    parties: Mapping[int, str]
    staff: Mapping[str, str]

    def words(self, model: Model, detail: Mapping[str, Any]) -> str:
        term = model.deadlines.get(str(detail.get("code"))) if "verb" in detail else None
        said = [
            self.titles.get((DOCUMENT, str(detail.get(DOCUMENT))), ""),
            self.titles.get((DEPARTMENT, str(detail.get(DEPARTMENT))), ""),
            self.parties.get(detail.get("party") or 0, ""),
            self.staff.get(str(detail.get("handler")), ""),
            term.title if term else "",
        ]
        return ", ".join(one for one in said if one)


def _titles(session: Session, rows: Sequence[AuditRow]) -> dict[tuple[str, str], str]:
    """The names of documents and departments that these rows are about, by kind and id. One statement, also where there are none."""
    documents = {str(one) for row in rows if (one := row.detail.get(DOCUMENT))}
    departments = {str(one) for row in rows if (one := row.detail.get(DEPARTMENT))}
    found = union_all(
        select(literal(DOCUMENT), DocumentRow.id, DocumentRow.title).where(DocumentRow.id.in_(documents)),
        select(literal(DEPARTMENT), DepartmentRow.code, DepartmentRow.name).where(DepartmentRow.code.in_(departments)),
    )
    return {(kind, key): title for kind, key, title in session.execute(found)}


def _points(session: Session, rows: Sequence[AuditRow]) -> dict[int, ChecklistItem]:
    """The points of checklists that these rows are about, by id."""
    wanted = {point for row in rows if (point := _point(row))}
    found = session.scalars(select(ChecklistItem).where(ChecklistItem.id.in_(wanted))).all() if wanted else ()
    return {point.id: point for point in found}


def _point(row: AuditRow) -> int:
    """The id of the point that a row is about; 0 for none."""
    return int(row.detail["point"]) if row.action in {TICKED, STRUCK} else 0


def _what(row: AuditRow, model: Model) -> str:
    detail: Mapping[str, Any] = row.detail
    if row.action == "press" and (button := model.on_demand.get(str(detail.get("button")))):
        return f"{DID[row.action]}: {button.label}"
    if row.action == TICKED and not detail.get("done"):
        return "Vinkje weggehaald op de controlelijst"
    if row.action == "portal":
        return "Document getoond op het portaal" if detail.get("shown") else "Document niet meer getoond op het portaal"
    return DID.get(row.action, row.action)


def _names(session: Session, secrets: Secrets) -> dict[str, str]:
    """Names of staff by each digest that a secret of this installation makes of them."""
    everybody = staff.everybody(session)
    return {digest: name for number, name in everybody for digest in secrets.digests(number, retired=True)}
