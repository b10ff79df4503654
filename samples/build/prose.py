"""What the papers say in sentences. Some numbers repeat the tables; one in each pack does not agree with them, on purpose."""

from __future__ import annotations

MINUTES = {
    1: (
        ("1", "Welcome and apologies", "The Chair welcomed members and eleven members of the public. Apologies had been received from Marcus Eddowes.", ""),
        ("2", "Declarations of interest", "Leticia Brandreth declared an interest in item 11 as a trustee of the Eastmarch hospice. The Chair agreed that she could stay for the discussion.", ""),
        ("3", "Minutes of the meeting on 10 July", "The minutes were AGREED as a correct record with one change: the word “provisional” was added to the outturn under item 8.", ""),
        ("7", "Chief Executive’s report", "TP spoke about the first months of the three place partnerships. Each now has its own plan and a named finance lead. Members asked what residents would notice by the spring; TP said that evening appointments at the Harrow Lane surgery were the first visible change.", ""),
        ("8", "Finance report", "GQ reported a year-to-date deficit of £2.6m against a plan of £1.9m. The gap came from prescribing and from one high-cost placement. The capital forecast had moved and would be circulated.", "105\nGQ"),
        ("9", "Performance report", "SIC took members through the dashboards. The number of people waiting more than 52 weeks had fallen each month since the winter. Discharge delays were counted differently by the two councils, which made the system figure hard to rely on. Members also asked for the winter plan in an easy-read version.", "108, 109\nSIC"),
        ("10", "Quality report", "FM described two serious incidents that followed falls at Larkham General Hospital. Both families had been met. The board asked for a fuller report on falls, with what had been learned and what had changed on the wards.", "106\nFM, NAF"),
        ("11", "Estates and capital", "OT presented the schemes in progress. The emergency department at Larkham was on site and expected to open in the autumn. The ambulance hub at Eastmarch has no confirmed funding; the board asked where the money would come from before any more design work was paid for.", "107\nOT"),
        ("14", "Any other business", "Members wished to see community teams at work. The Chair will set out a programme of visits. The meeting closed at 4.35pm.", "107\nChair"),
    ),
    2: (
        ("1", "Welcome and apologies", "The Chair welcomed members and four members of the public. There were no apologies.", ""),
        ("3", "Minutes of the meeting on 11 September", "The minutes were AGREED as a correct record. It was noted that two actions had been given the number 107.", ""),
        ("4", "Action log", "The board AGREED to close action 102. Action 101 was overdue and the Chair asked for it to be finished before the spring. The second action 107 will be printed as 110 from now on.", ""),
        ("7", "Chief Executive’s report", "TP reported that the two councils had signed the partnership agreement for Westmere. Work on the shared dataset was well ahead of the date set for it.", ""),
        ("8", "Finance report", "GQ reported a year-to-date deficit of £2.1m against a plan of £2.3m. The improvement came from a rebate on medicines and will not recur. Members asked that the budget outline for next year show what would be stopped as well as what would be started.", ""),
        ("9", "Performance report", "SIC presented the dashboards. Twelve hour waits at Larkham General Hospital had risen for the third month. Members did not think that the narrative explained why, and asked for an explanation in March. SIC apologised for a misprint: the system’s 52+ week figure for June should have read 2,020.", "111\nSIC"),
        ("10", "Quality report", "FM asked for more time for the report on falls, since the Quality Committee wished to see it first. The board agreed to February.", "106\nFM, NAF"),
        ("11", "Estates and capital", "OT reported that the emergency department scheme at Larkham would open later and cost more than planned, because asbestos had been found under the old ambulance bays. Members asked to be kept informed between meetings.", "112\nOT"),
        ("13", "Any other business", "The Chair thanked the teams at Westmere Hospital who had kept theatres running during the ventilation failure. The meeting closed at 4.20pm.", ""),
    ),
}  # fmt: skip

CHIEF = {
    1: (
        ("Winter", "The winter plan was tested in October with both acute trusts, the ambulance service and the councils. Forty more beds will open in stages from December, twenty-two of them at Westmere Hospital. The rota for senior decision makers at the front door now covers weekends."),
        ("Place partnerships", "The partnerships in Larkham, Eastmarch and Westmere have each agreed three priorities. All three chose frailty. Larkham added children’s asthma and Westmere added loneliness in its villages. Eastmarch will start with people who attend hospital more than five times in a year."),
        ("People", "Sickness absence at Larkham University Hospitals stood at 4.8% in September, against a target of 4.5%, and the vacancy rate has come down from 10.0% to 8.2% in a year. Thirty-one internationally educated nurses started in the month."),
        ("Talking therapies", "In September 966 people from Larkham began treatment, with 414 from Eastmarch and 598 from Westmere. The service is recruiting twelve trainees for the new year."),
    ),
    2: (
        ("A hard December", "Influenza arrived three weeks earlier than last year. On the worst day ninety-one beds at Larkham General Hospital were closed or occupied by people who were fit to leave. I would like to thank everyone who came in on their days off."),
        ("Westmere partnership agreement", "The agreement was signed on 2 December by the ICB, the trust and the two councils. It pools the budgets for equipment and for intermediate care from April."),
        ("People", "Sickness absence at Larkham University Hospitals rose to 5.2% in November. The vacancy rate was unchanged at 7.9%, and mandatory training passed 91% for the third month running."),
        ("Talking therapies", "In November 1,026 people from Larkham began treatment, the most in any month so far, with 487 from Eastmarch and 537 from Westmere."),
    ),
}  # fmt: skip

PERFORMANCE = {
    1: (
        "This report covers performance to the end of September 2024. Where a national figure is published later, the latest month is stated in the dashboard.",
        (
            "The waiting list grew by 0.2% in September. 86,253 people were waiting at the end of the month, of whom 42,830 live in Larkham.",
            "In Larkham 1,081 people had waited 52 weeks or more at the end of September, in Eastmarch 266 and in Westmere 485.",
            "Diagnostic waits over six weeks were 20.36% in Larkham, 12.16% in Eastmarch and 17.41% in Westmere. Only Eastmarch met the interim standard of 15%.",
            "Against the 62 day cancer standard the system reached 66.95%; Eastmarch was above 70% and the other two places were below it.",
            "The average response to category 2 calls was 32 minutes and 20 seconds across the area.",
        ),
        "The 72 hour follow-up figure for Eastmarch could not be calculated because of an error in the provider’s return. No urgent referrals for eating disorders came from Eastmarch in the quarter (NP). Mixed sex accommodation has not been collected since February 2020 and the row is shown in grey.",
    ),
    2: (
        "This report covers performance to the end of November 2024. Following validation, Westmere Hospital has restated its 52+ week figure for August.",
        (
            "The waiting list stood at 88,229 at the end of November, of whom 43,468 live in Larkham, 19,137 in Eastmarch and 24,624 in Westmere.",
            "In Larkham 954 people had waited 52 weeks or more at the end of November, in Eastmarch 233 and in Westmere 417.",
            "Diagnostic waits over six weeks were 18.84% in Larkham, 12.73% in Eastmarch and 17.24% in Westmere.",
            "Against the 62 day cancer standard Eastmarch reached 77.81%, its best month of the year, while Westmere fell to 64.99%.",
            "Category 2 responses took 34 minutes and 26 seconds on average, two minutes more than in September.",
        ),
        "Eastmarch did not report its 72 hour follow-ups and had no urgent referrals for eating disorders (NP). Mixed sex accommodation has not been collected since February 2020 and the row is shown in grey.",
    ),
}  # fmt: skip

QUALITY = {
    1: "The committee met on 23 October. It was assured about serious incident reporting and took limited assurance about safeguarding training, where two cohorts were cancelled because trainers were needed on the wards. Complaints are being answered faster than in the summer, though not yet within the standard.",
    2: "The committee met on 18 December. Complaints are now answered within the standard for the first time since 2022. One incident was reported late, on the fourth day, and the ward’s process has been changed. Safeguarding training is recovering after the cancelled cohorts.",
}

ESTATES = {
    1: "Eleven schemes are listed below. Six have their funding; five do not. Work on the emergency department at Larkham General Hospital continues on site. The community diagnostic centre’s cost is an estimate until tenders come back. Dormitories on Ashgrove ward have been replaced and the ward has reopened.",
    2: "Eleven schemes are listed below. The emergency department at Larkham General Hospital is now expected to cost £13.9m, which is £1.45m more than reported in November, and to open in the last quarter of the year. The outline case for the inpatient unit at Westmere puts its cost at £62m.",
}

RISKS = {
    1: (
        "Tender prices in the area have risen by about a tenth since the estimates were made.",
        "The electronic patient record depends on network works at both hospitals that are not yet ordered.",
        "The theatres scheme at Westmere was due last year and has no agreed date; a revised programme is expected in December.",
    ),
    2: (
        "The contingency for the emergency department is now used up.",
        "Network works for the electronic patient record were ordered on 9 December.",
        "The contractor for the Westmere theatres has gone into administration; the trust is seeking another.",
    ),
}
