"""Publishing: the course's sources become what learners and teachers open.

`solutions/` is the only place where the course is written. From it come the notebooks learners
open, and nbgrader's source notebooks for teachers who work with nbgrader alone.

Not here: judging answers (`annkit.exercises`), marks (`annkit.grading`).
"""

from annkit.publish.build import release, sources
from annkit.publish.class_edition import class_sources
from annkit.publish.solve import answer_cells, solve

__all__ = ["answer_cells", "class_sources", "release", "solve", "sources"]
