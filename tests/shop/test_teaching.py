"""Teaching the bot: what is kept, what is masked, and the life of a training."""

from datetime import timedelta

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from shop.errors import NotFound, WrongState
from shop.impersonal import make_impersonal
from shop.live_models import go_back, go_shipped, note_problem, put_live
from shop.model import ChangeKind, Role, Staff, Training, TrainingState
from shop.policy import Policy
from shop.teaching import LONGEST, LessonRefused, export_lessons, forget_lesson, list_lessons, teach
from shop.training import (
    LEASE,
    TRIES,
    Marks,
    NothingTaught,
    TrainingUnderWay,
    ask_training,
    cancel_training,
    claim_training,
    drop_models,
    end_training,
    fail_training,
    renew_training,
    take_live,
)
from shop.wiring import Services
from tests.conftest import NOW

BOSS = Staff("100", "云舒", Role.MANAGER)
SAME, WORSE = Marks(1500, 1204, 1204, 1, 20), Marks(1500, 1204, 1203, 1, 20)


@pytest.fixture(autouse=True)
def boss(services: Services) -> None:
    with services.unit_of_work() as uow:
        uow.people.add(Staff(BOSS.id, BOSS.name, BOSS.role))
        uow.commit()


def ask(services: Services, go_live: bool = True) -> str:
    with services.unit_of_work() as uow:
        teach(uow, BOSS, NOW, [("再杀我一刀呗", "bargain")])
        number = ask_training(uow, BOSS, NOW, go_live).number
        uow.commit()
    return number


def claim(services: Services, holder: str, after: timedelta = timedelta()) -> str | None:
    with services.unit_of_work() as uow:
        number = claim_training(uow, holder, NOW + after)
        uow.commit()
    return number


def end(services: Services, number: str, marks: Marks, holder: str = "w1", policy: Policy | None = None) -> bool:
    with services.unit_of_work() as uow:
        done = end_training(uow, number, holder, NOW, policy or Policy(), marks, f"{number}.tar.gz", "shop-1")
        uow.commit()
    return done


def find(services: Services, number: str) -> Training:
    with services.unit_of_work() as uow:
        training = uow.trainings.find(number)
    assert training is not None
    return training


def live(services: Services) -> str:
    with services.unit_of_work() as uow:
        current = uow.live_models.current()
    return current.model if current else ""


@pytest.mark.req("PH-33")
def test_a_text_taught_again_goes_to_the_new_intent_and_all_is_written_down(services: Services) -> None:
    with services.unit_of_work() as uow:
        first = teach(uow, BOSS, NOW, [("再杀我一刀呗", "ask_price"), (" 骨折价 \n给一个 ", "bargain")])
        again = teach(uow, BOSS, NOW, [("再杀我一刀呗", "bargain"), ("骨折价 给一个", "bargain")])
        uow.commit()
    assert (first.added, again.added, again.moved, again.same) == (2, 0, 1, 1)
    with services.unit_of_work() as uow:
        assert {lesson.text: lesson.intent for lesson in list_lessons(uow)} == {
            "再杀我一刀呗": "bargain",
            "骨折价 给一个": "bargain",
        }
        assert [lesson.text for lesson in list_lessons(uow, "骨折")] == ["骨折价 给一个"]
        history = uow.changes.of(ChangeKind.TEACHING, "再杀我一刀呗", 9)
        assert [change.action for change in history] == ["改意图", "新增"]
        lesson = list_lessons(uow, "骨折")[0]
        assert lesson.id is not None
        forget_lesson(uow, BOSS, NOW, lesson.id)
        with pytest.raises(NotFound):
            forget_lesson(uow, BOSS, NOW, lesson.id)
        assert len(list_lessons(uow)) == 1


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("便宜点", "buy_the_moon"),
        ("便宜点", "nlu_fallback"),
        ("   ", "bargain"),
        ("？！", "bargain"),
        ("/restart", "bargain"),
    ],
)
def test_what_teaches_nothing_is_refused_and_nothing_of_the_lot_is_kept(
    services: Services, text: str, intent: str
) -> None:
    with services.unit_of_work() as uow, pytest.raises(LessonRefused):
        teach(uow, BOSS, NOW, [("再杀我一刀呗", "bargain"), (text, intent)])
    with services.unit_of_work() as uow:
        assert not list_lessons(uow)


@given(length=st.integers(LONGEST - 3, LONGEST + 3))
@settings(max_examples=10)
def test_the_limit_of_length_holds(length: int) -> None:
    from shop.teaching import Lesson, _check

    if length <= LONGEST:
        assert _check(Lesson("好" * length, "bargain")).text == "好" * length
    else:
        with pytest.raises(LessonRefused):
            _check(Lesson("好" * length, "bargain"))


@pytest.mark.req("PC-04")
@pytest.mark.parametrize(
    ("said", "secret"),
    [
        ("我电话13912345678打给我", "13912345678"),
        ("打139 1234 5678", "139 1234 5678"),
        ("座机0571-88886666", "88886666"),
        ("一三九一二三四五六七八", "一三九一二三四五六七八"),
        ("身份证330106199001011234", "330106199001011234"),
        ("订单XS261120000123呢", "261120000123"),
        ("发我邮箱lily.wang@qq.com", "lily.wang"),
        ("地址改到文三路288号3栋2单元501室", "288号3栋"),
        ("收件人：王小丽", "王小丽"),
    ],
)
def test_nothing_that_says_whose_it_is_is_kept_or_written_down(services: Services, said: str, secret: str) -> None:
    with services.unit_of_work() as uow:
        assert teach(uow, BOSS, NOW, [(said, "change_address")]).masked == 1
        uow.commit()
    with services.unit_of_work() as uow:
        [lesson] = list_lessons(uow)
        [change] = uow.changes.search(
            kind=ChangeKind.TEACHING, by="", words="", since=None, until=None, below=None, limit=9
        )
        assert secret not in f"{lesson.text}{change.key}{change.after}{export_lessons(uow, BOSS, NOW)}"


@given(st.text(max_size=60))
def test_a_phone_number_never_stays_whatever_stands_around_it(text: str) -> None:
    assert "13912345678" not in make_impersonal(f"{text} 13912345678 {text}")


def test_the_export_is_training_data_whatever_was_typed(services: Services) -> None:
    odd = ["[夏装](season)贵了", "- 便宜：点#", "'引号\"", "{a}: |", "多少钱: 10"]
    with services.unit_of_work() as uow:
        teach(uow, BOSS, NOW, [(text, "bargain") for text in odd])
        written = yaml.safe_load(export_lessons(uow, BOSS, NOW))
    [block] = written["nlu"]
    assert block["intent"] == "bargain"
    lines = block["examples"].splitlines()
    assert len(lines) == len(odd)
    assert not any("[" in line or "{" in line for line in lines)


def test_a_second_training_waits_for_the_first_and_none_is_started_for_nothing(services: Services) -> None:
    with services.unit_of_work() as uow, pytest.raises(NothingTaught):
        ask_training(uow, BOSS, NOW, False)
    number = ask(services)
    with services.unit_of_work() as uow, pytest.raises(TrainingUnderWay) as refused:
        ask_training(uow, BOSS, NOW, False)
    assert refused.value.facts == {"number": number}


def test_a_dead_workers_run_is_taken_up_and_at_last_fails_visibly(services: Services) -> None:
    number = ask(services)
    assert claim(services, "w1") == number
    assert claim(services, "w2", LEASE / 2) is None
    for times in range(1, TRIES):
        assert claim(services, f"w{times + 1}", LEASE * times) == number
    with services.unit_of_work() as uow:
        assert not renew_training(uow, number, "w1", NOW + LEASE)
    assert claim(services, "w9", LEASE * TRIES) is None
    assert find(services, number).state is TrainingState.FAILED
    assert find(services, number).error


def test_a_sign_of_life_keeps_the_run(services: Services) -> None:
    number = ask(services)
    claim(services, "w1")
    with services.unit_of_work() as uow:
        assert renew_training(uow, number, "w1", NOW + LEASE / 2, percent=40, checking=True)
        uow.commit()
    assert claim(services, "w2", LEASE) is None
    assert (find(services, number).percent, find(services, number).state) == (40, TrainingState.CHECKING)


def test_a_cancelled_run_is_nobodys_any_more(services: Services) -> None:
    number = ask(services)
    claim(services, "w1")
    with services.unit_of_work() as uow:
        cancel_training(uow, BOSS, NOW, number)
        uow.commit()
    with services.unit_of_work() as uow:
        assert not renew_training(uow, number, "w1", NOW)
        assert not fail_training(uow, number, "w1", NOW, "x")
        with pytest.raises(WrongState):
            cancel_training(uow, BOSS, NOW, number)
    assert not end(services, number, SAME)
    assert live(services) == ""
    assert find(services, number).state is TrainingState.CANCELLED


@pytest.mark.parametrize(
    ("marks", "slack", "state"),
    [(SAME, 0, TrainingState.GOOD), (WORSE, 0, TrainingState.WORSE), (WORSE, 1, TrainingState.GOOD)],
)
def test_a_model_goes_live_only_when_the_test_set_is_not_worse(
    services: Services, marks: Marks, slack: int, state: TrainingState
) -> None:
    number = ask(services)
    claim(services, "w1")
    end(services, number, marks, policy=Policy(exam_slack=slack))
    assert find(services, number).state is state
    assert live(services) == (f"{number}.tar.gz" if state is TrainingState.GOOD else "")
    if state is TrainingState.WORSE:
        with services.unit_of_work() as uow, pytest.raises(WrongState):
            take_live(uow, BOSS, NOW, number)


def test_unasked_a_good_model_waits_for_the_manager(services: Services) -> None:
    number = ask(services, go_live=False)
    claim(services, "w1")
    end(services, number, SAME)
    assert live(services) == ""
    with services.unit_of_work() as uow:
        take_live(uow, BOSS, NOW, number)
        uow.commit()
    assert live(services) == f"{number}.tar.gz"


def test_back_to_the_one_before_and_to_the_shipped(services: Services) -> None:
    with services.unit_of_work() as uow:
        with pytest.raises(WrongState):
            go_back(uow, BOSS, NOW)
        for model in ("a.tar.gz", "b.tar.gz"):
            put_live(uow, BOSS, NOW, model, "shop-1", "上线")
        seen = [uow.live_models.version()]
        note_problem(uow, 1, "过时的")
        note_problem(uow, 2, "打不开")
        assert (current := uow.live_models.current()) and current.problem == "打不开"
        for step, model in ((go_back, "a.tar.gz"), (go_back, "b.tar.gz"), (go_shipped, ""), (go_back, "b.tar.gz")):
            now_live = step(uow, BOSS, NOW)
            assert (now_live.model, now_live.problem) == (model, "")
            seen.append(now_live.version)
        uow.commit()
    assert seen == sorted(set(seen))


def test_clearing_up_spares_the_live_model_the_one_before_and_the_newest(services: Services) -> None:
    numbers = []
    for _ in range(4):
        numbers.append(ask(services, go_live=False))
        claim(services, "w1")
        end(services, numbers[-1], SAME)
        services.clock.advance(minutes=1)  # type: ignore[attr-defined]
    with services.unit_of_work() as uow:
        for number in numbers[:2]:
            take_live(uow, BOSS, NOW, number)
        kept = drop_models(uow)
        uow.commit()
    assert kept == {f"{number}.tar.gz" for number in (*numbers[:2], numbers[3])}
    assert find(services, numbers[2]).model == ""
