"""The agents' console: its events. What they carry stands in docs/console.md."""
