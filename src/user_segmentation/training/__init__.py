"""Fitting models, and going on from the one before."""
