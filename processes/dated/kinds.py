"""Every kind of setting that holds from a day on, by its stored word, in the order of `/beheer/instellingen`."""

from collections.abc import Mapping
from typing import Any, Final

from processes.dated.committees import COMMITTEE
from processes.dated.deploying import DEPLOYING
from processes.dated.installation import INSTALLATION_KINDS
from processes.dated.letter_rules import LETTER_RULE
from processes.dated.letters import LETTER_KINDS
from processes.dated.retention import RETENTION
from processes.dated.setting_kind import DatedKind
from processes.dated.site_texts import SITE_TEXT
from processes.dated.tariff import TARIFF
from processes.dated.teams import TEAM

KINDS: Final[Mapping[str, DatedKind[Any]]] = {
    kind.word: kind
    for kind in (
        *LETTER_KINDS,
        LETTER_RULE,
        RETENTION,
        TARIFF,
        *INSTALLATION_KINDS,
        SITE_TEXT,
        TEAM,
        COMMITTEE,
        DEPLOYING,
    )
}
