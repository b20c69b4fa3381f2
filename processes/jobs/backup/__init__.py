"""Backups: the database at one moment and every stored file, encrypted to a key that the installation itself does not have.

`making` writes one, `restoring` brings it back into an empty installation; `place` says what lies where, `rows` how tables are
written down, `sealing` how bytes are encrypted. The secret of the installation is in no backup: keep it apart.
"""
