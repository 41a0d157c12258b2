"""The report of a release: one HTML file without scripts, made from its marts."""
