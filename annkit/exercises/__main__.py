"""`python -m annkit.exercises [id or file …]`: check exercises, the course's or a teacher's own."""

import sys

from annkit.exercises.judging.selfcheck import main

sys.exit(main(sys.argv[1:]))
