"""Signatures inside XML: made for what we send, and checked so that only what was signed is read afterwards.

An element that came in is taken out of its document, its signature is checked there, and the bytes that the digest covers are
parsed anew: nothing that stood around, beside or inside it without being signed can be read by mistake. Keys come from the
metadata of the provider alone, never from the signature. Sources: XML Signature 1.1; SAML 2.0 core, 5.4.
"""

import hashlib
import hmac
from base64 import b64decode
from collections.abc import Sequence
from typing import Final

import xmlsec
from lxml import etree

from portal.sign_on.errors import SamlRefused
from portal.sign_on.saml.documents import Element, at_most_one, one, parse, tag, text_of
from portal.sign_on.saml.own_keys import OwnKey

EXCLUSIVE: Final = "http://www.w3.org/2001/10/xml-exc-c14n#"
ENVELOPED: Final = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"
MORE: Final = "http://www.w3.org/2001/04/xmldsig-more#"
SIGNATURES: Final = frozenset(
    f"{MORE}rsa-sha{size}" for size in (256, 384, 512)
)  # no SHA-1, no keys that both sides hold
DIGESTS: Final = {
    "http://www.w3.org/2001/04/xmlenc#sha256": hashlib.sha256,
    f"{MORE}sha384": hashlib.sha384,
    "http://www.w3.org/2001/04/xmlenc#sha512": hashlib.sha512,
}
TRANSFORMS: Final = [ENVELOPED, EXCLUSIVE]
MOST_PREFIXES: Final = (
    20  # each is looked for at each element, before a signature is checked at all; programs write some three
)
PARTS: Final = {tag("ds:SignedInfo"), tag("ds:SignatureValue"), tag("ds:KeyInfo")}  # no ds:Object, in which things hide


def sign(element: Element, key: OwnKey) -> None:
    """Put an enveloped signature behind the first child (the Issuer, as the schema asks), or first when there is none."""
    signature = xmlsec.template.create(
        element, xmlsec.constants.TransformExclC14N, xmlsec.constants.TransformRsaSha256, ns="ds"
    )
    position = 1 if len(element) and element[0].tag == tag("saml:Issuer") else 0
    element.insert(position, signature)
    reference = xmlsec.template.add_reference(signature, xmlsec.constants.TransformSha256, uri=f"#{element.get('ID')}")
    xmlsec.template.add_transform(reference, xmlsec.constants.TransformEnveloped)
    xmlsec.template.add_transform(reference, xmlsec.constants.TransformExclC14N)
    info = xmlsec.template.ensure_key_info(signature)
    xmlsec.template.add_key_name(info, key.name)
    xmlsec.template.add_x509_data(info)
    xmlsec.tree.add_ids(element, ["ID"])
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_memory(key.private_pem, xmlsec.constants.KeyDataFormatPem)
    context.key.load_cert_from_memory(key.certificate_pem, xmlsec.constants.KeyDataFormatPem)
    context.key.name = key.name
    context.sign(signature)


def is_signed(element: Element) -> bool:
    return element.find(tag("ds:Signature")) is not None


def verified(element: Element, certificates: Sequence[bytes]) -> Element:
    """The signed element, read again from the bytes that the signature covers, without its signature.

    `certificates` are those of the provider, in PEM. Raises SamlRefused.
    """
    alone = parse(etree.tostring(element, with_tail=False))
    signature = at_most_one(alone, "ds:Signature")
    if signature is None:
        raise SamlRefused("unsigned")
    reference = _plain_reference(alone, signature)
    xmlsec.tree.add_ids(alone, ["ID"])
    if not any(_fits(signature, certificate) for certificate in certificates):
        raise SamlRefused("signature")
    return parse(_covered(alone, signature, reference))


def _plain_reference(alone: Element, signature: Element) -> Element:
    """The one reference of a signature that covers the whole element, by the algorithms that are still good, and nothing else."""
    info = one(signature, "ds:SignedInfo")
    reference = one(info, "ds:Reference")
    transforms = [each.get("Algorithm") for each in one(reference, "ds:Transforms")]
    prefixes = [each.get("PrefixList", "") for each in signature.iter(tag("ec:InclusiveNamespaces"))]
    broken = {
        "signature_parts": {part.tag for part in signature} - PARTS,
        "signature_method": one(info, "ds:SignatureMethod").get("Algorithm") not in SIGNATURES,
        "signature_form": one(info, "ds:CanonicalizationMethod").get("Algorithm") != EXCLUSIVE,
        "digest_method": one(reference, "ds:DigestMethod").get("Algorithm") not in DIGESTS,
        "signature_transforms": transforms != TRANSFORMS,
        "signature_prefixes": len(" ".join(prefixes).split()) > MOST_PREFIXES,
        "signature_place": not alone.get("ID") or reference.get("URI") != f"#{alone.get('ID')}",
    }
    for rule, is_broken in broken.items():
        if is_broken:
            raise SamlRefused(rule)
    return reference


def _fits(signature: Element, certificate: bytes) -> bool:
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_memory(certificate, xmlsec.constants.KeyDataFormatCertPem)
    try:
        context.verify(signature)
    except xmlsec.Error:
        return False
    return True


def _covered(alone: Element, signature: Element, reference: Element) -> bytes:
    """The bytes that were signed. Their digest is compared once more, so that what is read is what was signed."""
    digest = one(reference, "ds:DigestMethod").get("Algorithm", "")
    wanted = text_of(one(reference, "ds:DigestValue"))
    exclusive = one(reference, "ds:Transforms")[1].find(tag("ec:InclusiveNamespaces"))
    prefixes = exclusive.get("PrefixList", "").split() if exclusive is not None else []
    _take_out(signature)
    covered: bytes = etree.tostring(
        alone, method="c14n", exclusive=True, with_comments=False, inclusive_ns_prefixes=prefixes
    )
    try:
        same = hmac.compare_digest(DIGESTS[digest](covered).digest(), b64decode(wanted))
    except ValueError as error:
        raise SamlRefused("digest") from error
    if not same:
        raise SamlRefused("digest")
    return covered


def _take_out(signature: Element) -> None:
    """Remove the signature, not the white space behind it: that was signed too."""
    parent, before = signature.getparent(), signature.getprevious()
    assert parent is not None  # noqa: S101 - it was found as a child
    if signature.tail and before is not None:
        before.tail = (before.tail or "") + signature.tail
    elif signature.tail:
        parent.text = (parent.text or "") + signature.tail
    parent.remove(signature)
