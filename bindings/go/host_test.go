// SPDX-License-Identifier: MIT

package codedeploy

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

// quick does everything at once, and counts it.
type quick struct {
	HostFunc
	mutex sync.Mutex
	done  map[ActionKind]int
	told  []string
	hook  func(context.Context, *Action) error
}

func newQuick(hook func(context.Context, *Action) error) *quick {
	q := &quick{done: map[ActionKind]int{}, hook: hook}
	q.HostFunc = func(ctx context.Context, a *Action) Reply {
		q.mutex.Lock()
		q.done[a.Kind]++
		q.mutex.Unlock()
		if a.Kind == ActionRunHook && q.hook != nil {
			return Reply{Err: q.hook(ctx, a)}
		}
		if a.Kind == ActionCancel {
			return Reply{Err: StatusPassthrough}
		}
		return Reply{}
	}
	return q
}

func (q *quick) count(kind ActionKind) int {
	q.mutex.Lock()
	defer q.mutex.Unlock()
	return q.done[kind]
}

func (q *quick) Changed(_ context.Context, _ *Deployment, change Change) {
	q.told = append(q.told, change.Sentence)
}

func virtual() *RunOptions {
	return &RunOptions{Clock: NewVirtualClock(0)}
}

// within fails a test that hangs.
func within(t testing.TB, what string, do func()) {
	t.Helper()
	done := make(chan struct{})
	go func() {
		defer close(done)
		do()
	}()
	select {
	case <-done:
	case <-time.After(60 * time.Second):
		t.Fatalf("%s hangs", what)
	}
}

func TestRun(t *testing.T) {
	for name, hook := range map[string]func(context.Context, *Action) error{
		"at once": nil,
		"by Go": func(_ context.Context, a *Action) error {
			return a.Go(func(context.Context) error { return nil })
		},
		"on another goroutine": func(_ context.Context, a *Action) error {
			later := a.Later()
			go func() { _ = later.Done(nil) }()
			return later
		},
		"before it returns": func(_ context.Context, a *Action) error {
			later := a.Later()
			equal(t, "done", later.Done(nil), nil)
			wantStatus(t, later.Done(nil), ErrState)
			return later
		},
		"by an input": func(_ context.Context, a *Action) error {
			a.Deployment().Post(AnswerInput(a.Token, nil))
			return StatusPending
		},
		"twice": func(_ context.Context, a *Action) error {
			return a.Later().Done(nil) // answered by returning nil; the other comes too late
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := newServer(t, serverOptions(t), 3)
			defer d.Close()
			q := newQuick(hook)
			within(t, name, func() {
				// A clock that does not run: answers on other goroutines come in time.
				if err := d.Run(context.Background(), q, &RunOptions{Clock: NewClock(0)}); err != nil {
					t.Error(err)
				}
			})
			equal(t, "status", d.Status(), DeploymentStatusSucceeded)
			equal(t, "hooks", q.count(ActionRunHook) >= 3, true)
			equal(t, "installs", q.count(ActionInstall), 3)
			equal(t, "last", q.told[len(q.told)-1], "d-SERVER001 Succeeded")
		})
	}
}

// What the host answers is what the deployment is told; the host's error comes out of Run.
func TestRunFails(t *testing.T) {
	own := errors.New("port 80 is in use")
	for name, hook := range map[string]func(context.Context, *Action) error{
		"at once": func(context.Context, *Action) error { return own },
		"by Go": func(_ context.Context, a *Action) error {
			return a.Go(func(context.Context) error { return own })
		},
		"wrapped": func(_ context.Context, a *Action) error {
			return fmt.Errorf("start: %w", &HostError{Event: EventErrorScriptFailed, Err: own})
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := newServer(t, serverOptions(t), 3)
			err := d.Run(context.Background(), newQuick(hook), nil)
			wantStatus(t, err, ErrHost)
			var failed *FailedDeployment
			if !errors.As(err, &failed) || !errors.Is(err, own) || failed.Code != ErrorCodeHealthConstraints {
				t.Errorf("%v", err)
			}
			equal(t, "text", strings.Contains(err.Error(), "d-SERVER001 Failed (HEALTH_CONSTRAINTS): "), true)
			message := must[DeploymentTarget](t)(d.Target(0)).Message
			equal(t, "message", strings.HasSuffix(message, "port 80 is in use"), true)
		})
	}
	d := newServer(t, serverOptions(t), 1)
	wantStatus(t, d.Run(context.Background(), BaseHost{}, nil), ErrHost)
	equal(t, "message", must[DeploymentTarget](t)(d.Target(0)).Message, "the host has no callback for it")
	wantStatus(t, d.Run(context.Background(), nil, nil), ErrArgument)
	wantStatus(t, d.Perform(context.Background(), nil, 0), ErrArgument)
	d = newServer(t, serverOptions(t), 1)
	q := newQuick(func(_ context.Context, a *Action) error { return (&Action{Token: 1}).Later() })
	wantStatus(t, d.Run(context.Background(), q, nil), ErrHost)
	equal(t, "message", must[DeploymentTarget](t)(d.Target(0)).Message, errForeign.Error())
}

// A context that is done ends what Go has begun; the deployment goes on with the next Run.
func TestRunCancelled(t *testing.T) {
	for _, restore := range []bool{false, true} {
		options := serverOptions(t)
		d := newServer(t, options, 2)
		ctx, cancel := context.WithCancel(context.Background())
		q := newQuick(func(_ context.Context, a *Action) error {
			return a.Go(func(ctx context.Context) error {
				cancel()
				<-ctx.Done()
				return ctx.Err()
			})
		})
		var err error
		within(t, "Run", func() { err = d.Run(ctx, q, nil) })
		wantStatus(t, err, ErrCancelled)
		equal(t, "is", errors.Is(err, context.Canceled), true)
		equal(t, "status", d.Status(), DeploymentStatusInProgress)
		wantStatus(t, d.Run(ctx, q, nil), ErrCancelled)
		if restore {
			d = must[*Deployment](t)(RestoreDeployment(must[[]byte](t)(d.Snapshot()), options))
		}
		repeated := 0
		q.hook = func(_ context.Context, a *Action) error {
			if a.Repeated {
				repeated++
			}
			return nil
		}
		within(t, "Run", func() { err = d.Run(context.Background(), q, nil) })
		equal(t, "end", err, nil)
		equal(t, "repeated", repeated, 1)
	}
	// A method that fails because its context is done is told again, too.
	d := newServer(t, serverOptions(t), 1)
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	q := newQuick(func(ctx context.Context, _ *Action) error {
		<-ctx.Done()
		return ctx.Err()
	})
	err := d.Run(ctx, q, nil)
	equal(t, "is", errors.Is(err, context.DeadlineExceeded), true)
	q.hook = nil
	equal(t, "end", d.Run(context.Background(), q, nil), nil)
}

// A failure that the host tells itself is one, whatever became of the context of then.
func TestLaterFails(t *testing.T) {
	d := newServer(t, serverOptions(t), 1)
	var later *Pending
	q := newQuick(func(_ context.Context, a *Action) error {
		later = a.Later()
		return later
	})
	ctx, cancel := context.WithCancel(context.Background())
	equal(t, "perform", d.Perform(ctx, q, 0, StartInput()), nil)
	cancel()
	own := errors.New("own")
	equal(t, "answer", later.Done(own), nil)
	equal(t, "perform", d.Perform(context.Background(), q, time.Second), nil)
	equal(t, "message", must[DeploymentTarget](t)(d.Target(0)).Message, "own")
}

// What the deployment wants ended is ended: by the context of Go, without a method.
func TestRunStopped(t *testing.T) {
	d := newServer(t, serverOptions(t), 2)
	ended := make(chan error, 1)
	q := newQuick(func(_ context.Context, a *Action) error {
		return a.Go(func(ctx context.Context) error {
			a.Deployment().Post(StopInput(AnswerNo))
			<-ctx.Done()
			ended <- ctx.Err()
			return ctx.Err()
		})
	})
	var err error
	within(t, "Run", func() { err = d.Run(context.Background(), q, nil) })
	wantStatus(t, err, ErrCancelled)
	var failed *FailedDeployment
	equal(t, "as", errors.As(err, &failed) && failed.Status == DeploymentStatusStopped, true)
	equal(t, "context", <-ended, context.Canceled)
	equal(t, "cancelled", q.count(ActionCancel), 1)
}

// A hook that takes too long is ended.
func TestRunTimeout(t *testing.T) {
	options := lambdaOptions(t)
	options.Alarms = &Alarms{}
	d := must[*Deployment](t)(NewDeployment(options))
	clock := NewVirtualClock(0)
	never := make(chan *Pending, 1)
	q := newQuick(func(_ context.Context, a *Action) error {
		later := a.Later()
		never <- later
		return later
	})
	err := d.Run(context.Background(), q, &RunOptions{Clock: clock})
	wantStatus(t, err, ErrHost)
	equal(t, "an hour has passed", clock.Now() >= time.Hour, true)
	equal(t, "too late, and no error", (<-never).Done(nil), nil)
	equal(t, "perform", d.Perform(context.Background(), q, clock.Now()), nil)
}

func TestPanicsOfHosts(t *testing.T) {
	own := errors.New("own")
	for name, hook := range map[string]func(context.Context, *Action) error{
		"at once": func(context.Context, *Action) error { panic(own) },
		"by Go": func(_ context.Context, a *Action) error {
			return a.Go(func(context.Context) error { panic(own) })
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := newServer(t, serverOptions(t), 2)
			q := newQuick(hook)
			within(t, "Run", func() {
				defer func() { equal[any](t, "panic", recover(), own) }()
				_ = d.Run(context.Background(), q, nil)
				t.Error("no panic")
			})
			equal(t, "status", d.Status(), DeploymentStatusInProgress)
			repeated := false
			q.hook = func(_ context.Context, a *Action) error {
				repeated = repeated || a.Repeated
				return nil
			}
			equal(t, "end", d.Run(context.Background(), q, nil), nil)
			equal(t, "repeated", repeated, true)
		})
	}
	// So does one of Changed, and the end of a goroutine.
	d := newServer(t, serverOptions(t), 1)
	done := make(chan bool)
	go func() {
		defer close(done)
		_ = d.Run(context.Background(), newQuick(func(context.Context, *Action) error { runtime.Goexit(); return nil }), nil)
		t.Error("came back")
	}()
	<-done
	err := d.Run(context.Background(), newQuick(func(_ context.Context, a *Action) error {
		return a.Go(func(context.Context) error { runtime.Goexit(); return nil })
	}), nil)
	equal(t, "an answer all the same", errors.Is(err, errGoexit), true)
}

// Whatever a method of the host calls, nothing hangs.
func TestCallsFromHosts(t *testing.T) {
	options := serverOptions(t)
	d := newServer(t, options, 1)
	var errs []error
	q := newQuick(func(ctx context.Context, a *Action) error {
		d := a.Deployment()
		_, stepped := d.Step(0)
		_, replayed := d.Replay(nil)
		errs = []error{stepped, replayed, d.Perform(ctx, BaseHost{}, 0), d.Run(ctx, BaseHost{}, nil), d.LogInputs(nil)}
		must[[]byte](t)(d.Snapshot())
		must[*RollbackPlan](t)(d.PlanRollback(0, ""))
		must[[]TargetRecord](t)(d.TargetRecords())
		equal(t, "open", len(d.OpenActions()), 1)
		runtime.GC()
		return nil
	})
	within(t, "Run", func() { equal(t, "end", d.Run(context.Background(), q, nil), nil) })
	equal(t, "errors", len(errs), 5)
	for _, err := range errs {
		wantStatus(t, err, ErrBusy)
	}
	// Closed from inside.
	d = newServer(t, options, 1)
	q.hook = func(_ context.Context, a *Action) error {
		_ = a.Deployment().Close()
		return nil
	}
	within(t, "Run", func() { wantStatus(t, d.Run(context.Background(), q, nil), ErrClosed) })
	wantStatus(t, <-d.Post(StopInput(AnswerNo)), ErrClosed)
}

// A deployment is closed while its host works, and while it waits.
func TestCloseDuringRun(t *testing.T) {
	d := newServer(t, serverOptions(t), 1)
	late := make(chan error, 1)
	begun := make(chan bool)
	q := newQuick(func(_ context.Context, a *Action) error {
		later := a.Later()
		go func() {
			<-begun
			_ = d.Close()
			late <- later.Done(nil)
		}()
		close(begun)
		return later
	})
	within(t, "Run", func() { wantStatus(t, d.Run(context.Background(), q, nil), ErrClosed) })
	wantStatus(t, <-late, ErrClosed)
	d = newServer(t, serverOptions(t), 1)
	posted := d.Post(StopInput(AnswerNo))
	d.Close()
	wantStatus(t, <-posted, ErrClosed)
	// What Go has begun is ended, and nothing hangs.
	d = newServer(t, serverOptions(t), 1)
	q = newQuick(func(_ context.Context, a *Action) error {
		return a.Go(func(ctx context.Context) error {
			_ = d.Close()
			<-ctx.Done()
			return nil
		})
	})
	within(t, "Run", func() { wantStatus(t, d.Run(context.Background(), q, nil), ErrClosed) })
}

// Pending answers keep what they need; a deployment that nobody holds is freed with them.
func TestGarbageOfPending(t *testing.T) {
	for i := 0; i < 20; i++ {
		var kept *Pending
		q := newQuick(func(_ context.Context, a *Action) error {
			kept = a.Later()
			return kept
		})
		func() {
			d := newServer(t, serverOptions(t), 1)
			equal(t, "perform", d.Perform(context.Background(), q, 0, StartInput()), nil)
		}()
		runtime.GC()
		runtime.GC()
		equal(t, "answer", kept.Done(nil), nil)
		d := kept.Action().Deployment()
		select {
		case <-d.Woken():
		default:
			t.Error("nobody was woken")
		}
		equal(t, "perform", d.Perform(context.Background(), newQuick(nil), time.Second), nil)
		equal(t, "status", d.Status(), DeploymentStatusSucceeded)
	}
}

// Two goroutines, each with a deployment of its own; a third looks at both, and posts.
func TestTwoDeployments(t *testing.T) {
	both := []*Deployment{newServer(t, serverOptions(t), 20), newServer(t, serverOptions(t), 20)}
	stop := make(chan struct{})
	var looking, running, serving sync.WaitGroup
	looking.Add(1)
	go func() {
		defer looking.Done()
		for {
			select {
			case <-stop:
				return
			default:
			}
			for _, d := range both {
				_, _ = d.Info()
				_ = d.Targets()
				_, _ = d.Snapshot()
				_ = d.OpenActions()
				<-d.Post(AlarmInput("none", AlarmStateOK))
			}
		}
	}()
	for _, d := range both {
		d := d
		running.Add(1)
		serving.Add(1)
		go func() {
			defer serving.Done()
			q := newQuick(func(_ context.Context, a *Action) error {
				return a.Go(func(context.Context) error { runtime.Gosched(); return nil })
			})
			if err := d.Run(context.Background(), q, nil); err != nil {
				t.Error(err)
			}
			running.Done()
			// For who still waits for an answer.
			for {
				select {
				case <-stop:
					return
				case <-d.Woken():
					_ = d.Perform(context.Background(), q, d.Now())
				}
			}
		}()
	}
	running.Wait()
	close(stop)
	go func() {
		for _, d := range both {
			d.Close()
		}
	}()
	looking.Wait()
	serving.Wait()
}

// What a Run was told can be replayed: actions were taken out after every input.
func TestRunReplay(t *testing.T) {
	options := serverOptions(t)
	options.Config = must[*DeploymentConfig](t)(FindDeploymentConfig("CodeDeployDefault.AllAtOnce"))
	options.AsksToSave = true
	var log bytes.Buffer
	d := must[*Deployment](t)(NewDeployment(options))
	equal(t, "log", d.LogInputs(&log), nil)
	for i := 0; i < 8; i++ {
		must[Batch](t)(d.Step(0, TargetInput(RolloutInstance{ID: fmt.Sprintf("i-%02d", i)})))
	}
	q := newQuick(func(_ context.Context, a *Action) error {
		if a.Target == 3 {
			a.Deployment().Post(StopInput(AnswerNo))
		}
		return nil
	})
	wantStatus(t, d.Run(context.Background(), q, nil), ErrCancelled)
	copied := must[*Deployment](t)(NewDeployment(options))
	batch := must[Batch](t)(copied.Replay(log.Bytes()))
	equal(t, "snapshot", string(must[[]byte](t)(copied.Snapshot())), string(must[[]byte](t)(d.Snapshot())))
	var told []string
	for _, change := range batch.Changes {
		told = append(told, change.Sentence)
	}
	equal(t, "changes", strings.Join(told, "\n"), strings.Join(q.told, "\n"))
	own := errors.New("disk full")
	d = newServer(t, serverOptions(t), 1)
	equal(t, "log", d.LogInputs(failingWriter{own}), nil)
	equal(t, "run", errors.Is(d.Run(context.Background(), newQuick(nil), nil), own), true)
}

// Provisioned instances, polled alarms, saves, notifications, rollbacks.
func TestRunOtherActions(t *testing.T) {
	options := lambdaOptions(t)
	options.AsksToSave = true
	d := must[*Deployment](t)(NewDeployment(options))
	var back *Deployment
	var saved []byte
	polls := 0
	clock := NewVirtualClock(0)
	host := HostFunc(func(ctx context.Context, a *Action) Reply {
		switch a.Kind {
		case ActionPollAlarms:
			polls++
			state := AlarmStateOK
			if clock.Now() >= 7*time.Minute {
				state = AlarmStateAlarm
			}
			return Reply{Alarms: map[string]AlarmState{"errors": state, "another": AlarmStateAlarm}}
		case ActionSave:
			if a.Deployment() != d {
				return Reply{}
			}
			saved = must[[]byte](t)(a.Deployment().Snapshot())
		case ActionNotify:
			return Reply{Err: errors.New("no such topic")}
		case ActionRollBack:
			return Reply{Err: a.GoReply(func(context.Context) Reply {
				plan := must[*RollbackPlan](t)(a.Deployment().PlanRollback(0, ""))
				options.ID = "d-BACK00001"
				back = must[*Deployment](t)(a.Deployment().NewRollback(plan, options))
				return Reply{ID: options.ID}
			})}
		}
		return Reply{}
	})
	wantStatus(t, d.Run(context.Background(), host, &RunOptions{Clock: clock}), ErrCancelled)
	equal(t, "polled", polls > 30, true)
	equal(t, "rollback", must[DeploymentInfo](t)(d.Info()).RollbackID, "d-BACK00001")
	equal(t, "at", clock.Now(), 7*time.Minute)
	equal(t, "end", back.Run(context.Background(), host, &RunOptions{Clock: clock}), nil)
	options.ID = "d-FIRST0001"
	equal(t, "saved", must[*Deployment](t)(RestoreDeployment(saved, options)).Status() != 0, true)

	group := strings.Replace(serverGroup, `"deploymentGroupName"`, `"deploymentStyle": {"deploymentType": "BLUE_GREEN", "deploymentOption": "WITH_TRAFFIC_CONTROL"},
		"autoScalingGroups": [{"name": "web", "hook": "h"}], "loadBalancerInfo": {"targetGroupInfoList": [{"name": "web"}]},
		"blueGreenDeploymentConfiguration": {"greenFleetProvisioningOption": {"action": "COPY_AUTO_SCALING_GROUP"},
		"deploymentReadyOption": {"actionOnTimeout": "CONTINUE_DEPLOYMENT"},
		"terminateBlueInstancesOnDeploymentSuccess": {"action": "TERMINATE", "terminationWaitTimeInMinutes": 5}},
		"deploymentGroupName"`, 1)
	group = strings.Replace(group, `"ec2TagFilters": [{"Key": "env", "Value": "prod", "Type": "KEY_AND_VALUE"}]`, `"outdatedInstancesStrategy": "UPDATE"`, 1)
	server := serverOptions(t)
	server.Group = must[*DeploymentGroup](t)(ParseDeploymentGroup([]byte(group), nil))
	d = must[*Deployment](t)(NewDeployment(server))
	must[Batch](t)(d.Step(0, TargetInput(RolloutInstance{ID: "blue-1", InstanceHealth: InstanceHealthy, RevisionHealth: RevisionHealthOld, Original: true})))
	q := newQuick(nil)
	all := q.HostFunc
	q.HostFunc = func(ctx context.Context, a *Action) Reply {
		reply := all(ctx, a)
		if a.Kind == ActionProvision {
			reply.Instances = []RolloutInstance{{ID: "green-1"}}
		}
		return reply
	}
	equal(t, "end", d.Run(context.Background(), q, virtual()), nil)
	equal(t, "terminated", q.count(ActionTerminate), 1)
	equal(t, "targets", len(d.Targets()), 2)
	d = must[*Deployment](t)(NewDeployment(server))
	q.HostFunc = func(ctx context.Context, a *Action) Reply {
		if a.Kind == ActionProvision {
			return Reply{Instances: []RolloutInstance{{ID: ""}}}
		}
		return all(ctx, a)
	}
	wantStatus(t, d.Run(context.Background(), q, virtual()), ErrHost)
}

// The program's own clock may be wrong: then Run ends, and nothing hangs.
type backwards struct{ now time.Duration }

func (b *backwards) Now() time.Duration {
	b.now -= time.Second
	return b.now
}

func (b *backwards) Wait(context.Context, time.Duration, bool, <-chan struct{}) {}

func TestRunClocks(t *testing.T) {
	d := newServer(t, serverOptions(t), 2)
	within(t, "Run", func() {
		wantStatus(t, d.Run(context.Background(), newQuick(nil), &RunOptions{Clock: &backwards{time.Hour}}), ErrTime)
	})
	options := serverOptions(t)
	options.Epoch = time.Now().Add(-time.Hour)
	d = newServer(t, options, 1)
	equal(t, "end", d.Run(context.Background(), newQuick(nil), nil), nil)
	start := must[*DeploymentRecord](t)(d.Record()).StartTime
	equal(t, "the record has the time of day", time.Since(start.Time) < time.Minute, true)
	// A deadline passes on the machine's clock.
	options.Limit = 30 * time.Millisecond
	options.Epoch = time.Time{}
	options.CancelLimit = time.Millisecond
	d = newServer(t, options, 1)
	var ended error
	err := d.Run(context.Background(), newQuick(func(_ context.Context, a *Action) error {
		return a.Go(func(ctx context.Context) error {
			<-ctx.Done()
			ended = ctx.Err()
			return ended
		})
	}), nil)
	wantStatus(t, err, ErrHost)
	equal(t, "ended", ended, context.Canceled)
}
