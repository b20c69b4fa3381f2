"""Signing out at a provider of SAML: by the browser where it takes that, else by asking it ourselves.

A form comes first, as the name in the request may be a BSN, which should stand in no address.
"""

from anyio import from_thread

from portal.sign_on.errors import SamlRefused
from portal.sign_on.onward import Onward, as_left
from portal.sign_on.saml.logout_messages import NamedSession, logout_id, logout_request
from portal.sign_on.saml.logout_reading import Correspondent, answered_logout, by_soap
from portal.sign_on.saml.messages import carried, in_envelope
from portal.sign_on.saml.provider_metadata import POST, REDIRECT, SOAP
from portal.sign_on.saml.resolving import resolved
from portal.sign_on.saml.ways import SamlWay, saml_way
from processes.storage.services import Services


def leaving_for(services: Services, session: NamedSession, entity_id: str) -> Onward | None:
    """The form that signs somebody out at this provider. None where that is done without a browser, or not at all.

    Raises NoProvider, UnreadableFile, SamlRefused or Busy; SamlRefused too where it did not sign them out everywhere.
    """
    by = saml_way(services.settings, session.way)
    if by is None or not by.single_logout or by.description().entity_id != entity_id:
        return None
    provider, key, request_id = by.description(), by.own_keys()[0], logout_id(services, by.way)
    for binding in (POST, REDIRECT):
        if address := provider.sign_out.get(binding):
            return as_left(carried(binding, address, logout_request(by, session, address, request_id), key, ""))
    if address := provider.sign_out.get(SOAP):
        _ask(by, session, address, request_id)
    return None


def _ask(by: SamlWay, session: NamedSession, address: str, request_id: str) -> None:
    provider, keys = by.description(), by.own_keys()
    asked = in_envelope(logout_request(by, session, address, request_id), keys[0])
    answer = by_soap(from_thread.run(resolved, by, address, asked), "LogoutResponse", provider)
    to, done = answered_logout(answer, Correspondent(by, provider, keys, "", by_browser=False))
    if to != request_id:
        raise SamlRefused("in_response_to")
    if not done:
        raise SamlRefused("not_everywhere")
