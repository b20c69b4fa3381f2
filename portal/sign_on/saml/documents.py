"""XML of others, read so that it can neither fetch nor grow; and the names that SAML gives to elements.

Out: elements of lxml. Every reader here refuses what the standard does not allow with `SamlRefused` and a word for the log.
"""

from datetime import datetime
from typing import Any, Final

from lxml import etree

from portal.sign_on.errors import SamlRefused

NS: Final = {
    "samlp": "urn:oasis:names:tc:SAML:2.0:protocol",
    "saml": "urn:oasis:names:tc:SAML:2.0:assertion",
    "md": "urn:oasis:names:tc:SAML:2.0:metadata",
    "ds": "http://www.w3.org/2000/09/xmldsig#",
    "xenc": "http://www.w3.org/2001/04/xmlenc#",
    "xenc11": "http://www.w3.org/2009/xmlenc11#",
    "ec": "http://www.w3.org/2001/10/xml-exc-c14n#",
    "soap": "http://schemas.xmlsoap.org/soap/envelope/",
}
LARGEST: Final = 1_000_000  # bytes; an answer with signatures and encrypted identifiers takes some 30,000
Element = etree._Element  # noqa: SLF001 - the name under which lxml gives the type of an element


def tag(name: str) -> str:
    """`{namespace}Response` of `samlp:Response`."""
    prefix, _, local = name.partition(":")
    return f"{{{NS[prefix]}}}{local}"


def parse(data: bytes) -> Element:
    """The root of a document without a document type, so without entities, and without instructions for programs."""
    if len(data) > LARGEST:
        raise SamlRefused("size")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise SamlRefused("xml") from error
    about: Any = root.getroottree().docinfo  # the stubs of lxml do not know all of it
    if about.doctype or next(root.iter(etree.Entity, etree.PI), None) is not None:
        raise SamlRefused("document_type")
    return root


def one(parent: Element, name: str) -> Element:
    """The only child of this name."""
    found = parent.findall(tag(name))
    if len(found) != 1:
        raise SamlRefused(f"not_one_{name.partition(':')[2]}")
    return found[0]


def at_most_one(parent: Element, name: str) -> Element | None:
    return one(parent, name) if parent.find(tag(name)) is not None else None


def text_of(element: Element) -> str:
    """The text of an element that holds only text: a comment in the middle would hide the rest of it from a careless reader."""
    if len(element):
        raise SamlRefused("text")
    return (element.text or "").strip()


def moment(element: Element, attribute: str) -> datetime | None:
    """The moment in an attribute; None where there is none."""
    given = element.get(attribute)
    if given is None:
        return None
    try:
        found = datetime.fromisoformat(given.strip())
    except ValueError as error:
        raise SamlRefused("time") from error
    if found.tzinfo is None:
        raise SamlRefused("time")
    return found


def each_id_once(root: Element) -> None:
    """No two elements of a document have the same ID: a signature says by an ID what it covers."""
    ids = [
        value
        for name in ("ID", "Id", "id", "{http://www.w3.org/XML/1998/namespace}id")
        for value in _values(root, name)
    ]
    if len(ids) != len(set(ids)):
        raise SamlRefused("double_id")


def _values(root: Element, name: str) -> list[str]:
    return [value for element in root.iter("*") if (value := element.get(name)) is not None]
