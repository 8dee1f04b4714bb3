"""The composition root: the one place that knows which store the shop runs on."""
