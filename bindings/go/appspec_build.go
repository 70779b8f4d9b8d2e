// SPDX-License-Identifier: MIT

package codedeploy

// #include "shim.h"
import "C"

import (
	"time"
	"unsafe"
)

// AppSpecContent is all that an AppSpec says, for building one without text, and for changing one:
//
//	content := spec.Content()
//	content.Files = append(content.Files, codedeploy.AppSpecFile{Source: "a", Destination: "/srv"})
//	changed, err := codedeploy.NewAppSpec(content, nil)
type AppSpecContent struct {
	// Platform is required.
	Platform Platform
	// OS, FileExistsBehavior, Files and Permissions are for Server.
	OS                 string
	FileExistsBehavior FileExistsBehavior
	Files              []AppSpecFile
	Permissions        []Permission
	Hooks              []Hook
	Lambda             *LambdaResource
	ECS                *ECSResource
}

// Content gives all that the AppSpec says.
func (a *AppSpec) Content() AppSpecContent {
	return AppSpecContent{
		Platform:           a.Platform(),
		OS:                 a.OS(),
		FileExistsBehavior: a.FileExistsBehavior(),
		Files:              a.Files(),
		Permissions:        a.Permissions(),
		Hooks:              a.Hooks(),
		Lambda:             a.Lambda(),
		ECS:                a.ECS(),
	}
}

// NewAppSpec makes an AppSpec of content and checks it by the same rules as ParseAppSpec; findings
// have no places. Options may be nil.
func NewAppSpec(content AppSpecContent, options *AppSpecOptions) (*AppSpec, error) {
	const op = "build an AppSpec"
	var builder *C.cdp_appspec_builder
	if status := C.cdp_appspec_builder_new(nil, C.cdp_platform(content.Platform), &builder); status != C.CDP_OK {
		return nil, failure(op, status)
	}
	defer C.cdp_appspec_builder_free(builder)
	if status := fillBuilder(builder, &content); status != C.CDP_OK {
		return nil, failure(op, status)
	}
	return makeAppSpec(op, options, func(o *C.cdp_appspec_options, found *findings,
		made **C.cdp_appspec) C.cdp_status {
		return C.cdp_appspec_builder_finish(builder, o, found.list, made)
	})
}

func fillBuilder(builder *C.cdp_appspec_builder, content *AppSpecContent) C.cdp_status {
	status := C.cdp_status(C.CDP_OK)
	if content.OS != "" {
		status = C.cdp_appspec_builder_set_os(builder, nameString(content.OS))
	}
	if status == C.CDP_OK && content.FileExistsBehavior != FileExistsUnset {
		status = C.cdp_appspec_builder_set_file_exists_behavior(builder, C.cdp_file_exists_behavior(content.FileExistsBehavior))
	}
	for i := 0; i < len(content.Files) && status == C.CDP_OK; i++ {
		status = C.cdp_appspec_builder_add_file(builder, nameString(content.Files[i].Source), nameString(content.Files[i].Destination))
	}
	for i := 0; i < len(content.Permissions) && status == C.CDP_OK; i++ {
		status = addPermission(builder, &content.Permissions[i])
	}
	for i := 0; i < len(content.Hooks) && status == C.CDP_OK; i++ {
		status = addHook(builder, &content.Hooks[i])
	}
	if status == C.CDP_OK && content.Lambda != nil {
		status = setLambda(builder, content.Lambda)
	}
	if status == C.CDP_OK && content.ECS != nil {
		status = setECS(builder, content.ECS)
	}
	return status
}

func addPermission(builder *C.cdp_appspec_builder, permission *Permission) C.cdp_status {
	var memory arena
	defer memory.free()
	p := (*C.cdp_appspec_permission_input)(memory.alloc(C.sizeof_cdp_appspec_permission_input))
	p.size = C.sizeof_cdp_appspec_permission_input
	p.object = memory.str(permission.Object)
	p.pattern = memory.str(permission.Pattern)
	p.owner = memory.str(permission.Owner)
	p.group = memory.str(permission.Group)
	p.mode = memory.str(permission.Mode)
	if context := permission.Context; context != nil {
		p.context_user = memory.str(context.User)
		p.context_type = memory.str(context.Type)
		p.context_range = memory.str(context.Range)
	}
	p.types = C.uint32_t(permission.Types)
	var patterns, entries []string
	for _, except := range permission.Except {
		patterns = append(patterns, except.Pattern)
	}
	for _, acl := range permission.ACLs {
		entries = append(entries, acl.Text)
	}
	p.except, p.except_count = memory.strs(patterns)
	p.acls, p.acl_count = memory.strs(entries)
	if permission.HasACLs && p.acls == nil {
		p.acls = (*C.cdp_string)(memory.alloc(unsafe.Sizeof(C.cdp_string{})))
	}
	return C.cdp_appspec_builder_add_permission(builder, p)
}

func addHook(builder *C.cdp_appspec_builder, hook *Hook) C.cdp_status {
	var memory arena
	defer memory.free()
	event := memory.text(hook.Event)
	if hook.Function != "" {
		return C.cdp_appspec_builder_add_function(builder, event, memory.text(hook.Function))
	}
	for i := range hook.Scripts {
		script := (*C.cdp_appspec_script)(memory.alloc(C.sizeof_cdp_appspec_script))
		script.size = C.sizeof_cdp_appspec_script
		script.location = memory.text(hook.Scripts[i].Location)
		if hook.Scripts[i].HasRunAs || hook.Scripts[i].RunAs != "" {
			script.runas = memory.text(hook.Scripts[i].RunAs)
		}
		script.sudo = cInt(hook.Scripts[i].Sudo)
		script.timeout = C.int64_t((hook.Scripts[i].Timeout + time.Second - 1) / time.Second)
		if status := C.cdp_appspec_builder_add_script(builder, event, script); status != C.CDP_OK {
			return status
		}
	}
	return C.CDP_OK
}

func setLambda(builder *C.cdp_appspec_builder, lambda *LambdaResource) C.cdp_status {
	var memory arena
	defer memory.free()
	l := (*C.cdp_appspec_lambda)(memory.alloc(C.sizeof_cdp_appspec_lambda))
	l.size = C.sizeof_cdp_appspec_lambda
	l.logical_name = memory.str(lambda.LogicalName)
	l.name = memory.str(lambda.Name)
	l.alias = memory.str(lambda.Alias)
	l.current_version = memory.str(lambda.CurrentVersion)
	l.target_version = memory.str(lambda.TargetVersion)
	return C.cdp_appspec_builder_set_lambda(builder, l)
}

func setECS(builder *C.cdp_appspec_builder, ecs *ECSResource) C.cdp_status {
	var memory arena
	defer memory.free()
	e := (*C.cdp_appspec_ecs_input)(memory.alloc(C.sizeof_cdp_appspec_ecs_input))
	e.size = C.sizeof_cdp_appspec_ecs_input
	e.logical_name = memory.str(ecs.LogicalName)
	e.task_definition = memory.str(ecs.TaskDefinition)
	e.container_name = memory.str(ecs.ContainerName)
	e.platform_version = memory.str(ecs.PlatformVersion)
	e.container_port = limited(ecs.ContainerPort)
	if ecs.Network != nil {
		e.assign_public_ip = memory.str(ecs.Network.AssignPublicIP)
		e.subnets, e.subnet_count = memory.strs(ecs.Network.Subnets)
		e.security_groups, e.security_group_count = memory.strs(ecs.Network.SecurityGroups)
	}
	if count := len(ecs.CapacityProviders); count > 0 {
		first := (*C.cdp_appspec_capacity_provider)(memory.alloc(C.sizeof_cdp_appspec_capacity_provider * uintptr(count)))
		for i, p := range unsafe.Slice(first, count) {
			p.size = C.sizeof_cdp_appspec_capacity_provider
			p.name = memory.text(ecs.CapacityProviders[i].Name)
			p.base = C.int32_t(ecs.CapacityProviders[i].Base)
			p.weight = C.int32_t(ecs.CapacityProviders[i].Weight)
			unsafe.Slice(first, count)[i] = p
		}
		e.capacity_providers, e.capacity_provider_count = first, C.size_t(count)
	}
	return C.cdp_appspec_builder_set_ecs(builder, e)
}
