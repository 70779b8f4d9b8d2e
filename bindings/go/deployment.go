// SPDX-License-Identifier: MIT

package codedeploy

// #include "shim.h"
import "C"

import (
	"io"
	"sync"
	"time"
	"unsafe"
)

// Deployment is a whole deployment, from Created to its end, on Server, Lambda or ECS. It does
// nothing outside. There are two ways to carry it out:
//
//   - Run calls the methods of a Host for all that is to be done, waits, and returns at the end.
//   - Step puts in the time and what has happened, and gives out what is to be done and what has
//     changed: for event loops, simulations and controllers.
//
// Inputs take the time on the program's own axis. One is accepted as a whole or refused as a whole; a
// refused one has changed nothing. Everything that is due by then happens first, at the time at which
// it was due.
//
// Methods may be called from many goroutines, also while a method of the host runs. Only one of them
// at a time carries the deployment out: while Run or Perform does, Step and Replay return ErrBusy, and
// inputs go in with Post.
type Deployment struct {
	DeploymentView
	inbox inbox

	turn       sync.Mutex // guards what follows; held while an input is put in, never during a callback
	driving    bool
	log        io.Writer
	logFailure error
	epoch      time.Time

	// Of the goroutine that drives.
	waiting map[uint64]*Pending // what the host has begun and will answer
	undone  []Action            // taken out and neither begun nor answered
	never   map[uint64]bool     // what was not begun before the deployment wanted it ended
}

// DeploymentOptions is what a deployment is made from. ID and Group alone are a good choice for
// Server. Objects may be closed before the deployment.
type DeploymentOptions struct {
	// ID is 1 to 100 bytes of printable ASCII, such as "d-" and nine capitals and digits.
	ID string
	// Group tells where to deploy. Required.
	Group *DeploymentGroup
	// Config may be nil: the one that the group names, if it is predefined, else the platform's default.
	Config *DeploymentConfig
	// AppSpec is the revision's. Required for Lambda and ECS. On Server it tells which events have
	// scripts; nil: the host is asked for each.
	AppSpec *AppSpec
	// Schedule, beyond CodeDeploy, shifts traffic along this instead of along the configuration.
	Schedule *TrafficSchedule
	// Rollout has, beyond CodeDeploy, the fields from LiveMembership on; the others are not read.
	Rollout *RolloutOptions
	// Revision is the one that is deployed; nil when there is no use for telling.
	Revision *RevisionLocation
	// Description has at most 256 characters.
	Description string
	// Creator 0 is DeploymentCreatorUser.
	Creator DeploymentCreator
	// RootID is, with DeploymentCreatorCodeDeployAutoUpdate, the deployment that this one follows.
	RootID string
	// FileExistsBehavior says what to do with files that are in the way. The AppSpec's own wins.
	FileExistsBehavior            FileExistsBehavior
	IgnoreApplicationStopFailures bool
	// UpdateOutdatedInstancesOnly leaves out instances whose revision health is Current.
	UpdateOutdatedInstancesOnly bool
	// AutoRollback and Alarms replace the group's for this deployment; nil: the group's.
	AutoRollback *AutoRollback
	Alarms       *Alarms
	AlarmPolicy  AlarmPolicy
	// InstallMode is how the host installs: what is lost when a deployment is undone depends on it.
	InstallMode InstallMode
	// AlarmPoll is between two looks at the alarms; 0: 10 seconds.
	AlarmPoll time.Duration
	// Limit is how long the deployment may take as a whole; 0: what the platform allows; Never: no limit.
	Limit time.Duration
	// CancelLimit is how long to wait until what was cancelled has ended; 0: a minute.
	CancelLimit time.Duration
	// HostBeginsEvents says that a hook or step has not begun when it is told, but when the host says so
	// (InputBegun), or answers.
	HostBeginsEvents bool
	// WholeTargets says that a target's events are the host's business: it gets one ActionDeployTarget.
	WholeTargets bool
	// AsksToSave asks for a snapshot (ActionSave) after inputs that changed something.
	AsksToSave bool
	// TargetLimit fails a deployment with more targets; 0: 1,000.
	TargetLimit int
	// NetworkLoadBalancer says that one is in front of the ECS service, which cannot shift in steps.
	NetworkLoadBalancer bool
	// Epoch is what time 0 of the axis is, for records and notifications.
	Epoch time.Time
	// Region and AccountID are for notifications and ARNs; empty: "us-east-1", "000000000000".
	Region, AccountID string
	// Past has earlier deployments of the group, in any order: which of them to go back to, and that
	// none of them is still active.
	Past []PastDeployment
}

// holding keeps objects alive during a call.
type holding struct {
	objects   []*object
	resources []*resource
	closed    bool
}

// hold gives the C object of an object that may be absent.
func (h *holding) hold(o *object, absent bool) unsafe.Pointer {
	if absent {
		return nil
	}
	p := o.hold()
	if p == nil {
		h.closed = true
		return nil
	}
	h.objects = append(h.objects, o)
	h.resources = append(h.resources, o.resource)
	return p
}

func (h *holding) let() {
	for _, o := range h.objects {
		o.let()
	}
}

// fill writes the options where C reads them.
func (o *DeploymentOptions) fill(memory *arena, held *holding) *C.cdp_deployment_options {
	c := (*C.cdp_deployment_options)(memory.alloc(C.sizeof_cdp_deployment_options))
	*c = C.cdp_deployment_options{
		size: C.sizeof_cdp_deployment_options, id: memory.str(o.ID), description: memory.str(o.Description),
		creator: C.cdp_deployment_creator(o.Creator), file_exists_behavior: C.cdp_file_exists_behavior(o.FileExistsBehavior),
		ignore_application_stop_failures: cInt(o.IgnoreApplicationStopFailures),
		update_outdated_instances_only:   cInt(o.UpdateOutdatedInstancesOnly),
		alarm_policy:                     C.cdp_alarm_policy(o.AlarmPolicy), install_mode: C.cdp_install_mode(o.InstallMode),
		alarm_poll_ms: toMS(o.AlarmPoll), limit_ms: toMS(o.Limit), cancel_limit_ms: toMS(o.CancelLimit),
		host_begins_events: cInt(o.HostBeginsEvents), whole_targets: cInt(o.WholeTargets), asks_to_save: cInt(o.AsksToSave),
		target_limit: limited(o.TargetLimit), network_load_balancer: cInt(o.NetworkLoadBalancer),
		epoch_ms: unixMS(o.Epoch), root_id: memory.str(o.RootID), region: memory.str(o.Region), account_id: memory.str(o.AccountID),
	}
	if o.Group != nil {
		c.group = (*C.cdp_group)(held.hold(&o.Group.object, false))
	}
	if o.Config != nil {
		c.config = (*C.cdp_config)(held.hold(&o.Config.object, false))
	}
	if o.AppSpec != nil {
		c.appspec = (*C.cdp_appspec)(held.hold(&o.AppSpec.object, false))
	}
	if o.Schedule != nil {
		c.schedule = (*C.cdp_traffic_schedule)(held.hold(&o.Schedule.object, false))
	}
	if o.Rollout != nil {
		c.rollout = (*C.cdp_rollout_options)(memory.alloc(C.sizeof_cdp_rollout_options))
		*c.rollout = o.Rollout.c()
	}
	if o.Revision != nil {
		c.revision = o.Revision.c(memory)
	}
	if o.AutoRollback != nil {
		c.auto_rollback = (*C.cdp_group_auto_rollback)(memory.alloc(C.sizeof_cdp_group_auto_rollback))
		*c.auto_rollback = *o.AutoRollback.c()
	}
	if o.Alarms != nil {
		c.alarms = (*C.cdp_group_alarms)(memory.alloc(C.sizeof_cdp_group_alarms))
		*c.alarms = *o.Alarms.c()
		c.alarm_names, c.alarm_count = memory.strs(o.Alarms.Names)
	}
	c.past, c.past_count = cPast(o.Past, memory)
	return c
}

func makeDeployment(op string, options *DeploymentOptions, needs []*resource,
	build func(*C.cdp_deployment_options, *findings, **C.cdp_deployment) C.cdp_status) (*Deployment, error) {
	var memory arena
	defer memory.free()
	var held holding
	defer held.let()
	c := options.fill(&memory, &held)
	if held.closed {
		return nil, closedError(op)
	}
	found := newFindings(nil)
	defer found.free()
	var made *C.cdp_deployment
	if status := build(c, found, &made); status != C.CDP_OK {
		return nil, found.fail(op, status)
	}
	owner := &machine{}
	owner.ownMachine(unsafe.Pointer(made), func(pointer unsafe.Pointer) {
		C.cdp_deployment_free((*C.cdp_deployment)(pointer))
	}, append(needs, held.resources...)...)
	deployment := &Deployment{
		DeploymentView: DeploymentView{owner, unsafe.Pointer(made)}, epoch: options.Epoch,
		waiting: map[uint64]*Pending{}, never: map[uint64]bool{},
	}
	deployment.inbox.wake = make(chan struct{}, 1)
	return deployment, nil
}

// NewDeployment makes a deployment: status Created, nothing done. On Server targets are put in before
// the start (InputTarget); Lambda and ECS have one, which is there already.
//
// It checks what CreateDeployment checks. What CodeDeploy finds only when the deployment runs lets the
// deployment fail at its start.
func NewDeployment(options DeploymentOptions) (*Deployment, error) {
	return makeDeployment("make a deployment", &options, nil, func(c *C.cdp_deployment_options, found *findings, made **C.cdp_deployment) C.cdp_status {
		return C.cdp_deployment_new(c, nil, found.list, made)
	})
}

// RestoreDeployment makes a deployment from a snapshot. It continues exactly as the one that was
// written would have; open actions are told again, with Repeated set and the same tokens. The options
// are those of the deployment that was written; for a rollback those of the one that it rolls back.
func RestoreDeployment(snapshot []byte, options DeploymentOptions) (*Deployment, error) {
	data, length := input(snapshot)
	return makeDeployment("restore a deployment", &options, nil, func(c *C.cdp_deployment_options, found *findings, made **C.cdp_deployment) C.cdp_status {
		return C.cdp_deployment_restore(data, length, c, nil, found.list, made)
	})
}

// Close frees the deployment as soon as no call uses it any more. A Run that is under way returns
// ErrClosed once the method of its host has returned, and inputs that nobody took are refused.
func (d *Deployment) Close() error {
	if d == nil || d.owner == nil {
		return nil
	}
	_ = d.owner.Close()
	d.inbox.close()
	return nil
}

// Batch is what comes out of a deployment.
type Batch struct {
	// Actions are to be carried out, oldest first. Those that need an answer stay open until they are
	// answered, or until an ActionCancel asks to end them.
	Actions []Action
	// Changes tell what has changed, in order: for logs and displays.
	Changes []Change
	// Dropped counts changes that no memory could be had for.
	Dropped int
}

// Step puts inputs in, one after the other; none: the time alone. It takes out all actions after each.
// At the first input that is refused it ends with the error that says why; what came out before is in
// the batch all the same.
func (d *Deployment) Step(now time.Duration, inputs ...Input) (Batch, error) {
	const op = "step a deployment"
	var batch Batch
	if err := d.begin(op, false); err != nil {
		return batch, err
	}
	defer d.turn.Unlock()
	if len(inputs) == 0 {
		inputs = []Input{{}}
	}
	for i := range inputs {
		if err := d.put(op, now, &inputs[i], &batch); err != nil {
			return batch, err
		}
	}
	return batch, d.takeLogFailure()
}

// begin waits for the turn, and refuses when somebody drives the deployment; with drive the caller
// does from now on.
func (d *Deployment) begin(op string, drive bool) error {
	if d == nil || d.owner == nil {
		return closedError(op)
	}
	d.turn.Lock()
	if d.driving {
		d.turn.Unlock()
		return busyError(op)
	}
	d.driving = drive
	return nil
}

// put puts one input in and takes out what there is then. The turn is held.
func (d *Deployment) put(op string, now time.Duration, input *Input, batch *Batch) error {
	var memory arena
	defer memory.free()
	c := input.c(&memory)
	return d.advance(op, batch, func(p *C.cdp_deployment, found *C.cdp_diagnostics) C.cdp_status {
		return C.cdp_deployment_step(p, toMS(now), c, found)
	}, func(text *C.cdp_text) C.cdp_status {
		return C.cdp_deployment_write_input(toMS(now), c, text)
	})
}

// advance lets C take one input, takes out what there is then, and writes the input down.
func (d *Deployment) advance(op string, batch *Batch, step func(*C.cdp_deployment, *C.cdp_diagnostics) C.cdp_status,
	line func(*C.cdp_text) C.cdp_status) error {
	p := d.get()
	if p == nil {
		return closedError(op)
	}
	status := step(p, d.owner.findings.list)
	refusal := d.owner.findings.fail(op, status)
	if status != C.CDP_ERR_TIME { // then C still shows what the input before has changed
		batch.Changes = appendChanges(p, batch.Changes)
		batch.Dropped += int(C.cdp_deployment_changes_dropped(p))
	}
	batch.Actions = d.appendActions(p, batch.Actions)
	d.leave()
	if refusal != nil || d.log == nil {
		return refusal
	}
	text, err := written("log an input", line)
	if err == nil {
		_, err = d.log.Write(text)
	}
	if err != nil && d.logFailure == nil {
		d.logFailure = &Error{Op: "log an input", Status: ErrHost, Err: err}
	}
	return nil
}

func (d *Deployment) takeLogFailure() error {
	failure := d.logFailure
	d.logFailure = nil
	return failure
}

// LogInputs lets every input that is accepted from now on be written to w, as one line of JSON: what
// Replay reads. When it cannot be written, the call that put the input in tells, as a status ErrHost
// and the writer's error; the input is in all the same. The writer must not put anything in. Nil ends it.
func (d *Deployment) LogInputs(w io.Writer) error {
	const op = "log inputs"
	if err := d.begin(op, false); err != nil {
		return err
	}
	defer d.turn.Unlock()
	d.log = w
	return nil
}

// Replay puts in what LogInputs wrote. A deployment made from equal options that is given the same
// lines gives out the same actions and changes.
func (d *Deployment) Replay(log []byte) (Batch, error) {
	const op = "replay a deployment"
	var batch Batch
	if err := d.begin(op, false); err != nil {
		return batch, err
	}
	defer d.turn.Unlock()
	for len(log) > 0 {
		end := 0
		for end < len(log) && log[end] != '\n' {
			end++
		}
		line := log[:end]
		if end < len(log) {
			end++
		}
		log = log[end:]
		data, length := input(line)
		err := d.advance(op, &batch, func(p *C.cdp_deployment, found *C.cdp_diagnostics) C.cdp_status {
			return C.cdp_deployment_replay(p, data, length, found)
		}, func(text *C.cdp_text) C.cdp_status {
			copied := nameBytes(append(line[:len(line):len(line)], '\n'))
			return C.cdp_text_append(text, copied.data, copied.length)
		})
		if err != nil {
			return batch, err
		}
	}
	return batch, d.takeLogFailure()
}

// Snapshot gives the whole state as one line of JSON, the same on every architecture.
func (d *Deployment) Snapshot() ([]byte, error) {
	return d.written("write a snapshot", func(p *C.cdp_deployment, text *C.cdp_text) C.cdp_status {
		return C.cdp_deployment_snapshot(p, text)
	})
}

// NewRollback makes the deployment that carries out a plan of PlanRollback: its targets are put in
// already, its status is Created. Of the options ID is the new one's, AppSpec that of the earlier
// revision, and Config is nil unless it is another; what the plan determines is not read. ErrState
// when this deployment is not over, or the plan says that it is impossible.
func (d *Deployment) NewRollback(plan *RollbackPlan, options DeploymentOptions) (*Deployment, error) {
	const op = "make a rollback"
	planned := plan.get()
	if planned == nil {
		return nil, closedError(op)
	}
	defer plan.let()
	p := d.get()
	if p == nil {
		return nil, closedError(op)
	}
	defer d.leave()
	// What this deployment was made from, the new one may go on with.
	return makeDeployment(op, &options, []*resource{d.owner.resource, plan.resource}, func(c *C.cdp_deployment_options, found *findings, made **C.cdp_deployment) C.cdp_status {
		return C.cdp_deployment_new_rollback(p, planned, c, nil, found.list, made)
	})
}
