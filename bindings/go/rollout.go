// SPDX-License-Identifier: MIT

package codedeploy

// #include "shim.h"
import "C"

import (
	"time"
	"unsafe"
)

// Rollout decides which instances of a Server deployment go next, how many at once, when to stop, and
// whether the whole thing succeeded. Put in the instances, start it, and then again and again put in
// one thing that happened and take out what was decided, until Settled. A refused input changes
// nothing.
type Rollout struct {
	machine
	diagnostics Diagnostics
}

// RolloutOptions tells what rules a roll-out follows. The zero value is in place, one at a time.
type RolloutOptions struct {
	Kind RolloutKind
	// Minimum of type MinimumNone stands for all instances but one.
	Minimum Minimum
	// AllowSingle lets a single instance be deployed to whatever the percentage is.
	AllowSingle bool
	// Zonal goes one zone at a time, in ascending order of their names.
	Zonal bool
	// ZoneMinimum is what each zone keeps healthy.
	ZoneMinimum Minimum
	// ZoneWait is from the end of a zone to the beginning of the next; FirstZoneWait after the first.
	ZoneWait, FirstZoneWait time.Duration
	// OutdatedOnly leaves out instances whose revision health is Current.
	OutdatedOnly bool
	// HoldBeforeReroute holds a blue/green roll-out after installing until Continue.
	HoldBeforeReroute bool
	// IgnoreOutdated says that instances that join do not want a follow-on deployment.
	IgnoreOutdated bool

	// What follows goes beyond CodeDeploy; zero values are CodeDeploy's rules.

	// LiveMembership lets instances that join take part, and those that leave no longer count.
	LiveMembership bool
	// NoForgiveness does not forgive the failure of the last instance.
	NoForgiveness bool
	// FailureBudgetType and FailureBudget tell how many failures are borne.
	FailureBudgetType RolloutBudget
	FailureBudget     int
	// ConcurrencyLimit bounds the instances in flight; 0: only the rules do.
	ConcurrencyLimit int
	// CanarySize instances go first and must all succeed; CanaryWait follows.
	CanarySize int
	CanaryWait time.Duration
}

func (o *RolloutOptions) c() C.cdp_rollout_options {
	return C.cdp_rollout_options{
		size:                C.sizeof_cdp_rollout_options,
		kind:                C.cdp_rollout_kind(o.Kind),
		minimum_type:        C.cdp_minimum_type(o.Minimum.Type),
		minimum_value:       C.int64_t(o.Minimum.Value),
		allow_single:        cInt(o.AllowSingle),
		zonal:               cInt(o.Zonal),
		zone_minimum_type:   C.cdp_minimum_type(o.ZoneMinimum.Type),
		outdated_only:       cInt(o.OutdatedOnly),
		zone_minimum_value:  C.int64_t(o.ZoneMinimum.Value),
		zone_wait_ms:        toMS(o.ZoneWait),
		first_zone_wait_ms:  toMS(o.FirstZoneWait),
		hold_before_reroute: cInt(o.HoldBeforeReroute),
		ignore_outdated:     cInt(o.IgnoreOutdated),
		live_membership:     cInt(o.LiveMembership),
		no_forgiveness:      cInt(o.NoForgiveness),
		failure_budget_type: C.cdp_rollout_budget(o.FailureBudgetType),
		failure_budget:      C.int64_t(o.FailureBudget),
		concurrency_limit:   C.int64_t(o.ConcurrencyLimit),
		canary_size:         C.int64_t(o.CanarySize),
		canary_wait_ms:      toMS(o.CanaryWait),
	}
}

// UseConfig fills in what a deployment configuration for Server determines: the minimum and the
// zones. The other fields stay as they are.
func (o *RolloutOptions) UseConfig(config *DeploymentConfig) error {
	const op = "use a configuration for a roll-out"
	p := config.get()
	if p == nil {
		return closedError(op)
	}
	defer config.let()
	c := o.c()
	if status := C.cdp_rollout_options_from_config(p, &c); status != C.CDP_OK {
		return failure(op, status)
	}
	o.Minimum = Minimum{MinimumType(c.minimum_type), int(c.minimum_value)}
	o.AllowSingle = c.allow_single != 0
	o.Zonal = c.zonal != 0
	o.ZoneMinimum = Minimum{MinimumType(c.zone_minimum_type), int(c.zone_minimum_value)}
	o.ZoneWait = fromMS(c.zone_wait_ms)
	o.FirstZoneWait = fromMS(c.first_zone_wait_ms)
	return nil
}

// RolloutInstance is what a program tells of one instance.
type RolloutInstance struct {
	// ID is 1 to 1,024 bytes of UTF-8 without control characters.
	ID string
	// Zone is the Availability Zone; empty when it is not known.
	Zone           string
	InstanceHealth InstanceHealth
	RevisionHealth RevisionHealth
	// Original says that it belongs to the original environment of a blue/green deployment.
	Original bool
}

func (i *RolloutInstance) fill(memory *arena, instance *C.cdp_rollout_instance) {
	instance.size = C.sizeof_cdp_rollout_instance
	instance.id = memory.str(i.ID)
	instance.zone = memory.str(i.Zone)
	instance.instance_health = C.cdp_instance_health(i.InstanceHealth)
	instance.revision_health = C.cdp_revision_health(i.RevisionHealth)
	instance.original = cInt(i.Original)
}

// NewRollout makes a roll-out without instances. Options may be nil.
func NewRollout(options *RolloutOptions) (*Rollout, error) {
	if options == nil {
		options = &RolloutOptions{}
	}
	found := newFindings(nil)
	defer found.free()
	c := options.c()
	var made *C.cdp_rollout
	if status := C.cdp_rollout_new(&c, nil, found.list, &made); status != C.CDP_OK {
		return nil, found.fail("make a roll-out", status)
	}
	return newRollout(made), nil
}

func newRollout(made *C.cdp_rollout) *Rollout {
	rollout := &Rollout{}
	rollout.ownMachine(unsafe.Pointer(made), func(pointer unsafe.Pointer) {
		C.cdp_rollout_free((*C.cdp_rollout)(pointer))
	})
	return rollout
}

// RestoreRollout makes a roll-out from a snapshot; it behaves as the one it was taken from would.
func RestoreRollout(snapshot []byte) (*Rollout, error) {
	found := newFindings(nil)
	defer found.free()
	data, length := input(snapshot)
	var made *C.cdp_rollout
	if status := C.cdp_rollout_restore(data, length, nil, found.list, &made); status != C.CDP_OK {
		return nil, found.fail("restore a roll-out", status)
	}
	return newRollout(made), nil
}

func (r *Rollout) get() *C.cdp_rollout {
	if r == nil {
		return nil
	}
	return (*C.cdp_rollout)(r.enter())
}

func (r *Rollout) put(op string, put func(*C.cdp_rollout, *C.cdp_diagnostics) C.cdp_status) error {
	p := r.get()
	if p == nil {
		return closedError(op)
	}
	defer r.leave()
	return r.findings.fail(op, put(p, r.findings.list))
}

// Add adds instances before the start; none is added unless all are. They are numbered from 0 in the
// order of adding.
func (r *Rollout) Add(instances ...RolloutInstance) error {
	var memory arena
	defer memory.free()
	first := (*C.cdp_rollout_instance)(memory.alloc(C.sizeof_cdp_rollout_instance * uintptr(len(instances)+1)))
	list := unsafe.Slice(first, len(instances)+1)
	for i := range instances {
		instances[i].fill(&memory, &list[i])
	}
	return r.put("add instances", func(p *C.cdp_rollout, found *C.cdp_diagnostics) C.cdp_status {
		return C.cdp_rollout_add(p, first, C.size_t(len(instances)), found)
	})
}

// Start puts the instances in order and fixes the numbers. A roll-out that can only fail starts and
// is over; Diagnostics then says what to change.
func (r *Rollout) Start(now time.Duration) error {
	const op = "start a roll-out"
	p := r.get()
	if p == nil {
		return closedError(op)
	}
	defer r.leave()
	if status := C.cdp_rollout_start(p, toMS(now), r.findings.list); status != C.CDP_OK {
		return r.findings.fail(op, status)
	}
	r.diagnostics, _ = r.findings.take()
	return nil
}

// Diagnostics tells what was found at the start.
func (r *Rollout) Diagnostics() Diagnostics {
	if r.get() == nil {
		return nil
	}
	defer r.leave()
	return r.diagnostics
}

// Decision is one decision, with the numbers it was made from.
type Decision struct {
	Kind    DecisionKind
	Rule    RolloutRule
	Phase   RolloutPhase
	Verdict RolloutVerdict
	// Instance is the number of the instance concerned, Other that of another one that the rule
	// speaks of; -1 for none.
	Instance, Other int
	// Attempt on this instance, from 1: part of a start.
	Attempt int
	// State is where the instance stands now.
	State       RolloutState
	ID, OtherID string
	Zone        string
	// ErrorCode is the API's, "HEALTH_CONSTRAINTS"; empty when there is none.
	ErrorCode string
	// Time is that of the last input; Until is when a wait ends.
	Time, Until time.Duration
	// How many instances there are, have to stay healthy, are healthy and not in flight, and so on.
	Instances, Minimum, Healthy, InFlight, Failed, Succeeded, Pending int
	// Limit is the limit that the rule speaks of.
	Limit int
}

func goInstanceNumber(n C.uint32_t) int {
	if n == C.CDP_ROLLOUT_NO_INSTANCE {
		return -1
	}
	return int(n)
}

func cInstanceNumber(n int) C.uint32_t {
	if n < 0 {
		return C.CDP_ROLLOUT_NO_INSTANCE
	}
	return limited(n)
}

func goDecision(d *C.cdp_rollout_decision) Decision {
	return Decision{
		Kind: DecisionKind(d.kind), Rule: RolloutRule(d.rule), Phase: RolloutPhase(d.phase),
		Verdict: RolloutVerdict(d.verdict), Instance: goInstanceNumber(d.instance),
		Other: goInstanceNumber(d.other), Attempt: int(d.attempt), State: RolloutState(d.state),
		ID: goString(d.id), OtherID: goString(d.other_id), Zone: goString(d.zone),
		ErrorCode: C.GoString(d.error_code), Time: fromMS(d.time_ms), Until: fromMS(d.until_ms),
		Instances: int(d.instances), Minimum: int(d.minimum), Healthy: int(d.healthy),
		InFlight: int(d.in_flight), Failed: int(d.failed), Succeeded: int(d.succeeded),
		Pending: int(d.pending), Limit: int(d.limit),
	}
}

// String gives the decision as one sentence: "held back i-07: 8 healthy not in flight, minimum 8".
func (d Decision) String() string {
	var memory arena
	defer memory.free()
	c := (*C.cdp_rollout_decision)(memory.alloc(C.sizeof_cdp_rollout_decision))
	*c = C.cdp_rollout_decision{
		size: C.sizeof_cdp_rollout_decision,
		kind: C.cdp_rollout_decision_kind(d.Kind), rule: C.cdp_rollout_rule(d.Rule),
		phase: C.cdp_rollout_phase(d.Phase), verdict: C.cdp_rollout_verdict(d.Verdict),
		instance: cInstanceNumber(d.Instance), other: cInstanceNumber(d.Other),
		attempt: limited(d.Attempt), state: C.cdp_rollout_state(d.State),
		id: memory.str(d.ID), other_id: memory.str(d.OtherID), zone: memory.str(d.Zone),
		error_code: memory.str(d.ErrorCode).data, time_ms: toMS(d.Time), until_ms: toMS(d.Until),
		instances: limited(d.Instances), minimum: limited(d.Minimum), healthy: limited(d.Healthy),
		in_flight: limited(d.InFlight), failed: limited(d.Failed), succeeded: limited(d.Succeeded),
		pending: limited(d.Pending), limit: limited(d.Limit),
	}
	text, err := written("describe a decision", func(text *C.cdp_text) C.cdp_status {
		return C.cdp_rollout_render(c, text)
	})
	if err != nil {
		return d.Kind.String() + " " + d.Rule.String()
	}
	return string(text)
}

// Source tells where a rule comes from; empty for values that are none.
func (r RolloutRule) Source() string {
	return C.GoString(C.cdp_rollout_rule_source(C.cdp_rollout_rule(r)))
}

// Decide takes out what is decided now, in order, at most max decisions; 0 for all. A decision that
// was taken has happened: an instance that was told to start is in flight from then on. What was not
// taken is not decided.
func (r *Rollout) Decide(max int) ([]Decision, error) {
	const op = "take decisions"
	p := r.get()
	if p == nil {
		return nil, closedError(op)
	}
	defer r.leave()
	const batch = 16
	var decisions []Decision
	var views [batch]C.cdp_rollout_decision
	for max <= 0 || len(decisions) < max {
		capacity := batch
		if max > 0 && max-len(decisions) < batch {
			capacity = max - len(decisions)
		}
		views[0].size = C.sizeof_cdp_rollout_decision
		var count C.size_t
		if status := C.cdp_rollout_decide(p, &views[0], C.size_t(capacity), &count); status != C.CDP_OK {
			return decisions, failure(op, status)
		}
		for i := 0; i < int(count); i++ {
			decisions = append(decisions, goDecision(&views[i]))
		}
		if int(count) < capacity {
			break
		}
	}
	return decisions, nil
}

// Result tells how an instance that was started came out. Attempt is the number that the decision
// gave; 0: not checked.
func (r *Rollout) Result(instance, attempt int, succeeded bool, now time.Duration) error {
	return r.put("take a result", func(p *C.cdp_rollout, found *C.cdp_diagnostics) C.cdp_status {
		return C.cdp_rollout_result(p, cInstanceNumber(instance), limited(attempt), cInt(succeeded), toMS(now), found)
	})
}

// Step tells the time.
func (r *Rollout) Step(now time.Duration) error {
	return r.put("step a roll-out", func(p *C.cdp_rollout, found *C.cdp_diagnostics) C.cdp_status {
		return C.cdp_rollout_step(p, toMS(now), found)
	})
}

// NextDeadline tells when to call Step; Never when nothing is due.
func (r *Rollout) NextDeadline() time.Duration {
	p := r.get()
	if p == nil {
		return Never
	}
	defer r.leave()
	return fromMS(C.cdp_rollout_next_deadline(p))
}

// Stop ends the roll-out from outside: nothing is begun any more.
func (r *Rollout) Stop(cause StopCause, now time.Duration) error {
	return r.put("stop a roll-out", func(p *C.cdp_rollout, found *C.cdp_diagnostics) C.cdp_status {
		return C.cdp_rollout_stop(p, C.cdp_rollout_stop_cause(cause), toMS(now), found)
	})
}

// Continue lets a wait end now.
func (r *Rollout) Continue(now time.Duration) error {
	return r.put("continue a roll-out", func(p *C.cdp_rollout, found *C.cdp_diagnostics) C.cdp_status {
		return C.cdp_rollout_continue(p, toMS(now), found)
	})
}

// Join says that an instance appeared during the roll-out; its number comes back.
func (r *Rollout) Join(instance RolloutInstance, now time.Duration) (int, error) {
	var memory arena
	defer memory.free()
	c := (*C.cdp_rollout_instance)(memory.alloc(C.sizeof_cdp_rollout_instance))
	instance.fill(&memory, c)
	var number C.uint32_t
	err := r.put("let an instance join", func(p *C.cdp_rollout, found *C.cdp_diagnostics) C.cdp_status {
		return C.cdp_rollout_join(p, c, toMS(now), found, &number)
	})
	return int(number), err
}

// Leave says that an instance went away for good.
func (r *Rollout) Leave(instance int, now time.Duration) error {
	return r.put("let an instance leave", func(p *C.cdp_rollout, found *C.cdp_diagnostics) C.cdp_status {
		return C.cdp_rollout_leave(p, cInstanceNumber(instance), toMS(now), found)
	})
}

// Restart says that an instance lost what was installed on it and is there again.
func (r *Rollout) Restart(instance int, now time.Duration) error {
	return r.put("restart an instance", func(p *C.cdp_rollout, found *C.cdp_diagnostics) C.cdp_status {
		return C.cdp_rollout_restart(p, cInstanceNumber(instance), toMS(now), found)
	})
}

// Phase tells where the roll-out stands.
func (r *Rollout) Phase() RolloutPhase {
	p := r.get()
	if p == nil {
		return RolloutPhaseNone
	}
	defer r.leave()
	return RolloutPhase(C.cdp_rollout_current_phase(p))
}

// Verdict tells how it ended, and the reason.
func (r *Rollout) Verdict() (RolloutVerdict, Decision) {
	p := r.get()
	if p == nil {
		return RolloutUndecided, Decision{Instance: -1, Other: -1}
	}
	defer r.leave()
	d := C.cdp_rollout_decision{size: C.sizeof_cdp_rollout_decision}
	verdict := C.cdp_rollout_current_verdict(p, &d)
	return RolloutVerdict(verdict), goDecision(&d)
}

// Settled tells that the verdict is given, nothing is in flight and every decision was taken out.
func (r *Rollout) Settled() bool {
	p := r.get()
	if p == nil {
		return false
	}
	defer r.leave()
	return C.cdp_rollout_is_settled(p) != 0
}

// Held tells why nothing more begins now; false when nothing waits, or decisions are still to be
// taken.
func (r *Rollout) Held() (Decision, bool) {
	p := r.get()
	if p == nil {
		return Decision{}, false
	}
	defer r.leave()
	d := C.cdp_rollout_decision{size: C.sizeof_cdp_rollout_decision}
	if C.cdp_rollout_held(p, &d) != C.CDP_OK {
		return Decision{}, false
	}
	return goDecision(&d), true
}

// Explain tells why an instance stands where it stands.
func (r *Rollout) Explain(instance int) (Decision, error) {
	const op = "explain an instance"
	p := r.get()
	if p == nil {
		return Decision{}, closedError(op)
	}
	defer r.leave()
	d := C.cdp_rollout_decision{size: C.sizeof_cdp_rollout_decision}
	if status := C.cdp_rollout_explain(p, cInstanceNumber(instance), &d); status != C.CDP_OK {
		return Decision{}, failure(op, status)
	}
	return goDecision(&d), nil
}

// RolloutView is what the roll-out knows of one instance.
type RolloutView struct {
	ID, Zone string
	State    RolloutState
	// Status is the same in the API's words; 0 for one that is no target of the deployment.
	Status TargetStatus
	// Attempts is how often it was begun.
	Attempts int
	// The values to keep after the roll-out.
	InstanceHealth InstanceHealth
	RevisionHealth RevisionHealth
	Original       bool
}

// Instances gives all instances, those that joined or left included, by their numbers.
func (r *Rollout) Instances() []RolloutView {
	p := r.get()
	if p == nil {
		return nil
	}
	defer r.leave()
	return rolloutViews(p, 0, int(C.cdp_rollout_count(p)))
}

// Instance gives one instance; ErrNotFound when there is none of this number.
func (r *Rollout) Instance(instance int) (RolloutView, error) {
	const op = "look at an instance"
	p := r.get()
	if p == nil {
		return RolloutView{}, closedError(op)
	}
	defer r.leave()
	if instance < 0 {
		return RolloutView{}, failure(op, C.CDP_ERR_NOT_FOUND)
	}
	if views := rolloutViews(p, instance, 1); len(views) > 0 {
		return views[0], nil
	}
	return RolloutView{}, failure(op, C.CDP_ERR_NOT_FOUND)
}

func rolloutViews(p *C.cdp_rollout, first, count int) []RolloutView {
	if count == 0 {
		return nil
	}
	views := make([]C.cdp_rollout_view, count)
	list := make([]RolloutView, C.cdpgo_rollout_views(p, C.size_t(first), &views[0], C.size_t(count)))
	for i := range list {
		v := &views[i]
		list[i] = RolloutView{
			goString(v.id), goString(v.zone), RolloutState(v.state), TargetStatus(v.status),
			int(v.attempts), InstanceHealth(v.instance_health), RevisionHealth(v.revision_health), v.original != 0,
		}
	}
	return list
}

// Find gives the number of an id; ErrNotFound when there is none.
func (r *Rollout) Find(id string) (int, error) {
	const op = "find the instance"
	p := r.get()
	if p == nil {
		return 0, closedError(op)
	}
	defer r.leave()
	var number C.uint32_t
	if status := C.cdp_rollout_find(p, nameString(id), &number); status != C.CDP_OK {
		return 0, &Error{Op: op, Subject: id, Status: Status(status)}
	}
	return int(number), nil
}

// RolloutNumbers tells how many instances stand where, in the whole roll-out or in one zone.
type RolloutNumbers struct {
	// Zone is empty for the whole roll-out.
	Zone                                                 string
	Instances, Minimum                                   int
	Pending, InFlight, Ready, Succeeded, Failed, Skipped int
	Healthy                                              int
	Gone, Outdated, Excluded                             int
}

func goNumbers(n *C.cdp_rollout_numbers) RolloutNumbers {
	return RolloutNumbers{
		goString(n.zone), int(n.instances), int(n.minimum), int(n.pending), int(n.in_flight), int(n.ready),
		int(n.succeeded), int(n.failed), int(n.skipped), int(n.healthy), int(n.gone), int(n.outdated), int(n.excluded),
	}
}

// Numbers gives those of the whole roll-out.
func (r *Rollout) Numbers() RolloutNumbers {
	p := r.get()
	if p == nil {
		return RolloutNumbers{}
	}
	defer r.leave()
	n := C.cdp_rollout_numbers{size: C.sizeof_cdp_rollout_numbers}
	C.cdp_rollout_numbers_get(p, &n)
	return goNumbers(&n)
}

// Zones gives those of each zone of a zonal roll-out, in the order of deployment.
func (r *Rollout) Zones() []RolloutNumbers {
	p := r.get()
	if p == nil {
		return nil
	}
	defer r.leave()
	count := C.cdp_rollout_zone_count(p)
	if count == 0 {
		return nil
	}
	views := make([]C.cdp_rollout_numbers, count)
	zones := make([]RolloutNumbers, C.cdpgo_rollout_zones(p, 0, &views[0], count))
	for i := range zones {
		zones[i] = goNumbers(&views[i])
	}
	return zones
}

// Outdated gives the numbers of the instances that a follow-on deployment has to go to.
func (r *Rollout) Outdated() []int {
	p := r.get()
	if p == nil {
		return nil
	}
	defer r.leave()
	var numbers []int
	for n := C.uint32_t(0); C.cdp_rollout_outdated_next(p, &n) == C.CDP_OK; n++ {
		numbers = append(numbers, int(n))
	}
	return numbers
}

// AutoScalingAnswer is what to tell the Auto Scaling group of a launch or termination deployment.
func (r *Rollout) AutoScalingAnswer() AutoScalingAnswer {
	p := r.get()
	if p == nil {
		return AutoScalingAnswerNone
	}
	defer r.leave()
	return AutoScalingAnswer(C.cdp_rollout_auto_scaling_answer(p))
}

// Snapshot gives the whole state as one line of JSON, the same on every architecture; ErrState before
// the start.
func (r *Rollout) Snapshot() ([]byte, error) {
	const op = "write a snapshot"
	p := r.get()
	if p == nil {
		return nil, closedError(op)
	}
	defer r.leave()
	return written(op, func(text *C.cdp_text) C.cdp_status { return C.cdp_rollout_snapshot(p, text) })
}
