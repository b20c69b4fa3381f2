"""The first schema: every table of Zaakspoor."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
moment = sa.DateTime(timezone=True)

IN_ORDER = (  # each after those that it refers to
    "audit",
    "department",
    "destruction",
    "form_key",
    "law_rule",
    "model_version",
    "outbox",
    "person_profile",
    "setting",
    "staff",
    "web_session",
    "case",
    "deadline",
    "decision",
    "dossier",
    "instance",
    "mail",
    "party",
    "status",
    "case_value",
    "document_request",
    "note",
    "task",
    "delivery",
    "document",
    "notice",
)


def upgrade() -> None:  # noqa: PLR0915 - one statement for each table and index
    op.create_table(
        "audit",
        sa.Column("id", big, nullable=False),
        sa.Column("chain", big, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("actor", sa.String(length=100), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
        sa.UniqueConstraint("chain", "seq", name="uq_audit_chain"),
    )
    op.create_table(
        "department",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("manager_email", sa.String(length=320), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_department"),
    )
    op.create_table(
        "destruction",
        sa.Column("id", big, nullable=False),
        sa.Column("case_id", big, nullable=False),
        sa.Column("case_number", sa.String(length=40), nullable=False),
        sa.Column("case_type", sa.String(length=80), nullable=False),
        sa.Column("result", sa.String(length=80), nullable=False),
        sa.Column("retention_class", sa.String(length=20), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("listed_at", moment, nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("exception", sa.Text(), nullable=True),
        sa.Column("approved_by", sa.String(length=80), nullable=True),
        sa.Column("approved_at", moment, nullable=True),
        sa.Column("destroyed_at", moment, nullable=True),
        sa.Column("certificate", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_destruction"),
        sa.UniqueConstraint("case_id", name="uq_destruction_case_id"),
    )
    op.create_table(
        "form_key",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("used_at", moment, nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_form_key"),
    )
    op.create_table(
        "law_rule",
        sa.Column("id", big, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_law_rule"),
    )
    op.create_index("ix_law_rule_code", "law_rule", ["code"], unique=False)
    op.create_table(
        "model_version",
        sa.Column("id", big, nullable=False),
        sa.Column("process", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("is_case_type", sa.Boolean(), nullable=False),
        sa.Column("folder", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("deployed_at", moment, nullable=False),
        sa.Column("deployed_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_model_version"),
        sa.UniqueConstraint("process", "version", name="uq_model_version_process"),
    )
    op.create_index("ix_model_version_process", "model_version", ["process"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("id", big, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("case_id", big, nullable=True),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("not_before", moment, nullable=False),
        sa.Column("lease_until", moment, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("done_at", moment, nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
    )
    op.create_index("ix_outbox_case_id", "outbox", ["case_id"], unique=False)
    op.create_index("ix_outbox_open", "outbox", ["done_at", "not_before"], unique=False)
    op.create_table(
        "person_profile",
        sa.Column("identity_index", sa.String(length=64), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("news_by_mail", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("identity_index", name="pk_person_profile"),
    )
    op.create_table(
        "setting",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_setting"),
    )
    op.create_table(
        "staff",
        sa.Column("username", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("username", name="pk_staff"),
    )
    op.create_table(
        "web_session",
        sa.Column("id_hash", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("seen_at", moment, nullable=False),
        sa.Column("expires_at", moment, nullable=False),
        sa.PrimaryKeyConstraint("id_hash", name="pk_web_session"),
    )
    op.create_index("ix_web_session_expires_at", "web_session", ["expires_at"], unique=False)
    op.create_table(
        "case",
        sa.Column("id", big, nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("model_version_id", big, nullable=False),
        sa.Column("case_type", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("confidentiality", sa.String(length=30), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("postmark_on", sa.Date(), nullable=True),
        sa.Column("registered_at", moment, nullable=False),
        sa.Column("handler", sa.String(length=80), nullable=True),
        sa.Column("status", sa.String(length=80), nullable=True),
        sa.Column("published_at", moment, nullable=True),
        sa.Column("result", sa.String(length=80), nullable=True),
        sa.Column("result_explanation", sa.Text(), nullable=True),
        sa.Column("department_remark", sa.Text(), nullable=True),
        sa.Column("closed_at", moment, nullable=True),
        sa.Column("departments_until", sa.Date(), nullable=True),
        sa.Column("retention_class", sa.String(length=20), nullable=True),
        sa.Column("destroy_from", sa.Date(), nullable=True),
        sa.Column("alarm", sa.Text(), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["model_version_id"], ["model_version.id"], name="fk_case_model_version_id"),
        sa.PrimaryKeyConstraint("id", name="pk_case"),
        sa.UniqueConstraint("number", name="uq_case_number"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_case_case_type", "case", ["case_type"], unique=False)
    op.create_index("ix_case_retention", "case", ["destroy_from"], unique=False)
    op.create_index("ix_case_work", "case", ["state", "handler", "id"], unique=False)
    op.create_table(
        "deadline",
        sa.Column("id", big, nullable=False),
        sa.Column("case_id", big, nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("suspensions", sa.JSON(), nullable=False),
        sa.Column("extensions", sa.JSON(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column("warned_for", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_deadline_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_deadline"),
        sa.UniqueConstraint("case_id", "code", name="uq_deadline_case_id"),
    )
    op.create_index("ix_deadline_case_id", "deadline", ["case_id"], unique=False)
    op.create_index("ix_deadline_due", "deadline", ["met_on", "due"], unique=False)
    op.create_table(
        "decision",
        sa.Column("id", big, nullable=False),
        sa.Column("case_id", big, nullable=False),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=True),
        sa.Column("announced_on", sa.Date(), nullable=True),
        sa.Column("department", sa.String(length=40), nullable=True),
        sa.Column("missing", sa.Boolean(), nullable=False),
        sa.Column("taken_by", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_decision_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_decision"),
    )
    op.create_index("ix_decision_case_id", "decision", ["case_id"], unique=False)
    op.create_table(
        "dossier",
        sa.Column("id", big, nullable=False),
        sa.Column("case_id", big, nullable=False),
        sa.Column("department", sa.String(length=40), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("revoked_at", moment, nullable=True),
        sa.Column("opened_at", moment, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_dossier_case_id"),
        sa.ForeignKeyConstraint(["department"], ["department.code"], name="fk_dossier_department"),
        sa.PrimaryKeyConstraint("id", name="pk_dossier"),
        sa.UniqueConstraint("case_id", "department", name="uq_dossier_case_id"),
        sa.UniqueConstraint("token_hash", name="uq_dossier_token_hash"),
    )
    op.create_index("ix_dossier_case_id", "dossier", ["case_id"], unique=False)
    op.create_table(
        "instance",
        sa.Column("id", big, nullable=False),
        sa.Column("case_id", big, nullable=False),
        sa.Column("model_version_id", big, nullable=False),
        sa.Column("process", sa.String(length=80), nullable=False),
        sa.Column("is_root", sa.Boolean(), nullable=False),
        sa.Column("parent_id", big, nullable=True),
        sa.Column("parent_task", sa.String(length=64), nullable=True),
        sa.Column("state", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("next_due", moment, nullable=True),
        sa.Column("timers", sa.JSON(), nullable=False),
        sa.Column("started_at", moment, nullable=False),
        sa.Column("ended_at", moment, nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_instance_case_id"),
        sa.ForeignKeyConstraint(["model_version_id"], ["model_version.id"], name="fk_instance_model_version_id"),
        sa.ForeignKeyConstraint(["parent_id"], ["instance.id"], name="fk_instance_parent_id"),
        sa.PrimaryKeyConstraint("id", name="pk_instance"),
    )
    op.create_index("ix_instance_case_id", "instance", ["case_id"], unique=False)
    op.create_index("ix_instance_next_due", "instance", ["next_due"], unique=False)
    op.create_table(
        "mail",
        sa.Column("id", big, nullable=False),
        sa.Column("case_id", big, nullable=True),
        sa.Column("template", sa.String(length=80), nullable=False),
        sa.Column("recipient", sa.String(length=320), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("message_id", sa.String(length=120), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("sent_at", moment, nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_mail_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_mail"),
        sa.UniqueConstraint("message_id", name="uq_mail_message_id"),
    )
    op.create_index("ix_mail_case_id", "mail", ["case_id"], unique=False)
    op.create_table(
        "party",
        sa.Column("id", big, nullable=False),
        sa.Column("case_id", big, nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("identity", sa.LargeBinary(), nullable=True),
        sa.Column("identity_index", sa.String(length=64), nullable=True),
        sa.Column("email", sa.String(length=320), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("secret_address", sa.Boolean(), nullable=False),
        sa.Column("deceased", sa.Boolean(), nullable=False),
        sa.Column("represented_by", big, nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_party_case_id"),
        sa.ForeignKeyConstraint(["represented_by"], ["party.id"], name="fk_party_represented_by"),
        sa.PrimaryKeyConstraint("id", name="pk_party"),
    )
    op.create_index("ix_party_case_id", "party", ["case_id"], unique=False)
    op.create_index("ix_party_identity_index", "party", ["identity_index"], unique=False)
    op.create_table(
        "status",
        sa.Column("id", big, nullable=False),
        sa.Column("case_id", big, nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("element", sa.String(length=120), nullable=False),
        sa.Column("reached_at", moment, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_status_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_status"),
    )
    op.create_index("ix_status_case_id", "status", ["case_id"], unique=False)
    op.create_table(
        "case_value",
        sa.Column("id", big, nullable=False),
        sa.Column("case_id", big, nullable=False),
        sa.Column("instance_id", big, nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_case_value_case_id"),
        sa.ForeignKeyConstraint(["instance_id"], ["instance.id"], name="fk_case_value_instance_id"),
        sa.PrimaryKeyConstraint("id", name="pk_case_value"),
        sa.UniqueConstraint("instance_id", "code", name="uq_case_value_instance_id"),
    )
    op.create_index("ix_case_value_case_id", "case_value", ["case_id"], unique=False)
    op.create_table(
        "document_request",
        sa.Column("id", big, nullable=False),
        sa.Column("case_id", big, nullable=False),
        sa.Column("instance_id", big, nullable=False),
        sa.Column("dossier_id", big, nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("wanted", sa.JSON(), nullable=False),
        sa.Column("party_fields", sa.JSON(), nullable=False),
        sa.Column("asked_at", moment, nullable=False),
        sa.Column("closed_at", moment, nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_document_request_case_id"),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name="fk_document_request_dossier_id"),
        sa.ForeignKeyConstraint(["instance_id"], ["instance.id"], name="fk_document_request_instance_id"),
        sa.PrimaryKeyConstraint("id", name="pk_document_request"),
        sa.UniqueConstraint("instance_id", name="uq_document_request_instance_id"),
    )
    op.create_index("ix_document_request_case_id", "document_request", ["case_id"], unique=False)
    op.create_table(
        "note",
        sa.Column("id", big, nullable=False),
        sa.Column("case_id", big, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("party_id", big, nullable=True),
        sa.Column("author", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("read_by_handler", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_note_case_id"),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name="fk_note_party_id"),
        sa.PrimaryKeyConstraint("id", name="pk_note"),
    )
    op.create_index("ix_note_case_id", "note", ["case_id"], unique=False)
    op.create_index("ix_note_unread", "note", ["read_by_handler", "at"], unique=False)
    op.create_table(
        "task",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("case_id", big, nullable=False),
        sa.Column("instance_id", big, nullable=False),
        sa.Column("element", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("side", sa.String(length=20), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=True),
        sa.Column("party_role", sa.String(length=40), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("opened_at", moment, nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("done_at", moment, nullable=True),
        sa.Column("done_by", sa.String(length=80), nullable=True),
        sa.Column("assignee", sa.String(length=80), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_task_case_id"),
        sa.ForeignKeyConstraint(["instance_id"], ["instance.id"], name="fk_task_instance_id"),
        sa.PrimaryKeyConstraint("id", name="pk_task"),
    )
    op.create_index("ix_task_case_id", "task", ["case_id"], unique=False)
    op.create_index("ix_task_instance_id", "task", ["instance_id"], unique=False)
    op.create_index("ix_task_open", "task", ["state", "side", "due"], unique=False)
    op.create_table(
        "delivery",
        sa.Column("id", big, nullable=False),
        sa.Column("case_id", big, nullable=False),
        sa.Column("dossier_id", big, nullable=False),
        sa.Column("request_id", big, nullable=True),
        sa.Column("instance_id", big, nullable=True),
        sa.Column("receipt", sa.String(length=40), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("sent_at", moment, nullable=False),
        sa.Column("judged_at", moment, nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_delivery_case_id"),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name="fk_delivery_dossier_id"),
        sa.ForeignKeyConstraint(["instance_id"], ["instance.id"], name="fk_delivery_instance_id"),
        sa.ForeignKeyConstraint(["request_id"], ["document_request.id"], name="fk_delivery_request_id"),
        sa.PrimaryKeyConstraint("id", name="pk_delivery"),
        sa.UniqueConstraint("receipt", name="uq_delivery_receipt"),
    )
    op.create_index("ix_delivery_case_id", "delivery", ["case_id"], unique=False)
    op.create_table(
        "document",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", big, nullable=False),
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.Column("type", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("media_type", sa.String(length=120), nullable=False),
        sa.Column("size", big, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("blob", sa.String(length=120), nullable=False),
        sa.Column("origin", sa.String(length=20), nullable=False),
        sa.Column("party_id", big, nullable=True),
        sa.Column("delivery_id", big, nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("refusal", sa.Text(), nullable=True),
        sa.Column("confidentiality", sa.String(length=30), nullable=False),
        sa.Column("on_portal", sa.Boolean(), nullable=False),
        sa.Column("audience", sa.String(length=20), nullable=False),
        sa.Column("to_departments", sa.JSON(), nullable=False),
        sa.Column("added_at", moment, nullable=False),
        sa.Column("added_by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_document_case_id"),
        sa.ForeignKeyConstraint(["delivery_id"], ["delivery.id"], name="fk_document_delivery_id"),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name="fk_document_party_id"),
        sa.PrimaryKeyConstraint("id", name="pk_document"),
    )
    op.create_index("ix_document_case_id", "document", ["case_id"], unique=False)
    op.create_table(
        "notice",
        sa.Column("id", big, nullable=False),
        sa.Column("case_id", big, nullable=False),
        sa.Column("party_id", big, nullable=False),
        sa.Column("template", sa.String(length=80), nullable=False),
        sa.Column("element", sa.String(length=120), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("document_id", sa.String(length=32), nullable=True),
        sa.Column("document_type", sa.String(length=60), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_notice_case_id"),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_notice_document_id"),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name="fk_notice_party_id"),
        sa.PrimaryKeyConstraint("id", name="pk_notice"),
    )
    op.create_index("ix_notice_case_id", "notice", ["case_id"], unique=False)
    op.create_index("ix_notice_to_send", "notice", ["channel", "sent_on"], unique=False)


def downgrade() -> None:
    for table in reversed(IN_ORDER):
        op.drop_table(table)
