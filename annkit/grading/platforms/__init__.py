"""Other people's platforms: what they take, written the way they take it.

In come a graded course directory or a chapter; out go marks in the formats of Moodle and Canvas,
and autograders in the layouts of Gradescope and GitHub Classroom. Official marks are read here,
never made or changed.
Begin with `marks_command`; `counted` says what a mark is.
"""
