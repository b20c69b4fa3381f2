"""Files that a rehearsal makes up, and what it says of each document of an inventory or inspection."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from processes.actions.filing import NewDocument
from processes.base.uploads import Upload
from processes.execution.assessing import LATER, Assessment, third_parties, to_assess
from processes.execution.court_only import COURT_ONLY, to_mark
from processes.execution.deciding_each import decisions_in
from processes.execution.inspecting import InspectionChoice, to_inspect
from processes.execution.parts import in_part, part_of
from processes.execution.views import to_answer
from processes.rehearsal.script import ScriptError
from processes.storage.document_versions import is_public_in
from processes.storage.services import Services
from processes.storage.tables import DocumentRow, Instance, Party
from processes.storage.words import DocumentState

CONTENT = b"%PDF-1.4\n% een verzonnen document\n%%EOF\n"
Fields = Mapping[str, Any]


def made_up(services: Services, name: str) -> Upload:
    """A small file of this name, in the store."""
    return services.files.add(name, "application/pdf", [CONTENT, name.encode()])


def assessments(
    services: Services, instance: Instance, values: Mapping[str, Any], fields: Fields
) -> dict[str, Assessment]:
    """Assessments by document id, from `{file name: {public: deels, ...}}`; a part decision leaves to the rest what is not named.
    Raises ScriptError for an unknown name.
    """
    field = next((one for one in fields.values() if one["type"] == "inventory"), None)
    if field is None or field["key"] not in values:
        return {}
    said = values[field["key"]]
    with services.sessions() as session:
        part = part_of(session, instance)
        rows = session.scalars(to_assess(instance.case_id, str(field["documentType"]).split(), part)).all()
    by_title = {row.title: row.id for row in rows}
    if unknown := set(said) - set(by_title):
        raise ScriptError(f"deze documenten staan niet op de lijst: {', '.join(sorted(unknown))}.")
    rest = {row.id: Assessment(LATER) for row in rows} if part else {}
    return {**rest, **{by_title[title]: _assessment(one) for title, one in said.items()}}


def concerns(
    services: Services, instance: Instance, values: Mapping[str, Any], fields: Fields
) -> dict[str, tuple[int, ...]]:
    """The third parties whom each document is about by its id, from `{file name: [names]}`; nothing said: everything is about
    everybody. Raises ScriptError for an unknown name.
    """
    field = next((one for one in fields.values() if one["type"] == "concerns"), None)
    if field is None:
        return {}
    with services.sessions() as session:
        part = part_of(session, instance)
        rows = session.scalars(to_assess(instance.case_id, str(field["documentType"]).split(), part)).all()
        parties = {one.name: one.id for one in third_parties(session, instance.case_id)}
    said = values.get(field["key"])
    if said is None:
        return {row.id: tuple(parties.values()) for row in rows}
    unknown = (set(said) - {row.title for row in rows}) | (
        {one for names in said.values() for one in names} - set(parties)
    )
    if unknown:
        raise ScriptError(f"deze documenten of derden zijn er niet: {', '.join(sorted(unknown))}.")
    return {row.id: tuple(parties[name] for name in said.get(row.title, ())) for row in rows}


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


def asked_again(services: Services, instance: Instance, values: Mapping[str, Any], fields: Fields) -> tuple[int, ...]:
    """The ids of the third parties with these names, where the form asks who is asked again; nobody when none is named."""
    field = next((one for one in fields.values() if one["type"] == "asked-again"), None)
    if field is None:
        return ()
    names = set(values.get(field["key"]) or ())
    with services.sessions() as session:
        return tuple(one.id for one in third_parties(session, instance.case_id) if one.name in names)


def view_answers(services: Services, instance: Instance, values: Mapping[str, Any], fields: Fields) -> dict[int, str]:
    """An answer to each view by the id of the party, from `{name: text}`; who is not named gets the same sentence as everybody."""
    field = next((one for one in fields.values() if one["type"] == "view-answers"), None)
    if field is None:
        return {}
    said: Mapping[str, str] = values.get(field["key"]) or {}
    with services.sessions() as session:
        views = to_answer(session, services.models, session.get_one(Instance, instance.id))
        names = dict(session.execute(select(Party.id, Party.name).where(Party.id.in_(views))).all())
    return {party: said.get(name, "Wij hebben uw reactie meegewogen.") for party, name in names.items()}


def redactions(services: Services, instance: Instance, fields: Fields) -> dict[str, NewDocument]:
    """A redacted version of everything that becomes public in part, where the form asks it."""
    if not any(one["type"] == "redactions" for one in fields.values()):
        return {}
    with services.sessions() as session:
        accepted = (DocumentRow.case_id == instance.case_id, DocumentRow.state == DocumentState.ACCEPTED)
        rows = session.scalars(select(DocumentRow).where(*accepted, in_part(part_of(session, instance))))
        return {
            row.id: NewDocument(made_up(services, f"gelakt-{row.title}"), "")
            for row in rows
            if is_public_in(row, "deels")
        }


def _assessment(said: Mapping[str, Any]) -> Assessment:
    return Assessment(said["public"], tuple(said.get("grounds", ())), said.get("date"), said.get("note", ""))
