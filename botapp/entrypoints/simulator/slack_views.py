"""The methods that show something: modals in a stack of three, and the home tab."""

from dataclasses import replace
from typing import Any

from botapp.entrypoints.simulator.slack_call import Call, Method, checked_view
from botapp.entrypoints.simulator.slack_shapes import view_json
from botapp.entrypoints.simulator.slack_world import Refused, Team, View, World

STACK = 3


def new_view(world: World, user: str, body: dict[str, Any], below: View | None = None) -> View:
    view_id = world.new_id("V")
    root, previous = (below.root or below.id, below.id) if below else (view_id, None)
    return View(view_id, user, body, world.new_hash(), root, previous)


def keep_view(team: Team, view: View, *, on_top: bool = True) -> View:
    team.views[view.id] = view
    if on_top:
        team.stacks.setdefault(view.user, []).append(view)
    return view


def replace_body(world: World, view: View, body: dict[str, Any]) -> None:
    view.body, view.hash, view.errors = body, world.new_hash(), {}


def close_views(team: Team, user: str, *, all_of_them: bool = False) -> list[View]:
    """Off the stack and no longer there to be updated; the closed ones, top first."""
    stack = team.stacks.get(user, [])
    closed = [stack.pop() for _ in range(len(stack) if all_of_them else min(1, len(stack)))]
    for view in closed:
        team.views.pop(view.id, None)
    return closed


def _refuse_taken_id(call: Call, body: dict[str, Any], but: str = "") -> None:
    taken = body.get("external_id")
    if taken and any(v.body.get("external_id") == taken and v.id != but for v in call.team.views.values()):
        raise Refused("duplicate_external_id")


def _shown(call: Call, view: View) -> dict[str, Any]:
    # A copy: the ledger tells what was shown then, whatever becomes of the view.
    call.write(user=view.user, view=view_json(call.team, replace(view)))
    return {"view": view_json(call.team, view)}


def open_view(call: Call) -> dict[str, Any]:
    body = checked_view(call.get("view"), "modal")
    _refuse_taken_id(call, body)
    trigger = call.world.use_trigger(call.team, call.get("trigger_id"))
    close_views(call.team, trigger.user, all_of_them=True)
    return _shown(call, keep_view(call.team, new_view(call.world, trigger.user, body)))


def push_view(call: Call) -> dict[str, Any]:
    body = checked_view(call.get("view"), "modal")
    _refuse_taken_id(call, body)
    trigger = call.world.use_trigger(call.team, call.get("trigger_id"))
    stack = call.team.stacks.get(trigger.user, [])
    if not stack:
        raise Refused("invalid_arguments", "[ERROR] no modal is open to push onto")
    if len(stack) >= STACK:
        raise Refused("push_limit_reached")
    return _shown(call, keep_view(call.team, new_view(call.world, trigger.user, body, stack[-1])))


def _view_named(call: Call) -> View:
    view_id, external = call.get("view_id"), call.get("external_id")
    if not view_id and not external:
        raise Refused("invalid_arguments", "[ERROR] missing required field: view_id or external_id")
    for view in call.team.views.values():
        if view.id == view_id or (external and view.body.get("external_id") == external):
            return view
    raise Refused("not_found")


def update_view(call: Call) -> dict[str, Any]:
    view = _view_named(call)
    body = checked_view(call.get("view"), view.kind)
    _refuse_taken_id(call, body, view.id)
    if call.get("hash") and call.get("hash") != view.hash:
        raise Refused("hash_conflict")
    replace_body(call.world, view, body)
    return _shown(call, view)


def publish_view(call: Call) -> dict[str, Any]:
    body, user = checked_view(call.get("view"), "home"), call.get("user_id")
    if user not in call.team.users:
        raise Refused("invalid_arguments", "[ERROR] invalid `user_id` [json-pointer:/user_id]")
    home = call.team.homes.get(user)
    if call.get("hash") and home is not None and call.get("hash") != home.hash:
        raise Refused("hash_conflict")
    if home is None:
        home = call.team.homes[user] = keep_view(call.team, new_view(call.world, user, body), on_top=False)
    else:
        replace_body(call.world, home, body)
    return _shown(call, home)


METHODS: dict[str, Method] = {
    "views.open": open_view,
    "views.push": push_view,
    "views.update": update_view,
    "views.publish": publish_view,
}
