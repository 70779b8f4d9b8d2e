// SPDX-License-Identifier: MIT

//go:build linux && !codedeploy_no_posix

package codedeploy

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"
)

// revision makes a bundle: files by their names, those that begin with #! executable.
func revision(t testing.TB, files map[string]string) string {
	t.Helper()
	folder := t.TempDir()
	for name, content := range files {
		path := filepath.Join(folder, name)
		mode := os.FileMode(0o644)
		if strings.HasPrefix(content, "#!") {
			mode = 0o755
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), mode); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

func hello(t testing.TB, version, script string) string {
	return revision(t, map[string]string{
		"appspec.yml": "version: 0.0\nos: linux\nfiles:\n  - source: message\n    destination: /srv\nhooks:\n  ValidateService:\n    - location: check.sh\n",
		"message":     version, "check.sh": "#!/bin/sh\n" + script + "\n",
	})
}

func TestPreview(t *testing.T) {
	options, content := trial(t, hello(t, "one", "exit 0"))
	preview := must[*Preview](t)(PreviewDeployment(options))
	events, install := preview.Events, preview.Install
	equal(t, "directory", preview.Directory != "", true)
	preview = nil
	runtime.GC()
	equal(t, "events", events.Find("ValidateService") > 0, true)
	events.Close()
	instructions, _ := install.Instructions()
	equal(t, "instructions", len(instructions) > 0, true)
	equal(t, "nothing is installed", content() == "one", false)
	options.Bundle = "/no/such/bundle"
	_, err := PreviewDeployment(options)
	wantStatus(t, err, ErrNotFound)
}

func TestFetch(t *testing.T) {
	own := errors.New("no network")
	options, _ := trial(t, "s3://bucket/key.zip")
	options.BundleType = LocalBundleZip
	var asked FetchRequest
	options.Fetch = func(_ context.Context, what FetchRequest) error {
		asked = what
		return own
	}
	_, err := Deploy(context.Background(), options)
	equal(t, "the callback's error", errors.Is(err, own), true)
	equal(t, "location", asked.Location, "s3://bucket/key.zip")
	equal(t, "type", asked.Type, LocalBundleZip)
	options.Fetch = func(context.Context, FetchRequest) error { panic(own) }
	func() {
		defer func() { equal[any](t, "panic", recover(), own) }()
		_, _ = Deploy(context.Background(), options)
		t.Error("no panic")
	}()
}

func TestAgentConfigApply(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "codedeployagent.yml")
	text := ":root_dir: /agent\n:program_name: other\n:enable_deployments_log: false\n:proxy_uri: http://proxy:3128\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	config := must[AgentConfig](t)(ReadAgentConfig(path))
	options := DeployOptions{Bundle: "/bundle", MaxRevisions: 9}
	equal(t, "apply", config.Apply(&options), nil)
	equal(t, "options", fmt.Sprint(options.Bundle, options.RootDirectory, options.MaxRevisions, options.ProgramName, options.NoDeploymentsLog),
		"/bundle/agent9othertrue")
	equal(t, "variables", strings.Join(config.Variables, " "), "HTTPS_PROXY=http://proxy:3128")
	wantStatus(t, (&AgentConfig{}).Apply(&options), ErrClosed)
	wantStatus(t, (*AgentConfig)(nil).Apply(&options), ErrClosed)
	wantStatus(t, config.Apply(nil), ErrArgument)
}

// trial is a scratch machine.
func trial(t testing.TB, bundle string) (DeployOptions, func() string) {
	root := t.TempDir()
	if err := os.MkdirAll(filepath.Join(root, "srv"), 0o755); err != nil {
		t.Fatal(err)
	}
	return DeployOptions{Bundle: bundle, DestinationRoot: root, RootDirectory: filepath.Join(root, "records"), Durability: InstallVolatile},
		func() string {
			content, err := os.ReadFile(filepath.Join(root, "srv", "message"))
			if err != nil {
				return err.Error()
			}
			return string(content)
		}
}

func TestDeployAndRollBack(t *testing.T) {
	options, message := trial(t, hello(t, "one", "echo checked"))
	var events []string
	var lines []string
	options.News = func(news News) error {
		switch {
		case news.Kind == NewsEventEnded:
			events = append(events, news.Event+" "+news.Status)
		case news.Kind == NewsLog && news.LogKind == LogStdout:
			lines = append(lines, news.Text)
		}
		return nil
	}
	deployed := must[*LocalDeployment](t)(Deploy(context.Background(), options))
	equal(t, "succeeded", deployed.Succeeded, true)
	equal(t, "message", message(), "one")
	equal(t, "lines", strings.Join(lines, " "), "checked")
	if !strings.Contains(strings.Join(events, ","), "Install Succeeded,AfterInstall Succeeded,ApplicationStart Succeeded,ValidateService Succeeded") {
		t.Errorf("events %v", events)
	}
	options.Bundle = hello(t, "two", "echo it is broken >&2; exit 3")
	failed, err := Deploy(context.Background(), options)
	wantStatus(t, err, ErrInvalid)
	equal(t, "failed", failed.FailedEvent+" "+failed.FailedScript, "ValidateService check.sh")
	equal(t, "code", failed.ErrorCode, ScriptFailed)
	equal(t, "tail", strings.Contains(failed.LogTail, "it is broken"), true)
	equal(t, "rolled back", failed.Rollback != nil && failed.Rollback.Succeeded, true)
	equal(t, "message", message(), "one")
	history := must[[]HistoryEntry](t)(History(options.RootDirectory, ""))
	equal(t, "history", len(history), 3)
	equal(t, "creator", history[2].Creator, "codeDeployRollback")
	equal(t, "last", history[2].IsLastSuccessful && !history[2].Completed.IsZero(), true)
	outcome, _, err := RecoverDeployment(options)
	equal(t, "recovered", fmt.Sprint(outcome, err), fmt.Sprint(InstallNothingToRecover, nil))
	again := must[*LocalDeployment](t)(Redeploy(context.Background(), options, deployed.ID))
	equal(t, "redeployed", again.Succeeded, true)
	_, err = Redeploy(context.Background(), options, "d-NONE")
	wantStatus(t, err, ErrNotFound)
}

func TestDeployErrors(t *testing.T) {
	own := errors.New("not today")
	options, message := trial(t, hello(t, "one", "true"))
	options.NoRollback = true
	options.News = func(News) error { return own }
	if _, err := Deploy(context.Background(), options); !errors.Is(err, own) {
		t.Errorf("got %v", err)
	}
	options.News = func(news News) error {
		if news.Kind == NewsEventBegun {
			panic("in the news")
		}
		return nil
	}
	func() {
		defer func() { equal(t, "panic", fmt.Sprint(recover()), "in the news") }()
		_, _ = Deploy(context.Background(), options)
	}()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Deploy(ctx, options); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	options.News = nil
	options.Bundle = filepath.Join(options.Bundle, "nowhere")
	if _, err := Deploy(context.Background(), options); err == nil {
		t.Error("deployed nothing")
	}
	options.Bundle = revision(t, map[string]string{"appspec.yml": "version: 0.0\nos: linux\nfiles: 3\n"})
	_, err := Deploy(context.Background(), options)
	if own := wantStatus(t, err, ErrInvalid); len(own.Diagnostics) == 0 {
		t.Error("no finding")
	}
	equal(t, "nothing is installed", strings.Contains(message(), "no such file"), true)
}

func TestDeployCancelled(t *testing.T) {
	options, message := trial(t, hello(t, "one", "while :; do echo again; sleep 0.02; done"))
	options.NoRollback = true
	ctx, cancel := context.WithCancel(context.Background())
	options.News = func(news News) error {
		if news.Kind == NewsLog && news.LogKind == LogStdout {
			cancel()
		}
		return nil
	}
	_, err := Deploy(ctx, options)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	equal(t, "the files are gone", strings.Contains(message(), "no such file"), true)
}

func TestRunScript(t *testing.T) {
	folder := revision(t, map[string]string{
		"ok.sh":    "#!/bin/sh\necho $LIFECYCLE_EVENT $COLOUR; echo oops >&2\n",
		"sleep.sh": "#!/bin/sh\necho asleep\nsleep 60\n",
		"fail.sh":  "#!/bin/sh\nexit 7\n",
	})
	var lines []string
	options := ScriptOptions{
		Revision: folder, Location: "ok.sh", Event: "AfterInstall", Variables: []string{"COLOUR=red"},
		Output: func(kind LogKind, line string) error {
			if kind == LogStdout || kind == LogStderr {
				lines = append(lines, fmt.Sprint(kind == LogStderr, line))
			}
			return nil
		},
	}
	result := must[ScriptResult](t)(RunScript(context.Background(), options))
	equal(t, "code", result.Code, ScriptSucceeded)
	if !reflect.DeepEqual(lines, []string{"falseAfterInstall red", "trueoops"}) && !reflect.DeepEqual(lines, []string{"trueoops", "falseAfterInstall red"}) {
		t.Errorf("lines %v", lines)
	}
	options.Location = "fail.sh"
	result = must[ScriptResult](t)(RunScript(context.Background(), options))
	equal(t, "status", result.ExitStatus, 7)
	equal(t, "code", result.Code, ScriptFailed)
	options.Location = "missing.sh"
	result = must[ScriptResult](t)(RunScript(context.Background(), options))
	equal(t, "code", result.Code, ScriptMissing)
	options.Location = "sleep.sh"
	options.Timeout = 50 * time.Millisecond
	result = must[ScriptResult](t)(RunScript(context.Background(), options))
	equal(t, "code", result.Code, ScriptTimedOut)
	options.Timeout = 0
	ctx, cancel := context.WithCancel(context.Background())
	options.Output = func(LogKind, string) error { cancel(); return nil }
	_, err := RunScript(ctx, options)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	own := errors.New("too loud")
	options.Event = "" // an event's header is an entry, too
	options.Output = func(kind LogKind, line string) error {
		if kind == LogStdout {
			return own
		}
		return nil
	}
	_, err = RunScript(context.Background(), options)
	if !errors.Is(err, own) {
		t.Errorf("got %v", err)
	}
	_, err = RunScript(context.Background(), ScriptOptions{Revision: "relative", Location: "x"})
	wantStatus(t, err, ErrArgument)
}

func TestPosixFiles(t *testing.T) {
	folder := revision(t, map[string]string{"app/a": "content"})
	root := t.TempDir()
	files := must[*PosixFiles](t)(OpenPosixFiles(PosixFilesOptions{Revision: folder, Destination: root, State: t.TempDir(), Sync: SyncNone}))
	defer files.Close()
	spec := must[*AppSpec](t)(ParseAppSpec([]byte("version: 0.0\nos: linux\nfiles:\n  - source: app\n    destination: /srv/app\n"), nil))
	plan := must[*InstallPlan](t)(NewInstallPlan(spec, files, nil))
	install := must[*Install](t)(plan.NewInstall(files, InstallOptions{Group: "g", ID: "d", Durability: InstallVolatile}))
	if err := install.Apply(context.Background()); err != nil {
		t.Fatal(err)
	}
	if err := install.Keep(); err != nil {
		t.Fatal(err)
	}
	equal(t, "content", string(readFile(t, filepath.Join(root, "srv/app/a"))), "content")
	_, err := files.ReadFile(RootDestination, "/srv/app/none", 10)
	own := wantStatus(t, err, ErrNotFound)
	equal(t, "in words", len(own.Diagnostics), 1)
	_, err = OpenPosixFiles(PosixFilesOptions{Destination: filepath.Join(root, "nowhere")})
	wantStatus(t, err, ErrNotFound)
}

func TestUnpackBundle(t *testing.T) {
	folder := revision(t, map[string]string{"appspec.yml": "x", "a/b": "c"})
	to := filepath.Join(t.TempDir(), "archive")
	options := UnpackOptions{Location: folder, Type: LocalBundleDirectory, Destination: to}
	must[Diagnostics](t)(UnpackBundle(context.Background(), options))
	equal(t, "content", string(readFile(t, filepath.Join(to, "a/b"))), "c")
	_, err := UnpackBundle(context.Background(), options)
	wantStatus(t, err, ErrConflict)
	if err := RemoveTree(to); err != nil {
		t.Error(err)
	}
	options.Type = LocalBundleZip
	_, err = UnpackBundle(context.Background(), options)
	if err == nil {
		t.Error("a directory is no zip")
	}
	path := filepath.Join(folder, "agent.yml")
	if err := os.WriteFile(path, []byte("---\n:root_dir: '/opt/x'\n:max_revisions: 3\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	config := must[AgentConfig](t)(ReadAgentConfig(path))
	equal(t, "config", fmt.Sprint(config.RootDirectory, config.MaxRevisions), "/opt/x3")
}
