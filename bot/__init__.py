"""The bot: understanding, actions and the worker that runs them."""
