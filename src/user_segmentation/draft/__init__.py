"""A first declaration of a file, from a look at all that stands in it."""
