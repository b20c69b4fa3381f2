"""PostgreSQL tells web processes whose counters may have changed: it notifies of each row of news, and of each message of a citizen."""

from alembic import op

revision = "0058"
down_revision = "0057"

# what `processes.storage.desk_bell` listens to: `staff:<number>` or `case:<id>`
FUNCTIONS = (
    """CREATE FUNCTION tell_desk_of_news() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM pg_notify('zaakspoor_desk', 'staff:' || NEW.staff); RETURN NULL; END $$""",
    """CREATE FUNCTION tell_desk_of_note() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM pg_notify('zaakspoor_desk', 'case:' || NEW.case_id); RETURN NULL; END $$""",
)
OF_CITIZENS = "NEW.kind IN ('message', 'upload')"
TRIGGERS = (
    "CREATE TRIGGER desk_news AFTER INSERT OR UPDATE OF read_at ON news FOR EACH ROW EXECUTE FUNCTION tell_desk_of_news()",
    f"""CREATE TRIGGER desk_note_new AFTER INSERT ON note FOR EACH ROW
    WHEN ({OF_CITIZENS} AND NOT NEW.read_by_handler) EXECUTE FUNCTION tell_desk_of_note()""",
    f"""CREATE TRIGGER desk_note_read AFTER UPDATE OF read_by_handler ON note FOR EACH ROW
    WHEN ({OF_CITIZENS} AND OLD.read_by_handler <> NEW.read_by_handler) EXECUTE FUNCTION tell_desk_of_note()""",
)


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for one in (*FUNCTIONS, *TRIGGERS):
            op.execute(one)


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table, trigger in (("news", "desk_news"), ("note", "desk_note_new"), ("note", "desk_note_read")):
            op.execute(f"DROP TRIGGER {trigger} ON {table}")
        op.execute("DROP FUNCTION tell_desk_of_news()")
        op.execute("DROP FUNCTION tell_desk_of_note()")
