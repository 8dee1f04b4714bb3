"""The Rasa components, in the pipeline that config.yml names."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.nlu.tokenizers.jieba_tokenizer import JiebaTokenizer
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.common import class_from_module_path

from bot.nlu.encoder import encode
from bot.nlu.gazetteer import CurrentGazetteer
from bot.nlu.parts.doubt import Doubt
from bot.nlu.parts.entity_extractor import PatternEntityExtractor
from bot.nlu.parts.intent_classifier import LinearIntentClassifier
from bot.nlu.parts.ngrams import PIECES, Ngrams
from bot.nlu.parts.normaliser import Normaliser
from bot.nlu.parts.sentence_encoder import SentenceEncoder
from bot.nlu.pictures import PICTURE_ONLY
from bot.nlu.pipeline import PARTS
from shop.policy import Policy
from tests.bot.nlu.finding import LEXICON
from tests.bot.nlu.test_linear_model import EXAMPLES

ROOT = Path(__file__).parents[3]
TRADE_WORDS = (
    "到付", "现付", "月结", "回单", "面单", "大字", "查点", "送改自提", "自提", "催单", "截单", "转定率", "疑难件",
    "七天无理由", "运费险", "花呗", "满减", "优惠券", "包邮", "尾号", "丰巢", "驿站", "仅退款", "价保",
)  # fmt: skip


class Bench:
    """Creates, trains and loads components the way Rasa's graph does."""

    def __init__(self, folder: Path) -> None:
        self.storage = LocalModelStorage(folder)

    def _build(self, part: type[GraphComponent], how: str, config: dict[str, Any]) -> Any:
        context = ExecutionContext(GraphSchema({}), "test", node_name=part.__name__)
        full = {**part.get_default_config(), **config}
        return getattr(part, how)(full, self.storage, Resource(part.__name__), context)

    def create(self, part: type[GraphComponent], **config: Any) -> Any:
        return self._build(part, "create", config)

    def load(self, part: type[GraphComponent], **config: Any) -> Any:
        return self._build(part, "load", config)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("storage"))


@pytest.fixture(scope="module")
def understand(bench: Bench) -> Callable[[str], dict[str, Any]]:
    """The own parts, trained on eighteen messages and loaded again; text in, what is understood out."""
    data = TrainingData(
        [Message.build(text=text, intent=intent) for intent, texts in EXAMPLES.items() for text in texts]
    )
    tokenizer = bench.create(JiebaTokenizer, dictionary_path=str(ROOT / "data/jieba"))
    for part in (bench.create(Normaliser), tokenizer, bench.create(SentenceEncoder)):
        data = part.process_training_data(data)
    kinds = {kind: {"longest": 2, "least_count": 1} for kind in PIECES}
    bench.create(Ngrams, kinds=kinds).train(data)
    data = bench.load(Ngrams, kinds=kinds).process_training_data(data)
    bench.create(LinearIntentClassifier).train(data)
    ngrams = bench.load(Ngrams, kinds=kinds)
    loaded = [
        bench.load(Normaliser),
        tokenizer,
        bench.load(SentenceEncoder),
        ngrams,
        bench.load(LinearIntentClassifier),
    ]

    def run(text: str) -> dict[str, Any]:
        messages = [Message.build(text=text)]
        for part in [*loaded, PatternEntityExtractor(CurrentGazetteer(lambda: LEXICON))]:
            messages = part.process(messages)
        return dict(messages[0].as_dict(only_output_properties=True))

    return run


@pytest.mark.parametrize(
    ("text", "intent"),
    [("您好,在吗?", "greet"), ("可不可以再便宜点", "bargain"), ("我的包裹到哪儿了呀", "track_order")],
)
def test_a_message_gets_its_intent(understand: Callable[[str], dict[str, Any]], text: str, intent: str) -> None:
    understood = understand(text)
    assert understood["intent"]["name"] == intent
    assert understood["intent_ranking"][0] == understood["intent"]
    assert sum(rank["confidence"] for rank in understood["intent_ranking"]) == pytest.approx(1, abs=1e-4)


@pytest.mark.req("NL-27")
def test_traditional_and_full_width_text_is_understood_alike(understand: Callable[[str], dict[str, Any]]) -> None:
    assert understand("快遞到哪了？？？") == understand("快递到哪了?")


def test_entities_carry_all_that_rasa_wants(understand: Callable[[str], dict[str, Any]]) -> None:
    understood = understand("订单ＸＳ１２０１１９３４０９０的項鏈")
    assert understood["entities"] == [
        {"entity": "order_no", "start": 2, "end": 15, "value": "XS12011934090", "extractor": "PatternEntityExtractor"},
        {"entity": "product", "start": 16, "end": 18, "value": "ZZ-001", "extractor": "PatternEntityExtractor"},
    ]
    assert understood["text"][2:15] == "XS12011934090"


@pytest.mark.parametrize("text", ["", "\u200b", "\ud800", "😂😂😂", "?" * 2000, "/restart{", "a" * 5000])
def test_strange_messages_break_nothing(understand: Callable[[str], dict[str, Any]], text: str) -> None:
    assert set(understand(text)) >= {"intent", "intent_ranking", "entities"}


def test_a_message_said_again_is_not_encoded_again() -> None:
    first = encode("这句话说两遍")
    assert encode("这句话说两遍") is first
    assert not first.flags.writeable
    assert float(first @ first) == pytest.approx(1, abs=1e-3)


@pytest.mark.req("NL-15")
@pytest.mark.parametrize("word", TRADE_WORDS)
def test_trade_words_are_one_token(bench: Bench, word: str) -> None:
    tokenizer = bench.create(JiebaTokenizer, dictionary_path=str(ROOT / "data/jieba"))
    for text in (word, f"请问{word}是什么意思"):
        (message,) = tokenizer.process([Message.build(text=text)])
        assert word in [token.text for token in message.get("text_tokens")]


def test_config_names_every_part_of_the_list_once_and_rasa_knows_them() -> None:
    pipeline = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))["pipeline"]
    own = [class_from_module_path(step["name"]) for step in pipeline if step["name"].startswith("bot.")]
    assert sorted(own, key=str) == sorted(PARTS, key=str)
    assert all(part.__name__ in DefaultV1Recipe._registered_components for part in PARTS)


@pytest.mark.parametrize("part", [Normaliser, Ngrams, LinearIntentClassifier, SentenceEncoder])
def test_rasas_training_cache_sees_what_a_part_is_made_of(part: type[GraphComponent]) -> None:
    assert part.fingerprint_addon({})


def test_a_doubtful_intent_becomes_a_question_and_the_rules_say_how_doubtful() -> None:
    policies = [Policy(sure_percent=60), Policy(sure_percent=90)]
    clock = iter([0.0, 3.0, 6.0])
    doubt = Doubt(lambda: policies.pop(0), lambda: next(clock))

    def intent(confidence: float) -> str:
        message = Message.build(text="好用吗")
        message.set("intent", {"name": "ask_product", "confidence": confidence})
        message.set("intent_ranking", [{"name": "ask_product", "confidence": confidence}])
        return str(doubt.process([message])[0].get("intent")["name"])

    assert intent(0.59) == "nlu_fallback"
    assert intent(0.61) == "ask_product", "the rules are looked at every five seconds"
    assert intent(0.61) == "nlu_fallback"


@pytest.mark.parametrize(
    ("first", "second", "also", "name"),
    [
        ("cancel_order", "request_return", None, "cancel_order"),  # the order's state decides
        ("ask_stock", "ask_ship_time", {"name": "ask_ship_time", "confidence": 0.4}, "ask_stock"),  # both are asked
        ("ask_stock", "ask_ship_time", None, "nlu_fallback"),
    ],
)
def test_two_intents_that_may_both_be_right_are_no_doubt(first: str, second: str, also: Any, name: str) -> None:
    message = Message.build(text="…")
    ranking = [{"name": first, "confidence": 0.45}, {"name": second, "confidence": 0.4}]
    for key, value in (("intent", ranking[0]), ("intent_ranking", ranking), ("also", also)):
        message.set(key, value)
    doubt = Doubt(lambda: Policy(sure_percent=60))
    assert doubt.process([message])[0].get("intent")["name"] == name


def test_a_message_of_pictures_alone_is_not_read() -> None:
    message = Message.build(text=PICTURE_ONLY)
    message.set("intent", {"name": "chitchat", "confidence": 0.99})
    assert Doubt(Policy).process([message])[0].get("intent")["name"] == "nlu_fallback"
