"""Whether a page in English still says something of ours in Dutch."""

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from lxml import html

from engine import Folder

# words of Dutch sentences that no English sentence has
_WORDS: Final = (
    "aan afdeling alle als alsnog beslissing besluit bestand bestanden bij dan dat de deze dit doe een er ga geen gemeente haar heeft "
    "het hij hoe hoeft ik kan kies klopt kunt maar mag meer mijn moet naar niet nieuwe nog nu om ons ontvangen onze op pagina stuur stuk "
    "stukken te terug tot u uit uiterlijk uw van vanaf verstuur verstuurd verder voor vraag waar waarom wanneer wat werkt wij wilt wordt zaak "
    "zaken ze zien zijn zo zoals zonder januari februari maart mei juni juli augustus oktober maandag dinsdag woensdag donderdag vrijdag "
    "zaterdag zondag"
)
DUTCH: Final = frozenset(_WORDS.split())
READ_ALOUD: Final = ("aria-label", "alt", "title", "placeholder", "data-label")
SAID_BY_SCRIPT: Final = "data-say-"
NOT_READ: Final = frozenset({"script", "style", "textarea", "noscript"})


def dutch_on(page: str, data: Iterable[str] = ()) -> list[str]:
    """The texts of a page, in its order, that hold a Dutch word. `data` are texts of people and of the organisation, which stay as they are;
    so is what the page itself marks as Dutch.
    """
    return [text for text in texts_of(page) if dutch_words(text, data)]


def dutch_words(text: str, data: Iterable[str] = ()) -> list[str]:
    """The Dutch words in a text, without those of `data`. Letters between figures, as in a fingerprint, are no word."""
    for one in sorted(data, key=len, reverse=True):
        text = text.replace(one, " ")
    return sorted(DUTCH & set(re.findall(r"(?<!\w)[a-zà-ÿ]+(?!\w)", text.lower())))


def texts_of(page: str) -> list[str]:
    """Every text that a reader sees or hears in the language of the page, without what is marked as in another one."""
    return [text for text in _texts(html.fromstring(page.encode())) if text]


def _texts(element: html.HtmlElement) -> Iterable[str]:
    if not isinstance(element.tag, str):
        return
    if element.tag not in NOT_READ and element.get("lang", "en") == "en":
        for name in element.attrib:
            if name in READ_ALOUD or name.startswith(SAID_BY_SCRIPT):
                yield " ".join(element.get(name, "").split())
        yield " ".join((element.text or "").split())
        for child in element:
            yield from _texts(child)
            yield " ".join((child.tail or "").split())


def without_english(folder: Folder) -> Folder:
    """A case type as its makers have it who wrote no English."""
    drawing = re.sub(rb'\n *<case:translation lang="en"[^>]*/>', b"", folder.drawing)
    forms = {name: _form_without(content) for name, content in folder.forms.items()}
    return replace(
        folder,
        drawing=drawing,
        forms=forms,
        mails={name: one for name, one in folder.mails.items() if ".en." not in name},
    )


def _form_without(content: bytes) -> bytes:
    form = json.loads(content)
    for part in form["components"]:
        part["properties"] = {
            name: text for name, text in part.get("properties", {}).items() if not name.endswith(".en")
        }
    return json.dumps(form).encode()
