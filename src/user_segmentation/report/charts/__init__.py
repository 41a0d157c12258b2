"""Charts: rows of the marts become marks with places, which templates draw."""
