"""A page of a played case is made inert, says what is new, and cannot act on who looks at it."""

import pytest

from portal.admin.studio.rehearsal_pages import ShownPage, asked_pages
from portal.pages import environment
from portal.played.inert import changes, inert

HOSTILE = [
    "<script>alert(1)</script>",
    '<script src="/static/own/session.js"></script>',
    '<img src="x" onerror="alert(1)">',
    '<svg onload="alert(1)"><use href="data:image/svg+xml,x"/></svg>',
    '<a href="javascript:alert(1)">kijk</a>',
    '<form action="https://elders.example"><button formaction="javascript:alert(1)">Stuur</button></form>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<meta http-equiv="refresh" content="0;url=https://elders.example">',
    '<base href="https://elders.example/">',
    '<link rel="stylesheet" href="https://elders.example/x.css">',
    '<link rel="stylesheet" href="//elders.example/static/x.css">',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
    '<style>@import "https://elders.example/x.css";</style>',
    '<object data="https://elders.example/x.swf"></object>',
    '<video src="https://elders.example/x.mp4" autofocus></video>',
]  # fmt: skip
ACTS = (
    "<script",
    "javascript:",
    "elders.example",
    " onerror",
    " onload",
    "http-equiv",
    "<iframe",
    "<object",
    "autofocus",
    "data:",
)


@pytest.mark.parametrize("piece", HOSTILE)
def test_s10_nothing_in_a_page_to_look_at_acts_or_leads_away(piece: str) -> None:
    made = inert(f"<!doctype html><html><body><p>Vooraf</p>{piece}<p>Daarna</p></body></html>")
    assert [one for one in ACTS if one in made.html.lower().replace("&lt;", "")] == []
    assert made.lines[0] == "Vooraf"


def test_s10_the_frame_gives_a_page_no_right_whatever_it_holds() -> None:
    source = environment().loader.get_source(environment(), "admin/studio/rehearsal_pages.html")[0]
    frames = [line for line in source.splitlines() if "<iframe" in line]
    assert len(frames) == 1
    assert " sandbox title=" in frames[0]
    assert "|safe" not in source
    shown = (
        environment().from_string('<iframe sandbox srcdoc="{{ html }}"></iframe>').render(html='"><script>x</script>')
    )
    assert shown == '<iframe sandbox srcdoc="&#34;&gt;&lt;script&gt;x&lt;/script&gt;"></iframe>'


def test_s10_a_page_to_look_at_is_otherwise_the_page() -> None:
    page = (
        '<!doctype html><html lang="nl"><head><title>Zaak &amp; meer</title><link rel="stylesheet" href="/static/own/x.css?v=1">'
        '</head><body><main class="zs"><p>Wij hebben <b>alles</b> &lt;ontvangen&gt;.<br>Dag</p><input disabled></main></body></html>'
    )
    made = inert(page)
    assert made.html == page
    assert made.title == "Zaak & meer"
    assert made.lines == ("Wij hebben", "alles", "<ontvangen>.", "Dag")


def test_s10_what_is_new_since_the_step_before_is_marked_and_told() -> None:
    before = inert("<main><p>Ontvangen</p><p>Nog 3 dagen</p></main>").lines
    made = inert(
        "<header>Nieuw menu</header><main><p>Ontvangen</p><p>In behandeling</p><option>Keus</option></main>", before
    )
    assert made.html == (
        "<header>Nieuw menu</header><main><p>Ontvangen</p><p><mark>In behandeling</mark></p><option>Keus</option></main>"
    )
    assert changes(before, made.lines) == (["In behandeling", "Keus"], ["Nog 3 dagen"])


def test_s10_the_tick_and_the_number_of_a_step_are_not_told_as_news() -> None:
    assert changes(["1", "Ontvangen", "€ 10"], ["✓", "Ontvangen", "12", "€ 25", "ja"]) == (["€ 25", "ja"], ["€ 10"])


@pytest.mark.parametrize(
    ("typed", "asked"),
    [("", "case"), ("none", "none"), ("task-2", "task-2"), ("task-9999", "case"), ("<script>", "case")],
)
def test_s10_pages_are_asked_in_words_that_are_known(typed: str, asked: str) -> None:
    assert asked_pages(typed) == asked


@pytest.mark.parametrize(
    ("side", "who", "words"),
    [("citizen", "Tess Testeling", "Inwoner: Tess Testeling"), ("worker", "Behandelaar", "Behandelaar"), ("x", "", "")],
)
def test_s10_a_page_says_whose_it_is(side: str, who: str, words: str) -> None:
    assert ShownPage("k", side, who, "t", "").whose == words
