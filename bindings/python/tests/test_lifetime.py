# SPDX-License-Identifier: MIT
"""What happens at the edges: garbage while answers are pending, use after close, threads."""

import asyncio
import gc
import inspect
import pickle
import threading
import unittest
import warnings
import weakref

from deployments import GROUP, HOOKED, Canary, SlowHook, quick

import codedeploy
from codedeploy import (
    PENDING,
    AppSpec,
    Deployment,
    DeploymentGroup,
    DeploymentStatus,
    Host,
    InstallPlan,
    TrafficSchedule,
    aio,
    sim,
)


class Garbage(unittest.TestCase):
    """Nothing is kept that nobody needs, and nothing is freed that somebody needs."""

    def test_a_host_that_holds_its_deployment(self):
        class Holding(Host):
            def set_traffic(self, deployment, action):
                self.deployment, self.action = deployment, action
                return PENDING

        deployment, host = Deployment(quick()), Holding()
        host.start(deployment, 0)
        seen = [weakref.ref(deployment), weakref.ref(host)]
        token = host.action.token
        host.answer(deployment, 1, token)
        del deployment, host
        gc.collect()
        self.assertEqual([ref() for ref in seen], [None, None])

    def test_what_is_looked_at_outlives_what_it_is_part_of(self):
        deployment = Deployment(id="d-1", group=DeploymentGroup(platform="Server", **GROUP))
        deployment.add_target(0, "i-1")
        deployment.start(0)
        parts = [deployment.group, deployment.config, deployment.rollout, deployment.plan(0)]
        del deployment
        gc.collect()
        self.assertEqual(parts[0].name, "prod")
        self.assertTrue(parts[1].name)
        self.assertEqual([view.id for view in parts[2]], ["i-1"])
        self.assertIn("Install", [event.name for event in parts[3]])

    def test_a_loop_that_ends_while_an_answer_is_pending(self):
        async def play():
            task = asyncio.ensure_future(aio.run(deployment, SlowHook()))
            await asyncio.sleep(0.01)
            self.assertEqual(len(deployment.open_actions), 1)
            gc.collect()
            return weakref.ref(task)  # asyncio.run() cancels it

        deployment = Deployment(quick(HOOKED))
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            task, seen = asyncio.run(play()), weakref.ref(deployment)
            del deployment
            gc.collect()
        self.assertEqual((task(), seen()), (None, None))


def native_classes():
    """All classes of objects of the library, with one of each."""
    spec = AppSpec.for_server(files=[("a", "/srv")])
    fs = sim.FileSystem()
    fs.put_file("REVISION", "/a", "x")
    plan = InstallPlan(spec, fs)
    deployment = Deployment(quick())
    deployment.start(0)
    group = DeploymentGroup(platform="Server", **GROUP)
    lifecycle = codedeploy.LifecyclePlan.find("Server", "IN_PLACE")
    schedule = TrafficSchedule("10:5m,100")
    return [spec, fs, plan, plan.install(fs, group="g", id="d"), deployment, group, lifecycle, codedeploy.Lifecycle(lifecycle),
            schedule, schedule.cursor(0), codedeploy.DeploymentConfig.find("CodeDeployDefault.OneAtATime"),
            codedeploy.InstallRecord(b"/srv\n"), codedeploy.Rollout(), deployment.plan_rollback(), group.members([]),
            sim.SimHost(quick())]


class Closed(unittest.TestCase):
    def test_every_method_of_every_object(self):
        """Whatever is called of a closed object raises; nothing crashes."""
        for one in native_classes():
            cls = type(one)
            with self.subTest(cls.__name__):
                one.close()
                one.close()
                self.assertTrue(one.closed)
                self.assertIn("closed" if cls.__repr__ is not object.__repr__ else cls.__name__, repr(one))
                with self.assertRaises(TypeError):
                    pickle.dumps(one)
                for name, member in inspect.getmembers(cls):
                    if not name.startswith("_") and isinstance(inspect.getattr_static(cls, name), property):
                        if name not in ("closed",):
                            with self.subTest(name), self.assertRaises(codedeploy.ClosedError):
                                list(getattr(one, name))
                for name, arguments in CALLS.get(cls.__name__, {}).items():
                    with self.subTest(name), self.assertRaises(codedeploy.ClosedError):
                        getattr(one, name)(*arguments)

    def test_what_is_given_to_others(self):
        spec, group = AppSpec.for_server(), DeploymentGroup(platform="Server", **GROUP)
        spec.close()
        group.close()
        for call in (lambda: InstallPlan(spec, sim.FileSystem()), lambda: Deployment(id="d-1", group=group),
                     lambda: AppSpec.for_server() == spec):
            with self.assertRaises(codedeploy.ClosedError):
                call()

    def test_a_deployment_that_another_thread_drives(self):
        class Slow(Host):
            def set_traffic(self, deployment, action):
                begun.set()
                return PENDING

        def drive():
            try:
                Slow().run(deployment)
            except BaseException as error:
                errors.append(error)

        begun, errors, deployment = threading.Event(), [], Deployment(quick())
        thread = threading.Thread(target=drive)
        thread.start()
        begun.wait()
        deployment.close()
        thread.join()
        self.assertIsInstance(errors[0], codedeploy.ClosedError)

    def test_while_a_loop_drives_it(self):
        async def play():
            driver = aio.Driver(deployment, host)
            task = asyncio.ensure_future(driver.run())
            await asyncio.sleep(0.01)
            deployment.close()
            with self.assertRaises(codedeploy.ClosedError):
                driver.put()
            with self.assertRaises(codedeploy.ClosedError):
                await asyncio.wait_for(task, 10)

        deployment, host = Deployment(quick(HOOKED)), SlowHook()
        asyncio.run(play())
        self.assertTrue(host.cancelled)


CALLS = {
    "AppSpec": {"write": (), "scripts": ("AfterInstall",), "find_place": ("/os",), "write_normalized": ()},
    "Deployment": {"step": (1,), "start": (1,), "stop": (1,), "snapshot": (), "next_action": (), "find": ("i-1",),
                   "answer": (1, 1), "plan_rollback": (), "events": (0,), "write_info": (), "write_targets": (),
                   "replay": ("{}",), "add_target": (0, "i-1"), "alarm": (1, "a", "OK"), "open_action": (1,)},
    "DeploymentGroup": {"write": (), "members": ([],), "update": ("{}",)},
    "FileSystem": {"read_file": ("REVISION", "/a"), "read_link": ("REVISION", "/a"), "describe": ("REVISION",),
                   "put_directory": ("REVISION", "/b"), "crash": (), "calls": (), "set_fault": (None,)},
    "Install": {"apply": (), "keep": (), "revert": (), "step": ()},
    "InstallPlan": {"write_text": (), "write_record": (), "__len__": (), "__iter__": ()},
    "InstallRecord": {"__len__": (), "__contains__": ("/srv",)},
    "Rollout": {"__len__": (), "start": (0,)},
    "SimHost": {"run": (), "render": (), "add_stop": (1,), "calls": ()},
    "TrafficSchedule": {"weight_at": (0, 1), "cursor": (0,)},
}


class Threads(unittest.TestCase):
    def many(self, *works):
        errors = []

        def guarded(work):
            try:
                work()
            except BaseException as error:
                errors.append(error)

        threads = [threading.Thread(target=guarded, args=(work,)) for work in works]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(errors, [])

    def test_one_appspec_for_many(self):
        spec = AppSpec.parse("version: 0.0\nos: linux\nfiles:\n" + "".join(
            f"  - source: f{i}\n    destination: /srv/{i}\n" for i in range(200)))

        def look():
            for _ in range(20):
                self.assertEqual((len(spec.files), AppSpec.parse(spec.write())), (200, spec))

        self.many(*[look] * 4)

    def test_one_file_system_for_many(self):
        """Calls, plans and installs take their turns."""
        fs, spec = sim.FileSystem(), AppSpec.for_server(files=[("app", "/srv")])
        for i in range(30):
            fs.put_file("REVISION", f"/app/{i}", "x" * i)

        def change(number):
            for i in range(100):
                fs.put_file("STATE", f"/{number}/{i}", "y")
                fs.read_file(codedeploy.Root.STATE, f"/{number}/{i}")
                fs.list(codedeploy.Root.REVISION, "/app")

        def plan():
            for _ in range(20):
                InstallPlan(spec, fs)  # of what there is while the install is at work

        def install():
            with InstallPlan(spec, fs).install(fs, group="g", id="d-1") as made:
                made.apply()
                made.revert()

        self.many(lambda: change(1), lambda: change(2), plan, install)

    def test_two_loops_in_two_threads(self):
        class Async(Host):
            async def set_traffic(self, deployment, action):
                await asyncio.sleep(0.001)

        def play():
            for _ in range(3):
                self.assertEqual(asyncio.run(aio.run(Deployment(quick()), Async())), DeploymentStatus.SUCCEEDED)

        self.many(play, play)


if __name__ == "__main__":
    warnings.simplefilter("error", ResourceWarning)
    unittest.main()
