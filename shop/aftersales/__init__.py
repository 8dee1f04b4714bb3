"""After-sale requests: the table of kinds, opening and moving them, the money they give back."""
