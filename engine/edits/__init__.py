"""The edits of a case type folder: `apply(folder, edit)` gives the folder as it becomes, and touches no other byte.

Pages, the editor, the outline, the command line and the mending of findings are doors to the same edits. An edit that cannot be
raises EditRefused, which names the element, the setting and the attribute, and says what to do. `settings_of` gives what
there is to edit, in reading order, and `place_of` the field that a finding of the linter is about.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from engine.edits import drawing, files, settings
from engine.edits.asked import (
    AddSetting,
    Edit,
    Files,
    MoveSetting,
    NewSetting,
    RemoveFile,
    RemoveSetting,
    RenameCaseType,
    ReplaceDrawing,
    SetCalled,
    SetCondition,
    SetForm,
    SetMail,
    SetName,
    SetRehearsal,
    SetSetting,
    SetSettings,
    SetText,
    SetTimer,
    SettingPath,
    SetTranslation,
    path_of,
    path_text,
)
from engine.edits.finding import drawing_of
from engine.edits.folders import files_of, folder_of
from engine.edits.listing import DrawnSetting, ElementSettings, settings_of
from engine.edits.places import FindingPlace, place_of
from engine.errors import EditRefused

__all__ = [
    "AddSetting", "DrawnSetting", "Edit", "EditRefused", "ElementSettings", "Files", "FindingPlace", "MoveSetting", "NewSetting", "RemoveFile",
    "RemoveSetting", "RenameCaseType", "ReplaceDrawing", "SetCalled", "SetCondition", "SetForm", "SetMail", "SetName",
    "SetRehearsal", "SetSetting", "SetSettings", "SetText", "SetTimer", "SetTranslation", "SettingPath", "apply", "apply_all", "drawing_of", "files_of",
    "folder_of", "path_of", "path_text", "place_of", "settings_of",
]  # fmt: skip

EDITS: Mapping[type, Callable[[Files, Any], Files]] = {
    SetSetting: settings.set_setting,
    SetSettings: settings.set_settings,
    SetText: settings.set_text,
    AddSetting: settings.add_setting,
    RemoveSetting: settings.remove_setting,
    MoveSetting: settings.move_setting,
    SetTranslation: settings.set_translation,
    SetName: drawing.set_name,
    SetTimer: drawing.set_timer,
    SetCondition: drawing.set_condition,
    SetCalled: drawing.set_called,
    ReplaceDrawing: drawing.replace_drawing,
    RenameCaseType: drawing.rename_case_type,
    SetMail: files.set_mail,
    SetForm: files.set_form,
    SetRehearsal: files.set_rehearsal,
    RemoveFile: files.remove_file,
}


def apply(folder: Files, edit: Edit) -> Files:
    """The folder after one edit; raises EditRefused. The folder that goes in stays as it is."""
    return EDITS[type(edit)](folder, edit)


def apply_all(folder: Files, edits: Iterable[Edit]) -> Files:
    """The folder after several edits, in their order; raises EditRefused, and then none of them counts."""
    for edit in edits:
        folder = apply(folder, edit)
    return folder
