"""The installation as it works on one day, put together from the settings of the program and those of administrators."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from processes.base.settings import Settings
from processes.dated.committees import COMMITTEE, Committee
from processes.dated.installation import (
    ALL_MAIL,
    BEGUN,
    BEGUN_FORMS,
    DEPARTMENTS,
    JOINT_FILING,
    LINK_TERMS,
    LINKS,
    MAIL_SENDER,
    NETWORKS,
    TOGETHER,
    UNOPENED,
    UNOPENED_LETTERS,
    UPLOADING,
    UPLOADS,
    WARNING_MAIL,
    WARNINGS,
    JointTerms,
    LinkTerms,
    MailSender,
)
from processes.dated.letter_rules import LETTER_RULE, LetterRule
from processes.dated.letters import ORGANISATION, ORGANISATION_CODE
from processes.dated.shelf import SettingShelf
from processes.dated.teams import TEAM, Team


def settings_on(shelf: SettingShelf, day: date, settings: Settings) -> Settings:
    """The settings of the program with what administrators made of them, as it holds on a day."""
    organisation = shelf.on(ORGANISATION, ORGANISATION_CODE, day)
    sizes: Mapping[str, int] = shelf.on(UPLOADS, UPLOADING, day) or {}
    most = min(sizes.get("upload_megabytes", settings.upload_megabytes), settings.upload_megabytes)
    told: dict[str, Any] = {
        "organisation": organisation.name if organisation else "",
        "team_mailbox": shelf.on(WARNING_MAIL, WARNINGS, day),
        "department_networks": shelf.on(NETWORKS, DEPARTMENTS, day),
        **sizes,
        "upload_megabytes": most,
    }
    return replace(settings, **{name: value for name, value in told.items() if value})


def sender_on(shelf: SettingShelf, day: date, settings: Settings, case_type: str = "") -> MailSender:
    """The sender of a mail about a case of this type, or about none."""
    own = shelf.on(MAIL_SENDER, case_type, day) if case_type else None
    general = shelf.on(MAIL_SENDER, ALL_MAIL, day) or MailSender()
    first = MailSender(settings_on(shelf, day, settings).organisation, settings.mail_from)
    return (own or MailSender()).over(general).over(first)


def link_terms_on(shelf: SettingShelf, day: date) -> LinkTerms:
    """How long links work that are made, or whose case ends, on a day."""
    return shelf.on(LINK_TERMS, LINKS, day) or LINK_TERMS.make(LINKS, day, LINK_TERMS.standard[0].values)


def begun_forms_on(shelf: SettingShelf, day: date) -> timedelta:
    """How long a form is kept on a day that somebody began and did not send."""
    return shelf.on(BEGUN_FORMS, BEGUN, day) or BEGUN_FORMS.make(BEGUN, day, BEGUN_FORMS.standard[0].values)


def unopened_letters_on(shelf: SettingShelf, day: date) -> timedelta:
    """How long a letter on the portal may lie unopened, as it holds on a day, before somebody here is told."""
    standard = UNOPENED_LETTERS.standard[0].values
    return shelf.on(UNOPENED_LETTERS, UNOPENED, day) or UNOPENED_LETTERS.make(UNOPENED, day, standard)


def joint_terms_on(shelf: SettingShelf, day: date) -> JointTerms:
    """How long somebody can confirm who is named, on a day, as filing along."""
    return shelf.on(JOINT_FILING, TOGETHER, day) or JOINT_FILING.make(TOGETHER, day, JOINT_FILING.standard[0].values)


def teams_on(shelf: SettingShelf, day: date) -> dict[str, Team]:
    """Every team that there is on a day, by code."""
    found = {code: shelf.on(TEAM, code, day) for code in shelf.codes(TEAM)}
    return {code: team for code, team in found.items() if team and not team.ended}


def teams_that_differ(shelf: SettingShelf, day: date, person: str, told: Collection[str]) -> dict[str, Team]:
    """The teams, of those that sign-on fills, in which this member of staff is while sign-on does not say so, or the other way around."""
    return {
        code: team
        for code, team in teams_on(shelf, day).items()
        if team.by_sign_on and (person in team.members) != (code in told)
    }


def team_for(shelf: SettingShelf, day: date, case_type: str) -> Team | None:
    """The first team that handles cases of a type."""
    return next((team for team in teams_on(shelf, day).values() if case_type in team.case_types), None)


def committees_on(shelf: SettingShelf, day: date) -> dict[str, Committee]:
    """Every committee that there is on a day, by code."""
    found = {code: shelf.on(COMMITTEE, code, day) for code in shelf.codes(COMMITTEE)}
    return {code: one for code, one in found.items() if one and not one.ended}


def letter_rule_on(shelf: SettingShelf, day: date, case_type: str) -> LetterRule:
    """The rule for a case type on a day; one that asks nothing when there is none."""
    return shelf.on(LETTER_RULE, case_type, day) or LetterRule()
