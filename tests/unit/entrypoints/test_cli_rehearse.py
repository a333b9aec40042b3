"""`botapp rehearse`: a stored draft or a file, as a table or as JSON; one clear line when there is none."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from botapp.bootstrap import ensure_workspace, services
from botapp.compose import exchange
from botapp.config import Settings
from botapp.entrypoints.cli import main
from botapp.pipeline.members import find_member
from botapp.state import rehearsals
from botapp.state.migrate import upgrade
from tests.support.roles import BUSY, LICENCE, SLUG, night_picker
from tests.support.stack import publish


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BOTAPP_DATA_DIR", str(tmp_path))
    return tmp_path


def test_a_stored_interviewer_by_its_link_name(data: Path) -> None:
    """As JSON with every run; it is kept, so that publishing knows of it."""
    shared = services(Settings(data_dir=data))
    upgrade(shared.database)
    first = ensure_workspace(Settings(data_dir=data), shared)
    owner = find_member(shared, first.owner_id)
    assert owner is not None
    id = publish(shared, owner, night_picker(LICENCE, BUSY))  # type: ignore[arg-type]
    done = CliRunner().invoke(main, ["rehearse", SLUG, "--json"])
    assert done.exit_code == 0, done.output
    made = json.loads(done.stdout)
    assert [run["persona"] for run in made["runs"]] == ["strong", "borderline", "weak", "evasive", "hostile"]
    assert made["format"] == 1 and all(run["lines"] for run in made["runs"])
    with shared.database.reading() as uow:
        kept = rehearsals.outline_of(uow, first.workspace_id, id)
    assert kept is not None and kept[0] == made["revision"]
    unknown = CliRunner().invoke(main, ["rehearse", "no-such"])
    assert unknown.exit_code == 2
    assert (
        unknown.stderr.strip() == "Error: There is no interviewer no-such here. Give its id, its link name, or a file."
    )
    shared.database.close()


def test_a_file_as_a_table_and_what_is_no_draft(data: Path) -> None:
    draft = data / "draft.json"
    draft.write_text(exchange.publish(night_picker(BUSY)).model_dump_json(by_alias=True))
    done = CliRunner().invoke(main, ["rehearse", str(draft)])
    assert done.exit_code == 0 and "Score (of 100)" in done.stdout
    draft.write_text("{")
    assert CliRunner().invoke(main, ["rehearse", str(draft)]).exit_code == 2
    assert CliRunner().invoke(main, ["rehearse", str(data / "none.json")]).exit_code == 2
