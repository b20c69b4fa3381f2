"""The text blocks of letters that come along (`processes.base.letterhead`, `processes.law.remedies`) in English.

A block that a municipality wrote itself has no English: then the Dutch one stands in the translation too, so that nobody reads another
remedy than the letter gives.
"""

from collections.abc import Mapping
from typing import Final

from engine.words import Remedy
from processes.base.letterhead import CONTACT, Organisation
from processes.law.remedies import REMEDY_TEXTS
from processes.storage.words import ReadingLanguage

_CONTACT: Final = (
    "Please contact {{ handler.name }}, telephone {{ handler.phone }}. We are available {{ organisation.hours }}. "
    "Please mention our reference {{ case.number }}."
)
_INTERIM: Final = """
Can you not wait?
{waiting} Is it urgent? Then you can ask the interim relief judge of {{{{ court.name }}}} for a temporary measure. That is called interim relief (voorlopige voorziening). You can only do so if you also {first}. The address is {{{{ court.address }}}}. Online it can be done at {{{{ court.website }}}}. You pay a court fee for it."""

_OBJECTION: Final = """Do you disagree?
Does this decision affect you directly? Then you can object to it at {{ body.name }}. Do so within six weeks. The six weeks begin on the day after the day on which we sent this letter.{% if last_day %} So you can object until and including {{ last_day | date }}.{% endif %} You can do so in two ways:
- at {{ link }};
- with a letter to {{ organisation.name }}, {{ organisation.address }}.
State in your objection your name, your address, the date, to which decision you object and why, and your signature. Also mention our reference {{ case.number }}.
""" + _INTERIM.format(waiting="The decision applies at once, also if you object.", first="object")

_APPEAL: Final = """Do you disagree?
Does this decision affect you directly? Then you can appeal to {{ court.name }}. Do so within six weeks. The six weeks begin on the day after the day on which we sent this decision.{% if last_day %} So you can appeal until and including {{ last_day | date }}.{% endif %} You can do so in two ways:
- with a letter to {{ court.name }}, {{ court.sector }}, {{ court.address }};
- online, at {{ court.website }}.
State in your appeal:
- your name, your address and the date;
- against which decision you appeal, with a copy of this decision;
- why you disagree;
- your signature.
For an appeal you pay a court fee. The court tells you how much.
""" + _INTERIM.format(waiting="The decision applies at once, also if you appeal.", first="appeal")

_OMBUDSMAN: Final = """Not satisfied?
Then you can go to {{ ombudsman.name }}. Do so within a year. The year begins on the day after this letter. The ombudsman is independent and costs nothing. You can write to {{ ombudsman.address }}, or look at {{ ombudsman.website }}."""

_NONE: Final = """Can you do something about this?
You cannot object to this letter, nor appeal against it. You can do so against the decision that is still to come. This is laid down in article 6:3 of the General Administrative Law Act (Algemene wet bestuursrecht)."""

BLOCKS: Final[Mapping[str, str]] = {
    Organisation().hours: "on working days from 9:00 to 17:00",
    CONTACT: _CONTACT,
    REMEDY_TEXTS[Remedy.OBJECTION]: _OBJECTION,
    REMEDY_TEXTS[Remedy.APPEAL]: _APPEAL,
    REMEDY_TEXTS[Remedy.OMBUDSMAN]: _OMBUDSMAN,
    REMEDY_TEXTS[Remedy.NONE]: _NONE,
}


def block_in(block: str, language: str) -> str:
    """The block, or the hours that stand in one, for a reader of this language (ReadingLanguage); itself when it has no other words."""
    return BLOCKS.get(block, block) if language == ReadingLanguage.ENGLISH else block
