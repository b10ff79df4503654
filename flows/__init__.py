"""Composition and edges: the pipeline, the command line, the schedule. The only place where Prefect appears."""
