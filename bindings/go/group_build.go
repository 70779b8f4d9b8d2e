// SPDX-License-Identifier: MIT

package codedeploy

// #include "shim.h"
import "C"

import "time"

// NewDeploymentGroup makes a group of content and checks it by the same rules as
// ParseDeploymentGroup; findings have no places. Options may be nil.
func NewDeploymentGroup(content GroupContent, options *GroupOptions) (*DeploymentGroup, error) {
	const op = "build a deployment group"
	var builder *C.cdp_group_builder
	if status := C.cdp_group_builder_new(nil, nil, &builder); status != C.CDP_OK {
		return nil, failure(op, status)
	}
	defer C.cdp_group_builder_free(builder)
	b := groupBuilder{builder: builder}
	defer b.memory.free()
	b.put(&content)
	if b.status != C.CDP_OK {
		return nil, failure(op, b.status)
	}
	return makeGroup(op, options, func(o *C.cdp_group_options, found *findings, made **C.cdp_group) C.cdp_status {
		return C.cdp_group_builder_finish(builder, o, found.list, made)
	})
}

// groupBuilder puts things in until one is refused.
type groupBuilder struct {
	memory  arena
	builder *C.cdp_group_builder
	status  C.cdp_status
}

func (b *groupBuilder) do(set func() C.cdp_status) {
	if b.status == C.CDP_OK {
		b.status = set()
	}
}

func (b *groupBuilder) put(c *GroupContent) {
	b.do(func() C.cdp_status {
		basics := (*C.cdp_group_basics)(b.memory.alloc(C.sizeof_cdp_group_basics))
		*basics = C.cdp_group_basics{
			size:             C.sizeof_cdp_group_basics,
			application_name: b.memory.str(c.ApplicationName), name: b.memory.str(c.Name), id: b.memory.str(c.ID),
			service_role_arn: b.memory.str(c.ServiceRoleARN), config_name: b.memory.str(c.ConfigName),
			platform: C.cdp_platform(c.Platform), deployment_type: C.cdp_deployment_type(c.DeploymentType),
			deployment_option: C.cdp_deployment_option(c.DeploymentOption),
			outdated_strategy: C.cdp_outdated_strategy(c.OutdatedStrategy), termination_hook: cInt(c.TerminationHook),
		}
		return C.cdp_group_builder_set_basics(b.builder, basics)
	})
	b.filters(C.CDP_INSTANCE_EC2, &c.EC2Tags)
	b.filters(C.CDP_INSTANCE_ON_PREMISES, &c.OnPremisesTags)
	for i := range c.AutoScalingGroups {
		group := &c.AutoScalingGroups[i]
		b.do(func() C.cdp_status {
			view := (*C.cdp_group_auto_scaling)(b.memory.alloc(C.sizeof_cdp_group_auto_scaling))
			*view = C.cdp_group_auto_scaling{
				size: C.sizeof_cdp_group_auto_scaling, name: b.memory.text(group.Name),
				hook: b.memory.str(group.Hook), termination_hook: b.memory.str(group.TerminationHook),
			}
			return C.cdp_group_builder_add_auto_scaling(b.builder, view)
		})
	}
	b.balancing(c)
	b.notices(c)
	if c.TargetRevision != nil {
		b.do(func() C.cdp_status {
			return C.cdp_group_builder_set_target_revision(b.builder, c.TargetRevision.c(&b.memory))
		})
	}
	b.last(C.CDP_GROUP_LAST_SUCCESSFUL, c.LastSuccessful)
	b.last(C.CDP_GROUP_LAST_ATTEMPTED, c.LastAttempted)
	for i := range c.Tags {
		tag := &c.Tags[i]
		b.do(func() C.cdp_status {
			view := (*C.cdp_tag)(b.memory.alloc(C.sizeof_cdp_tag))
			*view = C.cdp_tag{key: b.memory.text(tag.Key), value: b.memory.text(tag.Value)}
			return C.cdp_group_builder_add_resource_tag(b.builder, view)
		})
	}
}

func (b *groupBuilder) filters(kind C.cdp_instance_kind, filters *TagFilters) {
	for g := range filters.Groups {
		for i := range filters.Groups[g] {
			filter := &filters.Groups[g][i]
			b.do(func() C.cdp_status {
				view := (*C.cdp_group_filter)(b.memory.alloc(C.sizeof_cdp_group_filter))
				view.size = C.sizeof_cdp_group_filter
				view._type = C.cdp_tag_filter_type(filter.Type)
				if filter.Type != TagFilterValueOnly {
					view.key = b.memory.str(filter.Key)
				}
				if filter.Type == TagFilterKeyAndValue || filter.Type == TagFilterValueOnly {
					view.value = b.memory.text(filter.Value)
				} else if filter.Type == 0 {
					view.value = b.memory.str(filter.Value)
				}
				return C.cdp_group_builder_add_filter(b.builder, kind, C.size_t(g), view)
			})
		}
	}
	if filters.Set {
		b.do(func() C.cdp_status { return C.cdp_group_builder_use_tag_set(b.builder, kind) })
	}
}

func (b *groupBuilder) balancing(c *GroupContent) {
	if service := c.ECSService; service != nil {
		b.do(func() C.cdp_status {
			view := (*C.cdp_group_ecs_service)(b.memory.alloc(C.sizeof_cdp_group_ecs_service))
			*view = C.cdp_group_ecs_service{
				size: C.sizeof_cdp_group_ecs_service, cluster: b.memory.str(service.Cluster), service: b.memory.str(service.Service),
			}
			return C.cdp_group_builder_set_ecs_service(b.builder, view)
		})
	}
	for _, name := range c.LoadBalancers {
		name := name
		b.do(func() C.cdp_status { return C.cdp_group_builder_add_load_balancer(b.builder, nameString(name)) })
	}
	for _, name := range c.TargetGroups {
		name := name
		b.do(func() C.cdp_status { return C.cdp_group_builder_add_target_group(b.builder, nameString(name)) })
	}
	if pair := c.TargetGroupPair; pair != nil {
		b.do(func() C.cdp_status {
			view := (*C.cdp_group_target_group_pair)(b.memory.alloc(C.sizeof_cdp_group_target_group_pair))
			view.size = C.sizeof_cdp_group_target_group_pair
			view.target_groups[0] = b.memory.str(pair.TargetGroups[0])
			view.target_groups[1] = b.memory.str(pair.TargetGroups[1])
			view.production_listener_arn = b.memory.str(pair.ProductionListenerARN)
			view.test_listener_arn = b.memory.str(pair.TestListenerARN)
			return C.cdp_group_builder_set_target_group_pair(b.builder, view)
		})
	}
	if blueGreen := c.BlueGreen; blueGreen != nil {
		b.do(func() C.cdp_status {
			view := C.cdp_group_blue_green{
				size:                     C.sizeof_cdp_group_blue_green,
				termination_action:       C.cdp_termination_action(blueGreen.TerminationAction),
				ready_action:             C.cdp_ready_action(blueGreen.ReadyAction),
				termination_wait_minutes: C.int64_t(blueGreen.TerminationWait / time.Minute),
				ready_wait_minutes:       C.int64_t(blueGreen.ReadyWait / time.Minute),
				green_fleet:              C.cdp_green_fleet(blueGreen.GreenFleet),
			}
			return C.cdp_group_builder_set_blue_green(b.builder, &view)
		})
	}
}

func (b *groupBuilder) notices(c *GroupContent) {
	for i := range c.Triggers {
		trigger := &c.Triggers[i]
		b.do(func() C.cdp_status {
			view := (*C.cdp_group_trigger)(b.memory.alloc(C.sizeof_cdp_group_trigger))
			*view = C.cdp_group_trigger{
				size: C.sizeof_cdp_group_trigger, name: b.memory.str(trigger.Name), target_arn: b.memory.str(trigger.TargetARN),
			}
			for _, event := range trigger.Events {
				view.events |= 1 << (uint(event) & 31)
			}
			return C.cdp_group_builder_add_trigger(b.builder, view)
		})
	}
	if alarms := c.Alarms; alarms != nil {
		b.do(func() C.cdp_status { return C.cdp_group_builder_set_alarms(b.builder, alarms.c()) })
		for _, name := range alarms.Names {
			name := name
			b.do(func() C.cdp_status { return C.cdp_group_builder_add_alarm(b.builder, nameString(name)) })
		}
	}
	if rollback := c.AutoRollback; rollback != nil {
		b.do(func() C.cdp_status { return C.cdp_group_builder_set_auto_rollback(b.builder, rollback.c()) })
	}
}

func (b *groupBuilder) last(which C.cdp_group_last, last *LastDeployment) {
	if last == nil {
		return
	}
	b.do(func() C.cdp_status {
		view := (*C.cdp_group_last_deployment)(b.memory.alloc(C.sizeof_cdp_group_last_deployment))
		*view = C.cdp_group_last_deployment{
			size: C.sizeof_cdp_group_last_deployment, id: b.memory.str(last.ID), status: C.cdp_deployment_status(last.Status),
			has_create_time: cInt(!last.CreateTime.IsZero()), has_end_time: cInt(!last.EndTime.IsZero()),
		}
		if !last.CreateTime.IsZero() {
			view.create_time_ms = C.int64_t(last.CreateTime.UnixMilli())
		}
		if !last.EndTime.IsZero() {
			view.end_time_ms = C.int64_t(last.EndTime.UnixMilli())
		}
		return C.cdp_group_builder_set_last_deployment(b.builder, which, view)
	})
}

func (a *Alarms) c() *C.cdp_group_alarms {
	return &C.cdp_group_alarms{
		size: C.sizeof_cdp_group_alarms, enabled: cInt(a.Enabled), ignore_poll_failure: cInt(a.IgnorePollFailure),
	}
}

func (a *AutoRollback) c() *C.cdp_group_auto_rollback {
	c := &C.cdp_group_auto_rollback{size: C.sizeof_cdp_group_auto_rollback, enabled: cInt(a.Enabled)}
	for _, event := range a.Events {
		c.events |= 1 << (uint(event) & 31)
	}
	return c
}

func (r *RevisionLocation) c(memory *arena) *C.cdp_group_revision {
	c := (*C.cdp_group_revision)(memory.alloc(C.sizeof_cdp_group_revision))
	*c = C.cdp_group_revision{
		size: C.sizeof_cdp_group_revision, _type: C.cdp_revision_type(r.Type), bundle_type: C.cdp_bundle_type(r.BundleType),
		bucket: memory.str(r.Bucket), key: memory.str(r.Key), version: memory.str(r.Version), etag: memory.str(r.ETag),
		repository: memory.str(r.Repository), commit_id: memory.str(r.CommitID), content: memory.str(r.Content),
		sha256: memory.str(r.SHA256),
	}
	return c
}
