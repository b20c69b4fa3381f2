"""All cases of a person: from a party, by the number and never by a name, and only what the reader may see."""

import re
from dataclasses import replace

import pytest
from kit.browser import Browser
from kit.cases import register_bezwaar, rows, today
from kit.people import ADA, ILSE, NOOR, PIET, TESS, known
from kit.statements import statements

from processes.actions import act
from processes.actions.course import AssignHandler
from processes.storage.services import Services
from processes.storage.session import transaction
from processes.storage.tables import Party


def address(services: Services, number: str, name: str) -> str:
    party = next(row for row in rows(services, Party) if row.name == name)
    return f"/werk/zaken/{number}/partijen/{party.id}/zaken"


def listed(page: str) -> list[str]:
    return re.findall(r">(BZW-\d{4}-\d{6})(?: \(deze zaak\))?</a>", page.partition("<tbody>")[2])


@pytest.fixture
def three(services: Services) -> list[str]:
    """Cases of Tess, and one of Ilse who has the same name."""
    own = [register_bezwaar(services, TESS) for _ in range(3)]
    register_bezwaar(services, replace(ILSE, name=TESS.name))
    return own


def test_w18_from_a_party_one_press_to_every_case_of_the_same_person_running_first(services, noor: Browser, three):
    place = f"/werk/zaken/{three[0]}"
    noor.get(place)
    noor.post(
        f"/werk/zaken/{three[2]}/intrekken", {"reason": "Brief", "answer-received_on": today(services).isoformat()}
    )
    there = address(services, three[0], TESS.name)
    assert f'href="{there}"' in noor.get(f"{place}/partijen")
    page = noor.get(there)
    assert listed(page) == [three[1], three[0], three[2]]
    for part in ("Dit zijn 3 zaken", "Indiener", "(deze zaak)", "afgerond", "Ontvangen"):
        assert part in page
    assert "999993653" not in page


def test_w18_a_case_in_which_somebody_is_confidential_is_listed_for_its_handler_alone(services, noor: Browser, three):
    with transaction(services.sessions) as session:
        for party in session.query(Party).filter(Party.name == TESS.name, Party.case_id == 2):
            party.confidential = True
        session.commit()
    known(services, PIET)
    there = address(services, three[0], TESS.name)
    assert listed(noor.get(there)) == [three[2], three[0]]
    act(services, NOOR, AssignHandler(three[1], "piet"))
    assert listed(Browser(services, PIET).get(there)) == [three[2], three[1], three[0]]


def test_w18_who_may_not_know_the_party_or_handles_no_cases_gets_no_list(services, noor: Browser, three):
    there = address(services, three[0], TESS.name)
    Browser(services, ADA).get(there, 403)
    noor.get(there.replace(three[0], three[1]), 404)
    noor.get(there.replace("/zaken/BZW", "/zaken/XYZ"), 404)


def test_w18_somebody_without_a_number_is_only_searched_for_by_name(services, noor: Browser):
    on_paper = replace(TESS, identity=None, channel="post", address="Dorpsweg 1\n1234 AB Voorbeeldstad")
    number, _other = register_bezwaar(services, on_paper), register_bezwaar(services, on_paper)
    page = noor.get(address(services, number, TESS.name))
    assert "geen BSN of KvK-nummer bekend" in page
    assert "zoek=Tess" in page
    assert listed(page) == []


def test_w18_the_list_takes_no_more_statements_for_more_cases(services, noor: Browser, three):
    def once() -> int:
        with statements(services) as seen:
            noor.get(there)
        return len(seen)

    def count() -> int:
        """The fewest of three: the first look is written down, and once a minute the session is prolonged."""
        return min(once() for _ in range(3))

    there = address(services, three[0], TESS.name)
    few = count()
    for _ in range(4):
        register_bezwaar(services, TESS)
    assert count() == few
    assert "Dit zijn 7 zaken" in noor.get(there)
