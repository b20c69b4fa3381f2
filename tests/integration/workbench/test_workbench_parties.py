"""Somebody joins a running case: asked and checked as at registration, and told to the audit trail without a name."""

import pytest
from kit.browser import Browser
from kit.cases import register_bezwaar, rows
from kit.people import ADA, NOOR, TESS
from workbench_kit import BRAM

from processes.actions import act
from processes.actions.parties import AddParty
from processes.actions.registering import NewParty
from processes.actions.withdrawing import Withdraw
from processes.base.errors import CaseClosed, Invalid, NotAllowed
from processes.storage.tables import AuditRow, Party

THIRD = {
    "party-0-role": "third_party", "party-0-kind": "person", "party-0-name": "Yasmina el Voorbeeld",
    "party-0-number": "999993847", "party-0-channel": "portal",
}  # fmt: skip
TOGA = NewParty("representative", "mr. P. Toga", "company", identity="kvk:90004760", channel="portal")


def test_a_worker_adds_a_third_party_on_the_parties_tab(services, noor: Browser):
    number = register_bezwaar(services)
    assert "Betrokkene toevoegen" in noor.get(f"/werk/zaken/{number}/partijen")
    where = f"/werk/zaken/{number}/partijen/nieuw"
    noor.get(where)
    page = noor.post(where, THIRD)
    assert "De betrokkene hoort nu bij de zaak." in page
    assert "Yasmina el Voorbeeld" in page
    added = rows(services, Party)[-1]
    assert (added.role, added.filing, added.channel) == ("third_party", False, "portal")
    assert added.identity_index == services.secrets.index("bsn:999993847")
    trail = [row for row in rows(services, AuditRow) if row.action == "add_party"]
    assert len(trail) == 1
    assert "Yasmina" not in str(trail[0].detail)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"party-0-name": ""}, "party-0-name"),
        ({"party-0-number": "999993846"}, "party-0-number"),
        ({"party-0-number": ""}, "party-0-channel"),
        ({"party-0-channel": "post"}, "party-0-address"),
        ({"party-0-email": "geen adres"}, "party-0-email"),
        ({"party-0-role": "burgemeester"}, "party-0-role"),
    ],
)
def test_what_is_wrong_stands_at_its_field(services, noor: Browser, change, field):
    where = f"/werk/zaken/{register_bezwaar(services)}/partijen/nieuw"
    noor.get(where)
    page = noor.post(where, {**THIRD, **change}, status=422)
    assert f'href="#field-{field}"' in page
    assert len(rows(services, Party)) == 1


def test_a_representative_acts_for_all_who_filed_also_later(services):
    number = register_bezwaar(services)
    act(services, NOOR, AddParty(number, TOGA))
    act(services, NOOR, AddParty(number, BRAM))
    tess, toga, bram = sorted(rows(services, Party), key=lambda party: party.id)
    assert (tess.represented_by, toga.represented_by, bram.represented_by) == (toga.id, None, toga.id)


def test_nobody_joins_a_closed_case_and_a_committee_member_adds_nobody(services, noor: Browser):
    number = register_bezwaar(services)
    with pytest.raises(NotAllowed):
        act(services, ADA, AddParty(number, BRAM))
    act(services, NOOR, Withdraw(number, "Per telefoon"))
    with pytest.raises(CaseClosed):
        act(services, NOOR, AddParty(number, BRAM))
    assert "Betrokkene toevoegen" not in noor.get(f"/werk/zaken/{number}/partijen")
    noor.get(f"/werk/zaken/{number}/partijen/nieuw", 409)


def test_the_same_sentences_as_at_registration(services):
    with pytest.raises(Invalid) as wrong:
        act(services, NOOR, AddParty(register_bezwaar(services), NewParty("objector", TESS.name)))
    assert wrong.value.fields == {"party-0-address": "Vul het adres in: deze partij krijgt brieven per post."}


@pytest.mark.parametrize("unconfirmed", [True, False])
def test_t1_c5_an_address_that_the_citizen_did_not_confirm_is_marked(services, noor: Browser, unconfirmed):
    number = register_bezwaar(services, TESS)
    with services.sessions.begin() as session:
        session.get_one(Party, rows(services, Party)[0].id).email_unconfirmed = unconfirmed
    assert ("nog niet bevestigd" in noor.get(f"/werk/zaken/{number}/partijen")) is unconfirmed
