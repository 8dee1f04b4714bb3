"""The table of kinds is whole and makes sense."""

import pytest

from shop.aftersales.kinds import KIND_OF_INTENT, KINDS, Payer
from shop.aftersales.pricing import AMOUNTS
from shop.model import AfterSaleKind, AfterSaleStep
from shop.policy import Policy

AFTERSALE_INTENTS = {
    "request_return",
    "request_exchange",
    "request_refund",
    "report_damage",
    "report_quality",
    "report_wrong_missing",
    "ask_repair",
    "report_not_received",
    "extend_receipt",
    "complain",
    "claim_compensation",
    "request_price_protection",
    "ask_return_how",
    "ask_refund_status",
}


@pytest.mark.req("NL-08")
def test_every_after_sale_intent_has_exactly_one_kind_and_every_kind_an_intent() -> None:
    assert set(KIND_OF_INTENT) == AFTERSALE_INTENTS
    assert set(KIND_OF_INTENT.values()) == set(KINDS) == set(AfterSaleKind)


@pytest.mark.parametrize("kind", AfterSaleKind)
@pytest.mark.req("AS-04")
def test_the_steps_of_a_kind_keep_the_order_of_the_four_and_begin_and_end_like_them(kind: AfterSaleKind) -> None:
    steps, four = [entry.step for entry in KINDS[kind].steps], list(AfterSaleStep)
    assert steps == sorted(steps, key=four.index)
    assert (steps[0], steps[-1]) == (AfterSaleStep.TALK, AfterSaleStep.SOLVE)
    assert (AfterSaleStep.RECEIVE in steps) == (KINDS[kind].postage is not Payer.NOBODY)


def test_no_two_steps_share_a_phrase() -> None:
    phrases = [entry.phrase for rule in KINDS.values() for entry in rule.steps]
    assert len(phrases) == len(set(phrases))


@pytest.mark.parametrize("kind", AfterSaleKind)
def test_windows_name_rules_of_the_manager_and_remedies_are_distinct(kind: AfterSaleKind) -> None:
    rule = KINDS[kind]
    names = [remedy.name for remedy in rule.remedies]
    assert len(names) == len(set(names))
    assert rule.usual in ("", *names)
    for window in (rule.window, *(remedy.window for remedy in rule.remedies)):
        assert window is None or isinstance(getattr(Policy(), window.days), int)
    assert not rule.statuses or rule.when or rule.statuses == frozenset(type(next(iter(rule.statuses))))


def test_what_gives_money_back_is_a_remedy_of_some_kind() -> None:
    assert set(AMOUNTS) <= {remedy.name for rule in KINDS.values() for remedy in rule.remedies}
