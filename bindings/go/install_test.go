// SPDX-License-Identifier: MIT

package codedeploy

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// What the official agent makes of install cases, measured: the plan's instructions are the agent's.

type installCase struct {
	Case struct {
		Name, Cwd string
		Steps     []struct {
			Bundle, Pre        map[string]json.RawMessage
			AppSpec            string
			AppSpecFilename    string `json:"appspec_filename"`
			WriteAppSpecAs     string `json:"write_appspec_as"`
			FileExistsBehavior string `json:"file_exists_behavior"`
		}
	}
	Agent struct {
		Steps []struct {
			Generate json.RawMessage
			Install  struct {
				OK          *bool
				Reason      string
				Cleanup     string
				InstallJSON struct{ Instructions []map[string]any } `json:"install_json"`
			}
			Tree []struct{ Path, Type string }
		}
	} `json:"ruby_agent"`
}

var installFill = strings.NewReplacer("{{ROOT}}", "/scratch", "{{HOME}}", "/home/me")

// Cases that tests/install/test_cases.c leaves out or gives an answer of its own, for its reasons.
var installSkipped = map[string]bool{
	"perm_context_without_range": true, "exists_bad_option": true,
	"redeploy_name_with_newline": true, "redeploy_name_with_spaces_at_end": true,
}

func TestInstallVectors(t *testing.T) {
	files, _ := filepath.Glob(vectors + "/install/data/cases/*.json")
	equal(t, "enough cases", len(files) >= 70, true)
	for _, file := range files {
		var one installCase
		if err := json.Unmarshal([]byte(installFill.Replace(string(readFile(t, file)))), &one); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		if !installSkipped[one.Case.Name] {
			runInstallCase(t, &one)
		}
	}
}

func layOut(t *testing.T, sim *SimFileSystem, root FileRoot, under string, files map[string]json.RawMessage) {
	for name, raw := range files {
		path := filepath.Clean(under + "/" + name)
		var text string
		var thing struct {
			Content, Link string
			Dir           any
		}
		var err error
		switch {
		case json.Unmarshal(raw, &text) == nil:
			err = sim.PutFile(root, path, 0o644, text)
		case json.Unmarshal(raw, &thing) == nil && thing.Link != "":
			err = sim.PutSymlink(root, path, thing.Link)
		case thing.Dir != nil:
			err = sim.PutDirectory(root, path, 0o755)
		default:
			err = sim.PutFile(root, path, 0o644, thing.Content)
		}
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
	}
}

func runInstallCase(t *testing.T, one *installCase) {
	for i := range one.Case.Steps {
		step, recorded := &one.Case.Steps[i], &one.Agent.Steps[i]
		sim := must[*SimFileSystem](t)(NewSimFileSystem())
		layOut(t, sim, RootDestination, "", map[string]json.RawMessage{
			"scratch": json.RawMessage(`{"dir":1}`), "home/me": json.RawMessage(`{"dir":1}`),
		})
		options := InstallPlanOptions{
			Mode: InstallCompatible, RevisionDirectory: fmt.Sprintf("/scratch/bundle%d", i+1),
			HomeDirectory: "/home/me", WorkingDirectory: "/scratch",
		}
		if one.Case.Cwd != "" {
			options.WorkingDirectory = one.Case.Cwd
		}
		_ = options.FileExistsBehavior.UnmarshalText([]byte(step.FileExistsBehavior))
		if i > 0 {
			before := &one.Agent.Steps[i-1]
			for _, item := range before.Tree {
				kind := map[string]string{"directory": `{"dir":1}`, "file": `"x"`}[item.Type]
				if kind == "" {
					kind = `{"link":"target"}`
				}
				layOut(t, sim, RootDestination, "/scratch", map[string]json.RawMessage{item.Path: json.RawMessage(kind)})
			}
			if before.Install.Cleanup != "" {
				options.Previous = must[*InstallRecord](t)(ParseInstallRecord([]byte(before.Install.Cleanup)))
			}
		}
		layOut(t, sim, RootRevision, "", step.Bundle)
		layOut(t, sim, RootDestination, "/scratch", step.Pre)
		spec := must[*AppSpec](t)(ParseAppSpec([]byte(chosenAppSpec(t, one, i)), nil))
		name := step.WriteAppSpecAs
		if name == "" {
			name = "appspec.yml"
		}
		layOut(t, sim, RootRevision, "", map[string]json.RawMessage{name: json.RawMessage(`"x"`)})
		plan := must[*InstallPlan](t)(NewInstallPlan(spec, sim, &options))
		checkInstallStep(t, fmt.Sprintf("%s, step %d", one.Case.Name, i+1), plan, recorded.Generate, recorded.Install.OK,
			recorded.Install.InstallJSON.Instructions)
	}
}

func chosenAppSpec(t *testing.T, one *installCase, i int) string {
	step := &one.Case.Steps[i]
	written := step.WriteAppSpecAs
	if written == "" {
		written = "appspec.yml"
	}
	names := []string{"appspec.yaml", "appspec.yml"}
	if step.AppSpecFilename != "" {
		names = append([]string{step.AppSpecFilename}, names...)
	} else {
		names = append([]string{"appspec.yml"}, names...)
	}
	for _, name := range names {
		var text string
		if raw, ok := step.Bundle[name]; ok && json.Unmarshal(raw, &text) == nil {
			return text
		}
		if name == written {
			return step.AppSpec
		}
	}
	t.Fatalf("%s: no AppSpec", one.Case.Name)
	return ""
}

func checkInstallStep(t *testing.T, name string, plan *InstallPlan, generate json.RawMessage, ok *bool, instructions []map[string]any) {
	var generated struct {
		OK           *bool
		Instructions []map[string]any
	}
	if json.Unmarshal(generate, &generated) == nil && generated.OK != nil {
		ok, instructions = generated.OK, generated.Instructions
	}
	conflicts, count := plan.Conflicts()
	if ok != nil && !*ok {
		if count == 0 || len(conflicts) == 0 || conflicts[0].Message == "" {
			t.Errorf("%s is not refused", name)
		}
		return
	}
	text := must[[]byte](t)(plan.WriteInstructions())
	var got struct{ Instructions []map[string]any }
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatal(err)
	}
	for _, instruction := range instructions {
		for key, value := range instruction {
			if path, isText := value.(string); isText && strings.HasPrefix(path, "/") {
				instruction[key] = filepath.Clean(path)
			}
		}
	}
	if len(got.Instructions) != len(instructions) || (len(instructions) > 0 && !reflect.DeepEqual(got.Instructions, instructions)) {
		t.Errorf("%s:\n%s\ninstead of\n%v", name, text, instructions)
	}
	var pieces bytes.Buffer
	must[int64](t)(plan.WriteForm(&pieces, InstallFormJSON))
	equal(t, name+": in pieces", pieces.String(), string(text))
	views := must[[]Instruction](t)(plan.Instructions())
	again := must[[]Instruction](t)(ParseInstructions(text, nil))
	equal(t, name+": views", len(views), len(instructions))
	for i, view := range views {
		equal(t, name+": type", view.Type.String(), instructions[i]["type"].(string))
		if !reflect.DeepEqual(view, again[i]) {
			t.Errorf("%s: %+v is read back as %+v", name, view, again[i])
		}
	}
}

// A file system for the other tests: an AppSpec of one directory, with two files.
func simWithRevision(t testing.TB) (*SimFileSystem, *AppSpec) {
	t.Helper()
	sim := must[*SimFileSystem](t)(NewSimFileSystem())
	for path, content := range map[string]string{"/app/a": "new a", "/app/sub/b": "new b"} {
		if err := sim.PutFile(RootRevision, path, 0o644, content); err != nil {
			t.Fatal(err)
		}
	}
	for _, path := range []string{"/srv"} {
		if err := sim.PutDirectory(RootDestination, path, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return sim, must[*AppSpec](t)(ParseAppSpec([]byte("version: 0.0\nos: linux\nfiles:\n  - source: app\n    destination: /srv/app\n"), nil))
}

func TestInstallAndRevert(t *testing.T) {
	sim, spec := simWithRevision(t)
	plan := must[*InstallPlan](t)(NewInstallPlan(spec, sim, &InstallPlanOptions{Measure: true}))
	totals := plan.Totals()
	equal(t, "files", totals.Files, 2)
	equal(t, "bytes", totals.Bytes, 10)
	before := must[string](t)(sim.Describe(RootDestination))
	var states []InstallState
	options := InstallOptions{Group: "g", ID: "d-1", Progress: func(p InstallProgress) error {
		if len(states) == 0 || states[len(states)-1] != p.State {
			states = append(states, p.State)
		}
		return nil
	}}
	install := must[*Install](t)(plan.NewInstall(sim, options))
	plan.Close() // the install holds it
	for steps := 0; ; steps++ {
		done, err := install.Step()
		if err != nil || steps > 1000 {
			t.Fatal(steps, err)
		}
		if done {
			break
		}
	}
	equal(t, "state", install.State(), InstallStateCommitted)
	content := must[[]byte](t)(sim.ReadFile(RootDestination, "/srv/app/sub/b", 100))
	equal(t, "content", string(content), "new b")
	if err := install.Revert(); err != nil {
		t.Fatal(err)
	}
	equal(t, "after revert", must[string](t)(sim.Describe(RootDestination)), before)
	wantStatus(t, install.Keep(), ErrState)
	if len(states) == 0 || states[0] != InstallStateStaging {
		t.Errorf("told of %v", states)
	}
	install.Close()
	_, err := install.Step()
	wantStatus(t, err, ErrClosed)
}

func TestInstallAmongGroups(t *testing.T) {
	sim, spec := simWithRevision(t)
	record := func(text string) *InstallRecord {
		return must[*InstallRecord](t)(ParseInstallRecord([]byte(text)))
	}
	for _, path := range []string{"/srv/old", "/srv/shared"} {
		if err := sim.PutFile(RootDestination, path, 0o644, ""); err != nil {
			t.Fatal(err)
		}
	}
	options := InstallPlanOptions{
		Previous: record("/srv/old\n/srv/shared\n"),
		Others:   map[string]*InstallRecord{"a": record("/srv/x\n"), "blog": record("/srv/shared\n"), "c": record("/srv/y\n")},
	}
	plan := must[*InstallPlan](t)(NewInstallPlan(spec, sim, &options))
	equal(t, "removed while blog's record is older", plan.Totals().RemovedFiles, 2)
	options.Newer = []string{"nobody", "blog", "blog"}
	plan = must[*InstallPlan](t)(NewInstallPlan(spec, sim, &options))
	equal(t, "removed while it is newer", plan.Totals().RemovedFiles, 1)
}

func TestInstallCancelled(t *testing.T) {
	sim, spec := simWithRevision(t)
	plan := must[*InstallPlan](t)(NewInstallPlan(spec, sim, nil))
	before := must[string](t)(sim.Describe(RootDestination))
	ctx, cancel := context.WithCancel(context.Background())
	calls := 0
	install := must[*Install](t)(plan.NewInstall(sim, InstallOptions{Group: "g", ID: "d-1", Progress: func(InstallProgress) error {
		if calls++; calls == 3 {
			cancel()
		}
		return nil
	}}))
	err := install.Apply(ctx)
	if !errors.Is(err, context.Canceled) || !errors.Is(err, ErrCancelled) {
		t.Fatalf("got %v", err)
	}
	equal(t, "state", install.State(), InstallStateUndone)
	equal(t, "tree", must[string](t)(sim.Describe(RootDestination)), before)
	own := errors.New("no more")
	install = must[*Install](t)(plan.NewInstall(sim, InstallOptions{Group: "g", ID: "d-2", Progress: func(InstallProgress) error { return own }}))
	if err := install.Apply(context.Background()); !errors.Is(err, own) {
		t.Errorf("got %v", err)
	}
	install = must[*Install](t)(plan.NewInstall(sim, InstallOptions{Group: "g", ID: "d-3"}))
	if err := install.Apply(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	equal(t, "state", install.State(), InstallStateReady)
}

// Every call fails in turn: the old tree is back, and the error is the one of the call.
func TestInstallFaults(t *testing.T) {
	for at := uint64(1); at < 500; at++ {
		sim, spec := simWithRevision(t)
		plan := must[*InstallPlan](t)(NewInstallPlan(spec, sim, nil))
		install := must[*Install](t)(plan.NewInstall(sim, InstallOptions{Group: "g", ID: "d-1"}))
		before := must[string](t)(sim.Describe(RootDestination))
		if err := sim.SetFault(SimFault{At: at, Status: ErrFull}); err != nil {
			t.Fatal(err)
		}
		err := install.Apply(context.Background())
		if err == nil {
			if sim.Calls(false) < at {
				return
			}
			continue // a call that does not matter
		}
		own := wantStatus(t, err, ErrFull)
		if len(own.Diagnostics) == 0 {
			t.Errorf("fault %d: no finding", at)
		}
		equal(t, "tree", must[string](t)(sim.Describe(RootDestination)), before)
		install.Close()
		plan.Close()
		sim.Close()
	}
	t.Error("there is no end")
}

// watched is a simulated file system of which single methods are Go's.
type watched struct {
	*SimFileSystem
	copied []string
	fail   error
	before func(path string)
}

func (w *watched) CopyFile(fromRoot FileRoot, from string, toRoot FileRoot, to string, keep Keep, moved func(uint64) error) error {
	if w.before != nil {
		w.before(from)
	}
	if w.fail != nil && from == "/app/sub/b" {
		return fmt.Errorf("copy %s: %w", from, w.fail)
	}
	w.copied = append(w.copied, from)
	return w.SimFileSystem.CopyFile(fromRoot, from, toRoot, to, keep, moved)
}

func TestFileSystemInGo(t *testing.T) {
	sim, spec := simWithRevision(t)
	files := &watched{SimFileSystem: sim}
	plan := must[*InstallPlan](t)(NewInstallPlan(spec, files, nil))
	install := must[*Install](t)(plan.NewInstall(files, InstallOptions{Group: "g", ID: "d-1"}))
	if err := install.Apply(context.Background()); err != nil {
		t.Fatal(err)
	}
	equal(t, "copied", len(files.copied), 2)
	if err := install.Keep(); err != nil {
		t.Fatal(err)
	}
	outcome, _, err := RecoverInstall(files, "g", InstallChooseKeep)
	if err != nil || outcome != InstallNothingToRecover {
		t.Errorf("%v, %v", outcome, err)
	}
	record := must[*InstallRecord](t)(ParseInstallRecord(must[[]byte](t)(sim.ReadFile(RootState, "/g-cleanup", 1000))))
	equal(t, "recorded", record.Contains("/srv/app/sub/b"), true)
	written := must[[]byte](t)(FormatInstallRecord(record.Entries()))
	equal(t, "record", string(written), string(must[[]byte](t)(plan.WriteRecord())))
}

func TestFileSystemErrors(t *testing.T) {
	for _, one := range []struct {
		fail   error
		status Status
	}{
		{errors.New("something of the program's own"), StatusHostFirst},
		{fs.ErrPermission, ErrDenied},
		{ErrFull, ErrFull},
		{context.DeadlineExceeded, ErrCancelled},
		{StatusPending, ErrHost},
	} {
		sim, spec := simWithRevision(t)
		files := &watched{SimFileSystem: sim, fail: one.fail}
		plan := must[*InstallPlan](t)(NewInstallPlan(spec, files, nil))
		before := must[string](t)(sim.Describe(RootDestination))
		install := must[*Install](t)(plan.NewInstall(files, InstallOptions{Group: "g", ID: "d-1"}))
		err := install.Apply(context.Background())
		wantStatus(t, err, one.status)
		if one.status != ErrHost && !errors.Is(err, one.fail) {
			t.Errorf("%v is not in %v", one.fail, err)
		}
		equal(t, "tree", must[string](t)(sim.Describe(RootDestination)), before)
		equal(t, "state", install.State(), InstallStateUndone)
	}
	spec := must[*AppSpec](t)(ParseAppSpec([]byte(server), nil))
	_, err := NewInstallPlan(spec, UnimplementedFileSystem{}, nil)
	wantStatus(t, err, ErrUnsupported)
	_, err = NewInstallPlan(nil, UnimplementedFileSystem{}, nil)
	wantStatus(t, err, ErrClosed)
	_, err = NewInstallPlan(spec, nil, nil)
	wantStatus(t, err, ErrClosed)
}

func TestSimFileSystem(t *testing.T) {
	sim := must[*SimFileSystem](t)(NewSimFileSystem())
	defer sim.Close()
	var files FileSystem = sim
	try := func(err error) {
		t.Helper()
		if err != nil {
			t.Error(err)
		}
	}
	try(files.MakeDirectory(RootDestination, "/d", 0o755))
	try(files.WriteFile(RootDestination, "/d/f", []byte("one")))
	try(files.AppendFile(RootDestination, "/d/f", []byte(" two")))
	try(files.MakeSymlink(RootDestination, "/d/l", "f"))
	try(files.HardLink(RootDestination, "/d/f", "/d/h"))
	try(files.SetMode(RootDestination, "/d/f", 0o640))
	try(files.CheckOwner("root", ""))
	try(files.SetOwner(RootDestination, "/d/f", "root", "root"))
	try(files.SetACL(RootDestination, "/d/f", []string{"user:mary:rw-"}))
	try(files.SetContext(RootDestination, "/d/f", SELinuxContext{Type: "etc_t"}))
	try(files.RemoveContext(RootDestination, "/d/f"))
	try(files.Rename(RootDestination, "/d/h", "/d/g", false))
	moved := uint64(0)
	try(files.CopyFile(RootDestination, "/d/f", RootDestination, "/d/c", KeepMode|KeepTimes, func(n uint64) error { moved += n; return nil }))
	equal(t, "moved", moved, 7)
	own := errors.New("stop")
	equal(t, "stopped", files.CopyFile(RootDestination, "/d/f", RootDestination, "/d/x", KeepMode, func(uint64) error { return own }), own)
	try(files.RemoveFile(RootDestination, "/d/x")) // the half of it may stay
	try(files.SyncFile(RootDestination, "/d/f"))
	try(files.SyncDirectory(RootDestination, "/d"))
	try(files.SyncAll(RootDestination))
	entries, err := files.List(RootDestination, "/d", true)
	try(err)
	equal(t, "entries", fmt.Sprint(entries), "[{c file 7} {f file 7} {g file 7} {l link 0}]")
	target, err := files.ReadLink(RootDestination, "/d/l")
	try(err)
	equal(t, "target", target, "f")
	info, err := files.Info(RootDestination, "/d/l", true)
	try(err)
	equal(t, "mode", info.Mode, 0o640)
	equal(t, "links", info.Links, 2)
	_, err = files.ReadFile(RootDestination, "/d/f", 3)
	wantStatus(t, err, ErrLimit)
	_, err = files.List(RootDestination, "/nowhere", false)
	wantStatus(t, err, ErrNotFound)
	try(files.RemoveFile(RootDestination, "/d/g"))
	wantStatus(t, files.RemoveDirectory(RootDestination, "/d"), ErrConflict)
	try(sim.PutOther(RootDestination, "/dev/x", 0o600))
	try(sim.SetDevice(RootDestination, "/dev", 7))
	try(sim.SetLacks(SimNoHardLinks))
	wantStatus(t, files.HardLink(RootDestination, "/d/f", "/d/h"), ErrUnsupported)
	try(sim.SetCapacity(8))
	wantStatus(t, files.WriteFile(RootDestination, "/d/big", []byte("123456789")), ErrFull)
	try(sim.BeginVolatile())
	try(files.RemoveFile(RootDestination, "/d/c"))
	try(sim.Crash(SimLoseEverything, 1))
	info, err = files.Info(RootDestination, "/d/c", false)
	try(err)
	equal(t, "after the crash", info.Kind, FileRegular)
}
