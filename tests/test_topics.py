"""One list of intents for data, domain, rules, answers and conversations; it says which place is missing."""

from pathlib import Path

import pytest
import yaml

from bot.actions.base import ShopAction
from bot.actions.topics import TOPICS
from phrases.labels import INTENT_LABELS
from shop import intents

ROOT = Path(__file__).resolve().parents[1]
FAMILIES = ("general", "presale", "bargain", "payment", "tracking", "aftersale")


def read(path: str) -> dict[str, list[dict[str, object]]]:
    return yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))


def trained() -> dict[str, int]:
    """Intent → number of messages; the file has its name and the folder is its family."""
    counts: dict[str, int] = {}
    for path in (ROOT / "data/nlu").glob("*/*.yml"):
        for block in read(str(path))["nlu"]:
            assert (block["intent"], path.parent.name in FAMILIES) == (path.stem, True)
            examples = block["examples"]
            counts[path.stem] = counts.get(path.stem, 0) + len(
                examples if isinstance(examples, list) else str(examples).strip().splitlines()
            )
    return counts


def domain_intents() -> set[str]:
    return {name for entry in read("domain.yml")["intents"] for name in (entry if isinstance(entry, dict) else [entry])}


def ruled() -> set[str]:
    rules = [rule for path in (ROOT / "data/rules").glob("*.yml") for rule in read(str(path))["rules"]]
    return {str(step["intent"]) for rule in rules for step in rule["steps"] if "intent" in step}  # type: ignore[union-attr, attr-defined]


def test_every_intent_has_at_least_two_hundred_messages_and_the_broad_ones_a_thousand() -> None:
    counts = trained()
    assert {name: counts.get(name, 0) for name in domain_intents() if counts.get(name, 0) < 200} == {}
    assert min(counts["ask_product"], counts["ask_promotion"]) >= 1000
    assert sum(counts.values()) >= 20_000


def test_data_domain_and_rules_name_the_same_intents() -> None:
    assert trained().keys() == domain_intents()
    assert ruled() - {"nlu_fallback"} == domain_intents()


@pytest.mark.req("NL-09")
def test_every_intent_is_answered_by_an_action_or_a_topic() -> None:
    answered = {cls.intent for cls in ShopAction.__subclasses__()} | TOPICS.keys()
    assert domain_intents() - answered == set()


def test_what_a_clarifying_question_offers_are_intents() -> None:
    assert INTENT_LABELS.keys() - domain_intents() == set()


def test_no_sentence_stands_in_the_domain() -> None:
    assert "responses" not in read("domain.yml")


@pytest.mark.parametrize("folder", ["data/nlu", "data/rules", "phrases/auto"])
def test_topics_name_the_files_of_a_folder(folder: str) -> None:
    expected = set(FAMILIES) if folder == "data/nlu" else {*FAMILIES, "handover"}
    found = {path.stem for path in (ROOT / folder).iterdir() if not path.name.startswith(".")}
    assert expected - found == set()


def test_every_intent_appears_in_a_conversation() -> None:
    texts = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests/conversations").glob("*.yml"))
    assert [intent for intent in sorted(domain_intents()) if f"intent: {intent}\n" not in texts] == []


def test_staff_read_every_intent_by_name_and_in_its_family() -> None:
    files = {(path.parent.name, path.stem) for path in (ROOT / "data" / "nlu").glob("*/*.yml")}
    assert files == {(family, intent) for family, names in intents.FAMILIES.items() for intent in names}
