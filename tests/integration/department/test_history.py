"""O28 to O30: what happened in a dossier, in order of time, each with a page of its own; also of a dossier with thirty requests."""

import html
import re
from datetime import timedelta

import pytest
from kit.desk import Desk
from kit.documents import PDF
from kit.people import NOOR

from processes.actions import act
from processes.actions.course import ChangeRemark, PressButton
from processes.actions.timers import FireTimers
from processes.base.actor import SYSTEM
from processes.storage.tables import Case, DocumentRequestRow, MailRow

ENTRY = re.compile(r'href="([^"]+)"[^>]*>([^<]+)</a>\s*<span class="zs-quiet dep-small">')


def words(answer) -> str:
    return html.unescape(answer.text)


def menu(office: Desk) -> list[tuple[str, str]]:
    """Address and title of every entry of the left menu, in its order."""
    return ENTRY.findall(words(office.client.get(office.address)).split("Wat er gebeurde", 1)[1])


def pass_days(office: Desk, days: int) -> None:
    office.clock.ahead += timedelta(days)
    act(office.services, SYSTEM, FireTimers(office.rows(Case)[0].id))


def test_o25_a_reminder_two_days_before_and_one_when_it_is_late_stand_in_the_history_to_be_read(
    office: Desk,
) -> None:
    pass_days(office, (office.rows(DocumentRequestRow)[0].due - office.today).days - 2)
    pass_days(office, 4)
    titles = {title: where for where, title in menu(office)}
    for start in ("Herinnering: stukken voor zaak", "Te laat: stukken voor zaak"):
        where = next(titles[one] for one in titles if one.startswith(start))
        page = words(office.client.get(where))
        assert "(de link naar dit dossier)" in page
        assert "[[dossier:" not in page
        assert office.token not in page.split('class="zs-letter"', 1)[1].split("</div>", 1)[0]


def test_o29_every_entry_has_a_page_of_its_own_in_order_of_time(office: Desk) -> None:
    office.clock.ahead += timedelta(1)
    office.deliver(("besluit.pdf", PDF))
    found = menu(office)
    assert next(title for _, title in found) == "Verzoek om stukken"
    assert [title for _, title in found][-1] == "Aanlevering 1"
    places = [where for where, _ in found]
    assert len(set(places)) == len(places)
    assert office.address not in places
    for where, title in found:
        page = office.client.get(where)
        assert page.status_code == 200
        assert 'aria-current="page"' in page.text.split("Wat er gebeurde", 1)[1]
        assert title in words(page)


def test_o28_the_page_of_the_request_says_what_was_asked_and_shows_the_mail(office: Desk) -> None:
    where = next(where for where, title in menu(office) if title == "Verzoek om stukken")
    page = words(office.client.get(where))
    for text in (
        "Het besluit waartegen bezwaar is gemaakt",
        "De mail die u kreeg",
        "Stukken aanleveren",
        "Moet nog komen",
    ):
        assert text in page
    mail = next(row for row in office.rows(MailRow) if row.template == "stukkenverzoek")
    assert mail.body.splitlines()[0] in page
    assert not [
        title for _, title in menu(office) if title == mail.subject
    ]  # it stands with the request, not beside it


@pytest.mark.parametrize(
    "rest", ["gevraagd/999", "bericht/999", "bericht/0", "voor-u/niets", "antwoord/999", "gevraagd/x"]
)
def test_o29_what_is_not_of_this_dossier_is_not_there(office: Desk, rest: str) -> None:
    assert office.client.get(f"{office.address}/{rest}").status_code == 404


def test_o29_another_department_reads_no_mail_of_this_one(office: Desk) -> None:
    mail = next(row for row in office.rows(MailRow) if row.template == "stukkenverzoek")
    assert office.client.get(f"{office.address}/bericht/{mail.id}").status_code == 200
    citizens = [row for row in office.rows(MailRow) if row.template != "stukkenverzoek"]
    for row in citizens:
        assert office.client.get(f"{office.address}/bericht/{row.id}").status_code == 404


def test_o14_the_remark_says_when_it_was_written(office: Desk) -> None:
    act(office.services, NOOR, ChangeRemark(office.number, "Graag ook de foto's."))
    assert "Geschreven op" in office.client.get(office.address).text


def test_o30_a_dossier_with_thirty_open_requests_still_works(office: Desk) -> None:
    for _ in range(29):
        act(office.services, NOOR, PressButton(office.number, "more_documents"))
    page = words(office.client.get(office.address))
    asked = page.split("Wij vragen u ook", 1)[1].split("</section>", 1)[0]
    assert asked.count("/taak/") == 29
    folded = re.search(r"Eerder \((\d+)\)", page)
    assert folded is not None
    assert int(folded[1]) >= 20
    last = re.findall(r'href="([^"]+/taak/[^"]+)"', asked)[-1]
    assert "Stukken aanleveren" in office.client.get(last).text or "1. Wat wij u vragen" in office.client.get(last).text
