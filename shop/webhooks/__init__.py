"""Telling the shop's own programs what happens: to whom, what, until it has arrived."""
