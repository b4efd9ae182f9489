"""What sets letters apart on a page, and what tells that from spaces and lines that mean something."""
