# SPDX-License-Identifier: MIT
"""What Python costs: calls, and reading the AppSpec of 2,000 files against C and against PyYAML's loader
in C, which only makes lists and dictionaries of it. Everything happens in this process, in turns, the
best of many rounds; times are the process's own.

    benchmark.py LIBRARY     bench/read.c, with the document that bench/parse.c reads
"""

import ctypes
import os
import sys
import time

import yaml

import codedeploy
from codedeploy import AppSpec

ROUNDS = 25
CALLS = 20_000


class Buffer(ctypes.Structure):
    _fields_ = [("data", ctypes.c_void_p), ("length", ctypes.c_size_t), ("capacity", ctypes.c_size_t)]


def best(works, rounds=ROUNDS):
    """Nanoseconds of each work, the best of rounds in which they take turns."""
    least = dict.fromkeys(works, float("inf"))
    for _ in range(rounds):
        for name, work in works.items():
            begin = time.process_time_ns()
            work()
            least[name] = min(least[name], time.process_time_ns() - begin)
    return least


def wants(what, is_met, value, wanted):
    """Says whether a goal is met; with sanitizers none is asked for."""
    if "CODEDEPLOY_SANITIZED" in os.environ:
        return True
    print(f"{'met' if is_met else 'MISSED'}: {what}: {value}, wanted {wanted}")
    return is_met


def calls():
    """What a call takes, that of the C function included, which only looks."""
    spec = AppSpec.parse("version: 0.0\nos: linux\n")
    group = codedeploy.DeploymentGroup(
        application_name="shop", name="web", platform="Server", service_role_arn="arn:aws:iam::123456789012:role/deploy")
    deployment = codedeploy.Deployment(id="d-EXAMPLE01", group=group)
    turns = range(CALLS)

    def nothing():
        for _ in turns:
            pass

    def number():
        for _ in turns:
            spec.platform

    def string():
        for _ in turns:
            spec.os

    def locked():
        for _ in turns:
            deployment.over

    taken = best({"nothing": nothing, "for a number": number, "for a str": string, "of a machine": locked})
    idle, met = taken.pop("nothing"), True
    for name, ns in taken.items():
        us = (ns - idle) / CALLS / 1e3
        met = wants(f"a call {name}", us < 2, f"{us:.2f} us", "less than 2") and met
    return met


def documents(library):
    reference = ctypes.CDLL(library)
    reference.bench_appspec.restype = Buffer
    reference.bench_read.restype = ctypes.c_size_t
    reference.bench_read.argtypes = [ctypes.c_char_p, ctypes.c_size_t]
    # The C library keeps freed memory for the next round, as in bench/parse.c.
    ctypes.CDLL(None).mallopt(-3, 64 << 20)
    ctypes.CDLL(None).mallopt(-1, 256 << 20)
    made = reference.bench_appspec()
    text = ctypes.string_at(made.data, made.length)
    if yaml.safe_load("a: 1") != {"a": 1} or not yaml.__with_libyaml__:
        sys.exit("PyYAML is without its loader in C")

    def read():
        return sum(len(file.source) + len(file.destination) for file in AppSpec.parse(text).files)

    def in_c():
        return reference.bench_read(text, len(text))

    if read() != in_c() or len(AppSpec.parse(text).files) != 2000:
        sys.exit("Python and C do not read the same")
    taken = best({
        "C, parse and read": in_c,
        "Python, parse and read": read,
        "Python, parse": lambda: AppSpec.parse(text),
        "PyYAML, load": lambda: yaml.load(text, Loader=yaml.CSafeLoader),
        "PyYAML, compose": lambda: yaml.compose(text, Loader=yaml.CSafeLoader),
        "PyYAML, events": lambda: [None for _ in yaml.parse(text, Loader=yaml.CSafeLoader)],
    })
    c, parse = taken["C, parse and read"], taken["Python, parse"]
    print(f"an AppSpec of 2,000 files, 200 permissions and 200 scripts, {len(text)} bytes")
    for name, ns in taken.items():
        print(f"{name:24} {ns / 1e6:8.3f} ms {ns / c:8.2f} x C {ns / parse:8.2f} x AppSpec.parse")
    ratio, faster = taken["Python, parse and read"] / c, taken["PyYAML, load"] / parse
    met = wants("parse and read, Python to C", ratio <= 3, f"{ratio:.2f}", "at most 3")
    return wants("AppSpec.parse to PyYAML's load", faster >= 5, f"{faster:.1f} x as fast", "at least 5") and met


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    met = [calls(), documents(sys.argv[1])]
    sys.exit(0 if all(met) else 1)


main()
