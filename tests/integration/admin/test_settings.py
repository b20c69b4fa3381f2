"""J13: settings that hold from a day on, on the pages of the administration: changed with the effect shown first, with history."""

import re
from datetime import date, timedelta

import pytest
from admin_kit import Browser
from kit.cases import rows
from kit.people import FENNA, NOOR

from processes.actions import act
from processes.actions.dated import SaveSetting, TakeBackSetting
from processes.base.clock import local_date
from processes.base.errors import Invalid, NotAllowed, NotFound
from processes.dated import RETENTION, TARIFF
from processes.dated.typed_settings import TypedSetting
from processes.storage.business_time import business_now
from processes.storage.services import Services
from processes.storage.tables import LawRuleRow

HOME = "/beheer/instellingen"
CLASS = f"{HOME}/retention/regel/13.1"
VALUES = {
    "result": "Geschil behandeld", "years": "7", "months": "", "counts_from": "closed", "at_least_weeks": "13",
    "reach": "all", "source": "Een verzonnen selectielijst", "checked_on": "2020-01-01", "certainty": "sure",
}  # fmt: skip
TYPED = {**VALUES, "valid_from": "2026-01-01", "reason": "De raad nam een nieuwe lijst aan."}
TARIFF_VALUES = {
    "days_1": "14", "cents_1": "25", "days_2": "14", "cents_2": "37,50", "days_3": "14", "cents_3": "50",
    "source": "Een verzonnen Staatscourant", "checked_on": "2020-01-01", "certainty": "sure",
}  # fmt: skip


def hidden(page: str) -> dict[str, str]:
    """The values that the confirm page sends along."""
    form = page.rsplit('<form method="post" action="/beheer', maxsplit=1)[-1].split("</form>", maxsplit=1)[0]
    found = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
    return {name: value for name, value in found.items() if name not in {"csrf", "form_key"}}


def save(services: Services, since: date, *, code: str = "13.1", new: bool = False, **values: str) -> None:
    typed = TypedSetting("retention", code, since.isoformat(), {**VALUES, **values}, "Een nieuwe lijst.", new)
    act(services, FENNA, SaveSetting(typed))


def years(services: Services, on: date, code: str = "13.1") -> int | None:
    with services.sessions() as session:
        found = services.law.shelf(session).on(RETENTION, code, on)
    return found.years if found else None


def today_of(services: Services) -> date:
    with services.sessions() as session:
        return local_date(business_now(services, session))


def test_j13_a_setting_is_changed_from_a_day_on_after_its_effect_was_shown(fenna: Browser, services: Services) -> None:
    page = fenna.get(HOME)
    assert page.index("Bewaartermijnen") < page.index("13.1 Geschil behandeld") < page.index("Dwangsom")
    assert "zoals meegekomen" in page
    assert 'value="5"' in fenna.get(f"{CLASS}/wijzigen")
    page = fenna.post(f"{CLASS}/wijzigen", TYPED)
    assert "Er is nog niets opgeslagen" in page
    assert re.search(r"Bewaartermijn in jaren.*?>5<.*?<strong>7</strong>", page, re.DOTALL)
    assert "Geen enkele zaak rekent hiermee" in page
    assert rows(services, LawRuleRow) == []
    assert 'value="Een verzonnen selectielijst"' in fenna.post(f"{CLASS}/wijzigen", {**hidden(page), "step": "change"})
    page = fenna.post(f"{CLASS}/wijzigen", {**hidden(page), "step": "save"})
    for words in (
        "Opgeslagen",
        "Fenna Beheer",
        "Bewaartermijn in jaren: 5 wordt 7",
        "De raad nam een nieuwe lijst aan.",
        "31 december 2025",
        "altijd",
    ):
        assert words in page
    assert "door de gemeente gewijzigd" in fenna.get(HOME)
    (row,) = rows(services, LawRuleRow)
    assert (row.kind, row.code, row.saved_by, row.reason) == ("retention", "13.1", "fenna", TYPED["reason"])


def test_j13_who_saves_a_setting_that_a_colleague_changed_meanwhile_sees_first_how_it_is_now(
    fenna: Browser, services: Services
) -> None:
    page = fenna.get(f"{CLASS}/wijzigen")
    save(services, date(2026, 1, 1), years="9")  # a colleague
    page = fenna.post(f"{CLASS}/wijzigen", {**TYPED, "seen": hidden(page)["seen"]}, status=422)
    assert "Een collega veranderde dit" in page
    assert 'name="years" value="7"' in page
    page = fenna.post(f"{CLASS}/wijzigen", {**TYPED, "seen": hidden(page)["seen"]})
    assert re.search(r"Bewaartermijn in jaren.*?>9<.*?<strong>7</strong>", page, re.DOTALL)
    save(services, date(2026, 2, 1), years="8")  # and once more, while the check is read
    again = {**hidden(page), "step": "save"}
    assert "Een collega veranderde dit" in fenna.post(f"{CLASS}/wijzigen", again, status=422)
    assert len(rows(services, LawRuleRow)) == 2


def test_j13_a_setting_keeps_its_value_before_the_day_and_can_be_taken_back_with_a_reason(
    fenna: Browser, services: Services
) -> None:
    save(services, date(2026, 1, 1), years="7")
    assert [years(services, day) for day in (date(2025, 12, 31), date(2026, 1, 1))] == [5, 7]
    back = f"{CLASS}/2026-01-01/terugnemen"
    assert "Wat daarvoor gold" in fenna.get(back)
    assert 'href="#field-reason"' in fenna.post(back, {"reason": " "}, status=422)
    page = fenna.post(back, {"reason": "Te vroeg ingevoerd."})
    assert "Teruggenomen" in page
    assert "Bewaartermijn in jaren: 7 wordt 5" in page
    assert "Te vroeg ingevoerd." in page
    assert years(services, date(2026, 1, 1)) == 5
    assert len(rows(services, LawRuleRow)) == 2  # nothing is ever changed or taken away
    fenna.get(back, status=404)
    fenna.get(f"{CLASS}/1966-01-01/terugnemen", status=422)  # what came along stays


def test_j13_of_one_day_the_newest_record_counts_also_over_what_came_along(services: Services) -> None:
    for typed in ("6", "8"):
        save(services, date(2026, 1, 1), years=typed)
    save(services, date(1966, 1, 1), years="4")
    assert [years(services, day) for day in (date(2025, 1, 1), date(2026, 1, 1))] == [4, 8]
    act(services, FENNA, TakeBackSetting("retention", "13.1", date(1966, 1, 1), "Toch niet."))
    assert years(services, date(2025, 1, 1)) == 5


def test_j13_a_class_can_be_added_once_and_its_only_version_stays(fenna: Browser, services: Services) -> None:
    new = f"{HOME}/retention/nieuw"
    assert "Klasse" in fenna.get(new)
    page = fenna.post(new, {**TYPED, "code": "99.1", "result": "Een eigen soort"})
    fenna.post(new, {**hidden(page), "step": "save"})
    assert years(services, date(2026, 1, 1), "99.1") == 7
    assert 'href="#field-code"' in fenna.post(new, {**TYPED, "code": "99.1"}, status=422)
    fenna.get(f"{HOME}/retention/regel/99.1/2026-01-01/terugnemen", status=422)
    fenna.get(f"{HOME}/tariff/nieuw", status=404)
    fenna.get(f"{HOME}/tariff/regel/verzonnen", status=404)
    fenna.get(f"{HOME}/verzonnen/nieuw", status=404)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("years", "veel"),
        ("years", ""),
        ("years", "151"),
        ("result", ""),
        ("counts_from", "volle maan"),
        ("reach", ""),
        ("checked_on", "2999-01-01"),
        ("valid_from", "gisteren"),
        ("reason", ""),
        ("source", "x" * 501),
    ],
)
def test_j13_a_wrong_field_is_said_at_the_field_with_what_was_typed(fenna: Browser, field: str, value: str) -> None:
    page = fenna.post(f"{CLASS}/wijzigen", {**TYPED, field: value, "step": "save"}, status=422)
    assert f'href="#field-{field}"' in page
    assert "Geschil behandeld" in page


def test_j13_for_ever_and_a_term_do_not_go_together(fenna: Browser, services: Services) -> None:
    page = fenna.post(f"{CLASS}/wijzigen", {**TYPED, "forever": "ja"}, status=422)
    assert "blijven altijd bewaard. Maak de termijn leeg" in page
    save(services, date(2026, 1, 1), forever="ja", years="")
    assert _rule(services).nomination == "blijvend_bewaren"


def _rule(services: Services):
    with services.sessions() as session:
        return services.law.book(session).retention_rule("13.1", date(2026, 6, 1), date(2026, 6, 1))


def test_j13_the_tariff_of_the_penalty_is_a_setting_of_the_law_book(services: Services) -> None:
    typed = TypedSetting("tariff", "dwangsom", "2027-01-01", TARIFF_VALUES, "Indexering.")
    act(services, FENNA, SaveSetting(typed))
    with services.sessions() as session:
        book, shelf = services.law.book(session), services.law.shelf(session)
    assert book.tariff(date(2026, 12, 31)).steps == ((14, 2300), (14, 3500), (14, 4500))
    assert book.tariff(date(2027, 1, 1)).steps == ((14, 2500), (14, 3750), (14, 5000))
    assert shelf.on(TARIFF, "dwangsom", date(2008, 1, 1)) is None  # there was no penalty yet


REFUSED = {
    "nothing changed": (
        SaveSetting(TypedSetting("tariff", "dwangsom", "2030-01-01", TARIFF_VALUES, "Nog een keer.")),
        Invalid,
    ),
    "unknown kind": (SaveSetting(TypedSetting("rule", "awb-7-10", "2030-01-01", {}, "x")), NotFound),
    "unknown code": (SaveSetting(TypedSetting("retention", "98", "2030-01-01", VALUES, "x")), NotFound),
    "no such version": (TakeBackSetting("retention", "13.1", date(2031, 1, 1), "x"), NotFound),
    "no reason": (TakeBackSetting("tariff", "dwangsom", date(2030, 1, 1), ""), Invalid),
}


@pytest.mark.parametrize(("action", "error"), REFUSED.values(), ids=REFUSED.keys())
def test_j13_nonsense_about_a_setting_is_refused(services: Services, action: object, error: type[Exception]) -> None:
    act(services, FENNA, SaveSetting(TypedSetting("tariff", "dwangsom", "2030-01-01", TARIFF_VALUES, "Indexering.")))
    with pytest.raises(error):
        act(services, FENNA, action)
    with pytest.raises(NotAllowed):
        act(services, NOOR, action)


def test_j13_a_change_in_one_process_holds_at_once_in_another(services: Services) -> None:
    other = services.law.__class__()
    today = today_of(services)
    save(services, today - timedelta(days=1), years="9")
    with services.sessions() as session:
        assert other.shelf(session).on(RETENTION, "13.1", today).years == 9
        assert other.book(session).retention_rule("13.1", today, today).years == 9
