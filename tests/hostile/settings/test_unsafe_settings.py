"""Production against every unsafe environment that we could think of: refused in words, never started, no trace (T6)."""

import itertools
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from kit.production import safe_environment

from portal.commands import main
from portal.serving import refuse_network
from processes.base.production_rules import safe_settings
from processes.base.settings import SettingError, Settings

ROOT = Path(__file__).parents[3]
DATABASE = "postgresql+psycopg://zaken:woord@db.example.org/zaken"
HOSTILE: dict[str, list[str | None]] = {
    "PRODUCTION": ["", "misschien", "onn", "on # ja", "0n", "\N{CYRILLIC SMALL LETTER O}n", "true false"],
    "DEMO": ["on", "ja", "1", "YES", "aan", "proef"],
    "PUBLIC_URL": [
        None, "", "http://zaken.example.org", "HTTP://zaken.example.org", "//zaken.example.org", "https://", "https:///x",
        "https://zaken.example.org/pad", "https://a@b", "https://zaken.example.org?x", "javascript:alert(1)", "https://[::",
        " https://zaken.example.org", "https://zaken.example.org#x",
    ],
    "SECRET": [None, "", " " * 40, "\t" * 64, "x" * 32, "xy" * 32, "0" * 64, "zaakspoor" * 5, "Welkom123!" * 4, "geheim" * 9],
    "TRUSTED_PROXIES": [None, "", "*", "0.0.0.0/0", "::/0", "0.0.0.0/1 128.0.0.0/1", "10.1.2.3,*", "proxy", "10.1.2.3/33", "1.2.3"],
    "DEPARTMENT_NETWORKS": ["*", "intern", "10.0.0.0/99", "10.0.0", "fe80::/200"],
    "FACES": ["", "alles", "citizen,root", "../portal", "CITIZEN"],
    "CLEAR_TEXT": ["all", "*", "smtp,alles", "oidc", "yes", "public_url"],
    "DATABASE": [
        None, "", "sqlite:///zaken.db", "sqlite+pysqlite:///zaken.db", "SQLITE:///x", "mysql://db/zaken", "zaken", DATABASE,
        *(f"{DATABASE}?sslmode={mode}" for mode in ("disable", "allow", "prefer", "require", "verify-ca", "VERIFY-FULL", "")),
        f"{DATABASE}?sslmode=verify-full&sslmode=disable", "postgresql+psycopg:///z?host=db.example.org",
        "postgresql+psycopg:///z?host=/run,db.example.org", "postgresql+psycopg:///z?service=z",
    ],
    "BROKER": [
        "", "redis://b", "amqp://zaken:woord@broker.example.org", "AMQP://zaken:woord@broker.example.org",
        "amqps://guest:guest@broker.example.org", "amqps://a:b@broker.example.org;amqp://c:d@broker.example.org",
        "amqps://a:b@broker.example.org?ssl_options={'cert_reqs': 0}", "amqps://a:b@broker.example.org?ssl_options",
    ],
    "SMTP": [
        None, "", "mailbox", "MAILBOX", "smtp://mail.example.org", "mail.example.org:25", "smtps://", "smtp://mail?starttls=0",
        "smtp://mail?starttls", "smtp://mail?STARTTLS=on", "smtp://mail?starttls=on&verify=off", "smtp://mail:poort",
    ],
    "MAIL_FROM": [None, "", "zaken", "zaken@voorbeeldstad.example"],
    "FILES": ["", "/dev/null", "/dev/null/x", "/proc/version/x", "s3://", "gs://b", "http://opslag.example.org/b"],
    "DATA": ["", "/dev/null", "/etc/passwd/x"],
    "OIDC_CITIZEN_ISSUER": [None, "", "http://inloggen.example.org", "https://", "https://[", "inloggen", "javascript:1"],
    "OIDC_STAFF_ISSUER": [None, "", "http://inloggen.example.org", "ftp://inloggen.example.org", "HTTPS:inloggen"],
    "OIDC_CLIENT_SECRET": [None, ""],
    "OIDC_SIMULATOR": ["on"],
    "SAML_DIGID_METADATA": ["/geen/bestand", "/een /twee", "https://inloggen.example.org/metadata"],
    "SAML_DIGID_KEYS": ["/geen/sleutel"],
    "SAML_LEVEL": ["low", "basic", "midden", "SUBSTANTIAL", "0"],
    "SAML_EIDAS_ENTITY_ID": ["een naam", "<x>"],
    "SAML_SHA1": ["on"],
    "SECURITY_CONTACT": [None, "", "http://example.org", "nergens", "javascript:alert(1)"],
    "METRICS_PORT": ["-1", "65536", "http", "1e3", "\N{ARABIC-INDIC DIGIT ONE}"],
    "UPLOAD_MEGABYTES": ["0", "-1", "oneindig", "1e9", ""],
    "SIMULATOR": ["on"],
    "DEBUG": ["on"],
}  # fmt: skip
TRIED = {"tries": 0, "started": 0, "traces": 0, "unnamed": 0}


@pytest.fixture(autouse=True, scope="module")
def told() -> Iterator[None]:
    yield
    print("\nunsafe settings:", ", ".join(f"{number} {what}" for what, number in TRIED.items()))  # noqa: T201
    assert TRIED["tries"] >= 120
    assert (TRIED["started"], TRIED["traces"], TRIED["unnamed"]) == (0, 0, 0)


@pytest.mark.parametrize("name", HOSTILE)
def test_t6_no_unsafe_environment_becomes_settings(tmp_path: Path, name: str) -> None:
    for text in HOSTILE[name]:
        TRIED["tries"] += 1
        try:
            safe_settings(safe_environment(tmp_path, **{name: text}))
        except SettingError as refused:
            TRIED["unnamed"] += f"ZAAKSPOOR_{name} " not in f"{refused} "
        except Exception:
            TRIED["traces"] += 1
            raise
        else:
            TRIED["started"] += 1
            pytest.fail(f"{name}={text!r} is accepted")
    assert TRIED["unnamed"] == 0


def test_t6_two_unsafe_settings_at_once_are_both_named(tmp_path: Path) -> None:
    pairs = list(itertools.combinations([name for name in HOSTILE if name != "PRODUCTION"], 2))
    for one, other in pairs:
        TRIED["tries"] += 1
        environment = safe_environment(tmp_path, **{one: HOSTILE[one][-1], other: HOSTILE[other][-1]})
        with pytest.raises(SettingError) as refused:
            safe_settings(environment)
        assert {f"ZAAKSPOOR_{one}", f"ZAAKSPOOR_{other}"} <= {
            line.split()[0] for line in str(refused.value).splitlines()
        }


def half_set(folder: Path) -> dict[str, str]:
    """Production, and little else."""
    return {
        "ZAAKSPOOR_PRODUCTION": "on", "ZAAKSPOOR_DATA": str(folder / "data"),
        "ZAAKSPOOR_DATABASE": f"sqlite:///{folder}/zaken.db",
    }  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        ["web"], ["web", "--host", "::"], ["worker"], ["clock"], ["migrate"], ["deploy", "bpmn/bezwaar"], ["verify"],
        ["reindex"], ["backup", "nergens"], ["restore", "nergens", "--key", "/dev/null"], ["demo", "--fresh"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_t6_no_command_starts_in_production_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    monkeypatch.setattr("portal.commands.logs.begin", lambda _: None)
    for name, text in half_set(tmp_path).items():
        monkeypatch.setenv(name, text)
    TRIED["tries"] += 1
    with pytest.raises(SystemExit) as ended:
        main(words)
    said = capsys.readouterr().err
    TRIED["traces"] += "Traceback" in said
    assert ended.value.code == 1
    assert "ZAAKSPOOR_SECRET" in said or words[0] == "demo"
    assert list(tmp_path.iterdir()) == []  # nothing was made: no database, no secret, no folder


def test_t6_the_program_itself_ends_with_one_and_shows_no_trace(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "portal.commands", "migrate"]
    environment = {"PATH": os.environ["PATH"], **half_set(tmp_path)}
    TRIED["tries"] += 1
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "ZAAKSPOOR_SMTP is het postvak van de demo" in " ".join(done.stderr.split())


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "zaken.example.org", "", "127.0.0.1.example.org", "0"])  # noqa: S104
def test_t6_outside_production_only_this_machine_is_listened_to(tmp_path: Path, host: str) -> None:
    TRIED["tries"] += 1
    with pytest.raises(SettingError, match="Buiten productie zijn de pagina's alleen op deze machine te openen"):
        refuse_network(Settings(data=tmp_path), host)
    refuse_network(Settings(data=tmp_path, production=True), host)
    for loopback in ("127.0.0.1", "localhost", "::1", "127.8.8.8"):
        refuse_network(Settings(data=tmp_path), loopback)
