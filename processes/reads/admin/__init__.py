"""Pages of the administrator: what needs attention, models and their versions, uploads, departments, law."""

from processes.reads.admin.answers import AnswersPage, read_answers
from processes.reads.admin.attention import Attention, FailedWork, LateTimer, StuckCase, read_attention
from processes.reads.admin.case_type_changes import ChangeLine, read_changes_to_agree
from processes.reads.admin.changes import ChangesPage, SettingMade, read_changes
from processes.reads.admin.comparing import Comparison, compare_draft, read_comparison
from processes.reads.admin.dated import read_setting, read_setting_groups, read_settings_to_confirm, setting_form
from processes.reads.admin.dated_check import check_setting, check_taking_back
from processes.reads.admin.departments import (
    Department,
    check_list,
    earlier_data,
    read_department,
    read_departments,
)
from processes.reads.admin.law import read_closed_days, read_law, read_rule, rules_to_follow, typed_rule
from processes.reads.admin.law_check import check_day, check_day_out, check_rule, check_rule_out
from processes.reads.admin.letterhead import read_to_fill_in
from processes.reads.admin.looks import (
    MOST_EXPORTED,
    AskedLooks,
    LooksFound,
    asked_looks,
    export_looks,
    read_looks,
)
from processes.reads.admin.models import (
    ModelPage,
    ModelSummary,
    VersionLine,
    read_drawing,
    read_model_page,
    read_models,
    read_summary,
)
from processes.reads.admin.move_trial import Trial, try_move
from processes.reads.admin.moving import MovePage, MovingPage, read_move, read_moving
from processes.reads.admin.out_of_use import EndOfUsePage, read_end_of_use, read_ends_of_use
from processes.reads.admin.outline import Outline
from processes.reads.admin.people import PeoplePage, PersonLine, WaitingAccount, read_people
from processes.reads.admin.person import PersonFound, package_file, person_index, read_packages, read_person
from processes.reads.admin.proposals import (
    DoorState,
    ProposalLine,
    read_door,
    read_proposal,
    read_proposals,
    read_version,
)
from processes.reads.admin.roles import RolesPage, missed_roles, read_roles
from processes.reads.admin.scanner import ScannerPage, read_scanner
from processes.reads.admin.uploading import (
    ShownFinding,
    UploadCheck,
    check_upload,
    hold_file,
    hold_upload,
    in_use,
    open_held,
    open_held_file,
)
from processes.reads.refused_mail import RefusedMail
from processes.reads.workbench.look_lines import LookLine

__all__ = [
    "MOST_EXPORTED",
    "AnswersPage",
    "AskedLooks",
    "Attention",
    "ChangeLine",
    "ChangesPage",
    "Comparison",
    "Department",
    "DoorState",
    "EndOfUsePage",
    "FailedWork",
    "LateTimer",
    "LookLine",
    "LooksFound",
    "ModelPage",
    "ModelSummary",
    "MovePage",
    "MovingPage",
    "Outline",
    "PeoplePage",
    "PersonFound",
    "PersonLine",
    "ProposalLine",
    "RefusedMail",
    "RolesPage",
    "ScannerPage",
    "SettingMade",
    "ShownFinding",
    "StuckCase",
    "Trial",
    "UploadCheck",
    "VersionLine",
    "WaitingAccount",
    "asked_looks",
    "check_day",
    "check_day_out",
    "check_list",
    "check_rule",
    "check_rule_out",
    "check_setting",
    "check_taking_back",
    "check_upload",
    "compare_draft",
    "earlier_data",
    "export_looks",
    "hold_file",
    "hold_upload",
    "in_use",
    "missed_roles",
    "open_held",
    "open_held_file",
    "package_file",
    "person_index",
    "read_answers",
    "read_attention",
    "read_changes",
    "read_changes_to_agree",
    "read_closed_days",
    "read_comparison",
    "read_department",
    "read_departments",
    "read_door",
    "read_drawing",
    "read_end_of_use",
    "read_ends_of_use",
    "read_law",
    "read_looks",
    "read_model_page",
    "read_models",
    "read_move",
    "read_moving",
    "read_packages",
    "read_people",
    "read_person",
    "read_proposal",
    "read_proposals",
    "read_roles",
    "read_rule",
    "read_scanner",
    "read_setting",
    "read_setting_groups",
    "read_settings_to_confirm",
    "read_summary",
    "read_to_fill_in",
    "read_version",
    "rules_to_follow",
    "setting_form",
    "try_move",
    "typed_rule",
]  # fmt: skip
