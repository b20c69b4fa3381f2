"""Fills every table that grows to so many rows: copies of the rows that are there, made by the server in seconds.

In: a PostgreSQL database with cases that were really played. Copies get keys of their own, point at each other's keys as
the originals do, and lie on other days. What waits in the originals is done in the copies, so that a sweep has no more to do.
"""

from typing import Any, Final

from sqlalchemy import Column, Connection, Date, Engine, Table, UniqueConstraint, func, select, text
from sqlalchemy.types import String

from processes.storage.base import STILL, Base, Moment

# of the installation, not of its cases: they have some dozens of rows in the largest municipality (`rate`: those of minutes,
# `case_bundle`: those of a day)
SMALL: Final = frozenset({
    "case_bundle", "case_type_change", "department", "department_network", "desk_mail", "house_style", "house_style_file", "law_rule", "mailbox", "mailbox_change", "mailbox_code", "model_move",
    "model_version", "out_of_use", "print_batch", "rate", "rehearsal_kept", "saved_view", "setting", "setting_change",
    "staff", "staff_identity", "substitution", "version_proposal",
})  # fmt: skip
STEP: Final = 1_000_000  # between the id of a row and that of its copy
PEOPLE: Final = 50  # members of staff who share the copies
PLACES: Final = 50  # departments that share them
NAMESAKES: Final = 50  # one in so many has the words of its original: names and texts differ
AHEAD: Final = frozenset(
    {"next_due", "due", "warn_on", "destroy_from", "not_before", "expires_at", "used_at", "saved_at"}
)
DONE: Final = {
    ("mail", "sent_at"): "t.created_at",
    ("mail", "error"): "NULL",
    ("mail", "held"): "NULL",
    ("notice", "held"): "NULL",
    ("notice", "unopened"): "false",
    ("mail", "digest"): "false",
    ("co_filer", "state"): "'ended'",
    ("co_filer", "code"): "md5(t.code || '-' || g) || md5(g || '-' || t.code)",  # nobody has the code of another
    ("letter", "state"): "'sent'",
    ("mail_answer", "settled_at"): "t.received_at",
    ("outbox", "done_at"): "t.created_at",
    ("outbox", "error"): "NULL",
    ("notice", "sent_on"): "t.created_at::date",
    ("note", "read_by_handler"): "true",
    ("news", "read_at"): "t.at",
    ("colleague_task", "state"): "'done'",
    ("document", "words_read"): "true",
    ("hearing_seat", "staff"): f"'medewerker' || (g + t.id) % {PEOPLE}",  # nobody sits twice in one session
    ("post_item", "handled_as"): "'attached'",
    ("post_item", "handled_at"): "t.taken_at",
    ("case", "alarm"): "NULL",
    ("instance", "error"): "NULL",
    ("large_upload", "state"): "'gone'",
    ("upload_part", "upload_id"): "t.upload_id",  # a file that is gone has no parts: theirs is the one that comes in
    ("upload", "settled"): "true",
    ("file_scan", "state"): "'clean'",
    ("upload", "at"): "t.at + (g % 1000 + 4000) * interval '1 day'",
    ("mail_answer", "received_at"): "t.received_at + (g % 1000 + 4000) * interval '1 day'",
    ("taken_mail", "taken_at"): "t.taken_at + (g % 1000 + 4000) * interval '1 day'",
    (
        "document_request",
        "department",
    ): f"CASE WHEN g % {PLACES} = 0 THEN t.department ELSE 'afdeling' || g % {PLACES} END",
    ("own_address", "confirmed_at"): "t.asked_at",
    (
        "decision",
        "number",
    ): "CASE t.number WHEN '' THEN '' ELSE left(t.number || '-' || g, 80) END",  # of their own decisions
}
# the search table tells of rows of other tables, by ids that are made as those of their copies
GIVEN: Final = {**DONE, ("search", "row_id"): (
    "CASE WHEN t.row_id !~ '^[0-9]+$' THEN left(md5(t.row_id || '-' || g) || '-' || g, 32)"
    f" ELSE (t.row_id::bigint + g * {STEP})::text END"
), ("search", "words"): f"CASE WHEN g % {NAMESAKES} = 0 THEN t.words ELSE to_tsvector('simple', 'eigen' || g) END",
    # drafts that somebody works on: few rest, and are tidied
    ("model_draft", "deployed_at"): 'CASE WHEN g % 100 = 0 THEN t."deployed_at" END',
    ("model_draft", "changed_at"): "t.\"changed_at\" + interval '4000 days'"}  # fmt: skip
WITHOUT_KEY: Final = {
    ("audit", "chain"),
    ("outbox", "case_id"),
    ("destruction", "case_id"),
    ("large_upload", "blob"),
    ("post_file", "blob"),
    ("large_upload", "task_id"),
    ("upload", "draft_id"),
    ("look", "case_id"),
    ("look", "document_id"),
    ("link_opening", "case_id"),
    ("link_opening", "dossier_id"),
}  # ids of cases all the same, and names of files
SORTS: Final = frozenset({"legal_on", "court_on", "own_on", "urgent_on"})  # NEVER and STILL stay what they are
BY_STAFF: Final = frozenset({"handler", "assignee", "done_by", "staff"})


def growing() -> list[Table]:
    """Every table whose size follows the number of cases, new ones included."""
    return [table for table in Base.metadata.sorted_tables if table.name not in SMALL]


def fill(engine: Engine, rows: int) -> None:
    """At least so many rows in each of them; tables without any row stay empty. Statistics are made afterwards."""
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))  # copies of sound rows are sound
        for table in growing():
            _multiply(connection, table, rows)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))


def _multiply(connection: Connection, table: Table, rows: int) -> None:
    there = connection.scalar(select(func.count()).select_from(table))
    if not there:
        return
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    shown = ", ".join(_of_copy(column) for column in table.columns)
    copies = f"generate_series(1::bigint, {-(-rows // there)}) g"
    statement = f'INSERT INTO "{table.name}" ({names}) SELECT {shown} FROM "{table.name}" t, {copies}'  # noqa: S608 - ours
    connection.execute(text(statement))


def _of_copy(column: Column[Any]) -> str:
    where, name = (column.table.name, column.name), f't."{column.name}"'
    if where in GIVEN:
        return GIVEN[where]
    if _is_key(column) or where in WITHOUT_KEY:
        return _text_of_copy(column, name) if isinstance(column.type, String) else f"{name} + g * {STEP}"
    if column.name in BY_STAFF:
        return f"CASE WHEN {name} IS NULL THEN NULL ELSE 'medewerker' || g % {PEOPLE} END"
    if column.name in {"identity_index", "owner"}:
        return _text_of_copy(column, name)
    return _day_of_copy(column, name) if isinstance(column.type, Date | Moment) else name


def _day_of_copy(column: Column[Any], name: str) -> str:
    if column.name in SORTS:
        return f"CASE WHEN {name} >= '{STILL}' THEN {name} ELSE {name} + (g % 1000 - 100)::int END"
    days = "(g % 1000 + 4000)" if column.name in AHEAD else "(g % 1000 - 1000)"
    return f"{name} + {days} * interval '1 day'"


def _text_of_copy(column: Column[Any], name: str) -> str:
    assert isinstance(column.type, String)
    return f"left(md5({name} || '-' || g) || '-' || g, {column.type.length or 64})"


def _is_key(column: Column[Any]) -> bool:
    """Whether it must be another in each copy: alone unique, or a key of a table that is copied too."""
    points = [key.column.table.name for key in column.foreign_keys]
    if points:
        return points[0] not in SMALL
    alone = [
        one for one in column.table.constraints if isinstance(one, UniqueConstraint) and list(one.columns) == [column]
    ]
    return column.primary_key or bool(column.unique) or bool(alone)
