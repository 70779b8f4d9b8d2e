// SPDX-License-Identifier: MIT

//go:build codedeploy_leaks

// Package leaks looks for memory of C's that nothing in C leads to: LeakSanitizer, which knows nothing
// of Go's own memory. It is for the tests; programs are never linked with it.
package leaks

// #cgo LDFLAGS: -fsanitize=leak
// int __lsan_do_recoverable_leak_check(void);
// void __lsan_disable(void);
// void __lsan_enable(void);
import "C"

import "runtime"

// None tells whether there are no leaks. Those that there are have been written to the standard error.
func None() bool {
	return C.__lsan_do_recoverable_leak_check() == 0
}

// Unwatched does work of which anything may be left.
func Unwatched(work func()) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	C.__lsan_disable()
	defer C.__lsan_enable()
	work()
}
