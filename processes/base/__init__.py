"""The base that every layer may use: settings, clock, errors, actor, logs, secrets. Nothing here knows a database."""
