"""Outgoing post: mails, formal notices and letters, from template to envelope."""
