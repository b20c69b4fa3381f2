"""Whether a way over SAML is set up well: its files can be read, nothing ends soon, and the provider answers. For `zaakspoor check`."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final

import httpx
from cryptography import x509

from portal.sign_on.errors import NoProvider, SamlRefused, UnreadableFile
from portal.sign_on.identity import WAYS
from portal.sign_on.saml.our_metadata import certificate_ends
from portal.sign_on.saml.provider_metadata import ProviderDescription
from portal.sign_on.saml.resolving import tls_of
from portal.sign_on.saml.ways import SamlWay, saml_way
from processes.base.saml_settings import SAML
from processes.base.settings import Settings
from processes.jobs.connections import NoConnection, Unfinished

SECONDS: Final = 5.0
NO_LOGOUT: Final = "In hun metadata staat geen adres om uit te loggen (SingleLogoutService): wie hier uitlogt, blijft daar ingelogd. Vraag ernaar, of zet {variable} op off."
NOT_THERE: Final = (
    "De inlogdienst is niet te bereiken op {host}. Laat de firewall dat adres door, en vergelijk het met hun metadata."
)
SOON: Final = timedelta(days=30)  # a certificate of PKIoverheid takes weeks to get


def _try(way: str, settings: Settings) -> str:
    """Reads the files, then asks the provider for nothing but a connection with our certificate."""
    found = saml_way(settings, way)
    if found is None:
        return f"{WAYS[way]} gaat niet over SAML."
    try:
        provider = found.description()
        keys = found.own_keys()
        _ends_soon(found)
        addresses = sorted(set(provider.artifacts.values()))
        if not addresses or not provider.certificates or not provider.sign_in:
            raise NoConnection(
                "De metadata noemen geen certificaat, geen adres om in te loggen of geen adres voor artefacten."
            )
        with httpx.Client(verify=tls_of(found), timeout=SECONDS) as client:
            for address in addresses:
                client.get(address)
    except UnreadableFile as error:
        why = f" ({error.__cause__})" if isinstance(error.__cause__, ValueError) else ""
        raise NoConnection(f"Een bestand is er niet, of klopt niet{why}.") from error
    except SamlRefused as error:
        raise NoConnection(
            f"Het bestand van de inlogdienst zijn geen metadata die wij kunnen gebruiken ({error.why})."
        ) from error
    except NoProvider as error:
        raise NoConnection(
            "In het bestand staat niet precies één inlogdienst met deze naam, of de metadata zijn verlopen."
        ) from error
    except httpx.HTTPError as error:
        if isinstance(error, (httpx.ConnectError, httpx.ConnectTimeout)) and "ssl" not in str(error).lower():
            raise NoConnection(NOT_THERE.format(host=error.request.url.netloc.decode())) from error
        raise NoConnection(
            f"De inlogdienst neemt geen verbinding met ons certificaat aan ({type(error).__name__})."
        ) from error
    one = len(keys) == 1
    words = f"De inlogdienst antwoordt; wij hebben {len(keys)} {'sleutel' if one else 'sleutels'}, zij {len(provider.certificates)}."
    if missing := list(_missing(found, provider)):
        raise Unfinished(" ".join((words, *missing)))
    return words


def _missing(way: SamlWay, provider: ProviderDescription) -> Iterator[str]:
    """All that we count on and is not set, or not in the metadata of the provider, or not for long."""
    if way.single_logout and provider.left_out:
        yield f"Hun adres om uit te loggen is er een zonder https, en wordt niet gebruikt: {', '.join(provider.left_out)}."
    if way.single_logout and not provider.sign_out:
        yield NO_LOGOUT.format(variable=f"ZAAKSPOOR_SAML_{way.way}_LOGOUT".upper())
    for service, high in ((way.service, ""), (way.service_high, "_HIGH")):
        if bool(service.index) != bool(service.uuid):
            name = "UUID" if service.index else "INDEX"
            yield f"Van de dienst is ZAAKSPOOR_SAML_{way.way.upper()}_SERVICE_{name}{high} niet ingevuld."
    if way.way != "digid" and not way.service.index:
        yield f"ZAAKSPOOR_SAML_{way.way.upper()}_SERVICE_INDEX is niet ingevuld: de inlogdienst weet dan niet om welke dienst het gaat."
    if provider.until is not None and provider.until - datetime.now(UTC) < SOON:
        yield f"Hun metadata gelden tot {provider.until:%d-%m-%Y}. Haal nieuwe op."
    ends = [one for one in map(_end_of, provider.certificates) if one - datetime.now(UTC) < SOON]
    for one in sorted(ends):
        yield f"Een certificaat van de inlogdienst eindigt op {one:%d-%m-%Y}. Vraag of er al nieuwe metadata zijn."


def _end_of(certificate: bytes) -> datetime:
    return x509.load_pem_x509_certificate(certificate).not_valid_after_utc


def _ends_soon(way: SamlWay) -> None:
    """Raises NoConnection when a certificate of ours ends within a month."""
    for place in dict.fromkeys((*way.keys[:1], way.tls)):
        ends = certificate_ends(place)
        if ends - datetime.now(UTC) < SOON:
            raise NoConnection(f"Het certificaat in {place} eindigt op {ends:%d-%m-%Y}. Vraag nu een nieuw aan.")


SAML_TRIES: Final[dict[str, Callable[[Settings], str]]] = {f"{SAML}{way}_metadata": partial(_try, way) for way in WAYS}
