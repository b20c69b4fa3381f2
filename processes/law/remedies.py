"""Remedies: what can be done against a decision, as text blocks that letters use (Awb 3:45, 6:23, 9:12 and 9:36).

Article by article, with the day on which it was looked up and how sure that is (`sure`: its text was read that day):

| article | says | checked | certainty |
|---|---|---|---|
| Awb 3:45 | a decision names by whom, within which term and at which body objection lies | 2026-11-28 | sure |
| Awb 6:23, 7:12(4) | so does a decision on an objection, also to others who took part, with the day on which it was announced | 2026-11-29 | sure |
| Awb 6:4 | an objection is filed at the body that decided, an appeal at the court | 2026-11-29 | sure |
| Awb 6:5 | signed, with name, address, day, the decision and the grounds; an appeal with a copy of the decision | 2026-11-29 | sure |
| Awb 6:3 | nothing lies against a step of preparation, unless it hits somebody apart from the decision | 2026-11-29 | sure |
| Awb 8:4(1)(c) | no appeal against 7:1a(4) and 7:10(2) to (4): direct appeal, standstill, extension and delay | 2026-11-29 | sure |
| Awb 8:81(1), (3) | an interim measure is asked of the court, beside an objection or appeal, by who filed that | 2026-11-29 | sure |
| Awb 9:3, 9:8(3), 9:12(2) | no appeal against how a complaint was handled; the judgment names the ombudsman and the term | 2026-11-29 | sure |
| Awb 9:24(1) | an ombudsman need not take up what comes later than a year after the judgment | 2026-11-29 | sure |
| Awb 10:10 | a decision under mandate says in the name of which body it was taken | 2026-11-28 | sure |

Each block is a text that an administrator changes.
"""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from engine.words import Remedy
from processes.law.compute import compute
from processes.law.request import DeadlineRequest
from processes.law.rules import LawBook

TERM: Final = "awb-6-7"  # six weeks, for an objection and for an appeal alike

_INTERIM: Final = """
Kunt u niet wachten?
{waiting} Heeft u haast? Dan kunt u de voorzieningenrechter van {{{{ court.name }}}} om een tijdelijke maatregel vragen. Dat heet een voorlopige voorziening. Dat kan alleen als u ook {first}. Het adres is {{{{ court.address }}}}. Digitaal kan het via {{{{ court.website }}}}. U betaalt daarvoor griffierecht."""

_OBJECTION: Final = """Bent u het er niet mee eens?
Raakt deze beslissing u rechtstreeks? Dan kunt u bezwaar maken bij {{ body.name }}. Doe dat binnen zes weken. De zes weken beginnen op de dag na de dag waarop wij deze brief hebben verstuurd.{% if last_day %} U kunt dus bezwaar maken tot en met {{ last_day | date }}.{% endif %} Het kan op twee manieren:
- via {{ link }};
- met een brief aan {{ organisation.name }}, {{ organisation.address }}.
Zet in uw bezwaar uw naam, uw adres, de datum, tegen welke beslissing u bezwaar maakt en waarom, en uw handtekening. Noem ook het kenmerk {{ case.number }}.
""" + _INTERIM.format(waiting="De beslissing geldt meteen, ook als u bezwaar maakt.", first="bezwaar maakt")

_APPEAL: Final = """Bent u het er niet mee eens?
Raakt deze beslissing u rechtstreeks? Dan kunt u in beroep gaan bij {{ court.name }}. Doe dat binnen zes weken. De zes weken beginnen op de dag na de dag waarop wij deze beslissing hebben verstuurd.{% if last_day %} U kunt dus in beroep gaan tot en met {{ last_day | date }}.{% endif %} Het kan op twee manieren:
- met een brief aan {{ court.name }}, {{ court.sector }}, {{ court.address }};
- digitaal, via {{ court.website }}.
Zet in uw beroep:
- uw naam, uw adres en de datum;
- tegen welke beslissing u in beroep gaat, met een kopie van deze beslissing;
- waarom u het er niet mee eens bent;
- uw handtekening.
Voor een beroep betaalt u griffierecht. De rechtbank vertelt u hoeveel.
""" + _INTERIM.format(waiting="De beslissing geldt meteen, ook als u in beroep gaat.", first="in beroep gaat")

_OMBUDSMAN: Final = """Niet tevreden?
Dan kunt u naar {{ ombudsman.name }}. Doe dat binnen een jaar. Het jaar begint op de dag na deze brief. De ombudsman is onafhankelijk en kost niets. U kunt schrijven naar {{ ombudsman.address }}, of kijken op {{ ombudsman.website }}."""

_NONE: Final = """Kunt u hier iets tegen doen?
Tegen deze brief kunt u geen bezwaar maken en niet in beroep gaan. Dat kan wel tegen de beslissing die nog komt. Dit staat in artikel 6:3 van de Algemene wet bestuursrecht."""

REMEDY_TEXTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        Remedy.OBJECTION: _OBJECTION,
        Remedy.APPEAL: _APPEAL,
        Remedy.OMBUDSMAN: _OMBUDSMAN,
        Remedy.NONE: _NONE,
    }
)


def last_day_against(sent_on: date, book: LawBook | None = None) -> date:
    """The last day of the six weeks for an objection or appeal against what was sent on this day (Awb 6:7, 6:8)."""
    return compute(DeadlineRequest(start=sent_on, rule=TERM), book).earliest
