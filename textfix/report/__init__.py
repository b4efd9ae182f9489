"""What a pipeline found, told to people and to programs."""
