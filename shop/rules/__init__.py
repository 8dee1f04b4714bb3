"""The shop's rules as the manager sees and sets them: topics, what a value is made of, what it does, changing it."""
