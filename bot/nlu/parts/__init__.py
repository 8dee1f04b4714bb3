"""The Rasa components: each adapts one plain module of ``bot.nlu`` to Rasa's graph."""
