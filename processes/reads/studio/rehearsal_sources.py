"""The way from what a rehearsal shows to the setting that makes it: the address of its page, behind that of the draft.

An empty address means that no page of this draft makes it: a called process does, or the program.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine import Model
from engine.edits import ElementSettings, drawing_of, path_text, settings_of
from engine.vocabulary import PageGroup
from processes.reads.studio.draft_check import SLUGS
from processes.reads.studio.rehearsals import Stage


@dataclass(frozen=True, slots=True)
class SettingSources:
    """Addresses of settings by what they make: `statuses`, `terms` and `buttons` by code, `mails` by template, `names` and `forms`
    by element.
    """

    statuses: Mapping[str, str] = field(default_factory=dict)
    terms: Mapping[str, str] = field(default_factory=dict)
    buttons: Mapping[str, str] = field(default_factory=dict)
    mails: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    forms: Mapping[str, str] = field(default_factory=dict)


def sources_of(stage: Stage) -> SettingSources:
    """The addresses for one draft; none for a drawing that cannot be read."""
    model = stage.model
    if model is None:
        return SettingSources()
    file = drawing_of(stage.files)
    elements = settings_of({file: stage.files[file]})
    return SettingSources(
        statuses=_settings(elements, "status", PageGroup.STATUSES),
        terms=_settings(elements, "deadline", PageGroup.TERMS),
        buttons=_settings(elements, "onDemand", PageGroup.BUTTONS),
        mails=_mails(stage),
        names={one: f"{SLUGS[PageGroup.PEOPLE]}/onderdeel/{one}" for one in model.elements},
        forms=_forms(model),
    )


def _settings(elements: list[ElementSettings], kind: str, part: str) -> dict[str, str]:
    return {
        setting.values["code"]: f"{SLUGS[part]}/instelling/{element.id}/{path_text(setting.path)}"
        for element in elements
        for setting in element.settings
        if setting.name == kind and "code" in setting.values
    }


def _mails(stage: Stage) -> dict[str, str]:
    names = (one.removeprefix("mails/").removesuffix(".txt") for one in stage.files if one.startswith("mails/"))
    return {name: f"{SLUGS[PageGroup.POST]}/tekst/{name}" for name in names}


def _forms(model: Model) -> dict[str, str]:
    return {one.id: f"{SLUGS[PageGroup.FORMS]}/vragen/{one.form}" for one in model.elements.values() if one.form}
