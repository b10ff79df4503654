"""Single figures that look unlike figures: a nought among high rates, two thirds cut off, thousands with and without
commas.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from statistics import median

from extractors.checks.evidence import Evidence, Value
from extractors.checks.wording import about
from extractors.parse.folding import fold
from schemas.finding import Finding

_LONG = 8
"""Values of one organisation that tell what is usual."""
_HIGH = Decimal(50)
_SOME = Decimal(25)
_CUT = re.compile(r"^[16]?6\.66+%?$")
_WITH = re.compile(r"^\d{1,3}(?:,\d{3})+$")
_WITHOUT = re.compile(r"^\d{4,7}$")
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_MANY = 6
"""So many figures of a table show how it writes thousands."""


def noughts_among_high_rates(evidence: Evidence) -> Iterator[Finding]:
    """A rate that is otherwise high is not 0% in one period: a nought often stands for no data."""
    series: dict[tuple[int, str, str, str], list[Value]] = defaultdict(list)
    for value in evidence.values:
        if value.series == "actual" and value.unit == "percent" and value.value is not None:
            series[value.table_no, value.measure, value.breakdown, value.organisation].append(value)
    for values in series.values():
        noughts = [value for value in values if value.value == 0]
        others = [value.value for value in values if value.value]
        if len(noughts) != 1 or len(others) < _LONG or min(others) < _SOME or median(others) < _HIGH:
            continue
        odd = noughts[0]
        whose = odd.organisation_text or "the organisation"
        yield about(
            odd,
            "info",
            "cell",
            "nought_among_high_rates",
            f"On page {odd.page}, “{odd.measure}” for {whose} is {odd.value_text} "
            f"in {odd.period_text}; no other period is under {min(others)}%. It may stand for no data.",
        )


def figures_are_rounded(evidence: Evidence) -> Iterator[Finding]:
    """Two thirds and a sixth are printed rounded (66.67%), not cut off (66.66%)."""
    seen: set[tuple[int, int, int | None]] = set()
    for value in evidence.values:
        place = (value.table_no, value.row, value.col)
        if value.unit != "percent" or not _CUT.match(value.value_text) or place in seen:
            continue
        seen.add(place)
        rounded = value.value_text.rstrip("%")[:-1] + "7" + "%" * value.value_text.endswith("%")
        whose = value.organisation_text or "the organisation"
        yield about(
            value,
            "info",
            "cell",
            "cut_off_not_rounded",
            f"On page {value.page}, “{value.measure}” for {whose} is printed as "
            f"{value.value_text}: cut off, where {rounded} would be rounded.",
            expected=rounded,
        )


def thousands_in_one_style(evidence: Evidence) -> Iterator[Finding]:
    """Tables on one page write their thousands in one style. One finding for each page."""
    by_page: dict[int, dict[str, list[tuple[int, str]]]] = defaultdict(lambda: defaultdict(list))
    for table in evidence.document.tables:
        texts = [fold(cell.text) for cell in table.cells]
        with_commas = [text for text in texts if _WITH.match(text)]
        without = [text for text in texts if _WITHOUT.match(text) and not _YEAR.match(text)]
        more, fewer = sorted((len(with_commas), len(without)), reverse=True)
        if more >= _MANY and more > 10 * fewer:
            commas = len(with_commas) > len(without)
            style, example = ("with", with_commas[0]) if commas else ("without", without[0])
            by_page[table.page][style].append((table.table_no, example))
    for page, styles in by_page.items():
        if len(styles) == 2:
            (table_no, bare), (_, comma) = styles["without"][0], styles["with"][0]
            yield Finding(
                "info",
                "page",
                "mixed_number_styles",
                f"On page {page}, one table writes thousands as {bare}, another as {comma}.",
                page=page,
                table_no=table_no,
                found=bare,
                expected=comma,
            )
