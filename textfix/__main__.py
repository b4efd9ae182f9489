"""`python -m textfix` is the command line."""

from textfix.cli import main

if __name__ == "__main__":
    main()
