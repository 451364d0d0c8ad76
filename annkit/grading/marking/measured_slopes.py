"""Official marks: where an answer that was to be derived looks measured, for a person to judge.

Not here: what looks so (`annkit.source.signs_of_measuring`), names that no answer should lean on
(`suspicious_names`).
"""

from annkit.exercises import Catalogue, Exercise
from annkit.grading.rebuild.rebuild import Rebuilt
from annkit.source.ipython import plain_python
from annkit.source.signs_of_measuring import signs_of_measuring


def findings(catalogue: Catalogue, rebuilt: Rebuilt) -> list[str]:
    """What looks like measuring in the cells that answers reach, one sentence each.

    Args:
        catalogue: where exercises say what is to be derived.
        rebuilt: the submission.
    """
    found: list[str] = []
    for id in rebuilt.answers:
        task = catalogue.load(id)
        if not isinstance(task, Exercise) or not task.derived:
            continue
        for place in filter(rebuilt.is_learners, rebuilt.reached([id])):
            key, source = rebuilt.cells[place]
            where = "" if key == id else " of a helper's cell"
            tree = plain_python(source)
            found += [
                f"{id}: `{use.name}` (line {use.line}{where}): {use.why}"
                for use in ([] if tree is None else signs_of_measuring(tree))
            ]
    return list(dict.fromkeys(found))
