"""The class report: what a class got wrong, on one page for the next lesson.

In: the ledger's verdicts, the graded notebooks, what was handed out.
Out: one HTML file that needs nothing else, to read on a screen or on paper.
Begin with `page`; `tally` counts, `typical` finds the line to show.

Not here: marks of single students (`annkit.grading.report_table`).
"""
