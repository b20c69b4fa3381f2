"""Room for what a change of the secret needs: keys of encrypted files, links of departments and identities of profiles, sealed."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.add_column("document", sa.Column("file_key", sa.String(length=200), nullable=True))
    op.add_column("dossier", sa.Column("sealed_token", sa.LargeBinary(), nullable=True))
    op.add_column("person_profile", sa.Column("identity", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    op.drop_column("person_profile", "identity")
    op.drop_column("dossier", "sealed_token")
    op.drop_column("document", "file_key")
