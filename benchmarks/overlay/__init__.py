"""What the overlay normalizer's evidence was measured on, and how well it does."""
