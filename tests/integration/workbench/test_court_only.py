"""A handler says of each paper whether the other parties may read it, or the court alone and why (Awb 8:29)."""

from html import unescape

import pytest
from kit.browser import Browser
from kit.cases import do, open_task, put_in_use, rows, today
from kit.documents import stored
from kit.people import NOOR, TESS, YASMINA, citizen

from processes.actions import act
from processes.actions.documents import AddDocuments, ShowOnPortal
from processes.actions.filing import NewDocument
from processes.actions.registering import NewDecision, NewParty, RegisterCase
from processes.base.errors import NotNow
from processes.reads.citizen import read_case
from processes.storage.tables import DocumentRow

WHY = "De melder loopt gevaar als zijn naam bekend wordt."
COURT = NewParty("court", "Rechtbank Voorbeeldland", kind="company", address="Postbus 1, 1234 AB Voorbeeldstad")


@pytest.fixture
def number(services) -> str:
    """An appeal whose papers are put together: a decision and a report, of which one is on the portal already."""
    put_in_use(services, "beroep")
    number = act(
        services,
        NOOR,
        RegisterCase(
            "beroep",
            "letter",
            today(services),
            parties=(TESS, YASMINA, COURT),
            decisions=(NewDecision("Parkeervergunning", department="parkeren", announced_on=today(services)),),
            values={"kind": "bezwaar", "grounds": "Niet eerlijk", "grounds_sent_on": today(services).isoformat()},
        ),
    )
    do(services, "AssessAppeal", litigator="Noor", department="parkeren")
    files = ("contested_decision", "besluit.pdf"), ("underlying", "melding.pdf")
    act(
        services,
        NOOR,
        AddDocuments(number, tuple(NewDocument(stored(services, name), kind, name) for kind, name in files)),
    )
    act(services, NOOR, ShowOnPortal(paper(services, "melding.pdf").id, shown=True))
    do(services, "CompileFile", inventory="1. Besluit.", confidential_parts=True, defence_wanted="nee")
    return number


def paper(services, title: str) -> DocumentRow:
    return next(row for row in rows(services, DocumentRow) if row.title == title)


def listed(services, reader, number: str) -> set[str]:
    return {line.title for line in read_case(services, citizen(services, reader), number).documents}


def test_j6_each_paper_needs_a_choice_and_one_for_the_court_alone_a_reason(services, noor: Browser, number) -> None:
    address = f"/werk/taken/{open_task(services, 'MarkRestricted')}"
    page = noor.get(address)
    assert page.count("Mogen de andere partijen dit stuk lezen?") == 2
    decision, report = paper(services, "besluit.pdf").id, paper(services, "melding.pdf").id
    page = unescape(noor.post(address, {f"open-{decision}": "ja"}, status=422))
    page = unescape(noor.post(address, {f"open-{decision}": "ja", f"open-{report}": "nee"}, status=422))
    assert "Schrijf waarom alleen de rechtbank 'melding.pdf' mag lezen." in page
    noor.post(address, {f"open-{decision}": "ja", f"open-{report}": "nee", f"why-{report}": WHY})
    row = paper(services, "melding.pdf")
    assert (row.type, row.confidentiality, row.inspection) == ("withheld", "vertrouwelijk", {"open": False, "why": WHY, "court": True})  # fmt: skip
    assert paper(services, "besluit.pdf").type == "contested_decision"


def test_j6_the_other_party_sees_a_paper_for_the_court_alone_in_no_list(services, noor: Browser, number) -> None:
    assert "melding.pdf" in listed(services, TESS, number)
    ids = {name: paper(services, name).id for name in ("besluit.pdf", "melding.pdf")}
    noor.post(
        f"/werk/taken/{open_task(services, 'MarkRestricted')}",
        {f"open-{ids['besluit.pdf']}": "ja", f"open-{ids['melding.pdf']}": "nee", f"why-{ids['melding.pdf']}": WHY},
    )
    with pytest.raises(NotNow, match="alleen de rechtbank"):
        act(services, NOOR, ShowOnPortal(ids["melding.pdf"], shown=True))
    for reader in (TESS, YASMINA):
        case = read_case(services, citizen(services, reader), number)
        assert "melding.pdf" not in {line.title for line in case.documents}
        assert case.inspection is None
