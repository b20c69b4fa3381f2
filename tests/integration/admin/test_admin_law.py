"""The law on the pages of the administration: found, changed from a date with its effect shown first, and taken back."""

import re
from datetime import date, timedelta

import pytest
from admin_kit import Browser
from kit.cases import register_bezwaar, rows
from kit.people import NOOR
from sqlalchemy import select

from processes.actions import act
from processes.actions.tasks import CompleteTask
from processes.base.clock import local_date
from processes.base.dutch import date_in_words
from processes.jobs.workers import drain
from processes.storage.services import Services
from processes.storage.tables import DeadlineRow, LawRuleRow, TaskRow

HOME = "/beheer/wettelijke-termijnen"
RULE = f"{HOME}/regel/awb-7-10/standard"
INTAKE = {"in_time": "ja", "interested": True, "right_body": True, "complete": True, "route": "zonder_horen",
          "department": "parkeren"}  # fmt: skip
TYPED = {
    "valid_from": "2020-01-01", "title": "Beslissing op bezwaar", "article": "Awb 7:10, lid 1", "amount": "8",
    "unit": "weeks", "after": "awb-6-7", "counts_from": "", "extension": "6", "extension_unit": "weeks",
    "extension_article": "Awb 7:10, lid 3", "consent": "Awb 7:10, lid 4", "moved": "ja",
    "source": "Een verzonnen wijzigingswet", "checked_on": "2020-01-01", "certainty": "sure",
}  # fmt: skip


def hidden(page: str) -> dict[str, str]:
    """What the confirm page sends along."""
    form = page.rsplit('<form method="post" action="/beheer', maxsplit=1)[-1].split("</form>", maxsplit=1)[0]
    found = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
    return {name: value for name, value in found.items() if name not in {"csrf", "form_key"}}


def due(services: Services) -> list[date]:
    with services.sessions() as session:
        return list(session.scalars(select(DeadlineRow.due).where(DeadlineRow.code == "decide")))


def running(services: Services) -> str:
    """A bezwaar that is handled without a committee."""
    number = register_bezwaar(services)
    with services.sessions() as session:
        task = session.scalars(select(TaskRow.id).where(TaskRow.state == "open", TaskRow.side == "worker")).first()
    act(services, NOOR, CompleteTask(task, INTAKE))
    return number


def test_b4_the_law_is_listed_by_law_and_can_be_searched(fenna: Browser) -> None:
    page = fenna.get(HOME)
    assert page.index("Algemene wet bestuursrecht (Awb)") < page.index("Wet open overheid (Woo)")
    page = fenna.get(f"{HOME}?zoek=BEZWAAR+7:10")
    assert "awb-7-10" in page
    assert "woo-4-4" not in page
    assert "geen regel gevonden met &#39;&lt;b&gt;&#39;" in fenna.get(f"{HOME}?zoek=<b>")


def test_b4_a_rule_is_changed_from_a_date_after_its_effect_was_shown(fenna: Browser, services: Services) -> None:
    number = running(services)
    (before,) = due(services)
    assert "Awb 7:10, lid 1" in fenna.get(f"{RULE}/wijzigen")
    page = fenna.post(f"{RULE}/wijzigen", TYPED)
    assert "Er is nog niets opgeslagen" in page
    assert "Bij 1 van de 1 lopende zaken" in page
    assert number in page
    assert "Daarvoor: 6 weken" in page
    assert (rows(services, LawRuleRow), due(services)) == ([], [before])
    after = re.search(r'data-label="Wordt">([^<]+)<', page)
    page = fenna.post(f"{RULE}/wijzigen", {**hidden(page), "step": "save"})
    assert "Nieuwe berekeningen gebruiken deze regel al" in page
    for words in ("8 weken", "1 januari 2020", "31 december 2019", "Fenna Beheer", "Een verzonnen wijzigingswet"):
        assert words in page
    drain(services)
    (now,) = due(services)
    assert timedelta(days=9) < now - before < timedelta(days=18)  # two weeks, and where weekends and holidays lie
    assert after
    assert after[1] in date_in_words(now)
    assert [(row.saved_by, row.record["amount"]) for row in rows(services, LawRuleRow)] == [("fenna", 8)]
    assert "8 weken" in fenna.get(f"{HOME}?zoek=awb-7-10")


def test_the_confirm_page_leads_back_to_the_form_with_what_was_typed(fenna: Browser, services: Services) -> None:
    page = fenna.post(f"{RULE}/wijzigen", TYPED)
    page = fenna.post(f"{RULE}/wijzigen", {**hidden(page), "step": "change"})
    assert 'value="Een verzonnen wijzigingswet"' in page
    assert 'name="moved" value="ja" checked' in page
    assert rows(services, LawRuleRow) == []


@pytest.mark.parametrize(
    ("field", "value"), [("amount", "veel"), ("valid_from", ""), ("source", ""), ("after", "awb-7-10")]
)
def test_a_wrong_rule_is_said_at_its_field_with_what_was_typed(fenna: Browser, field: str, value: str) -> None:
    for step in ("", "save"):
        page = fenna.post(f"{RULE}/wijzigen", {**TYPED, field: value, "step": step}, status=422)
        assert f'href="#field-{field}"' in page
        assert "Awb 7:10, lid 3" in page


def test_a_new_rule_is_added_and_a_version_taken_out_again(fenna: Browser, services: Services) -> None:
    added = {**TYPED, "code": "eigen-regel", "variant": "standard", "after": "", "title": "Een eigen termijn"}
    page = fenna.post(f"{HOME}/nieuw", added)
    assert "Geen enkele lopende zaak rekent hiermee" in page
    fenna.post(f"{HOME}/nieuw", {**hidden(page), "step": "save"})
    assert "Andere regels" not in fenna.get(HOME)  # its article is one of the Awb
    own = f"{HOME}/regel/eigen-regel/standard"
    page = fenna.post(f"{own}/wijzigen", {**added, "valid_from": "2021-01-01", "amount": "9"})
    fenna.post(f"{own}/wijzigen", {**hidden(page), "step": "save"})
    assert "weghalen?" in fenna.get(f"{own}/2021-01-01/weghalen")
    page = fenna.post(f"{own}/2021-01-01/weghalen")
    assert "weggehaald" in page
    assert "9 weken" in page  # what was saved stays to be read
    fenna.get(f"{own}/2021-01-01/weghalen", status=404)
    fenna.get(f"{own}/2020-01-01/weghalen", status=422)
    fenna.get(f"{own}/gisteren/weghalen", status=404)
    fenna.get(f"{HOME}/regel/verzonnen/standard", status=404)


def test_b4_a_closed_day_is_added_with_its_effect_and_taken_out(fenna: Browser, services: Services) -> None:
    running(services)
    (day,) = due(services)
    typed = {"day": day.isoformat(), "title": "gelijkgesteld met een feestdag", "source": "Een verzonnen besluit",
             "checked_on": "2020-01-01", "certainty": "high"}  # fmt: skip
    assert "niet mee" in fenna.post(f"{HOME}/dagen/nieuw", {**typed, "day": "2026-12-25"}, status=422)
    page = fenna.post(f"{HOME}/dagen/nieuw", typed)
    assert "Bij 1 van de 1 lopende zaken" in page
    assert 'value="Een verzonnen besluit"' in fenna.post(f"{HOME}/dagen/nieuw", {**hidden(page), "step": "change"})
    assert "De dag staat in de lijst" in fenna.post(f"{HOME}/dagen/nieuw", {**typed, "step": "save"})
    drain(services)
    assert due(services)[0] > day
    assert "Bij 1 van de 1 lopende zaken" in fenna.get(f"{HOME}/dagen/{day}/weghalen")
    assert "De dag is weggehaald" in fenna.post(f"{HOME}/dagen/{day}/weghalen")
    drain(services)
    assert due(services) == [day]
    fenna.post(f"{HOME}/dagen/{day}/weghalen", status=404)


def test_the_effect_is_what_saving_does_also_for_many_cases(fenna: Browser, services: Services, monkeypatch) -> None:
    numbers = [running(services) for _ in range(5)]
    monkeypatch.setattr("processes.reads.admin.law_effect.MOST_LOOKED_AT", 4)
    monkeypatch.setattr("processes.reads.admin.law_effect.AT_ONCE", 3)
    page = fenna.post(f"{RULE}/wijzigen", TYPED)
    assert "Bij 4 van de 4 lopende zaken" in page
    assert "Er zijn meer lopende zaken" in page
    assert [number in page for number in numbers] == [True] * 4 + [False]
    assert local_date(services.clock.now()) < due(services)[0]
