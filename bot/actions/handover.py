"""To a person when the buyer wants one (requirements NL-11, HE-01)."""

from bot.actions.base import ShopAction
from bot.actions.talk import Talk


class AskHuman(ShopAction):
    intent = "ask_human"
    soothes = True

    def answer(self, talk: Talk) -> None:
        talk.hand_over("买家要求人工")
