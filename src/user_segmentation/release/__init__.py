"""Releases: what is published, brought back and stepped back to."""
