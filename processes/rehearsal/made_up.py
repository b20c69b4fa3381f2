"""Files that a rehearsal makes up, and what it says of each document of an inventory or inspection."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from processes.actions.filing import NewDocument
from processes.base.uploads import Upload
from processes.execution.assessing import Assessment, to_assess
from processes.execution.court_only import COURT_ONLY, to_mark
from processes.execution.deciding_each import decisions_in
from processes.execution.inspecting import InspectionChoice, to_inspect
from processes.rehearsal.script import ScriptError
from processes.storage.document_versions import is_public_in
from processes.storage.services import Services
from processes.storage.tables import DocumentRow
from processes.storage.words import DocumentState

CONTENT = b"%PDF-1.4\n% een verzonnen document\n%%EOF\n"
Fields = Mapping[str, Any]


def made_up(services: Services, name: str) -> Upload:
    """A small file of this name, in the store."""
    return services.files.add(name, "application/pdf", [CONTENT, name.encode()])


def assessments(services: Services, case_id: int, values: Mapping[str, Any], fields: Fields) -> dict[str, Assessment]:
    """Assessments by document id, from `{file name: {public: deels, ...}}`. Raises ScriptError for an unknown name."""
    field = next((one for one in fields.values() if one["type"] == "inventory"), None)
    said = values.get(field["key"]) if field else None
    if field is None or not said:
        return {}
    with services.sessions() as session:
        rows = session.scalars(to_assess(case_id, str(field["documentType"]).split())).all()
    by_title = {row.title: row.id for row in rows}
    if unknown := set(said) - set(by_title):
        raise ScriptError(f"deze documenten staan niet op de lijst: {', '.join(sorted(unknown))}.")
    return {by_title[title]: _assessment(one) for title, one in said.items()}


def inspections(
    services: Services, case_id: int, values: Mapping[str, Any], fields: Fields
) -> dict[str, InspectionChoice]:
    """Every paper that the form asks about lies open, but those of `{file name: why not}`. Raises ScriptError for an unknown name."""
    field = next((one for one in fields.values() if one["type"] in {"inspection", COURT_ONLY}), None)
    if field is None:
        return {}
    kept: Mapping[str, str] = values.get(field["key"]) or {}
    with services.sessions() as session:
        asked = to_mark if field["type"] == COURT_ONLY else to_inspect
        rows = session.scalars(asked(case_id, str(field["documentType"]).split())).all()
    if unknown := set(kept) - {row.title for row in rows}:
        raise ScriptError(f"deze documenten staan niet op de lijst: {', '.join(sorted(unknown))}.")
    return {row.id: InspectionChoice(row.title not in kept, kept.get(row.title, "")) for row in rows}


def outcomes(services: Services, case_id: int, values: Mapping[str, Any], fields: Fields) -> dict[int, str]:
    """The outcome of each decision by its id, from `{number of the decision: outcome}`. Raises ScriptError for an unknown number."""
    field = next((one for one in fields.values() if one["type"] == "outcomes"), None)
    said = values.get(field["key"]) if field else None
    if not isinstance(said, dict):
        return {}
    with services.sessions() as session:
        by_number = {row.number: row.id for row in session.scalars(decisions_in(case_id))}
    if unknown := set(said) - set(by_number):
        raise ScriptError(f"deze besluiten horen niet bij de zaak: {', '.join(sorted(unknown))}.")
    return {by_number[number]: str(outcome) for number, outcome in said.items()}


def redactions(services: Services, case_id: int, fields: Fields) -> dict[str, NewDocument]:
    """A redacted version of everything that becomes public in part, where the form asks it."""
    if not any(one["type"] == "redactions" for one in fields.values()):
        return {}
    with services.sessions() as session:
        rows = session.scalars(
            select(DocumentRow).where(DocumentRow.case_id == case_id, DocumentRow.state == DocumentState.ACCEPTED)
        )
        return {
            row.id: NewDocument(made_up(services, f"gelakt-{row.title}"), "")
            for row in rows
            if is_public_in(row, "deels")
        }


def _assessment(said: Mapping[str, Any]) -> Assessment:
    return Assessment(said["public"], tuple(said.get("grounds", ())), said.get("date"), said.get("note", ""))
