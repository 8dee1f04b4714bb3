"""Check a file against the store, say what each row would do, then do it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from shop.errors import FileRefused
from shop.importing.kinds import Context, Kind
from shop.importing.reading import Row, read_rows
from shop.importing.report import Problem, Report, RowVerdict, Verdict


@dataclass
class Item:
    """All rows of one product, order …; `stored` is what the shop has of it."""

    key: str
    rows: list[Row] = field(default_factory=list)
    stored: Any = None
    changed: bool = False

    @property
    def broken(self) -> bool:
        return any(row.broken for row in self.rows)


def take(context: Context, kind: Kind, data: bytes, dry_run: bool) -> Report:
    """See shop.importing.import_data."""
    report = Report()
    rows = read_rows(data, kind.columns, report.problems)
    items = _group(kind, rows)
    for item in items:
        item.stored = kind.find(context.uow, item.key)
        if item.broken:
            continue  # what follows from an unread cell would only hide it
        _keep_seconds(kind, item)
        report.problems += _disagreements(kind, item) or kind.complete(context, item.rows, item.stored)
    report.problems += _clashes(kind, items)
    report.problems.sort()
    if report.problems and not dry_run:
        raise FileRefused(problems=report.problems)
    _judge(kind, items, report)
    if not report.problems and not dry_run:
        _write(context, kind, items)
    return report


def _group(kind: Kind, rows: list[Row]) -> list[Item]:
    items: dict[str, Item] = {}
    for row in rows:
        key = row.values.get(kind.key)
        if not key:
            continue
        items.setdefault(key, Item(key)).rows.append(row)
    return list(items.values())


def _disagreements(kind: Kind, item: Item) -> list[Problem]:
    """Rows that say different things of one item, and rows that stand twice."""
    first, problems = item.rows[0], []
    seen: dict[tuple[Any, ...], int] = {}
    for row in item.rows:
        for column in kind.columns:
            if column.item and row.values.get(column.name) != first.values.get(column.name):
                reason = f"{item.key} 重复出现,内容与第 {first.line} 行不同"
                problems.append(Problem(row.line, column.header, reason))
        identity = _identity(kind, row.values)
        if identity in seen:
            problems.append(Problem(row.line, kind.column(kind.row_key[0]).header, f"与第 {seen[identity]} 行重复"))
        seen.setdefault(identity, row.line)
    return problems


def _clashes(kind: Kind, items: list[Item]) -> list[Problem]:
    """Two items that claim the same nick, the same SKU …"""
    problems = []
    for name in kind.unique:
        owners: dict[Any, tuple[int, str]] = {}
        for item in items:
            for row in item.rows:
                line, owner = owners.setdefault(row.values.get(name), (row.line, item.key))
                if owner != item.key and row.values.get(name):
                    problems.append(Problem(row.line, kind.column(name).header, f"第 {line} 行的 {owner} 已用"))
    return problems


def _keep_seconds(kind: Kind, item: Item) -> None:
    """Files tell times to the minute; a stored time of that minute is the same time."""
    if item.stored is None:
        return
    known = kind.values_of(item.stored)[0]
    for row in item.rows:
        for column in kind.columns:
            said, stored = row.values.get(column.name), known.get(column.name)
            if column.item and isinstance(said, datetime) and isinstance(stored, datetime):
                row.values[column.name] = stored if stored.replace(second=0, microsecond=0) == said else said


def _identity(kind: Kind, values: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(values.get(name, kind.column(name).empty) for name in kind.row_key)


def _judge(kind: Kind, items: list[Item], report: Report) -> None:
    """A verdict for every row read, and one for every row that could not be."""
    wrong: dict[int, str] = {}
    for problem in report.problems:
        reason = f"{problem.column}:{problem.reason}"
        wrong[problem.line] = f"{wrong[problem.line]};{reason}" if problem.line in wrong else reason
    verdicts = {line: RowVerdict(line, "", Verdict.WRONG, reason) for line, reason in wrong.items()}
    for item in items:
        for row in _verdicts(kind, item):
            bad = wrong.get(row.line) or (f"{item.key} 的其他行有误" if item.broken else "")
            verdicts[row.line] = RowVerdict(row.line, item.key, Verdict.WRONG, bad) if bad else row
    report.rows = [verdicts[line] for line in sorted(verdicts)]


def _verdicts(kind: Kind, item: Item) -> list[RowVerdict]:
    stored = {_identity(kind, v): v for v in kind.values_of(item.stored)} if item.stored is not None else {}
    found = []
    for row in item.rows:
        known = stored.pop(_identity(kind, row.values), None)
        if known is None:
            found.append(RowVerdict(row.line, item.key, Verdict.NEW))
            continue
        columns = [c.header for c in kind.columns if c.name in row.values and row.values[c.name] != known.get(c.name)]
        verdict = Verdict.CHANGED if columns else Verdict.SAME
        found.append(RowVerdict(row.line, item.key, verdict, "、".join(columns)))
    if kind.replaces and stored:
        found[0] = RowVerdict(found[0].line, item.key, Verdict.CHANGED, f"文件里没有的 {len(stored)} 行将去掉")
    item.changed = any(row.verdict is not Verdict.SAME for row in found)
    return found


def _write(context: Context, kind: Kind, items: list[Item]) -> None:
    for item in items:
        values = [row.values for row in item.rows]
        if item.stored is None:
            kind.add(context.uow, kind.create(values))
        elif item.changed:
            kind.update(item.stored, values)
