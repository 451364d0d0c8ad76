"""The learner's own library: what passed its check is kept in `my_ann.py`, to be imported later.

In: an answer that passed.
Out: a file with it, its helpers and imports in sections; the learner's own text in it stays.
Begin with `keep`. `harvest` collects what belongs to an answer, `value_text` writes constants,
`own_module` is the file's text, `trial_import` tries it before it is written. `own_parts` fetches
from it what a later chapter uses, once `own_trial` has tried it; `own_pictures` draws with it.

Not here: whether an answer is right (`annkit.exercises.judging`).
"""
