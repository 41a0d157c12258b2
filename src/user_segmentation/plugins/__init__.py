"""What dbt calls: plugins of dbt-core, dbt-duckdb and dbt-spark."""
