// SPDX-License-Identifier: MIT

//go:build !codedeploy_no_sim

package codedeploy

// #include "shim.h"
// #include <codedeploy-sim/host.h>
import "C"

import (
	"time"
	"unsafe"
)

// SimHost is a scripted host with a virtual clock: it plays whole deployments, with the rollbacks and
// deployments that follow them, in no time. For tests.
//
// It carries out actions as rules say, puts in what comes from outside at the times that the script
// names, and writes down what happens. Everything is deterministic.
type SimHost struct {
	machine
}

// SimOptions is what a SimHost is made from.
type SimOptions struct {
	// Deployment is what the first deployment is made from.
	Deployment DeploymentOptions
	// Instances are those of the first deployment; Provisioned is what ActionProvision makes.
	Instances, Provisioned []RolloutInstance
	// Start is when the first deployment is started.
	Start time.Duration
	// Answer is how long actions take of which no rule speaks; 0: they are done at once.
	Answer time.Duration
	// RollbackAppSpec is that of the revision that a rollback deploys; nil: the first deployment's.
	RollbackAppSpec *AppSpec
	// MoreIDs are the ids of the deployments that the host makes, for as many as there are;
	// "d-SIM000002" and so on for the others.
	MoreIDs []string
	// StepLimit bounds the inputs and answers of one Run; 0: 10,000,000.
	StepLimit uint64
}

func cInstances(list []RolloutInstance, memory *arena) (*C.cdp_rollout_instance, C.size_t) {
	if len(list) == 0 {
		return nil, 0
	}
	first := (*C.cdp_rollout_instance)(memory.alloc(C.sizeof_cdp_rollout_instance * uintptr(len(list))))
	for i := range list {
		list[i].fill(memory, &unsafe.Slice(first, len(list))[i])
	}
	return first, C.size_t(len(list))
}

// NewSimHost makes the host and the first deployment with its instances.
func NewSimHost(options SimOptions) (*SimHost, error) {
	const op = "make a simulated host"
	// The host keeps pointing to what its deployments are made from.
	memory := &arena{}
	var held holding
	defer held.let()
	c := (*C.cdp_sim_host_options)(memory.alloc(C.sizeof_cdp_sim_host_options))
	*c = C.cdp_sim_host_options{
		size: C.sizeof_cdp_sim_host_options, deployment: options.Deployment.fill(memory, &held),
		start_ms: toMS(options.Start), answer_ms: toMS(options.Answer), step_limit: C.uint64_t(options.StepLimit),
	}
	if options.RollbackAppSpec != nil {
		c.rollback_appspec = (*C.cdp_appspec)(held.hold(&options.RollbackAppSpec.object, false))
	}
	if held.closed {
		memory.free()
		return nil, closedError(op)
	}
	c.instances, c.instance_count = cInstances(options.Instances, memory)
	c.provisioned, c.provisioned_count = cInstances(options.Provisioned, memory)
	c.more_ids, c.more_id_count = memory.strs(options.MoreIDs)
	found := newFindings(nil)
	defer found.free()
	var made *C.cdp_sim_host
	if status := C.cdp_sim_host_new(c, nil, found.list, &made); status != C.CDP_OK {
		memory.free()
		return nil, found.fail(op, status)
	}
	host := &SimHost{}
	host.ownMachine(unsafe.Pointer(made), func(pointer unsafe.Pointer) {
		C.cdp_sim_host_free((*C.cdp_sim_host)(pointer))
		memory.free()
	}, held.resources...)
	return host, nil
}

func (s *SimHost) with(op string, call func(*C.cdp_sim_host) C.cdp_status) error {
	if s == nil {
		return closedError(op)
	}
	p := (*C.cdp_sim_host)(s.enter())
	if p == nil {
		return closedError(op)
	}
	defer s.leave()
	return failure(op, call(p))
}

// SimRule says how actions come out. The first rule that applies to an action counts, in the order in
// which they were added. None applies to ActionPollAlarms: see AddAlarm.
type SimRule struct {
	// Deployment to which it applies, counted from 1; 0: every one.
	Deployment int
	// Nth applies it only to the n-th of those to which the rest applies, from 1; 0: to each.
	Nth int
	// Kind 0: every kind that has to be answered, but not ActionCancel.
	Kind ActionKind
	// Target is the target's id, and Event the event's name; empty: every one.
	Target, Event string
	// After is how long it takes; 0: it is done at once. Never: nobody ever answers.
	After time.Duration
	// Outcome 0: done.
	Outcome ActionOutcome
	// Status, when it is not StatusOK, is what the host's callback returns at once.
	Status Status
	// Error, Code and Message are a failure's.
	Error   EventError
	Code    ErrorCode
	Message string
}

// AddRule adds a rule.
func (s *SimHost) AddRule(rule SimRule) error {
	var memory arena
	defer memory.free()
	c := (*C.cdp_sim_rule)(memory.alloc(C.sizeof_cdp_sim_rule))
	*c = C.cdp_sim_rule{
		size: C.sizeof_cdp_sim_rule, deployment: limited(rule.Deployment), nth: limited(rule.Nth),
		kind: C.cdp_deployment_action_kind(rule.Kind), never: cInt(rule.After == Never), target: memory.str(rule.Target),
		event: memory.str(rule.Event), outcome: C.cdp_deployment_outcome(rule.Outcome), status: C.cdp_status(rule.Status),
		error: C.cdp_event_error(rule.Error), code: C.cdp_error_code(rule.Code), message: memory.str(rule.Message),
	}
	if rule.After != Never {
		c.after_ms = toMS(rule.After)
	}
	return s.with("add a rule", func(p *C.cdp_sim_host) C.cdp_status { return C.cdp_sim_host_add_rule(p, c) })
}

// SimInput is something from outside.
type SimInput struct {
	At time.Duration
	// Deployment is which one, from 1; 0: the one that was made last by then.
	Deployment int
	// Target is the id of the target, in place of the input's number; empty: that one counts.
	Target string
	Input  Input
}

// AddInput puts an input in at a time. One that the deployment refuses changes nothing and is written
// down as refused. ErrTime when the time is past.
func (s *SimHost) AddInput(input SimInput) error {
	var memory arena
	defer memory.free()
	c := (*C.cdp_sim_input)(memory.alloc(C.sizeof_cdp_sim_input))
	*c = C.cdp_sim_input{
		size: C.sizeof_cdp_sim_input, at_ms: toMS(input.At), deployment: limited(input.Deployment),
		target: memory.str(input.Target), input: input.Input.c(&memory),
	}
	return s.with("add an input", func(p *C.cdp_sim_host) C.cdp_status { return C.cdp_sim_host_add_input(p, c) })
}

// AddAlarm says that from at on everybody who asks is told that the alarm is in this state;
// AlarmStateUnreadable: that it cannot be read. Before the first one it is OK.
func (s *SimHost) AddAlarm(at time.Duration, name string, state AlarmState) error {
	return s.with("add an alarm", func(p *C.cdp_sim_host) C.cdp_status {
		return C.cdp_sim_host_add_alarm(p, toMS(at), optionalString(name), C.cdp_alarm_state(state))
	})
}

// SetFault lets a chosen call of the host fail and begins to count anew; the zero SimFault clears it.
// With OnlyChanges only actions that have to be answered are counted and fail.
func (s *SimHost) SetFault(fault SimFault) error {
	return s.with("set a fault", func(p *C.cdp_sim_host) C.cdp_status {
		c := fault.c()
		return C.cdp_sim_host_set_fault(p, &c)
	})
}

// Calls counts the calls since the fault was last set: all of them, or those of actions that have to be
// answered.
func (s *SimHost) Calls(onlyChanges bool) uint64 {
	var count C.uint64_t
	_ = s.with("count calls", func(p *C.cdp_sim_host) C.cdp_status {
		count = C.cdp_sim_host_call_count(p, cInt(onlyChanges))
		return C.CDP_OK
	})
	return uint64(count)
}

// Run plays on until nothing more is due by until; Never plays to the end. It is no error when
// deployments failed, or still wait for something that never comes. ErrLimit when StepLimit was met.
func (s *SimHost) Run(until time.Duration) error {
	return s.with("play a deployment", func(p *C.cdp_sim_host) C.cdp_status {
		return C.cdp_sim_host_run(p, toMS(until))
	})
}

// Now is what the clock shows: the time of what happened last. Negative before the start.
func (s *SimHost) Now() time.Duration {
	now := C.int64_t(-1)
	_ = s.with("look at the clock", func(p *C.cdp_sim_host) C.cdp_status {
		now = C.cdp_sim_host_now(p)
		return C.CDP_OK
	})
	return fromMS(now)
}

// Deployments gives the deployments, in the order in which they were made. They are closed with the host.
func (s *SimHost) Deployments() []*DeploymentView {
	var views []*DeploymentView
	_ = s.with("look at deployments", func(p *C.cdp_sim_host) C.cdp_status {
		for i := C.size_t(0); i < C.cdp_sim_host_deployment_count(p); i++ {
			views = append(views, &DeploymentView{&s.machine, unsafe.Pointer(C.cdp_sim_host_deployment_at(p, i))})
		}
		return C.CDP_OK
	})
	return views
}

// SimEntry is one entry of the record of what happened.
type SimEntry struct {
	Kind SimEntryKind
	// Deployment is the index of the deployment.
	Deployment int
	Time       time.Duration
	// Change, Action and Input are the kind of what the entry is; the others are 0.
	Change ChangeKind
	Action ActionKind
	Input  InputKind
	// Target and Event are numbers; -1 when there is none.
	Target, Event int
	// Of a change the status that changed, of a wait what is waited for; the others are 0.
	Status       DeploymentStatus
	TargetStatus TargetStatus
	EventStatus  EventStatus
	AlarmState   AlarmState
	Wait         DeploymentWait
	// Weight is percent on the replacement, where the entry speaks of traffic; -1 otherwise.
	Weight int
	// Until is when a wait that begins ends, Never when it has no end of its own; negative otherwise.
	Until        time.Duration
	DeploymentID string
	TargetID     string
	// Name is an event's or alarm's.
	Name string
	// Sentence says what happened.
	Sentence string
}

// String gives the sentence.
func (e SimEntry) String() string {
	return e.Sentence
}

// Entries gives the record so far.
func (s *SimHost) Entries() []SimEntry {
	var entries []SimEntry
	_ = s.with("read the record", func(p *C.cdp_sim_host) C.cdp_status {
		count := C.cdp_sim_host_entry_count(p)
		for i := C.size_t(0); i < count; i++ {
			v := C.cdp_sim_entry{size: C.sizeof_cdp_sim_entry}
			if status := C.cdp_sim_host_entry_at(p, i, &v); status != C.CDP_OK {
				return status
			}
			entries = append(entries, goSimEntry(&v))
		}
		return C.CDP_OK
	})
	return entries
}

func goSimEntry(v *C.cdp_sim_entry) SimEntry {
	entry := SimEntry{
		Kind: SimEntryKind(v.kind), Deployment: int(v.deployment), Time: fromMS(v.time_ms), Change: ChangeKind(v.change),
		Action: ActionKind(v.action), Input: InputKind(v.input), Target: goInstanceNumber(v.target),
		Event: goInstanceNumber(v.event), Weight: int(v.weight), Until: fromMS(v.until_ms),
		DeploymentID: goString(v.deployment_id), TargetID: goString(v.target_id), Name: goString(v.name),
		Sentence: goString(v.sentence),
	}
	switch entry.Change {
	case ChangeStatus:
		entry.Status = DeploymentStatus(v.status)
	case ChangeTarget:
		entry.TargetStatus = TargetStatus(v.status)
	case ChangeEvent:
		entry.EventStatus = EventStatus(v.status)
	case ChangeAlarm:
		entry.AlarmState = AlarmState(v.status)
	case ChangeWaitBegan, ChangeWaitEnded:
		entry.Wait = DeploymentWait(v.status)
	}
	return entry
}

// Render gives the record as text: for each deployment a line with its id and who made it, then a line
// for each entry with its time and its sentence.
func (s *SimHost) Render(detail SimDetail) (string, error) {
	var text []byte
	const op = "write the record"
	var failed error
	err := s.with(op, func(p *C.cdp_sim_host) C.cdp_status {
		text, failed = written(op, func(text *C.cdp_text) C.cdp_status {
			return C.cdp_sim_host_render(p, C.cdp_sim_detail(detail), text)
		})
		return C.CDP_OK
	})
	return string(text), first(err, failed)
}

// SimTime writes a time as the record does: "0:07:00.000".
func SimTime(t time.Duration) string {
	text, _ := written("write a time", func(text *C.cdp_text) C.cdp_status {
		return C.cdp_sim_write_time(toMS(t), text)
	})
	return string(text)
}
