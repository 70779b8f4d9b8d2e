// SPDX-License-Identifier: MIT

package codedeploy

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// The measured inputs: the binding accepts what the official agent accepts, to the same meaning.
func TestDetectPlatform(t *testing.T) {
	equal(t, "Lambda", must[Platform](t)(DetectPlatform([]byte(lambdaSpec), nil)), PlatformLambda)
	equal(t, "Server", must[Platform](t)(DetectPlatform([]byte("version: 7\nos: linux\n"), nil)), PlatformServer)
	equal(t, "unknown", must[Platform](t)(DetectPlatform([]byte("{}"), nil)), PlatformAuto)
	_, err := DetectPlatform([]byte("{"), nil)
	wantStatus(t, err, ErrInvalid)
}

func TestQuirks(t *testing.T) {
	lines := bytes.Split(bytes.TrimSpace(readFile(t, vectors+"/appspec/data/quirks.jsonl")), []byte("\n"))
	equal(t, "vectors", len(lines), 502)
	for _, line := range lines {
		var vector struct {
			File  string
			Agent struct {
				Accepted   bool
				Normalized json.RawMessage
			} `json:"ruby_agent"`
		}
		if err := json.Unmarshal(line, &vector); err != nil {
			t.Fatal(err)
		}
		checkQuirk(t, vector.File, vector.Agent.Accepted, vector.Agent.Normalized)
	}
}

func checkQuirk(t *testing.T, file string, accepted bool, normalized []byte) {
	text := readFile(t, vectors+"/appspec/data/quirks/"+file)
	spec, err := ParseAppSpec(text, &AppSpecOptions{Platform: PlatformServer})
	if (err == nil) != accepted {
		t.Errorf("%s: %v", file, err)
		return
	}
	if err != nil {
		var found Diagnostics
		if !(errors.Is(err, ErrInvalid) || errors.Is(err, ErrLimit)) || !errors.As(err, &found) || len(found.AtLeast(SeverityError)) == 0 {
			t.Errorf("%s: %v", file, err)
		}
		for _, one := range found {
			if one.Place.Line == 0 || one.Place.EndOffset < one.Place.Offset || one.Place.EndOffset > len(text) {
				t.Errorf("%s: no place: %v", file, one)
			}
		}
		return
	}
	defer spec.Close()
	shown, err := spec.WriteNormalized(NotationJSON)
	if err != nil || !sameJSON(t, shown, normalized) {
		t.Errorf("%s: %s instead of %s, %v", file, shown, normalized, err)
	}
	checkWritten(t, file, spec)
	checkViews(t, file, spec, normalized)
}

func sameJSON(t *testing.T, a, b []byte) bool {
	t.Helper()
	var x, y any
	if json.Unmarshal(a, &x) != nil || json.Unmarshal(b, &y) != nil {
		return false
	}
	return reflect.DeepEqual(x, y)
}

// What is written is read to the same again.
func checkWritten(t *testing.T, file string, spec *AppSpec) {
	for _, notation := range []Notation{NotationYAML, NotationJSON, NotationXML} {
		text, err := spec.Write(notation)
		if errors.Is(err, ErrUnsupported) {
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		again, err := ParseAppSpec(text, &AppSpecOptions{Platform: PlatformServer, Notation: notation})
		if err != nil || !again.Equal(spec) {
			t.Errorf("%s: %v: %s", file, err, text)
		}
		again.Close()
	}
}

// The views say what the normalized form says.
func checkViews(t *testing.T, file string, spec *AppSpec, normalized []byte) {
	var n struct {
		OS                 string
		FileExistsBehavior *string `json:"file_exists_behavior"`
		Files              []struct{ Source, Destination any }
		Permissions        []struct {
			Object string
			Mode   *string
			Except []any
			ACLs   []string
			Type   []string
		}
		Hooks map[string][]struct {
			Location string
			Timeout  json.Number
			RunAs    *string
		}
	}
	if err := json.Unmarshal(normalized, &n); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	equal(t, file+": os", spec.OS(), n.OS)
	equal(t, file+": files", len(spec.Files()), len(n.Files))
	for i, one := range spec.Files() {
		if text, ok := n.Files[i].Source.(string); ok && one.SourceKind == ValueText {
			equal(t, file+": source", one.Source, text)
		}
		if text, ok := n.Files[i].Destination.(string); ok && one.DestinationKind == ValueText {
			equal(t, file+": destination", one.Destination, text)
		}
	}
	equal(t, file+": permissions", len(spec.Permissions()), len(n.Permissions))
	for i, one := range spec.Permissions() {
		equal(t, file+": object", one.Object, n.Permissions[i].Object)
		equal(t, file+": except", len(one.Except), len(n.Permissions[i].Except))
		equal(t, file+": acls", len(one.ACLs), len(n.Permissions[i].ACLs))
		equal(t, file+": mode", one.Mode != "", n.Permissions[i].Mode != nil)
	}
	equal(t, file+": hooks", len(spec.Hooks()), len(n.Hooks))
	for _, hook := range spec.Hooks() {
		scripts, ok := n.Hooks[hook.Event]
		equal(t, file+": hook "+hook.Event, ok, true)
		equal(t, file+": scripts", len(hook.Scripts), len(scripts))
		for i, script := range hook.Scripts {
			equal(t, file+": location", script.Location, scripts[i].Location)
			equal(t, file+": runas", script.HasRunAs, scripts[i].RunAs != nil)
			if seconds, err := scripts[i].Timeout.Int64(); err == nil && script.Timeout < 1<<62 {
				equal(t, file+": timeout", script.Timeout, time.Duration(seconds)*time.Second)
			}
		}
	}
}

func TestAppSpecViews(t *testing.T) {
	spec := must[*AppSpec](t)(ParseAppSpec([]byte(server), nil))
	defer spec.Close()
	equal(t, "platform", spec.Platform(), PlatformServer)
	equal(t, "version", spec.Version(), "0.0")
	equal(t, "os", spec.OS(), "linux")
	equal(t, "behavior", spec.FileExistsBehavior(), FileExistsUnset)
	permission := spec.Permissions()[0]
	want := Permission{
		Object: "/srv/app", Pattern: "*.sh", Owner: "www-data", Group: "www-data", Mode: "0755", ModeBits: 0o755,
		Context: &SELinuxContext{"system_u", "httpd_sys_content_t", "s0"}, Types: ObjectTypeFile,
		Except: []Except{{"skip.sh", ValueText}}, HasACLs: true,
		ACLs:        []ACL{{"user:mary:rw-", "mary", ACLUser, false, 6}},
		PatternKind: ValueText, OwnerKind: ValueText, GroupKind: ValueText,
	}
	if !reflect.DeepEqual(permission, want) {
		t.Errorf("got %+v, want %+v", permission, want)
	}
	hook, ok := spec.Hook("ApplicationStop")
	if want := (Hook{"ApplicationStop", []Script{{"scripts/stop.sh", "root", true, false, 30 * time.Second}}, ""}); !ok || !reflect.DeepEqual(hook, want) {
		t.Errorf("got %+v", hook)
	}
	if _, ok := spec.Hook("Applicationstop"); ok {
		t.Error("found a hook that is not there")
	}
	place := must[Place](t)(spec.FindPlace("/files/1/destination"))
	equal(t, "place", place.String(), "7:18")
	equal(t, "text", server[place.Offset:place.EndOffset], "/etc/site")
	_, err := spec.FindPlace("/files/2")
	wantStatus(t, err, ErrNotFound)
	if spec.Lambda() != nil || spec.ECS() != nil {
		t.Error("a Server AppSpec has another platform's resource")
	}
}

// A built AppSpec equals the one that its content came from.
func TestAppSpecContent(t *testing.T) {
	for _, file := range []string{"server.yml", "lambda.yml", "ecs.json"} {
		spec := must[*AppSpec](t)(ParseAppSpec(readFile(t, examples+"/appspec/"+file), nil))
		again, err := NewAppSpec(spec.Content(), nil)
		if err != nil || !again.Equal(spec) {
			t.Errorf("%s: %v: %+v", file, err, spec.Content())
		}
		if !reflect.DeepEqual(spec.Content(), again.Content()) {
			t.Errorf("%s: %+v, %+v", file, spec.Content(), again.Content())
		}
	}
	spec := must[*AppSpec](t)(ParseAppSpec([]byte(server), nil))
	again := must[*AppSpec](t)(NewAppSpec(spec.Content(), nil))
	equal(t, "equal", again.Equal(spec), true)
	_, err := again.FindPlace("/files/0")
	wantStatus(t, err, ErrNotFound)
	_, err = NewAppSpec(AppSpecContent{Platform: PlatformServer}, nil)
	if wantStatus(t, err, ErrInvalid); len(err.(*Error).Diagnostics) == 0 {
		t.Error("no finding")
	}
	_, err = NewAppSpec(AppSpecContent{}, nil)
	wantStatus(t, err, ErrArgument)
	_, err = NewAppSpec(AppSpecContent{Platform: PlatformLambda, OS: "linux"}, nil)
	wantStatus(t, err, ErrState)
}

func TestAppSpecFindings(t *testing.T) {
	_, err := ParseAppSpec([]byte("version: 0.0\nos: linux\nhooks:\n  AfterInstal:\n    - location: a.sh\n"), &AppSpecOptions{Profile: ProfileStrict})
	own := wantStatus(t, err, ErrInvalid)
	if !own.Diagnostics.Has(CodeAppSpecEventUnknown) {
		t.Fatalf("got %v", own.Diagnostics)
	}
	var found Diagnostics
	if !errors.As(err, &found) || len(found) != len(own.Diagnostics) {
		t.Error("errors.As finds no diagnostics")
	}
	for _, one := range found {
		if one.Code == CodeAppSpecEventUnknown {
			equal(t, "place", one.Place.String(), "4:3")
			equal(t, "pointer", one.Pointer, "/hooks/AfterInstal")
			if !strings.Contains(one.Hint, "AfterInstall") {
				t.Errorf("hint %q", one.Hint)
			}
		}
	}
	if !strings.Contains(err.Error(), "4:3: error:") {
		t.Errorf("the error says %q", err)
	}
	_, err = ParseAppSpec([]byte("version: 0.0\nos: linux\n# long\n"), &AppSpecOptions{Limits: &Limits{InputBytes: 10}})
	wantStatus(t, err, ErrLimit)
	_, err = ParseAppSpec(nil, nil)
	wantStatus(t, err, ErrInvalid)
	_, err = ParseAppSpec([]byte(server), &AppSpecOptions{Profile: 99})
	wantStatus(t, err, ErrArgument)
	spec := must[*AppSpec](t)(ParseAppSpec([]byte("version: 0.0\nos: linux\nhooks:\n  AfterInstal: [{location: a}]\n"), nil))
	if !spec.Diagnostics().Has(CodeAppSpecEventUnknown) {
		t.Errorf("warnings: %v", spec.Diagnostics())
	}
}

// failingFS answers with an error, or panics.
type failingFS struct {
	err  error
	open func(name string)
}

func (f failingFS) Open(name string) (fs.File, error) {
	if f.open != nil {
		f.open(name)
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: f.err}
}

func TestAppSpecBundle(t *testing.T) {
	bundle := fstest.MapFS{
		"app/x":           {Data: []byte("x")},
		"scripts/stop.sh": {Data: []byte("#!/bin/sh\r\n"), Mode: 0o644},
	}
	_, err := ParseAppSpec([]byte(server), &AppSpecOptions{Bundle: bundle})
	refused := wantStatus(t, err, ErrInvalid)
	for _, code := range []string{"bundle-source-missing", "bundle-script-not-executable"} {
		found := false
		for _, one := range refused.Diagnostics {
			found = found || one.Code.String() == code
		}
		if !found {
			t.Errorf("no %s in %v", code, refused.Diagnostics)
		}
	}
	own := errors.New("the disk is on fire")
	_, err = ParseAppSpec([]byte(server), &AppSpecOptions{Bundle: failingFS{err: own}})
	if !errors.Is(err, own) {
		t.Errorf("got %v", err)
	}
	func() {
		defer func() { equal(t, "panic", fmt.Sprint(recover()), "a panic") }()
		_, _ = ParseAppSpec([]byte(server), &AppSpecOptions{Bundle: failingFS{open: func(string) { panic("a panic") }}})
		t.Error("no panic")
	}()
}

func TestCompareAppSpec(t *testing.T) {
	comparison := must[*AppSpecComparison](t)(CompareAppSpec([]byte("version: 0.0\nos: linux\npermissions:\n  - object: /a\n    mode: 0644\n"), nil))
	equal(t, "readings", len(comparison.Readings), 3)
	equal(t, "documentation", comparison.Readings[2].Reader, AppSpecReaderDocumentation)
	if len(comparison.Differences) == 0 || comparison.Differences[0].What == "" {
		t.Errorf("got %+v", comparison)
	}
	_, err := CompareAppSpec([]byte("{"), nil)
	wantStatus(t, err, ErrInvalid)
}

func TestStarter(t *testing.T) {
	for _, platform := range []Platform{PlatformServer, PlatformLambda, PlatformECS} {
		text := must[[]byte](t)(StarterAppSpec(platform))
		spec := must[*AppSpec](t)(ParseAppSpec(text, &AppSpecOptions{Profile: ProfileStrict}))
		equal(t, "platform", spec.Platform(), platform)
	}
	_, err := StarterAppSpec(PlatformAuto)
	wantStatus(t, err, ErrArgument)
}

// Any text gives an AppSpec or an error of ours, and never anything else.
func FuzzParseAppSpec(f *testing.F) {
	f.Add([]byte(server))
	f.Add([]byte("{}"))
	f.Add([]byte("<a/>"))
	f.Add([]byte{0xff, 0xfe, 0})
	f.Fuzz(func(t *testing.T, text []byte) {
		spec, err := ParseAppSpec(text, nil)
		var own *Error
		if err != nil && !errors.As(err, &own) {
			t.Fatal(err)
		}
		if err == nil {
			checkWritten(t, "fuzz", spec)
			spec.Close()
		}
	})
}
