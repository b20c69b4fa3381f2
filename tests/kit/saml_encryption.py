"""Identifiers encrypted as a provider does it, by xmlsec; the program opens them with another library."""

import xmlsec
from lxml import etree

C = xmlsec.constants
SAML = "urn:oasis:names:tc:SAML:2.0:assertion"
METHODS = {"gcm": (C.TransformAes256Gcm, 256), "gcm128": (C.TransformAes128Gcm, 128), "cbc": (C.TransformAes256Cbc, 256),
           "des": (C.TransformDes3Cbc, 192)}  # fmt: skip


def name_id(value: str, qualifier: str) -> str:
    return f'<saml:NameID xmlns:saml="{SAML}" NameQualifier="{qualifier}">{value}</saml:NameID>'


def encrypted(
    inside: str, certificate: str, receiver: str | None, *, method: str = "gcm", old_padding: bool = False, element: str = "EncryptedID"
) -> str:  # fmt: skip
    """An EncryptedID (or another element of SAML) with `inside` encrypted for the key of this certificate."""
    around = etree.fromstring(f'<saml:{element} xmlns:saml="{SAML}">{inside}</saml:{element}>')
    transform, bits = METHODS[method]
    data = xmlsec.template.encrypted_data_create(around, transform, type=C.TypeEncElement, ns="xenc")
    xmlsec.template.encrypted_data_ensure_cipher_value(data)
    info = xmlsec.template.encrypted_data_ensure_key_info(data, ns="ds")
    wrapping = C.TransformRsaPkcs1 if old_padding else C.TransformRsaOaep
    wrapped = xmlsec.template.add_encrypted_key(info, wrapping, recipient=receiver)
    xmlsec.template.encrypted_data_ensure_cipher_value(wrapped)
    manager = xmlsec.KeysManager()
    manager.add_key(xmlsec.Key.from_memory(certificate, C.KeyDataFormatCertPem))
    context = xmlsec.EncryptionContext(manager)
    kind = C.KeyDataDes if method == "des" else C.KeyDataAes
    context.key = xmlsec.Key.generate(kind, bits, C.KeyDataTypeSession)
    around.append(context.encrypt_xml(data, around[0]))
    return etree.tostring(around).decode()
