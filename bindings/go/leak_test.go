// SPDX-License-Identifier: MIT

package codedeploy

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"testing"
	"time"
)

// abandoned is what tests leave in C's hands for good, because there is no other way.
var abandoned int64

// What LeakSanitizer takes over in leak_sanitizer_test.go: whether there are no leaks, and what is left by
// intention.
var (
	noLeaks   = func() bool { return true }
	unwatched = func(work func()) { work() }
)

// TestMain fails when objects of C's are left that no test holds any more, closed or not.
func TestMain(m *testing.M) {
	code := m.Run()
	if left := settled(); code == 0 && left != 0 {
		fmt.Fprintf(os.Stderr, "%d objects of C's are left\n", left)
		code = 1
	}
	if code == 0 && !noLeaks() {
		code = 1
	}
	os.Exit(code)
}

// settled collects garbage until nothing more comes of it, and tells how much is left then.
func settled() int64 {
	left := owned.Load()
	for still := 0; still < 10 && left != abandoned; still++ {
		runtime.GC()
		time.Sleep(2 * time.Millisecond) // finalizers run in a goroutine of their own
		if now := owned.Load(); now != left {
			left, still = now, 0
		}
	}
	return left - abandoned
}

// Closing frees at once, without the garbage collector's help.
func TestCloseFreesAtOnce(t *testing.T) {
	before := settled()
	spec := must[*AppSpec](t)(ParseAppSpec([]byte(server), nil))
	rollout := must[*Rollout](t)(NewRollout(nil)) // with its findings
	equal(t, "counted", owned.Load()-abandoned, before+3)
	spec.Close()
	rollout.Close()
	equal(t, "left", owned.Load()-abandoned, before)
}

// circular is a file system that has an install, which has the file system.
type circular struct {
	*SimFileSystem
	install *Install
}

// What the program gives to an object may lead back to it.
func TestGarbageInCircles(t *testing.T) {
	before := settled()
	func() {
		sim, spec := simWithRevision(t)
		files := &circular{SimFileSystem: sim}
		plan := must[*InstallPlan](t)(NewInstallPlan(spec, files, nil))
		var install *Install
		install = must[*Install](t)(plan.NewInstall(files, InstallOptions{Group: "g", ID: "d", Progress: func(InstallProgress) error {
			install.State()
			return nil
		}}))
		files.install = install
		if err := install.Apply(context.Background()); err != nil {
			t.Error(err)
		}
	}()
	equal(t, "left", settled(), before)
}
