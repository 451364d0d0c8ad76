"""The book: the course as pages to read, each chapter executed with its solutions.

In comes the course in `solutions/` and the teacher's pages in `docs/`; out comes a folder of static
pages that asks nothing of any other site. `executing` runs the chapters, `pages` turns each into a
page with the folds of `tasks`, `glossary` and `reference` write the pages of words and of code, and
`binding`, where to begin, lays all of it out for Sphinx, set up in `settings`. Sphinx reads it with
four of our own parts: `word_links`, `whole_formulas`, `hanging_lines`, `property_docs`.

Not here: notebooks to work in (`annkit.publish.build`).
"""
