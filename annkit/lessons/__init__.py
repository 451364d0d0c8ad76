"""What one chapter needs and no other: a room per chapter, called like its folder in solutions/.

In come a learner's functions and numbers, out go experiments and pictures. A room has the same
plain names where it has such a thing: `explorer` is the chapter's centre-piece, `cases` what it
shows, `pictures` what stands still. Begin with the chapter's text; it calls what stands here.

Not here: what two chapters use (`annkit.show`, `annkit.nn`), the exercises (`solutions/`).
"""
