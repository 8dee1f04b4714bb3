"""How well and how fast quick phrases are found: shares first and in first three, times over a full library.

`python -m benchmarks.phrase_search [--model models]`. The queries are those of `tests/phrases`; `unseen` are messages
that nothing was fitted to. Three set-ups: with all that the bot says of a text, with its likeness alone, and while no
worker answers. The last line is one JSON object.
"""

import argparse
import asyncio
import json
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import yaml

from bot.nlu.encoder import encode_all
from bot.worker.agent import EmbeddedAgent
from bot.worker.contract import MOST_TEXTS, UnderstandRequest
from phrases import PhraseBook
from phrases.quick_book import ShownPhrase, lay_over
from phrases.quick_query import NOTHING, Context, Meaning
from phrases.quick_search import QuickIndex

QUERIES = Path(__file__).parents[1] / "tests" / "phrases"
FULL = 100
LONGEST = 500
ROUNDS = 3

Meanings = dict[str, Meaning]
Figures = dict[str, float]


@dataclass(frozen=True)
class Query:
    kind: str
    said: str
    wanted: frozenset[str]
    buyer: str = ""


def read_queries(name: str, prefix: str = "") -> list[Query]:
    """From `tests/phrases/<name>.yml`."""
    kinds = yaml.safe_load((QUERIES / f"{name}.yml").read_text("utf-8"))
    return [
        Query(prefix + kind, str(row["said"]), frozenset(row["wanted"]), row.get("buyer", ""))
        for kind, rows in kinds.items()
        for row in rows
    ]


def understand(texts: Iterable[str], model: Path) -> Meanings:
    """What the worker would say of each."""
    agent, texts = EmbeddedAgent(model), list(dict.fromkeys(texts))

    async def ask() -> Meanings:
        found: Meanings = {}
        for start in range(0, len(texts), MOST_TEXTS):
            batch = texts[start : start + MOST_TEXTS]
            said = await agent.understand(UnderstandRequest(texts=batch, intents=True))
            for text, vector, intent in zip(batch, said["vectors"], said["intents"], strict=True):
                named = (intent["name"], intent["confidence"]) if intent else ("", 0.0)
                found[text] = Meaning(np.array(vector, np.float32), *named)
        return found

    return asyncio.run(ask())


def context_of(query: Query, meanings: Meanings) -> Context:
    return Context(meanings.get(query.said, NOTHING), query.buyer, meanings.get(query.buyer, NOTHING))


def shares(index: QuickIndex, queries: list[Query], meanings: Meanings) -> Figures:
    """`<kind>_first` and `<kind>_three`, and both over all that were fitted to."""
    hits: dict[str, list[tuple[bool, bool]]] = {}
    for query in queries:
        found = [f.phrase.code for f in index.search(query.said, context_of(query, meanings), limit=3)]
        hit = (found[:1] != [] and found[0] in query.wanted, bool(query.wanted & set(found)))
        for kind in (query.kind, *(["all"] if not query.kind.startswith("unseen") else [])):
            hits.setdefault(kind, []).append(hit)
    means = {kind: np.mean(found, axis=0) for kind, found in hits.items()}
    return {
        f"{kind}_{name}": round(float(mean[place]), 4)
        for kind, mean in means.items()
        for place, name in enumerate(("first", "three"))
    }


def full_library() -> list[ShownPhrase]:
    """100 phrases of the team and 100 long ones of the agent's own."""
    book = PhraseBook.load()
    texts = [wording.text for reply in book.auto.values() for wording in reply.wordings]
    team = list(lay_over(book.quick, []))
    team += [ShownPhrase(f"td{n}", "店铺", texts[n]) for n in range(FULL - len(team))]
    own = ["".join(texts[n : n + 20])[:LONGEST] for n in range(FULL, 2 * FULL)]
    return team + [ShownPhrase(f"my{n}", "我的", text, own=True) for n, text in enumerate(own)]


def times(queries: list[Query], meanings: Meanings) -> Figures:
    """Milliseconds of a search over 200 phrases, each while other words of a buyer stand there."""
    started = time.perf_counter()
    index = QuickIndex(full_library())
    built = time.perf_counter() - started
    index.learn(encode_all(index.sentences))
    uses = {phrase.code: n % 9 for n, phrase in enumerate(index.phrases)}
    heard = [query.said for query in queries if query.kind == "message"]
    taken: list[tuple[float, float]] = []
    for turn in range(ROUNDS):
        for number, query in enumerate(queries):
            words = heard[(number * 7 + turn) % len(heard)]
            context = replace(context_of(query, meanings), heard=words, buyer=meanings[words], uses=uses)
            taken.append(timed(index, query, context))
    spread = np.percentile(taken, [50, 95, 100], axis=0) * 1000
    names = [f"search_{clock}{place}_ms" for place in ("p50", "p95", "max") for clock in ("", "cpu_")]
    return dict(zip(names, map(rounded, spread.flat), strict=True)) | {"build_ms": rounded(built * 1000)}


def timed(index: QuickIndex, query: Query, context: Context) -> tuple[float, float]:
    """Seconds on the wall and of work: they differ where others use the machine."""
    wall, work = time.perf_counter(), time.thread_time()
    index.search(query.said, context)
    return time.perf_counter() - wall, time.thread_time() - work


def rounded(value: float) -> float:
    return round(float(value), 2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=Path("models"))
    model: Path = parser.parse_args().model
    queries = read_queries("quick_queries") + read_queries("quick_unseen", "unseen_")
    meanings = understand([text for q in queries for text in (q.said, q.buyer) if text], model)
    likeness = {text: Meaning(meaning.vector) for text, meaning in meanings.items()}
    index = QuickIndex(lay_over(PhraseBook.load().quick, []))
    index.learn(encode_all(index.sentences))
    figures: Figures = {}
    for name, known in (("all", meanings), ("likeness", likeness), ("words", {})):
        found = shares(index, queries, known)
        for figure, share in found.items():
            print(f"{name:9} {figure:22} {share:.1%}")
        figures |= {f"{name}_{figure}": share for figure, share in found.items()}
    speed = times(queries, meanings)
    for figure, value in speed.items():
        print(f"{figure:32} {value}")
    print(json.dumps(figures | speed, ensure_ascii=False))


if __name__ == "__main__":
    main()
