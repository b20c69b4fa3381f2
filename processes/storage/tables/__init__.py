"""Every table, one file per subject. Import from here: a missing import would be a missing table."""

from processes.storage.tables.answers import MailAnswer, MailboxRow, TakenMail
from processes.storage.tables.bars import Bar
from processes.storage.tables.beside import ChecklistItem, ColleagueTask
from processes.storage.tables.bundles import CaseBundle
from processes.storage.tables.case_access import CaseAccess
from processes.storage.tables.cases import (
    Case,
    CaseRelation,
    CaseValue,
    CorrectionRow,
    DeadlineRow,
    Decision,
    DefaultNotice,
    NoteRow,
    Party,
    StatusRow,
)
from processes.storage.tables.co_filers import CoFiler
from processes.storage.tables.documents import Delivery, DocumentRequestRow, DocumentRow, Dossier, RequestReply
from processes.storage.tables.draft_comments import DraftComment, DraftShare
from processes.storage.tables.drafts import DraftRow, FileScan, UploadRow
from processes.storage.tables.filed import FiledRow
from processes.storage.tables.groups import CaseGroupMember, CaseGroupRow, CaseGroupStep
from processes.storage.tables.hearings import HearingItem, HearingNote, HearingSeat, HearingSession
from processes.storage.tables.holds import DestructionHold
from processes.storage.tables.house_styles import HouseStyleFile, HouseStyleRow
from processes.storage.tables.large_uploads import LargeUpload, UploadPart
from processes.storage.tables.letters import LetterApproval, LetterCode, LetterEdit, LetterRow, PrintBatch
from processes.storage.tables.limits import MailboxCode, OwnAddress, RateRow
from processes.storage.tables.looks import LinkOpening, LookRow
from processes.storage.tables.model_drafts import ModelDraft, ModelDraftFile, ModelDraftRevision
from processes.storage.tables.models import (
    CaseTypeChange,
    DepartmentNetwork,
    DepartmentRow,
    LawRuleRow,
    MailboxChange,
    ModelVersion,
    SettingChange,
    VersionProposal,
)
from processes.storage.tables.moves import CaseMove, ModelMove
from processes.storage.tables.news import DeskMail, NewsRow
from processes.storage.tables.operations import (
    AuditRow,
    DestructionRow,
    FormKey,
    OutboxRow,
    PersonProfile,
    SettingRow,
    SignInRow,
    WebSession,
)
from processes.storage.tables.out_of_use import OutOfUse
from processes.storage.tables.parts import PartDecision
from processes.storage.tables.people import StaffIdentity, StaffRow
from processes.storage.tables.person_packages import PersonPackage
from processes.storage.tables.post import MailRow, NoticeRow
from processes.storage.tables.post_room import PostFile, PostItem
from processes.storage.tables.publications import PublicationRow
from processes.storage.tables.rehearsals import RehearsalKept
from processes.storage.tables.removals import RemovalRow
from processes.storage.tables.reopenings import ReopeningRow
from processes.storage.tables.running import Instance, TaskRow
from processes.storage.tables.search import DocumentText, SearchRow
from processes.storage.tables.substitutions import Substitution
from processes.storage.tables.views import SavedView

__all__ = [
    "AuditRow",
    "Bar",
    "Case",
    "CaseAccess",
    "CaseBundle",
    "CaseGroupMember",
    "CaseGroupRow",
    "CaseGroupStep",
    "CaseMove",
    "CaseRelation",
    "CaseTypeChange",
    "CaseValue",
    "ChecklistItem",
    "CoFiler",
    "ColleagueTask",
    "CorrectionRow",
    "DeadlineRow",
    "Decision",
    "DefaultNotice",
    "Delivery",
    "DepartmentNetwork",
    "DepartmentRow",
    "DeskMail",
    "DestructionHold",
    "DestructionRow",
    "DocumentRequestRow",
    "DocumentRow",
    "DocumentText",
    "Dossier",
    "DraftComment",
    "DraftRow",
    "DraftShare",
    "FileScan",
    "FiledRow",
    "FormKey",
    "HearingItem",
    "HearingNote",
    "HearingSeat",
    "HearingSession",
    "HouseStyleFile",
    "HouseStyleRow",
    "Instance",
    "LargeUpload",
    "LawRuleRow",
    "LetterApproval",
    "LetterCode",
    "LetterEdit",
    "LetterRow",
    "LinkOpening",
    "LookRow",
    "MailAnswer",
    "MailRow",
    "MailboxChange",
    "MailboxCode",
    "MailboxRow",
    "ModelDraft",
    "ModelDraftFile",
    "ModelDraftRevision",
    "ModelMove",
    "ModelVersion",
    "NewsRow",
    "NoteRow",
    "NoticeRow",
    "OutOfUse",
    "OutboxRow",
    "OwnAddress",
    "PartDecision",
    "Party",
    "PersonPackage",
    "PersonProfile",
    "PostFile",
    "PostItem",
    "PrintBatch",
    "PublicationRow",
    "RateRow",
    "RehearsalKept",
    "RemovalRow",
    "ReopeningRow",
    "RequestReply",
    "SavedView",
    "SearchRow",
    "SettingChange",
    "SettingRow",
    "SignInRow",
    "StaffIdentity",
    "StaffRow",
    "StatusRow",
    "Substitution",
    "TakenMail",
    "TaskRow",
    "UploadPart",
    "UploadRow",
    "VersionProposal",
    "WebSession",
]
