// SPDX-License-Identifier: MIT

package codedeploy

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

const lambdaGroup = `{"applicationName": "shop", "deploymentGroupName": "prod", "computePlatform": "Lambda",
	"serviceRoleArn": "arn:aws:iam::111122223333:role/codedeploy",
	"deploymentConfigName": "CodeDeployDefault.LambdaCanary10Percent10Minutes",
	"deploymentStyle": {"deploymentType": "BLUE_GREEN", "deploymentOption": "WITH_TRAFFIC_CONTROL"},
	"triggerConfigurations": [{"triggerName": "all", "triggerTargetArn": "arn:aws:sns:us-east-1:111122223333:topic",
		"triggerEvents": ["DeploymentStart", "DeploymentStop"]}],
	"alarmConfiguration": {"enabled": true, "alarms": [{"name": "errors"}]},
	"autoRollbackConfiguration": {"enabled": true, "events": ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"]}}`

const lambdaSpec = `version: 0.0
Resources:
  - checkout:
      Type: AWS::Lambda::Function
      Properties: {Name: checkout, Alias: live, CurrentVersion: "7", TargetVersion: "8"}
Hooks:
  - BeforeAllowTraffic: smoke-test
`

const serverGroup = `{"applicationName": "shop", "deploymentGroupName": "web", "computePlatform": "Server",
	"serviceRoleArn": "arn:aws:iam::111122223333:role/codedeploy", "deploymentConfigName": "CodeDeployDefault.OneAtATime",
	"ec2TagFilters": [{"Key": "env", "Value": "prod", "Type": "KEY_AND_VALUE"}]}`

const serverSpec = `version: 0.0
os: linux
hooks:
  ApplicationStart:
    - location: start.sh
      timeout: 60
`

func lambdaOptions(t testing.TB) DeploymentOptions {
	return DeploymentOptions{
		ID:      "d-FIRST0001",
		Group:   must[*DeploymentGroup](t)(ParseDeploymentGroup([]byte(lambdaGroup), nil)),
		AppSpec: must[*AppSpec](t)(ParseAppSpec([]byte(lambdaSpec), nil)),
		Epoch:   time.Unix(1665676245, 0),
	}
}

func serverOptions(t testing.TB) DeploymentOptions {
	return DeploymentOptions{
		ID:       "d-SERVER001",
		Group:    must[*DeploymentGroup](t)(ParseDeploymentGroup([]byte(serverGroup), nil)),
		AppSpec:  must[*AppSpec](t)(ParseAppSpec([]byte(serverSpec), nil)),
		Revision: &RevisionLocation{Type: RevisionTypeS3, Bucket: "revisions", Key: "new.zip"},
		Past: []PastDeployment{{
			ID: "d-EARLIER01", Status: DeploymentStatusSucceeded,
			Revision: &RevisionLocation{Type: RevisionTypeS3, Bucket: "revisions", Key: "old.zip"},
		}},
	}
}

func newServer(t testing.TB, options DeploymentOptions, count int) *Deployment {
	d := must[*Deployment](t)(NewDeployment(options))
	for i := 1; i <= count; i++ {
		must[Batch](t)(d.Step(0, TargetInput(RolloutInstance{
			ID: fmt.Sprintf("i-%02d", i), InstanceHealth: InstanceHealthy, RevisionHealth: RevisionHealthOld,
		})))
	}
	return d
}

// one finds the action of a kind.
func one(t testing.TB, batch Batch, kind ActionKind) Action {
	t.Helper()
	for _, action := range batch.Actions {
		if action.Kind == kind {
			return action
		}
	}
	t.Fatalf("no %v among %+v", kind, batch.Actions)
	return Action{}
}

// A canary that an alarm stops, through the pull door.
func TestCanaryPulled(t *testing.T) {
	options := lambdaOptions(t)
	options.AlarmPoll = time.Hour
	d := must[*Deployment](t)(NewDeployment(options))
	defer d.Close()
	options.Group.Close() // the deployment keeps what it needs
	equal(t, "status", d.Status(), DeploymentStatusCreated)
	equal(t, "platform", d.Platform(), PlatformLambda)
	equal(t, "deadline", d.NextDeadline(), Never)
	_, err := d.TargetRecords()
	wantStatus(t, err, ErrState)

	batch := must[Batch](t)(d.Step(0, StartInput()))
	equal(t, "first change", batch.Changes[0].String(), "d-FIRST0001 InProgress")
	alarms, notify := one(t, batch, ActionPollAlarms), one(t, batch, ActionNotify)
	equal(t, "told", notify.NotifiedDeployment, DeploymentStatusCreated)
	batch = must[Batch](t)(d.Step(0, AlarmInput("errors", AlarmStateOK), AnswerInput(alarms.Token, nil)))
	hook := one(t, batch, ActionRunHook)
	equal(t, "hook", hook.Hook, "smoke-test")
	equal(t, "event", hook.EventKind, EventBeforeAllowTraffic)
	equal(t, "a function has no environment", len(hook.Environment), 0)
	equal(t, "target", hook.TargetID, "checkout:live")
	subject, message, err := d.WriteNotification(&notify, NotificationShapeService)
	if err != nil || !strings.Contains(subject, "d-FIRST0001") || !json.Valid(message) {
		t.Errorf("%q %q %v", subject, message, err)
	}
	_, _, err = d.WriteNotification(&hook, NotificationShapeGuide)
	wantStatus(t, err, ErrArgument)
	equal(t, "watched", fmt.Sprint(d.Alarms()), "[{errors OK false}]")
	equal(t, "open", len(d.OpenActions()), 1)

	batch = must[Batch](t)(d.Step(time.Minute, AnswerInput(hook.Token, nil)))
	alarms = one(t, batch, ActionPollAlarms) // before traffic shifts
	batch = must[Batch](t)(d.Step(time.Minute, AlarmInput("errors", AlarmStateOK), AnswerInput(alarms.Token, nil)))
	shift := one(t, batch, ActionSetTraffic)
	equal(t, "weights", fmt.Sprint(shift.Weight, shift.OriginalWeight), "10 90")
	must[Batch](t)(d.Step(time.Minute, AnswerInput(shift.Token, nil)))
	info := must[DeploymentInfo](t)(d.Info())
	equal(t, "weight", info.Weight, 10)
	equal(t, "wait", info.Wait, DeploymentWaitTraffic)
	equal(t, "until", info.WaitUntil, 11*time.Minute)
	equal(t, "schedule", d.Schedule().String(), "10:10m,100")
	equal(t, "config", d.Config().Name(), "CodeDeployDefault.LambdaCanary10Percent10Minutes")
	equal(t, "group", d.Group().Name(), "prod")
	_, err = d.Rollout()
	wantStatus(t, err, ErrNotFound)

	batch = must[Batch](t)(d.Step(7*time.Minute, AlarmInput("errors", AlarmStateAlarm)))
	equal(t, "over", d.Over(), true)
	one(t, batch, ActionRollBack)
	record := must[*DeploymentRecord](t)(d.Record())
	equal(t, "status", record.Status, DeploymentStatusStopped)
	equal(t, "code", record.ErrorInformation.Code, ErrorCodeAlarmActive)
	equal(t, "created", record.CreateTime.Time, time.Unix(1665676245, 0).UTC())
	equal(t, "events", fmt.Sprint(record.AutoRollbackConfiguration.Events), "[DEPLOYMENT_FAILURE DEPLOYMENT_STOP_ON_ALARM]")
	equal(t, "completed", record.CompleteTime.Sub(record.CreateTime.Time), 7*time.Minute)
	targets := must[[]TargetRecord](t)(d.TargetRecords())
	equal(t, "weight", targets[0].LambdaFunctionInfo.TargetVersionWeight, 0.1)
	equal(t, "events", len(targets[0].LifecycleEvents), 3)
	equal(t, "event", targets[0].LifecycleEvents[0].Status, EventStatusSucceeded)
	_, err = d.TargetRecords(7)
	wantStatus(t, err, ErrNotFound)

	plan := must[*RollbackPlan](t)(d.PlanRollback(0, ""))
	equal(t, "possible", plan.Info().Possible, true)
	options.ID = "d-BACK00001"
	_, err = d.NewRollback(plan, options)
	wantStatus(t, err, ErrClosed) // the group is
	options.Group = d.Group()
	back := must[*Deployment](t)(d.NewRollback(plan, options))
	must[Batch](t)(d.Step(7*time.Minute, RolledBackInput("d-BACK00001")))
	equal(t, "rollback", must[DeploymentInfo](t)(d.Info()).RollbackID, "d-BACK00001")
	past := must[PastDeployment](t)(d.Past())
	equal(t, "past", fmt.Sprint(past.ID, " ", past.Status), "d-FIRST0001 Stopped")
	plan.Close()
	d.Close()
	batch = must[Batch](t)(back.Step(7*time.Minute, StartInput()))
	shift = one(t, batch, ActionSetTraffic)
	equal(t, "weights", fmt.Sprint(shift.Weight, shift.OriginalWeight), "0 100")
	must[Batch](t)(back.Step(8*time.Minute, AnswerInput(shift.Token, nil)))
	equal(t, "end", back.Status(), DeploymentStatusSucceeded)
	equal(t, "creator", must[DeploymentInfo](t)(back.Info()).Creator, DeploymentCreatorCodeDeployRollback)
}

// answers gives the answer to every action, when there is one to give.
func answers(actions []Action) []Input {
	var inputs []Input
	for _, action := range actions {
		switch {
		case action.Kind == ActionRunHook && action.TargetID == "i-02":
			inputs = append(inputs, AnswerInput(action.Token, &HostError{Event: EventErrorScriptFailed, Message: "no"}))
		case action.NeedsAnswer:
			inputs = append(inputs, AnswerInput(action.Token, nil))
		}
	}
	return inputs
}

// toTheEnd answers everything a second later; each time `between` may put another in its place.
func toTheEnd(t testing.TB, d *Deployment, between func(*Deployment) *Deployment) (*Deployment, []Change) {
	var changes []Change
	now := time.Duration(0)
	batch := must[Batch](t)(d.Step(now, StartInput()))
	for {
		changes = append(changes, batch.Changes...)
		if d.Over() {
			return d, changes
		}
		inputs := answers(batch.Actions)
		if len(inputs) == 0 {
			t.Fatalf("nothing to answer among %+v", batch.Actions)
		}
		if between != nil {
			d = between(d)
		}
		now += time.Second
		batch = must[Batch](t)(d.Step(now, inputs...))
	}
}

func TestServerPulled(t *testing.T) {
	options := serverOptions(t)
	d, changes := toTheEnd(t, newServer(t, options, 4), nil)
	info := must[DeploymentInfo](t)(d.Info())
	equal(t, "end", fmt.Sprint(info.Status, " ", info.ErrorCode, info.Succeeded, info.Failed, info.Skipped), "Failed HEALTH_CONSTRAINTS 1 1 2")
	equal(t, "last", changes[len(changes)-1].Kind == ChangeRollback || changes[len(changes)-1].Kind == ChangeStatus, true)
	rollout := must[*Rollout](t)(d.Rollout())
	equal(t, "roll-out", rollout.Numbers().Succeeded, 1)
	d.Close()
	equal(t, "the copy lives on", rollout.Settled(), true)

	d = newServer(t, options, 2)
	batch := must[Batch](t)(d.Step(0, StartInput()))
	var environment []string
	for len(environment) == 0 {
		for _, action := range batch.Actions {
			if action.EventName == "ApplicationStart" {
				environment = action.Environment
			}
		}
		if len(environment) == 0 {
			batch = must[Batch](t)(d.Step(d.Now(), answers(batch.Actions)...))
		}
	}
	equal(t, "environment", strings.Join(environment, " "), "LIFECYCLE_EVENT=ApplicationStart DEPLOYMENT_ID=d-SERVER001 "+
		"APPLICATION_NAME=shop DEPLOYMENT_GROUP_NAME=web DEPLOYMENT_GROUP_ID= BUNDLE_BUCKET=revisions BUNDLE_KEY=new.zip BUNDLE_VERSION= BUNDLE_ETAG=")
	target := must[DeploymentTarget](t)(d.Target(must[int](t)(d.FindTarget("i-01"))))
	equal(t, "target", fmt.Sprint(target.ID, " ", target.Status, " ", target.TakesPart, " ", target.Scenario), "i-01 InProgress true in-place")
	equal(t, "events", len(target.Events), 7)
	equal(t, "targets", len(d.Targets()), 2)
	_, err := d.Target(2)
	wantStatus(t, err, ErrNotFound)
	_, err = d.Target(-1)
	wantStatus(t, err, ErrNotFound)
	_, err = d.FindTarget("i-99")
	wantStatus(t, err, ErrNotFound)
	_, err = d.OpenAction(1)
	wantStatus(t, err, ErrNotFound)
	plan := must[*RollbackPlan](t)(d.PlanRollback(RollbackCauseManual, "d-EARLIER01"))
	equal(t, "source", plan.Info().SourceID, "d-EARLIER01")
	_, err = d.PlanRollback(RollbackCauseManual, "d-UNKNOWN01")
	wantStatus(t, err, ErrNotFound)
	_, err = d.NewRollback(plan, options)
	wantStatus(t, err, ErrState)
}

func TestRefusedInputs(t *testing.T) {
	_, err := NewDeployment(DeploymentOptions{ID: "d-1"})
	wantStatus(t, err, ErrArgument)
	options := serverOptions(t)
	options.ID = strings.Repeat("x", 101)
	_, err = NewDeployment(options)
	if len(wantStatus(t, err, ErrInvalid).Diagnostics) == 0 {
		t.Error("no diagnostics")
	}
	options = serverOptions(t)
	options.Past[0].Status = DeploymentStatusInProgress
	_, err = NewDeployment(options)
	wantStatus(t, err, ErrBusy)
	options = serverOptions(t)
	options.Group.Close()
	_, err = NewDeployment(options)
	wantStatus(t, err, ErrClosed)

	d := newServer(t, serverOptions(t), 2)
	_, err = d.Step(0, AnswerInput(4711, nil))
	wantStatus(t, err, ErrNotFound)
	batch := must[Batch](t)(d.Step(time.Second, StartInput()))
	for _, input := range []Input{
		StartInput(), ContinueInput(WaitNone), AnswerInput(batch.Actions[0].Token+1<<30, nil), LostInput(9), LeftInput(-1),
		RestartedInput(7), AlarmInput("none", AlarmStateOK), RolledBackInput("d-2"), FollowedInput("d-2"),
		EventInput(0, 0, EventStatusSucceeded, nil), BegunInput(99), {Kind: 99},
	} {
		before := must[[]byte](t)(d.Snapshot())
		batch, err := d.Step(time.Second, input)
		var own *Error
		if !errors.As(err, &own) || own.Op != "step a deployment" {
			t.Errorf("%v: %v", input.Kind, err)
		}
		equal(t, "actions", len(batch.Actions), 0)
		equal(t, "snapshot", string(must[[]byte](t)(d.Snapshot())), string(before))
	}
	batch, err = d.Step(0)
	wantStatus(t, err, ErrTime)
	equal(t, "what an earlier input changed is not told again", len(batch.Changes), 0)
	_, err = d.Step(2*time.Second, FailInput(ErrorCodeRevisionMissing, "gone"))
	equal(t, "fail", err, nil)
	equal(t, "ending", must[DeploymentInfo](t)(d.Info()).Ending, true)
	d = newServer(t, serverOptions(t), 1)
	_, err = d.Step(0, TargetInput(RolloutInstance{ID: "i-01"}))
	wantStatus(t, err, ErrConflict)
}

// Written and read back after every input, a deployment goes the same way.
func TestDeploymentSnapshots(t *testing.T) {
	options := serverOptions(t)
	plain, changes := toTheEnd(t, newServer(t, options, 3), nil)
	restored, again := toTheEnd(t, newServer(t, options, 3), func(d *Deployment) *Deployment {
		text := must[[]byte](t)(d.Snapshot())
		d.Close()
		return must[*Deployment](t)(RestoreDeployment(text, options))
	})
	equal(t, "changes", fmt.Sprint(again), fmt.Sprint(changes))
	equal(t, "record", string(must[[]byte](t)(restored.WriteTargets(0))), string(must[[]byte](t)(plain.WriteTargets(0))))

	d := newServer(t, options, 1)
	batch := must[Batch](t)(d.Step(0, StartInput()))
	text := must[[]byte](t)(d.Snapshot())
	copied := must[*Deployment](t)(RestoreDeployment(text, options))
	repeated := must[Batch](t)(copied.Step(0))
	equal(t, "told again", fmt.Sprint(repeated.Actions[0].Repeated, repeated.Actions[0].Token == batch.Actions[0].Token), "true true")
	for _, damaged := range [][]byte{nil, []byte("{}"), text[:len(text)/2], bytes.Replace(text, []byte("i-01"), []byte("i-0"), 1)} {
		_, err := RestoreDeployment(damaged, options)
		wantStatus(t, err, ErrCorrupt)
	}
	options.Group = nil
	_, err := RestoreDeployment(text, options)
	wantStatus(t, err, ErrArgument)
}

type failingWriter struct{ err error }

func (f failingWriter) Write([]byte) (int, error) { return 0, f.err }

func TestReplay(t *testing.T) {
	options := serverOptions(t)
	var log, again bytes.Buffer
	d := must[*Deployment](t)(NewDeployment(options))
	equal(t, "log", d.LogInputs(&log), nil)
	for i := 0; i < 3; i++ {
		must[Batch](t)(d.Step(0, TargetInput(RolloutInstance{ID: fmt.Sprintf("i-%02d", i+1)})))
	}
	d, changes := toTheEnd(t, d, nil)
	refused, err := d.Step(0)
	wantStatus(t, err, ErrTime)
	equal(t, "nothing is told twice", len(refused.Changes), 0)
	copied := must[*Deployment](t)(NewDeployment(options))
	equal(t, "log", copied.LogInputs(&again), nil)
	batch := must[Batch](t)(copied.Replay(log.Bytes()))
	equal(t, "log", again.String(), log.String())
	equal(t, "changes", fmt.Sprint(batch.Changes[len(batch.Changes)-len(changes):]), fmt.Sprint(changes))
	equal(t, "snapshot", string(must[[]byte](t)(copied.Snapshot())), string(must[[]byte](t)(d.Snapshot())))

	_, err = copied.Replay([]byte("nonsense\n"))
	wantStatus(t, err, ErrCorrupt)
	own := errors.New("disk full")
	d = must[*Deployment](t)(NewDeployment(options))
	equal(t, "log", d.LogInputs(failingWriter{own}), nil)
	_, err = d.Step(0, TargetInput(RolloutInstance{ID: "i-01"}))
	wantStatus(t, err, ErrHost)
	equal(t, "the writer's error", errors.Is(err, own), true)
	equal(t, "it is in all the same", len(d.Targets()), 1)
	equal(t, "log", d.LogInputs(nil), nil)
	_, err = d.Step(0)
	equal(t, "no log", err, nil)
}

// All options reach the library: what they are shows.
func TestDeploymentOptions(t *testing.T) {
	options := lambdaOptions(t)
	options.Schedule = must[*TrafficSchedule](t)(ParseTrafficSchedule("30:1m,100", nil))
	options.Alarms = &Alarms{Enabled: true, Names: []string{"own"}}
	options.AutoRollback = &AutoRollback{}
	options.Description = "why"
	options.AlarmPolicy = AlarmPolicyIgnore
	options.Limit = 30 * time.Minute
	options.AsksToSave = true
	options.Region, options.AccountID = "eu-north-1", "123456789012"
	d := must[*Deployment](t)(NewDeployment(options))
	equal(t, "schedule", d.Schedule().String(), "30:1m,100")
	batch := must[Batch](t)(d.Step(0, StartInput()))
	one(t, batch, ActionSave)
	batch = must[Batch](t)(d.Step(30 * time.Minute))
	one(t, batch, ActionCancel)
	record := must[*DeploymentRecord](t)(d.Record())
	equal(t, "record", fmt.Sprint(record.Description, " ", record.AutoRollbackConfiguration.Enabled), "why false")
	equal(t, "limit", must[DeploymentInfo](t)(d.Info()).Ending, true)
	options.AlarmPolicy = AlarmPolicyOnlyNew
	d = must[*Deployment](t)(NewDeployment(options))
	must[Batch](t)(d.Step(0, StartInput()))
	must[Batch](t)(d.Step(0, AlarmInput("own", AlarmStateAlarm)))
	equal(t, "alarms", fmt.Sprint(d.Alarms()), "[{own ALARM true}]")

	server := serverOptions(t)
	server.WholeTargets = true
	server.TargetLimit = 2
	server.Config = must[*DeploymentConfig](t)(NewDeploymentConfig(DeploymentConfigFields{Minimum: Minimum{MinimumHostCount, 0}}))
	d = newServer(t, server, 2)
	batch = must[Batch](t)(d.Step(0, StartInput()))
	action := one(t, batch, ActionDeployTarget)
	equal(t, "both at once", len(batch.Actions), 2)
	must[Batch](t)(d.Step(0, EventInput(action.Target, 0, EventStatusInProgress, nil)))
	must[Batch](t)(d.Step(0, EventInput(action.Target, 0, EventStatusFailed, errors.New("no"))))
	equal(t, "message", must[DeploymentTarget](t)(d.Target(action.Target)).Message, "no")
	d = newServer(t, server, 3)
	must[Batch](t)(d.Step(0, StartInput()))
	equal(t, "too many", must[DeploymentInfo](t)(d.Info()).ErrorCode, ErrorCodeOverMaxInstances)

	server = serverOptions(t)
	server.HostBeginsEvents = true
	server.Rollout = &RolloutOptions{ConcurrencyLimit: 1, LiveMembership: true}
	server.UpdateOutdatedInstancesOnly = true
	d = newServer(t, server, 2)
	batch = must[Batch](t)(d.Step(0, StartInput()))
	equal(t, "one at a time", len(batch.Actions), 1)
	equal(t, "not begun", must[DeploymentTarget](t)(d.Target(0)).Events[0].Status, EventStatusPending)
	must[Batch](t)(d.Step(0, BegunInput(batch.Actions[0].Token)))
}
