"""Tests of the employers slice."""
