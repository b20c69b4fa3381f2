"""The settings as an operator writes them: what is meant is read, and whatever cannot be meant is refused by name (T6)."""

import re
from pathlib import Path

import pytest

from processes.base.settings import OIDC_NAMES, Face, SettingError, Settings, read_settings, settings_in

NO_SWITCH = [
    "",
    " ",
    "maybe",
    "oui",
    "2",
    "-1",
    "jaa",
    "ja nee",
    "TRUE!",
    "on;off",
    "None",
    "null",
    "\N{FULLWIDTH DIGIT ONE}",
]


@pytest.mark.parametrize("word", ["on", "aan", "yes", "ja", "true", "1", "ON", "Ja", " True "])
def test_t6_a_switch_is_on(word: str) -> None:
    assert read_settings({"ZAAKSPOOR_PRODUCTION": word}).production is True


@pytest.mark.parametrize("word", ["off", "uit", "no", "nee", "false", "0", "OFF", "Nee"])
def test_t6_a_switch_is_off(word: str) -> None:
    assert read_settings({"ZAAKSPOOR_FAST_DATABASE": word}).fast_database is False


@pytest.mark.parametrize("name", ["PRODUCTION", "DEMO", "FAST_DATABASE"])
@pytest.mark.parametrize("word", NO_SWITCH)
def test_t6_any_other_word_is_no_switch_and_the_variable_is_named(name: str, word: str) -> None:
    with pytest.raises(SettingError, match=rf"^ZAAKSPOOR_{name} is .*, geen ja of nee\. Kies on aan"):
        read_settings({f"ZAAKSPOOR_{name}": word})


WRONG = [
    ("PRODUCTON", "on", "is geen instelling van Zaakspoor. Bedoelt u ZAAKSPOOR_PRODUCTION?"),
    ("OIDC_STAF_ISSUER", "https://a.example", "is geen instelling van Zaakspoor. Bedoelt u ZAAKSPOOR_OIDC_STAFF_ISSUER?"),
    ("METRICS_PORT", "veel", "moet een getal zijn, niet 'veel'."),
    ("METRICS_PORT", "\N{SUPERSCRIPT TWO}", "moet een getal zijn, niet '\N{SUPERSCRIPT TWO}'."),
    ("METRICS_PORT", "65536", "moet een poort zijn, hoogstens 65535, niet '65536'."),
    ("CLAMAV", "scanner", "moet een adres zijn zoals 127.0.0.1:3310"),
    ("CLAMAV", "tcp://127.0.0.1:3310", "moet een adres zijn zoals 127.0.0.1:3310"),
    ("CLAMAV", "127.0.0.1:veel", "is geen geldig adres."),
    ("CLAMAV_SECONDS", "91", "moet een getal zijn van 1 tot en met 90."),
    ("UPLOAD_MEGABYTES", "0", "moet minstens 1 zijn."),
    ("UPLOAD_MEGABYTES", "-5", "moet een getal zijn, niet '-5'."),
    ("DATA", "", "is leeg. Vul een map in, of laat de variabele weg."),
    ("DEPARTMENT_NETWORKS", "10.0.0.0/33", "noemt '10.0.0.0/33', en dat is geen netwerk of adres"),
    ("DEPARTMENT_NETWORKS", "intranet", "noemt 'intranet', en dat is geen netwerk of adres"),
    ("TRUSTED_PROXIES", "*", "noemt '*', en dat is geen netwerk of adres"),
    ("TRUSTED_PROXIES", "proxy.example.org", "noemt 'proxy.example.org', en dat is geen netwerk of adres"),
    ("TRUSTED_PROXIES", "10.1.2.3/8", "Bedoelt u het netwerk 10.0.0.0/8 of het adres 10.1.2.3?"),
    ("FACES", "citizen wrokbench", "moet een of meer zijn van citizen department workbench admin public, niet 'wrokbench'."),
    ("FACES", "", "moet een of meer zijn van"),
    ("CLEAR_TEXT", "smtp all", "kent alleen database broker smtp files imap clamav, niet 'all'."),
    ("LIMITS", "mesage=3/minute", "noemt 'mesage'. Kies uit: filing message"),
    ("LIMITS", "message", "zegt van message niet hoeveel"),
    ("LIMITS", "message=veel", "zegt van message niet hoeveel"),
    ("LIMITS", "message=0/minute", "zegt van message niet hoeveel"),
    ("LIMITS", "message=3/fortnight", "zegt van message niet hoeveel"),
    ("PUBLIC_URL", "zaken.example.org", "moet een adres zijn zoals https://zaken.gemeente.nl"),
    ("PUBLIC_URL", "ftp://zaken.example.org", "moet een adres zijn zoals https://zaken.gemeente.nl"),
    ("PUBLIC_URL", "https://zaken.example.org/zaken", "mag na de naam van de site niets meer hebben"),
    ("PUBLIC_URL", "https://noor:woord@zaken.example.org", "mag na de naam van de site niets meer hebben"),
    ("PUBLIC_URL", "https://zaken.example.org:poort", "is geen geldig adres."),
    ("DATABASE", "mysql://zaken@db/zaken", "moet beginnen met postgresql+psycopg://"),
    ("BROKER", "redis://broker", "moet 'embedded' zijn, of beginnen met amqps:// of amqp://."),
    ("BROKER", "amqps://a;amqp://b", "moet één broker noemen."),
    ("FILES", "s3://", "moet een map zijn of s3://bucket."),
    ("FILES", "gs://bucket", "moet een map zijn of s3://bucket."),
    ("SMTP", "mail.example.org", "moet 'mailbox' zijn, of een adres zoals smtps://mail.gemeente.nl."),
    ("SMTP", "smtp://", "moet 'mailbox' zijn, of een adres zoals smtps://mail.gemeente.nl."),
    ("SMTP", "smtp://mail.example.org?startls=on", "kent na het vraagteken alleen starttls=on."),
    ("SMTP", "smtp://mail.example.org?starttls", "is '', geen ja of nee."),
    ("BOUNCE_ADDRESS", "bounce", "is geen adres waarmee gemaild kan worden."),
    ("BOUNCE_ADDRESS", "bounce+zaken@example.org", "mag voor de @ geen + hebben en hoogstens 16 tekens"),
    ("BOUNCE_ADDRESS", f"{'b' * 17}@example.org", "mag voor de @ geen + hebben en hoogstens 16 tekens"),
    ("BOUNCE_MAILBOX", "mail.example.org", "moet een postvak zijn, zoals imaps://naam:wachtwoord@mail.gemeente.nl/INBOX."),
    ("BOUNCE_MAILBOX", "imaps://mail.example.org", "moet een postvak zijn"),
    ("POST_MAILBOX", "imaps://mail.example.org", "moet een postvak zijn"),
    ("BOUNCE_MAILBOX", "smtps://naam:woord@mail.example.org", "moet een postvak zijn"),
    ("BOUNCE_MAILBOX", "imap://naam:woord@mail.example.org?tls=on", "kent na het vraagteken alleen starttls=on."),
    ("BOUNCE_MAILBOX", "imap://naam:woord@mail.example.org?starttls=", "is '', geen ja of nee."),
    ("ANSWER_DAYS", "0", "moet minstens 1 zijn."),
    ("OIDC_STAFF_ISSUER", "inloggen.example.org", "moet een adres zijn zoals https://inloggen.gemeente.nl/inwoners"),
    ("SECURITY_CONTACT", "http://zaken.example.org", "moet een mailadres zijn of een adres dat begint met https://."),
    ("OFFICE_CONVERTER", "soffice", "moet het hele pad van een programma zijn, zoals /usr/bin/soffice, of none."),
    ("SECURITY_CONTACT", "nergens", "moet een mailadres zijn of een adres dat begint met https://."),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "sentence"), WRONG)
def test_t6_what_cannot_be_meant_is_refused_in_words(name: str, text: str, sentence: str) -> None:
    with pytest.raises(SettingError) as refused:
        read_settings({f"ZAAKSPOOR_{name}": text})
    assert str(refused.value).startswith(f"ZAAKSPOOR_{name} ")
    assert sentence in str(refused.value)


def test_t6_everything_that_is_wrong_is_said_at_once_and_the_rest_is_read() -> None:
    given = {
        "ZAAKSPOOR_PRODUCTION": "misschien",
        "ZAAKSPOOR_FACES": "alles",
        "ZAAKSPOOR_ORGANISATION": "Gemeente Proef",
    }
    settings, wrong = settings_in(given)
    assert [one.variable for one in wrong] == ["ZAAKSPOOR_FACES", "ZAAKSPOOR_PRODUCTION"]
    assert (settings.organisation, settings.production, settings.faces) == ("Gemeente Proef", False, tuple(Face))
    with pytest.raises(SettingError, match=r"ZAAKSPOOR_FACES.*\nZAAKSPOOR_PRODUCTION"):
        read_settings(given)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("DATABASE", "postgresql+psycopg://zaken:Geheim!@db:poort/zaken"),
        ("BROKER", "amqps://zaken:Geheim!@[b/"),
        ("BOUNCE_MAILBOX", "imaps://zaken:Geheim!@[b/"),
    ],
)
def test_t6_an_address_that_is_wrong_shows_no_password(name: str, text: str) -> None:
    with pytest.raises(SettingError) as refused:
        read_settings({f"ZAAKSPOOR_{name}": text})
    assert "Geheim" not in str(refused.value)


def test_t6_the_defaults_are_what_reading_them_gives() -> None:
    defaults = Settings()
    given = {
        "DATABASE": defaults.database, "BROKER": defaults.broker, "FILES": defaults.files, "SMTP": defaults.smtp,
        "BOUNCE_ADDRESS": "", "BOUNCE_MAILBOX": "", "POST_MAILBOX": "", "POST_FOLDER": "", "ANSWER_DAYS": "90",
        "PUBLIC_URL": defaults.public_url, "FACES": " ".join(defaults.faces), "MAIL_FROM": defaults.mail_from,
        "DATA": str(defaults.data), "UPLOAD_MEGABYTES": "100", "METRICS_PORT": "0", "CLEAR_TEXT": "", "TEAM_MAILBOX": "",
        "TRUSTED_PROXIES": "", "DEPARTMENT_NETWORKS": "", "SECURITY_CONTACT": "",
    }  # fmt: skip
    assert read_settings({f"ZAAKSPOOR_{name}": text for name, text in given.items()}) == defaults


def test_t6_what_is_printed_of_settings_holds_no_secret() -> None:
    secret = {
        "SECRET": "geheim" * 6,
        "DATABASE": "postgresql+psycopg://zaken:geheim@db/zaken",
        "OIDC_CLIENT_SECRET": "geheim",
    }
    settings = read_settings({f"ZAAKSPOOR_{name}": text for name, text in secret.items()})
    assert "geheim" in settings.database
    assert "geheim" not in f"{settings!r} {settings}"


def test_t6_a_secret_is_kept_as_it_is_given() -> None:
    assert read_settings({"ZAAKSPOOR_SECRET": " met spaties \n"}).secret == " met spaties \n"


@pytest.mark.parametrize("name", sorted(OIDC_NAMES))
def test_t6_each_setting_of_sign_in_can_be_set_and_an_empty_one_is_none(name: str) -> None:
    variable = f"ZAAKSPOOR_OIDC_{name.upper()}"
    value = {"levels": "a=high", "kind": "a=high", "logout": "off", "time": "off", "roles": "/a=worker"}.get(
        name.rpartition("_")[2], "https://a.example"
    )
    assert read_settings({variable: value}).oidc == {name: value}
    assert read_settings({variable: ""}).oidc == {}


def test_t6_commands_read_their_settings_by_the_door_that_refuses_what_is_unsafe() -> None:
    root = Path(__file__).parents[3]
    readers = {
        str(path.relative_to(root))
        for room in ("processes", "portal")
        for path in (root / room).rglob("*.py")
        if re.search(
            r"def read_settings\(environ|base\.settings import (\([^)]*|[^\n]*)\bread_settings\b", path.read_text()
        )
    }
    assert readers == {
        "processes/base/settings.py",
        "processes/storage/migrations/env.py",  # for whoever calls Alembic by hand
        "portal/demo/starting.py",  # asks whether it is production, and does not start then
    }
