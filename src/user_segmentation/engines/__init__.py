"""What DuckDB and Spark get from the project."""
