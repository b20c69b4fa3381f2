"""Retention classes as a setting: how long a closed case is kept (Archiefwet; selectielijst gemeenten)."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final, cast

from processes.dated.fields import SOURCES, FieldKind, SettingField, Value
from processes.dated.setting_kind import DatedKind, Section, Standard, Values
from processes.law.edits import LawRecordKind
from processes.law.retention_classes import REMEDY_WEEKS, RETENTION_RULES, RetentionReach, RetentionRule, RetentionStart
from processes.law.rules import Certainty
from processes.law.years import FIRST_DAY

LONGEST_YEARS: Final = 150
LONGEST_WEEKS: Final = 520

FIELDS: Final = (
    SettingField("result", "Waarvoor is deze klasse?", hint="Zoals in de selectielijst. Bijvoorbeeld: Geschil behandeld"),
    SettingField("forever", "Deze zaken blijven altijd bewaard", FieldKind.TICK, needed=False),
    SettingField(
        "years", "Bewaartermijn in jaren", FieldKind.NUMBER, hint="Leeg als de zaken altijd bewaard blijven.",
        needed=False, most=LONGEST_YEARS,
    ),
    SettingField(
        "months", "En hoeveel maanden daarbij?", FieldKind.NUMBER, hint="Meestal leeg.", needed=False, most=11,
    ),
    SettingField(
        "counts_from", "De termijn telt vanaf", FieldKind.CHOICE,
        choices=(
            (RetentionStart.CLOSED, "de dag waarop de zaak is afgesloten"),
            (RetentionStart.NEXT_YEAR, "1 januari van het jaar na het afsluiten"),
        ),
    ),
    SettingField(
        "at_least_weeks", "Bewaar na het afsluiten in elk geval zoveel weken", FieldKind.NUMBER,
        hint=f"Zo lang kan er nog bezwaar of beroep komen. Zes weken is de wet. Wij raden {REMEDY_WEEKS} weken aan, voor wie te laat was met een goede reden.",
        most=LONGEST_WEEKS,
    ),
    SettingField(
        "reach", "Voor welke zaken geldt dit?", FieldKind.CHOICE,
        hint="Een zaak die al is vernietigd, verandert nooit.",
        choices=(
            (RetentionReach.ALL, "alle zaken, ook zaken die eerder zijn afgesloten"),
            (RetentionReach.CLOSED_SINCE, "alleen zaken die op of na de begindatum zijn afgesloten"),
        ),
    ),
    *SOURCES,
)  # fmt: skip


def _made(code: str, valid_from: date, values: Values) -> RetentionRule:
    checked_on = values.get("checked_on")
    return RetentionRule(
        number=code,
        result=str(values["result"]),
        years=None if values["forever"] else int(values.get("years") or 0),
        source=str(values["source"]),
        months=int(values.get("months") or 0),
        counts_from=RetentionStart(str(values["counts_from"])),
        at_least_weeks=int(values["at_least_weeks"] or 0),
        reach=RetentionReach(str(values["reach"])),
        valid_from=valid_from,
        checked_on=date.fromisoformat(str(checked_on)) if checked_on else None,
        certainty=cast("Certainty", values["certainty"]),
    )


def _titled(code: str, values: Values) -> str:
    return f"{code} {values['result']} ({_made(code, FIRST_DAY, values).term_in_words})"


def _standard(rule: RetentionRule) -> Standard:
    values: dict[str, Value] = {
        "result": rule.result,
        "forever": rule.years is None,
        "years": rule.years,
        "months": rule.months or None,
        "counts_from": str(rule.counts_from),
        "at_least_weeks": rule.at_least_weeks,
        "reach": str(rule.reach),
        "source": rule.source,
        "checked_on": rule.checked_on.isoformat() if rule.checked_on else None,
        "certainty": rule.certainty,
    }
    return Standard(rule.number, values, rule.valid_from)


def _wrong(values: Values) -> Mapping[str, str]:
    term = bool(values.get("years") or values.get("months"))
    if values["forever"] and term:
        return {"years": "Deze zaken blijven altijd bewaard. Maak de termijn leeg, of haal het vinkje weg."}
    if not values["forever"] and not term:
        return {"years": "Vul de bewaartermijn in, of kies dat de zaken altijd bewaard blijven."}
    return {}


RETENTION: Final = DatedKind(
    word=LawRecordKind.RETENTION,
    title="Bewaartermijnen",
    one="bewaartermijn",
    about="Hoe lang een afgesloten zaak bewaard blijft. Het resultaat van een zaak noemt een klasse van de selectielijst.",
    fields=FIELDS,
    make=_made,
    titled=_titled,
    standard=tuple(map(_standard, RETENTION_RULES)),
    wrong=_wrong,
    code=SettingField(
        "code", "Klasse", hint="Het nummer in de selectielijst, zoals 13.1.4. Tekeningen noemen dit nummer."
    ),
    code_pattern=re.compile(r"[0-9a-z][0-9a-z.-]{0,19}"),
    code_wrong="Gebruik hoogstens 20 cijfers, punten, kleine letters of streepjes.",
    recomputes=True,
    section=Section.LAW,
)
