"""Sentences of the program that name cases, for a reader who may not see all of them: the number of a hidden case goes."""

import re
from collections.abc import Sequence
from typing import Final

from sqlalchemy import not_, select

from processes.access.clearance import HIDDEN_NUMBER, within_clearance
from processes.base.actor import Actor
from processes.reads.opening import reading
from processes.storage.services import Services
from processes.storage.tables import Case

NUMBER: Final = re.compile(r"[^\s,;:()]+-\d{4}-\d{6,}")
AT_ONCE: Final = 500  # numbers in one question


def without_hidden_numbers(services: Services, actor: Actor, texts: Sequence[str]) -> list[str]:
    """The texts in their order. One statement for each AT_ONCE numbers; none for texts without any."""
    named = sorted({found for text in texts for found in NUMBER.findall(text)})
    hidden = set[str]()
    with reading(services) as (session, _now):
        for at in range(0, len(named), AT_ONCE):
            mine = (Case.number.in_(named[at : at + AT_ONCE]), not_(within_clearance(actor)))
            hidden |= set(session.scalars(select(Case.number).where(*mine)))
    return [NUMBER.sub(lambda found: HIDDEN_NUMBER if found[0] in hidden else found[0], text) for text in texts]
