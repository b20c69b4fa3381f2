"""The storage: tables and their migrations, files, the audit trail, the outbox, cached models and law."""
