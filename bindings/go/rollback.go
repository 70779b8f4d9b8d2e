// SPDX-License-Identifier: MIT

package codedeploy

// #include "shim.h"
import "C"

import (
	"time"
	"unsafe"
)

// RollbackPlan is a rollback, seen before it happens: whether one is possible, to what, in which
// steps, on which targets, what comes back, and what does not. It is immutable, and may be used by
// many goroutines at once.
type RollbackPlan struct {
	object
	diagnostics Diagnostics
}

func makeRollbackPlan(op string, needs []*resource, build func(*findings, **C.cdp_rollback_plan) C.cdp_status) (*RollbackPlan, error) {
	found := newFindings(nil)
	defer found.free()
	var made *C.cdp_rollback_plan
	if status := build(found, &made); status != C.CDP_OK {
		return nil, found.fail(op, status)
	}
	plan := &RollbackPlan{}
	plan.diagnostics, _ = found.take()
	plan.own(unsafe.Pointer(made), func(pointer unsafe.Pointer) {
		C.cdp_rollback_plan_free((*C.cdp_rollback_plan)(pointer))
	}, needs...)
	return plan, nil
}

// PastDeployment is a deployment of the same group that has ended, or any other that is remembered.
type PastDeployment struct {
	ID      string
	Status  DeploymentStatus
	Creator DeploymentCreator
	// Revision is what it deployed; nil when that is not known.
	Revision           *RevisionLocation
	ConfigName         string
	FileExistsBehavior FileExistsBehavior
	// RevisionMissing says that the revision is known to be gone.
	RevisionMissing bool
	// CreateTime and EndTime are zero when not known.
	CreateTime, EndTime time.Time
}

func unixMS(t time.Time) C.int64_t {
	if t.IsZero() {
		return 0
	}
	return C.int64_t(t.UnixMilli())
}

func goTime(ms C.int64_t) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(int64(ms)).UTC()
}

func cPast(past []PastDeployment, memory *arena) (*C.cdp_rollback_past, C.size_t) {
	if len(past) == 0 {
		return nil, 0
	}
	first := (*C.cdp_rollback_past)(memory.alloc(C.sizeof_cdp_rollback_past * uintptr(len(past))))
	for i, one := range past {
		c := &unsafe.Slice(first, len(past))[i]
		*c = C.cdp_rollback_past{
			size: C.sizeof_cdp_rollback_past, id: memory.str(one.ID), status: C.cdp_deployment_status(one.Status),
			creator: C.cdp_deployment_creator(one.Creator), config_name: memory.str(one.ConfigName),
			file_exists_behavior: C.cdp_file_exists_behavior(one.FileExistsBehavior),
			revision_missing:     cInt(one.RevisionMissing), create_time_ms: unixMS(one.CreateTime), end_time_ms: unixMS(one.EndTime),
		}
		if one.Revision != nil {
			c.revision = one.Revision.c(memory)
		}
	}
	return first, C.size_t(len(past))
}

func goPast(v *C.cdp_rollback_past) PastDeployment {
	past := PastDeployment{
		ID: goString(v.id), Status: DeploymentStatus(v.status), Creator: DeploymentCreator(v.creator),
		ConfigName: goString(v.config_name), FileExistsBehavior: FileExistsBehavior(v.file_exists_behavior),
		RevisionMissing: v.revision_missing != 0, CreateTime: goTime(v.create_time_ms), EndTime: goTime(v.end_time_ms),
	}
	if v.revision != nil {
		past.Revision = goRevision(v.revision)
	}
	return past
}

// RollbackTarget is one target of the deployment that is to be rolled back.
type RollbackTarget struct {
	// ID is required and unique.
	ID, Zone string
	Original bool
	// Status 0 stands for Pending.
	Status TargetStatus
	// Begun says that its turn came.
	Begun bool
	// EventsBegun and EventsDone are the events that have begun, and those that ended well.
	EventsBegun, EventsDone []Event
	// FailedEvent is EventCustom when none failed.
	FailedEvent Event
	// HasTraffic and HadTraffic: now, and when the deployment began. Blue/green.
	HasTraffic, HadTraffic bool
	// OnGoodRevision says that it ran the earlier revision when the deployment began. In place.
	OnGoodRevision bool
	InstanceHealth InstanceHealth
	RevisionHealth RevisionHealth
	// Gone says that it is terminated, or has left the group.
	Gone bool
}

func eventBits(events []Event) C.uint32_t {
	bits := C.uint32_t(0)
	for _, event := range events {
		bits |= 1 << (uint(event) & 31)
	}
	return bits
}

// RollbackSituation tells where a deployment stands.
type RollbackSituation struct {
	Platform           Platform
	DeploymentType     DeploymentType
	WithTrafficControl bool
	Creator            DeploymentCreator
	DeploymentID       string
	// Status that is not final asks: what if the cause came now.
	Status   DeploymentStatus
	Cause    RollbackCause
	StopFlag RollbackStopFlag
	// AutoRollback is the effective one.
	AutoRollback AutoRollback
	// ReadyExpired says that it was stopped because nobody continued it while it was Ready.
	ReadyExpired bool
	// Config is what it ran with; nil: the platform's default.
	Config *DeploymentConfig
	// Revision is what it deployed; nil when not known.
	Revision                      *RevisionLocation
	FailedEvent                   Event
	IgnoreApplicationStopFailures bool
	FileExistsBehavior            FileExistsBehavior
	ManualFileExistsBehavior      FileExistsBehavior
	// Hooks are the events that run a script or function; nil: not known.
	Hooks []Event
	// CompatibleInstall says that hosts install in the official agent's order.
	CompatibleInstall bool
	// Weight is percent of the production traffic that the replacement gets now.
	Weight                    int
	TestListener, TestTraffic bool
	ReplacementExists         bool
	OriginalGone              bool
	Targets                   []RollbackTarget
	// Past has the group's deployments, the oldest first.
	Past []PastDeployment
	// Wanted is, for a manual one, the id of the deployment in Past that is wanted; empty: the last one
	// that succeeded.
	Wanted string
	// Typical has what events took so far on one target.
	Typical map[Event]time.Duration
	// Reroute is how long a change of weights takes; 0: 3 seconds.
	Reroute time.Duration
	// Files is what the deployment did with files, as far as that is known.
	Files []RollbackFile
}

// RollbackFile is what a deployment did with a path.
type RollbackFile struct {
	Path   string
	Change RollbackFileChange
	// InEarlierRevision says that the earlier revision installs a file there.
	InEarlierRevision bool
}

// NewRollbackPlan plans. A plan that is not possible is a plan, too; only a situation that contradicts
// itself is an error.
func NewRollbackPlan(situation RollbackSituation) (*RollbackPlan, error) {
	const op = "plan a rollback"
	var memory arena
	defer memory.free()
	c := (*C.cdp_rollback_situation)(memory.alloc(C.sizeof_cdp_rollback_situation))
	var needs []*resource
	if situation.Config != nil {
		if c.config = situation.Config.get(); c.config == nil {
			return nil, closedError(op)
		}
		defer situation.Config.let()
		needs = append(needs, situation.Config.resource)
	}
	if !situation.fill(c, &memory) {
		return nil, &Error{Op: op, Subject: situation.Wanted, Status: ErrNotFound}
	}
	return makeRollbackPlan(op, needs, func(found *findings, made **C.cdp_rollback_plan) C.cdp_status {
		return C.cdp_rollback_plan_new(c, nil, found.list, made)
	})
}

func (s *RollbackSituation) fill(c *C.cdp_rollback_situation, memory *arena) bool {
	config := c.config
	*c = C.cdp_rollback_situation{
		size: C.sizeof_cdp_rollback_situation, platform: C.cdp_platform(s.Platform),
		deployment_type: C.cdp_deployment_type(s.DeploymentType), with_traffic_control: cInt(s.WithTrafficControl),
		creator: C.cdp_deployment_creator(s.Creator), deployment_id: memory.str(s.DeploymentID),
		status: C.cdp_deployment_status(s.Status), cause: C.cdp_rollback_cause(s.Cause),
		stop_flag: C.cdp_rollback_stop_flag(s.StopFlag), auto_rollback_enabled: cInt(s.AutoRollback.Enabled),
		auto_rollback_events: s.AutoRollback.c().events, ready_expired: cInt(s.ReadyExpired), config: config,
		failed_event:                     C.cdp_event(s.FailedEvent),
		ignore_application_stop_failures: cInt(s.IgnoreApplicationStopFailures),
		file_exists_behavior:             C.cdp_file_exists_behavior(s.FileExistsBehavior),
		manual_file_exists_behavior:      C.cdp_file_exists_behavior(s.ManualFileExistsBehavior),
		hooks_known:                      cInt(s.Hooks != nil), hooks: eventBits(s.Hooks),
		compatible_install: cInt(s.CompatibleInstall), weight: C.int32_t(s.Weight),
		test_listener: cInt(s.TestListener), test_traffic: cInt(s.TestTraffic),
		replacement_exists: cInt(s.ReplacementExists), original_gone: cInt(s.OriginalGone),
		reroute_ms: toMS(s.Reroute),
	}
	if s.Revision != nil {
		c.revision = s.Revision.c(memory)
	}
	c.past, c.past_count = cPast(s.Past, memory)
	s.fillLists(c, memory)
	if s.Wanted == "" {
		return true
	}
	for i, past := range s.Past {
		if past.ID == s.Wanted {
			c.wanted = C.size_t(i + 1)
		}
	}
	return c.wanted > 0
}

func (s *RollbackSituation) fillLists(c *C.cdp_rollback_situation, memory *arena) {
	if count := len(s.Targets); count > 0 {
		c.targets = (*C.cdp_rollback_target)(memory.alloc(C.sizeof_cdp_rollback_target * uintptr(count)))
		c.target_count = C.size_t(count)
		for i, t := range s.Targets {
			unsafe.Slice(c.targets, count)[i] = C.cdp_rollback_target{
				size: C.sizeof_cdp_rollback_target, id: memory.str(t.ID), zone: memory.str(t.Zone), original: cInt(t.Original),
				status: C.cdp_target_status(t.Status), begun: cInt(t.Begun), events: eventBits(t.EventsBegun),
				events_done: eventBits(t.EventsDone), failed_event: C.cdp_event(t.FailedEvent),
				has_traffic: cInt(t.HasTraffic), had_traffic: cInt(t.HadTraffic), on_good_revision: cInt(t.OnGoodRevision),
				instance_health: C.cdp_instance_health(t.InstanceHealth), revision_health: C.cdp_revision_health(t.RevisionHealth),
				gone: cInt(t.Gone),
			}
		}
	}
	if len(s.Typical) > 0 {
		const count = int(EventAfterAllowTestTraffic) + 1
		c.event_ms = (*C.int64_t)(memory.alloc(8 * uintptr(count)))
		c.event_ms_count = C.size_t(count)
		for event, took := range s.Typical {
			if event >= 0 && int(event) < count {
				unsafe.Slice(c.event_ms, count)[event] = toMS(took)
			}
		}
	}
	if count := len(s.Files); count > 0 {
		c.files = (*C.cdp_rollback_file)(memory.alloc(C.sizeof_cdp_rollback_file * uintptr(count)))
		c.file_count = C.size_t(count)
		for i, f := range s.Files {
			unsafe.Slice(c.files, count)[i] = C.cdp_rollback_file{
				size: C.sizeof_cdp_rollback_file, path: memory.str(f.Path), change: C.cdp_rollback_file_change(f.Change),
				in_earlier_revision: cInt(f.InEarlierRevision),
			}
		}
	}
}

func (r *RollbackPlan) get() *C.cdp_rollback_plan {
	if r == nil {
		return nil
	}
	return (*C.cdp_rollback_plan)(r.hold())
}
