// SPDX-License-Identifier: MIT

package codedeploy

// #include "shim.h"
import "C"

import (
	"time"
	"unsafe"
)

// TrafficStepLimit is how many steps a schedule may have.
const TrafficStepLimit = C.CDP_TRAFFIC_STEP_LIMIT

// TrafficDurationLimit is how long the waits of a schedule may be together.
const TrafficDurationLimit = C.CDP_TRAFFIC_DURATION_LIMIT * time.Millisecond

// TrafficSchedule tells how much of the traffic goes to the replacement, and when: a list of steps,
// each of which sets a weight and holds it, for a time or until a gate is opened. It is immutable,
// and may be used by many goroutines at once.
type TrafficSchedule struct {
	object
	diagnostics Diagnostics
}

// TrafficOptions is what is the same for all ways to make a schedule.
type TrafficOptions struct {
	// Routes is how many shift together; 0 stands for 1.
	Routes int
}

func (o *TrafficOptions) c() C.cdp_traffic_options {
	options := C.cdp_traffic_options{size: C.sizeof_cdp_traffic_options}
	if o != nil {
		options.route_count = limited(o.Routes)
	}
	return options
}

func makeSchedule(op string, options *TrafficOptions,
	build func(*C.cdp_traffic_options, *findings, **C.cdp_traffic_schedule) C.cdp_status) (*TrafficSchedule, error) {
	found := newFindings(nil)
	defer found.free()
	c := options.c()
	var made *C.cdp_traffic_schedule
	if status := build(&c, found, &made); status != C.CDP_OK {
		return nil, found.fail(op, status)
	}
	schedule := &TrafficSchedule{}
	schedule.diagnostics, _ = found.take()
	schedule.own(unsafe.Pointer(made), func(pointer unsafe.Pointer) {
		C.cdp_traffic_schedule_free((*C.cdp_traffic_schedule)(pointer))
	})
	return schedule, nil
}

// TrafficSchedule gives the schedule of a configuration for Lambda or ECS; ErrNotFound for one for
// Server, which shifts no traffic. Options may be nil.
func (c *DeploymentConfig) TrafficSchedule(options *TrafficOptions) (*TrafficSchedule, error) {
	const op = "make a traffic schedule"
	p := c.get()
	if p == nil {
		return nil, closedError(op)
	}
	defer c.let()
	return makeSchedule(op, options, func(o *C.cdp_traffic_options, _ *findings, made **C.cdp_traffic_schedule) C.cdp_status {
		return C.cdp_traffic_schedule_from_config(p, o, nil, made)
	})
}

// NewTrafficSchedule makes a canary or linear schedule, or all at once, by its numbers: percent in
// one increment, and whole minutes between two. Both are 0 for all at once. Options may be nil.
func NewTrafficSchedule(kind TrafficType, percentage int, interval time.Duration, options *TrafficOptions) (*TrafficSchedule, error) {
	return makeSchedule("make a traffic schedule", options, func(o *C.cdp_traffic_options, found *findings, made **C.cdp_traffic_schedule) C.cdp_status {
		return C.cdp_traffic_schedule_new(C.cdp_traffic_type(kind), C.int64_t(percentage),
			C.int64_t(interval/time.Minute), o, nil, found.list, made)
	})
}

// TrafficStepInput is a step of a schedule of one's own.
type TrafficStepInput struct {
	// Weight is the replacement's, from 0 to 100 percent; the last one is 100.
	Weight int
	// Wait is how long it holds, at least a millisecond except for the last step.
	Wait time.Duration
	// Gate lets it hold until the gate is opened, whatever Wait says.
	Gate bool
}

// TrafficScheduleFromSteps makes a schedule of any steps. Options may be nil.
func TrafficScheduleFromSteps(steps []TrafficStepInput, options *TrafficOptions) (*TrafficSchedule, error) {
	weights := make([]C.int32_t, len(steps)+1)
	waits := make([]C.int64_t, len(steps)+1)
	for i, step := range steps {
		weights[i] = C.int32_t(step.Weight)
		waits[i] = toMS(step.Wait)
		if step.Wait > 0 && waits[i] == 0 {
			waits[i] = 1
		}
		if step.Gate {
			waits[i] = C.CDP_TRAFFIC_GATE
		} else if step.Wait < 0 {
			waits[i] = -2 // no gate: a wait that is refused
		}
	}
	return makeSchedule("make a traffic schedule", options, func(o *C.cdp_traffic_options, found *findings, made **C.cdp_traffic_schedule) C.cdp_status {
		return C.cdp_traffic_schedule_from_steps(&weights[0], &waits[0], C.size_t(len(steps)), o, nil, found.list, made)
	})
}

// ParseTrafficSchedule reads a schedule from text, such as "10:5m,25:gate,50:10m,100". Options may
// be nil.
func ParseTrafficSchedule(text string, options *TrafficOptions) (*TrafficSchedule, error) {
	return makeSchedule("read a traffic schedule", options, func(o *C.cdp_traffic_options, found *findings, made **C.cdp_traffic_schedule) C.cdp_status {
		data, length := input([]byte(text))
		return C.cdp_traffic_schedule_parse(data, length, o, nil, found.list, made)
	})
}

func (t *TrafficSchedule) get() *C.cdp_traffic_schedule {
	if t == nil {
		return nil
	}
	return (*C.cdp_traffic_schedule)(t.hold())
}

// Diagnostics tells the warnings that the schedule was accepted with.
func (t *TrafficSchedule) Diagnostics() Diagnostics {
	return t.diagnostics
}

// String gives the schedule as text, which ParseTrafficSchedule reads back to the same.
func (t *TrafficSchedule) String() string {
	text, err := t.MarshalText()
	if err != nil {
		return "closed"
	}
	return string(text)
}

// MarshalText gives the same as String.
func (t *TrafficSchedule) MarshalText() ([]byte, error) {
	const op = "write a traffic schedule"
	p := t.get()
	if p == nil {
		return nil, closedError(op)
	}
	defer t.let()
	return written(op, func(text *C.cdp_text) C.cdp_status { return C.cdp_traffic_schedule_write(p, text) })
}

// Duration gives all waits together, without the time that gates stay closed.
func (t *TrafficSchedule) Duration() time.Duration {
	p := t.get()
	if p == nil {
		return 0
	}
	defer t.let()
	return fromMS(C.cdp_traffic_schedule_duration_ms(p))
}

// Gates tells how many gates there are.
func (t *TrafficSchedule) Gates() int {
	p := t.get()
	if p == nil {
		return 0
	}
	defer t.let()
	return int(C.cdp_traffic_schedule_gate_count(p))
}

// Routes tells how many routes have these weights.
func (t *TrafficSchedule) Routes() int {
	p := t.get()
	if p == nil {
		return 0
	}
	defer t.let()
	return int(C.cdp_traffic_schedule_route_count(p))
}

// TrafficStep is one step.
type TrafficStep struct {
	// Offset is when it begins, from the start, if every gate were opened when it is reached.
	Offset time.Duration
	// Wait is how long it holds; 0 when nothing follows, and at a gate.
	Wait time.Duration
	// Weight and OriginalWeight are percent of each route's traffic; 100 together.
	Weight, OriginalWeight int
	// Gate tells that it holds until a gate is opened.
	Gate bool
	// GatesBefore is how many gates have to be opened before it begins.
	GatesBefore int
}

// Steps gives all steps.
func (t *TrafficSchedule) Steps() []TrafficStep {
	p := t.get()
	if p == nil {
		return nil
	}
	defer t.let()
	views := make([]C.cdp_traffic_step, C.cdp_traffic_schedule_step_count(p))
	steps := make([]TrafficStep, C.cdpgo_traffic_steps(p, 0, &views[0], C.size_t(len(views))))
	for i := range steps {
		v := &views[i]
		steps[i] = TrafficStep{
			Offset: fromMS(v.offset_ms), Weight: int(v.weight), OriginalWeight: int(v.original_weight),
			Gate: v.is_gate != 0, GatesBefore: int(v.gates_before),
		}
		if v.is_gate == 0 {
			steps[i].Wait = fromMS(v.wait_ms)
		}
	}
	return steps
}

// WeightAt gives the replacement's weight, in percent, at an instant of a shift that began at start,
// as far as it is known beforehand: at the first gate it stays what it is. ErrTime for a negative
// instant.
func (t *TrafficSchedule) WeightAt(start, now time.Duration) (int, error) {
	const op = "find a weight"
	p := t.get()
	if p == nil {
		return 0, closedError(op)
	}
	weight := C.cdp_traffic_weight_at(p, toMS(start), toMS(now))
	t.let()
	if weight < 0 {
		return 0, failure(op, C.cdp_status(weight))
	}
	return int(weight), nil
}

// WeightWithGates is the same when it is known when gates were opened, in their order; Never stands
// for one that was not.
func (t *TrafficSchedule) WeightWithGates(start time.Duration, openings []time.Duration, now time.Duration) (int, error) {
	const op = "find a weight"
	p := t.get()
	if p == nil {
		return 0, closedError(op)
	}
	defer t.let()
	list := make([]C.int64_t, len(openings)+1)
	for i, opening := range openings {
		list[i] = toMS(opening)
	}
	weight := C.cdp_traffic_weight_with_gates(p, toMS(start), &list[0], C.size_t(len(openings)), toMS(now))
	if weight < 0 {
		return 0, failure(op, C.cdp_status(weight))
	}
	return int(weight), nil
}

// NextChange tells when the next step begins, as far as it is known beforehand; Never when there is
// none, or only a gate leads there.
func (t *TrafficSchedule) NextChange(start, now time.Duration) (time.Duration, error) {
	const op = "find the next change"
	p := t.get()
	if p == nil {
		return 0, closedError(op)
	}
	defer t.let()
	next := C.cdp_traffic_next_change(p, toMS(start), toMS(now))
	if next < 0 {
		return 0, failure(op, C.cdp_status(next))
	}
	return fromMS(next), nil
}

// TrafficCursor is a shift under way. It takes one input at a time: an instant, on the program's own
// axis, never earlier than that of the input before. A refused input has changed nothing.
type TrafficCursor struct {
	machine
	schedule *TrafficSchedule
}

// TrafficProgress is what an input has moved.
type TrafficProgress struct {
	// FirstStep and Steps tell which steps began.
	FirstStep, Steps int
	// Weight and OriginalWeight hold now.
	Weight, OriginalWeight int
	// AtGate tells that a gate is waited for.
	AtGate bool
	// Done tells that the shift is over.
	Done bool
}

// Cursor makes a cursor before the first step, which is due at start. The schedule may be closed
// before it.
func (t *TrafficSchedule) Cursor(start time.Duration) (*TrafficCursor, error) {
	const op = "make a traffic cursor"
	p := t.get()
	if p == nil {
		return nil, closedError(op)
	}
	defer t.let()
	var made *C.cdp_traffic_cursor
	if status := C.cdp_traffic_cursor_new(p, toMS(start), nil, &made); status != C.CDP_OK {
		return nil, failure(op, status)
	}
	return t.cursor(made), nil
}

// RestoreCursor reads a snapshot of a cursor on this schedule back.
func (t *TrafficSchedule) RestoreCursor(snapshot []byte) (*TrafficCursor, error) {
	const op = "restore a traffic cursor"
	p := t.get()
	if p == nil {
		return nil, closedError(op)
	}
	defer t.let()
	found := newFindings(nil)
	defer found.free()
	data, length := input(snapshot)
	var made *C.cdp_traffic_cursor
	if status := C.cdp_traffic_cursor_restore(p, data, length, nil, found.list, &made); status != C.CDP_OK {
		return nil, found.fail(op, status)
	}
	return t.cursor(made), nil
}

func (t *TrafficSchedule) cursor(made *C.cdp_traffic_cursor) *TrafficCursor {
	cursor := &TrafficCursor{schedule: t}
	cursor.ownMachine(unsafe.Pointer(made), func(pointer unsafe.Pointer) {
		C.cdp_traffic_cursor_free((*C.cdp_traffic_cursor)(pointer))
	}, t.resource)
	return cursor
}

func (c *TrafficCursor) get() *C.cdp_traffic_cursor {
	if c == nil {
		return nil
	}
	return (*C.cdp_traffic_cursor)(c.enter())
}

func (c *TrafficCursor) move(op string, move func(*C.cdp_traffic_cursor, *C.cdp_traffic_progress) C.cdp_status) (TrafficProgress, error) {
	p := c.get()
	if p == nil {
		return TrafficProgress{}, closedError(op)
	}
	defer c.leave()
	progress := C.cdp_traffic_progress{size: C.sizeof_cdp_traffic_progress}
	if status := move(p, &progress); status != C.CDP_OK {
		return TrafficProgress{}, failure(op, status)
	}
	return TrafficProgress{
		int(progress.first_step), int(progress.step_count), int(progress.weight),
		int(progress.original_weight), progress.at_gate != 0, progress.done != 0,
	}, nil
}

// Step tells the time: all steps that are due begin.
func (c *TrafficCursor) Step(now time.Duration) (TrafficProgress, error) {
	return c.move("step a traffic cursor", func(p *C.cdp_traffic_cursor, progress *C.cdp_traffic_progress) C.cdp_status {
		return C.cdp_traffic_cursor_step(p, toMS(now), progress)
	})
}

// OpenGate opens the gate that is waited for: the next step begins now. ErrState when none is.
func (c *TrafficCursor) OpenGate(now time.Duration) (TrafficProgress, error) {
	return c.move("open a gate", func(p *C.cdp_traffic_cursor, progress *C.cdp_traffic_progress) C.cdp_status {
		return C.cdp_traffic_cursor_open_gate(p, toMS(now), progress)
	})
}

// Continue skips the rest of the present wait, or opens the present gate.
func (c *TrafficCursor) Continue(now time.Duration) (TrafficProgress, error) {
	return c.move("continue a traffic shift", func(p *C.cdp_traffic_cursor, progress *C.cdp_traffic_progress) C.cdp_status {
		return C.cdp_traffic_cursor_continue(p, toMS(now), progress)
	})
}

// NextDeadline tells when to call Step; Never when nothing is due.
func (c *TrafficCursor) NextDeadline() time.Duration {
	p := c.get()
	if p == nil {
		return Never
	}
	defer c.leave()
	return fromMS(C.cdp_traffic_cursor_next_deadline(p))
}

// Now gives the instant of the last accepted input; negative before the first one.
func (c *TrafficCursor) Now() time.Duration {
	p := c.get()
	if p == nil {
		return -time.Millisecond
	}
	defer c.leave()
	return fromMS(C.cdp_traffic_cursor_now(p))
}

// StepsBegun tells how many steps have begun; the present one is the last of them.
func (c *TrafficCursor) StepsBegun() int {
	p := c.get()
	if p == nil {
		return 0
	}
	defer c.leave()
	return int(C.cdp_traffic_cursor_steps_begun(p))
}

// Began tells when a step began, or when it will if nothing but time passes; Never when a gate lies
// before it, and negative past the end.
func (c *TrafficCursor) Began(step int) time.Duration {
	p := c.get()
	if p == nil {
		return -time.Millisecond
	}
	defer c.leave()
	return fromMS(C.cdp_traffic_cursor_began_ms(p, C.size_t(step)))
}

// Weight gives the replacement's weight in percent; 0 before the start.
func (c *TrafficCursor) Weight() int {
	p := c.get()
	if p == nil {
		return 0
	}
	defer c.leave()
	return int(C.cdp_traffic_cursor_weight(p))
}

// AtGate tells whether a gate is waited for.
func (c *TrafficCursor) AtGate() bool {
	p := c.get()
	if p == nil {
		return false
	}
	defer c.leave()
	return C.cdp_traffic_cursor_is_at_gate(p) != 0
}

// Done tells whether the shift is over.
func (c *TrafficCursor) Done() bool {
	p := c.get()
	if p == nil {
		return false
	}
	defer c.leave()
	return C.cdp_traffic_cursor_is_done(p) != 0
}

// Schedule gives the schedule that the cursor goes along.
func (c *TrafficCursor) Schedule() *TrafficSchedule {
	return c.schedule
}

// Snapshot gives the state as a line of JSON, which is the same on every machine.
func (c *TrafficCursor) Snapshot() ([]byte, error) {
	const op = "write a snapshot"
	p := c.get()
	if p == nil {
		return nil, closedError(op)
	}
	defer c.leave()
	return written(op, func(text *C.cdp_text) C.cdp_status { return C.cdp_traffic_cursor_snapshot(p, text) })
}
