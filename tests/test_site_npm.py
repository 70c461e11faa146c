"""What pages load from npm: only whole parts in the pinned versions, from a lock file that names no registry."""

import json
from pathlib import Path

import pytest

from pipeline.site import npm


@pytest.fixture
def modules(tmp_path) -> Path:
    """A clone whose npm has installed everything."""
    packages = {package: "1.2.3" for part in npm.parts().values() for package in part.files}
    (tmp_path / "package.json").write_text(json.dumps({"dependencies": packages}), encoding="utf-8")
    for part in npm.parts().values():
        for package, files in part.files.items():
            for name in files:
                path = tmp_path / "node_modules" / package / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(f"{package}/{name}", encoding="utf-8")
            about = tmp_path / "node_modules" / package / "package.json"
            about.write_text(json.dumps({"version": "1.2.3"}), encoding="utf-8")
    return tmp_path / "node_modules"


def test_whole_parts_are_put_into_the_site(modules, tmp_path):
    found = npm.at_hand(tmp_path, modules)
    assert found == set(npm.parts())
    assert not npm.lacking(tmp_path, modules)
    npm.copy(found, modules, tmp_path / "site")
    wanted = {name for part in npm.parts().values() for files in part.files.values() for name in files.values()}
    assert {
        path.relative_to(tmp_path / "site" / npm.FOLDER).as_posix() for path in (tmp_path / "site").rglob("*.*")
    } == wanted


@pytest.mark.parametrize("what", ["no folder", "no file", "another version", "no manifest"])
def test_a_part_that_is_not_whole_is_left_out_and_named(modules, tmp_path, what):
    package = modules / "d3"
    if what == "no folder":
        modules = tmp_path / "none"
    elif what == "no file":
        (package / "dist/d3.min.js").unlink()
    elif what == "another version":
        (package / "package.json").write_text('{"version": "1.2.4"}', encoding="utf-8")
    else:
        (tmp_path / "package.json").unlink()
    assert "charts" not in npm.at_hand(tmp_path, modules)
    assert npm.parts()["charts"].without in npm.lacking(tmp_path, modules)


def test_the_lock_file_has_integrity_and_no_addresses(root):
    manifest = json.loads((root / "package.json").read_text(encoding="utf-8"))
    lock = json.loads((root / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert lock.pop("")["dependencies"] == manifest["dependencies"]
    assert {package for part in npm.parts().values() for package in part.files} == set(manifest["dependencies"])
    for name, package in lock.items():
        assert package["integrity"].startswith("sha512-"), name
        assert "resolved" not in package, name
        assert (
            manifest["dependencies"].get(name.removeprefix("node_modules/"), package["version"]) == package["version"]
        )
