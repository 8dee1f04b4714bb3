"""Understanding what a buyer writes: normalisation, sentence features, the intent, the entities.

Everything here that needs no Rasa is a plain module; ``bot.nlu.parts`` holds the thin Rasa
components around them, ``bot.nlu.pipeline`` their one list.
"""
