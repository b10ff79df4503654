"""Measurements that take minutes: run by hand, reported in docs."""
