"""The parts of the audit trail: its hashes and seals, which rows it holds digests of, and how both are compared.

`processes.storage.audit` writes the trail; docs/audit-trail.md says what it holds against whom.
"""
