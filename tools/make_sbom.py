"""`make sbom`: the list of all parts (software bill of materials), as CycloneDX 1.6, from the lock files.

Written to `build/zaakspoor.cdx.json`. The same locks give the same list; SOURCE_DATE_EPOCH sets its time.
"""

import json
import os
import tomllib
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from tools.parts import HOME, SPDX, Part, all_parts

TARGET: Final = HOME / "build" / "zaakspoor.cdx.json"
NAMES: Final = uuid.UUID("6b9f2a58-93a1-4a0e-8f0c-4d5d2f6c1e77")  # under which the serial numbers of our lists are made


def sbom(parts: Sequence[Part], made_at: datetime) -> dict[str, Any]:
    """The list as a JSON object."""
    project = tomllib.loads((HOME / "pyproject.toml").read_text())["project"]
    ours = f"{project['name']}@{project['version']}"
    serial = uuid.uuid5(NAMES, "\n".join([ours, *(part.purl for part in parts)]))
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        "metadata": {
            "timestamp": made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "lifecycles": [{"phase": "build"}],
            "tools": {"components": [{"type": "application", "name": "zaakspoor tools.make_sbom"}]},
            "component": {
                "type": "application",
                "bom-ref": ours,
                "name": project["name"],
                "version": project["version"],
                "description": project["description"],
                "licenses": [{"license": {"id": project["license"]}}],
            },
        },
        "components": [_component(part) for part in parts],
        "dependencies": _dependencies(parts, ours, project["name"]),
    }


def _component(part: Part) -> dict[str, Any]:
    group, _, name = part.name.rpartition("/")
    return {
        "type": "library",
        "bom-ref": part.purl,
        **({"group": group} if group else {}),
        "name": name,
        "version": part.version,
        "scope": "required" if part.runs else "excluded",
        "hashes": [{"alg": part.algorithm, "content": one} for one in part.hashes],
        **({"licenses": [_licence(part.licence)]} if part.licence else {}),
        "purl": part.purl,
    }


def _licence(told: str) -> dict[str, Any]:
    """An expression of SPDX, or else the name that the package itself uses."""
    known = SPDX.fullmatch(told.replace("(", "").replace(")", "")) and told != "unknown"
    return {"expression": told} if known else {"license": {"name": told}}


def _dependencies(parts: Sequence[Part], ours: str, project: str) -> list[dict[str, Any]]:
    """What each part needs. The locks tell it the other way round: by whom each is needed."""
    needs: dict[str, set[str]] = {ours: set(), **{part.purl: set() for part in parts}}
    refs: dict[tuple[str, str], list[str]] = {}
    for part in parts:
        refs.setdefault((part.ecosystem, part.name), []).append(part.purl)
    for part in parts:
        for name in part.needed_by:
            for ref in [ours] if name == project else refs.get((part.ecosystem, name), []):
                needs[ref].add(part.purl)
    return [{"ref": ref, "dependsOn": sorted(refs_)} for ref, refs_ in sorted(needs.items())]


def main(target: Path = TARGET) -> None:
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    made_at = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    parts = all_parts()
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(sbom(parts, made_at), indent=2, ensure_ascii=False) + "\n")
    running = sum(part.runs for part in parts)
    print(f"{target}: {len(parts)} parts, of which {running} run.")


if __name__ == "__main__":
    main()
