"""Disks that are full or read-only, and packages that are missing."""

import os
import subprocess
from contextlib import contextmanager

import pytest

# Found by Python as it starts, where PYTHONPATH has its folder.
WITHOUT_SCIKIT_LEARN = """
from importlib.machinery import PathFinder

find_spec = PathFinder.find_spec


def find_other_spec(name, *arguments, **keywords):
    if name.partition(".")[0] != "sklearn":
        return find_spec(name, *arguments, **keywords)


PathFinder.find_spec = find_other_spec
"""


def can_mount():
    """Whether disks can be put in place of folders, as root may."""
    return os.geteuid() == 0


@contextmanager
def small_disk(folder, kilobytes):
    """A disk of so many kilobytes in place of a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    mount("-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", folder)
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


@contextmanager
def read_only(folder):
    """A folder that nobody can write to, not even root."""
    mount("--bind", folder, folder)
    try:
        mount("-o", "remount,bind,ro", folder)
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


def mount(*arguments):
    if not can_mount():
        pytest.skip("only root can mount the disk that this test fills or locks")
    subprocess.run(["mount", *arguments], check=True)


def hide_scikit_learn(folder):
    """The value of PYTHONPATH with which Python does not find scikit-learn."""
    folder.mkdir(exist_ok=True)
    (folder / "sitecustomize.py").write_text(WITHOUT_SCIKIT_LEARN)
    return str(folder)
