PYTHON ?= python3
BIN := .venv/bin
MF := .venv-metrics/bin/mf

.PHONY: build draft help open models restore rollback docs metrics check test spark chaos \
	calibrate lint audit screenshots bench sample lock

# Only of the command line: a variable of the shell may have the name by chance.
given = $(filter command,$(origin $(1)))
quoted = '$(subst ','\'',$($(1)))'
build_of_file = $(if $(call given,FILE),user-segmentation build $(call quoted,FILE))

# Unit tests check the SQL and not the data: they belong to `make test`.
build: .venv/requirements.txt  ## build the segments, test them, publish; of a draft: FILE=
	$(BIN)/$(or $(build_of_file),dbt build --exclude-resource-type unit_test)

draft: .venv/requirements.txt  ## declare a file of users or purchases: FILE=customers.csv
	@$(BIN)/user-segmentation draft $(call quoted,FILE) \
		$(if $(call given,ID),--id $(call quoted,ID)) \
		$(if $(call given,TO),--to $(call quoted,TO))

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*  ## \(.*\)/make \1\t\2/p' Makefile | expand -t 18

open: .venv/requirements.txt  ## the report of the last release, in the browser
	@$(BIN)/user-segmentation open

models: .venv/requirements.txt  ## why each model of the release was trained, on whom
	@$(BIN)/user-segmentation models

restore: .venv/requirements.txt  ## models and history back after a lost database
	@$(BIN)/user-segmentation restore

rollback: .venv/requirements.txt  ## publish the release before the current one again
	@$(BIN)/user-segmentation rollback

SQL := models/%.sql snapshots/%.sql tests/%.sql
# What differs from the branch main, or is new.
CHANGED = $(filter $(1),$(shell git diff --name-only --diff-filter=d main; \
	git ls-files --others --exclude-standard))

# Away from the tables and the releases that somebody may be using.
check: export DUCKDB_PATH := target/check/check.duckdb
check: export PUBLISH_PATH := target/check/published
check: .venv/requirements-dev.txt  ## in a minute: what changed, fast tests, the sample
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	@mkdir -p $(dir $(DUCKDB_PATH))
	$(BIN)/dbt --quiet build --exclude-resource-type unit_test
	$(BIN)/pytest -m "not slow and not chaos"
	$(if $(call CHANGED,%.yml),$(BIN)/yamllint --strict $(call CHANGED,%.yml))
	$(if $(call CHANGED,$(SQL)),$(BIN)/sqlfluff lint $(call CHANGED,$(SQL)))

# Away from the tables and the releases that somebody may be using.
test: export DUCKDB_PATH := target/test.duckdb
test: export PUBLISH_PATH := target/published
test: .venv/requirements-dev.txt  ## every check: dbt, linters, pytest
	$(BIN)/dbt build
	$(MAKE) lint
	$(BIN)/pytest

chaos: .venv/requirements-dev.txt  ## long checks: kills, faults, readers, damaged files
	$(BIN)/pytest -m chaos

# What it compares with stands with the benches.
calibrate: export PYTHONPATH := bench
calibrate: .venv/requirements-dev.txt  ## the verdict on data of which the truth is known
	$(BIN)/python scripts/calibrate.py $(ARGS)

audit: .venv/requirements-dev.txt  ## known security holes in the pinned packages
	$(BIN)/pip-audit --strict --require-hashes --disable-pip --requirement requirements.txt \
		--requirement requirements-dev.txt --requirement requirements-metrics.txt \
		--requirement requirements-spark.txt --requirement requirements-bench.txt

# sqlfluff compiles the models, and some of them read tables: after a build only. It
# passes over a file that it cannot map to its template with a mere warning.
lint: .venv/requirements-dev.txt  ## style of Python, YAML and SQL, rules of the project
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/yamllint --strict .
	$(BIN)/dbt --quiet docs generate
	$(BIN)/dbt-bouncer run
	$(BIN)/sqlfluff lint --processes 2 models snapshots tests > target/sqlfluff.txt; status=$$?; \
		cat target/sqlfluff.txt; ! grep -q WARNING target/sqlfluff.txt && exit $$status

docs: .venv/requirements.txt  ## docs site, one offline file: target/static_index.html
	$(BIN)/dbt docs generate --static
	$(BIN)/user-segmentation overview target

# What mf asks is what the last build left in its own file, published or not.
metrics: .venv-metrics/requirements-metrics.txt
metrics: .venv/requirements-dev.txt  ## check the metrics, and ask MetricFlow for some
	@test -e "$${DUCKDB_PATH:-user_segmentation.duckdb}" \
		|| { echo "There are no tables to measure yet: make build"; exit 1; }
	$(BIN)/dbt --quiet parse
	$(MF) validate-configs
	$(MF) query --metrics users,segment_share,click_through_rate \
		--group-by segment__objective,segment__segment_name --order segment__objective
	$(MF) query --metrics users,conversion_rate,weekly_hours_online \
		--group-by metric_time__day
	$(MF) query --metrics rejected_share --group-by metric_time__day
	$(BIN)/pytest --numprocesses=0 tests/python/project/test_metrics.py

# The one thing that pip does not bring; asked for before the rest is installed.
define java
	@$(PYTHON) scripts/check_java.py
endef

# The same input on both engines, away from tables that somebody may be using.
spark: export DUCKDB_PATH := target/spark/test.duckdb
spark: export PUBLISH_PATH := target/spark/published
spark: export SPARK_WAREHOUSE := $(CURDIR)/target/spark/warehouse
spark: export SPARK_DERBY := $(CURDIR)/target/spark/metastore_db
spark: export SPARK_MASTER := local[*]
# The sample is small: what Java does to get fast takes longer than it saves.
spark: export SPARK_PARTITIONS := 2
spark: export JDK_JAVA_OPTIONS := -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
spark: .venv-spark/requirements-spark.txt  ## build on Spark, and compare with DuckDB
	$(java)
	rm -rf target/spark
	.venv-spark/bin/dbt build --exclude-resource-type unit_test \
		--target-path target/spark/duckdb
	.venv-spark/bin/dbt build --exclude-resource-type unit_test --target spark \
		--target-path target/spark/dbt
	.venv-spark/bin/python scripts/compare_engines.py $$DUCKDB_PATH $$SPARK_WAREHOUSE \
		target/spark/dbt/manifest.json
	.venv-spark/bin/pytest --numprocesses=0 tests/python/engines/test_engines.py \
		tests/python/scoring/test_segmentation_sql.py \
		tests/python/files/test_files_on_spark.py

PICTURE := docs/report_sample.png
screenshots: .venv/requirements-dev.txt  ## picture of the published report for the README
	$(BIN)/python scripts/screenshots.py published/report.html $(PICTURE)

# Larger ones by hand, which take hours: docs/benchmarks.md has the commands.
bench: .venv-bench/requirements-bench.txt
bench: .venv/requirements-dev.txt  ## time and memory, up to a million users: two hours
	$(BIN)/python bench/run.py
	$(BIN)/python bench/layers.py
	$(BIN)/python bench/small.py
	$(BIN)/python bench/scoring.py --users 1000000
	$(BIN)/python bench/sampling.py
	.venv-bench/bin/python bench/peers.py
	$(BIN)/python bench/logs.py

sample: .venv/requirements.txt  ## the shipped sample, its logs and its truth, made again
	$(BIN)/python scripts/generate_sample.py

# All files at once, so that the tools never move a version that the build uses.
UV_COMPILE := $(BIN)/uv pip compile --quiet --generate-hashes --universal \
	--no-strip-extras --no-emit-index-url --no-emit-find-links --python-version 3.11 \
	pyproject.toml --group build
lock: .venv/requirements-dev.txt  ## pin all packages anew
	$(UV_COMPILE) requirements-dev.in --output-file requirements-dev.txt
	$(UV_COMPILE) --constraint requirements-dev.txt --output-file requirements.txt
	$(UV_COMPILE) requirements-metrics.in --constraint requirements-dev.txt \
		--output-file requirements-metrics.txt
	$(UV_COMPILE) requirements-spark.in --constraint requirements-dev.txt \
		--output-file requirements-spark.txt
	$(UV_COMPILE) requirements-bench.in --constraint requirements-dev.txt \
		--output-file requirements-bench.txt

# A copy of the requirements in an environment tells that they are installed.
define install
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit( \
		"Python 3.11 or newer is needed; this is " + sys.version.split()[0] \
		+ ". Name another one: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(@D)
	$(@D)/bin/pip install --quiet --require-hashes --requirement $<
	$(@D)/bin/pip install --quiet --no-deps --no-build-isolation --editable .
	@cp $< $@
endef
.venv/%.txt: %.txt
	$(install)
.venv-metrics/%.txt: %.txt
	$(install)
.venv-spark/%.txt: %.txt
	$(java)
	$(install)
.venv-bench/%.txt: %.txt
	$(install)
