#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""What is installed can be used: the command, libraries through pkg-config, shared and static, and
the whole as a subproject.

    check-consumer.py SOURCE_ROOT BUILD_ROOT C_COMPILER...
"""

import os
import pathlib
import subprocess
import sys
import tempfile

PROGRAM = """\
#include <codedeploy/codedeploy.h>

int main(void)
{
    return cdp_version_number() == CDP_VERSION_MAJOR * 1000000 + CDP_VERSION_MINOR * 1000 +
                   CDP_VERSION_PATCH
               ? 0
               : 1;
}
"""

PROJECT = """\
project('consumer', 'c', default_options: ['default_library=%s'])
codedeploy = dependency('codedeploy', fallback: ['libcodedeploy', 'codedeploy_dep'])
test('runs', executable('program', 'program.c', dependencies: codedeploy))
"""


def run(*command, **options):
    result = subprocess.run(
        [str(word) for word in command], text=True, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, **options
    )
    if result.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{result.stdout}")
    return result.stdout


def as_command(installed, libraries):
    """Both programs run from where they are, also when that is no longer where they belong."""
    environment = os.environ | {"LD_LIBRARY_PATH": str(libraries)}
    for codedeploy in installed.rglob("bin/codedeploy"):
        listed = run(codedeploy, "--help", env=environment)
        if "  local " in listed:
            helped = run(codedeploy, "local", "--help", env=environment)
            if not helped.startswith("Usage: codedeploy local"):
                sys.exit(f"codedeploy local --help prints {helped}")
            (host,) = installed.rglob("codedeploy-host")
            host.rename(host.with_name("away"))
            result = subprocess.run([codedeploy, "local", "--help"], capture_output=True, text=True,
                                    env=environment)
            if result.returncode != 3 or "codedeploy-host is not installed" not in result.stderr:
                sys.exit(f"without codedeploy-host: {result}")


def through_pkg_config(build, compiler, folder):
    """Builds against what is installed, and nothing else."""
    installed = folder / "installed"
    (library,) = installed.rglob("pkgconfig/codedeploy.pc")
    environment = os.environ | {
        "PKG_CONFIG_LIBDIR": f"{library.parent}:{run('pkg-config', '--variable', 'pc_path', 'pkg-config').strip()}",
        "PKG_CONFIG_SYSROOT_DIR": "",
    }
    prefix = run("pkg-config", "--variable", "prefix", "codedeploy", env=environment).strip()

    def flags(*options):
        words = run("pkg-config", *options, "codedeploy", env=environment).split()
        return [word.replace(prefix, f"{installed}{prefix}", 1) for word in words]

    source = folder / "program.c"
    for kind, options in {"shared": ["--libs"], "static": ["--static", "--libs"]}.items():
        program = folder / f"program-{kind}"
        libraries = flags(*options)
        if kind == "static":
            libraries = [str(library.parent.parent / "libcodedeploy.a") if word == "-lcodedeploy"
                         else word for word in libraries]
        run(*compiler, source, "-o", program, *flags("--cflags"), *libraries)
        run(program, env=os.environ | {"LD_LIBRARY_PATH": str(library.parent.parent)})


def as_subproject(source_root, folder, kind):
    project = folder / f"project-{kind}"
    (project / "subprojects").mkdir(parents=True)
    (project / "subprojects" / "libcodedeploy").symlink_to(source_root)
    (project / "meson.build").write_text(PROJECT % kind)
    (project / "program.c").write_text(PROGRAM)
    run("meson", "setup", "build", "--wrap-mode=forcefallback",
        "-Dlibcodedeploy:tests=disabled", "-Dlibcodedeploy:tools=disabled",
        "-Dlibcodedeploy:posix=disabled", "-Dlibcodedeploy:sim=disabled", cwd=project)
    run("ninja", "-C", "build", "program", cwd=project)
    run("meson", "test", "-C", "build", "--no-rebuild", "runs", cwd=project)


def main():
    source_root, build, *compiler = sys.argv[1:]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "program.c").write_text(PROGRAM)
        run("meson", "install", "-C", build, "--no-rebuild", "--destdir", folder / "installed")
        through_pkg_config(build, compiler, folder)
        (library,) = folder.rglob("pkgconfig/codedeploy.pc")
        as_command(folder / "installed", library.parent.parent)
        for kind in ("shared", "static"):
            as_subproject(pathlib.Path(source_root).resolve(), folder, kind)


main()
