"""Routes, one page a module. `desk.app` lists them."""
