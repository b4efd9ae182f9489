"""The rules of spacing: by the majority of a document, or as pangu sets blanks."""
