// SPDX-License-Identifier: MIT

package codedeploy

// #include "shim.h"
import "C"

import (
	"io/fs"
	"math"
	"time"
	"unsafe"
)

// AppSpec is an AppSpec file that was read or built: what a revision installs and which scripts or
// functions run. It is immutable, and may be used by many goroutines at once.
type AppSpec struct {
	object
	diagnostics Diagnostics
}

// AppSpecOptions says how to read an AppSpec. The zero value is a good choice.
type AppSpecOptions struct {
	// Platform is told from the document when it is PlatformAuto.
	Platform Platform
	Profile  Profile
	Notation Notation
	Host     AppSpecHost
	// ExpandAliases takes the anchored value for an alias, with a warning; otherwise aliases are
	// refused, as the agent 1.x on a current Ruby does.
	ExpandAliases bool
	// Suppressions makes comments `# codedeploy: ignore CODE` silence warnings and notes.
	Suppressions bool
	// AgentRoot is the agent's own folder; by default /opt/codedeploy-agent.
	AgentRoot string
	// ScenarioEvents are the lifecycle events that run; hooks for others are warned of. Nil: not
	// checked.
	ScenarioEvents []string
	// Bundle is the revision that the AppSpec belongs to, such as os.DirFS of its directory. With it
	// the reader finds out whether sources and scripts are there. Nil: not checked.
	Bundle fs.FS
	// Limits are the defaults when they are nil.
	Limits *Limits
}

func (o *AppSpecOptions) c(memory *arena) *C.cdp_appspec_options {
	if o == nil {
		return nil
	}
	options := (*C.cdp_appspec_options)(memory.alloc(C.sizeof_cdp_appspec_options))
	options.size = C.sizeof_cdp_appspec_options
	options.limits = memory.limits(o.Limits)
	options.platform = C.cdp_platform(o.Platform)
	options.profile = C.cdp_appspec_profile(o.Profile)
	options.notation = C.cdp_appspec_notation(o.Notation)
	options.host = C.cdp_appspec_host(o.Host)
	options.expand_aliases = cInt(o.ExpandAliases)
	options.suppressions = cInt(o.Suppressions)
	options.agent_root = memory.str(o.AgentRoot)
	if o.ScenarioEvents != nil {
		options.scenario_events, options.scenario_event_count = memory.strs(o.ScenarioEvents)
		if len(o.ScenarioEvents) == 0 { // known to be none, which is not the same as not known
			options.scenario_events = (*C.cdp_string)(memory.alloc(unsafe.Sizeof(C.cdp_string{})))
		}
	}
	return options
}

// DetectPlatform tells which platform a text is an AppSpec for, even when ParseAppSpec would refuse it;
// PlatformAuto when it cannot be told. Options may be nil; their Bundle is not looked at.
func DetectPlatform(text []byte, options *AppSpecOptions) (Platform, error) {
	var memory arena
	defer memory.free()
	data, length := input(text)
	var platform C.cdp_platform
	if status := C.cdp_appspec_detect_platform(data, length, options.c(&memory), &platform); status != C.CDP_OK {
		return PlatformAuto, failure("find the platform", status)
	}
	return Platform(platform), nil
}

// ParseAppSpec reads and checks an AppSpec: YAML, JSON or XML. Options may be nil. When it is
// refused, the error holds everything that is wrong with it; otherwise Diagnostics tells the
// warnings.
func ParseAppSpec(text []byte, options *AppSpecOptions) (*AppSpec, error) {
	data, length := input(text)
	return makeAppSpec("parse an AppSpec", options, func(o *C.cdp_appspec_options, found *findings,
		made **C.cdp_appspec) C.cdp_status {
		return C.cdp_appspec_parse(data, length, o, found.list, made)
	})
}

func makeAppSpec(op string, options *AppSpecOptions,
	build func(*C.cdp_appspec_options, *findings, **C.cdp_appspec) C.cdp_status) (*AppSpec, error) {
	var memory arena
	defer memory.free()
	var limits *Limits
	if options != nil {
		limits = options.Limits
	}
	found := newFindings(limits)
	defer found.free()
	c := options.c(&memory)
	var calls callbackErrors
	if options != nil && options.Bundle != nil {
		handle := newHandle(&bundleCalls{fsys: options.Bundle, callbackErrors: &calls})
		defer deleteHandle(handle)
		c.bundle = bundleStruct(&memory, handle)
	}
	var made *C.cdp_appspec
	status := build(c, found, &made)
	if calls.panicked {
		C.cdp_appspec_free(made)
		calls.rethrow()
	}
	if status != C.CDP_OK {
		err := found.fail(op, status).(*Error)
		err.Err = calls.of(status)
		return nil, err
	}
	spec := &AppSpec{}
	spec.diagnostics, _ = found.take()
	spec.own(unsafe.Pointer(made), func(pointer unsafe.Pointer) {
		C.cdp_appspec_free((*C.cdp_appspec)(pointer))
	})
	return spec, nil
}

func (a *AppSpec) get() *C.cdp_appspec {
	if a == nil {
		return nil
	}
	return (*C.cdp_appspec)(a.hold())
}

// Diagnostics tells the warnings and notes that the AppSpec was accepted with.
func (a *AppSpec) Diagnostics() Diagnostics {
	return a.diagnostics
}

// Platform tells what the AppSpec is for; never PlatformAuto, except of a closed one.
func (a *AppSpec) Platform() Platform {
	p := a.get()
	if p == nil {
		return PlatformAuto
	}
	defer a.let()
	return Platform(C.cdp_appspec_platform(p))
}

// Version gives the version as a number's text: "0.0", or "0" when it was written as an integer.
func (a *AppSpec) Version() string {
	p := a.get()
	if p == nil {
		return ""
	}
	defer a.let()
	return goString(C.cdp_appspec_version(p))
}

// OS gives "linux" or "windows"; empty for Lambda and ECS.
func (a *AppSpec) OS() string {
	p := a.get()
	if p == nil {
		return ""
	}
	defer a.let()
	return goString(C.cdp_appspec_os(p))
}

// FileExistsBehavior tells what to do with a file that is in the way.
func (a *AppSpec) FileExistsBehavior() FileExistsBehavior {
	p := a.get()
	if p == nil {
		return FileExistsUnset
	}
	defer a.let()
	return FileExistsBehavior(C.cdp_appspec_file_exists_behavior(p))
}

// FindPlace tells where a value stood. The pointer is a JSON Pointer in the terms of this package:
// /files/3/destination, /permissions/0/mode, /hooks/AfterInstall/1/timeout. ErrNotFound when it
// leads nowhere, or when the AppSpec was built without text.
func (a *AppSpec) FindPlace(pointer string) (Place, error) {
	const op = "find a place"
	p := a.get()
	if p == nil {
		return Place{}, closedError(op)
	}
	defer a.let()
	var place C.cdp_appspec_place
	if status := C.cdp_appspec_find_place(p, nameString(pointer), &place); status != C.CDP_OK {
		return Place{}, &Error{Op: op, Subject: pointer, Status: Status(status)}
	}
	return goPlace(&place), nil
}

func goPlace(place *C.cdp_appspec_place) Place {
	return Place{
		Offset: int(place.offset), EndOffset: int(place.end_offset),
		Line: int(place.line), Column: int(place.column),
		EndLine: int(place.end_line), EndColumn: int(place.end_column),
	}
}

// Equal tells whether both mean the same, wherever and however it was written.
func (a *AppSpec) Equal(other *AppSpec) bool {
	p := a.get()
	if p == nil {
		return false
	}
	defer a.let()
	q := other.get()
	if q == nil {
		return false
	}
	defer other.let()
	return C.cdp_appspec_equal(p, q) != 0
}

// Write gives the AppSpec in its canonical form: complete, in a fixed order, without what is
// default. Reading it gives an AppSpec that is Equal.
func (a *AppSpec) Write(notation Notation) ([]byte, error) {
	return a.write("write an AppSpec", func(p *C.cdp_appspec, text *C.cdp_text) C.cdp_status {
		return C.cdp_appspec_write(p, C.cdp_appspec_notation(notation), text)
	})
}

// WriteNormalized gives the AppSpec as the agent understands it, every member present. It is for
// comparing and for programs, and not an AppSpec.
func (a *AppSpec) WriteNormalized(notation Notation) ([]byte, error) {
	return a.write("write an AppSpec normalized", func(p *C.cdp_appspec, text *C.cdp_text) C.cdp_status {
		return C.cdp_appspec_write_normalized(p, C.cdp_appspec_notation(notation), text)
	})
}

func (a *AppSpec) write(op string, write func(*C.cdp_appspec, *C.cdp_text) C.cdp_status) ([]byte, error) {
	p := a.get()
	if p == nil {
		return nil, closedError(op)
	}
	defer a.let()
	return written(op, func(text *C.cdp_text) C.cdp_status { return write(p, text) })
}

// MarshalJSON is Write in JSON.
func (a *AppSpec) MarshalJSON() ([]byte, error) {
	return a.Write(NotationJSON)
}

// MarshalText is Write in YAML.
func (a *AppSpec) MarshalText() ([]byte, error) {
	return a.Write(NotationYAML)
}

// StarterAppSpec gives a commented AppSpec to begin with, in YAML.
func StarterAppSpec(platform Platform) ([]byte, error) {
	return written("write a starter", func(text *C.cdp_text) C.cdp_status {
		return C.cdp_appspec_write_starter(C.cdp_platform(platform), text)
	})
}

// AppSpecFile is one entry of files. Neither text is trimmed or changed in any way.
type AppSpecFile struct {
	Source, Destination         string
	SourceKind, DestinationKind ValueKind
}

// Files gives the entries of files, in their order.
func (a *AppSpec) Files() []AppSpecFile {
	p := a.get()
	if p == nil {
		return nil
	}
	defer a.let()
	count := C.cdp_appspec_file_count(p)
	if count == 0 {
		return nil
	}
	files := make([]AppSpecFile, count)
	const batch = 128
	var views [batch]C.cdp_appspec_file
	for at := 0; at < len(files); at += batch {
		filled := int(C.cdpgo_appspec_files(p, C.size_t(at), &views[0], batch))
		for i := 0; i < filled; i++ {
			file := &files[at+i]
			file.Source = goString(views[i].source)
			file.Destination = goString(views[i].destination)
			file.SourceKind = ValueKind(views[i].source_kind)
			file.DestinationKind = ValueKind(views[i].destination_kind)
		}
	}
	return files
}

// SELinuxContext is the context of a permission. User and Range may be empty.
type SELinuxContext struct {
	User, Type, Range string
}

// Except is one item of a permission's except.
type Except struct {
	Pattern string
	Kind    ValueKind
}

// ACL is one item of a permission's acls.
type ACL struct {
	// Text is the full form, "default:user:mary:rw-". For building, any form that an AppSpec may hold.
	Text string
	// Name is empty for mask and other, and for the owning user or group of a default entry.
	Name    string
	Type    ACLType
	Default bool
	// Bits are 4 to read, 2 to write, 1 to execute.
	Bits uint32
}

// Permission is one entry of permissions.
type Permission struct {
	// Object is a path.
	Object string
	// Pattern is "**" when nothing is said.
	Pattern      string
	Owner, Group string
	// Mode has three or four octal digits; empty when unset.
	Mode string
	// ModeBits is Mode as a number; -1 when unset. It means nothing for building.
	ModeBits int
	// Context is nil when there is none.
	Context *SELinuxContext
	// Types is 0 for an empty list. For building, 0 stands for both.
	Types  ObjectTypes
	Except []Except
	// HasACLs tells an empty list of entries, which removes all, from none.
	HasACLs                           bool
	ACLs                              []ACL
	PatternKind, OwnerKind, GroupKind ValueKind
}

// Permissions gives the entries of permissions, in their order.
func (a *AppSpec) Permissions() []Permission {
	p := a.get()
	if p == nil {
		return nil
	}
	defer a.let()
	count := C.cdp_appspec_permission_count(p)
	if count == 0 {
		return nil
	}
	views := make([]C.cdp_appspec_permission, count)
	C.cdpgo_appspec_permissions(p, 0, &views[0], count)
	permissions := make([]Permission, count)
	for i := range views {
		permissions[i] = goPermission(p, C.size_t(i), &views[i])
	}
	return permissions
}

func goPermission(p *C.cdp_appspec, index C.size_t, view *C.cdp_appspec_permission) Permission {
	permission := Permission{
		Object:      goString(view.object),
		Pattern:     goString(view.pattern),
		Owner:       goString(view.owner),
		Group:       goString(view.group),
		Mode:        goString(view.mode),
		ModeBits:    int(view.mode_bits),
		Types:       ObjectTypes(view.types),
		HasACLs:     view.has_acls != 0,
		PatternKind: ValueKind(view.pattern_kind),
		OwnerKind:   ValueKind(view.owner_kind),
		GroupKind:   ValueKind(view.group_kind),
	}
	if view.context_type.data != nil {
		permission.Context = &SELinuxContext{goString(view.context_user), goString(view.context_type), goString(view.context_range)}
	}
	for i := C.size_t(0); i < view.except_count; i++ {
		except := C.cdp_appspec_except{size: C.sizeof_cdp_appspec_except}
		if C.cdp_appspec_permission_except_at(p, index, i, &except) == C.CDP_OK {
			permission.Except = append(permission.Except, Except{goString(except.pattern), ValueKind(except.kind)})
		}
	}
	for i := C.size_t(0); i < view.acl_count; i++ {
		acl := C.cdp_appspec_acl{size: C.sizeof_cdp_appspec_acl}
		if C.cdp_appspec_permission_acl_at(p, index, i, &acl) == C.CDP_OK {
			permission.ACLs = append(permission.ACLs, ACL{
				goString(acl.text), goString(acl.name), ACLType(acl._type), acl.is_default != 0, uint32(acl.bits),
			})
		}
	}
	return permission
}

// Script is one script of a hook.
type Script struct {
	// Location is relative to the revision's root.
	Location string
	// RunAs is the user; HasRunAs tells a blank one, which the agent fails on, from none.
	RunAs    string
	HasRunAs bool
	Sudo     bool
	// Timeout is how long it may run; an hour when unset. For building, 0 stands for unset.
	Timeout time.Duration
}

// Hook is a lifecycle event that the AppSpec hooks.
type Hook struct {
	// Event is the name as it is written, misspelt or not.
	Event string
	// Scripts run in this order; Server only.
	Scripts []Script
	// Function is the name or ARN of the function to call; Lambda and ECS only.
	Function string
}

// Hooks gives the events that are hooked, in the order of the text.
func (a *AppSpec) Hooks() []Hook {
	p := a.get()
	if p == nil {
		return nil
	}
	defer a.let()
	count := C.cdp_appspec_event_count(p)
	if count == 0 {
		return nil
	}
	views := make([]C.cdp_appspec_event, count)
	C.cdpgo_appspec_events(p, 0, &views[0], count)
	hooks := make([]Hook, count)
	for i := range views {
		hooks[i] = goHook(p, C.size_t(i), &views[i])
	}
	return hooks
}

// Hook finds an event by its exact name.
func (a *AppSpec) Hook(event string) (Hook, bool) {
	p := a.get()
	if p == nil {
		return Hook{}, false
	}
	defer a.let()
	var index C.size_t
	if C.cdp_appspec_event_find(p, nameString(event), &index) != C.CDP_OK {
		return Hook{}, false
	}
	view := C.cdp_appspec_event{size: C.sizeof_cdp_appspec_event}
	C.cdp_appspec_event_at(p, index, &view)
	return goHook(p, index, &view), true
}

func goHook(p *C.cdp_appspec, index C.size_t, view *C.cdp_appspec_event) Hook {
	hook := Hook{Event: goString(view.name), Function: goString(view.function)}
	if view.script_count > 0 {
		views := make([]C.cdp_appspec_script, view.script_count)
		C.cdpgo_appspec_scripts(p, index, &views[0], view.script_count)
		hook.Scripts = make([]Script, len(views))
		for i := range views {
			hook.Scripts[i] = Script{
				Location: goString(views[i].location),
				RunAs:    goString(views[i].runas),
				HasRunAs: views[i].runas.data != nil,
				Sudo:     views[i].sudo != 0,
				Timeout:  fromSeconds(views[i].timeout),
			}
		}
	}
	return hook
}

func fromSeconds(seconds C.int64_t) time.Duration {
	if seconds > C.int64_t(math.MaxInt64/time.Second) {
		return math.MaxInt64
	}
	return time.Duration(seconds) * time.Second
}

// LambdaResource is the resource of a Lambda AppSpec.
type LambdaResource struct {
	LogicalName                   string
	Name, Alias                   string
	CurrentVersion, TargetVersion string
}

// Lambda gives the resource; nil for other platforms.
func (a *AppSpec) Lambda() *LambdaResource {
	p := a.get()
	if p == nil {
		return nil
	}
	defer a.let()
	view := C.cdp_appspec_lambda{size: C.sizeof_cdp_appspec_lambda}
	if C.cdp_appspec_get_lambda(p, &view) != C.CDP_OK {
		return nil
	}
	return &LambdaResource{
		goString(view.logical_name), goString(view.name), goString(view.alias),
		goString(view.current_version), goString(view.target_version),
	}
}

// CapacityProvider is one item of an ECS CapacityProviderStrategy. Base and Weight are -1 when unset.
type CapacityProvider struct {
	Name         string
	Base, Weight int
}

// NetworkConfiguration is that of an ECS AppSpec.
type NetworkConfiguration struct {
	// AssignPublicIP is "ENABLED" or "DISABLED".
	AssignPublicIP          string
	Subnets, SecurityGroups []string
}

// ECSResource is the resource of an ECS AppSpec.
type ECSResource struct {
	LogicalName    string
	TaskDefinition string
	ContainerName  string
	// ContainerPort is 0 when it is still a placeholder.
	ContainerPort int
	// PlatformVersion is empty when unset.
	PlatformVersion string
	// Network is nil when there is no NetworkConfiguration.
	Network           *NetworkConfiguration
	CapacityProviders []CapacityProvider
}

// ECS gives the resource; nil for other platforms.
func (a *AppSpec) ECS() *ECSResource {
	p := a.get()
	if p == nil {
		return nil
	}
	defer a.let()
	view := C.cdp_appspec_ecs{size: C.sizeof_cdp_appspec_ecs}
	if C.cdp_appspec_get_ecs(p, &view) != C.CDP_OK {
		return nil
	}
	ecs := &ECSResource{
		LogicalName:     goString(view.logical_name),
		TaskDefinition:  goString(view.task_definition),
		ContainerName:   goString(view.container_name),
		ContainerPort:   int(view.container_port),
		PlatformVersion: goString(view.platform_version),
	}
	if view.has_network_configuration != 0 {
		ecs.Network = &NetworkConfiguration{
			AssignPublicIP: goString(view.assign_public_ip),
			Subnets: goStrings(view.subnet_count, func(first *C.cdp_string, n C.size_t) C.size_t {
				return C.cdpgo_appspec_subnets(p, first, n)
			}),
			SecurityGroups: goStrings(view.security_group_count, func(first *C.cdp_string, n C.size_t) C.size_t {
				return C.cdpgo_appspec_security_groups(p, first, n)
			}),
		}
	}
	if count := view.capacity_provider_count; count > 0 {
		views := make([]C.cdp_appspec_capacity_provider, count)
		C.cdpgo_appspec_capacity_providers(p, 0, &views[0], count)
		for i := range views {
			ecs.CapacityProviders = append(ecs.CapacityProviders, CapacityProvider{
				goString(views[i].name), int(views[i].base), int(views[i].weight),
			})
		}
	}
	return ecs
}

// goStrings reads a list of strings in one call.
func goStrings(count C.size_t, fill func(*C.cdp_string, C.size_t) C.size_t) []string {
	if count == 0 {
		return nil
	}
	views := make([]C.cdp_string, count)
	list := make([]string, fill(&views[0], count))
	for i := range list {
		list[i] = goString(views[i])
	}
	return list
}
