"""C2 and C14: a mandate opens what the represented one may see, and nothing of whom it is not about, also not of who acts."""

from typing import Any

import pytest
from hidden_party import SECRETS
from kit.browser import Browser
from kit.cases import count, rows
from kit.people import BRAM, ILSE, TESS, TOGA

from processes.actions import act
from processes.actions.defaulting import PutInDefault
from processes.actions.messages import SendMessage
from processes.actions.own_bundles import MakeOwnBundle
from processes.actions.registering import NewParty
from processes.actions.translating import TranslateLetter
from processes.actions.withdrawing import Withdraw
from processes.base.errors import NotAllowed, NotFound
from processes.reads.citizen import document_to_send
from processes.storage.services import Services
from processes.storage.tables import AuditRow, DocumentRow, FiledRow, NoticeRow, Party

FOR_ILSE = {"for": str(ILSE.identity), "for_name": ILSE.name}
COMPANY = NewParty("objector", "Verzonnen Bouw B.V.", "company", identity="kvk:68750110")
BRANCH = {"for": "kvk:68750110", "for_name": COMPANY.name, "branch": "000012345678"}
MANDATES: dict[str, tuple[NewParty, dict[str, str]]] = {
    "stranger for another objector": (BRAM, FOR_ILSE),
    "the party herself, acting for another objector": (TESS, FOR_ILSE),
    "office for a company": (TOGA, {"for": "kvk:68750110", "for_name": COMPANY.name}),
    "office for a branch": (TOGA, BRANCH),
    "branch": (COMPANY, BRANCH),
}


@pytest.mark.parametrize("name", MANDATES)
def test_c2_a_mandate_opens_nothing_of_another_party(services: Services, number: str, name: str) -> None:
    browser = Browser(services, *MANDATES[name])
    (tess,) = [row for row in rows(services, Party) if row.name == TESS.name]
    (filed,) = [row for row in rows(services, FiledRow) if row.title == "Bezwaarschrift"]
    case, theirs = f"/mijn/zaken/{number}", rows(services, DocumentRow, party_id=tess.id)
    addresses = [
        f"{case}/ingestuurd/{filed.id}", f"{case}/ingestuurd/{filed.id}/tekst", *(f"/mijn/documenten/{row.id}" for row in theirs),
        *(f"{case}/brieven/{row.id}" for row in rows(services, NoticeRow, party_id=tess.id)),
    ]  # fmt: skip
    for address in ["/mijn", "/mijn/gegevens", case, *addresses]:
        answer = browser.client.get(address)
        assert address not in addresses or answer.status_code == 404, address
        assert not any(one in answer.text for one in SECRETS), address
    for row in theirs:
        with pytest.raises(NotFound):
            document_to_send(services, browser.actor, row.id)
    assert (number in browser.get("/mijn")) == ("for" in name and "objector" in name)


@pytest.mark.parametrize("name", ["office for a company", "office for a branch", "branch"])
def test_c14_a_mandate_for_somebody_else_changes_nothing_in_a_case(services: Services, number: str, name: str) -> None:
    actor, before = Browser(services, *MANDATES[name]).actor, count(services, AuditRow)
    actions: list[Any] = [
        SendMessage(number, "Hallo"), Withdraw(number, "Ik stop."), MakeOwnBundle(number, "pdf"), PutInDefault(number),
        TranslateLetter(number, rows(services, NoticeRow)[0].id),
    ]  # fmt: skip
    for action in actions:
        with pytest.raises((NotFound, NotAllowed)):
            act(services, actor, action)
    assert count(services, AuditRow) == before
