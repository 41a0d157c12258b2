"""What the input is, as its YAML declares it: columns, features, words."""
