"""Each unsafe setting and the sentence with which production refuses it (T6)."""

import os
from pathlib import Path

import pytest
from kit.production import SECRET, safe_environment

from processes.base import demo_folder
from processes.base.guessing import guessable
from processes.base.production_rules import RULES, safe_settings, unsafe
from processes.base.settings import ClearText, SettingError, read_settings

DATABASE = "postgresql+psycopg://zaken:woord@db.example.org/zaken"
CLEAR_BOUNCES = {"BOUNCE_ADDRESS": "bounce@example.org", "BOUNCE_MAILBOX": "imap://zaken:woord@mail.example.org"}
UNSAFE = [
    ("DEMO", {"DEMO": "on"}, "kan niet samen met ZAAKSPOOR_PRODUCTION."),
    ("PUBLIC_URL", {"PUBLIC_URL": None}, "moet beginnen met https://"),
    ("PUBLIC_URL", {"PUBLIC_URL": "http://zaken.example.org"}, "moet beginnen met https://"),
    ("TRUSTED_PROXIES", {"TRUSTED_PROXIES": None}, "is leeg. Https eindigt bij een proxy"),
    ("TRUSTED_PROXIES", {"TRUSTED_PROXIES": "0.0.0.0/0"}, "daar kan iedereen in zitten"),
    ("TRUSTED_PROXIES", {"TRUSTED_PROXIES": "10.1.2.3 ::/0"}, "daar kan iedereen in zitten"),
    ("SECRET", {"SECRET": None}, "moet in productie minstens 32 tekens hebben."),
    ("SECRET", {"SECRET": "kort"}, "moet in productie minstens 32 tekens hebben."),
    ("SECRET", {"SECRET": "x" * 32}, "is te raden"),
    ("SECRET", {"SECRET": "geheim" * 7}, "is te raden"),
    ("DATABASE", {"DATABASE": None}, "is SQLite."),
    ("DATABASE", {"DATABASE": "sqlite:////var/zaken.db"}, "is SQLite."),
    ("DATABASE", {"DATABASE": DATABASE}, "controleert geen certificaat."),
    ("DATABASE", {"DATABASE": f"{DATABASE}?sslmode=require"}, "controleert geen certificaat."),
    ("DATABASE", {"DATABASE": f"{DATABASE}?sslmode=verify-ca"}, "controleert geen certificaat."),
    ("DATABASE", {"DATABASE": f"{DATABASE}?sslmode=verify-full&sslmode=disable"}, "controleert geen certificaat."),
    ("DATABASE", {"DATABASE": "postgresql+psycopg:///zaken?host=db.example.org"}, "controleert geen certificaat."),
    ("DATABASE", {"DATABASE": "postgresql+psycopg:///zaken?host=/run&hostaddr=10.0.0.9"}, "controleert geen certificaat."),
    ("DATABASE", {"DATABASE": "postgresql+psycopg:///zaken?host=/run:5432&host=db.example.org:5432"}, "controleert geen"),
    ("DATABASE", {"DATABASE": "postgresql+psycopg:///?service=zaken"}, "controleert geen certificaat."),
    ("DATABASE", {"DATABASE": "postgresql+psycopg:///zaken", "PGHOST": "db.example.org"}, "controleert geen certificaat."),
    ("BROKER", {"BROKER": "amqp://zaken:woord@broker.example.org"}, "gaat onversleuteld. Gebruik amqps://."),
    ("BROKER", {"BROKER": "amqps://guest:guest@broker.example.org"}, "gebruikt de naam 'guest'"),
    ("BROKER", {"BROKER": "amqps://broker.example.org"}, "gebruikt de naam 'guest'"),
    ("BROKER", {"BROKER": "amqps://zaken:w@broker.example.org/?ssl_options={'cert_reqs':0}"}, "heeft ssl_options."),
    ("SMTP", {"SMTP": None}, "is het postvak van de demo"),
    ("SMTP", {"SMTP": "mailbox"}, "is het postvak van de demo"),
    ("SMTP", {"SMTP": "smtp://mail.example.org"}, "gaat onversleuteld."),
    ("SMTP", {"SMTP": "smtp://mail.example.org?starttls=off"}, "gaat onversleuteld."),
    ("BOUNCE_MAILBOX", {"BOUNCE_ADDRESS": "bounce@example.org"}, "is leeg, en niemand leest wat op"),
    ("BOUNCE_ADDRESS", {"BOUNCE_MAILBOX": "imaps://zaken:woord@mail.example.org"}, "is leeg. Noem het adres van"),
    ("POST_MAILBOX", {"POST_MAILBOX": "imap://post:woord@mail.example.org"}, "gaat onversleuteld. Gebruik imaps://"),
    ("BOUNCE_MAILBOX", CLEAR_BOUNCES, "gaat onversleuteld. Gebruik imaps://"),
    ("BOUNCE_MAILBOX", {**CLEAR_BOUNCES, "BOUNCE_MAILBOX": f"{CLEAR_BOUNCES['BOUNCE_MAILBOX']}?starttls=uit"}, "gaat onversleuteld."),
    ("CLAMAV", {"CLAMAV": "scanner.example.org:3310"}, "stuurt bestanden onversleuteld over het netwerk"),
    ("LOOK_INSIDE", {"LOOK_INSIDE": "off"}, "staat uit: er gaan documenten naar buiten"),
    ("MAIL_FROM", {"MAIL_FROM": None}, "is het adres van het voorbeeld."),
    ("FILES", {"FILES": "/dev/null"}, "is geen map: '/dev/null' is een bestand."),
    ("FILES", {"FILES": "/dev/null/files"}, "is geen map: '/dev/null' is een bestand."),
    ("FILES", {"FILES": "s3://zaken", "AWS_ENDPOINT_URL": "http://opslag.example.org"}, "gaat onversleuteld"),
    ("FILES", {"FILES": "s3://zaken", "AWS_ENDPOINT": "http://[opslag"}, "gaat onversleuteld"),
    ("FILES", {"FILES": "s3://zaken", "AWS_ALLOW_HTTP": "true"}, "gaat onversleuteld"),
    ("FILES", {"FILES": "s3://zaken", "AWS_ALLOW_INVALID_CERTIFICATES": "1"}, "controleert geen certificaat."),
    ("DATA", {"DATA": "/dev/null"}, "is geen map"),
    ("OIDC_CITIZEN_ISSUER", {"OIDC_CITIZEN_ISSUER": None}, "is leeg, en in productie is er geen simulator."),
    ("OIDC_STAFF_ISSUER", {"OIDC_STAFF_ISSUER": ""}, "is leeg, en in productie is er geen simulator."),
    ("OIDC_STAFF_ISSUER", {"OIDC_STAFF_ISSUER": "http://inloggen.example.org"}, "moet beginnen met https://"),
    ("OIDC_CLIENT_SECRET", {"OIDC_CLIENT_SECRET": None}, "is leeg. Vul het geheim in dat de inlogdienst u gaf."),
    ("SECURITY_CONTACT", {"SECURITY_CONTACT": None}, "is leeg. Noem het adres waar iemand een zwakke plek meldt"),
]  # fmt: skip


def refusals(environment: dict[str, str]) -> list[tuple[str, str]]:
    """Variable and sentence of each."""
    return [(one.variable, one.sentence) for one in unsafe(read_settings(environment), environment)]


def test_t6_what_is_safe_is_accepted(tmp_path: Path) -> None:
    environment = safe_environment(tmp_path)
    assert refusals(environment) == []
    assert safe_settings(environment).production is True


@pytest.mark.parametrize(("name", "changed", "sentence"), UNSAFE)
def test_t6_production_refuses_what_is_unsafe_and_names_the_variable(
    tmp_path: Path, name: str, changed: dict[str, str | None], sentence: str
) -> None:
    environment = safe_environment(tmp_path, **changed)
    told = refusals(environment)
    assert {variable for variable, _ in told} == {f"ZAAKSPOOR_{name}"}
    assert sentence in told[0][1]
    with pytest.raises(SettingError, match=f"^ZAAKSPOOR_{name} "):
        safe_settings(environment)


def test_t6_each_rule_has_a_row_here(tmp_path: Path) -> None:
    """And the folder of the demo and one that cannot be written, which have tests of their own below."""
    broken = set()
    for _, changed, _ in UNSAFE:
        environment = safe_environment(tmp_path, **changed)
        settings = read_settings(environment)
        broken |= {rule for rule in RULES if any(True for _ in rule(_given(settings, environment)))}
    assert {rule.__name__ for rule in set(RULES) - broken} == {"no_folder_of_the_demo"}


def _given(settings, environment):
    from processes.base.production_rules import GivenSettings

    return GivenSettings(settings, environment)


def test_t6_everything_unsafe_is_said_at_once(tmp_path: Path) -> None:
    environment = {
        "ZAAKSPOOR_PRODUCTION": "on",
        "ZAAKSPOOR_DATA": str(tmp_path),
        "ZAAKSPOOR_FILES": str(tmp_path / "f"),
    }
    with pytest.raises(SettingError) as refused:
        safe_settings(environment)
    named = {line.split()[0].removeprefix("ZAAKSPOOR_") for line in str(refused.value).splitlines()}
    assert named == {
        "DATABASE", "MAIL_FROM", "OIDC_CITIZEN_ISSUER", "OIDC_CLIENT_SECRET", "OIDC_STAFF_ISSUER", "PUBLIC_URL",
        "SECRET", "SECURITY_CONTACT", "SMTP", "TRUSTED_PROXIES",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("connection", "changed"),
    [
        (ClearText.DATABASE, {"DATABASE": DATABASE}),
        (ClearText.BROKER, {"BROKER": "amqp://zaken:woord@broker.example.org"}),
        (ClearText.SMTP, {"SMTP": "smtp://mail.example.org"}),
        (ClearText.IMAP, CLEAR_BOUNCES),
        (ClearText.CLAMAV, {"CLAMAV": "scanner.example.org:3310"}),
        (
            ClearText.FILES,
            {"FILES": "s3://zaken", "AWS_ENDPOINT_URL": "http://opslag.example.org", "AWS_ALLOW_HTTP": "1"},
        ),
    ],
)
def test_t6_clear_text_is_allowed_by_name_and_for_that_connection_only(
    tmp_path: Path, connection: ClearText, changed: dict[str, str]
) -> None:
    assert refusals(safe_environment(tmp_path, CLEAR_TEXT=connection, **changed)) == []
    others = " ".join(set(ClearText) - {connection})
    (told,) = refusals(safe_environment(tmp_path, CLEAR_TEXT=others, **changed))
    assert f"zet dan '{connection}' in ZAAKSPOOR_CLEAR_TEXT." in told[1]


@pytest.mark.parametrize(
    "changed",
    [
        {"DATABASE": "postgresql+psycopg:///zaken"},
        {"DATABASE": "postgresql+psycopg://zaken@127.0.0.1:5432/zaken"},
        {"DATABASE": "postgresql+psycopg:///zaken?host=/run/postgresql"},
        {"DATABASE": f"{DATABASE}?connect_timeout=2", "PGSSLMODE": "verify-full"},
        {"BROKER": "amqp://guest:guest@localhost"},
        {"BROKER": "embedded"},
        {"CLAMAV": "127.0.0.1:3310"},
        {"CLAMAV": "/run/clamav/clamd.ctl"},
        {"SMTP": "smtp://[::1]:25"},
        {"SMTP": "smtp://mail.example.org?starttls=on"},
        {**CLEAR_BOUNCES, "BOUNCE_MAILBOX": "imaps://zaken:woord@mail.example.org/Terug"},
        {**CLEAR_BOUNCES, "BOUNCE_MAILBOX": f"{CLEAR_BOUNCES['BOUNCE_MAILBOX']}?starttls=on"},
        {**CLEAR_BOUNCES, "BOUNCE_MAILBOX": "imap://zaken:woord@127.0.0.1:1143"},
        {"FILES": "s3://zaken"},
        {"FILES": "s3://zaken", "AWS_ENDPOINT_URL": "http://127.0.0.1:9000", "AWS_ALLOW_HTTP": "true"},
        {"FACES": "department", "OIDC_CITIZEN_ISSUER": None, "OIDC_STAFF_ISSUER": None, "OIDC_CLIENT_SECRET": None},
        {"FACES": "citizen", "OIDC_STAFF_ISSUER": None},
        {"SECURITY_CONTACT": "https://example.org/meld"},
    ],
)
def test_t6_on_this_machine_and_for_what_is_not_shown_nothing_more_is_asked(
    tmp_path: Path, changed: dict[str, str | None]
) -> None:
    assert refusals(safe_environment(tmp_path, **changed)) == []


def test_t6_the_folder_and_the_secret_of_the_demo_are_refused(tmp_path: Path) -> None:
    demo = tmp_path / "demo"
    demo_folder.prepare(demo, fresh=False)
    (demo / "secret").write_text(SECRET)
    assert [name for name, _ in refusals(safe_environment(tmp_path))] == ["ZAAKSPOOR_SECRET"]
    told = refusals(safe_environment(tmp_path, DATA=str(demo)))
    assert [name for name, _ in told] == ["ZAAKSPOOR_DATA", "ZAAKSPOOR_SECRET"]
    assert "is de sleutel van de demo" in told[1][1]


@pytest.mark.parametrize("name", ["FILES", "DATA"])
def test_t6_a_folder_that_cannot_be_written_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    closed = tmp_path / "dicht"
    closed.mkdir()
    # (root may write anywhere: the answer of the system is given here)
    monkeypatch.setattr(os, "access", lambda place, _mode: Path(place) != closed)
    (told,) = refusals(safe_environment(tmp_path, **{name: str(closed / "files")}))
    assert told == (
        f"ZAAKSPOOR_{name}",
        f"is niet te schrijven: geef '{closed}' aan de gebruiker onder wie het programma draait.",
    )


@pytest.mark.parametrize(
    "secret",
    [
        "", "x" * 31, "x" * 32, "x" * 500, "ab" * 20, "aB3" * 12, "1234567890" * 4, "abcdefghijklmnopqrstuvwxyz0123456789",
        "0123456789abcdef0123456789abcdef", "geheim" * 7, "rehearsal-" * 4, "zaakspoor-gemeente-geheim-2026-productie",
        "qwertyuiopasdfghjklzxcvbnm123456", "secret0secret1secret2secret3secret4", "a" * 31 + "b", "welkom2026" * 4,
    ],
)  # fmt: skip
def test_t6_a_secret_that_somebody_typed_or_copied_is_guessable(secret: str) -> None:
    assert guessable(secret)


@pytest.mark.parametrize(
    "secret",
    [
        SECRET,
        "9f86d081884c7d659a2feaa0c55ad015",  # 16 bytes in hexadecimal
        "3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d",
        "R9tNfXo2mB7hQvLkJ4sWcZy8eUaP1gD6",
        "xqzjvkwpfmbyglhuncrsdioteaxqgwvz",
    ],
)
def test_t6_a_random_secret_is_not(secret: str) -> None:
    assert not guessable(secret)
