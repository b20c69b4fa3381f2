"""The rule for new versions of case types, as a setting: one administrator alone, or with the agreement of a second one."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from processes.dated.fields import FieldKind, SettingField
from processes.dated.setting_kind import DatedKind, Section, Standard, Values
from processes.law.edits import LawRecordKind

CODE: Final = "nieuwe-versies"


@dataclass(frozen=True, slots=True)
class DeployRule:
    """`second`: a new version goes into use only after a second administrator agreed."""

    second: bool


def _made(_code: str, _valid_from: date, values: Values) -> DeployRule:
    return DeployRule(bool(values.get("second")))


def _titled(_code: str, values: Any) -> str:
    return (
        f"Nieuwe versies van zaaktypen: {'na akkoord van een tweede' if values.get('second') else 'door één beheerder'}"
    )


DEPLOYING: Final = DatedKind(
    word=LawRecordKind.DEPLOYING,
    title="Nieuwe versies van zaaktypen",
    one="regel voor nieuwe versies",
    about="Wie een nieuwe versie van een zaaktype in gebruik neemt. Met akkoord van een tweede ziet een andere beheerder eerst wat er verandert. Wie de versie voorstelt, kan zelf geen akkoord geven. Een tweede gaat dan ook akkoord als een zaaktype uit gebruik gaat, als lopende zaken worden verplaatst of teruggezet, als dat wordt gestopt, en als een versie die klaarstaat wordt ingetrokken. Ook wie dit weer wil uitzetten, heeft een tweede beheerder nodig.",
    fields=(
        SettingField("second", "Een nieuwe versie gaat pas in na akkoord van een tweede beheerder", FieldKind.TICK),
    ),
    make=_made,
    titled=_titled,
    standard=(Standard(CODE, {"second": False}),),
    section=Section.PEOPLE,
    weakens=lambda before, after: before.second and not after.second,
)
