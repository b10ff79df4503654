"""DuckDB: migrations, loading, publishing, views, exports and the report."""
