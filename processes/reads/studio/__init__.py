"""Pages of a draft of a case type: what it is, its saves, its check, its mails and letters."""

from processes.reads.studio.adopting import (
    AdoptingPage,
    answers_of,
    read_adopting,
    read_taken_over_draft,
    wrong_answers,
)
from processes.reads.studio.copy_of import CopyPage, places_of_old_name, read_copy
from processes.reads.studio.draft import DraftHead, DraftLine, draft_zip, read_draft, read_draft_files, read_draft_lines
from processes.reads.studio.draft_check import (
    DRAWING_SLUG,
    REHEARSALS_SLUG,
    SLUGS,
    DraftCheck,
    PartOfDraft,
    check_draft,
)
from processes.reads.studio.drawing import check_drawing, read_vocabulary
from processes.reads.studio.elements import (
    CALLED,
    NAME,
    TIMER_KIND,
    TIMER_TEXT,
    ElementLine,
    ElementToEdit,
    element_lines,
    read_step,
)
from processes.reads.studio.forms import FormLine, FormToEdit, QuestionLine, read_form_of_draft, read_forms
from processes.reads.studio.history import DraftHistory, SaveLine, read_history, read_meanwhile
from processes.reads.studio.mails import MailLine, MailToEdit, preview_of, read_mail, read_mails
from processes.reads.studio.rehearsals import RehearsalLine, Stage, broken_rehearsals, file_of, play_all, read_stage
from processes.reads.studio.setting_fields import TEXT_PREFIX, AskedBy, DrawnField
from processes.reads.studio.settings import (
    ElementForms,
    SettingsPage,
    SettingToEdit,
    read_element,
    read_new_setting,
    read_setting,
    read_settings,
)

__all__ = [
    "CALLED",
    "DRAWING_SLUG",
    "NAME",
    "REHEARSALS_SLUG",
    "SLUGS",
    "TEXT_PREFIX",
    "TIMER_KIND",
    "TIMER_TEXT",
    "AdoptingPage",
    "AskedBy",
    "CopyPage",
    "DraftCheck",
    "DraftHead",
    "DraftHistory",
    "DraftLine",
    "DrawnField",
    "ElementForms",
    "ElementLine",
    "ElementToEdit",
    "FormLine",
    "FormToEdit",
    "MailLine",
    "MailToEdit",
    "PartOfDraft",
    "QuestionLine",
    "RehearsalLine",
    "SaveLine",
    "SettingToEdit",
    "SettingsPage",
    "Stage",
    "answers_of",
    "broken_rehearsals",
    "check_draft",
    "check_drawing",
    "draft_zip",
    "element_lines",
    "file_of",
    "places_of_old_name",
    "play_all",
    "preview_of",
    "read_adopting",
    "read_copy",
    "read_draft",
    "read_draft_files",
    "read_draft_lines",
    "read_element",
    "read_form_of_draft",
    "read_forms",
    "read_history",
    "read_mail",
    "read_mails",
    "read_meanwhile",
    "read_new_setting",
    "read_setting",
    "read_settings",
    "read_stage",
    "read_step",
    "read_taken_over_draft",
    "read_vocabulary",
    "wrong_answers",
]  # fmt: skip
