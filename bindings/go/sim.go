// SPDX-License-Identifier: MIT

//go:build !codedeploy_no_sim

package codedeploy

// #include <codedeploy-sim/filesystem.h>
import "C"

import (
	"reflect"
	"unsafe"
)

// SimFileSystem is a file system in memory, for tests. It is a FileSystem, with errors at chosen
// calls, and a crash that loses what was not yet durable. Embed it to change single methods:
//
//	type watched struct{ *codedeploy.SimFileSystem }
//	func (w watched) RemoveFile(root codedeploy.FileRoot, path string) error { ... }
type SimFileSystem struct {
	nativeFiles
}

var _ FileSystem = (*SimFileSystem)(nil)

// NewSimFileSystem makes a file system whose three roots are empty directories.
func NewSimFileSystem() (*SimFileSystem, error) {
	const op = "make a simulated file system"
	sim := &SimFileSystem{}
	var made *C.cdp_sim_fs
	if status := C.cdp_sim_fs_new(nil, &made); status != C.CDP_OK {
		return nil, failure(op, status)
	}
	sim.kind = reflect.TypeOf(sim)
	callbacks, held := newCallbacks()
	defer held.release()
	sim.callbacks = callbacks
	sim.ownMachine(unsafe.Pointer(made), func(pointer unsafe.Pointer) {
		C.cdp_sim_fs_free((*C.cdp_sim_fs)(pointer))
	}, held)
	return sim, failure(op, C.cdp_sim_fs_callbacks(made, callbacks))
}

// with runs one call of C's.
func (s *SimFileSystem) with(op, path string, call func(sim *C.cdp_sim_fs) C.cdp_status) error {
	if s.lent.Load() {
		return busyError(op)
	}
	p := (*C.cdp_sim_fs)(s.enter())
	if p == nil {
		return closedError(op)
	}
	defer s.leave()
	if status := call(p); status != C.CDP_OK {
		return &Error{Op: op, Subject: path, Status: Status(status)}
	}
	return nil
}

// PutDirectory lays out a directory, with what is missing on the way, durable at once.
func (s *SimFileSystem) PutDirectory(root FileRoot, path string, mode uint32) error {
	return s.with("lay out the directory", path, func(sim *C.cdp_sim_fs) C.cdp_status {
		return C.cdp_sim_fs_put_directory(sim, C.cdp_fs_root(root), nameString(path), C.uint32_t(mode))
	})
}

// PutFile lays out a file, with what is missing on the way, durable at once.
func (s *SimFileSystem) PutFile(root FileRoot, path string, mode uint32, content string) error {
	return s.with("lay out the file", path, func(sim *C.cdp_sim_fs) C.cdp_status {
		return C.cdp_sim_fs_put_file(sim, C.cdp_fs_root(root), nameString(path), C.uint32_t(mode), nameString(content))
	})
}

// PutSymlink lays out a symbolic link, with what is missing on the way, durable at once.
func (s *SimFileSystem) PutSymlink(root FileRoot, path, target string) error {
	return s.with("lay out the link", path, func(sim *C.cdp_sim_fs) C.cdp_status {
		return C.cdp_sim_fs_put_symlink(sim, C.cdp_fs_root(root), nameString(path), nameString(target))
	})
}

// PutOther lays out a device, FIFO or socket.
func (s *SimFileSystem) PutOther(root FileRoot, path string, mode uint32) error {
	return s.with("lay out the device", path, func(sim *C.cdp_sim_fs) C.cdp_status {
		return C.cdp_sim_fs_put_other(sim, C.cdp_fs_root(root), nameString(path), C.uint32_t(mode))
	})
}

// SetDevice puts a directory, and what is made below it from now on, onto another device.
func (s *SimFileSystem) SetDevice(root FileRoot, path string, device uint64) error {
	return s.with("set the device of", path, func(sim *C.cdp_sim_fs) C.cdp_status {
		return C.cdp_sim_fs_set_device(sim, C.cdp_fs_root(root), nameString(path), C.uint64_t(device))
	})
}

// SetLacks says what the file system cannot do, added up.
func (s *SimFileSystem) SetLacks(lacks SimLack) error {
	return s.with("set what is lacking", "", func(sim *C.cdp_sim_fs) C.cdp_status {
		C.cdp_sim_fs_set_lacks(sim, C.uint32_t(lacks))
		return C.CDP_OK
	})
}

// SetCapacity says how many bytes of file content there is room for.
func (s *SimFileSystem) SetCapacity(bytes uint64) error {
	return s.with("set the capacity", "", func(sim *C.cdp_sim_fs) C.cdp_status {
		C.cdp_sim_fs_set_capacity(sim, C.uint64_t(bytes))
		return C.CDP_OK
	})
}

// Describe gives a picture of a root: a line for each path in byte order, such as
// `/srv/a file 0644 root:root "content"`. Two equal pictures are two equal trees.
func (s *SimFileSystem) Describe(root FileRoot) (string, error) {
	const op = "describe a file system"
	picture, err := s.text(op, "/", func(_ *C.cdp_fs, text *C.cdp_text) C.cdp_status {
		return C.cdp_sim_fs_describe((*C.cdp_sim_fs)(s.resource.pointer), C.cdp_fs_root(root), text)
	})
	return string(picture), err
}

// SimFault is an error at a chosen call.
type SimFault struct {
	// At is which call fails, counted from 1; 0: none.
	At uint64
	// Status is what it answers.
	Status Status
	// Persistent lets every later call fail as well.
	Persistent bool
	// OnlyChanges counts, and fails, only calls that change something.
	OnlyChanges bool
}

func (f *SimFault) c() C.cdp_sim_fault {
	return C.cdp_sim_fault{
		size: C.sizeof_cdp_sim_fault, at: C.uint64_t(f.At), status: C.cdp_status(f.Status),
		persistent: cInt(f.Persistent), only_changes: cInt(f.OnlyChanges),
	}
}

// SetFault sets the fault and begins to count anew; the zero SimFault clears it.
func (s *SimFileSystem) SetFault(fault SimFault) error {
	return s.with("set a fault", "", func(sim *C.cdp_sim_fs) C.cdp_status {
		c := fault.c()
		return C.cdp_sim_fs_set_fault(sim, &c)
	})
}

// Calls counts the calls since the fault was last set: all of them, or those that change something.
func (s *SimFileSystem) Calls(onlyChanges bool) uint64 {
	var count C.uint64_t
	_ = s.with("count calls", "", func(sim *C.cdp_sim_fs) C.cdp_status {
		count = C.cdp_sim_fs_call_count(sim, cInt(onlyChanges))
		return C.CDP_OK
	})
	return uint64(count)
}

// BeginVolatile makes changes volatile until a sync, from now on.
func (s *SimFileSystem) BeginVolatile() error {
	return s.with("make a file system volatile", "", func(sim *C.cdp_sim_fs) C.cdp_status {
		return C.cdp_sim_fs_begin_volatile(sim)
	})
}

// Crash leaves of the tree what is left after the loss. Only after BeginVolatile.
func (s *SimFileSystem) Crash(loss SimLoss, seed uint64) error {
	return s.with("crash", "", func(sim *C.cdp_sim_fs) C.cdp_status {
		return C.cdp_sim_fs_crash(sim, C.cdp_sim_loss(loss), C.uint64_t(seed))
	})
}
