"""One whole turn, all or nothing: Rasa's MessageProcessor with its three soft spots made hard.

Rasa logs an exception in an action and goes on without it; saves a new conversation before its first turn;
and takes any text that begins with a slash for a command. Here a failing action fails the turn, the
tracker is saved once, at its end, and only a payload is read as a command.
"""

from dataclasses import dataclass
from typing import Any, NoReturn

from rasa.core.actions.action import Action, ActionExecutionRejection
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.nlg import NaturalLanguageGenerator
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
from rasa.shared.core.events import ActionExecutionRejected
from rasa.shared.core.trackers import DialogueStateTracker

from bot.worker.answers import find_answer, unfinished
from bot.worker.contract import Answer, TurnRequest
from bot.worker.thoughts import is_piece

CHANNEL = "desk"
TRUSTED = "trusted_payload"
DRAFT = "draft"
"""As `bot.actions.base` reads it: what the action does is undone."""


class TurnFailed(Exception):
    """The bot could not finish a turn; nothing of it was saved."""


class GoesOn(Exception):
    """The message means little alone, and the rest may follow: `understood` is Rasa's parse result of it."""

    def __init__(self, understood: dict[str, Any]) -> None:
        super().__init__("The thought is not finished.")
        self.understood = understood


class Silence(OutputChannel):
    """Nothing is sent on the way: the answer is read from the tracker when the turn is whole."""

    @classmethod
    def name(cls) -> str:
        return CHANNEL

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        pass


@dataclass
class Tally:
    """Turns served; goes from one model to the next."""

    turns: int = 0


class TurnProcessor(MessageProcessor):
    def __init__(self, **parts: Any) -> None:
        super().__init__(**parts, on_circuit_break=_give_up)
        self.tally = Tally()
        slash_reader = self.graph_runner._graph_schema.nodes[self.model_metadata.nlu_target]
        self._before_slash_reader: str = slash_reader.needs["messages"]

    async def take_turn(self, turn: TurnRequest) -> Answer:
        """Raises what the action, the model or the database raised. The caller keeps a conversation's turns apart."""
        tracker = await self.get_tracker(turn.conversation_id)
        return find_answer(tracker, turn.turn_id) or await self._run_turn(turn, tracker)

    async def _run_turn(self, turn: TurnRequest, tracker: DialogueStateTracker) -> Answer:
        try:
            await self.answer_on(tracker, turn)
        except GoesOn as piece:
            return unfinished(turn.turn_id, piece.understood)
        await self.save_tracker(tracker)
        self.tally.turns += 1
        answer = find_answer(tracker, turn.turn_id)
        if answer is None:
            raise TurnFailed("The turn left no trace in the tracker.")
        return answer

    async def word_draft(self, turn: TurnRequest) -> Answer:
        """The answer alone: neither the tracker nor what the actions did is kept."""
        tracker = await self.get_tracker(turn.conversation_id)
        await self.answer_on(tracker, turn, draft=True)
        answer = find_answer(tracker, turn.turn_id)
        if answer is None:
            raise TurnFailed("The turn left no trace in the tracker.")
        return answer

    async def answer_on(self, tracker: DialogueStateTracker, turn: TurnRequest, *, draft: bool = False) -> None:
        """The turn without saving it. Raises GoesOn for a piece of a thought, where `turn` is patient."""
        channel = Silence()
        message = UserMessage(
            turn.said,
            channel,
            turn.conversation_id,
            input_channel=CHANNEL,
            metadata={"turn_id": turn.turn_id, "photos": turn.photos, TRUSTED: turn.payload is not None, DRAFT: draft},
        )
        await self._update_tracker_session(tracker, channel)
        message.parse_data = await self.parse_message(message, tracker)
        if turn.patient and not (turn.payload or turn.photos) and is_piece(message.parse_data, tracker):
            raise GoesOn(message.parse_data)
        if turn.payload and turn.text.strip():
            message.text = message.parse_data["text"] = turn.text  # what the button says, for slots filled from text
        await self._handle_message_with_tracker(message, tracker)
        tracker = await self.run_action_extract_slots(channel, tracker)
        await self._run_prediction_loop(channel, tracker)

    def _parse_message_with_graph(
        self, message: UserMessage, tracker: DialogueStateTracker, only_output_properties: bool = True
    ) -> dict[str, Any]:
        """What a buyer typed is parsed by all but the last node, RegexMessageHandler, which reads commands.

        Putting another sign for the slash would not do: the pipeline's normaliser turns ／ into / again.
        """
        if (message.metadata or {}).get(TRUSTED):
            return super()._parse_message_with_graph(message, tracker, only_output_properties)
        results = self.graph_runner.run(
            inputs={PLACEHOLDER_MESSAGE: [message], PLACEHOLDER_TRACKER: tracker}, targets=[self._before_slash_reader]
        )
        parsed = results[self._before_slash_reader][0].as_dict(only_output_properties=only_output_properties)
        return {"text": "", "intent": {"name": None, "confidence": 0.0}, "entities": [], **parsed}

    async def _run_action(
        self,
        action: Action,
        tracker: DialogueStateTracker,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
        prediction: PolicyPrediction,
    ) -> bool:
        """As Rasa's, but an exception ends the turn instead of leaving half an answer."""
        draft = tracker.copy()
        draft.update_with_events(prediction.events, self.domain)
        try:
            events = await action.run(output_channel, nlg, draft, self.domain)
        except ActionExecutionRejection:
            rejected = ActionExecutionRejected(action.name(), prediction.policy_name, prediction.max_confidence)
            tracker.update(rejected)
            return self.should_predict_another_action(action.name())
        self._log_action_on_tracker(tracker, action, events, prediction)
        await self.execute_side_effects(events, tracker, output_channel)
        return self.should_predict_another_action(action.name())


def _give_up(*_: Any) -> NoReturn:
    raise TurnFailed("The policies found no end to the turn.")
