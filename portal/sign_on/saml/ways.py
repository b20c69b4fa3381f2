"""One way to sign in over SAML, as the settings say it: our names, files and what we ask."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from portal.sign_on.errors import UnreadableFile
from portal.sign_on.saml.kept_files import as_it_is_now
from portal.sign_on.saml.levels import HIGH
from portal.sign_on.saml.own_keys import OwnKey, own_keys
from portal.sign_on.saml.provider_metadata import ProviderDescription, read_metadata
from processes.base import setting_values
from processes.base.saml_settings import LEVELS, SERVICE, saml_value, saml_ways
from processes.base.settings import Settings

PREFIX: Final = "/inloggen/saml"


@dataclass(frozen=True, slots=True)
class SamlService:
    """A service as it was registered with the provider: its index in our metadata, and its names in the catalogue. Empty: not set."""

    index: str = ""
    id: str = ""
    uuid: str = ""


@dataclass(frozen=True, slots=True)
class SamlWay:
    """`entity_id` is our name, `answer_at` where the browser brings the artifact. Empty: not set. `logout_at` is where the browser, and
    `told_at` where the provider itself, tells that somebody signs out; `single_logout`: whether any of that is done. `service` is the one
    that is asked for, `service_high` that where the level `high` is demanded.
    """

    way: str
    entity_id: str
    answer_at: str
    metadata: Path
    provider: str
    keys: tuple[Path, ...]
    tls: Path
    authorities: Path | None
    level: str
    service: SamlService
    service_high: SamlService
    logout_at: str
    told_at: str
    single_logout: bool

    def at_least(self, level: str) -> "SamlWay":
        """The same way where this level is demanded; empty: as the settings say."""
        if level != HIGH:
            return self
        return replace(self, level=level, service=self.service_high if self.service_high.index else self.service)

    def reaches(self, level: str) -> bool:
        """Whether somebody can be asked to sign in at this level. The newer interface of DigiD takes no level in a request: it is that of the service."""
        by_service = self.way == "digid" and self.service.index and not self.service_high.index
        return level != HIGH or self.level == HIGH or not by_service

    def own_keys(self) -> list[OwnKey]:
        """The first one signs. Raises UnreadableFile, also when there is none."""
        if not self.keys:
            raise UnreadableFile
        return own_keys(self.keys)

    def description(self) -> ProviderDescription:
        """The provider as its metadata say now. Raises UnreadableFile, SamlRefused or NoProvider."""
        return as_it_is_now(self.metadata, read_metadata).named(self.provider)


def saml_way(settings: Settings, way: str) -> SamlWay | None:
    """None for a way that does not go over SAML."""
    if way not in saml_ways(settings.saml):
        return None
    base = f"{settings.public_url.rstrip('/')}{PREFIX}"

    def value(of: str) -> str:
        return saml_value(settings.saml, way, of)

    return SamlWay(
        way=way, entity_id=value("entity_id") or f"{base}/metadata/{way}", answer_at=f"{base}/terug/{way}",
        metadata=Path(value("metadata")), provider=value("provider"), keys=tuple(map(Path, value("keys").split())),
        tls=Path(value("tls") or next(iter(value("keys").split()), "")),
        authorities=Path(value("authorities")) if value("authorities") else None, level=value("level") or LEVELS[0],
        service=SamlService(*(value(one) for one in SERVICE)), service_high=SamlService(*(value(f"{one}_high") for one in SERVICE)),
        logout_at=f"{base}/uitloggen/{way}", told_at=f"{base}/afgemeld/{way}", single_logout=setting_values.switch(value("logout") or "on"),
    )  # fmt: skip
