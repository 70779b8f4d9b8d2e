# SPDX-License-Identifier: MIT
"""Hosts of coroutines: what they answer and raise, how they are cancelled, and by whom they are driven."""

import asyncio
import gc
import threading
import types
import unittest
import warnings

from deployments import HOOKED, Canary, SlowHook, canary, fleet, quick

import codedeploy
from codedeploy import (
    ActionFailed,
    Deployment,
    DeploymentInput,
    DeploymentStatus,
    Host,
    InputKind,
    aio,
)


class Driving(unittest.TestCase):
    def run_host(self, host, options=None, **parts):
        deployment = Deployment(options or quick(**parts))
        return deployment, asyncio.run(aio.run(deployment, host))

    def test_to_the_end(self):
        class Async(Canary):
            async def set_traffic(self, deployment, action):
                await asyncio.sleep(0.001)
                self.weights.append(action.weight)

            async def run_hook(self, deployment, action):
                gc.collect()
                await asyncio.sleep(0.001)

        host = Async()
        deployment, status = self.run_host(host, hooks=HOOKED)
        self.assertEqual((status, host.weights), (DeploymentStatus.SUCCEEDED, [10, 100]))

    def test_failures(self):
        class Async(Canary):
            async def run_hook(self, deployment, action):
                await asyncio.sleep(0)
                raise ActionFailed("no", error="ScriptFailed")

        deployment, status = self.run_host(Async(), hooks=HOOKED)
        self.assertEqual(status, DeploymentStatus.FAILED)
        self.assertEqual(deployment.events(0)[0].message, "no")

    def test_what_a_coroutine_raises_comes_out_unchanged(self):
        class Broken(Canary):
            async def run_hook(self, deployment, action):
                await asyncio.sleep(0)
                raise error

        error = KeyError("x")
        with self.assertRaises(KeyError) as caught:
            self.run_host(Broken(), hooks=HOOKED)
        self.assertIs(caught.exception, error)

    def test_fleet_in_parallel(self):
        class Async(Host):
            at_once = most = 0

            async def perform(self, deployment, action):
                self.at_once += 1
                self.most = max(self.most, self.at_once)
                await asyncio.sleep(0.001)
                self.at_once -= 1

        host, deployment = Async(), fleet(config="CodeDeployDefault.AllAtOnce")
        self.assertEqual(asyncio.run(aio.run(deployment, host)), DeploymentStatus.SUCCEEDED)
        self.assertEqual(host.most, 3)

    def test_stopping_cancels_what_runs(self):
        async def play():
            driver = aio.Driver(deployment, host)
            asyncio.get_running_loop().call_later(0.02, driver.put, DeploymentInput(InputKind.STOP))
            return await driver.run()

        host, deployment = SlowHook(), Deployment(canary(hooks=HOOKED))
        self.assertEqual(asyncio.run(play()), DeploymentStatus.STOPPED)
        self.assertTrue(host.cancelled)

    def test_cancelling_the_driver_leaves_the_action_open(self):
        class Slow(Canary):
            calls = 0

            async def run_hook(self, deployment, action):
                self.calls += 1
                if self.calls == 1:
                    await asyncio.sleep(60)

        async def play():
            try:
                await asyncio.wait_for(aio.run(deployment, host), 0.03)
            except asyncio.TimeoutError:
                pass
            self.assertEqual(len(deployment.open_actions), 1)
            return await aio.run(deployment, host)

        host, deployment = Slow(), Deployment(quick(HOOKED))
        self.assertEqual(asyncio.run(play()), DeploymentStatus.SUCCEEDED)
        self.assertEqual(host.calls, 2)

    def test_alarms(self):
        class Watching(Canary):
            async def poll_alarm(self, deployment, name):
                await asyncio.sleep(0)
                return "ALARM" if self.weights else "OK"

        options = canary("10:1s,100", alarms=codedeploy.Alarms(("errors",)), alarm_poll_ms=100)
        _, status = self.run_host(Watching(), options)
        self.assertEqual(status, DeploymentStatus.STOPPED)

    def test_rollback(self):
        class Rolling(Canary):
            async def roll_back(self, deployment, action):
                await asyncio.sleep(0)
                return "d-BACK00001"

            async def run_hook(self, deployment, action):
                raise ActionFailed

        deployment, status = self.run_host(
            Rolling(), hooks={"AfterAllowTraffic": "f"},
            auto_rollback=codedeploy.AutoRollback(True, {"DEPLOYMENT_FAILURE"}))
        self.assertEqual((status, deployment.info.rollback_id), (DeploymentStatus.FAILED, "d-BACK00001"))

    def test_somebody_continues(self):
        async def play():
            driver = aio.Driver(deployment, Canary())
            asyncio.get_running_loop().call_later(0.02, driver.put, DeploymentInput(InputKind.CONTINUE))
            return await driver.run()

        deployment = Deployment(canary("10:gate,100"))
        self.assertEqual(asyncio.run(play()), DeploymentStatus.SUCCEEDED)


class Edges(unittest.TestCase):
    def play(self, host, options=None):
        deployment = Deployment(options or quick(HOOKED))
        return deployment, asyncio.run(asyncio.wait_for(aio.run(deployment, host), 30))

    def test_any_awaitable_is_an_answer_to_wait_for(self):
        class Promising(Canary):
            def run_hook(self, deployment, action):
                promise = asyncio.get_running_loop().create_future()
                asyncio.get_running_loop().call_later(0.005, promise.set_result, None)
                return promise

        self.assertEqual(self.play(Promising())[1], DeploymentStatus.SUCCEEDED)

    def test_a_future_that_fails(self):
        class Promising(Canary):
            def run_hook(self, deployment, action):
                promise = asyncio.get_running_loop().create_future()
                asyncio.get_running_loop().call_later(0.005, promise.set_exception, ActionFailed("no"))
                return promise

        deployment, status = self.play(Promising())
        self.assertEqual((status, deployment.events(0)[0].message), (DeploymentStatus.FAILED, "no"))

    def test_what_is_raised_comes_out_unchanged(self):
        class Broken(Canary):
            async def run_hook(self, deployment, action):
                await asyncio.sleep(0)
                raise error

        for error in (KeyError("x"), OSError(5, "fire"), codedeploy.StateError(-6), MemoryError(),
                      codedeploy.ClosedError("mine")):
            deployment = Deployment(quick(HOOKED))
            with self.subTest(error=error), self.assertRaises(type(error)) as caught:
                asyncio.run(aio.run(deployment, Broken()))
            self.assertIs(caught.exception, error)
            self.assertEqual(deployment.status, DeploymentStatus.FAILED)
            deployment.snapshot()

    def test_what_ends_the_program_comes_out_unchanged(self):
        class Broken(Canary):
            async def run_hook(self, deployment, action):
                await asyncio.sleep(0)
                raise error

        for error in (KeyboardInterrupt(), SystemExit(2)):
            with self.assertRaises(type(error)):
                asyncio.run(aio.run(Deployment(quick(HOOKED)), Broken()))

    def test_one_that_cancels_itself_has_failed(self):
        class Tired(Canary):
            async def run_hook(self, deployment, action):
                raise asyncio.CancelledError

        deployment, status = self.play(Tired())
        self.assertEqual(status, DeploymentStatus.FAILED)
        self.assertEqual(deployment.events(0)[0].message, "CancelledError")

    def test_a_poll_that_raises(self):
        class Watching(Canary):
            async def poll_alarm(self, deployment, name):
                raise error

        error, deployment = LookupError("x"), Deployment(quick(alarms=codedeploy.Alarms(("errors",))))
        with self.assertRaises(LookupError) as caught:
            asyncio.run(aio.run(deployment, Watching()))
        self.assertIs(caught.exception, error)

    def test_wrong_answers(self):
        class Odd(Canary):
            async def run_hook(self, deployment, action):
                return 7

        class OddPoll(Canary):
            async def poll_alarm(self, deployment, name):
                return 7.5

        for host, alarms in ((Odd(), None), (OddPoll(), codedeploy.Alarms(("errors",)))):
            deployment = Deployment(quick(HOOKED, alarms=alarms))
            with self.subTest(host=host), self.assertRaises(TypeError):
                asyncio.run(asyncio.wait_for(aio.run(deployment, host), 30))

    def test_cancelling_waits_for_what_cleans_up(self):
        class Cleaning(Canary):
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

        host, deployment = Cleaning(), Deployment(quick(HOOKED))
        asyncio.run(play())
        self.assertTrue(host.clean)
        self.assertEqual(len(deployment.open_actions), 1)
        restored = Deployment.restore(deployment.snapshot(), deployment.options)
        self.assertTrue(next(restored.actions()).repeated)

    def test_cancelling_twice_waits_no_longer_and_loses_nothing(self):
        class Stubborn(Canary):
            calls = 0

            async def run_hook(self, deployment, action):
                self.calls += 1
                if self.calls == 1:
                    try:
                        await asyncio.sleep(60)
                    finally:
                        await asyncio.sleep(60)

        async def play():
            task = asyncio.ensure_future(driver.run())
            await asyncio.sleep(0.01)
            task.cancel()
            await asyncio.sleep(0.01)
            task.cancel()
            with self.assertRaises(asyncio.CancelledError):
                await task
            return await asyncio.wait_for(driver.run(), 10)

        host = Stubborn()
        driver = aio.Driver(Deployment(quick(HOOKED)), host)
        self.assertEqual(asyncio.run(play()), DeploymentStatus.SUCCEEDED)
        self.assertEqual(host.calls, 2)

    def test_what_is_passed_on_is_done_by_nobody(self):
        class Passing(Canary):
            async def run_hook(self, deployment, action):
                raise codedeploy.Passthrough

            async def poll_alarm(self, deployment, name):
                raise codedeploy.Passthrough

        deployment, status = self.play(Passing(), quick(HOOKED, alarms=codedeploy.Alarms(("errors",), ignore_poll_failure=True)))
        self.assertEqual(status, DeploymentStatus.FAILED)

    def test_a_follow_up_that_fails_later_is_told(self):
        action = types.SimpleNamespace(kind=codedeploy.ActionKind.FOLLOW_UP, needs_answer=False)
        (input,) = codedeploy.host.results(action, None, ActionFailed("no"))
        self.assertEqual((input.kind, input.message), (InputKind.TROUBLE, "no"))

    def test_two_deployments_in_one_loop(self):
        class Async(Host):
            async def set_traffic(self, deployment, action):
                await asyncio.sleep(0.001)
                seen.append(deployment)

        async def play():
            return await asyncio.gather(*(aio.run(one, host) for one in both))

        seen, host, both = [], Async(), [Deployment(quick()), Deployment(quick())]
        self.assertEqual(asyncio.run(play()), [DeploymentStatus.SUCCEEDED] * 2)
        self.assertEqual([seen.count(one) for one in both], [2, 2])

    def test_the_wrong_thread_and_the_wrong_time(self):
        class Slow(Canary):
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
        driver = aio.Driver(Deployment(quick(HOOKED)), Slow())
        self.assertEqual(asyncio.run(play()), DeploymentStatus.STOPPED)
        self.assertEqual(len(errors), 1)


if __name__ == "__main__":
    warnings.simplefilter("error", ResourceWarning)
    unittest.main()
