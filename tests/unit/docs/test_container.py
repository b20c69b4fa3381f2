"""The image and the compose file, as far as a machine without a container engine can tell."""

import hashlib
import re
import shlex
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from fastapi.routing import APIRoute

from portal.commands import COMMANDS, runnable
from portal.health import router
from processes.base.production_rules import all_wrong
from processes.base.settings import Settings, read_settings

ROOT = Path(__file__).parents[3]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if "build" in service}
LASTING = {name: service for name, service in SERVICES.items() if service["restart"] != "no"}
EXAMPLE = dict(re.findall(r"^#? ?([A-Z][A-Z0-9_]+)=(.*)$", (ROOT / ".env.example").read_text(), re.MULTILINE))
USED = dict(re.findall(r"^([A-Z][A-Z0-9_]+)=(.*)$", (ROOT / ".env.example").read_text(), re.MULTILINE))
SECRET = {"ZAAKSPOOR_SECRET", "DATABASE_PASSWORD", "BROKER_PASSWORD", "ZAAKSPOOR_OIDC_CLIENT_SECRET"}
INSTRUCTIONS = [
    shlex.split(line, comments=True)
    for line in re.sub(r"\\\n", " ", (ROOT / "Dockerfile").read_text()).splitlines()
    if line and not line.startswith("#")
]
STAGES = {words[3] for words in INSTRUCTIONS if words[0] == "FROM" and len(words) > 3}


def words_of(service: dict[str, Any]) -> str:
    return " ".join(service["healthcheck"]["test"])


def filled_in(text: str) -> str:
    """A value as Compose gives it to a container, with something invented for each name without a default."""
    return re.sub(r"\$\{(\w+)(?::\?[^}]*|:-([^}]*))?\}", lambda found: found[2] or invented(found[1]), text)


def invented(name: str) -> str:
    """As random as what an operator fills in."""
    return hashlib.sha256(name.encode()).hexdigest()


def environment_of(service: dict[str, Any]) -> dict[str, str]:
    """What a process gets: of the image, of `.env` as its example says, and of Compose."""
    image = dict(word.split("=", 1) for words in INSTRUCTIONS if words[0] == "ENV" for word in words[1:])
    env_file = {name: text or invented(name) for name, text in USED.items()}
    return {**image, **env_file, **{name: filled_in(text) for name, text in service["environment"].items()}}


def test_every_part_of_an_installation_is_there() -> None:
    assert set(SERVICES) == {"migrate", "web", "worker", "clock", "database", "broker", "mail"}
    assert set(OURS) == {"migrate", "web", "worker", "clock"}


@pytest.mark.parametrize("name", OURS)
def test_a_service_runs_a_command_that_the_program_has(name: str) -> None:
    command, *options = OURS[name]["command"]
    known = {option for parameter in runnable(command).params for option in parameter.opts}
    assert command == name
    assert command in COMMANDS
    assert {option for option in options if option.startswith("--")} <= known


@pytest.mark.parametrize("name", OURS)
def test_the_settings_of_a_service_are_accepted_by_the_program(name: str) -> None:
    settings = read_settings(environment_of(OURS[name]))
    assert (settings.production, settings.demo) == (True, False)
    assert settings.database.startswith("postgresql+psycopg://")
    assert urlsplit(settings.database).hostname in SERVICES
    assert urlsplit(settings.broker).hostname in SERVICES
    assert urlsplit(settings.smtp).hostname in SERVICES


@pytest.mark.parametrize("name", OURS)
def test_t6_production_accepts_what_compose_gives_and_what_the_example_names(name: str, tmp_path: Path) -> None:
    environment = environment_of(OURS[name]) | {"ZAAKSPOOR_DATA": str(tmp_path), "ZAAKSPOOR_FILES": str(tmp_path)}
    assert list(map(str, all_wrong(environment)[1])) == []


def test_t6_clear_text_stays_between_the_containers(tmp_path: Path) -> None:
    """A mail server of one's own is another matter: the example says so beside it."""
    environment = environment_of(OURS["web"]) | {"ZAAKSPOOR_DATA": str(tmp_path), "ZAAKSPOOR_FILES": str(tmp_path)}
    assert set(environment["ZAAKSPOOR_CLEAR_TEXT"].split()) == {"database", "broker", "smtp"}
    assert set(EXAMPLE["ZAAKSPOOR_CLEAR_TEXT"].split()) == {"database", "broker"}
    assert EXAMPLE["ZAAKSPOOR_SMTP"].startswith("smtps://")
    own = environment | {name: EXAMPLE[name] for name in ("ZAAKSPOOR_CLEAR_TEXT", "ZAAKSPOOR_SMTP")}
    assert all_wrong(own)[1] == []


def test_t6_the_proxy_is_the_gateway_of_the_network() -> None:
    (network,) = COMPOSE["networks"]["default"]["ipam"]["config"]
    assert environment_of(OURS["web"])["ZAAKSPOOR_TRUSTED_PROXIES"] == network["gateway"]
    assert ip_address(network["gateway"]) in ip_network(network["subnet"])


def test_every_name_of_the_example_is_a_setting_or_is_used() -> None:
    ours = {name: value for name, value in EXAMPLE.items() if name.startswith("ZAAKSPOOR_")}
    read_settings(ours)
    used = set(re.findall(r"\$\{(\w+)", (ROOT / "compose.yaml").read_text()))
    assert set(EXAMPLE) - set(ours) <= used <= set(EXAMPLE)


def test_no_secret_is_committed_and_none_goes_into_the_image() -> None:
    assert {EXAMPLE[name] for name in SECRET} == {""}
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            assert "${" in value or not re.search("PASS|SECRET", name), name
    assert "/.env" in (ROOT / ".gitignore").read_text().splitlines()
    assert (ROOT / ".dockerignore").read_text().splitlines()[1] == "*"


@pytest.mark.parametrize("name", LASTING)
def test_a_service_that_stays_has_a_healthcheck(name: str) -> None:
    assert {"test", "interval", "timeout", "retries"} <= set(LASTING[name]["healthcheck"])


@pytest.mark.parametrize("name", [name for name in OURS if name in LASTING])
def test_a_healthcheck_asks_for_a_page_that_is_there(name: str) -> None:
    service = OURS[name]
    (address,) = re.findall(r"http://[^']+", words_of(service))
    settings = read_settings(environment_of(service))
    port = 8000 if name == "web" else settings.metrics_port
    assert urlsplit(address).port == port
    assert urlsplit(address).path in {route.path for route in router.routes if isinstance(route, APIRoute)}
    compile(service["healthcheck"]["test"][-1], "healthcheck", "exec")


@pytest.mark.parametrize("name", SERVICES)
def test_ports_are_published_on_this_machine_only(name: str) -> None:
    assert all(port.startswith("127.0.0.1:") for port in SERVICES[name].get("ports", []))


@pytest.mark.parametrize("name", [name for name in OURS if name != "migrate"])
def test_processes_wait_for_the_migration(name: str) -> None:
    assert OURS[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
    assert SERVICES["migrate"]["restart"] == "no"


@pytest.mark.parametrize("name", SERVICES)
def test_what_a_service_waits_for_and_keeps_is_named(name: str) -> None:
    assert set(SERVICES[name].get("depends_on", {})) <= set(SERVICES)
    assert {volume.partition(":")[0] for volume in SERVICES[name].get("volumes", [])} <= set(COMPOSE["volumes"])


def test_what_is_copied_into_the_image_exists_and_is_not_left_out() -> None:
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    copied = [words[1:-1] for words in INSTRUCTIONS if words[0] == "COPY" and not words[1].startswith("--from")]
    for source in (one for sources in copied for one in sources):
        assert (ROOT / source).exists(), source
        assert source in let_in or source.split("/")[0] in let_in, source
    stages = [words[1].removeprefix("--from=") for words in INSTRUCTIONS if words[1].startswith("--from=")]
    assert set(stages) == STAGES


def test_every_file_that_the_image_runs_is_copied_before() -> None:
    have: list[str] = []
    for instruction, *words in INSTRUCTIONS:
        if instruction == "FROM":
            have = []
        elif instruction == "COPY":
            have += [word for word in words[:-1] if not word.startswith("--")]
        elif instruction == "RUN":
            scripts = [word.removeprefix("/app/") for word in words if word.endswith((".sh", ".lock"))]
            assert all(any(script.startswith(one) for one in have) for script in scripts), words


def test_the_image_runs_as_an_ordinary_user_and_knows_only_our_settings() -> None:
    users = [words[1] for words in INSTRUCTIONS if words[0] == "USER"]
    assert users == ["10001"]
    given = dict(word.split("=", 1) for words in INSTRUCTIONS if words[0] == "ENV" for word in words[1:])
    ours = {name: value for name, value in given.items() if name.startswith("ZAAKSPOOR_")}
    assert read_settings(ours) != Settings()


def test_the_image_starts_the_program_by_a_module_that_is_there() -> None:
    (entry,) = [words[1:] for words in INSTRUCTIONS if words[0] == "ENTRYPOINT"]
    module = " ".join(entry).strip("[]").replace(",", "").split()[-1]
    assert (ROOT / module.replace(".", "/") / "__main__.py").read_text().rstrip().endswith("\nmain()")
