"""Settings of the installation that hold from a day on, each with its history: kinds, fields, and the value on a day.

A kind is one `DatedKind` in the table `KINDS`; rows of `law_rule` hold what administrators saved. A change never alters a
row: it adds one. Ask `services.law.shelf(session).on(KIND, code, day)` for the setting as it holds on a day.
"""

from processes.dated.fields import SOURCES, FieldKind, SettingField
from processes.dated.kinds import KINDS
from processes.dated.law_of import with_settings
from processes.dated.letterhead_on import letterhead_on
from processes.dated.retention import RETENTION
from processes.dated.setting_kind import DatedKind, Standard
from processes.dated.shelf import SettingShelf, SettingVersion, read_record, shelved
from processes.dated.tariff import TARIFF

__all__ = [
    "KINDS",
    "RETENTION",
    "SOURCES",
    "TARIFF",
    "DatedKind",
    "FieldKind",
    "SettingField",
    "SettingShelf",
    "SettingVersion",
    "Standard",
    "letterhead_on",
    "read_record",
    "shelved",
    "with_settings",
]
