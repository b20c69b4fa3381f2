"""A document of a level that staff need a clearance for is found, with its words, by kinds of row of their own."""

from alembic import op

revision = "0096"
down_revision = "0095"

KINDS = {"document": "above", "text": "above_text"}
ABOVE = "SELECT id FROM document WHERE confidentiality IN ('confidentieel', 'geheim', 'zeer_geheim')"


def upgrade() -> None:
    for before, after in KINDS.items():
        op.execute(f"UPDATE search SET kind = '{after}' WHERE kind = '{before}' AND row_id IN ({ABOVE})")  # noqa: S608 - ours


def downgrade() -> None:
    for before, after in KINDS.items():
        op.execute(f"UPDATE search SET kind = '{before}' WHERE kind = '{after}'")  # noqa: S608 - ours
