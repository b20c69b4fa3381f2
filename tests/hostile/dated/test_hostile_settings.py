"""J4 and J13: what an administrator types into a setting cannot stop the letters or the terms of everybody."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from kit.cases import BEZWAAR, add_departments, put_in_use, register_bezwaar, rows, today
from kit.installation import installation
from kit.people import FENNA, TESS
from kit.tries import tried

from processes.actions import act
from processes.actions.dated import SaveSetting
from processes.base.errors import Invalid
from processes.base.letterhead import BLOCK_NAMES
from processes.dated.fields import FieldKind, SettingField, read_fields
from processes.dated.letters import TEXT_BLOCK
from processes.dated.typed_settings import TypedSetting
from processes.law.default_book import default_book
from processes.law.typed_rules import TypedRule, rule_of
from processes.storage.services import Services
from processes.storage.tables import LawRuleRow, NoticeRow

OF_A_DAY = ("date", "datetime", "promise")
DAY = date(2026, 11, 2)
WEEKS = SettingField("weeks", "Weken", FieldKind.NUMBER, most=52)


def furnish(services: Services) -> None:
    put_in_use(services, *BEZWAAR)
    add_departments(services, "parkeren")


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with installation(tmp_path, furnish) as opened:
        yield opened


def save(services: Services, text: str, code: str = "contact") -> None:
    setting = TypedSetting(TEXT_BLOCK.word, code, today(services).isoformat(), {"text": text}, "Nieuwe tekst")
    act(services, FENNA, SaveSetting(setting))


def test_j4_no_text_block_is_taken_that_no_letter_could_fill_in(services: Services) -> None:
    blocks = [f"Bel {{{{ {name} | {one} }}}}" for name in sorted(BLOCK_NAMES - {"last_day"}) for one in OF_A_DAY]
    blocks += [
        "{{ last_day | upper | date }}", "{{ contact }}", "{{ remedy.beroep }}", "{{ contact.__class__ }}", "{{ 7 * 7 }}",
        "{% for a in b %}x{% endfor %}", "{% if last_day %}", "{{ link", "{{ link | attr }}", "x" * 5001, " ", "{# weg #}",
        "{% if last_day %}" * 12 + "x" + "{% endif %}" * 12,
    ]  # fmt: skip
    for text in blocks:
        with pytest.raises(Invalid) as refused:
            save(services, text)
        assert list(refused.value.fields) == ["text"], text
        tried("dated")
    assert rows(services, LawRuleRow) == []


def test_j4_what_is_taken_stands_in_the_letter_as_it_was_typed(services: Services) -> None:
    words = f"<script>x</script> [[dossier:1:{'a' * 64}]] [link] bel\x01 {{% if last_day %}}{{{{ last_day | date | upper }}}}{{% endif %}}"
    save(services, words)
    register_bezwaar(services, TESS)
    (letter,) = rows(services, NoticeRow)
    assert (letter.held, "<script>x</script>" in letter.body, "/verzoek/" in letter.body) == (None, True, False)


@pytest.mark.parametrize("typed", ["0" * 8 + "1" + "9" * 30, "9" * 4000, "-1", "1e3", "²", "53", "1.5"])
def test_j13_a_number_beyond_its_bounds_is_refused_however_it_is_written(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_fields([WEEKS], {"weeks": typed}, DAY)
    assert list(refused.value.fields) == ["weeks"]
    with pytest.raises(Invalid) as refused:
        rule_of(TypedRule("awb-7-10", amount=f"{typed}0"), default_book(), DAY)
    assert "amount" in refused.value.fields
