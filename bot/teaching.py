"""`python -m bot.teaching --run XL… --holder …`: one training with the taught messages, from data to figures.

A bot worker starts it; it is low in priority, so that buyers do not feel it, and ends when it is cancelled, when
another worker has taken the run, or when its worker dies. Exit code 0: all is written down; else the worker says so.
"""

import argparse
import os
import shutil
import threading
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from bot.exam import PLACE, Message, read_blind_set, sit_exam
from bot.live_model import base_of, choose_model, models_folder
from bot.nlu.normaliser import normalise
from bot.train import model_path
from bot.training import ROOT, TrainingFailed, run_training
from shop.model import TaughtMessage
from shop.teaching import write_lessons
from shop.training import Marks, drop_models, end_training, fail_training, renew_training
from shop.wiring import Services, wire

LOWEST_PRIORITY = 19
BEAT_SECONDS = 3.0
MOST_CHANGED = 300
_PERCENT = (8, 10, 14, 30, 77, 80)
"""Of the whole, after each of Rasa's steps."""
_EXAM_FROM, _EXAM_TO = 80, 99
FAILED = "训练没有成功，请技术同事看一下日志 {log}"
NO_SHIPPED = "没有找到随程序的模型，请技术同事先运行 make train"


class Run:
    """One training, held under `holder`."""

    def __init__(self, services: Services, number: str, holder: str, root: Path) -> None:
        self.services, self.number, self.holder, self.root = services, number, holder, root
        self._percent, self._checking = 1, False

    def beat(self) -> bool:
        """A sign of life with how far it is. False: nobody wants it any more."""
        with self.services.unit_of_work() as uow:
            now = self.services.clock.now()
            wanted = renew_training(uow, self.number, self.holder, now, percent=self._percent, checking=self._checking)
            uow.commit()
        return wanted

    def work(self) -> None:
        """Raises TrainingFailed, OSError."""
        folder = models_folder(self.services.settings)
        folder.mkdir(parents=True, exist_ok=True)
        shipped, lessons = model_path(self.root), self._read_lessons()
        if not shipped.is_file():
            self.fail(NO_SHIPPED)
            return
        model = folder / f"{self.number}-{base_of(shipped)}.tar.gz"
        self.clear_up()
        data = lay_out_data(self.root, self.place, lessons)
        for done in run_training(self.root, [data], model, self.log):
            self._percent = _PERCENT[min(done, len(_PERCENT)) - 1]
        self._end(self._compare(self._find_before(shipped), model, lessons), model, base_of(shipped))

    @property
    def place(self) -> Path:
        """Where the data of this run lie meanwhile."""
        return models_folder(self.services.settings) / f"part-{self.number}"

    def clear_up(self) -> None:
        shutil.rmtree(self.place, ignore_errors=True)

    @property
    def log(self) -> Path:
        return self.services.settings.var / "training.log"

    def fail(self, why: str) -> None:
        with self.services.unit_of_work() as uow:
            fail_training(uow, self.number, self.holder, self.services.clock.now(), why)
            uow.commit()

    def _read_lessons(self) -> Sequence[TaughtMessage]:
        with self.services.unit_of_work() as uow:
            return uow.taught_messages.all()

    def _find_before(self, shipped: Path) -> Path:
        with self.services.unit_of_work() as uow:
            live = uow.live_models.current()
        return choose_model(live, shipped, self.services.settings).path

    def _compare(self, before: Path, after: Path, lessons: Sequence[TaughtMessage]) -> Marks:
        self._checking, self._percent = True, _EXAM_FROM
        taught = {normalise(lesson.text) for lesson in lessons}
        unseen = [question for question in read_blind_set(self.root / PLACE) if normalise(question.text) not in taught]
        questions = [*unseen, *(Message(lesson.text, lesson.intent) for lesson in lessons)]
        total, asked = 2 * len(questions), 0

        def count() -> None:
            nonlocal asked
            asked += 1
            self._percent = _EXAM_FROM + (_EXAM_TO - _EXAM_FROM) * asked // total

        return mark(questions, len(unseen), sit_exam(before, questions, count), sit_exam(after, questions, count))

    def _end(self, marks: Marks, model: Path, base: str) -> None:
        settings = self.services.settings
        with self.services.unit_of_work() as uow:
            policy, now = uow.policies.current(), self.services.clock.now()
            end_training(uow, self.number, self.holder, now, policy, marks, model.name, base)
            uow.commit()
        with self.services.unit_of_work() as uow:
            kept = drop_models(uow)
            uow.commit()
        for file in models_folder(settings).glob("*.tar.gz"):
            if file.name not in kept:
                file.unlink(missing_ok=True)


def mark(questions: Sequence[Message], unseen: int, before: Sequence[str], after: Sequence[str]) -> Marks:
    """The first `unseen` questions are the test set's, the rest was taught."""
    rows = [
        (question, old, new, old in question.labels, new in question.labels)
        for question, old, new in zip(questions, before, after, strict=True)
    ]
    changed = [
        {"text": question.text, "intent": question.intent, "before": old, "after": new, "taught": place >= unseen}
        for place, (question, old, new, was_right, is_right) in enumerate(rows)
        if was_right != is_right
    ]
    return Marks(
        exam=unseen,
        exam_before=sum(row[3] for row in rows[:unseen]),
        exam_after=sum(row[4] for row in rows[:unseen]),
        lessons_before=sum(row[3] for row in rows[unseen:]),
        lessons_after=sum(row[4] for row in rows[unseen:]),
        changed=changed[:MOST_CHANGED],
    )


def lay_out_data(root: Path, work: Path, lessons: Sequence[TaughtMessage]) -> Path:
    """The shipped data with the taught messages beside it, without its lines that say otherwise of the same words."""
    data = work / "data"
    shutil.copytree(root / "data", data)
    taught = {normalise(lesson.text): lesson.intent for lesson in lessons}
    for file in (data / "nlu").glob("*/*.yml"):
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if taught.get(normalise(_example(line)), file.stem) == file.stem]
        if len(kept) < len(lines):
            file.write_text("".join(kept), encoding="utf-8")
    (data / "nlu" / "taught.yml").write_text(write_lessons(lessons), encoding="utf-8")
    return data


def _example(line: str) -> str:
    stripped = line.strip()
    return stripped.removeprefix("- ") if line.startswith("    - ") and not stripped.startswith("- text:") else ""


def _beat_on(run: Run) -> None:
    """Ends the process, and with it Rasa's, once nobody wants the run."""
    pause = threading.Event()
    while run.beat():
        pause.wait(BEAT_SECONDS)
    run.clear_up()
    os._exit(0)


def main() -> None:
    arguments = _read_arguments()
    from bot.training import end_with

    end_with(arguments.parent)
    run = Run(wire(), arguments.run, arguments.holder, arguments.root)
    threading.Thread(target=partial(_beat_on, run), daemon=True).start()
    os.nice(LOWEST_PRIORITY)  # on Linux of this thread and what it starts; signs of life go on as they are
    try:
        run.work()
    except TrainingFailed:
        run.fail(FAILED.format(log=run.log.name))
    finally:
        run.clear_up()


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bot.teaching", description=__doc__)
    parser.add_argument("--run", required=True, help="the training's number")
    parser.add_argument("--holder", required=True, help="under which name the worker holds it")
    parser.add_argument("--parent", type=int, default=0, help="ends with this process")
    parser.add_argument("--root", type=Path, default=ROOT, help="where config.yml, data/ and the test set lie")
    return parser.parse_args()


if __name__ == "__main__":
    main()
