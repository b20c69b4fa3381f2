"""The tariff of the penalty as a setting: what each late day costs (Awb 4:17, second paragraph; indexed by 4:17, fifth)."""

from datetime import date
from typing import Any, Final, cast

from processes.base.dutch import euros_in_words
from processes.dated.fields import SOURCES, FieldKind, SettingField, Value
from processes.dated.setting_kind import DatedKind, Section, Standard, Values
from processes.law.edits import LawRecordKind
from processes.law.rules import Certainty
from processes.law.tariffs import TARIFFS, Tariff

CODE: Final = "dwangsom"
STEPS: Final = (("1", "Eerste periode"), ("2", "Tweede periode"), ("3", "Derde periode"))
MOST_CENTS: Final = 100_000  # of one day: more is a slip of the pen
MOST_DAYS: Final = 366


def _fields() -> tuple[SettingField, ...]:
    found: list[SettingField] = []
    for number, which in STEPS:
        found += (
            SettingField(f"days_{number}", f"{which}: aantal dagen", FieldKind.NUMBER, least=1, most=MOST_DAYS),
            SettingField(
                f"cents_{number}", f"{which}: bedrag per dag", FieldKind.EUROS, hint="In euro's, zoals 23 of 23,50.", least=1,
                most=MOST_CENTS,
            ),
        )  # fmt: skip
    return (*found, *SOURCES)


def _made(_code: str, valid_from: date, values: Values) -> Tariff:
    steps = tuple((_whole(values, f"days_{number}"), _whole(values, f"cents_{number}")) for number, _ in STEPS)
    checked_on = values.get("checked_on")
    return Tariff(
        steps,
        valid_from,
        source=str(values["source"]),
        checked_on=date.fromisoformat(str(checked_on)) if checked_on else None,
        certainty=cast("Certainty", values["certainty"]),
    )


def _whole(values: Values, name: str) -> int:
    return int(values[name] or 0)


def _standard(tariff: Tariff) -> Standard:
    values: dict[str, Value] = {"source": tariff.source, "certainty": tariff.certainty}
    values["checked_on"] = tariff.checked_on.isoformat() if tariff.checked_on else None
    for (number, _), (days, cents) in zip(STEPS, tariff.steps, strict=True):
        values[f"days_{number}"], values[f"cents_{number}"] = days, cents
    return Standard(CODE, values, tariff.valid_from)


def _titled(_code: str, values: Any) -> str:
    return f"Dwangsom per dag: {', '.join(euros_in_words(values[f'cents_{number}']) for number, _ in STEPS)}"


TARIFF: Final = DatedKind(
    word=LawRecordKind.TARIFF,
    title="Dwangsom",
    one="tarief van de dwangsom",
    about="Wat elke dag kost als de gemeente te laat beslist (artikel 4:17 van de Awb). Het tarief van de dag waarop de ingebrekestelling binnenkwam, geldt voor de hele dwangsom.",
    fields=_fields(),
    make=_made,
    titled=_titled,
    standard=tuple(map(_standard, TARIFFS)),
    recomputes=True,
    section=Section.LAW,
)
