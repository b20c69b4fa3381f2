"""Tables that an administrator fills: model versions with their whole folder, departments, law rules."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from processes.storage.base import Base, BigId


class ModelVersion(Base):
    """One deployed version of a process. `folder` holds the drawing, forms and mails as a packed archive.

    `reason`: why, in words of who took it into use; `from_version`: the older version whose content it has, on a way back;
    `approved_by`: the second administrator, where the installation asks for one.
    """

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
    reason: Mapped[str | None] = mapped_column(Text)
    from_version: Mapped[int | None]
    approved_by: Mapped[str | None] = mapped_column(String(80))


class VersionProposal(Base):
    """A version that is not in use yet: it waits for a second administrator, or for its day. One for each process.

    `id` is new for every proposal, so that nobody agrees to another one than they saw. `draft` and `revision`: the save of a draft
    that it came from. `starts_on`: the day from which it is in use, none for at once; `moves`: running cases go along.
    It goes when the version is in use, when it is withdrawn, and when another proposal or version takes its place.
    """

    __tablename__ = "version_proposal"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    process: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    folder: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str] = mapped_column(String(64))
    draft: Mapped[str | None] = mapped_column(String(80))
    revision: Mapped[str | None] = mapped_column(String(32))
    from_version: Mapped[int | None]
    starts_on: Mapped[date | None]
    moves: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(20))  # ProposalState
    proposed_by: Mapped[str] = mapped_column(String(80))
    proposed_at: Mapped[datetime]
    decided_by: Mapped[str | None] = mapped_column(String(80))
    decided_at: Mapped[datetime | None]
    answer: Mapped[str | None] = mapped_column(Text)  # why it was sent back


class DepartmentRow(Base):
    """A department that is asked for documents. What it was before stands in `law_rule`, under the kind `department`.

    `networks`: those from which it opens its links, with spaces between them; None: those of the installation. Once it is
    out of use (`ended_on`), its `successor` gets what is asked of it.
    """

    __tablename__ = "department"

    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(320))
    manager_email: Mapped[str] = mapped_column(String(320))
    fallback_email: Mapped[str | None] = mapped_column(String(320))  # gets a mail that the mailbox refused
    manager_name: Mapped[str | None] = mapped_column(String(200))
    networks: Mapped[str | None] = mapped_column(Text)
    # its links alone open nothing: a code to its mailbox is asked as well
    always_code: Mapped[bool] = mapped_column(default=False, server_default=false())
    ended_on: Mapped[date | None]
    successor: Mapped[str | None] = mapped_column(String(40))  # the code of another department


class MailboxChange(Base):
    """Mailboxes of a department that one administrator proposed, until a second one confirms them."""

    __tablename__ = "mailbox_change"

    department: Mapped[str] = mapped_column(ForeignKey("department.code"), primary_key=True)
    email: Mapped[str] = mapped_column(String(320))
    manager_email: Mapped[str] = mapped_column(String(320))
    fallback_email: Mapped[str | None] = mapped_column(String(320))
    proposed_by: Mapped[str] = mapped_column(String(80))
    proposed_at: Mapped[datetime]


class SettingChange(Base):
    """A change of a setting that one administrator proposed, until a second one agrees: a row of `law_rule` to be."""

    __tablename__ = "setting_change"
    __table_args__ = (UniqueConstraint("kind", "code"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)  # new for every proposal: what was seen is agreed to
    kind: Mapped[str] = mapped_column(String(20))
    code: Mapped[str] = mapped_column(String(40))
    valid_from: Mapped[date]
    record: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(Text)
    proposed_by: Mapped[str] = mapped_column(String(80))
    proposed_at: Mapped[datetime]


class CaseTypeChange(Base):
    """A change around a case type that one administrator asked for, until a second one agrees: its end, a move of its cases, ...

    `asked`: the fields of the action that is then carried out. One of each kind for a process.
    """

    __tablename__ = "case_type_change"
    __table_args__ = (UniqueConstraint("process", "kind"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)  # new for every request: what was seen is agreed to
    process: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(20))  # CaseTypeChangeKind
    asked: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(20))  # ProposalState
    proposed_by: Mapped[str] = mapped_column(String(80))
    proposed_at: Mapped[datetime]
    decided_by: Mapped[str | None] = mapped_column(String(80))
    decided_at: Mapped[datetime | None]
    answer: Mapped[str | None] = mapped_column(Text)  # why it was sent back


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
    it out. Of a department it is what an administrator made of it that day (processes.base.department_data).
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
