"""lxml and xmlsec bring the same libxml2: with two of them in one process, a document of one would break the other (D10, T8)."""

import subprocess
import sys

import pytest

TRY = """
import {first}, {second}
import xmlsec
from lxml import etree
assert xmlsec.get_libxml_version() == xmlsec.get_libxml_compiled_version() == etree.LIBXML_VERSION
root = etree.fromstring('<a ID="x"/>')
signature = xmlsec.template.create(root, xmlsec.constants.TransformExclC14N, xmlsec.constants.TransformRsaSha256)
root.append(signature)
print(etree.tostring(root).count(b"Signature"))
"""


@pytest.mark.parametrize(("first", "second"), [("lxml.etree", "xmlsec"), ("xmlsec", "lxml.etree")])
def test_d10_lxml_and_xmlsec_work_together_whichever_comes_first(first: str, second: str) -> None:
    made = subprocess.run(
        [sys.executable, "-c", TRY.format(first=first, second=second)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (made.returncode, made.stderr) == (0, "")
    assert int(made.stdout) > 2
