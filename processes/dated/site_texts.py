"""Texts of the site about itself: the accessibility statement, the privacy page and help. In Dutch and in English, from a day on.

In a text an empty line ends a paragraph, `# ` begins a heading and `- ` an item of a list; `{{ organisation.phone }}` and its like are filled
in. What comes along is a beginning that an administrator completes: it claims nothing that nobody examined. Sources: Tijdelijk besluit
digitale toegankelijkheid overheid, article 2 (the statement); AVG, articles 13 and 14 (what people are told about their data).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from engine.lint.templates import template_problems
from processes.dated.fields import FieldKind, SettingField
from processes.dated.setting_kind import DatedKind, Section, Standard, Values
from processes.dated.site_text_beginnings import ACCESSIBILITY_TEXTS, HELP_TEXTS, PRIVACY_TEXTS
from processes.law.edits import LawRecordKind

ACCESSIBILITY: Final = "toegankelijkheid"
PRIVACY: Final = "privacy"
HELP: Final = "hulp"
TITLES: Final[Mapping[str, str]] = {ACCESSIBILITY: "Toegankelijkheid", PRIVACY: "Privacy", HELP: "Hulp"}
NAMES: Final = frozenset(
    f"organisation.{one}"
    for one in ("name", "postal_address", "visiting_address", "phone", "email", "website", "hours")
)
LONGEST: Final = 20_000  # characters: a whole statement, and no book


@dataclass(frozen=True, slots=True)
class SiteText:
    """One text. `english` is empty where nobody wrote one."""

    dutch: str
    english: str


def _wrong(values: Values) -> Mapping[str, str]:
    """A text that cannot be filled in would make its page fail for everybody."""
    told: dict[str, str] = {}
    for field in ("text", "english"):
        for _, sentence in template_problems(str(values.get(field) or ""), NAMES, set()):
            told.setdefault(field, sentence)
    return told


_HINT: Final = (
    "Een lege regel begint een nieuwe alinea. Begin een kop met # en een punt van een lijst met -. Tussen accolades staat wat "
    f"het systeem invult: {', '.join(f'{{{{ {one} }}}}' for one in sorted(NAMES))}."
)

SITE_TEXT: Final = DatedKind(
    word=LawRecordKind.SITE_TEXT,
    title="Teksten van de site",
    one="tekst van de site",
    about="De toegankelijkheidsverklaring, de privacyverklaring en de hulp. Elke pagina van inwoners en afdelingen wijst onderaan naar deze drie. Vul aan wat meekomt: alleen u weet wat er is onderzocht en hoe u met gegevens omgaat.",
    fields=(
        SettingField("text", "Tekst", FieldKind.TEXT, _HINT, longest=LONGEST),
        SettingField(
            "english", "Tekst in het Engels", FieldKind.TEXT, "Voor wie geen Nederlands leest. Leeg: dan staat er Nederlands.",
            needed=False, longest=LONGEST, empty="geen",
        ),
    ),
    make=lambda _code, _since, values: SiteText(str(values["text"]), str(values.get("english") or "")),
    titled=lambda code, _values: TITLES.get(code, code),
    standard=tuple(
        Standard(code, {"text": dutch, "english": english})
        for code, (dutch, english) in {
            ACCESSIBILITY: ACCESSIBILITY_TEXTS, PRIVACY: PRIVACY_TEXTS, HELP: HELP_TEXTS,
        }.items()
    ),
    wrong=_wrong,
    section=Section.SITE,
    begins_today=True,
)  # fmt: skip
