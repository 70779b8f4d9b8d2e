// SPDX-License-Identifier: MIT

package codedeploy

// #include "shim.h"
import "C"

import "time"

// Message gives one sentence; empty for values that are none.
func (r RollbackRefusal) Message() string {
	return C.GoString(C.cdp_rollback_refusal_message(C.cdp_rollback_refusal(r)))
}

// Source tells where the rule comes from.
func (r RollbackRefusal) Source() string {
	return C.GoString(C.cdp_rollback_refusal_source(C.cdp_rollback_refusal(r)))
}

// Message tells why a target takes part, or why not.
func (r RollbackPart) Message() string {
	return C.GoString(C.cdp_rollback_part_message(C.cdp_rollback_part(r)))
}

// TakesPart tells whether something is done to such a target.
func (r RollbackPart) TakesPart() bool {
	return C.cdp_rollback_part_takes_part(C.cdp_rollback_part(r)) != 0
}

// RollbackInfo is the answer of a plan as a whole.
type RollbackInfo struct {
	Possible bool
	// Wanted says that one was asked for, or is configured for the cause.
	Wanted  bool
	Refusal RollbackRefusal
	// Message is what will happen, or why nothing will.
	Message          string
	Kind             RollbackKind
	Cause            RollbackCause
	Platform         Platform
	DeploymentType   DeploymentType
	Scenario         Scenario
	TriggeringStatus DeploymentStatus
	TriggeringID     string
	Creator          DeploymentCreator
	// SourceID is the deployment whose revision comes back; empty where there is none.
	SourceID string
	// Revision is nil where there is none.
	Revision                      *RevisionLocation
	SameRevision, RevisionMissing bool
	ConfigName                    string
	FileExistsBehavior            FileExistsBehavior
	IgnoreApplicationStopFailures bool
	ZonesIgnored                  bool
	// Minimum is how many instances have to stay healthy; -1 where the configuration's own holds.
	Minimum   int
	RunsHooks bool
	// WeightBefore and WeightAfter are percent for the replacement; -1 on Server.
	WeightBefore, WeightAfter           int
	TestTrafficBefore, TestTrafficAfter bool
	// Duration is how long it takes; negative when nothing is known.
	Duration      time.Duration
	DurationBasis RollbackBasis
}

// Diagnostics tells the warnings that the plan was made with.
func (r *RollbackPlan) Diagnostics() Diagnostics {
	return r.diagnostics
}

// Info gives the answer as a whole.
func (r *RollbackPlan) Info() RollbackInfo {
	p := r.get()
	if p == nil {
		return RollbackInfo{}
	}
	defer r.let()
	i := C.cdp_rollback_plan_info{size: C.sizeof_cdp_rollback_plan_info}
	C.cdp_rollback_plan_get_info(p, &i)
	info := RollbackInfo{
		Possible: i.possible != 0, Wanted: i.wanted != 0, Refusal: RollbackRefusal(i.refusal), Message: goString(i.message),
		Kind: RollbackKind(i.kind), Cause: RollbackCause(i.cause), Platform: Platform(i.platform),
		DeploymentType: DeploymentType(i.deployment_type), Scenario: Scenario(i.scenario),
		TriggeringStatus: DeploymentStatus(i.triggering_status), TriggeringID: goString(i.triggering_id),
		Creator: DeploymentCreator(i.creator), SourceID: goString(i.source_id), SameRevision: i.same_revision != 0,
		RevisionMissing: i.revision_missing != 0, FileExistsBehavior: FileExistsBehavior(i.file_exists_behavior),
		IgnoreApplicationStopFailures: i.ignore_application_stop_failures != 0, ZonesIgnored: i.zones_ignored != 0,
		Minimum: int(i.minimum), RunsHooks: i.runs_hooks != 0, WeightBefore: int(i.weight_before),
		WeightAfter: int(i.weight_after), TestTrafficBefore: i.test_traffic_before != 0,
		TestTrafficAfter: i.test_traffic_after != 0, Duration: fromMS(i.duration_ms), DurationBasis: RollbackBasis(i.duration_basis),
	}
	if i.revision != nil {
		info.Revision = goRevision(i.revision)
	}
	if i.config != nil {
		info.ConfigName = goString(C.cdp_config_name(i.config))
	}
	return info
}

// RollbackMessage gives the rollbackMessage of a deployment's record; rollbackID is the new one's.
func (r *RollbackPlan) RollbackMessage(record RollbackRecord, rollbackID string) (string, error) {
	text, err := r.write("write a rollback's message", func(p *C.cdp_rollback_plan, text *C.cdp_text) C.cdp_status {
		return C.cdp_rollback_plan_write_message(p, C.cdp_rollback_record(record), optionalString(rollbackID), text)
	})
	return string(text), err
}

// RollbackStepEvent is one event that a target of a step goes through.
type RollbackStepEvent struct {
	Event      Event
	Name       string
	Scriptable bool
	Revision   RevisionSource
}

// RollbackStep is one step of a plan.
type RollbackStep struct {
	Kind     RollbackStepKind
	Scenario Scenario
	Events   []RollbackStepEvent
	// WeightBefore and WeightAfter are -1 where the step does not change weights.
	WeightBefore, WeightAfter int
	// FirstTarget and Targets tell which of RollbackPlan.Targets it is about.
	FirstTarget, Targets int
	// Concurrency is how many are worked on at a time at most.
	Concurrency   int
	Duration      time.Duration
	DurationBasis RollbackBasis
	Sentence      string
}

// Steps gives the steps in their order.
func (r *RollbackPlan) Steps() []RollbackStep {
	p := r.get()
	if p == nil {
		return nil
	}
	defer r.let()
	count := C.cdp_rollback_plan_step_count(p)
	if count == 0 {
		return nil
	}
	views := make([]C.cdp_rollback_step, count)
	steps := make([]RollbackStep, C.cdpgo_rollback_steps(p, 0, &views[0], count))
	for i := range steps {
		v := &views[i]
		steps[i] = RollbackStep{
			Kind: RollbackStepKind(v.kind), Scenario: Scenario(v.scenario), WeightBefore: int(v.weight_before),
			WeightAfter: int(v.weight_after), FirstTarget: int(v.first_target), Targets: int(v.target_count),
			Concurrency: int(v.concurrency), Duration: fromMS(v.duration_ms), DurationBasis: RollbackBasis(v.duration_basis),
			Sentence: goString(v.sentence),
		}
		for n := C.size_t(0); n < v.event_count; n++ {
			e := C.cdp_rollback_step_event{size: C.sizeof_cdp_rollback_step_event}
			if C.cdp_rollback_plan_step_event_at(p, C.size_t(i), n, &e) == C.CDP_OK {
				steps[i].Events = append(steps[i].Events, RollbackStepEvent{
					Event(e.event), goString(e.name), e.scriptable != 0, RevisionSource(e.revision),
				})
			}
		}
	}
	return steps
}

// RollbackPlanTarget is a target of a plan.
type RollbackPlanTarget struct {
	ID, Zone string
	// Index is that in the situation.
	Index    int
	Original bool
	Part     RollbackPart
	// Step is the step it is part of; -1 for one that is left out.
	Step           int
	InstanceHealth InstanceHealth
	RevisionHealth RevisionHealth
	// LastSuccessfulID and MostRecentID are the deployments whose scripts run.
	LastSuccessfulID, MostRecentID string
}

func goIndexOrNone(n C.size_t) int {
	if n == ^C.size_t(0) {
		return -1
	}
	return int(n)
}

// Targets gives all targets in the order in which they are worked on, those that are left out last.
func (r *RollbackPlan) Targets() []RollbackPlanTarget {
	p := r.get()
	if p == nil {
		return nil
	}
	defer r.let()
	count := C.cdp_rollback_plan_target_count(p)
	if count == 0 {
		return nil
	}
	views := make([]C.cdp_rollback_plan_target, count)
	targets := make([]RollbackPlanTarget, C.cdpgo_rollback_targets(p, 0, &views[0], count))
	for i := range targets {
		v := &views[i]
		targets[i] = RollbackPlanTarget{
			goString(v.id), goString(v.zone), int(v.index), v.original != 0, RollbackPart(v.part), goIndexOrNone(v.step),
			InstanceHealth(v.instance_health), RevisionHealth(v.revision_health), goString(v.last_successful_id),
			goString(v.most_recent_id),
		}
	}
	return targets
}

// RollbackEffect is something that comes back, or does not.
type RollbackEffect struct {
	Kind RollbackEffectKind
	// Targets counts those that it concerns; Target is the one that it concerns, else -1.
	Targets, Target int
	// Path is empty when it concerns no single file.
	Path     string
	Sentence string
}

func goEffects(views []C.cdp_rollback_effect, count C.size_t) []RollbackEffect {
	effects := make([]RollbackEffect, count)
	for i := range effects {
		v := &views[i]
		effects[i] = RollbackEffect{RollbackEffectKind(v.kind), int(v.target_count), goIndexOrNone(v.target), goString(v.path), goString(v.sentence)}
	}
	return effects
}

// Restores tells what comes back.
func (r *RollbackPlan) Restores() []RollbackEffect {
	p := r.get()
	if p == nil {
		return nil
	}
	defer r.let()
	count := C.cdp_rollback_plan_restore_count(p)
	if count == 0 {
		return nil
	}
	views := make([]C.cdp_rollback_effect, count)
	return goEffects(views, C.cdpgo_rollback_restores(p, 0, &views[0], count))
}

// Losses tells what does not come back.
func (r *RollbackPlan) Losses() []RollbackEffect {
	p := r.get()
	if p == nil {
		return nil
	}
	defer r.let()
	count := C.cdp_rollback_plan_loss_count(p)
	if count == 0 {
		return nil
	}
	views := make([]C.cdp_rollback_effect, count)
	return goEffects(views, C.cdpgo_rollback_losses(p, 0, &views[0], count))
}

func (r *RollbackPlan) write(op string, write func(*C.cdp_rollback_plan, *C.cdp_text) C.cdp_status) ([]byte, error) {
	p := r.get()
	if p == nil {
		return nil, closedError(op)
	}
	defer r.let()
	return written(op, func(text *C.cdp_text) C.cdp_status { return write(p, text) })
}

// Write gives the plan as a JSON object; indent is the number of blanks for each level, 0 one line.
func (r *RollbackPlan) Write(indent int) ([]byte, error) {
	return r.write("write a rollback plan", func(p *C.cdp_rollback_plan, text *C.cdp_text) C.cdp_status {
		return C.cdp_rollback_plan_write(p, C.uint(indent), text)
	})
}

// MarshalJSON is Write in one line.
func (r *RollbackPlan) MarshalJSON() ([]byte, error) {
	return r.Write(0)
}

// String gives the plan as text for people.
func (r *RollbackPlan) String() string {
	text, err := r.write("describe a rollback plan", func(p *C.cdp_rollback_plan, text *C.cdp_text) C.cdp_status {
		return C.cdp_rollback_plan_render(p, text)
	})
	if err != nil {
		return "closed"
	}
	return string(text)
}
