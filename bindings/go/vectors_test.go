// SPDX-License-Identifier: MIT

package codedeploy

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"testing"
	"time"
)

// The golden cases of the C library's own tests, through the binding.

func TestConfigVectors(t *testing.T) {
	shapes := map[string]ConfigShape{"create": ConfigShapeCreate, "info": ConfigShapeInfo, "hook": ConfigShapeHook}
	count := 0
	for folder, shape := range shapes {
		files, _ := filepath.Glob(vectors + "/config/data/" + folder + "/*.json")
		for _, file := range files {
			count++
			config, err := ParseDeploymentConfig(readFile(t, file), shape, nil)
			got := describeConfig(t, config, err, shape)
			if want := string(readFile(t, strings.TrimSuffix(file, ".json")+".expected")); got != want {
				t.Errorf("%s:\n%s\ninstead of\n%s", file, got, want)
			}
		}
	}
	if count < 80 {
		t.Errorf("only %d cases", count)
	}
}

func describeConfig(t *testing.T, config *DeploymentConfig, err error, shape ConfigShape) string {
	var text strings.Builder
	found := config.diagnosticsOr(err)
	found.Sort()
	for _, one := range found {
		info := must[DiagnosticInfo](t)(one.Code.Info())
		fmt.Fprintf(&text, "%d:%d-%d:%d %v %s", one.Place.Line, one.Place.Column, one.Place.EndLine, one.Place.EndColumn, one.Severity, info.Name)
		if one.HasPointer {
			fmt.Fprintf(&text, " %s", one.Pointer)
		}
		if info.APIName != "" {
			fmt.Fprintf(&text, " [%s]", info.APIName)
		}
		fmt.Fprintf(&text, "\n  %s\n", one.Message)
		if one.Hint != "" {
			fmt.Fprintf(&text, "  %s\n", one.Hint)
		}
	}
	if err != nil {
		fmt.Fprintf(&text, "%v\n", err.(*Error).Status.String())
		return text.String()
	}
	written := must[[]byte](t)(config.Write(shape, 2))
	again := must[*DeploymentConfig](t)(ParseDeploymentConfig(written, shape, nil))
	equal(t, "written again", string(must[[]byte](t)(again.Write(shape, 2))), string(written))
	text.Write(written)
	text.WriteByte('\n')
	if config.IsPredefined() {
		text.WriteString("predefined\n")
	}
	return text.String()
}

func (c *DeploymentConfig) diagnosticsOr(err error) Diagnostics {
	var own *Error
	if errors.As(err, &own) {
		return own.Diagnostics
	}
	return c.Diagnostics()
}

// What CreateDeploymentConfig takes is what NewDeploymentConfig takes.
func TestPredefinedConfigs(t *testing.T) {
	all := PredefinedDeploymentConfigs()
	equal(t, "predefined", len(all), 17)
	for _, config := range all {
		fields := config.Fields()
		found := must[*DeploymentConfig](t)(FindDeploymentConfig(config.Name()))
		equal(t, "fields of "+config.Name(), fmt.Sprintf("%+v", found.Fields()), fmt.Sprintf("%+v", fields))
		if fields.Platform == PlatformServer {
			continue
		}
		fields.Name = "Mine"
		mine, err := NewDeploymentConfig(fields)
		if err != nil {
			t.Errorf("%s: %v", config.Name(), err)
			continue
		}
		a := must[*TrafficSchedule](t)(config.TrafficSchedule(nil))
		b := must[*TrafficSchedule](t)(mine.TrafficSchedule(nil))
		equal(t, "schedule of "+config.Name(), b.String(), a.String())
	}
}

// groupCases is a file of cases as tests/group reads them: a preset with members of its own.
type groupCases struct {
	Presets map[string]json.RawMessage
	Cases   []struct {
		Name, On, Platform, Shape, Is string
		With, Group, Instances        json.RawMessage
		Findings, Selected            []string
		Why                           map[string]string
	}
}

func groupText(cases *groupCases, i int) []byte {
	one := &cases.Cases[i]
	if one.Group != nil {
		return one.Group
	}
	text := append([]byte(nil), cases.Presets[one.On]...)
	if len(one.With) > 2 {
		text[len(text)-1] = ','
		text = append(text, one.With[1:]...)
	}
	return text
}

func TestGroupRules(t *testing.T) {
	var cases groupCases
	readJSON(t, vectors+"/group/data/rules.json", &cases)
	equal(t, "enough cases", len(cases.Cases) >= 200, true)
	for i, one := range cases.Cases {
		options := GroupOptions{Shape: map[string]GroupShape{"create": GroupShapeCreate, "info": GroupShapeInfo}[one.Shape]}
		_ = options.Platform.UnmarshalText([]byte(one.Platform))
		group, err := ParseDeploymentGroup(groupText(&cases, i), &options)
		var found Diagnostics
		if err != nil {
			found = err.(*Error).Diagnostics
			if !errors.Is(err, ErrInvalid) {
				t.Errorf("%s: %v", one.Name, err)
			}
		} else {
			found = group.Diagnostics()
			checkGroup(t, one.Name, group, &options)
			if one.Is != "" {
				equal(t, one.Name, group.Platform().String(), one.Is)
			}
		}
		found.Sort()
		var lines []string
		for _, d := range found {
			info := must[DiagnosticInfo](t)(d.Code.Info())
			line := fmt.Sprintf("%v %s -", d.Severity, info.Name)
			if d.HasPointer {
				line = strings.TrimSuffix(line, "-") + d.Pointer
			}
			if info.APIName != "" {
				line += " " + info.APIName
			}
			lines = append(lines, line)
		}
		sort.Strings(lines)
		sort.Strings(one.Findings)
		equal(t, one.Name+": findings", strings.Join(lines, "\n"), strings.Join(one.Findings, "\n"))
	}
}

// What was accepted is written, read and built to the same again.
func checkGroup(t *testing.T, name string, group *DeploymentGroup, options *GroupOptions) {
	shape := group.ShapeRead()
	written := must[[]byte](t)(group.Write(shape, 0))
	again := must[*DeploymentGroup](t)(ParseDeploymentGroup(written, options))
	equal(t, name+": written", string(must[[]byte](t)(again.Write(shape, 0))), string(written))
	content := group.Content()
	if content.Platform == PlatformAuto || content.ServiceRoleARN == "" {
		return // only the service makes such groups; what is built says all its defaults
	}
	built, err := NewDeploymentGroup(content, options)
	if err != nil {
		t.Errorf("%s: built: %v", name, err)
		return
	}
	equal(t, name+": built", fmt.Sprintf("%+v", flat(t, built.Content())), fmt.Sprintf("%+v", flat(t, content)))
}

// flat shows what pointers lead to.
func flat(t *testing.T, value any) string {
	return string(must[[]byte](t)(json.Marshal(value)))
}

func TestGroupMatching(t *testing.T) {
	var cases groupCases
	readJSON(t, vectors+"/group/data/matching.json", &cases)
	equal(t, "enough cases", len(cases.Cases) >= 20, true)
	for i, one := range cases.Cases {
		group := must[*DeploymentGroup](t)(ParseDeploymentGroup(groupText(&cases, i), nil))
		reader := must[*InventoryReader](t)(NewInventoryReader(iotestOneByte{bytes.NewReader(one.Instances)}, nil))
		members := must[*Members](t)(group.Members(reader.Next))
		group.Close() // the members do not need it
		var ids []string
		for n, member := range members.All() {
			ids = append(ids, member.ID)
			at, ok := members.Find(member.ID)
			equal(t, one.Name+": found", fmt.Sprint(at, ok), fmt.Sprint(n, true))
		}
		equal(t, one.Name+": selected", strings.Join(ids, " "), strings.Join(one.Selected, " "))
		group = must[*DeploymentGroup](t)(ParseDeploymentGroup(groupText(&cases, i), nil))
		for _, instance := range must[[]Instance](t)(ReadInventory(bytes.NewReader(one.Instances))) {
			full := must[Match](t)(group.Explain(instance))
			fast := must[Match](t)(group.Match(instance))
			equal(t, one.Name+": reason", fast.Reason, full.Reason)
			equal(t, one.Name+": filters", fast.Filters, full.Filters)
			if why, ok := one.Why[instance.ID]; ok {
				equal(t, one.Name, full.Sentence, why)
			}
		}
	}
}

// iotestOneByte gives one byte at a time.
type iotestOneByte struct{ io.Reader }

func (r iotestOneByte) Read(p []byte) (int, error) {
	if len(p) > 1 {
		p = p[:1]
	}
	return r.Reader.Read(p)
}

func TestHealthVectors(t *testing.T) {
	outcomes := map[string]InstanceOutcome{"not-attempted": OutcomeNotAttempted, "succeeded": OutcomeSucceeded, "failed": OutcomeFailed, "installed": OutcomeInstalled}
	count := 0
	for _, line := range strings.Split(string(readFile(t, vectors+"/group/data/health.txt")), "\n") {
		words := strings.Fields(line)
		if len(words) != 8 || strings.HasPrefix(line, "#") {
			continue
		}
		count++
		for _, instance := range []InstanceHealth{InstanceUnhealthy, InstanceHealthy} {
			for _, revision := range []RevisionHealth{RevisionHealthUnknown, RevisionHealthOld, RevisionHealthCurrent} {
				if (words[3] != "-" && words[3] != instance.String()) || (words[4] != "-" && words[4] != revision.String()) {
					continue
				}
				i, r, err := HealthAfter(words[1] == "succeeded", outcomes[words[2]], instance, revision)
				if err != nil || (words[6] != "-" && words[6] != i.String()) || (words[7] != "-" && words[7] != r.String()) {
					t.Errorf("%s: %v %v %v", line, i, r, err)
				}
			}
		}
	}
	equal(t, "enough lines", count >= 15, true)
}

func TestRolloutVectors(t *testing.T) {
	file, err := os.Open(vectors + "/rollout/data/documented.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	count := 0
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if line := strings.Fields(lines.Text()); len(line) > 0 && line[0] != "#" && !strings.HasPrefix(line[0], "#") {
			count++
			runExample(t, line)
		}
	}
	equal(t, "enough lines", count >= 40, true)
}

func runExample(t *testing.T, words []string) {
	e := map[string]string{"number": words[0]}
	for _, word := range words[1:] {
		key, value, _ := strings.Cut(word, "=")
		e[key] = value
	}
	n, _ := strconv.Atoi(e["n"])
	healthy := []int{0, n}
	if text, ok := e["healthy"]; ok {
		one, _ := strconv.Atoi(text)
		healthy = []int{one}
	}
	for _, h := range healthy {
		runFleet(t, e, n, h)
	}
}

func minimumOf(text string) Minimum {
	value, _ := strconv.Atoi(strings.TrimSuffix(text, "%"))
	if strings.HasSuffix(text, "%") {
		return Minimum{MinimumFleetPercent, value}
	}
	return Minimum{MinimumHostCount, value}
}

func exampleOptions(t *testing.T, e map[string]string) *RolloutOptions {
	options := &RolloutOptions{}
	if strings.HasPrefix(e["min"], "CodeDeployDefault.") {
		if err := options.UseConfig(must[*DeploymentConfig](t)(FindDeploymentConfig(e["min"]))); err != nil {
			t.Fatal(err)
		}
	} else {
		options.Minimum = minimumOf(e["min"])
	}
	if _, green := e["green"]; green {
		options.Kind = RolloutBlueGreen
	}
	if _, zonal := e["zones"]; zonal {
		options.Zonal = true
		if text, ok := e["zone-min"]; ok {
			options.ZoneMinimum = minimumOf(text)
		}
		seconds, _ := strconv.Atoi(e["wait"])
		options.ZoneWait = time.Duration(seconds) * time.Second
		options.FirstZoneWait = options.ZoneWait
		if text, ok := e["first-wait"]; ok {
			seconds, _ := strconv.Atoi(text)
			options.FirstZoneWait = time.Duration(seconds) * time.Second
		}
	}
	return options
}

func runFleet(t *testing.T, e map[string]string, n, healthy int) {
	rollout := must[*Rollout](t)(NewRollout(exampleOptions(t, e)))
	defer rollout.Close()
	zones, _ := strconv.Atoi(e["zones"])
	for i := 0; i < n; i++ {
		instance := RolloutInstance{ID: fmt.Sprintf("i-%04d", i)}
		if zones > 0 {
			instance.Zone = fmt.Sprintf("z%d", i*zones/n)
		}
		if i < healthy {
			instance.InstanceHealth, instance.RevisionHealth = InstanceHealthy, RevisionHealthOld
		}
		if err := rollout.Add(instance); err != nil {
			t.Fatal(err)
		}
	}
	if err := rollout.Start(0); err != nil {
		t.Fatal(err)
	}
	fails := map[string]bool{}
	for _, position := range strings.Split(e["fail"], ",") {
		fails[position] = true
	}
	begun, atOnce, steps, now := 0, 0, []string{}, time.Duration(0)
	for {
		var started []Decision
		for _, decision := range must[[]Decision](t)(rollout.Decide(0)) {
			if decision.String() == "" {
				t.Error("a decision without a sentence")
			}
			if decision.Kind == DecisionStart {
				started = append(started, decision)
			}
		}
		if len(started) == 0 {
			if now = rollout.NextDeadline(); now == Never {
				break
			}
			if err := rollout.Step(now); err != nil {
				t.Fatal(err)
			}
			continue
		}
		steps = append(steps, strconv.Itoa(len(started)))
		if len(started) > atOnce {
			atOnce = len(started)
		}
		now += time.Second
		for i, decision := range started {
			if err := rollout.Result(decision.Instance, decision.Attempt, !fails[strconv.Itoa(begun+1+i)], now); err != nil {
				t.Fatal(err)
			}
		}
		begun += len(started)
	}
	verdict, decision := rollout.Verdict()
	got := map[string]string{
		"verdict": verdict.String(), "code": decision.ErrorCode, "at-once": strconv.Itoa(atOnce),
		"ok": strconv.Itoa(rollout.Numbers().Succeeded), "begun": strconv.Itoa(begun), "steps": strings.Join(steps, ","),
	}
	for key, value := range got {
		if want, ok := e[key]; ok {
			equal(t, fmt.Sprintf("%s with %d healthy: %s", e["number"], healthy, key), value, want)
		}
	}
	equal(t, e["number"]+": settled", rollout.Settled(), true)
}

func TestSnapshotVectors(t *testing.T) {
	lines := bytes.Split(bytes.TrimSpace(readFile(t, vectors+"/lifecycle/data/snapshots.jsonl")), []byte("\n"))
	equal(t, "enough lines", len(lines) >= 12, true)
	for _, line := range lines {
		lifecycle := must[*Lifecycle](t)(RestoreLifecycle(line, nil))
		equal(t, "written", string(must[[]byte](t)(lifecycle.Snapshot())), string(line))
		equal(t, "changes", len(lifecycle.Changes()), 0)
		var snapshot struct {
			Platform, Scenario, Status, Reason string
			Events                             []struct{ Name, Status, Error, Reason string }
		}
		if err := json.Unmarshal(line, &snapshot); err != nil {
			t.Fatal(err)
		}
		equal(t, "platform", lifecycle.Plan().Platform().String(), snapshot.Platform)
		equal(t, "scenario", lifecycle.Plan().Scenario().String(), snapshot.Scenario)
		equal(t, "status", lifecycle.Status().String(), snapshot.Status)
		equal(t, "reason", lifecycle.Reason().String(), snapshot.Reason)
		for i, event := range lifecycle.Events() {
			want := snapshot.Events[i]
			equal(t, "event", fmt.Sprintln(event.Name, event.Status, event.Error, event.Reason), fmt.Sprintln(want.Name, want.Status, want.Error, want.Reason))
		}
		_, err := RestoreLifecycle(line[:len(line)-2], nil)
		wantStatus(t, err, ErrCorrupt)
	}
	text := bytes.TrimSpace(readFile(t, vectors+"/rollout/data/snapshot.json"))
	rollout := must[*Rollout](t)(RestoreRollout(text))
	equal(t, "written", string(must[[]byte](t)(rollout.Snapshot())), string(text))
	_, err := RestoreRollout(text[:len(text)-2])
	wantStatus(t, err, ErrCorrupt)
}
