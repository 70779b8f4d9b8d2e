// SPDX-License-Identifier: MIT

package codedeploy

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// What the tests of the C library are checked against, too.
const (
	vectors  = "../../tests"
	examples = "../../examples"
)

func readFile(t testing.TB, path string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.FromSlash(path))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func readJSON(t testing.TB, path string, to any) {
	t.Helper()
	if err := json.Unmarshal(readFile(t, path), to); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}

func must[T any](t testing.TB) func(T, error) T {
	return func(value T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

func wantStatus(t testing.TB, err error, status Status) *Error {
	t.Helper()
	var own *Error
	if !errors.As(err, &own) || !errors.Is(err, status) {
		t.Fatalf("got %v, want %v", err, status)
	}
	return own
}

func equal[T any](t testing.TB, what string, got, want T) {
	t.Helper()
	if any(got) != any(want) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

const server = `version: 0.0
os: linux
files:
  - source: app
    destination: /srv/app
  - source: config/site.conf
    destination: /etc/site
permissions:
  - object: /srv/app
    pattern: "*.sh"
    except: [skip.sh]
    owner: www-data
    group: www-data
    mode: "0755"
    acls: ["u:mary:rw"]
    context: {name: system_u, type: httpd_sys_content_t, range: s0}
    type: [file]
hooks:
  ApplicationStop:
    - location: scripts/stop.sh
      timeout: 30
      runas: root
  AfterInstall:
    - location: scripts/a b.sh
      sudo: true
`
