// SPDX-License-Identifier: MIT

package codedeploy

// #include "shim.h"
import "C"

import (
	"time"
	"unsafe"
)

// LifecyclePlan is the ordered list of lifecycle events of one scenario. It is immutable, and may be
// used by many goroutines at once.
type LifecyclePlan struct {
	object
	diagnostics Diagnostics
}

// LifecycleEventInfo is one event of a plan.
type LifecycleEventInfo struct {
	Name string
	// Event is EventCustom when the API has none of that name. Ignored as an input.
	Event Event
	// Scriptable tells that a script or function of the AppSpec may run.
	Scriptable bool
	// Revision tells where the script is taken from.
	Revision RevisionSource
	// RunLimit is how long it may run; 0 for no limit.
	RunLimit time.Duration
	// StartLimit is how long after the event before it may begin; 0 for no limit.
	StartLimit time.Duration
	// MayRollBack tells that its failure can make CodeDeploy roll back.
	MayRollBack bool
	// Ignorable tells that ignoreApplicationStopFailures covers it.
	Ignorable bool
	// WaitBefore and WaitAfter are what may have to be waited for. Ignored as an input.
	WaitBefore, WaitAfter WaitType
}

func staticPlan(p *C.cdp_lifecycle_plan) *LifecyclePlan {
	if p == nil {
		return nil
	}
	plan := &LifecyclePlan{}
	plan.ownStatic(unsafe.Pointer(p))
	return plan
}

// FindLifecyclePlan gives the standard plan of a platform and scenario; ErrNotFound when the platform
// has no such scenario. Closing it does nothing.
func FindLifecyclePlan(platform Platform, scenario Scenario) (*LifecyclePlan, error) {
	plan := staticPlan(C.cdp_lifecycle_plan_find(C.cdp_platform(platform), C.cdp_scenario(scenario)))
	if plan == nil {
		return nil, &Error{Op: "find a lifecycle plan", Subject: platform.String() + " " + scenario.String(), Status: ErrNotFound}
	}
	return plan, nil
}

// StandardLifecyclePlans gives all standard plans, each platform's default first.
func StandardLifecyclePlans() []*LifecyclePlan {
	plans := make([]*LifecyclePlan, C.cdp_lifecycle_plan_standard_count())
	for i := range plans {
		plans[i] = staticPlan(C.cdp_lifecycle_plan_standard_at(C.size_t(i)))
	}
	return plans
}

func makePlan(op string, build func(*findings, **C.cdp_lifecycle_plan) C.cdp_status) (*LifecyclePlan, error) {
	found := newFindings(nil)
	defer found.free()
	var made *C.cdp_lifecycle_plan
	if status := build(found, &made); status != C.CDP_OK {
		return nil, found.fail(op, status)
	}
	plan := &LifecyclePlan{}
	plan.diagnostics, _ = found.take()
	plan.own(unsafe.Pointer(made), func(pointer unsafe.Pointer) {
		C.cdp_lifecycle_plan_free((*C.cdp_lifecycle_plan)(pointer))
	})
	return plan, nil
}

// NewLocalLifecyclePlan makes the plan that codedeploy-local follows. With no events all run in their
// usual order. Hooks are the events that the AppSpec hooks; nil when they are not known.
func NewLocalLifecyclePlan(events, hooks []string) (*LifecyclePlan, error) {
	var memory arena
	defer memory.free()
	local := (*C.cdp_lifecycle_local)(memory.alloc(C.sizeof_cdp_lifecycle_local))
	local.size = C.sizeof_cdp_lifecycle_local
	local.events, local.event_count = memory.strs(events)
	local.hooks, local.hook_count = memory.strs(hooks)
	local.has_hooks = cInt(hooks != nil)
	return makePlan("make a local lifecycle plan", func(found *findings, made **C.cdp_lifecycle_plan) C.cdp_status {
		return C.cdp_lifecycle_plan_new_local(local, nil, found.list, made)
	})
}

// NewLifecyclePlan makes a plan of the program's own; PlatformAuto when it is none of the API's.
func NewLifecyclePlan(platform Platform, events []LifecycleEventInfo) (*LifecyclePlan, error) {
	var memory arena
	defer memory.free()
	first := (*C.cdp_lifecycle_event_info)(memory.alloc(C.sizeof_cdp_lifecycle_event_info * uintptr(len(events)+1)))
	infos := unsafe.Slice(first, len(events)+1)
	for i, event := range events {
		info := &infos[i]
		info.size = C.sizeof_cdp_lifecycle_event_info
		info.name = memory.text(event.Name)
		info.scriptable = cInt(event.Scriptable)
		info.revision = C.cdp_revision_source(event.Revision)
		info.run_limit_ms = toMS(event.RunLimit)
		info.start_limit_ms = toMS(event.StartLimit)
		info.may_roll_back = cInt(event.MayRollBack)
		info.ignorable = cInt(event.Ignorable)
	}
	return makePlan("make a lifecycle plan", func(found *findings, made **C.cdp_lifecycle_plan) C.cdp_status {
		return C.cdp_lifecycle_plan_new(C.cdp_platform(platform), first, C.size_t(len(events)), nil, found.list, made)
	})
}

func (l *LifecyclePlan) get() *C.cdp_lifecycle_plan {
	if l == nil {
		return nil
	}
	return (*C.cdp_lifecycle_plan)(l.hold())
}

// Diagnostics tells the warnings that the plan was accepted with.
func (l *LifecyclePlan) Diagnostics() Diagnostics {
	return l.diagnostics
}

// Platform tells which platform the plan is for.
func (l *LifecyclePlan) Platform() Platform {
	p := l.get()
	if p == nil {
		return PlatformAuto
	}
	defer l.let()
	return Platform(C.cdp_lifecycle_plan_platform(p))
}

// Scenario tells which scenario the plan is for.
func (l *LifecyclePlan) Scenario() Scenario {
	p := l.get()
	if p == nil {
		return ScenarioDefault
	}
	defer l.let()
	return Scenario(C.cdp_lifecycle_plan_scenario(p))
}

// Events gives the events in their order.
func (l *LifecyclePlan) Events() []LifecycleEventInfo {
	p := l.get()
	if p == nil {
		return nil
	}
	defer l.let()
	views := make([]C.cdp_lifecycle_event_info, C.cdp_lifecycle_plan_event_count(p))
	events := make([]LifecycleEventInfo, C.cdpgo_plan_events(p, 0, &views[0], C.size_t(len(views))))
	for i := range events {
		v := &views[i]
		events[i] = LifecycleEventInfo{
			goString(v.name), Event(v.event), v.scriptable != 0, RevisionSource(v.revision),
			fromMS(v.run_limit_ms), fromMS(v.start_limit_ms), v.may_roll_back != 0, v.ignorable != 0,
			WaitType(v.wait_before), WaitType(v.wait_after),
		}
	}
	return events
}

// Find gives the index of the first event of a name; -1 when there is none.
func (l *LifecyclePlan) Find(name string) int {
	p := l.get()
	if p == nil {
		return -1
	}
	defer l.let()
	index := C.cdp_lifecycle_plan_event_find(p, nameString(name))
	if index == C.cdp_lifecycle_plan_event_count(p) {
		return -1
	}
	return int(index)
}

// Revision tells which revision the script of an event is taken from. Creator 0 stands for the one
// that the scenario implies; hasArchive says that the host has an archive of the deployment already.
func (l *LifecyclePlan) Revision(event int, creator DeploymentCreator, hasArchive bool) RevisionSource {
	p := l.get()
	if p == nil {
		return RevisionNone
	}
	defer l.let()
	return RevisionSource(C.cdp_lifecycle_plan_revision(p, C.size_t(event), C.cdp_deployment_creator(creator), cInt(hasArchive)))
}

// Lifecycle is one target on its way through a plan. Inputs take the time on the program's own axis;
// one that is refused has changed nothing.
type Lifecycle struct {
	machine
	plan *LifecyclePlan
}

// LifecycleOptions is what a deployment wants of its targets. The zero value is the API's default.
type LifecycleOptions struct {
	IgnoreApplicationStopFailures bool
	ReadyAction                   ReadyAction
	// ReadyWait is after how long a Ready target that nobody continued is stopped; 0: never.
	ReadyWait time.Duration
	// TerminationWait is how long the target waits before it may be taken away.
	TerminationWait time.Duration
	// MessageBytes is how much of the message of a failed event is kept, at most 4096.
	MessageBytes int
}

// NewLifecycle makes a Pending target. Options may be nil. The plan may be closed before it.
func (l *LifecyclePlan) NewLifecycle(options *LifecycleOptions) (*Lifecycle, error) {
	const op = "make a lifecycle"
	p := l.get()
	if p == nil {
		return nil, closedError(op)
	}
	defer l.let()
	found := newFindings(nil)
	defer found.free()
	c := C.cdp_lifecycle_options{size: C.sizeof_cdp_lifecycle_options}
	if options != nil {
		c.ignore_application_stop_failures = cInt(options.IgnoreApplicationStopFailures)
		c.ready_action = C.cdp_ready_action(options.ReadyAction)
		c.ready_wait_ms = toMS(options.ReadyWait)
		c.termination_wait_ms = toMS(options.TerminationWait)
		c.message_bytes = limited(options.MessageBytes)
	}
	var made *C.cdp_lifecycle
	if status := C.cdp_lifecycle_new(p, &c, nil, found.list, &made); status != C.CDP_OK {
		return nil, found.fail(op, status)
	}
	return newLifecycle(made, l), nil
}

func newLifecycle(made *C.cdp_lifecycle, plan *LifecyclePlan) *Lifecycle {
	lifecycle := &Lifecycle{plan: plan}
	lifecycle.ownMachine(unsafe.Pointer(made), func(pointer unsafe.Pointer) {
		C.cdp_lifecycle_free((*C.cdp_lifecycle)(pointer))
	}, plan.resource)
	return lifecycle
}

// RestoreLifecycle makes a target from a snapshot; it continues exactly as the one that was written
// would have. The plan is that of the target that was written; nil when it was a standard one.
func RestoreLifecycle(snapshot []byte, plan *LifecyclePlan) (*Lifecycle, error) {
	const op = "restore a lifecycle"
	found := newFindings(nil)
	defer found.free()
	var p *C.cdp_lifecycle_plan
	if plan != nil {
		if p = plan.get(); p == nil {
			return nil, closedError(op)
		}
		defer plan.let()
	}
	var made *C.cdp_lifecycle
	if status := C.cdp_lifecycle_restore(nameBytes(snapshot), p, nil, found.list, &made); status != C.CDP_OK {
		return nil, found.fail(op, status)
	}
	if plan == nil {
		plan = staticPlan(C.cdp_lifecycle_get_plan(made))
	}
	return newLifecycle(made, plan), nil
}

func (l *Lifecycle) get() *C.cdp_lifecycle {
	if l == nil {
		return nil
	}
	return (*C.cdp_lifecycle)(l.enter())
}

func (l *Lifecycle) put(op string, put func(*C.cdp_lifecycle, *C.cdp_diagnostics) C.cdp_status) error {
	p := l.get()
	if p == nil {
		return closedError(op)
	}
	defer l.leave()
	return l.findings.fail(op, put(p, l.findings.list))
}

// Start says that the target's turn has come. From now on its first event is due.
func (l *Lifecycle) Start(now time.Duration) error {
	return l.put("start a target", func(p *C.cdp_lifecycle, found *C.cdp_diagnostics) C.cdp_status {
		return C.cdp_lifecycle_start(p, toMS(now), found)
	})
}

// Begin says that the event at index event has begun.
func (l *Lifecycle) Begin(now time.Duration, event int) error {
	return l.put("begin an event", func(p *C.cdp_lifecycle, found *C.cdp_diagnostics) C.cdp_status {
		return C.cdp_lifecycle_begin(p, toMS(now), C.size_t(event), found)
	})
}

// EventResult tells how an event ended.
type EventResult struct {
	// Status is EventStatusSucceeded or EventStatusFailed.
	Status EventStatus
	// Error is EventErrorSuccess exactly when it succeeded.
	Error EventError
	// Message says why it failed, for people.
	Message string
}

// Succeeded is the result of an event that went well.
var Succeeded = EventResult{Status: EventStatusSucceeded}

// FailedEvent is the result of an event that did not.
func FailedEvent(code EventError, message string) EventResult {
	return EventResult{Status: EventStatusFailed, Error: code, Message: message}
}

// Finish says that the event at index event, which is in progress, has ended.
func (l *Lifecycle) Finish(now time.Duration, event int, result EventResult) error {
	var memory arena
	defer memory.free()
	r := C.cdp_lifecycle_result{
		size:    C.sizeof_cdp_lifecycle_result,
		status:  C.cdp_event_status(result.Status),
		error:   C.cdp_event_error(result.Error),
		message: memory.str(result.Message),
	}
	return l.put("finish an event", func(p *C.cdp_lifecycle, found *C.cdp_diagnostics) C.cdp_status {
		return C.cdp_lifecycle_finish(p, toMS(now), C.size_t(event), &r, found)
	})
}

// NoOp says that the event has nothing to run: it begins and succeeds in the same instant.
func (l *Lifecycle) NoOp(now time.Duration, event int) error {
	return l.put("pass over an event", func(p *C.cdp_lifecycle, found *C.cdp_diagnostics) C.cdp_status {
		return C.cdp_lifecycle_no_op(p, toMS(now), C.size_t(event), found)
	})
}

// Stop says that the deployment is stopped.
func (l *Lifecycle) Stop(now time.Duration) error {
	return l.put("stop a target", func(p *C.cdp_lifecycle, found *C.cdp_diagnostics) C.cdp_status {
		return C.cdp_lifecycle_stop(p, toMS(now), found)
	})
}

// Skip says that the deployment ended before this target's turn came.
func (l *Lifecycle) Skip(now time.Duration) error {
	return l.put("skip a target", func(p *C.cdp_lifecycle, found *C.cdp_diagnostics) C.cdp_status {
		return C.cdp_lifecycle_skip(p, toMS(now), found)
	})
}

// LoseContact says that nothing more will be heard from the target.
func (l *Lifecycle) LoseContact(now time.Duration) error {
	return l.put("lose contact", func(p *C.cdp_lifecycle, found *C.cdp_diagnostics) C.cdp_status {
		return C.cdp_lifecycle_lose_contact(p, toMS(now), found)
	})
}

// Continue ends a wait (ContinueDeployment).
func (l *Lifecycle) Continue(now time.Duration, wait WaitType) error {
	return l.put("continue a target", func(p *C.cdp_lifecycle, found *C.cdp_diagnostics) C.cdp_status {
		return C.cdp_lifecycle_continue(p, toMS(now), C.cdp_wait_type(wait), found)
	})
}

// Step tells the time: what was due by now happens.
func (l *Lifecycle) Step(now time.Duration) error {
	return l.put("step a target", func(p *C.cdp_lifecycle, found *C.cdp_diagnostics) C.cdp_status {
		return C.cdp_lifecycle_step(p, toMS(now), found)
	})
}

// NextDeadline tells when to call Step; Never when nothing is due.
func (l *Lifecycle) NextDeadline() time.Duration {
	p := l.get()
	if p == nil {
		return Never
	}
	defer l.leave()
	return fromMS(C.cdp_lifecycle_next_deadline(p))
}

// Plan gives the plan that the target goes through.
func (l *Lifecycle) Plan() *LifecyclePlan {
	return l.plan
}

// Status gives the target's status.
func (l *Lifecycle) Status() TargetStatus {
	p := l.get()
	if p == nil {
		return TargetStatusUnknown
	}
	defer l.leave()
	return TargetStatus(C.cdp_lifecycle_get_status(p))
}

// Reason tells why the target's status is final.
func (l *Lifecycle) Reason() LifecycleReason {
	p := l.get()
	if p == nil {
		return LifecycleReasonNone
	}
	defer l.leave()
	return LifecycleReason(C.cdp_lifecycle_get_reason(p))
}

// Message gives a sentence for people; empty for LifecycleReasonNone.
func (l LifecycleReason) Message() string {
	return C.GoString(C.cdp_lifecycle_reason_message(C.cdp_lifecycle_reason(l)))
}

// Now gives the time of the last accepted input; negative before the first one.
func (l *Lifecycle) Now() time.Duration {
	p := l.get()
	if p == nil {
		return -time.Millisecond
	}
	defer l.leave()
	return fromMS(C.cdp_lifecycle_now(p))
}

// LifecycleAction is what the program does next.
type LifecycleAction struct {
	Kind LifecycleActionKind
	// Wait is WaitNone when nothing is waited for.
	Wait WaitType
	// Event is the one that comes next or is in progress; the plan's count when there is none.
	Event int
	// Deadline is as NextDeadline tells it.
	Deadline time.Duration
}

// Next tells what to do next; ErrClosed when the lifecycle is.
func (l *Lifecycle) Next() (LifecycleAction, error) {
	const op = "find what comes next"
	p := l.get()
	if p == nil {
		return LifecycleAction{}, closedError(op)
	}
	defer l.leave()
	action := C.cdp_lifecycle_action{size: C.sizeof_cdp_lifecycle_action}
	status := C.cdp_lifecycle_next(p, &action)
	return LifecycleAction{
		LifecycleActionKind(action.kind), WaitType(action.wait), int(action.event), fromMS(action.deadline_ms),
	}, failure(op, status)
}

// EventRecord is one event of a target, as the API's LifecycleEvent.
type EventRecord struct {
	Name   string
	Status EventStatus
	Error  EventError
	Reason LifecycleReason
	// Start and End are negative where it did not begin or end.
	Start, End time.Duration
	Message    string
}

// Events gives all events of the target.
func (l *Lifecycle) Events() []EventRecord {
	p := l.get()
	if p == nil {
		return nil
	}
	defer l.leave()
	views := make([]C.cdp_lifecycle_event_record, C.cdp_lifecycle_plan_event_count(C.cdp_lifecycle_get_plan(p)))
	records := make([]EventRecord, C.cdpgo_lifecycle_events(p, 0, &views[0], C.size_t(len(views))))
	for i := range records {
		records[i] = goEventRecord(&views[i])
	}
	return records
}

func goEventRecord(v *C.cdp_lifecycle_event_record) EventRecord {
	return EventRecord{
		goString(v.name), EventStatus(v.status), EventError(v.error), LifecycleReason(v.reason),
		fromMS(v.start_ms), fromMS(v.end_ms), goString(v.message),
	}
}

// LifecycleChange is a status that the last accepted input has changed: of an event, or, when Event
// is the plan's count, of the target.
type LifecycleChange struct {
	Event        int
	EventStatus  EventStatus
	TargetStatus TargetStatus
}

// Changes tells what the last accepted input has changed: events in their order, then the target.
func (l *Lifecycle) Changes() []LifecycleChange {
	p := l.get()
	if p == nil {
		return nil
	}
	defer l.leave()
	count := C.cdp_lifecycle_change_count(p)
	if count == 0 {
		return nil
	}
	views := make([]C.cdp_lifecycle_change, count)
	changes := make([]LifecycleChange, C.cdpgo_lifecycle_changes(p, 0, &views[0], count))
	for i := range changes {
		changes[i] = LifecycleChange{int(views[i].event), EventStatus(views[i].event_status), TargetStatus(views[i].target_status)}
	}
	return changes
}

// Snapshot gives the whole state as one line of JSON, the same on every architecture.
func (l *Lifecycle) Snapshot() ([]byte, error) {
	const op = "write a snapshot"
	p := l.get()
	if p == nil {
		return nil, closedError(op)
	}
	defer l.leave()
	return written(op, func(text *C.cdp_text) C.cdp_status { return C.cdp_lifecycle_snapshot(p, text) })
}
