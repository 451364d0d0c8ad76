"""`python -m benchmarks [name …]`: run these benchmarks, or all of them.

Not here: the benchmarks themselves; each is a module with a `main`.
"""

import sys
from importlib import import_module

BENCHMARKS = {
    "training": "benchmarks.networks.training",
    "learning": "benchmarks.networks.learning",
    "gradient-check": "benchmarks.networks.checking",
    "checks": "benchmarks.checks",
    "naming": "benchmarks.naming",
    "frames": "benchmarks.frames",
    "chapters": "benchmarks.chapters",
    "desk": "benchmarks.desk",
    "mutants": "benchmarks.mutants",
    "grading": "benchmarks.grading",
}


def main(names: list[str]) -> int:
    """Run benchmarks by name; return an exit status."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"expected any of {', '.join(BENCHMARKS)}; got {unknown[0]}", file=sys.stderr)
        return 2
    for name in names or BENCHMARKS:
        print(f"== {name}", flush=True)
        import_module(BENCHMARKS[name]).main()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
