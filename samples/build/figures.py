"""The board's figures: series, dashboards, scorecards. Fifteen months; each meeting prints thirteen of them."""

from __future__ import annotations

from dataclasses import dataclass

MONTHS = [
    "Sep-23", "Oct-23", "Nov-23", "Dec-23", "Jan-24", "Feb-24", "Mar-24", "Apr-24",
    "May-24", "Jun-24", "Jul-24", "Aug-24", "Sep-24", "Oct-24", "Nov-24",
]  # fmt: skip
PLACES = ("Larkham Place", "Eastmarch Place", "Westmere Place")
WHOLE = "LW ICB"
_WEIGHTS = (0.49, 0.22, 0.29)
"""Each place's share of the registered population, by which percentages of the whole are weighted."""


@dataclass(frozen=True)
class Series:
    """A measure over fifteen months for three places; the whole follows from them."""

    title: str
    unit: str
    places: tuple[tuple[float, ...], ...]
    plan: dict[str, float] | None = None
    threshold: float | None = None
    better: str | None = None
    ytd: bool = False

    def whole(self, month: int) -> float:
        """The sum of counts; the weighted mean of percentages."""
        if self.unit == "percent":
            return round(sum(w * p[month] for w, p in zip(_WEIGHTS, self.places, strict=True)), 2)
        return sum(p[month] for p in self.places)

    def value(self, organisation: str, month: int) -> float:
        """What is true of an organisation in a month."""
        return self.whole(month) if organisation == WHOLE else self.places[PLACES.index(organisation)][month]

    def year_to_date(self, organisation: str, last: int) -> float:
        """From April 2024 to a month: the sum of counts; of percentages the mean, later months (more patients) weighing more."""
        values = [self.value(organisation, m) for m in range(MONTHS.index("Apr-24"), last + 1)]
        if self.unit != "percent":
            return sum(values)
        weights = range(20, 20 + len(values))
        return round(sum(w * v for w, v in zip(weights, values, strict=True)) / sum(weights), 2)


SERIES = {
    "waiting": Series(
        "Waiting lists (incomplete pathways)", "number",
        (
            (41249, 41102, 41384, 41515, 41930, 42058, 42325, 42075, 42403, 42360, 42614, 42919, 42830, 43076, 43468),
            (18333, 18294, 18458, 18580, 18398, 18691, 18716, 18665, 18665, 18962, 18831, 18813, 18870, 19155, 19137),
            (24013, 24049, 24045, 24254, 24115, 24235, 24391, 24380, 24525, 24489, 24595, 24429, 24553, 24636, 24624),
        ),
        plan={"Apr-24": 84900, "May-24": 84750, "Jun-24": 84600, "Jul-24": 84450, "Aug-24": 84300, "Sep-24": 84150, "Oct-24": 84000, "Nov-24": 83850},
    ),
    "rtt18": Series(
        "18 week waits", "percent",
        (
            (55.95, 55.96, 56.51, 57.36, 57.14, 57.39, 57.35, 57.69, 59.11, 58.85, 59.02, 58.49, 59.72, 58.96, 59.58),
            (65.56, 65.24, 65.33, 65.75, 66.23, 66.34, 65.70, 65.60, 66.28, 66.42, 66.55, 67.95, 68.07, 67.38, 68.15),
            (60.01, 61.11, 60.44, 60.24, 60.37, 61.10, 60.71, 61.46, 62.19, 61.43, 61.25, 62.85, 62.10, 61.48, 61.55),
        ),
        threshold=92.0, better="higher",
    ),
    "w52": Series(
        "52+ week waits", "number",
        (
            (1428, 1438, 1416, 1350, 1286, 1276, 1288, 1217, 1213, 1169, 1077, 1088, 1050, 1006, 954),
            (393, 363, 365, 355, 362, 348, 317, 315, 294, 306, 293, 267, 266, 254, 233),
            (727, 694, 687, 653, 606, 603, 569, 591, 568, 545, 503, 474, 485, 467, 417),
        ),
        plan={"Apr-24": 2080, "May-24": 2000, "Jun-24": 1920, "Jul-24": 1840, "Aug-24": 1760, "Sep-24": 1680, "Oct-24": 1600, "Nov-24": 1520},
    ),
    "diag": Series(
        "Diagnostic waits over 6 weeks", "percent",
        (
            (24.07, 22.73, 24.01, 23.66, 21.86, 22.29, 22.11, 21.14, 22.09, 20.79, 20.01, 20.33, 20.36, 18.97, 18.84),
            (15.68, 14.88, 14.32, 14.27, 13.42, 13.41, 13.42, 13.64, 12.88, 12.69, 12.28, 12.96, 12.16, 12.99, 12.73),
            (18.09, 18.29, 18.99, 18.03, 17.76, 19.13, 18.34, 18.05, 18.50, 18.42, 17.21, 16.93, 17.41, 17.28, 17.24),
        ),
        threshold=15.0, better="lower",
    ),
    "c62": Series(
        "Cancer 62 day referral to treatment", "percent",
        (
            (62.63, 62.69, 64.58, 60.50, 62.35, 62.37, 65.35, 62.57, 62.59, 64.26, 64.45, 64.04, 64.22, 68.09, 65.90),
            (72.44, 71.01, 68.49, 74.21, 73.61, 74.71, 74.80, 74.68, 71.02, 73.21, 71.93, 73.35, 71.64, 73.86, 77.81),
            (64.55, 68.12, 66.07, 66.00, 69.69, 70.09, 67.29, 68.51, 64.87, 65.95, 70.62, 68.13, 68.01, 69.55, 64.99),
        ),
        threshold=70.0, better="higher", ytd=True,
    ),
    "tt": Series(
        "Talking therapies: people starting treatment", "number",
        (
            (914, 913, 959, 890, 987, 896, 915, 969, 986, 943, 937, 1035, 966, 1016, 1026),
            (397, 411, 410, 441, 396, 434, 405, 419, 442, 420, 424, 458, 414, 445, 487),
            (559, 504, 516, 522, 568, 568, 571, 541, 530, 578, 572, 569, 598, 578, 537),
        ),
        ytd=True,
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A line of the board's dashboard at one meeting. Each group is (value, trend, year to date) as printed."""

    measure: str
    standard: str
    period: str
    groups: tuple[tuple[str, str, str], ...]
    unit: str
    better: str | None = None
    grey: bool = False


def _from(key: str, month: int, measure: str, standard: str, better: str | None) -> Row:
    series = SERIES[key]
    groups = []
    for organisation in (*PLACES, WHOLE):
        now, before = series.value(organisation, month), series.value(organisation, month - 1)
        trend = "flat" if abs(now - before) < 0.005 * before else "up" if now > before else "down"
        groups.append((f"{now:.2f}%" if series.unit == "percent" else f"{now:,}", trend, ""))
    return Row(measure, standard, MONTHS[month], tuple(groups), series.unit, better)


def _row(measure: str, standard: str, period: str, unit: str, better: str | None, *groups: str, grey: bool = False) -> Row:
    """Groups as "value trend ytd", the last two optional; an underscore is a blank within a value."""
    letters = {"u": "up", "d": "down", "f": "flat"}
    split = [(g.split("|") + ["", ""])[:3] for g in groups]
    return Row(measure, standard, period, tuple((v, letters.get(t, ""), y) for v, t, y in split), unit, better, grey)


def dashboard(meeting: int) -> list[str | Row]:
    """Section headings and rows, in print order."""
    month = MONTHS.index("Sep-24" if meeting == 1 else "Nov-24")
    before, last = MONTHS[month - 1], MONTHS[month]
    quarter = "Q2 2024/25" if meeting == 1 else "Q3 2024/25"
    one = meeting == 1

    def pick(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
        return first if one else second

    return [
        "Planned care",
        _from("waiting", month, "Referral to treatment: waiting list", "Place plan", None),
        _from("rtt18", month, "Referral to treatment: within 18 weeks", "92.00%", "higher"),
        _from("w52", month, "Referral to treatment: waits of 52+ weeks", "0", "lower"),
        _from("diag", month, "Diagnostic tests: waits over 6 weeks", "15.00%", "lower"),
        "Cancer",
        _row("Faster diagnosis within 28 days", "77.00%", before, "percent", "higher",
             *pick(("78.14%|u|76.90%", "80.02%|f|79.15%", "74.36%|d|75.81%", "77.46%|u|77.08%"),
                   ("77.35%|d|77.02%", "81.17%|u|79.66%", "76.48%|u|75.97%", "77.94%|u|77.30%"))),
        _from("c62", month, "Referral to treatment within 62 days", "70.00%", "higher"),
        "Urgent and emergency care",
        _row("A&E: within 4 hours", "78.00%", last, "percent", "higher",
             *pick(("74.81%|d|75.60%", "81.30%|u|80.44%", "79.12%|u|77.95%", "77.32%|f|77.29%"),
                   ("72.06%|d|74.88%", "78.95%|d|80.02%", "75.67%|d|77.41%", "74.54%|d|76.66%"))),
        _row("A&E: 12 hour waits from decision to admit", "0", last, "number", "lower",
             *pick(("41|u|233", "0|f|6", "17|d|158", "58|u|397"), ("66|u|340", "4|u|11", "29|u|208", "99|u|559"))),
        _row("Ambulance category 2: mean response (minutes:seconds)", "30:00", last, "seconds", "lower",
             *pick(("34:52|u", "28:17|d", "31:05|f", "32:20|u"), ("38:41|u", "30:44|u", "29:58|d", "34:26|u"))),
        _row("Mixed sex accommodation breaches", "0", "Feb-20", "number", "lower", "7|f", "0|f", "3|f", "10|f", grey=True),
        "Quality",
        _row("C. difficile infections", "N/A", last, "number", None,
             *pick(("6|u|33", "2|f|11", "3|d|19", "11|f|63"), ("4|d|45", "2|f|15", "5|u|28", "11|f|88"))),
        _row("MRSA infections", "0", last, "number", "lower",
             *pick(("0|f|1", "0|f|0", "1|u|2", "1|u|3"), ("0|f|1", "0|f|0", "0|d|2", "0|d|3"))),
        "Mental health and learning disability",
        _row("Dementia diagnosis rate", "66.70%", last, "percent", "higher",
             *pick(("65.12%|u", "67.83%|u", "63.90%|f", "65.36%|u"), ("65.77%|u", "68.05%|f", "64.41%|u", "65.88%|u"))),
        _row("Physical health checks, severe mental illness (rolling 12 months)", "60.00%", quarter, "percent", "higher",
             *pick(("57.20%|u", "61.45%|u", "54.90%|u", "57.45%|f"), ("59.04%|u", "62.10%|f", "55.38%|f", "58.64%|u"))),
        _row("Eating disorders, urgent: seen within one week", "95.00%", quarter, "percent", "higher",
             *pick(("96.30%|u", "NP|", "91.67%|d", "94.87%|f"), ("92.86%|d", "NP|", "100.00%|u", "95.45%|u"))),
        _row("72 hour follow-up after discharge", "80.00%", "Q4 Jan 24/Mar 25" if one else quarter, "percent", "higher",
             *pick(("81.60%|f", "#N/A|", "77.25%|d", "79.95%|d"), ("82.34%|u", "Not Reporting|", "79.10%|u", "81.02%|u"))),
    ]  # fmt: skip


SCORECARD = (
    ("Workforce", "Vacancy rate", "8.5%", "lower", "%", (10.0, 9.5, 9.6, 9.6, 9.1, 8.9, 8.8, 8.9, 8.6, 8.6, 8.6, 8.2, 8.2, 7.9, 7.9)),
    ("Workforce", "Staff turnover", "11.0%", "lower", "%", (11.8, 11.7, 11.2, 11.3, 11.1, 10.9, 11.1, 11.0, 10.7, 10.8, 10.6, 10.5, 10.2, 10.1, 10.4)),
    ("Workforce", "Sickness absence", "4.5%", "lower", "%", (5.4, 5.1, 5.3, 5.1, 4.8, 4.8, 4.9, 5.3, 5.3, 5.3, 5.3, 4.8, 4.8, 4.7, 5.2)),
    ("Workforce", "Mandatory training", "90.0%", "higher", "%", (87.7, 87.1, 87.8, 87.3, 88.9, 89.1, 89.6, 89.6, 90.0, 88.7, 90.3, 89.8, 91.2, 91.3, 91.7)),
    ("Workforce", "Appraisals completed", "85.0%", "higher", "%", (78.7, 77.9, 79.5, 78.4, 80.6, 81.0, 79.9, 81.8, 81.3, 81.4, 83.0, 82.0, 82.0, 82.8, 83.6)),
    ("Quality", "Falls per 1,000 bed days", "6.00", "lower", "", (6.41, 6.45, 5.81, 6.07, 5.82, 6.24, 5.83, 6.10, 5.39, 6.02, 5.35, 5.91, 5.32, 5.15, 5.35)),
    ("Quality", "Pressure ulcers, category 2 and above", "18", "lower", "0", (23, 19, 21, 20, 18, 20, 17, 20, 14, 22, 18, 19, 19, 18, 15)),
    ("Quality", "Friends and family: would recommend", "95.0%", "higher", "%", (92.2, 93.4, 92.9, 93.0, 94.1, 93.9, 93.3, 93.4, 93.7, 93.8, 93.7, 93.5, 94.1, 95.2, 94.8)),
    ("Quality", "Complaints answered in time", "80.0%", "higher", "%", (75.5, 73.5, 71.3, 73.9, 69.6, 72.6, 74.4, 76.2, 77.4, 76.2, 76.5, 74.8, 77.7, 82.3, 81.8)),
)  # fmt: skip
"""(domain, measure, target, better, form, fifteen values): `%` one decimal and a sign, `0` a count, `` two decimals."""
SCORECARD_GAPS = {("Friends and family: would recommend", "Jan-24"): "n/a", ("Complaints answered in time", "Dec-23"): "#N/A"}

SPECIALTIES = ("Trauma and orthopaedics", "Ear, nose and throat", "Ophthalmology", "Gynaecology", "General surgery", "Other")
CROSS = {
    1: (
        ("Larkham University Hospitals", (412, 166, 88, 121, 164, 71)),
        ("Westmere Hospital", (198, 61, 54, 37, 82, 29)),
        ("Fenbrook Treatment Centre", (96, None, 36, None, 14, None)),
        ("Other providers", (77, 31, None, 18, 26, 20)),
    ),
    2: (
        ("Larkham University Hospitals", (371, 152, 80, 108, 149, 66)),
        ("Westmere Hospital", (171, 55, 49, 33, 70, 24)),
        ("Fenbrook Treatment Centre", (88, None, 31, None, 11, None)),
        ("Other providers", (69, 27, None, 14, 21, 15)),
    ),
}
"""52+ week waits by provider and specialty in the month that the meeting prints; they add up to the whole of the series."""

RATINGS = {
    1: (
        ("Complaints answered within 25 working days", "AMBER", "RED", "up"),
        ("Serious incidents reported within two days", "GREEN", "GREEN", "flat"),
        ("Safeguarding training, level 3", "RED", "AMBER", "down"),
        ("Continuing healthcare decisions within 28 days", "AMBER", "AMBER", "flat"),
        ("Learning disability annual health checks", "GREEN", "AMBER", "up"),
    ),
    2: (
        ("Complaints answered within 25 working days", "GREEN", "AMBER", "up"),
        ("Serious incidents reported within two days", "AMBER", "GREEN", "down"),
        ("Safeguarding training, level 3", "AMBER", "RED", "up"),
        ("Continuing healthcare decisions within 28 days", "AMBER", "AMBER", "flat"),
        ("Learning disability annual health checks", "GREEN", "GREEN", "flat"),
    ),
}
"""(measure, latest, previous, direction of travel)."""


def rating(value: float, threshold: float, better: str, margin: float) -> str:
    """green where the standard is met, amber within the margin, red beyond it."""
    short = threshold - value if better == "higher" else value - threshold
    return "green" if short <= 1e-9 else "amber" if short <= margin + 1e-9 else "red"
