"""The intent model: what it learns, how sure it says it is, and that it survives being written down."""

from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import vstack
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.nlu.linear_model import LinearModel
from bot.nlu.ngram_index import NgramIndex

EXAMPLES = {
    "greet": ["你好", "在吗", "您好在不在", "有人吗", "哈喽在吗", "你好呀"],
    "bargain": ["便宜点", "能便宜吗", "再便宜一点吧", "打个折吧", "最低多少钱", "能不能少点"],
    "track_order": ["快递到哪了", "我的快递到哪里了", "查一下物流", "物流到哪了", "包裹到哪儿了", "查快递"],
}
TEXTS = [text for texts in EXAMPLES.values() for text in texts]
LABELS = [[label] for label, texts in EXAMPLES.items() for _ in texts]


def nothing_dense(count: int) -> np.ndarray:
    return np.zeros((count, 2), dtype=np.float32)


@pytest.fixture(scope="module")
def index() -> NgramIndex:
    return NgramIndex.learn(TEXTS, longest=3, least_count=1)


@pytest.fixture(scope="module")
def model(index: NgramIndex) -> LinearModel:
    rows = vstack([index.row(text) for text in TEXTS]).tocsr()
    return LinearModel.train(nothing_dense(len(TEXTS)), rows, LABELS, regularisation=1.0, dense_weight=1.0)


def test_a_message_with_two_requests_scores_for_both(index: NgramIndex) -> None:
    both = ["便宜点 快递到哪了", "打个折吧 查快递", "能便宜吗 物流到哪了", "便宜点吧 查一下物流"]
    texts = [*TEXTS, *both]
    rows = vstack([index.row(text) for text in texts]).tocsr()
    labels = [*LABELS, *[["bargain", "track_order"]] * len(both)]
    model = LinearModel.train(nothing_dense(len(texts)), rows, labels, regularisation=5.0, dense_weight=1.0)
    scores = dict(
        zip(model.labels, model.scores(nothing_dense(1)[0], index.row("便宜一点吧 快递到哪里了")), strict=True)
    )
    assert min(scores["bargain"], scores["track_order"]) > 0 > scores["greet"]


def likeliest(model: LinearModel, index: NgramIndex, text: str) -> tuple[str, float]:
    chances = model.probabilities(nothing_dense(1)[0], index.row(text))
    return model.labels[int(chances.argmax())], float(chances.max())


@pytest.mark.parametrize(
    ("text", "label"), [("你好在不在呀", "greet"), ("便宜一点吧", "bargain"), ("我的包裹快递到哪了", "track_order")]
)
def test_unseen_wordings_get_their_label(model: LinearModel, index: NgramIndex, text: str, label: str) -> None:
    assert likeliest(model, index, text)[0] == label


def test_probabilities_add_up_to_one(model: LinearModel, index: NgramIndex) -> None:
    for text in ("便宜点", "zzz", ""):
        chances = model.probabilities(nothing_dense(1)[0], index.row(text))
        assert chances.sum() == pytest.approx(1, abs=1e-5)
        assert (chances >= 0).all()


def test_a_known_wording_is_surer_than_gibberish(model: LinearModel, index: NgramIndex) -> None:
    assert likeliest(model, index, "便宜点")[1] > likeliest(model, index, "zzz")[1] + 0.2


def test_the_dense_weight_counts_in_training_and_after() -> None:
    rows = vstack([NgramIndex.learn(["无关"], 1, 1).row("x")] * 8).tocsr()  # no n-gram says anything
    dense = np.array([[1, 0], [0, 1]] * 4, dtype=np.float32)
    model = LinearModel.train(dense, rows, [["甲"], ["乙"]] * 4, regularisation=1.0, dense_weight=3.0)
    assert model.labels[int(model.probabilities(dense[0], rows[0]).argmax())] == "甲"
    assert model.labels[int(model.probabilities(dense[1], rows[0]).argmax())] == "乙"


def test_a_dense_weight_is_the_same_as_larger_dense_features(index: NgramIndex) -> None:
    dense = np.random.default_rng(0).normal(size=(len(TEXTS), 4)).astype(np.float32)
    rows = vstack([index.row(text) for text in TEXTS]).tocsr()
    weighted = LinearModel.train(dense, rows, LABELS, regularisation=0.5, dense_weight=3.0)
    larger = LinearModel.train(3 * dense, rows, LABELS, regularisation=0.5, dense_weight=1.0)
    for position, text in enumerate(TEXTS):
        expected = larger.probabilities(3 * dense[position], index.row(text))
        assert weighted.probabilities(dense[position], index.row(text)) == pytest.approx(expected, abs=5e-3)


def test_model_and_index_survive_being_written(model: LinearModel, index: NgramIndex, tmp_path: Path) -> None:
    model.save(tmp_path)
    index.save(tmp_path)
    again, index_again = LinearModel.load(tmp_path), NgramIndex.load(tmp_path, longest=3)
    for text in TEXTS:
        assert likeliest(again, index_again, text) == likeliest(model, index, text)
    assert {file.suffix for file in tmp_path.iterdir()} == {".json", ".npy", ".npz"}


def test_an_index_row_is_what_sklearn_would_make(index: NgramIndex) -> None:
    judge = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True).fit(TEXTS)
    for text in [*TEXTS, "便宜便宜便宜点", "ABC你好", ""]:
        assert abs(judge.transform([text]) - index.row(text)).max() < 1e-5
