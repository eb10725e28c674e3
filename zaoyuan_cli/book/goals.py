"""Goals: what is to come in before a project that is all or nothing may spend; and what of a project may change."""

import sqlite3
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from zaoyuan_cli.errors import Refusal
from zaoyuan_cli.facts.projects import ProjectEdited
from zaoyuan_cli.i18n import _
from zaoyuan_cli.rules.text import quoted

from . import Book, changes, naming, projects
from .ledger import Problem, judges
from .standings import ProjectStanding


def must_be_reached(book: Book, project: str) -> None:
    """Inside the step, after recording: refuse it where a project that is all or nothing would have spent money before
    its goal is reached. Raises Refusal goal_open."""
    for one in projects.standing(book.db, project=project) if project else ():
        if _broken(one):
            raise _open(one)


def _broken(one: ProjectStanding) -> bool:
    return one.all_or_nothing and bool(one.spent) and not one.reached


def _open(one: ProjectStanding) -> Refusal:
    return Refusal(
        _("The goal of {project} is {goal} yuan, and {there} are there: nothing is spent before it is reached.").format(
            project=one.name, goal=one.goal, there=one.there
        ),
        code="goal_open",
        field="project",
        value=one.name,
        goal=one.goal,
        there=one.there,
        hint=_("If it is not to be reached, the money goes back: {command}").format(
            command=f"zaoyuan project close {quoted(one.name)} --return"
        ),
    )


@judges
def spent_before(db: sqlite3.Connection) -> Iterator[Problem]:
    """Projects that are all or nothing and have spent money with their goal not reached."""
    if not db.execute("SELECT 1 FROM project WHERE whole").fetchone():
        return
    for one in projects.standing(db):
        if _broken(one):
            said = _("{project} has spent money, and its goal is not reached.").format(project=one.project)
            yield Problem("goal_open", one.project, said, int(one.goal or 0) - int(one.there))


def edit(book: Book, project: str, wanted: Mapping[str, Any]) -> tuple[str, ...]:
    """Change what differs of shown (the name), goal, budget, due, decision, until; the fields that changed.
    Refusal: the name is another's, the project is closed, goal_open."""
    with book.writing("project edit"):
        known = projects.everyone(book.db)
        now = known[project]
        is_now = now._asdict() | {"shown": now.name}
        changed = {field: value for field, value in wanted.items() if is_now[field] != value}
        if "shown" in changed:
            taken = [name for one in known.values() if one.project != project for name in (one.project, one.name)]
            changed["shown"] = naming.new(changed["shown"], taken, "name", _taken)
        if changed:
            stored = {field: _stored(value) for field, value in changed.items()}
            saw = changes.seen(book.db, "project", project, stored)
            book.record(ProjectEdited(project=project, on=book.today, changes=stored, saw=saw))
            must_be_reached(book, project)
    return tuple(changed)


def _stored(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else int(value) if isinstance(value, int) else value


def _taken(name: str) -> str:
    return _("There is a project “{name}” already.").format(name=name)
