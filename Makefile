# `make` lists what there is to do. Every target does its own set-up: a virtual environment in .venv
# from requirements.txt, and the browser files of package-lock.json in vendor/.

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
PY := $(BIN)/python
PYTEST := $(PY) -m pytest

# One thread a process: the order of sums, and so the last digits, do not depend on the machine's cores,
# and two test processes side by side do not fight over them.
export OMP_NUM_THREADS := 1
export OPENBLAS_NUM_THREADS := 1
export MKL_NUM_THREADS := 1
export PYDEVD_DISABLE_FILE_VALIDATION := 1

NBVAL := --nbval --nbval-current-env --nbval-sanitize-with tests/notebooks/nbval.cfg -n 2 --dist loadfile
# Each notebook is run whole with answers put in, by one worker: no quick test.
WITH_ANSWERS := tests/exercises/test_notebook_with_solutions.py
ALL_BUT_BROWSER := $(filter-out tests/browser tests/book tests/support,$(wildcard tests/*))

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# --- for readers ---------------------------------------------------------------------------------

.PHONY: help
help: ## list what there is to do
	@echo "make TARGET, where TARGET is"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

.PHONY: book
book: environment assets ## build the book into _build/html (runs the notebooks that need it)
	$(PY) tools/build_book.py

.PHONY: serve
serve: book ## build the book and serve it on localhost (PORT=8000)
	@echo "Serving the book at http://localhost:$(PORT)/ (stop with Ctrl-C)"
	$(PY) -m http.server $(PORT) --bind 127.0.0.1 --directory _build/html

.PHONY: lab
lab: environment ## open the notebooks in JupyterLab
	$(BIN)/jupyter lab book

# --- tests ---------------------------------------------------------------------------------------

.PHONY: test
test: lint unit notebooks book ## run every test: lint, unit, notebooks, the built book, browser
	$(PYTEST) tests/book tests/browser -n 2

.PHONY: check
check: lint unit ## the quick tests (under 3 minutes): lint, unit and parity

.PHONY: lint
lint: environment assets ## check style, the workflows and that notebooks are normalised
	$(BIN)/ruff check .
	$(PY) tools/lint_workflows.py
	$(PY) tools/normalise_notebooks.py --check

.PHONY: unit
unit: environment ## unit, parity, exercise and widget tests
	$(PYTEST) $(ALL_BUT_BROWSER) --ignore $(WITH_ANSWERS) -n 2

.PHONY: notebooks
notebooks: environment ## run every notebook, compare its outputs strictly, and run it again with answers put in
	$(PYTEST) $(NBVAL) book
	$(PYTEST) $(WITH_ANSWERS) -n 2 --dist loadgroup

.PHONY: mutants
mutants: environment _build/mutants/ready ## do the unit tests bite? break nnlib in 300 small ways (ONLY=path, SEED=0, COUNT=300)
	$(PY) tools/mutants.py --seed $(or $(SEED),0) --count $(or $(COUNT),300) --only $(ONLY)

.PHONY: solution-mutants
solution-mutants: environment ## do the checks of the exercises bite? break each solution in every small way (ONLY=chapter or id)
	$(PY) tools/mutate_solutions.py --only $(ONLY)

.PHONY: browser
browser: book ## the tests in a real browser only
	$(PYTEST) tests/browser -n 2

# --- for authors ---------------------------------------------------------------------------------

.PHONY: normalise
normalise: environment ## run the notebooks and write them as they are committed (NOTEBOOK=path for one)
	$(PY) tools/normalise_notebooks.py $(NOTEBOOK)

.PHONY: bench
bench: environment ## measure speed as ratios, side by side
	$(PY) -m benchmarks

.PHONY: bench-pages
bench-pages: book ## measure the built pages in a browser: time to usable, repaint, bytes (PAGE=path for one)
	$(PY) benchmarks/pages.py $(PAGE)

.PHONY: repository
repository: ## say where the course is published: make repository URL=https://github.com/OWNER/REPO
	$(PYTHON) tools/set_repository.py "$(URL)"

.PHONY: test-colab
test-colab: ## run the notebooks with the package versions of Google Colab
	$(PYTHON) tools/setup_environment.py --folder .venv-colab --requirements requirements-colab.txt
	.venv-colab/bin/python tools/run_notebooks.py

.PHONY: clean
clean: ## delete what was built (the environment and the browser files stay)
	rm -rf _build .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -not -path './.venv*' -not -path './node_modules/*' -prune -exec rm -rf {} +

.PHONY: distclean
distclean: clean ## delete everything that is not committed: also the environment and the browser files
	rm -rf .venv .venv-colab vendor node_modules

# --- set-up --------------------------------------------------------------------------------------

.PHONY: environment assets
environment: .venv/ready
assets: vendor/fingerprint

.venv/ready: requirements.txt tools/setup_environment.py
	$(PYTHON) tools/setup_environment.py --folder .venv --requirements requirements.txt

vendor/fingerprint: package-lock.json package.json tools/fetch_assets.py | environment
	$(PY) tools/fetch_assets.py

_build/mutants/ready: requirements-mutants.txt | environment
	$(PY) -m pip install --quiet --no-deps --upgrade --target $(@D) -r $<
	touch $@
