"""What belongs to the page and not to the text: page numbers, running heads, rules."""
