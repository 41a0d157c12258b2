"""What files are, before anything takes their rows for users."""
