"""`python -m annkit.exercises [id …]`: check the course's exercise files."""

import sys

from annkit.exercises.judging.selfcheck import main

sys.exit(main(sys.argv[1:]))
