// SPDX-License-Identifier: MIT

// Package codedeploy is libcodedeploy for Go: AWS CodeDeploy's deployment semantics, for any program.
//
// It reads and checks AppSpecs, deployment configurations and deployment groups; decides which
// instances of a fleet go next (Rollout), how traffic shifts (TrafficSchedule, TrafficCursor) and how
// a target goes through its lifecycle events (LifecyclePlan, Lifecycle); carries out whole deployments
// and their rollbacks, step by step or with a Host (Deployment); plans installs and carries them out so
// that they can be taken back (InstallPlan, Install); deploys bundles on this machine (Deploy); and plays
// deployments in no time, for tests (SimHost).
//
// # Objects
//
// What the C library keeps is freed by Close, or when the garbage collector finds the object. Methods
// of a closed object return ErrClosed, or zero values where they return no error; nothing crashes.
// Objects may be closed in any order and while calls are under way. Immutable objects may be used by
// many goroutines at once; calls of the others, the machines, wait for one another. A call from within
// a callback of the same object returns ErrBusy.
//
// # Errors
//
// All errors are of type *Error. errors.Is finds the Status (ErrInvalid, ErrNotFound) and the error
// that a callback returned, unchanged; errors.As finds Diagnostics: everything that is wrong, each
// with its place and its remedy. A panic in a callback comes out of the call that it was made from.
//
// # Time
//
// Machines do not look at the clock: the time comes in as an argument, a time.Duration since an origin
// of the program's choice, in whole milliseconds. A real program uses time.Since(start), a test
// whatever it likes. Never stands for a deadline that does not come.
//
// # Building
//
// The package finds the C libraries through pkg-config: codedeploy, codedeploy-posix and
// codedeploy-sim. With the build tags codedeploy_no_posix and codedeploy_no_sim it does without the
// latter two.
package codedeploy
