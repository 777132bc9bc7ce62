"""Prints as JSON what installed packages weigh with all that they need, in MB: sizes.py jax+flowjax torch+zuko."""

import json
import sys
from importlib.metadata import PackageNotFoundError, distribution

from packaging.requirements import Requirement


def needed(name, found):
    """Adds a package and what it requires on this machine; extras are left out."""
    try:
        package = distribution(name)
    except PackageNotFoundError:
        return found
    if package.name in found:
        return found
    found[package.name] = package
    for text in package.requires or []:
        requirement = Requirement(text)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            needed(requirement.name, found)
    return found


def megabytes(stack):
    packages = {}
    for name in stack.split("+"):
        needed(name, packages)
    paths = {file.locate() for package in packages.values() for file in package.files or []}
    return sum(path.stat().st_size for path in paths if path.is_file()) / 1e6


print(json.dumps({stack: megabytes(stack) for stack in sys.argv[1:]}))
