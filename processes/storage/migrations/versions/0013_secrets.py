"""Room for what a change of the secret needs: keys of encrypted files, links of departments and identities of profiles, sealed."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

# sealed or not, no samples for the planner, which would outlive the destruction of a case: see migration 0002
UNSAMPLED = {"document": "file_key", "dossier": "sealed_token", "person_profile": "identity", "party": "identity"}


def upgrade() -> None:
    op.add_column("document", sa.Column("file_key", sa.String(length=200), nullable=True))
    op.add_column("dossier", sa.Column("sealed_token", sa.LargeBinary(), nullable=True))
    op.add_column("person_profile", sa.Column("identity", sa.LargeBinary(), nullable=True))
    _sample(0)


def downgrade() -> None:
    _sample(-1)
    op.drop_column("person_profile", "identity")
    op.drop_column("dossier", "sealed_token")
    op.drop_column("document", "file_key")


def _sample(target: int) -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table, column in UNSAMPLED.items():
            op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS {target}")
