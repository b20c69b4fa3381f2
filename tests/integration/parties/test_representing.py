"""J8: a representative is replaced, taken off or given to a party, and the post goes to who reads it from then on."""

import pytest
from kit.browser import Browser
from kit.cases import register_bezwaar, rows
from kit.people import ILSE_BSN, NOOR, TOGA, YASMINA, citizen
from parties_kit import OTHER_STREET, REASON, STREET, the_party

from processes.access.visibility import cases_of
from processes.actions import act
from processes.actions.parties import AddParty
from processes.actions.registering import NewParty
from processes.actions.representing import RemoveParty, ReplaceRepresentative, Represent
from processes.base.errors import Invalid, NotFound, NotNow
from processes.jobs.workers import drain
from processes.storage.tables import CorrectionRow, NoticeRow, Party

SQLITE_ONLY = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
BY_POST = NewParty("objector", "Tess Testeling", address=STREET)
LAWYER = NewParty("representative", "mr. A. Vocaat", "company", address=OTHER_STREET)
NEW = NewParty("representative", "mr. N. Ieuw", "company", identity="kvk:68750110", address="Nieuwstraat 1")


def letters(services) -> list[tuple[str, str | None]]:
    """Whom each letter is to, and why it was stopped."""
    names = {row.id: row.name for row in rows(services, Party)}
    return [(names[row.party_id], row.stopped) for row in rows(services, NoticeRow)]


def sees(services, party: NewParty) -> list[str]:
    with services.sessions() as session:
        return [case.number for case in session.scalars(cases_of(citizen(services, party).subject))]


def test_j8_a_new_representative_takes_over_with_the_letters_that_wait(services):
    number = register_bezwaar(services, BY_POST, LAWYER)
    drain(services)
    assert letters(services) == [("mr. A. Vocaat", None)]
    old = the_party(services, "representative")
    act(services, NOOR, ReplaceRepresentative(number, old.id, NEW, REASON))
    tess, gone, new = rows(services, Party)
    assert (tess.represented_by, gone.left_on is not None, new.role) == (new.id, True, "representative")
    assert letters(services) == [("mr. N. Ieuw", None)]
    assert rows(services, NoticeRow)[0].body.startswith("Beste mr. N. Ieuw,")
    assert next((row.kind, row.was, row.became) for row in rows(services, CorrectionRow)) == (
        "represented", {"represented_by": "mr. A. Vocaat"}, {"represented_by": "mr. N. Ieuw"},
    )  # fmt: skip


def test_j8_who_is_taken_off_sees_nothing_any_more_and_the_post_goes_to_the_party(services):
    number = register_bezwaar(services, BY_POST, TOGA)
    assert sees(services, TOGA) == [number]
    act(services, NOOR, RemoveParty(number, the_party(services, "representative").id, REASON))
    assert sees(services, TOGA) == []
    assert the_party(services).represented_by is None


@SQLITE_ONLY
def test_j8_a_letter_for_two_who_lose_their_representative_goes_to_both(services):
    ilse = NewParty("objector", "Ilse Namaak", identity=ILSE_BSN, address=OTHER_STREET)
    number = register_bezwaar(services, BY_POST, ilse, LAWYER)
    act(services, NOOR, RemoveParty(number, the_party(services, "representative").id, REASON))
    assert letters(services) == [("Tess Testeling", None), ("Ilse Namaak", None)]
    bodies = [row.body.partition("\n")[0] for row in rows(services, NoticeRow)]
    assert bodies == ["Beste Tess Testeling,", "Beste Ilse Namaak,"]


@SQLITE_ONLY
def test_j8_one_of_two_parties_gets_a_representative_of_the_own(services):
    ilse = NewParty("objector", "Ilse Namaak", identity=ILSE_BSN, address=OTHER_STREET)
    number = register_bezwaar(services, BY_POST, ilse)
    act(services, NOOR, AddParty(number, LAWYER))
    tess, other, lawyer = rows(services, Party)
    act(services, NOOR, Represent(number, other.id, None, REASON))
    assert [row.represented_by for row in rows(services, Party)] == [lawyer.id, None, None]
    with pytest.raises(Invalid, match="al zo"):
        act(services, NOOR, Represent(number, other.id, None, REASON))
    with pytest.raises(Invalid, match="lijst"):
        act(services, NOOR, Represent(number, other.id, tess.id, REASON))


@SQLITE_ONLY
def test_j8_a_third_party_who_is_none_leaves_and_who_filed_stays(services):
    number = register_bezwaar(services, BY_POST)
    act(services, NOOR, AddParty(number, YASMINA))
    act(services, NOOR, RemoveParty(number, the_party(services, "third_party").id, REASON))
    assert sees(services, YASMINA) == []
    with pytest.raises(NotFound):
        act(services, NOOR, RemoveParty(number, the_party(services, "third_party").id, REASON))
    with pytest.raises(NotNow):
        act(services, NOOR, RemoveParty(number, the_party(services).id, REASON))


@SQLITE_ONLY
def test_j8_the_pages_replace_a_representative_and_take_one_off(services, noor: Browser):
    number = register_bezwaar(services, BY_POST, LAWYER)
    where = f"/werk/zaken/{number}/partijen"
    old = the_party(services, "representative").id
    assert "mr. A. Vocaat ziet de zaak daarna niet meer" in noor.get(f"{where}/{old}/vervangen")
    form = {"party-0-role": "representative", "party-0-kind": "company", "party-0-name": "mr. N. Ieuw",
            "party-0-address": "Nieuwstraat 1", "party-0-channel": "post"}  # fmt: skip
    assert 'href="#field-reason"' in noor.post(f"{where}/{old}/vervangen", form, status=422)
    noor.get(f"{where}/{old}/vervangen")
    page = noor.post(f"{where}/{old}/vervangen", {**form, "reason": REASON})
    assert "De gemachtigde is veranderd." in page
    assert "hoort niet meer bij de zaak" in page
    new = the_party(services, "representative").id
    noor.get(f"{where}/{new}/vervangen")
    assert "De betrokkene hoort niet meer bij de zaak." in noor.post(f"{where}/{new}/weg", {"reason-weg": REASON})
    tess = the_party(services).id
    noor.get(f"{where}/{tess}/gemachtigde")
    assert "Er is niets veranderd" in noor.post(
        f"{where}/{tess}/gemachtigde", {"representative": "", "reason": REASON}, status=422
    )
