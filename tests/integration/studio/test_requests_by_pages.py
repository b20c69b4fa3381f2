"""O10 and O24: the text of a request and its reminders are set once on pages, without XML, and then every department gets them so."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from kit.browser import Browser
from kit.business_time import FixedClock
from kit.cases import BEZWAAR, INTAKE, add_departments, do, put_in_use, register_bezwaar, rows, shipped
from kit.installation import installation
from kit.people import FENNA

from processes.actions import act
from processes.actions.drafting import StartDraft
from processes.base.clock import AMSTERDAM
from processes.jobs.timer_sweep import sweep
from processes.storage import staff
from processes.storage.services import Services
from processes.storage.tables import DocumentRequestRow, MailRow

OURS = "parkeren@voorbeeldstad.example"
MANAGER = f"hoofd.{OURS}"
REMINDING = "/beheer/zaaktypen/stukkenverzoek/ontwerp"


def filled(services: Services) -> None:
    add_departments(services, "parkeren")
    # rehearsals of bezwaar take minutes, and have tests of their own; they say when the reminders of today go out
    put_in_use(services, *(replace(shipped(name), rehearsals={}) for name in BEZWAAR))
    with services.sessions.begin() as session:
        staff.remember(session, FENNA)
    for process in ("bezwaar", "stukkenverzoek"):
        act(services, FENNA, StartDraft(process))


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def services(tmp_path: Path, clock: FixedClock) -> Iterator[Services]:
    with installation(tmp_path, filled, clock=clock, faces=("admin",)) as opened:
        yield opened


def take_into_use(fenna: Browser, process: str) -> None:
    home = f"/beheer/zaaktypen/{process}/ontwerp/in-gebruik"
    fenna.get(home)
    assert "Versie 2 is in gebruik" in fenna.post(home)


def ask(services: Services) -> None:
    register_bezwaar(services)
    do(services, "Intake", **INTAKE)


def test_o31_s9_the_mail_about_a_document_is_found_among_the_mails_and_begins_with_our_text(services: Services) -> None:
    fenna, home = Browser(services, FENNA), "/beheer/zaaktypen/bezwaar/ontwerp/brieven"
    assert "document-afdeling gaat uit als een document klaarstaat" in fenna.get(home)
    page = fenna.post(home, {"mail": "document-teruggenomen"})
    assert "Wij hebben dit document teruggenomen." in page
    assert "Dit document hoort bij een andere zaak." in page  # the preview, with an invented reason
    assert "als een document van een afdeling is teruggenomen" in fenna.get(home)


def test_o10_the_text_of_the_request_is_set_once_on_a_page_and_reaches_the_department(services: Services) -> None:
    fenna = Browser(services, FENNA)
    address = "/beheer/zaaktypen/bezwaar/ontwerp/brieven/tekst/stukkenverzoek"
    fenna.get(address)
    text = "Onderwerp: Graag stukken voor {{ case.number }}\n\nWij vragen u om:\n{{ documents }}\n\nVoor {{ request.due | date }}, via\n{{ link }}\n\n{{ contact }}"
    assert "Bewaard" in fenna.post(address, {"text": text})
    take_into_use(fenna, "bezwaar")
    ask(services)
    (mail,) = rows(services, MailRow, recipient=OURS)
    (asked,) = rows(services, DocumentRequestRow)
    assert mail.subject.startswith("Graag stukken voor BZW-")
    assert f"{asked.due.day} " in mail.body  # O11: filled with the data of the case
    assert "{{" not in mail.body


def test_o24_reminders_are_set_on_pages_how_long_before_and_after_at_which_hour_to_whom_and_with_which_text(
    services: Services, clock: FixedClock
) -> None:
    fenna = Browser(services, FENNA)
    for element, when in (
        ("TwoDaysBefore", "at(working_day_or_before(request.due - days(5)), 14)"),
        ("TermExpired", "none"),
        ("WeekAfter", "repeat(at(working_day_or_after(request.due + days(3)), 9), working_days(2))"),
    ):
        fenna.get(f"{REMINDING}/verzoeken/onderdeel/{element}")
        typed = {"v.name": element, "v.timer": "timeCycle" if when.startswith("repeat") else "timeDate", "v.when": when}
        assert "Bewaard" in fenna.post(f"{REMINDING}/verzoeken/onderdeel/{element}", typed)
    to = f"{REMINDING}/brieven/instelling/ReminderSent/mail.0"
    fenna.get(to)
    assert "Bewaard" in fenna.post(
        to, {"v.template": "herinnering", "v.to": "department_manager", "v.documentType": "correspondence"}
    )
    text = f"{REMINDING}/brieven/tekst/herinnering"
    fenna.get(text)
    fenna.post(text, {"text": "Onderwerp: Nog vijf dagen voor {{ case.number }}\n\nZie {{ documents }}\n\n{{ link }}"})
    take_into_use(fenna, "stukkenverzoek")
    ask(services)
    (asked,) = rows(services, DocumentRequestRow)
    while clock.now().date() < asked.due + timedelta(days=8):
        clock.ahead += timedelta(hours=1)
        sweep(services)
    sent = [
        (
            row.recipient,
            row.subject[:16],
            row.created_at.astimezone(AMSTERDAM).hour,
            (row.created_at.date() - asked.due).days,
        )
        for row in rows(services, MailRow)
        if row.template in {"herinnering", "verlopen", "escalatie"}
    ]
    assert sent[0] == (MANAGER, "Nog vijf dagen v", 14, -5)
    assert {(who, hour) for who, _, hour, _ in sent[1:]} == {(MANAGER, 9)}
    assert len(sent[1:]) >= 2
    assert min(days for *_, days in sent[1:]) >= 3
