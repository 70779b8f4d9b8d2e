// SPDX-License-Identifier: MIT

package codedeploy

// #include "shim.h"
import "C"

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
)

// ErrClosed is the status of calls of an object that was closed, or that no function of this package
// has made.
const ErrClosed = ErrState

// Error makes every Status a value that errors.Is finds in the errors of this package:
//
//	if errors.Is(err, codedeploy.ErrInvalid) { ... }
func (s Status) Error() string {
	return C.GoString(C.cdp_status_message(C.cdp_status(s)))
}

// String gives the name of the status as the C library spells it, "CDP_ERR_INVALID".
func (s Status) String() string {
	return C.GoString(C.cdp_status_name(C.cdp_status(s)))
}

// Error is the type of all errors of this package. Everything that is wrong with an input is in
// Diagnostics; errors.As finds them too:
//
//	var found codedeploy.Diagnostics
//	if errors.As(err, &found) { ... }
//
// errors.Is finds the status, and the error that a callback returned, unchanged.
type Error struct {
	// Op says what was tried: "parse an AppSpec".
	Op string
	// Status is the C library's answer; below zero.
	Status Status
	// Subject is what it was tried with, where that is short; often empty.
	Subject string
	// Diagnostics is all that was found, warnings and notes too.
	Diagnostics Diagnostics
	// Dropped counts findings beyond the limit of Limits.Diagnostics.
	Dropped int
	// Err is the error of a callback that ended the call; nil when there is none.
	Err error
}

// Error tells the operation, the status, and the first of the gravest findings.
func (e *Error) Error() string {
	var text strings.Builder
	text.WriteString("codedeploy: ")
	text.WriteString(e.Op)
	if e.Subject != "" {
		fmt.Fprintf(&text, " %q", e.Subject)
	}
	text.WriteString(": ")
	switch {
	case e.Err != nil:
		text.WriteString(e.Err.Error())
	case len(e.Diagnostics) > 0:
		text.WriteString(e.Diagnostics.Error())
	default:
		text.WriteString(e.Status.Error())
	}
	return text.String()
}

// Is tells whether target is the error's status.
func (e *Error) Is(target error) bool {
	if status, ok := target.(Status); ok {
		return status == e.Status
	}
	return false
}

// Unwrap gives the callback's error when there is one, otherwise the findings.
func (e *Error) Unwrap() error {
	if e.Err != nil {
		return e.Err
	}
	if len(e.Diagnostics) > 0 {
		return e.Diagnostics
	}
	return nil
}

// As gives the status, and the findings also when Unwrap gives a callback's error.
func (e *Error) As(target any) bool {
	switch to := target.(type) {
	case *Status:
		*to = e.Status
		return true
	case *Diagnostics:
		if len(e.Diagnostics) > 0 {
			*to = e.Diagnostics
			return true
		}
	}
	return false
}

func failure(op string, status C.cdp_status) error {
	if status >= 0 {
		return nil
	}
	return &Error{Op: op, Status: Status(status)}
}

func closedError(op string) error {
	return &Error{Op: op, Status: ErrClosed, Err: errClosed}
}

func busyError(op string) error {
	return &Error{Op: op, Status: ErrBusy, Err: errBusy}
}

var (
	errClosed = errors.New("the object is closed")
	errBusy   = errors.New("a call of the object is under way")
)

// callbackErrors keeps the errors that callbacks of one call return, so that the one that ends the
// call comes out unchanged, and the value of a panic.
type callbackErrors struct {
	own      []error // of status StatusHostFirst - index
	first    map[C.cdp_status]error
	last     map[C.cdp_status]error
	panicked bool
	value    any
}

var wellKnown = []struct {
	err    error
	status Status
}{
	{fs.ErrNotExist, ErrNotFound},
	{fs.ErrExist, ErrConflict},
	{fs.ErrPermission, ErrDenied},
	{context.Canceled, ErrCancelled},
	{context.DeadlineExceeded, ErrCancelled},
}

// status makes C's answer of a callback's error.
func (c *callbackErrors) status(err error) C.cdp_status {
	if err == nil {
		return C.CDP_OK
	}
	var status Status
	result := C.cdp_status(0)
	if errors.As(err, &status) && status != StatusOK {
		result = C.cdp_status(status)
	} else {
		for _, known := range wellKnown {
			if errors.Is(err, known.err) {
				result = C.cdp_status(known.status)
				break
			}
		}
	}
	if result == 0 {
		for i, earlier := range c.own {
			if sameError(earlier, err) {
				result = C.CDP_ERR_HOST_FIRST - C.cdp_status(i)
			}
		}
		if result == 0 {
			c.own = append(c.own, err)
			result = C.CDP_ERR_HOST_FIRST - C.cdp_status(len(c.own)-1)
		}
	}
	if c.first == nil {
		c.first, c.last = map[C.cdp_status]error{}, map[C.cdp_status]error{}
	}
	if c.first[result] == nil {
		c.first[result] = err
	}
	c.last[result] = err
	return result
}

// sameError compares without failing on values that cannot be compared.
func sameError(a, b error) (same bool) {
	defer func() { _ = recover() }()
	return a == b
}

// of gives the callback's error that a status stands for; nil when it is the library's own.
func (c *callbackErrors) of(status C.cdp_status) error {
	if status >= 0 {
		return nil
	}
	if i := int(C.CDP_ERR_HOST_FIRST - status); i >= 0 && i < len(c.own) {
		return c.own[i]
	}
	switch status {
	case C.CDP_ERR_NOT_FOUND, C.CDP_ERR_CONFLICT, C.CDP_ERR_UNSUPPORTED:
		return c.last[status] // the earlier ones were answers, and no failures
	}
	return c.first[status] // the later ones came while it was undone
}

// guard is deferred by every function that C calls: a panic is kept for the Go function that drives
// the C library, and the C library is told to stop.
func (c *callbackErrors) guard(finished *bool, status *C.cdp_status) {
	if *finished {
		return
	}
	// Neither returned nor panicked: runtime.Goexit, which recover does not stop.
	c.value, c.panicked = recover(), true
	*status = C.CDP_ERR_CANCELLED
}

// rethrow goes on with the panic of a callback, once the C library has returned.
func (c *callbackErrors) rethrow() {
	if c.panicked {
		c.panicked = false
		panic(c.value)
	}
}
