// SPDX-License-Identifier: MIT

package codedeploy

// #include "shim.h"
import "C"

import (
	"time"
	"unsafe"
)

// DeploymentConfig is a deployment configuration: how many instances a Server deployment takes at
// once, or how fast a Lambda or ECS deployment shifts traffic. It is immutable, and may be used by
// many goroutines at once.
type DeploymentConfig struct {
	object
	diagnostics Diagnostics
}

// Minimum is a number of healthy hosts: a count, or a percentage.
type Minimum struct {
	Type  MinimumType
	Value int
}

// ZonalConfig lets a deployment go one Availability Zone at a time.
type ZonalConfig struct {
	// Monitor is how long each zone is watched before the next one begins; HasMonitor is false when
	// that is not said.
	Monitor    time.Duration
	HasMonitor bool
	// FirstMonitor is the same for the first zone; by default it is Monitor.
	FirstMonitor    time.Duration
	HasFirstMonitor bool
	// Minimum is what each zone keeps healthy, beside the whole deployment's minimum.
	Minimum Minimum
}

// DeploymentConfigFields is all that a configuration says.
type DeploymentConfigFields struct {
	// Name may be empty for a configuration that no service has to know.
	Name string
	// Platform is Server when it is PlatformAuto.
	Platform Platform
	// Minimum is for Server, and required there.
	Minimum Minimum
	// Zones is for Server; nil: all zones at once.
	Zones *ZonalConfig
	// Traffic is for Lambda and ECS, and required there.
	Traffic TrafficType
	// Percentage and Interval are those of canary and linear: percent of the traffic in one
	// increment, and whole minutes between two.
	Percentage int
	Interval   time.Duration
}

func newConfig(made *C.cdp_config, found *findings) *DeploymentConfig {
	config := &DeploymentConfig{}
	config.diagnostics, _ = found.take()
	config.own(unsafe.Pointer(made), func(pointer unsafe.Pointer) {
		C.cdp_config_free((*C.cdp_config)(pointer))
	})
	return config
}

func staticConfig(c *C.cdp_config) *DeploymentConfig {
	if c == nil {
		return nil
	}
	config := &DeploymentConfig{}
	config.ownStatic(unsafe.Pointer(c))
	return config
}

func (c *DeploymentConfig) get() *C.cdp_config {
	if c == nil {
		return nil
	}
	return (*C.cdp_config)(c.hold())
}

// NewDeploymentConfig makes a configuration of its parts and checks them as CreateDeploymentConfig
// does.
func NewDeploymentConfig(fields DeploymentConfigFields) (*DeploymentConfig, error) {
	var memory arena
	defer memory.free()
	found := newFindings(nil)
	defer found.free()
	options := (*C.cdp_config_options)(memory.alloc(C.sizeof_cdp_config_options))
	options.size = C.sizeof_cdp_config_options
	options.name = memory.str(fields.Name)
	options.platform = C.cdp_platform(fields.Platform)
	options.minimum_type = C.cdp_minimum_type(fields.Minimum.Type)
	options.minimum_value = C.int64_t(fields.Minimum.Value)
	options.traffic_type = C.cdp_traffic_type(fields.Traffic)
	options.traffic_percentage = C.int64_t(fields.Percentage)
	options.traffic_interval_minutes = C.int64_t(fields.Interval / time.Minute)
	if zones := fields.Zones; zones != nil {
		options.has_zones = 1
		options.has_zone_monitor_seconds = cInt(zones.HasMonitor)
		options.zone_monitor_seconds = C.int64_t(zones.Monitor / time.Second)
		options.has_first_zone_monitor_seconds = cInt(zones.HasFirstMonitor)
		options.first_zone_monitor_seconds = C.int64_t(zones.FirstMonitor / time.Second)
		options.zone_minimum_type = C.cdp_minimum_type(zones.Minimum.Type)
		options.zone_minimum_value = C.int64_t(zones.Minimum.Value)
	}
	var made *C.cdp_config
	if status := C.cdp_config_new(options, nil, found.list, &made); status != C.CDP_OK {
		return nil, found.fail("make a deployment configuration", status)
	}
	return newConfig(made, found), nil
}

// ParseDeploymentConfig reads a configuration from the API's JSON. Limits may be nil.
func ParseDeploymentConfig(json []byte, shape ConfigShape, limits *Limits) (*DeploymentConfig, error) {
	found := newFindings(limits)
	defer found.free()
	bounds := limits.c()
	data, length := input(json)
	var made *C.cdp_config
	status := C.cdp_config_parse(data, length, C.cdp_config_shape(shape), &bounds, nil, found.list, &made)
	if status != C.CDP_OK {
		return nil, found.fail("read a deployment configuration", status)
	}
	return newConfig(made, found), nil
}

// PredefinedDeploymentConfigs gives the 17 configurations that are part of the library. Closing them
// does nothing.
func PredefinedDeploymentConfigs() []*DeploymentConfig {
	configs := make([]*DeploymentConfig, C.cdp_config_predefined_count())
	for i := range configs {
		configs[i] = staticConfig(C.cdp_config_predefined_at(C.size_t(i)))
	}
	return configs
}

// FindDeploymentConfig finds a configuration by its exact name: the predefined ones first, then
// those of the program's own.
func FindDeploymentConfig(name string, own ...*DeploymentConfig) (*DeploymentConfig, error) {
	found := newFindings(nil)
	defer found.free()
	list, err := holdConfigs("find a deployment configuration", own)
	if err != nil {
		return nil, err
	}
	defer list.let()
	var config *C.cdp_config
	status := C.cdp_config_find(nameString(name), list.first, list.count, found.list, &config)
	if status != C.CDP_OK {
		err := found.fail("find the deployment configuration", status).(*Error)
		err.Subject = name
		return nil, err
	}
	for i, one := range list.held {
		if one == config {
			return own[i], nil
		}
	}
	return staticConfig(config), nil
}

// configList is a list of configurations that C sees.
type configList struct {
	memory arena
	first  **C.cdp_config
	count  C.size_t
	held   []*C.cdp_config
	owners []*DeploymentConfig
}

func holdConfigs(op string, configs []*DeploymentConfig) (*configList, error) {
	list := &configList{}
	for _, config := range configs {
		c := config.get()
		if c == nil {
			list.let()
			return nil, closedError(op)
		}
		list.held = append(list.held, c)
		list.owners = append(list.owners, config)
	}
	if len(configs) > 0 {
		list.first = (**C.cdp_config)(list.memory.alloc(unsafe.Sizeof((*C.cdp_config)(nil)) * uintptr(len(configs))))
		list.count = C.size_t(len(configs))
		copy(unsafe.Slice(list.first, len(configs)), list.held)
	}
	return list, nil
}

func (l *configList) let() {
	for _, owner := range l.owners {
		owner.object.let()
	}
	l.memory.free()
}

// DefaultDeploymentConfig gives what a deployment uses when neither it nor its group says; nil for
// PlatformAuto.
func DefaultDeploymentConfig(platform Platform) *DeploymentConfig {
	return staticConfig(C.cdp_config_default(C.cdp_platform(platform)))
}

// ResolveDeploymentConfig gives the configuration of a deployment: its own, else its group's, else
// the platform's default. Either may be nil.
func ResolveDeploymentConfig(platform Platform, own, group *DeploymentConfig) *DeploymentConfig {
	if own != nil {
		return own
	}
	if group != nil {
		return group
	}
	return DefaultDeploymentConfig(platform)
}

// DeploymentConfigNameFromSAM gives the name that AWS SAM means by a DeploymentPreference.Type; a
// word that is a name already comes back as it is.
func DeploymentConfigNameFromSAM(preference string) string {
	return goString(C.cdp_config_name_from_sam(nameString(preference)))
}

// Diagnostics tells the warnings that the configuration was accepted with.
func (c *DeploymentConfig) Diagnostics() Diagnostics {
	return c.diagnostics
}

// Name is empty when the configuration has none.
func (c *DeploymentConfig) Name() string {
	p := c.get()
	if p == nil {
		return ""
	}
	defer c.let()
	return goString(C.cdp_config_name(p))
}

// Platform is never PlatformAuto, except of a closed configuration.
func (c *DeploymentConfig) Platform() Platform {
	p := c.get()
	if p == nil {
		return PlatformAuto
	}
	defer c.let()
	return Platform(C.cdp_config_platform(p))
}

// IsPredefined tells the library's own 17, and what was read under one of their names.
func (c *DeploymentConfig) IsPredefined() bool {
	p := c.get()
	if p == nil {
		return false
	}
	defer c.let()
	return C.cdp_config_is_predefined(p) != 0
}

// Fields gives all parts, such that NewDeploymentConfig makes the same again.
func (c *DeploymentConfig) Fields() DeploymentConfigFields {
	p := c.get()
	if p == nil {
		return DeploymentConfigFields{}
	}
	defer c.let()
	options := C.cdp_config_options{size: C.sizeof_cdp_config_options}
	C.cdp_config_describe(p, &options)
	fields := DeploymentConfigFields{
		Name:       goString(options.name),
		Platform:   Platform(options.platform),
		Minimum:    Minimum{MinimumType(options.minimum_type), int(options.minimum_value)},
		Traffic:    TrafficType(options.traffic_type),
		Percentage: int(options.traffic_percentage),
		Interval:   time.Duration(options.traffic_interval_minutes) * time.Minute,
	}
	if options.has_zones != 0 {
		fields.Zones = &ZonalConfig{
			Monitor:         fromSeconds(options.zone_monitor_seconds),
			HasMonitor:      options.has_zone_monitor_seconds != 0,
			FirstMonitor:    fromSeconds(options.first_zone_monitor_seconds),
			HasFirstMonitor: options.has_first_zone_monitor_seconds != 0,
			Minimum:         Minimum{MinimumType(options.zone_minimum_type), int(options.zone_minimum_value)},
		}
	}
	return fields
}

// ZoneWait tells how long to watch zone number zone, in order of deployment, before the next begins.
func (c *DeploymentConfig) ZoneWait(zone int) time.Duration {
	p := c.get()
	if p == nil || zone < 0 {
		if p != nil {
			c.let()
		}
		return 0
	}
	defer c.let()
	return fromMS(C.cdp_config_zone_wait_ms(p, C.size_t(zone)))
}

// MinimumFor tells how many of so many instances have to stay healthy; ErrNotFound when the
// configuration is not one for Server.
func (c *DeploymentConfig) MinimumFor(instances int) (int, error) {
	const op = "find the minimum of healthy instances"
	p := c.get()
	if p == nil {
		return 0, closedError(op)
	}
	defer c.let()
	var minimum C.int64_t
	status := C.cdp_config_minimum_for(p, C.int64_t(instances), &minimum)
	return int(minimum), failure(op, status)
}

// ZoneMinimumFor is the same for one zone's instances; ErrNotFound without zones.
func (c *DeploymentConfig) ZoneMinimumFor(instances int) (int, error) {
	const op = "find a zone's minimum of healthy instances"
	p := c.get()
	if p == nil {
		return 0, closedError(op)
	}
	defer c.let()
	var minimum C.int64_t
	status := C.cdp_config_zone_minimum_for(p, C.int64_t(instances), &minimum)
	return int(minimum), failure(op, status)
}

// Write gives the configuration as JSON; indent is the number of blanks for each level, 0 one line.
func (c *DeploymentConfig) Write(shape ConfigShape, indent int) ([]byte, error) {
	const op = "write a deployment configuration"
	p := c.get()
	if p == nil {
		return nil, closedError(op)
	}
	defer c.let()
	return written(op, func(text *C.cdp_text) C.cdp_status {
		return C.cdp_config_write(p, C.cdp_config_shape(shape), C.uint(indent), text)
	})
}

// MarshalJSON writes DeploymentConfigInfo.
func (c *DeploymentConfig) MarshalJSON() ([]byte, error) {
	return c.Write(ConfigShapeInfo, 0)
}

// ForRollback gives the configuration that an automatic rollback runs with: everything at once on
// Lambda and ECS; on Server the same, but without zones.
func (c *DeploymentConfig) ForRollback() *DeploymentConfig {
	p := c.get()
	if p == nil {
		return nil
	}
	defer c.let()
	rollback := C.cdp_config_for_rollback(p)
	if rollback == p {
		return c
	}
	config := &DeploymentConfig{}
	config.own(unsafe.Pointer(rollback), nil, c.resource)
	return config
}

// ConfigUse is what a configuration is to be used for.
type ConfigUse struct {
	// Platform is the application's; required.
	Platform Platform
	// BlueGreen is for a blue/green deployment on Server.
	BlueGreen bool
	// OnPremises says that on-premises instances are among the targets.
	OnPremises bool
	// NetworkLoadBalancer says that an ECS service stands behind one.
	NetworkLoadBalancer bool
}

// CheckUse checks that the configuration can be used for a deployment.
func (c *DeploymentConfig) CheckUse(use ConfigUse) error {
	return c.check("use a deployment configuration", func(p *C.cdp_config, found *findings) C.cdp_status {
		u := C.cdp_config_use{
			size:                  C.sizeof_cdp_config_use,
			platform:              C.cdp_platform(use.Platform),
			blue_green:            cInt(use.BlueGreen),
			on_premises:           cInt(use.OnPremises),
			network_load_balancer: cInt(use.NetworkLoadBalancer),
		}
		return C.cdp_config_check_use(p, &u, found.list)
	})
}

// CheckCreate checks that an account which has these configurations may add this one.
func (c *DeploymentConfig) CheckCreate(own ...*DeploymentConfig) error {
	list, err := holdConfigs("create a deployment configuration", own)
	if err != nil {
		return err
	}
	defer list.let()
	return c.check("create a deployment configuration", func(p *C.cdp_config, found *findings) C.cdp_status {
		return C.cdp_config_check_create(p, list.first, list.count, found.list)
	})
}

// CheckDelete checks that the configuration may be deleted: it is not predefined and not in use.
func (c *DeploymentConfig) CheckDelete(inUse bool) error {
	return c.check("delete a deployment configuration", func(p *C.cdp_config, found *findings) C.cdp_status {
		return C.cdp_config_check_delete(p, cInt(inUse), found.list)
	})
}

func (c *DeploymentConfig) check(op string, check func(*C.cdp_config, *findings) C.cdp_status) error {
	p := c.get()
	if p == nil {
		return closedError(op)
	}
	defer c.let()
	found := newFindings(nil)
	defer found.free()
	return found.fail(op, check(p, found))
}
