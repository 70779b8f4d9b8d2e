// SPDX-License-Identifier: MIT

package codedeploy

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"time"
)

// The scenarios of the command, through the binding: run-tests.py writes them as JSON into a folder.

const scenarios = "CODEDEPLOY_SCENARIOS"

type scenario struct {
	Platform             Platform
	Group                map[string]any
	AppSpec              json.RawMessage
	Instances, Originals json.RawMessage
	Provisioned          json.RawMessage
	Options              struct {
		AlarmPolicy                   AlarmPolicy `json:"alarm-policy"`
		IgnoreApplicationStopFailures bool        `json:"ignoreApplicationStopFailures"`
	}
	Takes   string
	Results []struct {
		Action                                ActionKind
		Event, Target, Takes, Result, Message string
		Nth                                   int
		Error                                 EventError
	}
	Alarms []struct {
		At, Alarm string
		State     AlarmState
	}
	Inputs []struct {
		At, Do, Instance string
		Wait             WaitType
		Rollback         *bool
	}
}

func duration(t testing.TB, text, otherwise string) time.Duration {
	if text == "" {
		text = otherwise
	}
	if text == "" {
		return 0
	}
	return must[time.Duration](t)(time.ParseDuration(text))
}

// instancesOf reads a number of instances, or their names.
func instancesOf(t testing.TB, text json.RawMessage, prefix string, revision RevisionHealth, original bool) []RolloutInstance {
	var count int
	var names []string
	if text != nil && json.Unmarshal(text, &count) != nil {
		if err := json.Unmarshal(text, &names); err != nil {
			t.Fatal(err)
		}
	}
	for i := 1; i <= count; i++ {
		names = append(names, fmt.Sprintf("%s-%02d", prefix, i))
	}
	var list []RolloutInstance
	for _, name := range names {
		list = append(list, RolloutInstance{
			ID: name, InstanceHealth: InstanceHealthy, RevisionHealth: revision, Original: original,
		})
	}
	return list
}

func (s *scenario) options(t testing.TB) SimOptions {
	for key, value := range map[string]string{
		"applicationName": "app", "deploymentGroupName": "group", "computePlatform": s.Platform.String(),
		"serviceRoleArn": "arn:aws:iam::111122223333:role/codedeploy",
	} {
		if s.Group[key] == nil {
			s.Group[key] = value
		}
	}
	group := must[*DeploymentGroup](t)(ParseDeploymentGroup(must[[]byte](t)(json.Marshal(s.Group)), nil))
	revision := func(key string) *RevisionLocation {
		return &RevisionLocation{Type: RevisionTypeS3, Bucket: "revisions", Key: key}
	}
	// What serves has the revision of the deployment before.
	serving := RevisionHealthCurrent
	if style, found := s.Group["deploymentStyle"].(map[string]any); found && style["deploymentType"] == "BLUE_GREEN" {
		serving = RevisionHealthOld
	}
	options := SimOptions{
		Deployment: DeploymentOptions{
			ID: "d-SIM000001", Group: group, AlarmPolicy: s.Options.AlarmPolicy,
			IgnoreApplicationStopFailures: s.Options.IgnoreApplicationStopFailures,
			Past:                          []PastDeployment{{ID: "d-EARLIER01", Status: DeploymentStatusSucceeded, Revision: revision("earlier.zip")}},
		},
		Instances: append(instancesOf(t, s.Instances, "i", serving, false),
			instancesOf(t, s.Originals, "blue", RevisionHealthCurrent, true)...),
		Provisioned: instancesOf(t, s.Provisioned, "green", RevisionHealthOld, false),
		Answer:      duration(t, s.Takes, ""),
	}
	if s.AppSpec != nil {
		options.Deployment.AppSpec = must[*AppSpec](t)(ParseAppSpec(s.AppSpec, &AppSpecOptions{Platform: s.Platform}))
	}
	if s.Platform == PlatformServer {
		options.Deployment.Revision = revision("new.zip")
	}
	return options
}

func (s *scenario) rules(t testing.TB) []SimRule {
	var rules []SimRule
	for _, r := range s.Results {
		rule := SimRule{
			Deployment: 1, Nth: r.Nth, Kind: r.Action, Target: r.Target, Event: r.Event,
			After: duration(t, r.Takes, s.Takes), Error: r.Error, Message: r.Message,
		}
		switch r.Result {
		case "none":
			rule.After = Never
		case "Failed":
			rule.Outcome = ActionFailed
		}
		rules = append(rules, rule)
	}
	return rules
}

func (s *scenario) inputs(t testing.TB) []SimInput {
	var inputs []SimInput
	for _, i := range s.Inputs {
		input := SimInput{At: duration(t, i.At, "")}
		switch i.Do {
		case "stop":
			input.Input = StopInput(AnswerNotSaid)
			if i.Rollback != nil {
				input.Input.Answer = map[bool]Answer{true: AnswerYes, false: AnswerNo}[*i.Rollback]
			}
		case "continue":
			input.Input = ContinueInput(i.Wait)
		case "join":
			input.Input = TargetInput(RolloutInstance{ID: i.Instance, InstanceHealth: InstanceHealthy, RevisionHealth: RevisionHealthOld})
		default:
			t.Fatalf("the test does not know %q", i.Do)
		}
		inputs = append(inputs, input)
	}
	return inputs
}

func eachScenario(t *testing.T, do func(t *testing.T, name string, s *scenario)) {
	folder := os.Getenv(scenarios)
	if folder == "" {
		t.Skip("run-tests.py gives them in " + scenarios)
	}
	files, _ := filepath.Glob(folder + "/*.json")
	if len(files) < 10 {
		t.Errorf("only %d scenarios", len(files))
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".json")
		t.Run(name, func(t *testing.T) {
			var s scenario
			readJSON(t, file, &s)
			do(t, name, &s)
		})
	}
}

func simulate(t testing.TB, s *scenario) *SimHost {
	host := must[*SimHost](t)(NewSimHost(s.options(t)))
	for _, rule := range s.rules(t) {
		if err := host.AddRule(rule); err != nil {
			t.Fatal(err)
		}
	}
	for _, alarm := range s.Alarms {
		if err := host.AddAlarm(duration(t, alarm.At, ""), alarm.Alarm, alarm.State); err != nil {
			t.Fatal(err)
		}
	}
	for _, input := range s.inputs(t) {
		if err := host.AddInput(input); err != nil {
			t.Fatal(err)
		}
	}
	if err := host.Run(Never); err != nil {
		t.Fatal(err)
	}
	return host
}

// What the command prints of a scenario is what the binding's simulated host tells.
func TestScenarios(t *testing.T) {
	eachScenario(t, func(t *testing.T, name string, s *scenario) {
		host := simulate(t, s)
		defer host.Close()
		exit := 0
		if host.Deployments()[0].Status() != DeploymentStatusSucceeded {
			exit = 1
		}
		got := must[string](t)(host.Render(SimDetailChanges)) + fmt.Sprintf("exit %d\n", exit)
		if want := string(readFile(t, vectors+"/tools/data/scenarios/"+name+".txt")); got != want {
			t.Errorf("got\n%s\ninstead of\n%s", got, want)
		}
		shown := 0
		for _, entry := range host.Entries() {
			if entry.Kind != SimEntryAction {
				shown++
				if !strings.Contains(got, SimTime(entry.Time)) || !strings.Contains(got, entry.String()) {
					t.Errorf("%v %v is not in the picture", entry.Time, entry)
				}
			}
		}
		equal(t, "entries", shown > 3, true)
	})
}

// company is a host in Go that does as the simulated one in C: rules, promises, a virtual clock.
type company struct {
	BaseHost
	t        *testing.T
	options  SimOptions
	rules    []SimRule
	met      []int
	alarms   map[string][]alarmAt
	now      time.Duration
	parts    []*Deployment
	started  int
	promises []promise
	told     []string
}

type alarmAt struct {
	at    time.Duration
	state AlarmState
}

type promise struct {
	at      time.Duration
	pending *Pending
	reply   Reply
}

func (c *company) ruleFor(part int, a *Action) SimRule {
	for i, rule := range c.rules {
		if (rule.Deployment != 0 && rule.Deployment != part+1) || (rule.Kind != 0 && rule.Kind != a.Kind) ||
			(rule.Kind == 0 && (!a.NeedsAnswer || a.Kind == ActionCancel)) ||
			(rule.Target != "" && rule.Target != a.TargetID) || (rule.Event != "" && rule.Event != a.EventName) {
			continue
		}
		c.met[i]++
		if rule.Nth == 0 || rule.Nth == c.met[i] {
			return rule
		}
	}
	if a.NeedsAnswer && a.Kind != ActionCancel {
		return SimRule{After: c.options.Answer}
	}
	return SimRule{}
}

func (c *company) partOf(d *Deployment) int {
	for i, part := range c.parts {
		if part == d {
			return i
		}
	}
	c.t.Fatal("an action of a deployment that is none of ours")
	return 0
}

func (c *company) perform(_ context.Context, a *Action) Reply {
	rule := c.ruleFor(c.partOf(a.Deployment()), a)
	reply := Reply{Instances: c.options.Provisioned}
	if rule.Outcome == ActionFailed {
		reply.Err = &HostError{Event: rule.Error, Code: rule.Code, Message: rule.Message}
	}
	if rule.After == 0 || !a.NeedsAnswer {
		return reply
	}
	pending := a.Later()
	if rule.After != Never {
		c.promises = append(c.promises, promise{c.now + rule.After, pending, reply})
	}
	return Reply{Err: pending}
}

func (c *company) RollBack(_ context.Context, a *Action) (string, error) {
	plan, err := a.Deployment().PlanRollback(0, "")
	if err != nil {
		return "", err
	}
	options := c.options.Deployment
	options.ID, options.Config = fmt.Sprintf("d-SIM%06d", len(c.parts)+1), nil
	made, err := a.Deployment().NewRollback(plan, options)
	if err == nil {
		c.parts = append(c.parts, made)
	}
	return options.ID, err
}

func (c *company) FollowUp(_ context.Context, a *Action) (string, error) {
	options := c.options.Deployment
	options.ID, options.Creator = fmt.Sprintf("d-SIM%06d", len(c.parts)+1), DeploymentCreatorCodeDeployAutoUpdate
	options.RootID = must[DeploymentInfo](c.t)(a.Deployment().Info()).ID
	made := must[*Deployment](c.t)(NewDeployment(options))
	rollout := must[*Rollout](c.t)(a.Deployment().Rollout())
	for _, number := range rollout.Outdated() {
		view := must[RolloutView](c.t)(rollout.Instance(number))
		must[Batch](c.t)(made.Step(0, TargetInput(RolloutInstance{
			ID: view.ID, Zone: view.Zone, InstanceHealth: view.InstanceHealth, RevisionHealth: view.RevisionHealth,
		})))
	}
	c.parts = append(c.parts, made)
	return options.ID, nil
}

func (c *company) PollAlarms(_ context.Context, _ *Action, names []string) (map[string]AlarmState, error) {
	states := map[string]AlarmState{}
	for _, name := range names {
		states[name] = AlarmStateOK
		for _, one := range c.alarms[name] {
			if one.at <= c.now {
				states[name] = one.state
			}
		}
	}
	return states, nil
}

func (c *company) Changed(_ context.Context, d *Deployment, change Change) {
	c.told = append(c.told, fmt.Sprintf("%d %v %v", c.partOf(d), change.Time, change.Kind))
}

// everyAction does with the company's function what the company has no method for.
type everyAction struct{ *company }

func (e everyAction) RunHook(ctx context.Context, a *Action) error      { return e.perform(ctx, a).Err }
func (e everyAction) Download(ctx context.Context, a *Action) error     { return e.perform(ctx, a).Err }
func (e everyAction) Install(ctx context.Context, a *Action) error      { return e.perform(ctx, a).Err }
func (e everyAction) BlockTraffic(ctx context.Context, a *Action) error { return e.perform(ctx, a).Err }
func (e everyAction) AllowTraffic(ctx context.Context, a *Action) error { return e.perform(ctx, a).Err }
func (e everyAction) SetTraffic(ctx context.Context, a *Action) error   { return e.perform(ctx, a).Err }
func (e everyAction) SetTestTraffic(ctx context.Context, a *Action) error {
	return e.perform(ctx, a).Err
}
func (e everyAction) CreateTaskSet(ctx context.Context, a *Action) error {
	return e.perform(ctx, a).Err
}
func (e everyAction) DeleteTaskSet(ctx context.Context, a *Action) error {
	return e.perform(ctx, a).Err
}
func (e everyAction) DeployTarget(ctx context.Context, a *Action) error { return e.perform(ctx, a).Err }
func (e everyAction) Terminate(ctx context.Context, a *Action) error    { return e.perform(ctx, a).Err }
func (e everyAction) Cancel(ctx context.Context, a *Action) error       { return e.perform(ctx, a).Err }
func (e everyAction) Notify(ctx context.Context, a *Action) error       { return e.perform(ctx, a).Err }
func (e everyAction) Save(ctx context.Context, a *Action) error         { return e.perform(ctx, a).Err }
func (e everyAction) AnswerAutoScaling(ctx context.Context, a *Action) error {
	return e.perform(ctx, a).Err
}
func (e everyAction) Provision(ctx context.Context, a *Action) ([]RolloutInstance, error) {
	reply := e.perform(ctx, a)
	return reply.Instances, reply.Err
}

// due finds what comes next: answers first, then inputs, then deadlines.
func (c *company) due(inputs []SimInput) (at time.Duration, what int, index int) {
	at = Never
	for i, p := range c.promises {
		if p.at < at {
			at, what, index = p.at, 1, i
		}
	}
	if len(inputs) > 0 && inputs[0].At < at {
		at, what = inputs[0].At, 2
	}
	for i, part := range c.parts {
		if deadline := part.NextDeadline(); i < c.started && deadline < at {
			at, what, index = deadline, 3, i
		}
	}
	return at, what, index
}

func (c *company) play(host Host, inputs []SimInput) {
	ctx := context.Background()
	for {
		for c.started < len(c.parts) {
			part := c.parts[c.started]
			c.started++
			_ = part.Perform(ctx, host, c.now, StartInput())
		}
		at, what, index := c.due(inputs)
		if what == 0 {
			return
		}
		if at > c.now {
			c.now = at
		}
		switch what {
		case 1:
			kept := c.promises[index]
			c.promises = append(c.promises[:index:index], c.promises[index+1:]...)
			action := kept.pending.Action()
			if _, err := action.Deployment().OpenAction(action.Token); err == nil {
				if err := kept.pending.Complete(kept.reply); err != nil {
					c.t.Error(err)
				}
				_ = action.Deployment().Perform(ctx, host, c.now)
			}
		case 2:
			_ = c.parts[len(c.parts)-1].Perform(ctx, host, c.now, inputs[0].Input)
			inputs = inputs[1:]
		case 3:
			_ = c.parts[index].Perform(ctx, host, c.now)
		}
	}
}

// The driver in Go does what cdp_host_step does in C: the same deployments end in the same records.
func TestScenariosInGo(t *testing.T) {
	eachScenario(t, func(t *testing.T, name string, s *scenario) {
		sim := simulate(t, s)
		c := &company{t: t, options: s.options(t), rules: s.rules(t), alarms: map[string][]alarmAt{}}
		c.met = make([]int, len(c.rules))
		for _, alarm := range s.Alarms {
			c.alarms[alarm.Alarm] = append(c.alarms[alarm.Alarm], alarmAt{duration(t, alarm.At, ""), alarm.State})
		}
		first := must[*Deployment](t)(NewDeployment(c.options.Deployment))
		for _, instance := range c.options.Instances {
			must[Batch](t)(first.Step(0, TargetInput(instance)))
		}
		c.parts = append(c.parts, first)
		inputs := s.inputs(t)
		sort.SliceStable(inputs, func(i, j int) bool { return inputs[i].At < inputs[j].At })
		c.play(everyAction{c}, inputs)
		views := sim.Deployments()
		equal(t, "deployments", len(c.parts), len(views))
		for i, part := range c.parts {
			equal(t, "record", string(must[[]byte](t)(part.WriteInfo(1))), string(must[[]byte](t)(views[i].WriteInfo(1))))
			equal(t, "targets", string(must[[]byte](t)(part.WriteTargets(1))), string(must[[]byte](t)(views[i].WriteTargets(1))))
		}
		var want []string
		for _, entry := range sim.Entries() {
			if entry.Kind == SimEntryChange {
				want = append(want, fmt.Sprintf("%d %v %v", entry.Deployment, entry.Time, entry.Change))
			}
		}
		equal(t, "changes", strings.Join(c.told, "\n"), strings.Join(want, "\n"))
	})
}
