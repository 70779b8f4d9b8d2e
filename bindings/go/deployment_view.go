// SPDX-License-Identifier: MIT

package codedeploy

// #include "shim.h"
import "C"

import (
	"time"
	"unsafe"
)

// DeploymentView is a deployment to look at: all that a Deployment tells, without what changes it. The
// deployments of a SimHost are such. Views may be used by many goroutines at once.
type DeploymentView struct {
	owner   *machine // whose lock guards it, and which keeps it alive
	pointer unsafe.Pointer
}

// get waits for the deployment; nil when it was closed.
func (d *DeploymentView) get() *C.cdp_deployment {
	if d == nil || d.owner.enter() == nil {
		return nil
	}
	return (*C.cdp_deployment)(d.pointer)
}

func (d *DeploymentView) leave() {
	d.owner.leave()
}

func (d *DeploymentView) written(op string, write func(*C.cdp_deployment, *C.cdp_text) C.cdp_status) ([]byte, error) {
	p := d.get()
	if p == nil {
		return nil, closedError(op)
	}
	defer d.leave()
	return written(op, func(text *C.cdp_text) C.cdp_status { return write(p, text) })
}

// DeploymentInfo is a deployment at a glance. Times are negative when they are not yet.
type DeploymentInfo struct {
	ID       string
	Status   DeploymentStatus
	Platform Platform
	Type     DeploymentType
	Creator  DeploymentCreator
	// ErrorCode and ErrorMessage tell why it failed or was stopped.
	ErrorCode    ErrorCode
	ErrorMessage string
	// Ending tells that it is being stopped or is failing, and something still runs.
	Ending                  bool
	Create, Start, Complete time.Duration
	// How many targets stand where.
	Pending, InProgress, Succeeded, Failed, Skipped, Ready, Unknown int
	// Wait is what is waited for, until WaitUntil; Never: until somebody continues.
	Wait      DeploymentWait
	WaitUntil time.Duration
	// TerminationWaitStarted is the API's instanceTerminationWaitTimeStarted.
	TerminationWaitStarted bool
	// Weight and OriginalWeight are percent of the production traffic; TestWeight of the test traffic.
	Weight, OriginalWeight, TestWeight int
	// RollbackWanted tells that an automatic rollback was wanted.
	RollbackWanted bool
	// RollbackID and what follows are the API's rollbackInfo; empty where it has nothing.
	RollbackID, RollbackTriggeringID, RollbackMessage string
	// FollowUpID is the deployment that followed for outdated instances.
	FollowUpID string
	// StopStatus is StopDeployment's answer; 0 when it was not stopped.
	StopStatus StopStatus
	// OpenActions counts the actions that are open.
	OpenActions int
}

// Info gives the deployment at a glance; ErrClosed when it is.
func (d *DeploymentView) Info() (DeploymentInfo, error) {
	const op = "look at a deployment"
	p := d.get()
	if p == nil {
		return DeploymentInfo{}, closedError(op)
	}
	defer d.leave()
	i := C.cdp_deployment_info{size: C.sizeof_cdp_deployment_info}
	if status := C.cdp_deployment_get_info(p, &i); status != C.CDP_OK {
		return DeploymentInfo{}, failure(op, status)
	}
	return DeploymentInfo{
		ID: goString(i.id), Status: DeploymentStatus(i.status), Platform: Platform(i.platform), Type: DeploymentType(i._type),
		Creator: DeploymentCreator(i.creator), ErrorCode: ErrorCode(i.error_code), ErrorMessage: goString(i.error_message),
		Ending: i.ending != 0, Create: fromMS(i.create_ms), Start: fromMS(i.start_ms), Complete: fromMS(i.complete_ms),
		Pending: int(i.pending), InProgress: int(i.in_progress), Succeeded: int(i.succeeded), Failed: int(i.failed),
		Skipped: int(i.skipped), Ready: int(i.ready), Unknown: int(i.unknown), Wait: DeploymentWait(i.wait),
		WaitUntil: fromMS(i.wait_until_ms), TerminationWaitStarted: i.termination_wait_started != 0, Weight: int(i.weight),
		OriginalWeight: int(i.original_weight), TestWeight: int(i.test_weight), RollbackWanted: i.rollback_wanted != 0,
		RollbackID: goString(i.rollback_id), RollbackTriggeringID: goString(i.rollback_triggering_id),
		RollbackMessage: goString(i.rollback_message), FollowUpID: goString(i.follow_up_id),
		StopStatus: StopStatus(i.stop_status), OpenActions: int(i.open_actions),
	}, nil
}

// Status is the deployment's; 0 when it is closed.
func (d *DeploymentView) Status() DeploymentStatus {
	p := d.get()
	if p == nil {
		return 0
	}
	defer d.leave()
	return DeploymentStatus(C.cdp_deployment_get_status(p))
}

// Over tells that the status is final.
func (d *DeploymentView) Over() bool {
	p := d.get()
	if p == nil {
		return false
	}
	defer d.leave()
	return C.cdp_deployment_is_over(p) != 0
}

// Platform tells what the deployment is on.
func (d *DeploymentView) Platform() Platform {
	p := d.get()
	if p == nil {
		return PlatformAuto
	}
	defer d.leave()
	return Platform(C.cdp_deployment_platform(p))
}

// NextDeadline tells when to call Step if nothing happens before; Never when nothing is due.
func (d *DeploymentView) NextDeadline() time.Duration {
	p := d.get()
	if p == nil {
		return Never
	}
	defer d.leave()
	return fromMS(C.cdp_deployment_next_deadline(p))
}

// Now gives the time of the last accepted input; negative before the first one.
func (d *DeploymentView) Now() time.Duration {
	p := d.get()
	if p == nil {
		return -time.Millisecond
	}
	defer d.leave()
	return fromMS(C.cdp_deployment_now(p))
}

// Group gives the group that is deployed to. It may outlive the deployment.
func (d *DeploymentView) Group() *DeploymentGroup {
	p := d.get()
	if p == nil {
		return nil
	}
	defer d.leave()
	group := &DeploymentGroup{}
	group.own(unsafe.Pointer(C.cdp_deployment_group(p)), nil, d.owner.resource)
	return group
}

// Config gives the configuration that is effective. It may outlive the deployment.
func (d *DeploymentView) Config() *DeploymentConfig {
	p := d.get()
	if p == nil {
		return nil
	}
	defer d.leave()
	config := &DeploymentConfig{}
	config.own(unsafe.Pointer(C.cdp_deployment_config(p)), nil, d.owner.resource)
	return config
}

// Schedule gives the schedule along which traffic shifts; nil on Server. It may outlive the deployment.
func (d *DeploymentView) Schedule() *TrafficSchedule {
	p := d.get()
	if p == nil {
		return nil
	}
	defer d.leave()
	c := C.cdp_deployment_schedule(p)
	if c == nil {
		return nil
	}
	schedule := &TrafficSchedule{}
	schedule.own(unsafe.Pointer(c), nil, d.owner.resource)
	return schedule
}

// Rollout gives a copy of the roll-out of a Server deployment as it stands; ErrNotFound before the
// start, on other platforms, and where traffic is only moved back.
func (d *DeploymentView) Rollout() (*Rollout, error) {
	const op = "copy a roll-out"
	text, err := d.written(op, func(p *C.cdp_deployment, text *C.cdp_text) C.cdp_status {
		rollout := C.cdp_deployment_rollout(p)
		if rollout == nil {
			return C.CDP_ERR_NOT_FOUND
		}
		return C.cdp_rollout_snapshot(rollout, text)
	})
	if err != nil {
		return nil, err
	}
	return RestoreRollout(text)
}

// DeploymentTarget is one target of a deployment.
type DeploymentTarget struct {
	// Number is what inputs and actions call it.
	Number   int
	ID, Zone string
	Status   TargetStatus
	// Reason tells why the status is final.
	Reason LifecycleReason
	// Original tells that it is an original one of a blue/green deployment.
	Original bool
	// TakesPart is false for one that is left out as up to date, or joined too late.
	TakesPart bool
	// Terminated tells that the host has terminated it.
	Terminated bool
	// Registered and Deregistered tell what this deployment did at the load balancer.
	Registered, Deregistered bool
	// Updated is when anything of it last changed; negative when nothing did.
	Updated time.Duration
	// Message is the last failure's.
	Message string
	// Scenario is that of its plan of lifecycle events.
	Scenario Scenario
	// Events are its lifecycle events in their order.
	Events []EventRecord
}

func goTarget(p *C.cdp_deployment, number C.uint32_t, v *C.cdp_deployment_target) DeploymentTarget {
	target := DeploymentTarget{
		Number: int(number), ID: goString(v.id), Zone: goString(v.zone), Status: TargetStatus(v.status),
		Reason: LifecycleReason(v.reason), Original: v.original != 0, TakesPart: v.takes_part != 0,
		Terminated: v.terminated != 0, Registered: v.traffic == 1, Deregistered: v.traffic == 2,
		Updated: fromMS(v.updated_ms), Message: goString(v.message),
		Scenario: Scenario(C.cdp_lifecycle_plan_scenario(v.plan)),
	}
	count := C.uint32_t(C.cdp_lifecycle_plan_event_count(v.plan))
	for event := C.uint32_t(0); event < count; event++ {
		record := C.cdp_lifecycle_event_record{size: C.sizeof_cdp_lifecycle_event_record}
		if C.cdp_deployment_event_at(p, number, event, &record) == C.CDP_OK {
			target.Events = append(target.Events, goEventRecord(&record))
		}
	}
	return target
}

// Targets gives all targets by their numbers.
func (d *DeploymentView) Targets() []DeploymentTarget {
	p := d.get()
	if p == nil {
		return nil
	}
	defer d.leave()
	var targets []DeploymentTarget
	count := C.uint32_t(C.cdp_deployment_target_count(p))
	for number := C.uint32_t(0); number < count; number++ {
		view := C.cdp_deployment_target{size: C.sizeof_cdp_deployment_target}
		if C.cdp_deployment_target_at(p, number, &view) == C.CDP_OK {
			targets = append(targets, goTarget(p, number, &view))
		}
	}
	return targets
}

// Target gives one target by its number; ErrNotFound when there is none.
func (d *DeploymentView) Target(number int) (DeploymentTarget, error) {
	const op = "look at a target"
	p := d.get()
	if p == nil {
		return DeploymentTarget{}, closedError(op)
	}
	defer d.leave()
	view := C.cdp_deployment_target{size: C.sizeof_cdp_deployment_target}
	if status := C.cdp_deployment_target_at(p, cInstanceNumber(number), &view); status != C.CDP_OK {
		return DeploymentTarget{}, failure(op, status)
	}
	return goTarget(p, C.uint32_t(number), &view), nil
}

// FindTarget gives the number of a target's id; ErrNotFound when there is none.
func (d *DeploymentView) FindTarget(id string) (int, error) {
	const op = "find the target"
	p := d.get()
	if p == nil {
		return 0, closedError(op)
	}
	defer d.leave()
	var number C.uint32_t
	if status := C.cdp_deployment_target_find(p, nameString(id), &number); status != C.CDP_OK {
		return 0, &Error{Op: op, Subject: id, Status: Status(status)}
	}
	return int(number), nil
}

// AlarmView is an alarm that is watched.
type AlarmView struct {
	Name  string
	State AlarmState
	// Excused tells that it was active at the start and does not count (AlarmPolicyOnlyNew).
	Excused bool
}

// Alarms gives the alarms that are watched.
func (d *DeploymentView) Alarms() []AlarmView {
	p := d.get()
	if p == nil {
		return nil
	}
	defer d.leave()
	var alarms []AlarmView
	for i := C.size_t(0); i < C.cdp_deployment_alarm_count(p); i++ {
		view := C.cdp_deployment_alarm_view{size: C.sizeof_cdp_deployment_alarm_view}
		if C.cdp_deployment_alarm_at(p, i, &view) == C.CDP_OK {
			alarms = append(alarms, AlarmView{goString(view.name), AlarmState(view.state), view.excused != 0})
		}
	}
	return alarms
}

// PlanRollback tells what rolling back would do at this moment, and whether it can be done: at any
// time, also while the deployment runs and after its end. Cause 0 is the one that the deployment's end
// implies. Wanted is, for RollbackCauseManual, the id of the earlier deployment to go back to; empty:
// the last that succeeded.
func (d *DeploymentView) PlanRollback(cause RollbackCause, wanted string) (*RollbackPlan, error) {
	const op = "plan a rollback"
	p := d.get()
	if p == nil {
		return nil, closedError(op)
	}
	defer d.leave()
	return makeRollbackPlan(op, []*resource{d.owner.resource}, func(found *findings, made **C.cdp_rollback_plan) C.cdp_status {
		return C.cdp_deployment_plan_rollback(p, C.cdp_rollback_cause(cause), optionalString(wanted), nil, found.list, made)
	})
}

// Past gives what to keep of a deployment that is over, for DeploymentOptions.Past of the next.
func (d *DeploymentView) Past() (PastDeployment, error) {
	const op = "remember a deployment"
	p := d.get()
	if p == nil {
		return PastDeployment{}, closedError(op)
	}
	defer d.leave()
	view := C.cdp_rollback_past{size: C.sizeof_cdp_rollback_past}
	if status := C.cdp_deployment_get_past(p, &view); status != C.CDP_OK {
		return PastDeployment{}, failure(op, status)
	}
	return goPast(&view), nil
}
