# Everything runs in .venv, which the first target that needs it builds from requirements.lock.
# All paths are relative, so the folder may stand anywhere, also where its path has a space.

PYTHON_VERSIONS := python3 python3.14 python3.13 python3.12 python3.11
REQUIREMENT := (3, 11) <= sys.version_info[:2] < (3, 15)
INSTALLED := .venv/.installed
PEERS := .venv/.peers
UV := $(or $(wildcard .venv/bin/uv),uv)
COMPILE = $(UV) pip compile --quiet --universal --generate-hashes --no-header --no-annotate
INSTALL = .venv/bin/python -m pip install --disable-pip-version-check --require-hashes \
	--only-binary :all: -r

# Where there is no display, Qt draws into memory.
PLATFORM := $(or $(QT_QPA_PLATFORM),$(if $(DISPLAY)$(WAYLAND_DISPLAY),,offscreen))

.DEFAULT_GOAL := help
.PHONY: help run setup test test-peers check bench demo lock clean

help:  ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## /\1 - /p' Makefile | while IFS= read -r line; do \
		printf '  make %-10s %s\n' "$${line%% - *}" "$${line#* - }"; done

run: $(INSTALLED)  ## Open the window; options go into ARGS, as in make run ARGS="--dataset moons"
	@.venv/bin/python main.py $(ARGS)

setup: $(INSTALLED)  ## Build .venv from requirements.lock, if it is missing or out of date

test: $(INSTALLED)  ## Run the tests (without a display, unless QT_QPA_PLATFORM says otherwise)
	QT_QPA_PLATFORM="$${QT_QPA_PLATFORM:-offscreen}" .venv/bin/python -m pytest --numprocesses auto $(ARGS)

test-peers: $(PEERS)  ## Compare nncore with autograd and scikit-learn, PyTorch too where it is
	QT_QPA_PLATFORM="$${QT_QPA_PLATFORM:-offscreen}" .venv/bin/python -m pytest tests/peers $(ARGS)

check: $(INSTALLED)  ## Check style, format, types and the layers of the architecture
	.venv/bin/python -m ruff check .
	.venv/bin/python -m ruff format --check .
	.venv/bin/python -m mypy --strict
	.venv/bin/python -c 'from importlinter.cli import lint_imports_command as lint; lint()'

bench: $(INSTALLED)  ## Measure the speed and print it as ratios
	@for script in tests/benchmarks/bench_*.py; do \
		echo "== $$script"; OPENBLAS_NUM_THREADS=1 PYTHONPATH=. QT_QPA_PLATFORM=$(PLATFORM) \
		.venv/bin/python "$$script" || exit 1; done

demo: $(INSTALLED)  ## Train the flower example without a window; picture and parameters in demo/
	@mkdir -p demo
	QT_QPA_PLATFORM=offscreen .venv/bin/python main.py --dataset flower --points 400 --hidden 4 \
		--activation tanh --initializer small_random --learning-rate 1.2 --seed 2 --train 5000 \
		--export demo/flower.npz --screenshot demo/flower.png --exit

# The peers are added to the same environment, so what both need has the same version in both.
lock:  ## Remake both requirements.lock from pyproject.toml (needs uv; ARGS=--upgrade for newer)
	$(COMPILE) --group dev --output-file requirements.lock $(ARGS) pyproject.toml
	$(COMPILE) --group peers --constraint requirements.lock --python-version 3.11 \
		--output-file tests/peers/requirements.lock $(ARGS)
	@! grep -n '://' requirements.lock tests/peers/requirements.lock

clean:  ## Remove .venv, the caches and what make demo left
	rm -rf .venv demo .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# An environment whose Python has gone, is too old, or has no pip (uv makes such) is built anew.
ifneq ($(shell .venv/bin/python -c 'import sys, importlib.util as u; \
	print($(REQUIREMENT) and u.find_spec("pip") is not None)' 2>/dev/null),True)
.PHONY: $(INSTALLED)
BUILD_ENVIRONMENT = "$$python" -m venv --clear .venv
else
BUILD_ENVIRONMENT = :
endif

$(INSTALLED): requirements.lock
	@for python in $(or $(PYTHON),$(PYTHON_VERSIONS)) none; do \
		"$$python" -c 'import sys; sys.exit(not $(REQUIREMENT))' 2>/dev/null && break; done; \
	if [ "$$python" = none ]; then \
		echo "Planar needs Python 3.11 to 3.14, and $(or $(PYTHON),python3) is not one:" \
			"install one, or name it as in: make $(or $(MAKECMDGOALS),setup) PYTHON=python3.13" >&2; \
		exit 2; fi; \
	if ! "$$python" -c 'import venv, ensurepip' 2>/dev/null; then \
		version=$$("$$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])'); \
		echo "Planar needs Python's venv module, which Debian and Ubuntu keep in a package of" \
			"its own; install it with: apt-get install python$$version-venv" >&2; \
		exit 2; fi; \
	$(BUILD_ENVIRONMENT)
	$(INSTALL) requirements.lock
	@touch $@

$(PEERS): tests/peers/requirements.lock $(INSTALLED)
	$(INSTALL) $<
	@touch $@
