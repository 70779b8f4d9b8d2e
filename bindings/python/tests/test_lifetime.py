# SPDX-License-Identifier: MIT
"""What happens at the edges: garbage while answers are pending, use after close, threads, coroutines that
are cancelled or raise."""

import asyncio
import gc
import inspect
import pickle
import threading
import unittest
import warnings
import weakref

import codedeploy
from codedeploy import (
    PENDING,
    ActionFailed,
    AppSpec,
    Deployment,
    DeploymentGroup,
    DeploymentInput,
    DeploymentOptions,
    DeploymentStatus,
    Host,
    InputKind,
    InstallPlan,
    LambdaFunction,
    TrafficSchedule,
    aio,
    sim,
)

GROUP = {"application_name": "shop", "name": "prod", "service_role_arn": "arn:aws:iam::123456789012:role/deploy"}


def canary(schedule="10:20ms,100", hooks=None, **parts):
    return DeploymentOptions(
        "d-EXAMPLE01", DeploymentGroup(platform="Lambda", **GROUP), schedule=TrafficSchedule(schedule),
        appspec=AppSpec.for_lambda(LambdaFunction("shop", "live", "7", "8"), hooks), **parts)


HOOKED = {"BeforeAllowTraffic": "f"}


class Shifting(Host):
    def set_traffic(self, deployment, action):
        pass


class Garbage(unittest.TestCase):
    """Nothing is kept that nobody needs, and nothing is freed that somebody needs."""

    def test_a_host_that_holds_its_deployment(self):
        class Holding(Host):
            def set_traffic(self, deployment, action):
                self.deployment, self.action = deployment, action
                return PENDING

        deployment, host = Deployment(canary()), Holding()
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
        class Waiting(Shifting):
            async def run_hook(self, deployment, action):
                await asyncio.sleep(60)

        async def play():
            task = asyncio.ensure_future(aio.run(deployment, Waiting()))
            await asyncio.sleep(0.01)
            self.assertEqual(len(deployment.open_actions), 1)
            gc.collect()
            return weakref.ref(task)  # asyncio.run() cancels it

        deployment = Deployment(canary(hooks=HOOKED))
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
    deployment = Deployment(canary())
    deployment.start(0)
    group = DeploymentGroup(platform="Server", **GROUP)
    lifecycle = codedeploy.LifecyclePlan.find("Server", "IN_PLACE")
    schedule = TrafficSchedule("10:5m,100")
    return [spec, fs, plan, plan.install(fs, group="g", id="d"), deployment, group, lifecycle, codedeploy.Lifecycle(lifecycle),
            schedule, schedule.cursor(0), codedeploy.DeploymentConfig.find("CodeDeployDefault.OneAtATime"),
            codedeploy.InstallRecord(b"/srv\n"), codedeploy.Rollout(), deployment.plan_rollback(), group.members([]),
            sim.SimHost(canary())]


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

        begun, errors, deployment = threading.Event(), [], Deployment(canary())
        thread = threading.Thread(target=drive)
        thread.start()
        begun.wait()
        deployment.close()
        thread.join()
        self.assertIsInstance(errors[0], codedeploy.ClosedError)

    def test_while_a_loop_drives_it(self):
        class Slow(Shifting):
            cancelled = False

            async def run_hook(self, deployment, action):
                try:
                    await asyncio.sleep(60)
                except asyncio.CancelledError:
                    self.cancelled = True
                    raise

        async def play():
            driver = aio.Driver(deployment, host)
            task = asyncio.ensure_future(driver.run())
            await asyncio.sleep(0.01)
            deployment.close()
            with self.assertRaises(codedeploy.ClosedError):
                driver.put()
            with self.assertRaises(codedeploy.ClosedError):
                await asyncio.wait_for(task, 10)

        deployment, host = Deployment(canary(hooks=HOOKED)), Slow()
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
                self.assertEqual(asyncio.run(aio.run(Deployment(canary()), Async())), DeploymentStatus.SUCCEEDED)

        self.many(play, play)


class Coroutines(unittest.TestCase):
    def play(self, host, options=None):
        deployment = Deployment(options or canary(hooks=HOOKED))
        return deployment, asyncio.run(asyncio.wait_for(aio.run(deployment, host), 30))

    def test_any_awaitable_is_an_answer_to_wait_for(self):
        class Promising(Shifting):
            def run_hook(self, deployment, action):
                promise = asyncio.get_running_loop().create_future()
                asyncio.get_running_loop().call_later(0.005, promise.set_result, None)
                return promise

        self.assertEqual(self.play(Promising())[1], DeploymentStatus.SUCCEEDED)

    def test_a_future_that_fails(self):
        class Promising(Shifting):
            def run_hook(self, deployment, action):
                promise = asyncio.get_running_loop().create_future()
                asyncio.get_running_loop().call_later(0.005, promise.set_exception, ActionFailed("no"))
                return promise

        deployment, status = self.play(Promising())
        self.assertEqual((status, deployment.events(0)[0].message), (DeploymentStatus.FAILED, "no"))

    def test_what_is_raised_comes_out_unchanged(self):
        class Broken(Shifting):
            async def run_hook(self, deployment, action):
                await asyncio.sleep(0)
                raise error

        for error in (KeyError("x"), OSError(5, "fire"), codedeploy.StateError(-6), MemoryError(),
                      codedeploy.ClosedError("mine")):
            deployment = Deployment(canary(hooks=HOOKED))
            with self.subTest(error=error), self.assertRaises(type(error)) as caught:
                asyncio.run(aio.run(deployment, Broken()))
            self.assertIs(caught.exception, error)
            self.assertEqual(deployment.status, DeploymentStatus.FAILED)
            deployment.snapshot()

    def test_what_ends_the_program_comes_out_unchanged(self):
        class Broken(Shifting):
            async def run_hook(self, deployment, action):
                await asyncio.sleep(0)
                raise error

        for error in (KeyboardInterrupt(), SystemExit(2)):
            with self.assertRaises(type(error)):
                asyncio.run(aio.run(Deployment(canary(hooks=HOOKED)), Broken()))

    def test_one_that_cancels_itself_has_failed(self):
        class Tired(Shifting):
            async def run_hook(self, deployment, action):
                raise asyncio.CancelledError

        deployment, status = self.play(Tired())
        self.assertEqual(status, DeploymentStatus.FAILED)
        self.assertEqual(deployment.events(0)[0].message, "CancelledError")

    def test_a_poll_that_raises(self):
        class Watching(Shifting):
            async def poll_alarm(self, deployment, name):
                raise error

        error, deployment = LookupError("x"), Deployment(canary(alarms=codedeploy.Alarms(("errors",))))
        with self.assertRaises(LookupError) as caught:
            asyncio.run(aio.run(deployment, Watching()))
        self.assertIs(caught.exception, error)

    def test_wrong_answers(self):
        class Odd(Shifting):
            async def run_hook(self, deployment, action):
                return 7

        class OddPoll(Shifting):
            async def poll_alarm(self, deployment, name):
                return 7.5

        for host, alarms in ((Odd(), None), (OddPoll(), codedeploy.Alarms(("errors",)))):
            deployment = Deployment(canary(hooks=HOOKED, alarms=alarms))
            with self.subTest(host=host), self.assertRaises(TypeError):
                asyncio.run(asyncio.wait_for(aio.run(deployment, host), 30))

    def test_cancelling_waits_for_what_cleans_up(self):
        class Cleaning(Shifting):
            clean = False

            async def run_hook(self, deployment, action):
                try:
                    await asyncio.sleep(60)
                finally:
                    await asyncio.sleep(0.01)
                    self.clean = True

        async def play():
            task = asyncio.ensure_future(aio.run(deployment, host))
            await asyncio.sleep(0.01)
            task.cancel()
            with self.assertRaises(asyncio.CancelledError):
                await task

        host, deployment = Cleaning(), Deployment(canary(hooks=HOOKED))
        asyncio.run(play())
        self.assertTrue(host.clean)
        self.assertEqual(len(deployment.open_actions), 1)
        restored = Deployment.restore(deployment.snapshot(), deployment.options)
        self.assertTrue(next(restored.actions()).repeated)

    def test_two_deployments_in_one_loop(self):
        class Async(Host):
            async def set_traffic(self, deployment, action):
                await asyncio.sleep(0.001)
                seen.append(deployment)

        async def play():
            return await asyncio.gather(*(aio.run(one, host) for one in both))

        seen, host, both = [], Async(), [Deployment(canary()), Deployment(canary())]
        self.assertEqual(asyncio.run(play()), [DeploymentStatus.SUCCEEDED] * 2)
        self.assertEqual([seen.count(one) for one in both], [2, 2])

    def test_the_wrong_thread_and_the_wrong_time(self):
        class Slow(Shifting):
            async def run_hook(self, deployment, action):
                def wrong():
                    try:
                        driver.put(DeploymentInput(InputKind.STOP))
                    except RuntimeError as error:
                        errors.append(error)

                await asyncio.get_running_loop().run_in_executor(None, wrong)
                with self_.assertRaises(RuntimeError):
                    await driver.run()
                loop = asyncio.get_running_loop()
                threading.Thread(target=lambda: loop.call_soon_threadsafe(driver.put, DeploymentInput(InputKind.STOP))).start()
                await asyncio.sleep(60)

        async def play():
            return await driver.run()

        self_, errors = self, []
        driver = aio.Driver(Deployment(canary(hooks=HOOKED)), Slow())
        self.assertEqual(asyncio.run(play()), DeploymentStatus.STOPPED)
        self.assertEqual(len(errors), 1)


if __name__ == "__main__":
    warnings.simplefilter("error", ResourceWarning)
    unittest.main()
