"""One meeting's papers, as three documents: words, spreadsheets, slides."""

from __future__ import annotations

import content
import prose
from content import BOARD, TRUST, Meeting
from figures import CROSS, MONTHS, PLACES, RATINGS, SCORECARD, SCORECARD_GAPS, SERIES, SPECIALTIES, WHOLE, Row, Series, dashboard, rating
from odf import Cell, Table, head
from sheets import Workbook
from slides import Deck
from writer import Paper

OFFICE = {"red": "#FF0000", "amber": "#FFC000", "green": "#00B050", "grey": "#BFBFBF"}
NHS = {"red": "#DA291C", "amber": "#FFB81C", "green": "#009639"}
ARROWS = {"up": "▲", "down": "▼", "flat": "►", "": ""}
SECTION = "#D9E8F6"
EXCEPTIONS = {(1, "A&E: within 4 hours", "Westmere Place"): "red"}
"""(meeting, measure, organisation) -> the colour that was painted although the standard says otherwise."""
PRINTED = {
    (1, "w52", WHOLE, "Jun-24"): 2120,
    (2, "w52", "Westmere Place", "Aug-24"): 517,
    (2, "w52", WHOLE, "Aug-24"): 1872,
}
"""(meeting, series, organisation, month) -> what is printed in place of what the series holds: a misprint, a restatement."""


def number(text: str) -> float | None:
    """`93.78%`, `1,234`, `6:05` (seconds) as a number; None for words."""
    if ":" in text:
        minutes, seconds = text.split(":")
        return int(minutes) * 60 + int(seconds)
    try:
        return float(text.rstrip("%").replace(",", ""))
    except ValueError:
        return None


def dashboard_colour(meeting: int, row: Row, organisation: str, value: str) -> str | None:
    """The rating of one value of the dashboard, or None where its standard gives none."""
    if row.grey:
        return "grey"
    if (meeting, row.measure, organisation) in EXCEPTIONS:
        return EXCEPTIONS[meeting, row.measure, organisation]
    found, standard = number(value), number(row.standard)
    if found is None or standard is None or row.better is None:
        return None
    margin = {"percent": 5.0, "number": 0.0, "seconds": 180.0}[row.unit]
    return rating(found, standard, row.better, margin)


def printed(meeting: int, key: str, organisation: str, month: int) -> str:
    """What a series shows for an organisation in a month."""
    series = SERIES[key]
    value = PRINTED.get((meeting, key, organisation, MONTHS[month]), series.value(organisation, month))
    return f"{value:.2f}%" if series.unit == "percent" else f"{value:,}"


def scorecard_text(measure: str, form: str, month: str, value: float) -> str:
    """What the trust's scorecard shows."""
    return SCORECARD_GAPS.get((measure, month)) or {"%": f"{value:.1f}%", "0": f"{value:.0f}", "": f"{value:.2f}"}[form]


def words(meeting: Meeting) -> Paper:
    """Cover, agenda, minutes, action log, reports, capital schemes, forward plan."""
    n = meeting.number
    paper = Paper(f"{BOARD}: papers for {meeting.day}", f"{BOARD} · Board papers · {meeting.day}")
    paper.say(BOARD, "Title")
    for line in ("Meeting of the Board held in public", meeting.day, "2.00pm to 4.30pm", meeting.venue):
        paper.say(line, "Subtitle")
    paper.page()
    paper.heading("Agenda")
    rows = [[head(t) for t in ("Item", "Subject", "Lead", "Paper", "Time")]]
    rows += [[Cell(t) for t in row] for row in content.AGENDA]
    paper.table(Table([1.4, 7.2, 4.6, 2.0, 1.8], rows, size=10))
    paper.say("Members of the public may put questions to the Board under item 5. Questions sent in advance are answered first.")
    _minutes(paper, meeting)
    paper.page("Landscape")
    paper.heading("Paper B: Action log")
    rows = [[head(t) for t in ("Ref", "Date raised", "Agenda item", "Action", "Owner", "Due date", "Status", "Update")]]
    for a in content.ACTIONS[n]:
        rows.append([Cell(t) for t in (a.ref, a.raised, a.item, a.action, a.owner, a.due, a.status, a.comments)])
    paper.table(Table([1.2, 2.2, 3.4, 6.2, 3.5, 2.7, 2.0, 4.4], rows, size=11))
    paper.page()
    paper.heading("Paper C: Chief Executive’s report")
    for title, text in prose.CHIEF[n]:
        paper.heading(title, 2)
        paper.say(text)
    paper.page()
    paper.heading("Paper D: Performance report")
    opening, points, data = prose.PERFORMANCE[n]
    paper.say(opening)
    paper.heading("Summary", 2)
    paper.points(*points)
    paper.heading("Notes on the data", 2)
    paper.say(data)
    paper.say("Ratings: green where the standard is met; amber within 5 percentage points of it (3 minutes for ambulance responses); red otherwise.")
    paper.page()
    paper.heading("Paper E: Quality report")
    paper.say(prose.QUALITY[n])
    paper.heading("Quality ratings", 2)
    grey = {"fill": "#D9D9D9", "colour": "#000000"}
    rows = [
        [head("Measure", rows=2, align="start", **grey), head("RAG rating", cols=2, **grey), head("DoT", rows=2, **grey)],
        [head("Latest", **grey), head("Previous", **grey)],
    ]
    for measure, latest, previous, way in RATINGS[n]:
        colours = [Cell(w, fill=OFFICE[w.lower()], bold=True, align="center") for w in (latest, previous)]
        rows.append([Cell(measure), *colours, Cell(arrow=way, align="center")])
    paper.table(Table([9.0, 2.6, 2.6, 1.6], rows, header_rows=2, size=10))
    paper.say("DoT: direction of travel from the previous to the latest rating.", "Small")
    _capital(paper, meeting)
    paper.page()
    paper.heading("Paper G: Forward plan")
    rows = [[head(t) for t in ("Theme", *content.FORWARD_HEADS[n])]] + [[Cell(t) for t in row] for row in content.FORWARD]
    paper.table(Table([3.6, 4.4, 4.4, 4.4], rows, size=10))
    return paper


def _minutes(paper: Paper, meeting: Meeting) -> None:
    paper.page()
    paper.heading("Paper A: Minutes of the last meeting")
    paper.say(f"Minutes of the meeting of the Board held in public on {meeting.last_day}, 2.00pm, by video link and in person.")
    paper.heading("Present", 2)
    present = [p for p in content.PEOPLE if not (meeting.number == 1 and p[2] == "ME")]
    paper.table(Table([6.5, 7.5, 2.0], [[Cell(t) for t in p] for p in present], header_rows=0, size=10, lines="none"))
    rows = [[head(t) for t in ("Item", "Discussion", "Action")]]
    for item, title, text, action in prose.MINUTES[meeting.number]:
        rows.append([Cell(item), Cell(f"{title}\n{text}"), Cell(action)])
    paper.table(Table([1.3, 13.2, 2.5], rows, size=11))


def _capital(paper: Paper, meeting: Meeting) -> None:
    paper.page("Landscape")
    paper.heading("Paper F: Estates and capital")
    paper.say(prose.ESTATES[meeting.number])
    rows = [[head(t) for t in ("Scheme", "Lead organisation", "Funding source", "Value (£000)", "Expected completion", "RAG")]]
    total = 0
    for section, (listed, subtotal) in content.schemes(meeting.number).items():
        rows.append([Cell(section, bold=True, fill=SECTION, cols=6)])
        for s in listed:
            rag = Cell(s.rag.capitalize(), fill=OFFICE.get(s.rag), align="center")
            rows.append([Cell(s.name), Cell(s.lead), Cell(s.source), Cell(s.value, align="end"), Cell(s.completion_text), rag])
        rows.append([Cell("Sub-total", bold=True), Cell(), Cell(), Cell(subtotal, bold=True, align="end"), Cell(), Cell()])
        total += int(subtotal.replace(",", ""))
    rows.append([Cell("Total", bold=True), Cell(), Cell(), Cell(f"{total:,}", bold=True, align="end"), Cell(), Cell()])
    paper.table(Table([7.6, 6.6, 4.0, 2.3, 3.0, 1.8], rows, size=10.5, split=False))
    paper.heading("Risks", 2)
    paper.points(*prose.RISKS[meeting.number])


def spreadsheets(meeting: Meeting) -> Workbook:
    """The board's dashboard, the trust's scorecard, the capital programme: a page each."""
    n, book = meeting.number, Workbook(f"Dashboards {meeting.iso}")
    months = MONTHS[meeting.last_month - 12 : meeting.last_month + 1]
    rows = [[head(t, rows=2) for t in ("Measure", "Standard", "Latest data")] + [head(o, cols=3) for o in (*PLACES, WHOLE)]]
    rows.append([head(t) for _ in range(4) for t in ("Actual", "Trend", "YTD 2024/25")])
    for row in dashboard(n):
        if isinstance(row, str):
            rows.append([Cell(row, bold=True, fill=SECTION, cols=15)])
            continue
        grey = OFFICE["grey"] if row.grey else None
        line = [Cell(row.measure, fill=grey), Cell(row.standard, align="center", fill=grey), Cell(row.period, align="center", fill=grey)]
        for organisation, (value, trend, ytd) in zip((*PLACES, WHOLE), row.groups, strict=True):
            colour = dashboard_colour(n, row, organisation, value)
            line += [
                Cell(value, fill=OFFICE.get(colour or ""), align="center"),
                Cell(ARROWS[trend], align="center", fill=grey),
                Cell(ytd, align="center", fill=grey),
            ]
        rows.append(line)
    widths = [7.6, 2.0, 2.6] + [2.0, 1.3, 2.0] * 4
    book.sheet("Board dashboard", "Board performance dashboard", Table(widths, rows, size=9, font="Carlito", heights=0.75), [
        "Trend: change on the period before. YTD: year to date, where the measure is counted by year.",
        "NP: no patients in the period. #N/A: the provider’s return could not be read.",
    ])  # fmt: skip
    rows = [[head(t) for t in ("Domain", "Measure", "Target", *months)]]
    for i, (domain, measure, target, better, form, values) in enumerate(SCORECARD):
        same = [j for j, r in enumerate(SCORECARD) if r[0] == domain]
        line = [Cell(domain, bold=True, rows=len(same), align="center", fill=SECTION)] if i == same[0] else []
        line += [Cell(measure), Cell(target, align="center")]
        for month in months:
            text = scorecard_text(measure, form, month, values[MONTHS.index(month)])
            found, aim = number(text), number(target)
            colour = OFFICE[rating(found, aim, better, 0.1 * aim)] if found is not None and aim is not None else None
            line.append(Cell(text, fill=colour, colour="#FFFFFF" if colour == OFFICE["red"] else "#000000", align="center"))
        rows.append(line)
    book.sheet("Trust scorecard", f"{TRUST}: workforce and quality scorecard", Table([2.6, 6.4, 1.9] + [1.6] * 13, rows, size=9, font="Carlito", heights=0.9), [
        "Green: target met. Amber: within a tenth of the target. Red: further away.",
    ])  # fmt: skip
    rows = [[head(t) for t in ("Scheme", *content.YEARS)]]
    listed = content.programme(n)
    for name, amounts in listed:
        bold = name == "Total"
        rows.append([Cell(name, bold=bold)] + [Cell(a, bold=bold, align="end") for a in amounts])
    book.sheet("Capital programme", "Five-year capital programme (£m)", Table([9.0] + [3.0] * 6, rows, size=10, font="Carlito", heights=0.8, lines="horizontal"), [
        "Figures in brackets are income. Amounts are in £ millions at outturn prices.",
    ])  # fmt: skip
    return book


def slides(meeting: Meeting) -> Deck:
    """Thirteen months of six measures, and the long waits by provider and specialty."""
    n, deck = meeting.number, Deck(f"Performance slides {meeting.iso}")
    deck.slide("Planned care: waiting lists and 18 weeks")
    deck.text("Source: referral to treatment return, commissioner basis", 1.2, 2.1, 31)
    deck.table(_titled(meeting, "waiting"), 1.2, 3.2)
    deck.table(_titled(meeting, "rtt18"), 1.2, 9.6)
    deck.text("Standard: 92% within 18 weeks. The plan for the waiting list starts in April 2024.", 1.2, 15.4, 31)
    deck.slide("Planned care: waits of 52 weeks and more")
    deck.table(_titled(meeting, "w52"), 1.2, 2.4)
    month = MONTHS[meeting.last_month]
    deck.text(f"52+ week waits by provider and specialty, {month}", 1.2, 8.2, 31, size=14, bold=True)
    deck.table(_cross(n), 1.2, 9.3)
    deck.slide("Diagnostics and cancer")
    for key, y in (("diag", 2.6), ("c62", 9.6)):
        deck.text(SERIES[key].title, 1.2, y, 31, size=14, bold=True)
        deck.table(_untitled(meeting, key), 1.2, y + 1.0)
    deck.text("Ratings against 15% (diagnostics) and 70% (62 days): amber within 5 percentage points.", 1.2, 15.6, 31)
    deck.slide("Talking therapies")
    deck.text(SERIES["tt"].title, 1.2, 2.6, 31, size=14, bold=True)
    deck.table(_untitled(meeting, "tt"), 1.2, 3.6)
    deck.text(
        "The service takes people who refer themselves as well as those whom a practice refers. Most start within six weeks.\n"
        "Places differ in size: Larkham has about half of the area’s adults, Westmere under a third and Eastmarch the rest.",
        1.2, 9.0, 31, size=14,
    )  # fmt: skip
    return deck


def series_colour(series: Series, value: str) -> str | None:
    """The rating of one value of a series."""
    if series.threshold is None or series.better is None:
        return None
    found = number(value)
    return None if found is None else rating(found, series.threshold, series.better, 5.0)


def _series_rows(meeting: Meeting, key: str) -> list[list[Cell]]:
    n, series = meeting.number, SERIES[key]
    rows = []
    for organisation in (*PLACES, WHOLE):
        line = [Cell(organisation, bold=organisation == WHOLE)]
        for month in range(meeting.last_month - 12, meeting.last_month + 1):
            text = printed(n, key, organisation, month)
            colour = series_colour(series, text)
            line.append(Cell(text, fill=NHS.get(colour or ""), colour="#FFFFFF" if colour in ("red", "green") else "#000000", align="center"))
        if series.ytd:
            value = series.year_to_date(organisation, meeting.last_month)
            line.append(Cell(f"{value:.2f}%" if series.unit == "percent" else f"{value:,}", bold=True, align="center"))
        rows.append(line)
    if series.plan:
        months = MONTHS[meeting.last_month - 12 : meeting.last_month + 1]
        rows.append([Cell(f"{WHOLE} Plan")] + [Cell(f"{series.plan[m]:,.0f}" if m in series.plan else "", align="center") for m in months])
    return rows


def _titled(meeting: Meeting, key: str) -> Table:
    """The title is the table's first row, merged over all columns."""
    months = MONTHS[meeting.last_month - 12 : meeting.last_month + 1]
    rows = [[head(SERIES[key].title, cols=14, align="start")], [head("", fill="#41B6E6"), *(head(m, fill="#41B6E6", colour="#000000") for m in months)]]
    return Table([4.6] + [2.05] * 13, rows + _series_rows(meeting, key), header_rows=2, size=10.5, heights=0.75)


def _untitled(meeting: Meeting, key: str) -> Table:
    """The title stands above the table; the last column is the year to date."""
    months = MONTHS[meeting.last_month - 12 : meeting.last_month + 1]
    ytd = SERIES[key].ytd
    rows = [[head("Place", align="start"), *(head(m) for m in months), *([head("YTD 2024/25")] if ytd else [])]]
    return Table([4.2] + [1.93] * 13 + [2.2] * ytd, rows + _series_rows(meeting, key), size=10, heights=0.75, lines="horizontal")


def _cross(n: int) -> Table:
    rows = [[head("Provider", align="start"), *(head(s) for s in SPECIALTIES), head("Total")]]
    for provider, values in CROSS[n]:
        rows.append([Cell(provider)] + [Cell("" if v is None else f"{v:,}", align="center") for v in values] + [Cell(f"{sum(v or 0 for v in values):,}", bold=True, align="center")])
    totals = cross_totals(n)
    rows.append([Cell("Grand total", bold=True)] + [Cell(t, bold=True, align="center") for t in totals])
    return Table([7.0] + [3.4] * 6 + [2.6], rows, size=11, heights=0.8)


def cross_totals(n: int) -> list[str]:
    """The printed grand totals; in the first pack one of them has two digits the wrong way round."""
    sums = [sum(values[i] or 0 for _, values in CROSS[n]) for i in range(len(SPECIALTIES))]
    texts = [f"{s:,}" for s in (*sums, sum(sums))]
    if n == 1:
        texts[2] = texts[2][0] + texts[2][2] + texts[2][1]
    return texts
