# make demo   see it work: sample issues become a site, feeds and a letter under .demo/ (ONCE=1: do not serve)
# make test   run the tests
# make full   cut every command off at every point where it writes, and all else that takes long: two hours
# make soak   have an office at work for SOAK_MINUTES (30), and kill it every 20 seconds
# make bench  measure everything against its floor, and write the table of benchmarks/README.md: half an hour (ONLY="cold feeds")
# make check  run the linters, the types and the import contracts
# make audit  ask for known weaknesses of the dependencies: over the network, and strict, so that it fails where it cannot ask
# make lock   pin the dependencies of pyproject.toml anew

PYTHON ?= python3
RUN := .venv/.runs
DEVELOP := .venv/.develops

.PHONY: demo test full soak bench check audit lock clean

demo: $(RUN)
	.venv/bin/digest demo $(if $(ONCE),--once)

test: $(DEVELOP)
	.venv/bin/python -m pytest -n auto --dist loadfile $(ARGS)

full: $(DEVELOP)
	.venv/bin/python -m pytest -m full -s $(ARGS)

soak: $(DEVELOP)
	.venv/bin/python -m tests.faults.soak

bench: $(DEVELOP)
	.venv/bin/python -m benchmarks $(ONLY) $(ARCHIVE)

check: $(DEVELOP)
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/python -m pip check --disable-pip-version-check

audit: $(DEVELOP)
	$(PYTHON) -m venv .venv/audit
	.venv/audit/bin/python -m pip install --quiet --disable-pip-version-check pip-audit
	.venv/audit/bin/pip-audit --strict --require-hashes --requirement requirements.lock

$(RUN): requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@

$(DEVELOP): requirements-dev.lock $(RUN)
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

lock:
	uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-emit-index-url pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-emit-index-url pyproject.toml --extra cluster --group dev -o requirements-dev.lock

clean:
	rm -rf .venv .demo .mypy_cache .ruff_cache .pytest_cache
