# SPDX-License-Identifier: MIT
"""Deployments: both doors, hosts that raise, snapshots, the simulated host."""

import gc
import json
import threading
import unittest
import warnings

from deployments import Canary, canary, fleet

import codedeploy
from codedeploy import (
    PENDING,
    ActionFailed,
    ActionKind,
    AlarmState,
    AppSpec,
    ChangeKind,
    Deployment,
    DeploymentInput,
    DeploymentOptions,
    DeploymentStatus,
    Host,
    InputKind,
    sim,
)


class PullDoor(unittest.TestCase):
    def test_a_fleet(self):
        deployment = fleet(asks_to_save=True)
        deployment.start(0)
        kinds = []
        for now in range(1, 200):
            for action in deployment.actions():
                kinds.append(str(action.kind))
                if action.kind == ActionKind.RUN_HOOK:
                    environment = deployment.environment(action)
                    self.assertEqual(environment["LIFECYCLE_EVENT"], action.event_name)
                    self.assertEqual(environment["DEPLOYMENT_ID"], "d-EXAMPLE02")
                if action.needs_answer:
                    self.assertEqual(deployment.open_action(action.token), action)
                    self.assertIn(action, deployment.open_actions)
                    deployment.answer(now, action.token)
                    self.assertIsNone(deployment.open_action(action.token))
            if deployment.over:
                break
            deployment.step(now)
        self.assertEqual(deployment.status, DeploymentStatus.SUCCEEDED)
        self.assertEqual(deployment.info.succeeded, 3)
        self.assertIn("Save", kinds)
        self.assertEqual(deployment.rollout.verdict, codedeploy.RolloutVerdict.SUCCEEDED)
        self.assertEqual([view.id for view in deployment.rollout], ["i-1", "i-2", "i-3"])
        self.assertFalse(hasattr(deployment.rollout, "result"))
        self.assertEqual(len(deployment.events("i-2")), len(deployment.plan("i-2")))
        self.assertEqual(json.loads(deployment.write_info())["deploymentInfo"]["status"], "Succeeded")
        self.assertEqual(len(json.loads(deployment.write_targets(["i-1"]))["deploymentTargets"]), 1)
        self.assertEqual(len(json.loads(deployment.write_targets())["deploymentTargets"]), 3)
        self.assertEqual(deployment.past.status, DeploymentStatus.SUCCEEDED)
        self.assertEqual(deployment.config.name, "CodeDeployDefault.OneAtATime")
        self.assertEqual(deployment.group.name, "web")

    def test_refusals_carry_the_apis_exception(self):
        deployment = Deployment(canary())
        deployment.start(0)
        with self.assertRaises(codedeploy.StateError) as caught:
            deployment.start(1)
        self.assertTrue(caught.exception.diagnostics)
        with self.assertRaises(codedeploy.NotFoundError) as caught:
            deployment.answer(1, 999)
        self.assertEqual(caught.exception.diagnostics[0].info.api_name,
                         "InvalidLifecycleEventHookExecutionIdException")
        with self.assertRaises(codedeploy.TimeError):
            deployment.step(-1)
        with self.assertRaises(TypeError):
            deployment.step("now")
        with self.assertRaises(TypeError):
            Deployment(id="d-1", group=7)
        with self.assertRaises(codedeploy.DeploymentError):
            Deployment(id="ä", group=canary().group)

    def test_snapshot_and_replay(self):
        options = canary()
        one, other = Deployment(options), Deployment(options)
        log = []

        def put(now, input=None):
            one.put(now, input)
            log.append(Deployment.write_input(now, input))

        put(0, DeploymentInput(InputKind.START))
        (action,) = one.actions()
        restored = Deployment.restore(one.snapshot(), options)
        (again,) = restored.actions()
        self.assertTrue(again.repeated)
        self.assertEqual(again.token, action.token)
        put(5, DeploymentInput(InputKind.ANSWER, token=action.token))
        put(300_005)
        for line in log:
            other.replay(line)
            list(other.actions())
        list(one.actions())
        self.assertEqual(one.snapshot(), other.snapshot())
        with self.assertRaises(codedeploy.CorruptError):
            Deployment.restore(one.snapshot()[:-3], options)
        with self.assertRaises(codedeploy.CorruptError):
            other.replay("{")

    def test_rollback(self):
        options = canary(auto_rollback=codedeploy.AutoRollback(True, {"DEPLOYMENT_STOP_ON_REQUEST"}))
        deployment = Deployment(options)
        deployment.start(0)
        (action,) = deployment.actions()
        deployment.answer(0, action.token)
        self.assertTrue(deployment.plan_rollback().info.possible)
        deployment.stop(10, auto_rollback=True)
        kinds = [action.kind for action in deployment.actions()]
        self.assertIn(ActionKind.ROLL_BACK, kinds)
        plan = deployment.plan_rollback()
        back = deployment.new_rollback(plan, id="d-BACK00001", appspec=options.appspec)
        deployment.rolled_back(11, back.id)
        self.assertEqual(deployment.info.rollback_id, "d-BACK00001")
        del deployment, options, plan
        gc.collect()
        back.start(12)
        self.assertEqual([action.weight for action in back.actions() if action.kind == ActionKind.SET_TRAFFIC], [0])

    def test_changes_are_told_in_sentences(self):
        deployment = Deployment(canary())
        deployment.start(0)
        self.assertEqual(str(deployment.changes[0]), "d-EXAMPLE01 InProgress")
        self.assertEqual(deployment.changes[0].kind, ChangeKind.STATUS)


class Callbacks(unittest.TestCase):
    def test_to_the_end(self):
        deployment, host = Deployment(canary()), Canary()
        host.start(deployment, 0)
        host.step(deployment, deployment.next_deadline)
        self.assertEqual(host.weights, [10, 100])
        self.assertEqual(deployment.status, DeploymentStatus.SUCCEEDED)

    def test_run_by_a_clock_of_ones_own(self):
        deployment, host, time = Deployment(canary()), Canary(), [0]

        def sleep(seconds):
            time[0] += int(seconds * 1000) * 1000

        self.assertEqual(host.run(deployment, clock=lambda: time[0], sleep=sleep), DeploymentStatus.SUCCEEDED)

    def test_what_cannot_be_done_was_not_done(self):
        deployment = Deployment(canary())
        Host().start(deployment, 0)
        self.assertEqual(deployment.status, DeploymentStatus.FAILED)

    def test_perform_takes_what_is_not_defined(self):
        class Anything(Host):
            def perform(self, deployment, action):
                if action.kind == ActionKind.RUN_HOOK:
                    raise codedeploy.Passthrough
                seen.append(str(action.kind))

        seen, deployment = [], Deployment(canary(hooks={"BeforeAllowTraffic": "f"}))
        Anything().start(deployment, 0)
        self.assertEqual(deployment.status, DeploymentStatus.FAILED)

    def test_what_a_method_passes_on_is_performed(self):
        class Passing(Host):
            def set_traffic(self, deployment, action):
                seen.append("own")
                raise codedeploy.Passthrough

            def poll_alarm(self, deployment, name):
                raise codedeploy.Passthrough

        class Performing(Passing):
            def perform(self, deployment, action):
                seen.append(str(action.kind))

        for host, status in ((Passing(), DeploymentStatus.FAILED), (Performing(), DeploymentStatus.IN_PROGRESS)):
            seen = []
            deployment = Deployment(canary(alarms=codedeploy.Alarms(("errors",), ignore_poll_failure=True)))
            host.start(deployment, 0)
            self.assertEqual(seen.count("own"), 1)
            self.assertEqual(seen.count("SetTraffic"), int(status == DeploymentStatus.IN_PROGRESS))
            self.assertEqual(deployment.status, status)

    def test_an_input_goes_in_also_when_what_was_put_off_raises(self):
        class Broken(Host):
            def perform(self, deployment, action):
                raise ZeroDivisionError

        deployment, host = fleet(config="CodeDeployDefault.AllAtOnce"), Broken()
        with self.assertRaises(ZeroDivisionError):
            host.start(deployment, 0)
        with self.assertRaises(ZeroDivisionError):
            host.step(deployment, 7, DeploymentInput(InputKind.STOP))
        self.assertEqual(deployment.now, 7)
        self.assertIn(deployment.info.stop_status, (codedeploy.StopStatus.PENDING, codedeploy.StopStatus.SUCCEEDED))

    def test_a_failure_is_an_answer(self):
        class Failing(Canary):
            def run_hook(self, deployment, action):
                raise ActionFailed("no", error="ScriptFailed")

        deployment = Deployment(canary(hooks={"BeforeAllowTraffic": "f"}))
        Failing().start(deployment, 0)
        self.assertEqual(deployment.status, DeploymentStatus.FAILED)
        event = deployment.events(0)[0]
        self.assertEqual((event.error, event.message), (codedeploy.EventError.SCRIPT_FAILED, "no"))

    def test_what_is_raised_comes_out_unchanged(self):
        class Broken(Host):
            def set_traffic(self, deployment, action):
                raise error

        for error in (KeyError("x"), KeyboardInterrupt(), SystemExit(2), OSError(5, "fire"),
                      codedeploy.StateError(-6), StopIteration(), MemoryError()):
            deployment = Deployment(canary())
            with self.assertRaises(type(error)) as caught:
                Broken().start(deployment, 0)
            self.assertIs(caught.exception, error)
            self.assertEqual(deployment.status, DeploymentStatus.FAILED)
            deployment.snapshot()

    def test_what_was_not_carried_out_is_carried_out_by_the_next_call(self):
        class Once(Host):
            def __init__(self):
                self.done, self.broken = [], True

            def perform(self, deployment, action):
                if self.broken and action.target_id == "i-2":
                    self.broken = False
                    raise ZeroDivisionError
                self.done.append((action.target_id, action.event_name))

        deployment = fleet(config="CodeDeployDefault.AllAtOnce")
        host = Once()
        with self.assertRaises(ZeroDivisionError):
            host.start(deployment, 0)
        self.assertFalse(deployment.over)
        for now in range(1, 100):
            if deployment.over:
                break
            host.step(deployment, now)
        self.assertEqual(deployment.status, DeploymentStatus.SUCCEEDED)
        self.assertEqual(deployment.info.failed, 1)
        self.assertEqual(len([one for one in host.done if one[0] == "i-3"]),
                         len([one for one in host.done if one[0] == "i-1"]))

    def test_a_callback_looks_and_may_not_change(self):
        class Nosy(Host):
            def set_traffic(self, deployment, action):
                deployment.snapshot()
                deployment.info
                deployment.stop(99)

        deployment = Deployment(canary())
        with self.assertRaises(codedeploy.StateError):
            Nosy().start(deployment, 0)

    def test_closing_in_a_callback(self):
        class Closing(Host):
            def set_traffic(self, deployment, action):
                deployment.close()

        deployment = Deployment(canary())
        with self.assertRaises(codedeploy.ClosedError):
            host = Closing()
            host.start(deployment, 0)
            host.step(deployment, 1)
        gc.collect()

    def test_pending_is_answered_later(self):
        class Later(Host):
            def set_traffic(self, deployment, action):
                self.token = action.token
                return PENDING

        deployment, host = Deployment(canary("10:1s,100")), Later()
        host.start(deployment, 0)
        gc.collect()
        host.answer(deployment, 500, host.token)
        host.step(deployment, 1500)
        host.answer(deployment, 1600, host.token, "no", failed=True)
        self.assertEqual(deployment.status, DeploymentStatus.FAILED)

    def test_garbage_while_an_answer_is_pending(self):
        class Later(Host):
            def set_traffic(self, deployment, action):
                return PENDING

        for _ in range(50):
            deployment = Deployment(canary())
            Later().start(deployment, 0)
            del deployment
            gc.collect()

    def test_alarms(self):
        class Watching(Canary):
            state = AlarmState.OK

            def poll_alarm(self, deployment, name):
                if name == "errors":
                    return self.state
                raise ActionFailed

        options = canary(alarms=codedeploy.Alarms(("errors",)))
        deployment, host = Deployment(options), Watching()
        host.start(deployment, 0)
        self.assertEqual(deployment.alarms[0].state, AlarmState.OK)
        host.state = "ALARM"
        host.step(deployment, 10_000)
        self.assertEqual(deployment.status, DeploymentStatus.STOPPED)
        self.assertEqual(deployment.info.error_code, codedeploy.ErrorCode.ALARM_ACTIVE)

    def test_notifications_and_changes(self):
        class Telling(Canary):
            def __init__(self):
                super().__init__()
                self.told, self.seen = [], []

            def notify(self, deployment, action):
                self.told.append(deployment.notification(action))

            def changed(self, deployment, change):
                self.seen.append(str(change))

        trigger = codedeploy.Trigger("t", "arn:aws:sns:us-east-1:123456789012:t", frozenset({"DeploymentStart"}))
        deployment, host = Deployment(canary(group={"triggers": (trigger,)})), Telling()
        host.start(deployment, 0)
        (subject, message), = host.told
        self.assertIn("CREATED", json.loads(message)["status"] + "CREATED")
        self.assertTrue(subject)
        self.assertIn("d-EXAMPLE01 InProgress", host.seen)

    def test_a_raise_in_changed(self):
        class Broken(Canary):
            def changed(self, deployment, change):
                raise LookupError(str(change))

        deployment = Deployment(canary())
        with self.assertRaises(LookupError):
            Broken().start(deployment, 0)

    def test_roll_back(self):
        class Rolling(Canary):
            def roll_back(self, deployment, action):
                plan = deployment.plan_rollback()
                self.made = deployment.new_rollback(plan, id="d-BACK00001", appspec=deployment.options.appspec)
                return self.made

        deployment, host = Deployment(canary()), Rolling()
        host.start(deployment, 0)
        host.step(deployment, 5, DeploymentInput(InputKind.STOP, answer=codedeploy.Flag.YES))
        self.assertEqual(deployment.info.rollback_id, "d-BACK00001")
        host.start(host.made, 6)
        self.assertEqual(host.weights, [10, 0])
        self.assertEqual(host.made.status, DeploymentStatus.SUCCEEDED)

    def test_wrong_answers(self):
        class Odd(Host):
            def set_traffic(self, deployment, action):
                return 7

        class Coroutine(Host):
            async def set_traffic(self, deployment, action):
                pass

        for host in (Odd(), Coroutine()):
            with self.assertRaises(TypeError):
                host.start(Deployment(canary()), 0)
        with self.assertRaises(TypeError):
            Odd().start(7, 0)


class Threads(unittest.TestCase):
    def test_two_threads_on_two_deployments(self):
        def play(results):
            for _ in range(20):
                deployment, host = Deployment(canary()), Canary()
                host.start(deployment, 0)
                host.step(deployment, 300_000)
                results.append(deployment.status)

        results = []
        threads = [threading.Thread(target=play, args=(results,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(results, [DeploymentStatus.SUCCEEDED] * 80)

    def test_many_threads_on_one_deployment_take_turns(self):
        deployment, host, errors = Deployment(canary("10:50s,100")), Canary(), []
        host.start(deployment, 0)

        def look():
            try:
                for _ in range(200):
                    deployment.info, deployment.snapshot(), deployment.changes, deployment.next_deadline
            except Exception as error:
                errors.append(error)

        def drive():
            for now in range(0, 49_000, 250):
                host.step(deployment, now)

        threads = [threading.Thread(target=look) for _ in range(3)] + [threading.Thread(target=drive)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(errors, [])

    def test_an_answer_from_another_thread(self):
        class Later(Host):
            def set_traffic(self, deployment, action):
                threading.Timer(0.02, lambda: self.answer(deployment, deployment.now or 0, action.token)).start()
                return PENDING

        self.assertEqual(Later().run(Deployment(canary("100"))), DeploymentStatus.SUCCEEDED)

    def test_other_threads_run_during_a_long_call(self):
        """The interpreter's lock is not held while the library works."""
        text = "version: 0.0\nos: linux\nfiles:\n" + "".join(
            f"  - source: f{i}\n    destination: /srv/{i}\n" for i in range(8000))
        count, stop = [0], threading.Event()

        def work():
            while not stop.is_set():
                count[0] += 1

        thread = threading.Thread(target=work)
        thread.start()
        for _ in range(5):
            AppSpec.parse(text)
        stop.set()
        thread.join()
        self.assertGreater(count[0], 1000)


class Simulated(unittest.TestCase):
    def test_a_story(self):
        options = canary("10:10m,100", hooks={"BeforeAllowTraffic": "smoke"}, alarms=codedeploy.Alarms(("errors",)),
                         auto_rollback=codedeploy.AutoRollback(True, {"DEPLOYMENT_STOP_ON_ALARM"}))
        with sim.SimHost(options, answer_ms=15_000, more_ids=["d-BACK00001"]) as host:
            host.add_rule("RunHook", event="BeforeAllowTraffic", after_ms=90_000)
            host.add_alarm(420_000, "errors", "ALARM")
            host.run()
            first, second = host.deployments
            self.assertEqual((first.status, second.status), (DeploymentStatus.STOPPED, DeploymentStatus.SUCCEEDED))
            self.assertEqual(second.id, "d-BACK00001")
            self.assertIn("0:07:00.000   alarm errors is ALARM", host.render())
            self.assertTrue(any(entry.weight == 10 for entry in host.entries))
            for call in (lambda: first.stop(10**9), lambda: first.next_action(), lambda: Canary().step(first, 10**9)):
                with self.assertRaises(TypeError):
                    call()
        gc.collect()
        self.assertEqual(first.status, DeploymentStatus.STOPPED)
        with self.assertRaises(codedeploy.ClosedError):
            host.run()

    def test_every_fault_ends_well(self):
        options = canary("10:1s,100", hooks={"BeforeAllowTraffic": "smoke"})
        host = sim.SimHost(options)
        host.set_fault(None)
        host.run()
        calls = host.calls()
        self.assertGreater(calls, 2)
        for at in range(1, calls + 1):
            host = sim.SimHost(options)
            host.set_fault(sim.Fault(at, status=-1005))
            host.run()
            self.assertTrue(host.deployments[0].over)

    def test_refused_scripts(self):
        host = sim.SimHost(canary())
        with self.assertRaises(codedeploy.ArgumentError):
            host.add_rule(after_ms=-1)
        host.run()
        with self.assertRaises(codedeploy.TimeError):
            host.add_stop(0)
        with self.assertRaises(codedeploy.DeploymentError):
            sim.SimHost(DeploymentOptions("", canary().group))


if __name__ == "__main__":
    warnings.simplefilter("error", ResourceWarning)
    unittest.main()
