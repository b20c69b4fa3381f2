"""Settings of the installation that hold from a day on, each with its history: kinds, fields, and the value on a day.

A kind is one `DatedKind` in the table `KINDS`; rows of `law_rule` hold what administrators saved. A change never alters a
row: it adds one. Ask `services.law.shelf(session).on(KIND, code, day)` for the setting as it holds on a day.
"""

from processes.dated.committees import COMMITTEE, Committee
from processes.dated.deploying import DEPLOYING
from processes.dated.fields import SOURCES, FieldKind, SettingField
from processes.dated.installation import ALL_MAIL, MAIL_SENDER, JointTerms, MailSender
from processes.dated.installation_on import (
    begun_forms_on,
    committees_on,
    joint_terms_on,
    letter_rule_on,
    link_terms_on,
    sender_on,
    settings_on,
    team_for,
    teams_on,
    teams_that_differ,
    unopened_letters_on,
)
from processes.dated.kinds import KINDS
from processes.dated.law_of import with_settings
from processes.dated.letterhead_on import letterhead_on, organisation_on
from processes.dated.retention import RETENTION
from processes.dated.setting_kind import DatedKind, Standard
from processes.dated.shelf import SettingShelf, SettingVersion, read_record, shelved
from processes.dated.tariff import TARIFF
from processes.dated.teams import TEAM, Team

__all__ = [
    "ALL_MAIL",
    "COMMITTEE",
    "DEPLOYING",
    "KINDS",
    "MAIL_SENDER",
    "RETENTION",
    "SOURCES",
    "TARIFF",
    "TEAM",
    "Committee",
    "DatedKind",
    "FieldKind",
    "JointTerms",
    "MailSender",
    "SettingField",
    "SettingShelf",
    "SettingVersion",
    "Standard",
    "Team",
    "begun_forms_on",
    "committees_on",
    "joint_terms_on",
    "letter_rule_on",
    "letterhead_on",
    "link_terms_on",
    "organisation_on",
    "read_record",
    "sender_on",
    "settings_on",
    "shelved",
    "team_for",
    "teams_on",
    "teams_that_differ",
    "unopened_letters_on",
    "with_settings",
]
