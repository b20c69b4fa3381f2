"""S14: the form of a worker that stood open while its case moved, and the forms that the page of deploying counts."""

import pytest
from kit.browser import Browser, hidden
from kit.cases import open_task, rows
from kit.people import FENNA, NOOR
from kit.small_types import TESS, deploy, register
from test_moving import NEXT, cases_of, moved

from processes.actions import act
from processes.actions.drafting import StartDraft
from processes.actions.drafts import SaveDraft
from processes.base.actor import Actor
from processes.storage.drafts import DraftContent
from processes.storage.services import Services
from processes.storage.tables import Case, TaskRow

pytestmark = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
OTHER_QUESTIONS = NEXT.changed("forms", '"Bedrag"', '"Bedrag in euro"').changed("forms", '"Redenen"', '"Uw redenen"')


def test_s14_a_worker_whose_case_moved_sees_what_changed_before_the_answer_counts(services: Services) -> None:
    cases_of(services, NEXT, 0)
    noor, path = Browser(services, NOOR), f"/werk/taken/{open_task(services, 'Work')}"
    noor.get(path)
    typed = {"dictum": "klaar", "amount": "12", "begonnen": hidden(noor.html, "begonnen")}
    deploy(services, OTHER_QUESTIONS, "eerste")
    moved(services)
    page = noor.post(path, typed, status=422)
    assert "Dit formulier is veranderd sinds u begon" in page
    assert "Eerst was de vraag: Bedrag" in page
    assert 'value="12"' in page
    assert rows(services, TaskRow, element="Work", state="done") == []
    noor.post(path, {**typed, "begonnen": hidden(noor.html, "begonnen")})
    assert len(rows(services, TaskRow, element="Work", state="done")) == 1


def test_s14_a_registration_that_stood_open_says_what_changed_and_keeps_what_was_typed(services: Services) -> None:
    noor, path = Browser(services, NOOR), "/werk/nieuw/eerste"
    noor.get(path)
    typed = {"grounds": "Te hoog", "party-0-name": "Tess Testeling", "begonnen": hidden(noor.html, "begonnen")}
    deploy(services, OTHER_QUESTIONS, "eerste")
    page = noor.post(path, typed, status=422)
    assert "Eerst was de vraag: Redenen" in page
    assert all(text in page for text in ("Te hoog", "Tess Testeling"))
    assert rows(services, Case) == []


def test_s14_the_page_of_deploying_counts_begun_forms_and_says_that_nothing_is_lost(services: Services) -> None:
    number = register(services, parties=(TESS,))
    act(services, FENNA, StartDraft("eerste"))
    fenna, path = Browser(services, FENNA), "/beheer/zaaktypen/eerste/ontwerp/in-gebruik"
    assert "gaat niets verloren" not in fenna.get(path)
    for name in ("een", "twee"):
        act(services, Actor("citizen", f"citizen:{name}", name), SaveDraft("/mijn/nieuw/eerste", DraftContent()))
    act(services, NOOR, SaveDraft(f"/werk/taken/{open_task(services, 'Work', number)}", DraftContent()))
    page = fenna.get(path)
    assert "2 mensen zijn aan een formulier begonnen; zij ronden het af zoals het was bij het begin." in page
    assert "In lopende zaken wacht 1 begonnen formulier." in page
    assert "gaat niets verloren" in page
