"""What the shop does: stores, rules, use cases. Knows neither Rasa nor the web."""
