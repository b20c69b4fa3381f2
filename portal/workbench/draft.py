"""A case that is being registered, as typed: rows of parties, decisions and documents that a worker adds one by one.

Rows that stayed empty are left out when the case is registered, so that the numbers in the errors of the action are the
numbers on the page; while rows are being added every row stays.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from engine.words import FixedRole
from portal.received import Received
from processes.base.uploads import Upload
from processes.reads.workbench import KnownDecision, KnownParty, MainCase
from processes.storage.words import PartyKind, PostChannel

PARTY = (
    "role", "kind", "name", "number", "email", "phone", "address", "channel", "secret_address", "deceased",
    "electronic_since", "electronic_how", "same", "same_as", "sure", "needs", "language", "branch",
)  # fmt: skip
DECISION = ("subject", "number", "taken_on", "announced_on", "department", "missing", "taken_by", "woo")
DOCUMENT = ("type", "title")
MOST_ROWS = 30
# what is filled in by itself, and so does not show that a row was used
GIVEN = {"role", "kind", "channel", "type", "department", "taken_by", "same", "same_as", "sure"}

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RegistrationDraft:
    """`files` holds the files of each document row, by its number."""

    parties: Sequence[Row]
    decisions: Sequence[Row]
    documents: Sequence[Row]
    files: Sequence[Sequence[Upload]]
    typed: Received


def one_party(form: Received, role: str) -> Row:
    """The only party on a page, as typed; `role` before anything was."""
    return _row(form, "party", 0, PARTY) if form.fields else _new_party(role)


def empty_draft(role: str) -> RegistrationDraft:
    """One row of each kind to begin with."""
    return RegistrationDraft(
        [_new_party(role)], [dict.fromkeys(DECISION, "")], [dict.fromkeys(DOCUMENT, "")], [[]], Received()
    )


def draft_with(main: MainCase, role: str) -> RegistrationDraft:
    """The draft that takes parties and contested decisions over from the case that the new one belongs to."""
    parties = [_known_party(party) for party in main.parties] or [_new_party(role)]
    decisions = [_known_decision(decision) for decision in main.decisions] or [dict.fromkeys(DECISION, "")]
    return RegistrationDraft(parties, decisions, [dict.fromkeys(DOCUMENT, "")], [[]], Received())


def read_draft(form: Received, role: str, *, every_document: bool = False) -> RegistrationDraft:
    """The draft as typed, with one more row where the button for it was pressed. `every_document`: each row of documents keeps its
    number, also behind an empty one, for files wait under it.
    """
    added = form.one("add")
    parties = _rows(form, "party", PARTY) or [_new_party(role)]
    decisions = _rows(form, "decision", DECISION)
    numbers = [
        at for at in range(MOST_ROWS) if form.files.get(f"document-{at}-files") or _kept(form, "document", at, DOCUMENT)
    ]
    if every_document:
        numbers = list(range(max(numbers, default=-1) + 1))
    documents: list[Row] = [_row(form, "document", at, DOCUMENT) for at in numbers]
    files = [form.files.get(f"document-{at}-files", []) for at in numbers]
    if added == "party":
        parties.append(
            _new_party(FixedRole.REPRESENTATIVE if form.one("add_role") == FixedRole.REPRESENTATIVE else role)
        )
    if added == "decision" or not decisions:
        decisions.append(dict.fromkeys(DECISION, ""))
    if added == "document" or not documents:
        documents.append(dict.fromkeys(DOCUMENT, ""))
        files.append([])
    return RegistrationDraft(parties, decisions, documents, files, form)


def _rows(form: Received, kind: str, names: Sequence[str]) -> list[Row]:
    return [_row(form, kind, at, names) for at in range(MOST_ROWS) if _kept(form, kind, at, names)]


def _kept(form: Received, kind: str, at: int, names: Sequence[str]) -> bool:
    """Whether a row was filled in, or stood on the page while another was being added."""
    row = _row(form, kind, at, names)
    on_page = any(f"{kind}-{at}-{name}" in form.fields for name in names)
    shown_again = bool(form.one("add") or form.one("lookup"))
    return any(row[name] for name in names if name not in GIVEN) or (on_page and shown_again)


def _row(form: Received, kind: str, at: int, names: Sequence[str]) -> dict[str, str]:
    """The fields of one row as typed; only an address has several lines."""
    return {name: (form.text if name == "address" else form.one)(f"{kind}-{at}-{name}") for name in names}


def _new_party(role: str) -> dict[str, str]:
    return {**dict.fromkeys(PARTY, ""), "role": role, "kind": PartyKind.PERSON, "channel": PostChannel.POST}


def _known_party(party: KnownParty) -> Row:
    given = {name: getattr(party, name, None) for name in PARTY}
    same = {"same": party.identity is not None, "same_as": str(party.id) if party.identity else ""}
    return {name: _as_typed(value) for name, value in {**given, **same}.items()}


def _known_decision(decision: KnownDecision) -> Row:
    return {name: _as_typed(getattr(decision, name)) for name in DECISION}


def _as_typed(value: object) -> str:
    if isinstance(value, bool):
        return "ja" if value else ""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if value is not None else ""
