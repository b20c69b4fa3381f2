"""The fast path to PostgreSQL: many statements in one round trip."""
