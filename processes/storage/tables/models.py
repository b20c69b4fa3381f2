"""Tables that an administrator fills: model versions with their whole folder, departments, law rules."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, LargeBinary, String, UniqueConstraint
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


class LawRuleRow(Base):
    """A record of the law as an administrator saved it. Rows are only added: the newest of one name and date counts.

    `kind`: LawRecordKind; `record` is its dict form in processes.law.rules, or None to take it out.
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
