"""What the data says for and against segments."""
