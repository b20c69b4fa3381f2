"""Every table, one file per subject. Import from here: a missing import would be a missing table."""

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
from processes.storage.tables.documents import Delivery, DocumentRequestRow, DocumentRow, Dossier
from processes.storage.tables.drafts import DraftRow, UploadRow
from processes.storage.tables.filed import FiledRow
from processes.storage.tables.holds import DestructionHold
from processes.storage.tables.limits import OwnAddress, RateRow
from processes.storage.tables.looks import LookRow
from processes.storage.tables.model_drafts import ModelDraft, ModelDraftFile, ModelDraftRevision
from processes.storage.tables.models import DepartmentNetwork, DepartmentRow, LawRuleRow, MailboxChange, ModelVersion
from processes.storage.tables.moves import CaseMove, ModelMove
from processes.storage.tables.operations import (
    AuditRow,
    DestructionRow,
    FormKey,
    OutboxRow,
    PersonProfile,
    SettingRow,
    WebSession,
)
from processes.storage.tables.parts import PartDecision
from processes.storage.tables.people import StaffIdentity, StaffRow
from processes.storage.tables.person_packages import PersonPackage
from processes.storage.tables.post import MailRow, NoticeRow
from processes.storage.tables.publications import PublicationRow
from processes.storage.tables.removals import RemovalRow
from processes.storage.tables.running import Instance, TaskRow
from processes.storage.tables.search import SearchRow

__all__ = [
    "AuditRow",
    "Case",
    "CaseMove",
    "CaseRelation",
    "CaseValue",
    "CorrectionRow",
    "DeadlineRow",
    "Decision",
    "DefaultNotice",
    "Delivery",
    "DepartmentNetwork",
    "DepartmentRow",
    "DestructionHold",
    "DestructionRow",
    "DocumentRequestRow",
    "DocumentRow",
    "Dossier",
    "DraftRow",
    "FiledRow",
    "FormKey",
    "Instance",
    "LawRuleRow",
    "LookRow",
    "MailRow",
    "MailboxChange",
    "ModelDraft",
    "ModelDraftFile",
    "ModelDraftRevision",
    "ModelMove",
    "ModelVersion",
    "NoteRow",
    "NoticeRow",
    "OutboxRow",
    "OwnAddress",
    "PartDecision",
    "Party",
    "PersonPackage",
    "PersonProfile",
    "PublicationRow",
    "RateRow",
    "RemovalRow",
    "SearchRow",
    "SettingRow",
    "StaffIdentity",
    "StaffRow",
    "StatusRow",
    "TaskRow",
    "UploadRow",
    "WebSession",
]
