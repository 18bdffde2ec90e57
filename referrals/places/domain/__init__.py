"""Reading the registers' published files: which column is which, and what a line says. Pure."""
