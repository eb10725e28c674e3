"""The noun `config`: the settings of this computer, in config.toml."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from typer import Argument, Context, Typer

from zaoyuan_cli import settings
from zaoyuan_cli.commands.editor import edit as in_editor
from zaoyuan_cli.desk import Desk
from zaoyuan_cli.document import Column, Pairs, Text
from zaoyuan_cli.errors import Cancelled, NotFound, Unreadable
from zaoyuan_cli.i18n import N_, _
from zaoyuan_cli.reports import Done, Listing, Page

app = Typer()
Key = Annotated[str, Argument(metavar=N_("KEY"), help=N_("The name of the setting."))]
_TYPES: dict[str, Any] = {"lang": Literal["zh", "en"], "default_method": Literal["cash", "wechat", "alipay", "bank"]}
_BOOLS = {"是": "true", "否": "false"}


@app.command("list")
def list_(ctx: Context) -> None:
    """List all settings.

    Example: zaoyuan config list
    """
    desk: Desk = ctx.obj
    rows = [
        {"key": key, "value": _shown(desk.settings.get(key)), "meaning": _(meaning)}
        for key, (_kind, meaning) in settings.KEYS.items()
    ]
    columns = (Column("key", N_("Setting")), Column("value", N_("Value")), Column("meaning", N_("Meaning"), flex=True))
    desk.show(Listing(rows, columns))


@app.command()
def get(ctx: Context, key: Key) -> None:
    """Show one setting.

    Example: zaoyuan config get lang
    """
    value = ctx.obj.settings.get(_known(key))
    ctx.obj.show(Page({"key": key, "value": value}, [Pairs(((key, _shown(value)),))]))


@app.command()
def set(
    ctx: Context, key: Key, value: Annotated[str, Argument(metavar=N_("VALUE"), help=N_('The value; "" unsets it.'))]
) -> None:
    """Change one setting.

    Example: zaoyuan config set lang zh
    """
    import tomli_w
    from pydantic import TypeAdapter, ValidationError

    kind = _TYPES.get(_known(key), settings.KEYS[key][0])
    try:
        read = TypeAdapter(kind).validate_python(_BOOLS.get(value, value)) if value else None
    except ValidationError:
        raise Unreadable(
            _("{key} cannot be “{value}”.").format(key=key, value=value),
            field=key,
            value=value,
            hint=_(settings.KEYS[key][1]),
        ) from None
    kept = {**settings.read(), key: read}
    path = settings.config_file()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.write_text(tomli_w.dumps({name: it for name, it in kept.items() if it is not None}), encoding="utf-8")
    ctx.obj.show(Done({"key": key, "value": read}, [_("√ {key} = {value}").format(key=key, value=_shown(read))]))


@app.command()
def edit(ctx: Context) -> None:
    """Change the settings in your editor."""
    path = settings.config_file()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch()
    if not in_editor(ctx.obj, path):
        raise Cancelled(_("Nothing was changed."))
    for doubt in settings.doubts(settings.read()):
        ctx.obj.warn(doubt)
    ctx.obj.show(Done({"path": str(path)}, [_("√ Written: {file}").format(file=path)]))


@app.command()
def path(ctx: Context) -> None:
    """Show where the settings are.

    Example: zaoyuan config path
    """
    where = str(settings.config_file())
    ctx.obj.show(Page({"path": where}, [Text(where)]))


def _known(key: str) -> str:
    if key not in settings.KEYS:
        from difflib import get_close_matches

        raise NotFound(
            _("There is no setting “{key}”.").format(key=key),
            field="key",
            value=key,
            candidates=[
                {"key": name, "label": _(settings.KEYS[name][1])} for name in get_close_matches(key, settings.KEYS)
            ],
            hint=_("All settings: {command}").format(command="zaoyuan config list"),
        )
    return key


def _shown(value: object) -> str | None:
    return None if value is None else str(value).lower() if isinstance(value, bool) else str(value)
