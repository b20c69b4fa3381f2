"""Every table, one file per subject. Import from here: a missing import would be a missing table."""

from processes.database.tables.cases import (
    Case,
    CaseRelation,
    CaseValue,
    DeadlineRow,
    Decision,
    DefaultNotice,
    NoteRow,
    Party,
    StatusRow,
)
from processes.database.tables.documents import Delivery, DocumentRequestRow, DocumentRow, Dossier
from processes.database.tables.models import DepartmentRow, LawRuleRow, ModelVersion
from processes.database.tables.operations import (
    AuditRow,
    DestructionRow,
    FormKey,
    OutboxRow,
    PersonProfile,
    SettingRow,
    StaffRow,
    WebSession,
)
from processes.database.tables.post import MailRow, NoticeRow
from processes.database.tables.running import Instance, TaskRow

__all__ = [
    "AuditRow",
    "Case",
    "CaseRelation",
    "CaseValue",
    "DeadlineRow",
    "Decision",
    "DefaultNotice",
    "Delivery",
    "DepartmentRow",
    "DestructionRow",
    "DocumentRequestRow",
    "DocumentRow",
    "Dossier",
    "FormKey",
    "Instance",
    "LawRuleRow",
    "MailRow",
    "ModelVersion",
    "NoteRow",
    "NoticeRow",
    "OutboxRow",
    "Party",
    "PersonProfile",
    "SettingRow",
    "StaffRow",
    "StatusRow",
    "TaskRow",
    "WebSession",
]
