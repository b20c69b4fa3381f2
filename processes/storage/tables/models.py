"""Tables that an administrator fills: model versions with their whole folder, departments, law rules."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from processes.storage.base import Base, BigId


class ModelVersion(Base):
    """One deployed version of a process. `folder` holds the drawing, forms and mails as a packed archive."""

    __tablename__ = "model_version"
    __table_args__ = (UniqueConstraint("process", "version"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    process: Mapped[str] = mapped_column(String(80), index=True)
    version: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    is_case_type: Mapped[bool]
    folder: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str] = mapped_column(String(64))
    deployed_at: Mapped[datetime]
    deployed_by: Mapped[str] = mapped_column(String(200))


class DepartmentRow(Base):
    __tablename__ = "department"

    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(320))
    manager_email: Mapped[str] = mapped_column(String(320))


class MailboxChange(Base):
    """Mailboxes of a department that one administrator proposed, until a second one confirms them."""

    __tablename__ = "mailbox_change"

    department: Mapped[str] = mapped_column(ForeignKey("department.code"), primary_key=True)
    email: Mapped[str] = mapped_column(String(320))
    manager_email: Mapped[str] = mapped_column(String(320))
    proposed_by: Mapped[str] = mapped_column(String(80))
    proposed_at: Mapped[datetime]


class DepartmentNetwork(Base):
    """A network from which a department has opened its links, as a keyed digest: a first use from another one is told."""

    __tablename__ = "department_network"

    department: Mapped[str] = mapped_column(ForeignKey("department.code"), primary_key=True)
    network: Mapped[str] = mapped_column(String(64), primary_key=True)
    first_used_at: Mapped[datetime]


class LawRuleRow(Base):
    """A record of the law, or of a setting that holds from a day on, as an administrator saved it. Rows are only added: the
    newest of one name and date counts.

    `kind`: LawRecordKind; `record` is its dict form in processes.law.rules, or the values of processes.dated, or None to take
    it out.
    """

    __tablename__ = "law_rule"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kind: Mapped[str] = mapped_column(
        String(20), default="rule"
    )  # LawRecordKind of the law, which a migration need not load
    code: Mapped[str] = mapped_column(String(40), index=True)
    variant: Mapped[str] = mapped_column(String(40), default="standard")
    valid_from: Mapped[date]
    record: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    saved_at: Mapped[datetime | None]
    saved_by: Mapped[str | None] = mapped_column(String(80))
    reason: Mapped[str | None] = mapped_column(Text)  # asked of settings; the law has its source
