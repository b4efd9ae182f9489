"""How text that was drawn several times is found: a fast scan, a parse of single lines, and what the parse is worth.

scan        which lines hold a repetition at all (the gate: clean text must cost next to nothing)
parse       the cheapest reading of a line as k-fold runs and literals
evidence    how surprising such a reading would be in natural text
context     the same, by what stands around a line
copies      the copies as separate lines
stacks      columns of single characters
paragraphs  which lines stand between paragraphs, as headings do
listing     which lines are those of programs, terminals and tables, which say the same twice for reasons of their own
"""
