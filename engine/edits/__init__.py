"""The edits of a case type folder: `apply(folder, edit)` gives the folder as it becomes, and touches no other byte.

Pages, the editor, the outline, the command line and the mending of findings are doors to the same edits. An edit that cannot be
raises EditRefused, which names the element, the setting and the attribute, and says what to do. `settings_of` gives what
there is to edit, in reading order, and `place_of` the field that a finding of the linter is about.
"""

from engine.edits.applying import apply, apply_all
from engine.edits.asked import (
    AddSetting,
    DropFromLane,
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
    SetDefault,
    SetDocumentation,
    SetExecutable,
    SetForm,
    SetGatewayKind,
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
from engine.edits.mending import Mending, mend, mending_of
from engine.edits.places import FindingPlace, place_of
from engine.edits.wording import course_of, only_words
from engine.errors import EditRefused

__all__ = [
    "AddSetting",
    "DrawnSetting",
    "DropFromLane",
    "Edit",
    "EditRefused",
    "ElementSettings",
    "Files",
    "FindingPlace",
    "Mending",
    "MoveSetting",
    "NewSetting",
    "RemoveFile",
    "RemoveSetting",
    "RenameCaseType",
    "ReplaceDrawing",
    "SetCalled",
    "SetCondition",
    "SetDefault",
    "SetDocumentation",
    "SetExecutable",
    "SetForm",
    "SetGatewayKind",
    "SetMail",
    "SetName",
    "SetRehearsal",
    "SetSetting",
    "SetSettings",
    "SetText",
    "SetTimer",
    "SetTranslation",
    "SettingPath",
    "apply",
    "apply_all",
    "course_of",
    "drawing_of",
    "files_of",
    "folder_of",
    "mend",
    "mending_of",
    "only_words",
    "path_of",
    "path_text",
    "place_of",
    "settings_of",
]  # fmt: skip
