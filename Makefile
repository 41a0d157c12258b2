PYTHON ?= python3
BIN := .venv/bin

.PHONY: build models restore rollback test chaos calibrate lint audit docs screenshots \
	bench sample lock

# Everything that a user of the segments needs. Unit tests check the SQL and not the
# data: they belong to `make test`.
build: .venv/requirements.txt
	$(BIN)/dbt build --exclude-resource-type unit_test

# The models of the current release: why each was trained, on whom, what was found.
models: .venv/requirements.txt
	$(BIN)/python python/list_models.py

# Models and history of the current release, after the database of the build was lost.
restore: .venv/requirements.txt
	$(BIN)/python python/restoring.py

# Back to the release before the current one.
rollback: .venv/requirements.txt
	$(BIN)/python python/publishing.py

# Away from the tables and the releases that somebody may be using.
test: export DUCKDB_PATH := target/test.duckdb
test: export PUBLISH_PATH := target/published
test: .venv/requirements-dev.txt
	$(BIN)/dbt build
	$(MAKE) lint
	$(BIN)/pytest

# What takes longer than a test may: kills, faults, readers, damage in more places.
chaos: .venv/requirements-dev.txt
	$(BIN)/pytest -m chaos

# What the verdict says of data of which the truth is known.
calibrate: .venv/requirements-dev.txt
	PYTHONPATH=python:scripts:bench $(BIN)/python scripts/calibrate.py

# Known security holes in the pinned packages.
audit: .venv/requirements-dev.txt
	$(BIN)/pip-audit --strict --require-hashes --disable-pip --requirement requirements.txt \
		--requirement requirements-dev.txt

# sqlfluff compiles the models, and some of them read tables: after a build only. It
# passes over a file that it cannot map to its template with a mere warning.
lint: .venv/requirements-dev.txt
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/yamllint --strict .
	$(BIN)/dbt --quiet docs generate
	$(BIN)/dbt-bouncer run
	$(BIN)/sqlfluff lint models tests > target/sqlfluff.txt; status=$$?; \
		cat target/sqlfluff.txt; ! grep -q WARNING target/sqlfluff.txt && exit $$status

docs: .venv/requirements.txt
	$(BIN)/dbt docs generate --static

# The README's picture of the report that is published.
PICTURE := docs/report_sample.png
screenshots: .venv/requirements-dev.txt
	$(BIN)/python scripts/screenshots.py published/report.html $(PICTURE)

bench: .venv/requirements-dev.txt
	$(BIN)/python bench/run.py
	$(BIN)/python bench/logs.py

# The shipped sample, its logs and its truth, made again.
sample: .venv/requirements.txt
	$(BIN)/python scripts/generate_sample.py

# Both files at once, so that the tools never move a version that the build uses.
UV_COMPILE := $(BIN)/uv pip compile --quiet --generate-hashes --universal \
	--no-strip-extras --no-emit-index-url --no-emit-find-links --python-version 3.11
lock: .venv/requirements-dev.txt
	$(UV_COMPILE) requirements-dev.in --output-file requirements-dev.txt
	$(UV_COMPILE) requirements.in --constraint requirements-dev.txt \
		--output-file requirements.txt

# A copy of the requirements in .venv tells that they are installed.
.venv/%.txt: %.txt
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit( \
		"Python 3.11 or newer is needed; this is " + sys.version.split()[0] \
		+ ". Name another one: make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --require-hashes --requirement $<
	@echo "$(CURDIR)/python/plugins" > \
		"$$($(BIN)/python -c 'import site; print(site.getsitepackages()[0])')/plugins.pth"
	@cp $< $@
