"""W15: the pages of figures of a head of team: period and team, plots with the same numbers in a table, and spreadsheets."""

import re
from dataclasses import replace
from datetime import timedelta

from figures_kit import LATE
from kit.browser import Browser
from kit.cases import rows, today
from kit.log_lines import log_lines
from kit.people import LIES, NOOR
from kit.spreadsheets import read_sheets

from processes.actions import act
from processes.actions.penalty import RegisterDefaultNotice
from processes.storage.services import Services
from processes.storage.tables import Case, NoticeRow

HOME = "/werk/cijfers"


def whole(services: Services) -> str:
    """A period that holds everything that was played."""
    day = today(services)
    return f"periode=eigen&van={day - timedelta(200)}&tot={day}"


def test_w15_a_plot_has_its_words_and_a_table_with_the_same_numbers(services: Services, lies: Browser) -> None:
    page = lies.get(f"{HOME}?{whole(services)}&soort=bezwaar")
    for code in ("workload", "throughput", "in_time", "outcomes", "durations", "waits"):
        part = page.partition(f'id="figure-{code}"')[2].partition("</section>")[0]
        svg, table = re.search(r"<svg.*?</svg>", part, re.DOTALL), part.partition("<tbody>")[2]
        assert svg, code
        assert 'role="img"' in svg[0]
        assert f'aria-labelledby="plot-{code}"' in svg[0]
        assert f'<title id="plot-{code}">' in svg[0]
        for number in re.findall(r'class="wb-plot__number"[^>]*>(\d+)', svg[0]):
            assert f">{number}</td>" in table, (code, number)
    assert "style=" not in page.partition("<main")[2]  # which the rules for scripts and styles would refuse


def test_w15_the_head_of_a_team_comes_to_the_figures_and_no_case(services: Services, lies: Browser) -> None:
    page = lies.get("/werk")
    assert lies.url.endswith(HOME)
    assert f'<a href="{HOME}" aria-current="page">Cijfers</a>' in page
    assert 'href="/werk/zaken"' not in page
    number = rows(services, Case)[0].number
    assert [lies.status(one) for one in ("/werk/zaken", f"/werk/zaken/{number}", "/werk/nieuws")] == [403, 403, 403]
    assert number not in page
    noor = Browser(services, NOOR)
    assert HOME not in noor.get("/werk")
    assert [noor.status(f"{HOME}{one}") for one in ("", "/tabel", "/tekening/1", "/jaar/woo")] == [403] * 4


def test_w15_a_head_who_handles_cases_goes_from_the_work_of_somebody_to_these_cases(
    services: Services, lies: Browser
) -> None:
    assert "behandelaar=" not in lies.get(HOME)
    both = Browser(services, replace(LIES, roles=frozenset({"lead", "worker"})))
    work = both.get(HOME).partition('id="figure-workload"')[2].partition("</section>")[0]
    assert '<a class="nl-link" href="/werk/zaken?behandelaar=noor">Noor Behandelaar</a>' in work
    assert '<a class="nl-link" href="/werk/zaken?behandelaar=-">Nog niemand</a>' in work
    listed = both.get("/werk/zaken?behandelaar=noor")
    assert "Draag de gekozen zaken over" in listed


def test_w15_own_days_that_are_wrong_are_said_and_kept(lies: Browser) -> None:
    page = lies.get(f"{HOME}?periode=eigen&van=2026-05-02&tot=2026-05-01&soort=bezwaar", 422)
    assert 'href="#field-tot"' in page
    assert 'value="2026-05-02"' in page
    assert '<option value="bezwaar" selected>' in page
    page = lies.get(f"{HOME}/tabel?periode=eigen&van=gisteren", 422)
    assert 'href="#field-van"' in page
    assert 'value="gisteren"' in page


def test_w15_every_table_is_a_sheet_of_the_spreadsheet(services: Services, lies: Browser) -> None:
    with log_lines() as lines:
        answer = lies.client.get(f"{HOME}/tabel?{whole(services)}&soort=bezwaar")
    assert "cijfers.xlsx" in answer.headers["content-disposition"]
    sheets = read_sheets(answer.content)
    assert sheets[0].rows[2][:3] == ["Noor Behandelaar", 2.0, 1.0]
    names = [one.name for one in sheets]
    page = lies.get(f"{HOME}?{whole(services)}&soort=bezwaar")
    titles = re.findall(r'id="figure-[a-z_]+">([^<]*)</h3>', page)
    assert sorted(names) == sorted(title[:31].strip() for title in titles)
    assert [line["who"] for line in lines if line.get("event") == "figures_exported"] == [f"staff:{LIES.subject}"]


def test_w15_letters_by_portal_and_by_post_are_those_that_were_sent(services: Services, lies: Browser) -> None:
    sent = [row.channel for row in rows(services, NoticeRow) if row.sent_on]
    assert sent
    page = lies.get(f"{HOME}?{whole(services)}")
    table = page.partition('id="figure-letters"')[2].partition("<tbody>")[2].partition("</tbody>")[0]
    first = re.findall(r"<td[^>]*>([^<]*)</td>", table)[:5]
    assert first == ["Bezwaar", str(sent.count("portal")), str(sent.count("post")), "0", str(len(sent))]


def test_w15_a_notice_of_default_counts_on_the_day_it_came(services: Services, lies: Browser) -> None:
    late = next(
        row
        for row in rows(services, Case)
        if row.state == "running" and (today(services) - row.received_on).days > LATE
    )
    act(services, NOOR, RegisterDefaultNotice(late.number, "decide", today(services), None))
    page = lies.get(f"{HOME}?{whole(services)}")
    table = page.partition('id="figure-penalties"')[2].partition("</section>")[0]
    cells = re.findall(r"<td[^>]*>([^<]*)</td>", table)
    numbers = dict(zip(cells[::2], cells[1::2], strict=True))
    assert numbers["Ingebrekestellingen ontvangen"] == "1"
    assert numbers["In zoveel zaken"] == "1"
    assert numbers["Dwangsommen vastgesteld"] == "0"


def test_w15_the_drawing_of_a_case_type_and_of_nothing_else(services: Services, lies: Browser) -> None:
    page = lies.get(f"{HOME}?soort=bezwaar")
    address = re.search(r'data-drawing="([^"]*)"', page)
    assert address
    assert b"<bpmn:definitions" in lies.client.get(address[1]).content
    assert [lies.status(f"{HOME}/tekening/{one}") for one in ("1", "999999")] == [
        404,
        404,
    ]  # a process that others call; none
