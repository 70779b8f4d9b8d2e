// SPDX-License-Identifier: MIT

package codedeploy

// #include "shim.h"
import "C"

import (
	"context"
	"runtime/cgo"
	"sync/atomic"
	"unsafe"
)

// Install is an install plan that is being carried out, so that it can be taken back, and so that a
// crash at any moment leaves a host that RecoverInstall makes whole. While a call of it is under way,
// others return ErrBusy; so do calls from within a callback.
type Install struct {
	object
	plan  *InstallPlan
	files *lentFiles
	tell  func(InstallProgress) error
	slot  *installSlot
	busy  atomic.Bool
}

// installSlot leads from C to the call that is under way.
type installSlot struct {
	install *Install
	calls   *callbackErrors
	ctx     context.Context
}

// InstallProgress tells how far an install is.
type InstallProgress struct {
	State InstallState
	// Path is what was last begun.
	Path string
	// Objects are files, links and directories made ready so far, of ObjectsTotal.
	Objects, ObjectsTotal uint64
	// Bytes are copied so far, of BytesTotal, which is 0 when the plan was not measured.
	Bytes, BytesTotal uint64
}

func goInstallProgress(p *C.cdp_install_progress) InstallProgress {
	return InstallProgress{
		InstallState(p.state), goString(p.path), uint64(p.objects), uint64(p.objects_total), uint64(p.bytes), uint64(p.bytes_total),
	}
}

// InstallOptions says how to carry a plan out.
type InstallOptions struct {
	// Group is the deployment group's id, one path component; it names the records. Required.
	Group string
	// ID is the deployment's id, one path component; it names the folders of the staging. Required.
	ID         string
	Durability InstallDurability
	// Progress is told before and during longer steps; an error cancels: the install is undone, and the
	// error comes out of the call. May be nil.
	Progress func(InstallProgress) error
}

// NewInstall prepares an install; nothing is touched. ErrConflict for a plan with conflicts.
func (p *InstallPlan) NewInstall(files FileSystem, options InstallOptions) (*Install, error) {
	const op = "prepare an install"
	c := p.get()
	if c == nil || files == nil {
		if c != nil {
			p.let()
		}
		return nil, closedError(op)
	}
	defer p.let()
	var memory arena
	defer memory.free()
	lent, callbacks := lendFiles(files, &memory)
	install := &Install{plan: p, files: lent, tell: options.Progress, slot: &installSlot{}}
	handle := newHandle(install.slot)
	o := (*C.cdp_install_apply_options)(memory.alloc(C.sizeof_cdp_install_apply_options))
	o.size = C.sizeof_cdp_install_apply_options
	o.plan = c
	o.fs = callbacks
	o.group = memory.str(options.Group)
	o.id = memory.str(options.ID)
	o.durability = C.cdp_install_durability(options.Durability)
	C.cdpgo_install_progress(o, C.uintptr_t(handle))
	var made *C.cdp_install
	closeFiles := lent.closer()
	if status := C.cdp_install_new(o, &made); status != C.CDP_OK {
		deleteHandle(handle)
		closeFiles()
		return nil, failure(op, status)
	}
	install.own(unsafe.Pointer(made), func(pointer unsafe.Pointer) {
		C.cdp_install_free((*C.cdp_install)(pointer))
		deleteHandle(handle)
		closeFiles()
	}, append(lent.needs(), p.resource)...)
	return install, nil
}

//export cdpgoInstallProgress
func cdpgoInstallProgress(progress *C.cdp_install_progress, handle C.uintptr_t) (status C.cdp_status) {
	slot := cgo.Handle(handle).Value().(*installSlot)
	finished := false
	defer slot.calls.guard(&finished, &status)
	err := slot.ctx.Err()
	if err == nil && slot.install.tell != nil {
		err = slot.install.tell(goInstallProgress(progress))
	}
	if status = slot.calls.status(err); status > 0 {
		status = C.CDP_ERR_CANCELLED
	}
	finished = true
	return status
}

// call runs one function of C's on the install. When a callback ends the goroutine instead of
// returning, C's object is in the midst of something for ever: it is then left alone.
func (i *Install) call(op string, ctx context.Context, call func(*C.cdp_install, *findings) C.cdp_status) (C.cdp_status, error) {
	if i == nil || !i.busy.CompareAndSwap(false, true) {
		return 0, busyError(op)
	}
	c := (*C.cdp_install)(i.hold())
	if c == nil {
		i.busy.Store(false)
		return 0, closedError(op)
	}
	var calls callbackErrors
	if err := i.files.begin(op, &calls); err != nil {
		i.let()
		i.busy.Store(false)
		return 0, err
	}
	i.slot.install, i.slot.calls, i.slot.ctx = i, &calls, ctx
	found := newFindings(nil)
	returned := false
	defer func() {
		if !returned {
			return
		}
		i.slot.install, i.slot.calls, i.slot.ctx = nil, nil, nil
		i.files.end()
		found.free()
		i.let()
		i.busy.Store(false)
	}()
	status := call(c, found)
	returned = true
	if calls.panicked {
		calls.rethrow()
	}
	if status >= 0 {
		return status, nil
	}
	err := found.fail(op, status).(*Error)
	err.Err = calls.of(status)
	return status, err
}

// Step does one small piece of work: at most one file is copied, one directory listed. It returns
// true when it is committed, or undone after an error: that error came out of an earlier Step, after
// which Step is called on until it returns true.
func (i *Install) Step() (bool, error) {
	status, err := i.call("carry out an install", context.Background(), func(c *C.cdp_install, _ *findings) C.cdp_status {
		return C.cdp_install_step(c)
	})
	return err == nil && status == C.CDP_OK, err
}

// Apply does all of it. On an error, and when the context is cancelled, everything is undone before
// it returns, as far as that works; State tells.
func (i *Install) Apply(ctx context.Context) error {
	const op = "carry out an install"
	if err := ctx.Err(); err != nil {
		return &Error{Op: op, Status: ErrCancelled, Err: err}
	}
	_, err := i.call(op, ctx, func(c *C.cdp_install, found *findings) C.cdp_status {
		return C.cdp_install_apply(c, found.list)
	})
	return err
}

// Keep lets go of the old files and ends the install; only when it is committed.
func (i *Install) Keep() error {
	_, err := i.call("keep an install", context.Background(), func(c *C.cdp_install, found *findings) C.cdp_status {
		return C.cdp_install_keep(c, found.list)
	})
	return err
}

// Revert puts the old tree back; only when it is committed.
func (i *Install) Revert() error {
	_, err := i.call("revert an install", context.Background(), func(c *C.cdp_install, found *findings) C.cdp_status {
		return C.cdp_install_revert(c, found.list)
	})
	return err
}

// State tells where the install stands; InstallStateReady for a closed one.
func (i *Install) State() InstallState {
	return i.Progress().State
}

// Progress tells how far it is. From within a callback it is zero.
func (i *Install) Progress() InstallProgress {
	if i == nil || !i.busy.CompareAndSwap(false, true) {
		return InstallProgress{}
	}
	defer i.busy.Store(false)
	c := (*C.cdp_install)(i.hold())
	if c == nil {
		return InstallProgress{}
	}
	defer i.let()
	progress := C.cdp_install_progress{size: C.sizeof_cdp_install_progress}
	C.cdp_install_progress_of(c, &progress)
	progress.state = C.cdp_install_state_of(c)
	return goInstallProgress(&progress)
}

// RecoverInstall finishes or undoes what a crash left of a group's install; choice is for one that was
// committed but neither kept nor reverted. Diagnostics tells what was done.
func RecoverInstall(files FileSystem, group string, choice InstallChoice) (InstallOutcome, Diagnostics, error) {
	const op = "recover an install"
	if files == nil {
		return 0, nil, &Error{Op: op, Status: ErrArgument}
	}
	var memory arena
	defer memory.free()
	lent, callbacks := lendFiles(files, &memory)
	defer lent.closer()()
	var calls callbackErrors
	if err := lent.begin(op, &calls); err != nil {
		return 0, nil, err
	}
	defer lent.end()
	found := newFindings(nil)
	defer found.free()
	var outcome C.cdp_install_outcome
	status := C.cdp_install_recover(nil, callbacks, memory.str(group), C.cdp_install_choice(choice), found.list, &outcome)
	calls.rethrow()
	if status != C.CDP_OK {
		err := found.fail(op, status).(*Error)
		err.Err = calls.of(status)
		return 0, nil, err
	}
	done, _ := found.take()
	return InstallOutcome(outcome), done, nil
}
