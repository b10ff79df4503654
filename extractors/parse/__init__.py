"""Text to value, or to a named problem; nothing is guessed silently.

`dates.parse_date`, `periods.parse_period`, `money.parse_money`, `numbers.parse_number`,
`numbers.parse_threshold`,
`rag.parse_rag`, `rag.rag_of_fill`, `rag.parse_trend`. None of them raises, whatever the text.
"""
