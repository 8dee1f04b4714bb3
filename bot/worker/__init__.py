"""The embedded Rasa agent behind a small ASGI app on loopback; see docs/decisions/0002-embedded-agent.md."""
