// SPDX-License-Identifier: MIT

//go:build linux && !codedeploy_no_posix

package codedeploy

// #include "shim_posix.h"
import "C"

import (
	"context"
	"os"
	"runtime/cgo"
	"strings"
	"time"
	"unsafe"
)

// ScriptOptions says what hook script to run, and how.
type ScriptOptions struct {
	// Revision is the absolute path of the unpacked revision. Required, as is Location.
	Revision string
	// Location is the script's path within it.
	Location string
	// RunAs is the user; empty: no change.
	RunAs string
	Sudo  bool
	// Inherit tells which variables of Environment a script inherits.
	Inherit ScriptEnvironment
	// Environment has NAME=VALUE strings; nil: this process's own.
	Environment []string
	// Event, DeploymentID, ApplicationName, GroupName and GroupID are told to the script.
	Event, DeploymentID, ApplicationName, GroupName, GroupID string
	// Variables are more NAME=VALUE strings.
	Variables []string
	// Timeout is for the script and its outputs together; 0: an hour. Grace is what lies between
	// SIGTERM and SIGKILL; 0: five seconds.
	Timeout, Grace time.Duration
	// Held stays open as long as the script is watched, so that a lock on it outlives this process if
	// need be. May be nil.
	Held *os.File
	// ScriptLog is the path of scripts.log, DeploymentsLog that of the log of all deployments; empty:
	// none.
	ScriptLog, DeploymentsLog string
	// TailBytes is how much of the output is kept; 0: 2048.
	TailBytes int
	// Output is told each line, in the goroutine of the call; an error stops the script. May be nil.
	Output func(kind LogKind, line string) error
}

// ScriptResult tells how a script ended.
type ScriptResult struct {
	Code ScriptCode
	// Diagnostic is what Message comes from; 0 after success.
	Diagnostic DiagnosticCode
	// ExitStatus is -1 when it did not exit by itself; Signal ended it, or 0.
	ExitStatus, Signal int
	// Survivors counts processes that could not be ended.
	Survivors   int
	Duration    time.Duration
	OutputBytes uint64
	// Message says what went wrong; empty after success.
	Message string
	// Tail has the last lines of the output, TailDropped counts the bytes that are not in it.
	Tail        string
	TailDropped uint64
	Diagnostics Diagnostics
}

type logCalls struct {
	callbackErrors
	output func(kind LogKind, line string) error
}

//export cdpgoLogEntry
func cdpgoLogEntry(kind C.cdp_posix_log_kind, text C.cdp_string, handle C.uintptr_t) (status C.cdp_status) {
	calls := cgo.Handle(handle).Value().(*logCalls)
	finished := false
	defer calls.guard(&finished, &status)
	if calls.output != nil {
		if status = calls.status(calls.output(LogKind(kind), goString(text))); status > 0 {
			status = C.CDP_ERR_CANCELLED
		}
	}
	finished = true
	return status
}

func (o *ScriptOptions) c(memory *arena, log *C.cdp_posix_log) *C.cdp_posix_script_options {
	c := (*C.cdp_posix_script_options)(memory.alloc(C.sizeof_cdp_posix_script_options))
	c.size = C.sizeof_cdp_posix_script_options
	c.revision = memory.str(o.Revision)
	c.location = memory.str(o.Location)
	c.runas = memory.str(o.RunAs)
	c.sudo = cInt(o.Sudo)
	c.inherit = C.cdp_posix_environment(o.Inherit)
	if o.Environment != nil {
		count := len(o.Environment)
		c.environment = (**C.char)(memory.alloc(unsafe.Sizeof((*C.char)(nil)) * uintptr(count+1)))
		for i, variable := range o.Environment {
			unsafe.Slice(c.environment, count)[i] = memory.text(variable).data
		}
	}
	c.event = memory.str(o.Event)
	c.deployment_id = memory.str(o.DeploymentID)
	c.application_name = memory.str(o.ApplicationName)
	c.group_name = memory.str(o.GroupName)
	c.group_id = memory.str(o.GroupID)
	c.variables, c.variable_count = memory.strs(o.Variables)
	c.timeout_ms = toMS(o.Timeout)
	c.grace_ms = toMS(o.Grace)
	if o.Held != nil {
		c.held_descriptor = C.int(o.Held.Fd())
	}
	c.log = log
	return c
}

// RunScript runs one hook script of a revision and waits for its end. What is wrong with the script
// itself is its result. When the context is done, or Output returns an error, the script and all that
// came from it are ended, and the error comes back along with the result.
func RunScript(ctx context.Context, options ScriptOptions) (ScriptResult, error) {
	const op = "run a script"
	for _, variable := range options.Environment {
		if strings.IndexByte(variable, 0) >= 0 {
			return ScriptResult{}, &Error{Op: op, Status: ErrArgument}
		}
	}
	var memory arena
	defer memory.free()
	found := newFindings(nil)
	defer found.free()
	calls := &logCalls{output: options.Output}
	handle := newHandle(calls)
	defer deleteHandle(handle)
	l := (*C.cdp_posix_log_options)(memory.alloc(C.sizeof_cdp_posix_log_options))
	l.size = C.sizeof_cdp_posix_log_options
	l.script_log = memory.str(options.ScriptLog)
	l.deployments_log = memory.str(options.DeploymentsLog)
	l.deployment_id = memory.str(options.DeploymentID)
	l.tail_bytes = C.size_t(options.TailBytes)
	C.cdpgo_log_entry(l, C.uintptr_t(handle))
	var log *C.cdp_posix_log
	if status := C.cdp_posix_log_new(l, found.list, &log); status != C.CDP_OK {
		return ScriptResult{}, found.fail(op, status)
	}
	defer C.cdp_posix_log_free(log)
	if options.Event != "" {
		if status := C.cdp_posix_log_event(log, memory.str(options.Event)); status != C.CDP_OK {
			calls.rethrow()
			return ScriptResult{}, &Error{Op: op, Status: Status(status), Err: calls.of(status)}
		}
	}
	var script *C.cdp_posix_script
	if status := C.cdp_posix_script_begin(options.c(&memory, log), found.list, &script); status != C.CDP_OK {
		return ScriptResult{}, found.fail(op, status)
	}
	defer C.cdp_posix_script_free(script)
	cancelled := waitForScript(ctx, script)
	calls.rethrow()
	view := C.cdp_posix_script_result{size: C.sizeof_cdp_posix_script_result}
	if status := C.cdp_posix_script_result_get(script, &view); status != C.CDP_OK {
		return ScriptResult{}, failure(op, status)
	}
	result := goScriptResult(&view, log)
	result.Diagnostics, _ = found.take()
	if cancelled {
		return result, &Error{Op: op, Status: ErrCancelled, Err: ctx.Err()}
	}
	if view.status != C.CDP_OK {
		return result, &Error{Op: op, Status: Status(view.status), Err: calls.of(view.status)}
	}
	return result, nil
}

// waitForScript tells whether the context ended the script.
func waitForScript(ctx context.Context, script *C.cdp_posix_script) bool {
	cancelled := false
	for C.cdp_posix_script_wait(script, 20) == C.CDP_PENDING {
		if !cancelled && ctx.Err() != nil {
			cancelled = true
			C.cdp_posix_script_cancel(script)
		}
	}
	return cancelled
}

func goScriptResult(v *C.cdp_posix_script_result, log *C.cdp_posix_log) ScriptResult {
	return ScriptResult{
		Code: ScriptCode(v.code), Diagnostic: DiagnosticCode(v.diagnostic), ExitStatus: int(v.exit_status),
		Signal: int(v.signal), Survivors: int(v.survivors), Duration: fromMS(v.duration_ms),
		OutputBytes: uint64(v.output_bytes), Message: goString(v.message),
		Tail: goString(C.cdp_posix_log_tail(log)), TailDropped: uint64(C.cdp_posix_log_tail_dropped(log)),
	}
}
