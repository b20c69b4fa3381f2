"""The environment of an installation that production accepts, for tests that change one variable of it."""

from pathlib import Path

SECRET = "uQ7xW2pL9vKc4nTzR8mYb1sHf6jDg3eAo0iUyNqEw5B"  # for tests only


def safe_environment(folder: Path, **changed: str | None) -> dict[str, str]:
    """`ZAAKSPOOR_...` variables. `changed` are names without that prefix; None leaves one out."""
    given: dict[str, str | None] = {
        "PRODUCTION": "on",
        "SECRET": SECRET,
        "DATABASE": "postgresql+psycopg://zaken:woord@db.example.org/zaken?sslmode=verify-full&sslrootcert=system",
        "BROKER": "amqps://zaken:woord@broker.example.org",
        "FILES": str(folder / "files"),
        "DATA": str(folder),
        "SMTP": "smtps://mail.example.org",
        "MAIL_FROM": "zaken@example.org",
        "PUBLIC_URL": "https://zaken.example.org",
        "TRUSTED_PROXIES": "10.1.2.3",
        "SECURITY_CONTACT": "security@example.org",
        "OIDC_CITIZEN_ISSUER": "https://inloggen.example.org/inwoners",
        "OIDC_STAFF_ISSUER": "https://inloggen.example.org/medewerkers",
        "OIDC_CLIENT_ID": "zaakspoor",
        "OIDC_CLIENT_SECRET": "een-geheim-van-de-inlogdienst",
        **changed,
    }
    return {
        name if name.startswith(("AWS_", "PG")) else f"ZAAKSPOOR_{name}": value
        for name, value in given.items()
        if value is not None
    }
