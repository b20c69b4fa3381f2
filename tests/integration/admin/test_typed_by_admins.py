"""What an administrator types about the law: dates with the month in letters, numbers with white space around them."""

from admin_kit import Browser
from kit.cases import rows
from test_admin_law import HOME, RULE, TYPED, hidden

from processes.storage.services import Services
from processes.storage.tables import LawRuleRow

DAY = {
    "day": "dinsdag 8 juni 2027", "title": "gelijkgesteld met een feestdag", "source": "Een verzonnen besluit",
    "checked_on": "1 jan. 2020", "certainty": "high",
}  # fmt: skip


def test_a_rule_takes_dates_in_letters_and_numbers_with_white_space(fenna: Browser, services: Services) -> None:
    typed = {**TYPED, "valid_from": "1\u00a0januari\u00a02020", "checked_on": "1-jan-2020", "amount": "\u200b8\u00a0"}
    page = fenna.post(f"{RULE}/wijzigen", typed)
    assert "Er is nog niets opgeslagen" in page
    fenna.post(f"{RULE}/wijzigen", {**hidden(page), "step": "save"})
    (row,) = rows(services, LawRuleRow)
    assert (row.valid_from.isoformat(), row.record["amount"]) == ("2020-01-01", 8)


def test_a_date_that_cannot_be_read_stays_to_be_mended(fenna: Browser) -> None:
    page = fenna.post(f"{RULE}/wijzigen", {**TYPED, "valid_from": "nieuwjaar"}, status=422)
    assert 'href="#field-valid_from"' in page
    assert "Schrijf de datum als dag, maand en jaar" in page
    assert 'type="text" id="field-valid_from" name="valid_from" value="nieuwjaar"' in page


def test_a_closed_day_takes_a_date_in_letters(fenna: Browser) -> None:
    page = fenna.post(f"{HOME}/dagen/nieuw", DAY)
    assert "dinsdag 8 juni 2027" in page
    assert "De dag staat in de lijst" in fenna.post(f"{HOME}/dagen/nieuw", {**hidden(page), "step": "save"})
