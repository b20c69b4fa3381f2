"""Which function carries out each edit: the one place that knows them all."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from engine.edits import drawing, files, flow, settings
from engine.edits.asked import (
    AddSetting,
    DropFromLane,
    Edit,
    Files,
    MoveSetting,
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
    SetTranslation,
)

EDITS: Mapping[type, Callable[[Files, Any], Files]] = {
    SetSetting: settings.set_setting,
    SetSettings: settings.set_settings,
    SetText: settings.set_text,
    AddSetting: settings.add_setting,
    RemoveSetting: settings.remove_setting,
    MoveSetting: settings.move_setting,
    SetTranslation: settings.set_translation,
    SetName: drawing.set_name,
    SetDocumentation: drawing.set_documentation,
    SetTimer: drawing.set_timer,
    SetCondition: drawing.set_condition,
    SetCalled: drawing.set_called,
    SetDefault: flow.set_default,
    SetGatewayKind: flow.set_gateway_kind,
    SetExecutable: flow.set_executable,
    DropFromLane: flow.drop_from_lane,
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
