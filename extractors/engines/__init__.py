"""Second opinions from outside table finders, each converted at its door: one file an engine.

Every engine offers `second_opinion(path, page) -> list[Proposal]`. Its module is cheap to import; the library
behind
it is loaded when it is first asked.
"""
