import re
from kit.browser import Browser
from kit.cases import register_bezwaar
from kit.people import TESS_BSN
from processes.actions.registering import NewParty

def test_smoke(services):
    who = NewParty("objector", "Tess Testeling", identity=TESS_BSN, channel="portal")
    number = register_bezwaar(services, who, subject="Parkeervergunning")
    tess = Browser(services, who)
    for path in ("/mijn?taal=en", f"/mijn/zaken/{number}", "/mijn/nieuw", "/mijn/nieuw/bezwaar", "/mijn/gegevens", "/over/privacy", "/over/hulp", f"/mijn/zaken/{number}/document", "/niets", "/inloggen"):
        page = tess.get(path, 404 if path=="/niets" else 200)
        print("=====", path)
        body = re.sub(r"<(script|style).*?</\1>", "", page, flags=re.S)
        print(re.sub(r"\s*\n\s*", "\n", re.sub(r"<[^>]+>", "\n", body)))
    assert 0
