"""What the peers' own tests ask for, measured on textfix. The cases are read at run time; none is kept here."""
