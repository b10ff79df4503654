"""Tests: one folder a part; `golden` holds packs made for one failure mode each."""
