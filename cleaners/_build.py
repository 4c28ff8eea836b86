"""Compile the package's Cython modules when it is installed; without them all runs in Python.

A machine without a C compiler gets one as a package, for the time of the build.
"""

import shutil
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

HERE = Path(__file__).parent
COMPILER_PACKAGE = "ziglang>=0.15"
FLAGS = ["-O2", "-ffp-contract=off"]  # no fused sums: all machines give the same numbers


class CompileHook(BuildHookInterface[Any]):
    """What hatchling calls around each build."""

    def dependencies(self) -> list[str]:
        """Return what this build needs beside what every build does."""
        return [] if has_compiler() else [COMPILER_PACKAGE]

    def clean(self, versions: list[str]) -> None:
        """Remove what was compiled."""
        for binary in HERE.glob("_*.so"):
            binary.unlink()

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the modules beside their sources."""
        if self.target_name != "wheel":
            return
        try:
            compile_all()
        except (Exception, SystemExit) as error:  # noqa: BLE001 - a compiler may fail in any way
            self.clean([])  # a part of the modules alone would not load
            self.app.display_warning(f"not compiled, which takes twice as long: {error!r}")
            return
        build_data["artifacts"].append("/cleaners/_*.so")
        build_data["pure_python"] = False
        build_data["infer_tag"] = True


def has_compiler() -> bool:
    """Whether there is the compiler that Python was built with, or another."""
    names = (str(sysconfig.get_config_var("CC") or "cc").split()[0], "cc", "gcc", "clang")
    return any(map(shutil.which, names))


def compile_all() -> None:
    """Compile every Cython module of the package, beside its source."""
    import os

    from Cython.Build import cythonize
    from setuptools import Distribution, Extension

    if not has_compiler():
        os.environ["CC"] = f"{sys.executable} -m ziglang cc"
    with tempfile.TemporaryDirectory() as folder:
        sources = sorted(HERE.glob("_*.pyx"))
        modules = [
            Extension(
                f"{HERE.name}.{source.stem}",
                [str(source)],
                include_dirs=[str(HERE)],
                extra_compile_args=FLAGS,
            )
            for source in sources
        ]
        made = cythonize(modules, build_dir=folder, quiet=True)
        distribution = Distribution({"packages": [HERE.name], "ext_modules": made})
        command = distribution.get_command_obj("build_ext")
        command.inplace = True
        command.build_temp = folder
        command.ensure_finalized()
        command.run()
