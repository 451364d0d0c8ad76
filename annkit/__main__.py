"""`python -m annkit …`: the same as the command `annkit`."""

from annkit.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
