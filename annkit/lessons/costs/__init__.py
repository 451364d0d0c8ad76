"""Chapter 5, costs: what a wrong answer costs, and how strongly it pulls.

In come a learner's cost functions and settings of sliders, out go pictures. Begin with `explorer`;
`pictures` draws what the learner wrote.
"""
