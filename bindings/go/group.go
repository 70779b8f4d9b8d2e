// SPDX-License-Identifier: MIT

package codedeploy

// #include "shim.h"
import "C"

import (
	"fmt"
	"time"
	"unsafe"
)

// DeploymentGroup tells which instances, Lambda function or ECS service belong together, and how
// they are deployed to. It is immutable, and may be used by many goroutines at once.
type DeploymentGroup struct {
	object
	diagnostics Diagnostics
}

// GroupOptions says how to read or build a group. The zero value is a good choice.
type GroupOptions struct {
	Shape GroupShape
	// Platform is the application's; PlatformAuto: what the group says or can only mean.
	Platform Platform
	// Configs are the account's own deployment configurations, all of them. Nil: not known.
	Configs []*DeploymentConfig
	// Limits are the defaults when they are nil.
	Limits *Limits
}

func (o *GroupOptions) c(op string, memory *arena) (*C.cdp_group_options, *configList, error) {
	options := (*C.cdp_group_options)(memory.alloc(C.sizeof_cdp_group_options))
	options.size = C.sizeof_cdp_group_options
	list := &configList{}
	if o == nil {
		return options, list, nil
	}
	options.limits = memory.limits(o.Limits)
	options.shape = C.cdp_group_shape(o.Shape)
	options.platform = C.cdp_platform(o.Platform)
	list, err := holdConfigs(op, o.Configs)
	if err != nil {
		return nil, nil, err
	}
	options.configs, options.config_count = list.first, list.count
	if o.Configs != nil && list.first == nil {
		options.configs = (**C.cdp_config)(memory.alloc(unsafe.Sizeof((*C.cdp_config)(nil))))
	}
	return options, list, nil
}

func makeGroup(op string, options *GroupOptions,
	build func(*C.cdp_group_options, *findings, **C.cdp_group) C.cdp_status) (*DeploymentGroup, error) {
	var memory arena
	defer memory.free()
	c, list, err := options.c(op, &memory)
	if err != nil {
		return nil, err
	}
	defer list.let()
	found := newFindings(nil)
	defer found.free()
	var made *C.cdp_group
	if status := build(c, found, &made); status != C.CDP_OK {
		return nil, found.fail(op, status)
	}
	group := &DeploymentGroup{}
	group.diagnostics, _ = found.take()
	group.own(unsafe.Pointer(made), func(pointer unsafe.Pointer) {
		C.cdp_group_free((*C.cdp_group)(pointer))
	})
	return group, nil
}

// ParseDeploymentGroup reads a group from the API's JSON and checks it as CreateDeploymentGroup does,
// as far as that is possible without looking at the account. Options may be nil.
func ParseDeploymentGroup(json []byte, options *GroupOptions) (*DeploymentGroup, error) {
	data, length := input(json)
	return makeGroup("read a deployment group", options, func(o *C.cdp_group_options, found *findings, made **C.cdp_group) C.cdp_status {
		return C.cdp_group_parse(data, length, o, found.list, made)
	})
}

// Update makes the group that an UpdateDeploymentGroupInput leads to. Options may be nil.
func (g *DeploymentGroup) Update(json []byte, options *GroupOptions) (*DeploymentGroup, error) {
	const op = "update a deployment group"
	p := g.get()
	if p == nil {
		return nil, closedError(op)
	}
	defer g.let()
	data, length := input(json)
	return makeGroup(op, options, func(o *C.cdp_group_options, found *findings, made **C.cdp_group) C.cdp_status {
		return C.cdp_group_update(p, data, length, o, found.list, made)
	})
}

// Replacement makes the group of the replacement environment: the same, but its instances are those
// that a deployment names (API shape TargetInstances). Options may be nil.
func (g *DeploymentGroup) Replacement(json []byte, options *GroupOptions) (*DeploymentGroup, error) {
	const op = "make a replacement group"
	p := g.get()
	if p == nil {
		return nil, closedError(op)
	}
	defer g.let()
	data, length := input(json)
	return makeGroup(op, options, func(o *C.cdp_group_options, found *findings, made **C.cdp_group) C.cdp_status {
		return C.cdp_group_replacement(p, data, length, o, found.list, made)
	})
}

func (g *DeploymentGroup) get() *C.cdp_group {
	if g == nil {
		return nil
	}
	return (*C.cdp_group)(g.hold())
}

// Diagnostics tells the warnings that the group was accepted with.
func (g *DeploymentGroup) Diagnostics() Diagnostics {
	return g.diagnostics
}

// Write gives the group as a JSON object; indent is the number of blanks for each level, 0 one line.
func (g *DeploymentGroup) Write(shape GroupShape, indent int) ([]byte, error) {
	const op = "write a deployment group"
	p := g.get()
	if p == nil {
		return nil, closedError(op)
	}
	defer g.let()
	return written(op, func(text *C.cdp_text) C.cdp_status {
		return C.cdp_group_write(p, C.cdp_group_shape(shape), C.uint(indent), text)
	})
}

// MarshalJSON writes DeploymentGroupInfo.
func (g *DeploymentGroup) MarshalJSON() ([]byte, error) {
	return g.Write(GroupShapeInfo, 0)
}

// CheckGroupsTogether looks at groups that exist at the same time: names that are taken, ECS services
// that belong to two groups, and so on. Warnings come back without an error.
func CheckGroupsTogether(groups ...*DeploymentGroup) (Diagnostics, error) {
	const op = "check deployment groups together"
	var memory arena
	defer memory.free()
	list := (**C.cdp_group)(memory.alloc(unsafe.Sizeof((*C.cdp_group)(nil)) * uintptr(len(groups)+1)))
	for i, group := range groups {
		p := group.get()
		if p == nil {
			return nil, closedError(op)
		}
		defer group.let()
		unsafe.Slice(list, len(groups))[i] = p
	}
	found := newFindings(nil)
	defer found.free()
	if status := C.cdp_group_check_together(list, C.size_t(len(groups)), nil, found.list); status != C.CDP_OK {
		return nil, found.fail(op, status)
	}
	warnings, _ := found.take()
	return warnings, nil
}

// ApplicationName names the application that the group belongs to.
func (g *DeploymentGroup) ApplicationName() string {
	p := g.get()
	if p == nil {
		return ""
	}
	defer g.let()
	return goString(C.cdp_group_application_name(p))
}

// Name is the group's.
func (g *DeploymentGroup) Name() string {
	p := g.get()
	if p == nil {
		return ""
	}
	defer g.let()
	return goString(C.cdp_group_name(p))
}

// ConfigName names the deployment configuration; empty when the group names none.
func (g *DeploymentGroup) ConfigName() string {
	p := g.get()
	if p == nil {
		return ""
	}
	defer g.let()
	return goString(C.cdp_group_config_name(p))
}

// Platform is PlatformAuto when the group could be for any.
func (g *DeploymentGroup) Platform() Platform {
	p := g.get()
	if p == nil {
		return PlatformAuto
	}
	defer g.let()
	return Platform(C.cdp_group_platform(p))
}

// ShapeRead tells the shape that the group was read in; GroupShapeAuto for one that was made
// otherwise.
func (g *DeploymentGroup) ShapeRead() GroupShape {
	p := g.get()
	if p == nil {
		return GroupShapeAuto
	}
	defer g.let()
	return GroupShape(C.cdp_group_shape_read(p))
}

// TagFilter is compared with the tags of an instance. In the value * stands for any characters.
type TagFilter struct {
	// Type 0 stands, as an input, for what key and value tell.
	Type TagFilterType
	Key  string
	// Value of a filter of type TagFilterKeyAndValue may be empty.
	Value string
}

// TagFilters are the filters of one kind of instances: an instance has to meet one filter of each
// group.
type TagFilters struct {
	Groups [][]TagFilter
	// Set tells that they are written as a tag set, and not as a plain list.
	Set bool
}

// AutoScalingGroup is one that selects instances.
type AutoScalingGroup struct {
	Name string
	// Hook and TerminationHook are the lifecycle hooks that the service has installed.
	Hook, TerminationHook string
}

// ECSService is a service in a cluster.
type ECSService struct {
	Cluster, Service string
}

// TargetGroupPair is the two target groups between which an ECS deployment moves traffic, and the
// listeners that it changes.
type TargetGroupPair struct {
	TargetGroups          [2]string
	ProductionListenerARN string
	// TestListenerARN is empty when there is no test traffic.
	TestListenerARN string
}

// BlueGreen is the API's BlueGreenDeploymentConfiguration.
type BlueGreen struct {
	TerminationAction TerminationAction
	TerminationWait   time.Duration
	ReadyAction       ReadyAction
	ReadyWait         time.Duration
	GreenFleet        GreenFleet
}

// Trigger is a notification trigger.
type Trigger struct {
	Name string
	// TargetARN is that of an SNS topic.
	TargetARN string
	Events    []TriggerEvent
}

// Alarms is the API's AlarmConfiguration.
type Alarms struct {
	Enabled           bool
	IgnorePollFailure bool
	Names             []string
}

// AutoRollback is the API's AutoRollbackConfiguration.
type AutoRollback struct {
	Enabled bool
	Events  []RollbackEvent
}

// RevisionLocation tells where a revision is to be found. Of the texts those of its type are there.
type RevisionLocation struct {
	Type RevisionType
	// Amazon S3.
	BundleType                 BundleType
	Bucket, Key, Version, ETag string
	// GitHub.
	Repository, CommitID string
	// The AppSpec itself.
	Content, SHA256 string
}

// LastDeployment is one that the service remembers of a group. Times that are not told are zero.
type LastDeployment struct {
	ID                  string
	Status              DeploymentStatus
	CreateTime, EndTime time.Time
}

// GroupContent is all that a group says, for building one without text, and for changing one.
type GroupContent struct {
	ApplicationName, Name, ID, ServiceRoleARN string
	ConfigName                                string
	Platform                                  Platform
	DeploymentType                            DeploymentType
	DeploymentOption                          DeploymentOption
	OutdatedStrategy                          OutdatedStrategy
	TerminationHook                           bool
	EC2Tags, OnPremisesTags                   TagFilters
	AutoScalingGroups                         []AutoScalingGroup
	ECSService                                *ECSService
	LoadBalancers, TargetGroups               []string
	TargetGroupPair                           *TargetGroupPair
	BlueGreen                                 *BlueGreen
	Triggers                                  []Trigger
	Alarms                                    *Alarms
	AutoRollback                              *AutoRollback
	TargetRevision                            *RevisionLocation
	LastSuccessful, LastAttempted             *LastDeployment
	Tags                                      []Tag
}

// String gives "application/group".
func (g *DeploymentGroup) String() string {
	return fmt.Sprintf("%s/%s", g.ApplicationName(), g.Name())
}

// Content gives all that the group says.
func (g *DeploymentGroup) Content() GroupContent {
	p := g.get()
	if p == nil {
		return GroupContent{}
	}
	defer g.let()
	basics := C.cdp_group_basics{size: C.sizeof_cdp_group_basics}
	C.cdp_group_get_basics(p, &basics)
	content := GroupContent{
		ApplicationName: goString(basics.application_name), Name: goString(basics.name), ID: goString(basics.id),
		ServiceRoleARN: goString(basics.service_role_arn), ConfigName: goString(basics.config_name),
		Platform: Platform(basics.platform), DeploymentType: DeploymentType(basics.deployment_type),
		DeploymentOption: DeploymentOption(basics.deployment_option),
		OutdatedStrategy: OutdatedStrategy(basics.outdated_strategy), TerminationHook: basics.termination_hook != 0,
		EC2Tags: tagFilters(p, C.CDP_INSTANCE_EC2), OnPremisesTags: tagFilters(p, C.CDP_INSTANCE_ON_PREMISES),
		AutoScalingGroups: autoScalingGroups(p),
		LoadBalancers: goStrings(C.cdp_group_load_balancer_count(p), func(first *C.cdp_string, n C.size_t) C.size_t {
			return C.cdpgo_group_load_balancers(p, first, n)
		}),
		TargetGroups: goStrings(C.cdp_group_target_group_count(p), func(first *C.cdp_string, n C.size_t) C.size_t {
			return C.cdpgo_group_target_groups(p, first, n)
		}),
		Triggers:       triggers(p),
		LastSuccessful: lastDeployment(p, C.CDP_GROUP_LAST_SUCCESSFUL),
		LastAttempted:  lastDeployment(p, C.CDP_GROUP_LAST_ATTEMPTED),
	}
	content.parts(p)
	for i := C.size_t(0); i < C.cdp_group_resource_tag_count(p); i++ {
		var tag C.cdp_tag
		C.cdp_group_resource_tag_at(p, i, &tag)
		content.Tags = append(content.Tags, Tag{goString(tag.key), goString(tag.value)})
	}
	return content
}

// parts reads what a group has or has not.
func (c *GroupContent) parts(p *C.cdp_group) {
	service := C.cdp_group_ecs_service{size: C.sizeof_cdp_group_ecs_service}
	if C.cdp_group_get_ecs_service(p, &service) == C.CDP_OK {
		c.ECSService = &ECSService{goString(service.cluster), goString(service.service)}
	}
	pair := C.cdp_group_target_group_pair{size: C.sizeof_cdp_group_target_group_pair}
	if C.cdp_group_get_target_group_pair(p, &pair) == C.CDP_OK {
		c.TargetGroupPair = &TargetGroupPair{
			[2]string{goString(pair.target_groups[0]), goString(pair.target_groups[1])},
			goString(pair.production_listener_arn), goString(pair.test_listener_arn),
		}
	}
	blueGreen := C.cdp_group_blue_green{size: C.sizeof_cdp_group_blue_green}
	if C.cdp_group_get_blue_green(p, &blueGreen) == C.CDP_OK {
		c.BlueGreen = &BlueGreen{
			TerminationAction(blueGreen.termination_action), time.Duration(blueGreen.termination_wait_minutes) * time.Minute,
			ReadyAction(blueGreen.ready_action), time.Duration(blueGreen.ready_wait_minutes) * time.Minute,
			GreenFleet(blueGreen.green_fleet),
		}
	}
	alarms := C.cdp_group_alarms{size: C.sizeof_cdp_group_alarms}
	if C.cdp_group_get_alarms(p, &alarms) == C.CDP_OK {
		c.Alarms = &Alarms{alarms.enabled != 0, alarms.ignore_poll_failure != 0,
			goStrings(C.cdp_group_alarm_count(p), func(first *C.cdp_string, n C.size_t) C.size_t {
				return C.cdpgo_group_alarms(p, first, n)
			})}
	}
	rollback := C.cdp_group_auto_rollback{size: C.sizeof_cdp_group_auto_rollback}
	if C.cdp_group_get_auto_rollback(p, &rollback) == C.CDP_OK {
		c.AutoRollback = &AutoRollback{Enabled: rollback.enabled != 0}
		for event := RollbackEventFailure; event <= RollbackEventStopOnRequest; event++ {
			if rollback.events>>uint(event)&1 != 0 {
				c.AutoRollback.Events = append(c.AutoRollback.Events, event)
			}
		}
	}
	revision := C.cdp_group_revision{size: C.sizeof_cdp_group_revision}
	if C.cdp_group_get_target_revision(p, &revision) == C.CDP_OK {
		c.TargetRevision = goRevision(&revision)
	}
}

func goRevision(r *C.cdp_group_revision) *RevisionLocation {
	return &RevisionLocation{
		RevisionType(r._type), BundleType(r.bundle_type), goString(r.bucket), goString(r.key), goString(r.version),
		goString(r.etag), goString(r.repository), goString(r.commit_id), goString(r.content), goString(r.sha256),
	}
}

func tagFilters(p *C.cdp_group, kind C.cdp_instance_kind) TagFilters {
	filters := TagFilters{Set: C.cdp_group_has_tag_set(p, kind) != 0}
	for g := C.size_t(0); g < C.cdp_group_tag_group_count(p, kind); g++ {
		var group []TagFilter
		for i := C.size_t(0); i < C.cdp_group_filter_count(p, kind, g); i++ {
			filter := C.cdp_group_filter{size: C.sizeof_cdp_group_filter}
			C.cdp_group_filter_at(p, kind, g, i, &filter)
			group = append(group, TagFilter{TagFilterType(filter._type), goString(filter.key), goString(filter.value)})
		}
		filters.Groups = append(filters.Groups, group)
	}
	return filters
}

func autoScalingGroups(p *C.cdp_group) []AutoScalingGroup {
	count := C.cdp_group_auto_scaling_count(p)
	if count == 0 {
		return nil
	}
	views := make([]C.cdp_group_auto_scaling, count)
	groups := make([]AutoScalingGroup, C.cdpgo_group_auto_scaling(p, 0, &views[0], count))
	for i := range groups {
		groups[i] = AutoScalingGroup{goString(views[i].name), goString(views[i].hook), goString(views[i].termination_hook)}
	}
	return groups
}

func triggers(p *C.cdp_group) []Trigger {
	count := C.cdp_group_trigger_count(p)
	if count == 0 {
		return nil
	}
	views := make([]C.cdp_group_trigger, count)
	list := make([]Trigger, C.cdpgo_group_triggers(p, 0, &views[0], count))
	for i := range list {
		list[i] = Trigger{Name: goString(views[i].name), TargetARN: goString(views[i].target_arn)}
		for event := TriggerDeploymentStart; event <= TriggerInstanceReady; event++ {
			if views[i].events>>uint(event)&1 != 0 {
				list[i].Events = append(list[i].Events, event)
			}
		}
	}
	return list
}

func lastDeployment(p *C.cdp_group, which C.cdp_group_last) *LastDeployment {
	view := C.cdp_group_last_deployment{size: C.sizeof_cdp_group_last_deployment}
	if C.cdp_group_get_last_deployment(p, which, &view) != C.CDP_OK {
		return nil
	}
	last := &LastDeployment{ID: goString(view.id), Status: DeploymentStatus(view.status)}
	if view.has_create_time != 0 {
		last.CreateTime = time.UnixMilli(int64(view.create_time_ms)).UTC()
	}
	if view.has_end_time != 0 {
		last.EndTime = time.UnixMilli(int64(view.end_time_ms)).UTC()
	}
	return last
}
