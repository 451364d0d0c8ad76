# Every target is one line; the work is done in tools/ and annkit/. `make` alone lists them.
# Another interpreter: make lab PYTHON=python3.12

PYTHON ?= python3
INSTALL = $(PYTHON) tools/install.py $(if $(filter file,$(origin PYTHON)),,--this-python)
PY := .venv/bin/python
# Who takes what: tests/work_units.py.
PYTEST = $(PY) -m pytest -n auto --no-loadscope-reorder
WELCOME := notebooks/ch00_welcome/ch00_welcome.ipynb
# In a container one is root, and JupyterLab wants to hear that this is meant.
AS_ROOT := $(if $(filter 0,$(shell id -u)),--allow-root)
CHAPTER ?= ch03_activations
export OMP_NUM_THREADS ?= 1
# Hundreds of short processes: what one has compiled, the others read.
unexport PYTHONDONTWRITEBYTECODE

help:         ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:[^#]*##/\t/' | expand -t 16

install:      ## what learners and teachers need, into .venv
	@$(INSTALL) requirements.lock

install-dev:  ## the same, and what the tests need
	@$(INSTALL) requirements-dev.lock

lab: install  ## open JupyterLab at the welcome chapter (ARGS=--no-browser on a server)
	$(PY) -m jupyterlab --LabApp.default_url=/lab/tree/$(WELCOME) $(AS_ROOT) $(ARGS)

prove: install  ## the same without a browser: execute one chapter (CHAPTER=ch03_activations)
	.venv/bin/jupyter-execute notebooks/$(CHAPTER)/$(CHAPTER).ipynb

test: install-dev  ## lint, units, every notebook, attacks, the learner in a real browser
	@$(PY) tools/debian.py
	$(PYTEST) $(ARGS)

test-long: install-dev  ## types, and the rest of what `make test` runs a sample of: more seeds, damage, kills
	$(PYTEST) -m long $(ARGS)

check: install-dev  ## lint and types only
	$(PY) tools/check.py

build: install  ## solutions/ -> notebooks/
	$(PY) -m annkit.publish build

site: install-dev  ## the course as a website, into dist/site (PYODIDE=FOLDER has its own distribution)
	$(PY) -m tools.beside site
	$(PY) -m annkit.publish.book dist/site --packages .site --browser-edition
	$(PY) -m annkit.publish.browser dist/site/lite $(if $(PYODIDE),--pyodide '$(PYODIDE)')

dist: install   ## the wheel and the source, into dist/
	$(PY) -m hatchling build -d dist

source: install  ## solutions/ -> source/, nbgrader's instructor version
	$(PY) -m annkit.publish source

bench: install-dev  ## every measurement, as ratios (ARGS="checks mutants" for some of them)
	$(PY) -m benchmarks $(ARGS)

lock: install-dev  ## resolve all locks anew, and environment.yml from Binder's
	$(PY) tools/lock.py $(ARGS)

binder-check: install-dev  ## does Binder's own tool recognise the repository? (needs no Docker)
	.venv/bin/repo2docker --no-build --debug .

clean:        ## forget the environment and everything made by tests
	rm -rf .venv .platforms .site test-output dist .mypy_cache .ruff_cache .pytest_cache

.PHONY: help install install-dev lab prove test test-long check build dist site source bench lock binder-check clean
