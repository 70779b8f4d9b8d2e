// SPDX-License-Identifier: MIT

package codedeploy

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"sync"
	"testing"
	"time"
)

const groupJSON = `{"applicationName": "shop", "deploymentGroupName": "web",
	"serviceRoleArn": "arn:aws:iam::123456789012:role/deploy",
	"ec2TagFilters": [{"Key": "env", "Value": "prod", "Type": "KEY_AND_VALUE"}]}`

// everything makes one object of each kind, and knows calls of it.
func everything(t testing.TB) map[string]struct {
	close func() error
	calls func() error
} {
	spec := must[*AppSpec](t)(ParseAppSpec([]byte(server), nil))
	config := must[*DeploymentConfig](t)(NewDeploymentConfig(DeploymentConfigFields{Name: "Mine", Minimum: Minimum{MinimumHostCount, 1}}))
	schedule := must[*TrafficSchedule](t)(ParseTrafficSchedule("10:5m,100", nil))
	cursor := must[*TrafficCursor](t)(schedule.Cursor(0))
	plan := must[*LifecyclePlan](t)(NewLocalLifecyclePlan(nil, nil))
	lifecycle := must[*Lifecycle](t)(plan.NewLifecycle(nil))
	rollout := must[*Rollout](t)(NewRollout(nil))
	group := must[*DeploymentGroup](t)(ParseDeploymentGroup([]byte(groupJSON), nil))
	members := must[*Members](t)(group.MembersOf(Instance{ID: "i-1", Tags: []Tag{{"env", "prod"}}}))
	reader := must[*InventoryReader](t)(NewInventoryReader(bytes.NewReader([]byte("[]")), nil))
	record := must[*InstallRecord](t)(ParseInstallRecord([]byte("/a\n")))
	sim, simple := simWithRevision(t)
	install := must[*InstallPlan](t)(NewInstallPlan(simple, sim, nil))
	applied := must[*Install](t)(install.NewInstall(sim, InstallOptions{Group: "g", ID: "d"}))
	deployment := newServer(t, serverOptions(t), 1)
	simulated := must[*SimHost](t)(NewSimHost(SimOptions{Deployment: lambdaOptions(t), Answer: time.Second}))
	views := simulated.Deployments()
	type one = struct {
		close func() error
		calls func() error
	}
	return map[string]one{
		"AppSpec": {spec.Close, func() error {
			spec.Platform()
			spec.Version()
			spec.OS()
			spec.FileExistsBehavior()
			spec.Files()
			spec.Permissions()
			spec.Hooks()
			spec.Hook("AfterInstall")
			spec.Lambda()
			spec.ECS()
			spec.Equal(spec)
			spec.Diagnostics()
			_, _ = spec.FindPlace("/files")
			_, err := spec.Write(NotationYAML)
			return err
		}},
		"DeploymentConfig": {config.Close, func() error {
			config.Name()
			config.Platform()
			config.IsPredefined()
			config.Fields()
			config.ZoneWait(0)
			config.ForRollback()
			_, _ = config.ZoneMinimumFor(1)
			_ = config.CheckUse(ConfigUse{Platform: PlatformServer})
			_ = config.CheckCreate(config)
			_ = config.CheckDelete(false)
			_, _ = config.Write(ConfigShapeInfo, 0)
			_, _ = FindDeploymentConfig("Mine", config)
			_, err := config.MinimumFor(3)
			return err
		}},
		"TrafficSchedule": {schedule.Close, func() error {
			_ = schedule.String()
			schedule.Duration()
			schedule.Gates()
			schedule.Routes()
			schedule.Steps()
			_, _ = schedule.NextChange(0, 0)
			_, _ = schedule.WeightWithGates(0, nil, 0)
			_, err := schedule.WeightAt(0, 0)
			return err
		}},
		"TrafficCursor": {cursor.Close, func() error {
			cursor.NextDeadline()
			cursor.Now()
			cursor.StepsBegun()
			cursor.Began(0)
			cursor.Weight()
			cursor.AtGate()
			cursor.Done()
			_ = cursor.Schedule().String()
			_, _ = cursor.OpenGate(0)
			_, _ = cursor.Continue(0)
			_, _ = cursor.Step(0)
			_, err := cursor.Snapshot()
			return err
		}},
		"LifecyclePlan": {plan.Close, func() error {
			plan.Platform()
			plan.Scenario()
			plan.Events()
			plan.Find("Install")
			plan.Revision(0, 0, false)
			_, err := plan.NewLifecycle(nil)
			return err
		}},
		"Lifecycle": {lifecycle.Close, func() error {
			_ = lifecycle.Start(0)
			lifecycle.Status()
			lifecycle.Reason()
			lifecycle.Now()
			lifecycle.Events()
			lifecycle.Changes()
			lifecycle.NextDeadline()
			_, _ = lifecycle.Next()
			lifecycle.Plan().Events()
			_, err := lifecycle.Snapshot()
			return err
		}},
		"Rollout": {rollout.Close, func() error {
			_ = rollout.Add(RolloutInstance{ID: "i-1"})
			_ = rollout.Start(0)
			_, _ = rollout.Decide(0)
			_ = rollout.Result(0, 0, true, 0)
			_ = rollout.Stop(StopManual, 0)
			rollout.Instances()
			rollout.Zones()
			rollout.Numbers()
			rollout.Held()
			rollout.Verdict()
			rollout.Outdated()
			rollout.AutoScalingAnswer()
			rollout.Diagnostics()
			rollout.Phase()
			rollout.Settled()
			_, _ = rollout.Join(RolloutInstance{ID: "i-2"}, 0)
			_ = rollout.Leave(0, 0)
			_ = rollout.Restart(0, 0)
			_ = rollout.Continue(0)
			_, _ = rollout.Explain(0)
			_, _ = rollout.Instance(0)
			_, _ = rollout.Find("i-1")
			_, err := rollout.Snapshot()
			return err
		}},
		"DeploymentGroup": {group.Close, func() error {
			group.Content()
			group.Platform()
			_ = group.String()
			group.ConfigName()
			group.ShapeRead()
			_, _ = group.Match(Instance{ID: "i-1"})
			_, _ = group.Explain(Instance{ID: "i-1"})
			_, _ = CheckGroupsTogether(group)
			_, _ = group.Update([]byte("{}"), nil)
			_, _ = group.Replacement([]byte("{}"), nil)
			_, err := group.Write(GroupShapeInfo, 0)
			return err
		}},
		"Members": {members.Close, func() error {
			members.Len()
			members.Seen()
			members.Duplicates()
			members.Find("i-1")
			if members.All() == nil {
				return ErrClosed
			}
			return nil
		}},
		"InventoryReader": {reader.Close, func() error {
			_, err := reader.Next()
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}},
		"InstallRecord": {record.Close, func() error {
			record.Contains("/a")
			if record.Entries() == nil {
				return ErrClosed
			}
			return nil
		}},
		"InstallPlan": {install.Close, func() error {
			install.Mode()
			install.Totals()
			install.Conflicts()
			_, _ = install.Instructions()
			_, _ = install.WriteText()
			_, err := install.WriteRecord()
			return err
		}},
		"Install": {applied.Close, func() error {
			applied.State()
			applied.Progress()
			_, err := applied.Step()
			if errors.Is(err, ErrState) && !errors.Is(err, errClosed) {
				return nil
			}
			return err
		}},
		"Deployment": {deployment.Close, func() error {
			_, _ = deployment.Step(0)
			_, _ = deployment.Replay(nil)
			_ = deployment.LogInputs(nil)
			_ = deployment.OpenActions()
			_, _ = deployment.OpenAction(1)
			deployment.Post(Input{})
			_ = deployment.Perform(context.Background(), BaseHost{}, 0)
			_, _ = deployment.NewRollback(nil, DeploymentOptions{})
			_, err := deployment.Snapshot()
			return err
		}},
		"SimHost": {simulated.Close, func() error {
			_ = simulated.AddRule(SimRule{Kind: ActionInstall})
			_ = simulated.AddAlarm(time.Hour, "errors", AlarmStateOK)
			_ = simulated.AddInput(SimInput{At: time.Hour, Input: StopInput(AnswerNo)})
			_ = simulated.SetFault(SimFault{})
			_ = simulated.Run(time.Minute)
			simulated.Calls(true)
			simulated.Now()
			simulated.Entries()
			for _, view := range append(simulated.Deployments(), views...) {
				_, _ = view.Info()
				view.Status()
				view.Over()
				view.Platform()
				view.NextDeadline()
				view.Now()
				view.Group().Name()
				view.Config().Name()
				_ = view.Schedule()
				_, _ = view.Rollout()
				view.Targets()
				_, _ = view.Target(0)
				_, _ = view.FindTarget("i-01")
				view.Alarms()
				_, _ = view.PlanRollback(0, "")
				_, _ = view.Past()
				_, _ = view.Record()
				_, _ = view.TargetRecords()
				_, _, _ = view.WriteNotification(&Action{}, NotificationShapeGuide)
			}
			_, err := simulated.Render(SimDetailActions)
			return err
		}},
		"SimFileSystem": {sim.Close, func() error {
			sim.Calls(false)
			_, err := sim.Describe(RootRevision)
			return err
		}},
	}
}

func TestUseAfterClose(t *testing.T) {
	for name, one := range everything(t) {
		if err := one.calls(); err != nil && !errors.Is(err, ErrState) {
			t.Errorf("%s: %v", name, err)
		}
		if err := one.close(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if err := one.calls(); !errors.Is(err, ErrClosed) {
			t.Errorf("%s: after Close: %v", name, err)
		}
		if err := one.close(); err != nil {
			t.Errorf("%s: closed twice: %v", name, err)
		}
	}
}

// Zero values and nil pointers are closed objects.
func TestNothing(t *testing.T) {
	var spec AppSpec
	equal(t, "files", len(spec.Files()), 0)
	var none *AppSpec
	equal(t, "platform", none.Platform(), PlatformAuto)
	_, err := none.Write(NotationYAML)
	wantStatus(t, err, ErrClosed)
	var rollout Rollout
	wantStatus(t, rollout.Start(0), ErrClosed)
	wantStatus(t, (*Rollout)(nil).Start(0), ErrClosed)
	var install Install
	_, err = install.Step()
	wantStatus(t, err, ErrClosed)
	equal(t, "close", spec.Close(), nil)
	for _, config := range PredefinedDeploymentConfigs()[:1] {
		config.Close()
		equal(t, "a predefined one is never closed", config.Name() != "", true)
	}
}

// Objects are closed in the wrong order, and while others need them.
func TestCloseOrder(t *testing.T) {
	schedule := must[*TrafficSchedule](t)(ParseTrafficSchedule("10:5m,100", nil))
	cursor := must[*TrafficCursor](t)(schedule.Cursor(0))
	schedule.Close()
	progress := must[TrafficProgress](t)(cursor.Step(0))
	equal(t, "weight", progress.Weight, 10)
	cursor.Close()
	config := must[*DeploymentConfig](t)(NewDeploymentConfig(DeploymentConfigFields{Minimum: Minimum{MinimumHostCount, 1}, Zones: &ZonalConfig{}}))
	rollback := config.ForRollback()
	config.Close()
	equal(t, "rollback", must[int](t)(rollback.MinimumFor(3)), 1)
	rollback.Close()
}

// Objects that nobody closes are freed; nothing is freed while it is used.
func TestGarbage(t *testing.T) {
	for i := 0; i < 50; i++ {
		for _, one := range everything(t) {
			_ = one.calls()
		}
		cursor := must[*TrafficCursor](t)(must[*TrafficSchedule](t)(ParseTrafficSchedule("10:5m,100", nil)).Cursor(0))
		if i%10 == 0 {
			runtime.GC()
		}
		_ = must[TrafficProgress](t)(cursor.Step(0))
	}
}

// Many goroutines use the same objects while they are closed.
func TestGoroutines(t *testing.T) {
	for round := 0; round < 5; round++ {
		all := everything(t)
		var group sync.WaitGroup
		for name, one := range all {
			if name == "Install" || name == "SimFileSystem" {
				continue // one at a time: ErrBusy
			}
			one := one
			for i := 0; i < 3; i++ {
				group.Add(1)
				go func() {
					defer group.Done()
					for n := 0; n < 20; n++ {
						_ = one.calls()
					}
				}()
			}
			group.Add(1)
			go func() {
				defer group.Done()
				time.Sleep(time.Duration(round) * time.Millisecond)
				_ = one.close()
			}()
		}
		group.Wait()
	}
}

// Two goroutines, each with an install and a file system of its own in Go.
func TestTwoInstalls(t *testing.T) {
	var group sync.WaitGroup
	for i := 0; i < 2; i++ {
		group.Add(1)
		go func() {
			defer group.Done()
			for n := 0; n < 10; n++ {
				sim, spec := simWithRevision(t)
				files := &watched{SimFileSystem: sim, before: func(string) { runtime.GC() }}
				plan, err := NewInstallPlan(spec, files, nil)
				if err != nil {
					t.Error(err)
					return
				}
				install, err := plan.NewInstall(files, InstallOptions{Group: "g", ID: "d"})
				if err == nil {
					err = install.Apply(context.Background())
				}
				if err != nil {
					t.Error(err)
				}
			}
		}()
	}
	group.Wait()
}

// A panic of a callback comes out of the call; the object can still be used and closed.
func TestPanics(t *testing.T) {
	sim, spec := simWithRevision(t)
	files := &watched{SimFileSystem: sim}
	plan := must[*InstallPlan](t)(NewInstallPlan(spec, files, nil))
	before := must[string](t)(sim.Describe(RootDestination))
	for _, value := range []any{"a text", errors.New("an error"), 7} {
		install := must[*Install](t)(plan.NewInstall(files, InstallOptions{Group: "g", ID: "d"}))
		files.before = func(string) { panic(value) }
		func() {
			defer func() {
				if got := recover(); got != value {
					t.Errorf("got %v, want %v", got, value)
				}
			}()
			_ = install.Apply(context.Background())
			t.Error("no panic")
		}()
		equal(t, "state", install.State(), InstallStateUndone)
		equal(t, "tree", must[string](t)(sim.Describe(RootDestination)), before)
		install.Close()
	}
	install := must[*Install](t)(plan.NewInstall(files, InstallOptions{Group: "g", ID: "d", Progress: func(InstallProgress) error { panic("progress") }}))
	func() {
		defer func() { equal(t, "panic", fmt.Sprint(recover()), "progress") }()
		_ = install.Apply(context.Background())
	}()
	equal(t, "state", install.State() == InstallStateUndone || install.State() == InstallStateReady, true)
}

// A callback that ends its goroutine leaves the object in the midst of something: it is busy for
// ever, and nothing crashes.
func TestGoexit(t *testing.T) {
	before := settled()
	defer func() { abandoned += settled() - before }()
	unwatched(func() { leaveInTheMidst(t) })
}

func leaveInTheMidst(t *testing.T) {
	sim, spec := simWithRevision(t)
	files := &watched{SimFileSystem: sim}
	plan := must[*InstallPlan](t)(NewInstallPlan(spec, files, nil))
	install := must[*Install](t)(plan.NewInstall(files, InstallOptions{Group: "g", ID: "d"}))
	files.before = func(string) { runtime.Goexit() }
	done := make(chan bool)
	go func() {
		defer close(done)
		unwatched(func() { _ = install.Apply(context.Background()) })
		t.Error("came back")
	}()
	<-done
	_, err := install.Step()
	wantStatus(t, err, ErrBusy)
	equal(t, "close", install.Close(), nil)
	runtime.GC()
	equal(t, "the file system is there", must[string](t)(sim.Describe(RootRevision)) != "", true)
}

// What is used by a call cannot be used from within its callbacks: an error, and no deadlock.
func TestCallsFromCallbacks(t *testing.T) {
	sim, spec := simWithRevision(t)
	plan := must[*InstallPlan](t)(NewInstallPlan(spec, sim, nil))
	var install *Install
	var inner, innerFS error
	closed := false
	install = must[*Install](t)(plan.NewInstall(sim, InstallOptions{Group: "g", ID: "d", Progress: func(InstallProgress) error {
		_, inner = install.Step()
		_, innerFS = sim.Describe(RootRevision)
		if !closed {
			closed = true
			install.Close()
			plan.Close()
			spec.Close()
		}
		return nil
	}}))
	if err := install.Apply(context.Background()); err != nil {
		t.Error(err)
	}
	wantStatus(t, inner, ErrBusy)
	wantStatus(t, innerFS, ErrBusy)
	_, err := install.Step()
	wantStatus(t, err, ErrClosed)
}

func TestErrors(t *testing.T) {
	var err error = &Error{Op: "try", Status: ErrDenied}
	equal(t, "text", err.Error(), "codedeploy: try: "+ErrDenied.Error())
	equal(t, "is", errors.Is(err, ErrDenied), true)
	equal(t, "is not", errors.Is(err, ErrFull), false)
	equal(t, "status", ErrDenied.String(), "CDP_ERR_DENIED")
	own := errors.New("own")
	err = &Error{Op: "try", Status: ErrHost, Err: own, Diagnostics: Diagnostics{{Message: "m", Severity: SeverityNote}}}
	var found Diagnostics
	equal(t, "as", errors.As(err, &found) && errors.Is(err, own) && len(found) == 1, true)
	equal(t, "text", err.Error(), "codedeploy: try: own")
	for _, code := range DiagnosticCodes() {
		info := must[DiagnosticInfo](t)(code.Info())
		again := must[DiagnosticCode](t)(DiagnosticCodeFromName(info.Name))
		equal(t, info.Name, again, code)
		equal(t, "name", code.String(), info.Name)
	}
	_, err = DiagnosticCode(1).Info()
	wantStatus(t, err, ErrNotFound)
	_, err = DiagnosticCodeFromName("no-such-code")
	wantStatus(t, err, ErrNotFound)
	equal(t, "unknown", DiagnosticCode(1).String(), "unknown")
	made := must[Diagnostic](t)(NewDiagnostic(CodeTooDeep, "9"))
	equal(t, "message", made.Message, "Lists and mappings are nested more than 9 deep here.")
	_, err = NewDiagnostic(CodeTooDeep, "1", "2", "3", "4", "5")
	wantStatus(t, err, ErrArgument)
	word, ok := Suggest("AfterInstal", []string{"BeforeInstall", "AfterInstall"})
	equal(t, "suggestion", fmt.Sprint(word, ok), "AfterInstalltrue")
	_, ok = Suggest("AfterInstal", nil)
	equal(t, "no suggestion", ok, false)
	equal(t, "limits", DefaultLimits().InputBytes, 1<<20)
	equal(t, "version", VersionNumber() >= 1000 && Version() != "", true)
	equal(t, "yaml", FeatureYAMLLibyaml.Supported() != FeatureYAMLLibfyaml.Supported(), true)
	wantStatus(t, Status(-1).wrap(), ErrNoMemory)
}

func (s Status) wrap() error {
	return &Error{Op: "wrap", Status: s}
}

func TestEnumerations(t *testing.T) {
	text := must[[]byte](t)(EventAfterInstall.MarshalText())
	equal(t, "name", string(text), "AfterInstall")
	var event Event
	equal(t, "read", event.UnmarshalText(text), nil)
	equal(t, "event", event, EventAfterInstall)
	wantStatus(t, event.UnmarshalText([]byte("afterinstall")), ErrNotFound)
	_, err := Event(99).MarshalText()
	wantStatus(t, err, ErrArgument)
	equal(t, "unknown", Event(99).String(), "unknown")
	equal(t, "reason", LifecycleReasonRunLimit.Message() != "", true)
	equal(t, "source", RuleHoldMinimum.Source() != "", true)
	equal(t, "agent", EventErrorFromAgent(6), EventErrorUnknownError)
	equal(t, "order", WorkOrder(InstanceUnhealthy, RevisionHealthUnknown) < WorkOrder(InstanceHealthy, RevisionHealthOld), true)
}
