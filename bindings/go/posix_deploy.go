// SPDX-License-Identifier: MIT

//go:build linux && !codedeploy_no_posix

package codedeploy

// #include "shim_posix.h"
import "C"

import (
	"context"
	"runtime/cgo"
	"time"
	"unsafe"
)

// News is a piece of news of a deployment on this machine.
type News struct {
	Kind NewsKind
	// LogKind is what kind of line Text is, for NewsLog.
	LogKind      LogKind
	DeploymentID string
	// Event is the lifecycle event at hand; empty outside of events.
	Event string
	// Status is "Succeeded", "Failed" or "Skipped" where something has ended.
	Status string
	Text   string
	// Progress is for NewsProgress; otherwise nil.
	Progress *InstallProgress
}

// DeployOptions says what to deploy on this machine, and how.
type DeployOptions struct {
	// Bundle is the path of the bundle. Required.
	Bundle string
	// BundleType 0 stands for a directory.
	BundleType LocalBundleType
	Mode       InstallMode
	// AppSpecFilename is appspec.yml, then appspec.yaml when it is empty.
	AppSpecFilename string
	// RootDirectory is the agent's; by default /opt/codedeploy-agent/deployment-root.
	RootDirectory string
	// DestinationRoot is where destinations are; by default "/". For trials.
	DestinationRoot string
	// GroupID is by default default-local-deployment-group.
	GroupID string
	// GroupName is by default LocalFleet, ApplicationName the bundle.
	GroupName, ApplicationName string
	// DeploymentID is made when it is empty.
	DeploymentID string
	// Events are run in this order; none: the usual order.
	Events             []string
	FileExistsBehavior FileExistsBehavior
	Durability         InstallDurability
	// MaxRevisions are kept; 0: 5.
	MaxRevisions int
	// NoRollback keeps a failure from being rolled back.
	NoRollback bool
	// Fetch writes a bundle that is on another machine to a file; an error fails the deployment and comes
	// out of the call. Nil: such a bundle is refused.
	Fetch func(ctx context.Context, what FetchRequest) error
	// ProgramName names the log of all deployments, NAME-deployments.log; by default codedeploy-agent.
	ProgramName string
	// NoDeploymentsLog writes no such log.
	NoDeploymentsLog bool
	// ScriptEnvironment is what scripts inherit of this process's environment.
	ScriptEnvironment ScriptEnvironment
	// BundleAllow lets things through that are otherwise refused, added up.
	BundleAllow BundleAllow
	// BundleBytes bounds all files of the bundle together; 0: 16 GiB.
	BundleBytes uint64
	// Refuse is what an AppSpec may ask for and is refused all the same, added up.
	Refuse Refuse
	// PrivateDirectories closes the directories below RootDirectory to other users.
	PrivateDirectories bool
	// Overlap lets copies of many small files overlap, in a second thread of C's.
	Overlap bool
	// NoBytesTotal lets progress tell no BytesTotal, for which every file has to be looked at.
	NoBytesTotal bool
	// News is told what happens, in the goroutine of the call. An error cancels the deployment and
	// comes out of the call. May be nil.
	News func(News) error
}

// FetchRequest is a bundle to be fetched.
type FetchRequest struct {
	// Location is as it was given.
	Location string
	// Type is what the file must be: zip, tar or tgz.
	Type LocalBundleType
	// Path is the file to write. It does not exist.
	Path string
}

// LocalDeployment is what became of a deployment on this machine.
type LocalDeployment struct {
	ID string
	// Directory is where its records are.
	Directory string
	Succeeded bool
	// FailedEvent and FailedScript are empty when none failed.
	FailedEvent, FailedScript string
	// Message says why in one sentence; LogTail has the last lines of the script's output.
	Message, LogTail string
	ErrorCode        ScriptCode
	// Rollback is the rollback that followed; nil when there was none.
	Rollback *LocalDeployment
	// Diagnostics is what was found; of the rollback it is part of the first's.
	Diagnostics Diagnostics
}

func goLocalDeployment(d *C.cdp_posix_deployment) *LocalDeployment {
	if d == nil {
		return nil
	}
	return &LocalDeployment{
		ID:           goString(C.cdp_posix_deployment_id(d)),
		Directory:    goString(C.cdp_posix_deployment_directory(d)),
		Succeeded:    C.cdp_posix_deployment_succeeded(d) != 0,
		FailedEvent:  goString(C.cdp_posix_deployment_failed_event(d)),
		FailedScript: goString(C.cdp_posix_deployment_failed_script(d)),
		Message:      goString(C.cdp_posix_deployment_message(d)),
		LogTail:      goString(C.cdp_posix_deployment_log_tail(d)),
		ErrorCode:    ScriptCode(C.cdp_posix_deployment_error_code(d)),
		Rollback:     goLocalDeployment(C.cdp_posix_deployment_rollback(d)),
	}
}

// deployCalls passes news on to Go.
type deployCalls struct {
	callbackErrors
	ctx   context.Context
	news  func(News) error
	fetch func(context.Context, FetchRequest) error
}

//export cdpgoDeployFetch
func cdpgoDeployFetch(what *C.cdp_posix_fetch, handle C.uintptr_t) (status C.cdp_status) {
	calls := cgo.Handle(handle).Value().(*deployCalls)
	finished := false
	defer calls.guard(&finished, &status)
	err := calls.fetch(calls.ctx, FetchRequest{goString(what.location), LocalBundleType(what._type), goString(what.path)})
	if status = calls.status(err); status > 0 {
		status = C.CDP_ERR_HOST
	}
	finished = true
	return status
}

//export cdpgoDeployNews
func cdpgoDeployNews(news *C.cdp_posix_news, handle C.uintptr_t) (status C.cdp_status) {
	calls := cgo.Handle(handle).Value().(*deployCalls)
	finished := false
	defer calls.guard(&finished, &status)
	err := calls.ctx.Err()
	if err == nil && calls.news != nil {
		err = calls.news(goNews(news))
	}
	if status = calls.status(err); status > 0 {
		status = C.CDP_ERR_CANCELLED
	}
	finished = true
	return status
}

func goNews(n *C.cdp_posix_news) News {
	news := News{
		Kind: NewsKind(n.kind), LogKind: LogKind(n.log_kind), DeploymentID: goString(n.deployment_id),
		Event: goString(n.event), Status: goString(n.status), Text: goString(n.text),
	}
	if n.progress != nil {
		progress := goInstallProgress(n.progress)
		news.Progress = &progress
	}
	return news
}

func (o *DeployOptions) c(memory *arena) *C.cdp_posix_deploy_options {
	c := (*C.cdp_posix_deploy_options)(memory.alloc(C.sizeof_cdp_posix_deploy_options))
	c.size = C.sizeof_cdp_posix_deploy_options
	c.bundle = memory.str(o.Bundle)
	c.bundle_type = C.cdp_posix_bundle_type(o.BundleType)
	c.mode = C.cdp_install_mode(o.Mode)
	c.appspec_filename = memory.str(o.AppSpecFilename)
	c.root_directory = memory.str(o.RootDirectory)
	c.destination_root = memory.str(o.DestinationRoot)
	c.group_id = memory.str(o.GroupID)
	c.group_name = memory.str(o.GroupName)
	c.application_name = memory.str(o.ApplicationName)
	c.deployment_id = memory.str(o.DeploymentID)
	c.events, c.event_count = memory.strs(o.Events)
	c.file_exists_behavior = C.cdp_file_exists_behavior(o.FileExistsBehavior)
	c.durability = C.cdp_install_durability(o.Durability)
	c.max_revisions = limited(o.MaxRevisions)
	c.no_rollback = cInt(o.NoRollback)
	c.program_name = memory.str(o.ProgramName)
	c.no_deployments_log = cInt(o.NoDeploymentsLog)
	c.script_environment = C.cdp_posix_environment(o.ScriptEnvironment)
	c.bundle_allow = C.uint32_t(o.BundleAllow)
	c.bundle_bytes = C.uint64_t(o.BundleBytes)
	c.refuse = C.uint32_t(o.Refuse)
	c.private_directories = cInt(o.PrivateDirectories)
	c.overlap = cInt(o.Overlap)
	c.no_bytes_total = cInt(o.NoBytesTotal)
	return c
}

func deploy(ctx context.Context, op string, options *DeployOptions,
	run func(*C.cdp_posix_deploy_options, *findings, **C.cdp_posix_deployment) C.cdp_status) (*LocalDeployment, error) {
	if err := ctx.Err(); err != nil {
		return nil, &Error{Op: op, Status: ErrCancelled, Err: err}
	}
	var memory arena
	defer memory.free()
	found := newFindings(nil)
	defer found.free()
	calls := &deployCalls{ctx: ctx, news: options.News, fetch: options.Fetch}
	handle := newHandle(calls)
	defer deleteHandle(handle)
	c := options.c(&memory)
	C.cdpgo_deploy_news(c, C.uintptr_t(handle), cInt(options.Fetch != nil))
	var made *C.cdp_posix_deployment
	status := run(c, found, &made)
	deployment := goLocalDeployment(made)
	C.cdp_posix_deployment_free(made)
	calls.rethrow()
	if status == C.CDP_OK {
		deployment.Diagnostics, _ = found.take()
		return deployment, nil
	}
	err := found.fail(op, status).(*Error)
	err.Err = calls.of(status)
	if deployment != nil {
		deployment.Diagnostics = err.Diagnostics
	}
	return deployment, err
}

// Deploy deploys a bundle on this machine, as `codedeploy local` does: it takes the group's lock,
// finishes or undoes what a crash left, unpacks and checks the bundle, and goes through the lifecycle
// events. When one fails, the files of the revision before come back, and the last successful
// revision is deployed again, unless that is not wanted.
//
// What became of it is told also when it failed; it is nil when it could not begin. When the context
// is done, the deployment is cancelled with the next piece of news.
func Deploy(ctx context.Context, options DeployOptions) (*LocalDeployment, error) {
	return deploy(ctx, "deploy", &options, func(c *C.cdp_posix_deploy_options, found *findings, made **C.cdp_posix_deployment) C.cdp_status {
		return C.cdp_posix_deploy(c, found.list, made)
	})
}

// Redeploy deploys an earlier revision of the group again, as a new deployment: the one of the
// deployment with the id earlier, or the last successful one before the present one. Bundle,
// BundleType and DeploymentID of the options mean nothing.
func Redeploy(ctx context.Context, options DeployOptions, earlier string) (*LocalDeployment, error) {
	return deploy(ctx, "redeploy", &options, func(c *C.cdp_posix_deploy_options, found *findings, made **C.cdp_posix_deployment) C.cdp_status {
		return C.cdp_posix_redeploy(c, optionalString(earlier), found.list, made)
	})
}

// RecoverDeployment finishes or undoes what a crash left of a group's deployment on this machine; the
// next Deploy does the same by itself. Of the options RootDirectory, DestinationRoot and GroupID are
// read.
func RecoverDeployment(options DeployOptions) (InstallOutcome, Diagnostics, error) {
	var memory arena
	defer memory.free()
	found := newFindings(nil)
	defer found.free()
	var outcome C.cdp_install_outcome
	if status := C.cdp_posix_recover(options.c(&memory), found.list, &outcome); status != C.CDP_OK {
		return 0, nil, found.fail("recover", status)
	}
	done, _ := found.take()
	return InstallOutcome(outcome), done, nil
}

// HistoryEntry is one deployment of the history of a group on this machine.
type HistoryEntry struct {
	DeploymentID string
	// Status is "InProgress", "Succeeded" or "Failed".
	Status string
	// Creator is "user" or "codeDeployRollback".
	Creator         string
	ApplicationName string
	Bundle          string
	// RevisionOf is the deployment whose revision this one deployed again; empty for a new one.
	RevisionOf string
	Message    string
	Created    time.Time
	// Completed is zero while it runs.
	Completed time.Time
	// HasRevision tells that its revision is still kept.
	HasRevision bool
	// IsLastSuccessful tells that it is the group's last successful one.
	IsLastSuccessful bool
}

// History tells which deployments of a group there were on this machine, oldest first. Empty names
// stand for the defaults.
func History(rootDirectory, groupID string) ([]HistoryEntry, error) {
	const op = "read the history"
	var history *C.cdp_posix_history
	status := C.cdp_posix_history_read(optionalString(rootDirectory), optionalString(groupID), &history)
	if status != C.CDP_OK {
		return nil, failure(op, status)
	}
	defer C.cdp_posix_history_free(history)
	var entries []HistoryEntry
	for i := C.size_t(0); i < C.cdp_posix_history_count(history); i++ {
		e := C.cdp_posix_history_entry{size: C.sizeof_cdp_posix_history_entry}
		if status := C.cdp_posix_history_at(history, i, &e); status != C.CDP_OK {
			return nil, failure(op, status)
		}
		entry := HistoryEntry{
			DeploymentID: goString(e.deployment_id), Status: goString(e.status), Creator: goString(e.creator),
			ApplicationName: goString(e.application_name), Bundle: goString(e.bundle), RevisionOf: goString(e.revision_of),
			Message: goString(e.message), Created: time.Unix(int64(e.created), 0),
			HasRevision: e.has_revision != 0, IsLastSuccessful: e.is_last_successful != 0,
		}
		if e.completed != 0 {
			entry.Completed = time.Unix(int64(e.completed), 0)
		}
		entries = append(entries, entry)
	}
	return entries, nil
}

// AgentConfig is the official agent's configuration file, as far as it concerns deployments on this
// machine.
type AgentConfig struct {
	// RootDirectory is empty when the file does not say.
	RootDirectory string
	// MaxRevisions is 5 when the file does not say.
	MaxRevisions int
	// Variables are what the file says for fetching bundles, as os/exec takes it: AWS_REGION,
	// HTTPS_PROXY and so on.
	Variables   []string
	Diagnostics Diagnostics
	config      *object
}

// Apply sets what the file says in the options of a deployment; the others stay as they are.
func (a *AgentConfig) Apply(options *DeployOptions) error {
	const op = "apply the agent's configuration"
	if options == nil {
		return &Error{Op: op, Status: ErrArgument}
	}
	if a == nil {
		return closedError(op)
	}
	p := (*C.cdp_posix_agent_config)(a.config.hold())
	if p == nil {
		return closedError(op)
	}
	defer a.config.let()
	var memory arena
	defer memory.free()
	c := options.c(&memory)
	if status := C.cdp_posix_agent_config_apply(p, c); status != C.CDP_OK {
		return failure(op, status)
	}
	options.RootDirectory = goString(c.root_directory)
	options.MaxRevisions = int(c.max_revisions)
	options.ProgramName = goString(c.program_name)
	options.NoDeploymentsLog = c.no_deployments_log != 0
	options.ScriptEnvironment = ScriptEnvironment(c.script_environment)
	options.BundleAllow = BundleAllow(c.bundle_allow)
	options.BundleBytes = uint64(c.bundle_bytes)
	options.Refuse = Refuse(c.refuse)
	options.PrivateDirectories = c.private_directories != 0
	return nil
}

// ReadAgentConfig reads codedeployagent.yml.
func ReadAgentConfig(path string) (AgentConfig, error) {
	found := newFindings(nil)
	defer found.free()
	var config *C.cdp_posix_agent_config
	if status := C.cdp_posix_agent_config_read(nameString(path), found.list, &config); status != C.CDP_OK {
		return AgentConfig{}, found.fail("read the agent's configuration", status)
	}
	read := AgentConfig{
		RootDirectory: goString(C.cdp_posix_agent_config_root_directory(config)),
		MaxRevisions:  int(C.cdp_posix_agent_config_max_revisions(config)),
		config:        &object{},
	}
	read.Diagnostics, _ = found.take()
	for i := C.size_t(0); i < C.cdp_posix_agent_config_variable_count(config); i++ {
		read.Variables = append(read.Variables, goString(C.cdp_posix_agent_config_variable_at(config, i)))
	}
	read.config.own(unsafe.Pointer(config), func(pointer unsafe.Pointer) {
		C.cdp_posix_agent_config_free((*C.cdp_posix_agent_config)(pointer))
	})
	return read, nil
}

// Preview is what Deploy would do.
type Preview struct {
	// Events are the lifecycle events that would be gone through.
	Events *LifecyclePlan
	// Install is what would be installed.
	Install *InstallPlan
	// Directory is where the revision was looked at.
	Directory string
	// Diagnostics is everything that is wrong, conflicts too.
	Diagnostics Diagnostics
}

// PreviewDeployment looks at what Deploy with these options would do, and touches nothing. There is a
// preview also when there are conflicts (InstallPlan.Conflicts). Nothing is fetched, and nothing told.
func PreviewDeployment(options DeployOptions) (*Preview, error) {
	const op = "preview a deployment"
	var memory arena
	defer memory.free()
	found := newFindings(nil)
	defer found.free()
	var made *C.cdp_posix_preview
	if status := C.cdp_posix_preview_new(options.c(&memory), found.list, &made); status != C.CDP_OK {
		return nil, found.fail(op, status)
	}
	held := newResource(unsafe.Pointer(made), func(pointer unsafe.Pointer) {
		C.cdp_posix_preview_free((*C.cdp_posix_preview)(pointer))
	})
	defer held.release() // the two plans hold it now
	preview := &Preview{
		Events: &LifecyclePlan{}, Install: &InstallPlan{}, Directory: goString(C.cdp_posix_preview_directory(made)),
	}
	preview.Events.own(unsafe.Pointer(C.cdp_posix_preview_events(made)), nil, held)
	preview.Install.own(unsafe.Pointer(C.cdp_posix_preview_install(made)), nil, held)
	preview.Diagnostics, _ = found.take()
	return preview, nil
}

// UnpackOptions says what bundle to unpack, and where to.
type UnpackOptions struct {
	// Location is the path of the file or directory. Required, as are Type and Destination.
	Location string
	Type     LocalBundleType
	// Destination is the directory to make. Its parent exists, it does not.
	Destination string
	// Allow lets things through that are otherwise refused, added up.
	Allow BundleAllow
	// Ratio is how many times its own size an archive may unpack to; 0: 200.
	Ratio int
	// Bytes bounds all files together, Entries the files, directories and links; 0: the defaults.
	Bytes, Entries uint64
	// Overlap lets a second thread of C's copy small files of a directory, too.
	Overlap bool
	// Progress is told how much has been unpacked; an error stops it. May be nil.
	Progress func(entries, bytes uint64) error
}

type unpackCalls struct {
	callbackErrors
	ctx      context.Context
	progress func(entries, bytes uint64) error
}

//export cdpgoBundleProgress
func cdpgoBundleProgress(entries, bytes C.uint64_t, handle C.uintptr_t) (status C.cdp_status) {
	calls := cgo.Handle(handle).Value().(*unpackCalls)
	finished := false
	defer calls.guard(&finished, &status)
	err := calls.ctx.Err()
	if err == nil && calls.progress != nil {
		err = calls.progress(uint64(entries), uint64(bytes))
	}
	if status = calls.status(err); status > 0 {
		status = C.CDP_ERR_CANCELLED
	}
	finished = true
	return status
}

// UnpackBundle unpacks a bundle: a directory, a zip, a tar or a tgz, which is untrusted. On an error
// nothing is left. Warnings come back without one.
func UnpackBundle(ctx context.Context, options UnpackOptions) (Diagnostics, error) {
	const op = "unpack a bundle"
	var memory arena
	defer memory.free()
	calls := &unpackCalls{ctx: ctx, progress: options.Progress}
	handle := newHandle(calls)
	defer deleteHandle(handle)
	c := (*C.cdp_posix_bundle_options)(memory.alloc(C.sizeof_cdp_posix_bundle_options))
	c.size = C.sizeof_cdp_posix_bundle_options
	c.location = memory.str(options.Location)
	c._type = C.cdp_posix_bundle_type(options.Type)
	c.destination = memory.str(options.Destination)
	c.allow = C.uint32_t(options.Allow)
	c.ratio = limited(options.Ratio)
	c.bytes = C.uint64_t(options.Bytes)
	c.entries = C.uint64_t(options.Entries)
	c.overlap = cInt(options.Overlap)
	C.cdpgo_bundle_progress(c, C.uintptr_t(handle))
	found := newFindings(nil)
	defer found.free()
	status := C.cdp_posix_bundle_unpack(c, found.list)
	calls.rethrow()
	if status != C.CDP_OK {
		err := found.fail(op, status).(*Error)
		err.Err = calls.of(status)
		return nil, err
	}
	warnings, _ := found.take()
	return warnings, nil
}

// RemoveTree removes a directory and all that is in it, no link being followed.
func RemoveTree(directory string) error {
	return failure("remove a tree", C.cdp_posix_remove_tree(nameString(directory)))
}
