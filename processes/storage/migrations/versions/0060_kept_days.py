"""A case and its open tasks keep the first day of their terms, so that an index serves every list; a term says who set it.

Drawings of before do not say which terms are a court's: `OF_COURTS` holds those of the case types that came with the program.
"""

import io
import zipfile
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0059"

NEVER = "9999-12-31"
DESK = "state = 'open' AND (side = 'worker' OR side = 'committee')"
TASKS = {
    "ix_task_committee": (("case_id",), "side = 'committee'"),
    "ix_task_urgent": (("urgent_on", "id"), DESK),
    "ix_task_type": (("case_type", "urgent_on", "id"), DESK),
    "ix_task_free": (("handler", "urgent_on", "id"), f"{DESK} AND assignee IS NULL"),
    "ix_task_taken": (("assignee", "urgent_on", "id"), "state = 'open' AND assignee IS NOT NULL"),
    "ix_task_nobody": (("urgent_on", "id"), f"{DESK} AND assignee IS NULL AND handler IS NULL"),
}
CASES = {
    "ix_case_risk": (("state", "legal_on", "id"), None),
    "ix_case_type": (("case_type", "state", "legal_on", "id"), None),
    "ix_case_status": (("status", "state", "legal_on", "id"), None),
    "ix_case_handler": (("handler", "state", "legal_on", "id"), "handler IS NOT NULL"),
    "ix_case_nobody": (("state", "legal_on", "id"), "handler IS NULL"),
    "ix_case_court": (("state", "legal_on", "id"), f"court_on < '{NEVER}'"),
}
OF_COURTS = {
    "beroep": {"defence", "hearing_documents", "interim_repair", "decide_after_all"},
    "voorlopige-voorziening": {"documents", "hearing_documents"},
}
FIRST = f"""COALESCE((SELECT MIN(deadline.due) FROM deadline WHERE deadline.case_id = "case".id
  AND deadline.met_on IS NULL AND deadline.kind IN (%s)), '{NEVER}')"""  # noqa: S608 - ours
OF_CASES = f"""UPDATE "case" SET legal_on = {FIRST % "'law', 'court'"}, court_on = {FIRST % "'court'"}, own_on = {FIRST % "'own'"}
  WHERE state = 'running'"""  # noqa: S608 - ours
OF_TASKS = """UPDATE task SET
  case_type = (SELECT "case".case_type FROM "case" WHERE "case".id = task.case_id),
  handler = (SELECT "case".handler FROM "case" WHERE "case".id = task.case_id),
  legal_on = (SELECT "case".legal_on FROM "case" WHERE "case".id = task.case_id)
  WHERE state = 'open'"""
URGENT = "UPDATE task SET urgent_on = CASE WHEN due < legal_on THEN due ELSE legal_on END WHERE state = 'open'"

versions = sa.table("model_version", sa.column("id"), sa.column("process"), sa.column("folder"))
deadlines = sa.table("deadline", sa.column("case_id"), sa.column("code"), sa.column("kind"))
cases = sa.table("case", sa.column("id"), sa.column("model_version_id"))


def upgrade() -> None:
    op.add_column("deadline", sa.Column("kind", sa.String(length=20), server_default="own", nullable=False))
    for name in ("legal_on", "court_on", "own_on"):
        op.add_column("case", sa.Column(name, sa.Date(), server_default=NEVER, nullable=False))
    op.add_column("task", sa.Column("case_type", sa.String(length=80), server_default="", nullable=False))
    op.add_column("task", sa.Column("handler", sa.String(length=80), nullable=True))
    for name in ("legal_on", "urgent_on"):
        op.add_column("task", sa.Column(name, sa.Date(), server_default=NEVER, nullable=False))
    _say_who_set_them()
    for statement in (OF_CASES, OF_TASKS, URGENT):
        op.execute(statement)
    op.drop_index("ix_case_case_type", table_name="case")
    op.drop_index("ix_case_handler", table_name="case")
    op.drop_index("ix_task_taken", table_name="task")
    op.drop_index("ix_task_open", table_name="task")
    _make("case", CASES)
    _make("task", TASKS)


def downgrade() -> None:
    for name in TASKS:
        op.drop_index(name, table_name="task")
    for name in CASES:
        op.drop_index(name, table_name="case")
    op.create_index("ix_task_open", "task", ["state", "side", "due"])
    some = sa.text("state = 'open' AND assignee IS NOT NULL")
    op.create_index("ix_task_taken", "task", ["assignee"], sqlite_where=some, postgresql_where=some)
    some = sa.text("handler IS NOT NULL")
    op.create_index("ix_case_handler", "case", ["handler"], sqlite_where=some, postgresql_where=some)
    op.create_index("ix_case_case_type", "case", ["case_type"])
    for table, names in (
        ("task", ("urgent_on", "legal_on", "handler", "case_type")), ("case", ("own_on", "court_on", "legal_on")), ("deadline", ("kind",)),
    ):  # fmt: skip
        for name in names:
            op.drop_column(table, name)


def _make(table: str, indexes: Mapping[str, tuple[tuple[str, ...], str | None]]) -> None:
    for name, (columns, which) in indexes.items():
        some = sa.text(which) if which else None
        op.create_index(name, table, list(columns), sqlite_where=some, postgresql_where=some)


def _say_who_set_them() -> None:
    connection = op.get_bind()
    used = sa.select(cases.c.model_version_id).distinct()
    for version, process in connection.execute(
        sa.select(versions.c.id, versions.c.process).where(versions.c.id.in_(used))
    ).all():
        packed = connection.execute(sa.select(versions.c.folder).where(versions.c.id == version)).scalar_one()
        found = dict(_kinds(process, bytes(packed)))
        for kind in ("law", "court"):
            codes = [code for code, one in found.items() if one == kind]
            of_version = sa.select(cases.c.id).where(cases.c.model_version_id == version)
            mine = (deadlines.c.case_id.in_(of_version), deadlines.c.code.in_(codes))
            connection.execute(sa.update(deadlines).where(*mine).values(kind=kind))


def _kinds(process: str, packed: bytes) -> Iterator[tuple[str, str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as folder:
            drawing = ET.fromstring(folder.read("drawing.bpmn"))  # noqa: S314 - a drawing that was read and kept by the program
    except (zipfile.BadZipFile, KeyError, ET.ParseError):
        return  # one that `zaakspoor verify` names as unreadable
    for element in drawing.iter():
        if element.tag.endswith("}deadline"):
            code = element.get("code", "")
            if element.get("court") == "true" or code in OF_COURTS.get(process, ()):
                yield code, "court"
            elif element.get("rule"):
                yield code, "law"
