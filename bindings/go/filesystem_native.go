// SPDX-License-Identifier: MIT

package codedeploy

// #include <stdlib.h>
// #include "shim.h"
import "C"

import (
	"reflect"
	"runtime/cgo"
	"sync/atomic"
	"time"
	"unsafe"
)

// nativeFiles is a file system of C's: of libcodedeploy-sim and libcodedeploy-posix. It is a
// FileSystem in Go, too, so that a program can use it, or embed it and change single methods.
// Calls from several goroutines wait for one another; while an install uses it, they return ErrBusy.
type nativeFiles struct {
	machine
	callbacks *C.cdp_fs    // C's memory
	kind      reflect.Type // of the Go object that embeds it
	lent      atomic.Bool
}

// newCallbacks makes room for callbacks, which a resource frees.
func newCallbacks() (*C.cdp_fs, *resource) {
	callbacks := (*C.cdp_fs)(C.calloc(1, C.sizeof_cdp_fs))
	if callbacks == nil {
		panic("codedeploy: out of memory")
	}
	callbacks.size = C.sizeof_cdp_fs
	return callbacks, newResource(unsafe.Pointer(callbacks), func(pointer unsafe.Pointer) { C.free(pointer) })
}

func (n *nativeFiles) nativeFS() *nativeFiles {
	return n
}

// lend keeps others out, while C uses the callbacks.
func (n *nativeFiles) lend(op string) error {
	if n.lent.Load() {
		return busyError(op)
	}
	if n.enter() == nil {
		return closedError(op)
	}
	n.lent.Store(true)
	return nil
}

func (n *nativeFiles) unlend() {
	n.lent.Store(false)
	n.leave()
}

// do makes one call.
func (n *nativeFiles) do(op, path string, call func(fs *C.cdp_fs) C.cdp_status) error {
	if n.lent.Load() {
		return busyError(op)
	}
	if n.enter() == nil {
		return closedError(op)
	}
	defer n.leave()
	status := call(n.callbacks)
	if status == C.CDP_OK {
		return nil
	}
	if status == C.CDP_PASSTHROUGH {
		status = C.CDP_ERR_UNSUPPORTED
	}
	err := &Error{Op: op, Subject: path, Status: Status(status)}
	var text *C.cdp_text
	if C.cdp_text_new(nil, &text) == C.CDP_OK {
		if C.cdpgo_fs_describe_error(n.callbacks, status, text) == C.CDP_OK {
			err.Diagnostics = Diagnostics{{Severity: SeverityError, Message: goString(C.cdp_text_string(text))}}
		}
		C.cdp_text_free(text)
	}
	return err
}

// Info tells what is at a path.
func (n *nativeFiles) Info(root FileRoot, path string, follow bool) (FileInfo, error) {
	info := C.cdp_fs_info{size: C.sizeof_cdp_fs_info}
	err := n.do("look at", path, func(fs *C.cdp_fs) C.cdp_status {
		return C.cdpgo_fs_info(fs, C.cdp_fs_root(root), nameString(path), cInt(follow), &info)
	})
	if err != nil {
		return FileInfo{}, err
	}
	return FileInfo{
		Kind: FileKind(info.kind), Mode: uint32(info.mode), Bytes: uint64(info.bytes), Device: uint64(info.device),
		Inode: uint64(info.inode), Links: uint64(info.links),
		Modified: time.Unix(int64(info.modified_seconds), int64(info.modified_nanoseconds)),
		Owner:    uint32(info.owner), Group: uint32(info.group),
		Obstacles: FsObstacle(info.obstacles),
	}, nil
}

// List gives the names in a directory, sorted.
func (n *nativeFiles) List(root FileRoot, path string, wantBytes bool) ([]DirEntry, error) {
	var listing *C.cdp_fs_listing
	if status := C.cdp_fs_listing_new(nil, &listing); status != C.CDP_OK {
		return nil, failure("list", status)
	}
	defer C.cdp_fs_listing_free(listing)
	err := n.do("list", path, func(fs *C.cdp_fs) C.cdp_status {
		status := C.cdpgo_fs_list(fs, C.cdp_fs_root(root), nameString(path), cInt(wantBytes), listing)
		if status == C.CDP_OK {
			status = C.cdp_fs_listing_sort(listing)
		}
		return status
	})
	if err != nil {
		return nil, err
	}
	entries := make([]DirEntry, C.cdp_fs_listing_count(listing))
	for i := range entries {
		var name C.cdp_string
		var kind C.cdp_fs_kind
		var bytes C.uint64_t
		C.cdp_fs_listing_at(listing, C.size_t(i), &name, &kind, &bytes)
		entries[i] = DirEntry{goString(name), FileKind(kind), uint64(bytes)}
	}
	return entries, nil
}

// text runs a call that appends to a text.
func (n *nativeFiles) text(op, path string, call func(fs *C.cdp_fs, text *C.cdp_text) C.cdp_status) ([]byte, error) {
	var text *C.cdp_text
	if status := C.cdp_text_new(nil, &text); status != C.CDP_OK {
		return nil, failure(op, status)
	}
	defer C.cdp_text_free(text)
	if err := n.do(op, path, func(fs *C.cdp_fs) C.cdp_status { return call(fs, text) }); err != nil {
		return nil, err
	}
	return goBytes(C.cdp_text_string(text)), nil
}

// ReadLink gives a link's target.
func (n *nativeFiles) ReadLink(root FileRoot, path string) (string, error) {
	target, err := n.text("read the link", path, func(fs *C.cdp_fs, text *C.cdp_text) C.cdp_status {
		return C.cdpgo_fs_read_link(fs, C.cdp_fs_root(root), nameString(path), text)
	})
	return string(target), err
}

// ReadFile gives a regular file's content.
func (n *nativeFiles) ReadFile(root FileRoot, path string, limit uint64) ([]byte, error) {
	return n.text("read", path, func(fs *C.cdp_fs, text *C.cdp_text) C.cdp_status {
		return C.cdpgo_fs_read_file(fs, C.cdp_fs_root(root), nameString(path), C.uint64_t(limit), text)
	})
}

// MakeDirectory makes a directory.
func (n *nativeFiles) MakeDirectory(root FileRoot, path string, mode uint32) error {
	return n.do("make the directory", path, func(fs *C.cdp_fs) C.cdp_status {
		return C.cdpgo_fs_make_directory(fs, C.cdp_fs_root(root), nameString(path), C.uint32_t(mode))
	})
}

// movedCalls passes progress on to Go.
type movedCalls struct {
	callbackErrors
	moved func(uint64) error
}

//export cdpgoFsMoved
func cdpgoFsMoved(bytes C.uint64_t, handle C.uintptr_t) (status C.cdp_status) {
	m := cgo.Handle(handle).Value().(*movedCalls)
	finished := false
	defer m.guard(&finished, &status)
	status = m.status(m.moved(uint64(bytes)))
	finished = true
	return status
}

// CopyFile copies a regular file. Moved may be nil.
func (n *nativeFiles) CopyFile(fromRoot FileRoot, from string, toRoot FileRoot, to string, keep Keep, moved func(uint64) error) error {
	var memory arena
	defer memory.free()
	var progress *C.cdp_fs_progress
	calls := &movedCalls{moved: moved}
	if moved != nil {
		handle := newHandle(calls)
		defer deleteHandle(handle)
		progress = (*C.cdp_fs_progress)(memory.alloc(C.sizeof_cdp_fs_progress))
		C.cdpgo_fs_progress(progress, C.uintptr_t(handle))
	}
	var status C.cdp_status
	err := n.do("copy", from, func(fs *C.cdp_fs) C.cdp_status {
		status = C.cdpgo_fs_copy_file(fs, C.cdp_fs_root(fromRoot), nameString(from), C.cdp_fs_root(toRoot), nameString(to), C.uint32_t(keep), progress)
		return status
	})
	calls.rethrow()
	if own := calls.of(status); own != nil {
		return own
	}
	return err
}

// MakeSymlink makes a symbolic link.
func (n *nativeFiles) MakeSymlink(root FileRoot, path, target string) error {
	return n.do("make the link", path, func(fs *C.cdp_fs) C.cdp_status {
		return C.cdpgo_fs_make_symlink(fs, C.cdp_fs_root(root), nameString(path), nameString(target))
	})
}

// Rename renames within a root.
func (n *nativeFiles) Rename(root FileRoot, from, to string, replace bool) error {
	return n.do("rename", from, func(fs *C.cdp_fs) C.cdp_status {
		return C.cdpgo_fs_rename(fs, C.cdp_fs_root(root), nameString(from), nameString(to), cInt(replace))
	})
}

// HardLink gives the file a second name.
func (n *nativeFiles) HardLink(root FileRoot, from, to string) error {
	return n.do("link", from, func(fs *C.cdp_fs) C.cdp_status {
		return C.cdpgo_fs_hard_link(fs, C.cdp_fs_root(root), nameString(from), nameString(to))
	})
}

// RemoveFile removes anything but a directory.
func (n *nativeFiles) RemoveFile(root FileRoot, path string) error {
	return n.do("remove", path, func(fs *C.cdp_fs) C.cdp_status {
		return C.cdpgo_fs_remove_file(fs, C.cdp_fs_root(root), nameString(path))
	})
}

// RemoveDirectory removes an empty directory.
func (n *nativeFiles) RemoveDirectory(root FileRoot, path string) error {
	return n.do("remove", path, func(fs *C.cdp_fs) C.cdp_status {
		return C.cdpgo_fs_remove_directory(fs, C.cdp_fs_root(root), nameString(path))
	})
}

// SetMode sets the permission bits.
func (n *nativeFiles) SetMode(root FileRoot, path string, mode uint32) error {
	return n.do("set the mode of", path, func(fs *C.cdp_fs) C.cdp_status {
		return C.cdpgo_fs_set_mode(fs, C.cdp_fs_root(root), nameString(path), C.uint32_t(mode))
	})
}

// SetOwner sets owner and group by name; an empty one stays.
func (n *nativeFiles) SetOwner(root FileRoot, path, owner, group string) error {
	return n.do("set the owner of", path, func(fs *C.cdp_fs) C.cdp_status {
		return C.cdpgo_fs_set_owner(fs, C.cdp_fs_root(root), nameString(path), optionalString(owner), optionalString(group))
	})
}

// CheckOwner tells whether owner and group are known.
func (n *nativeFiles) CheckOwner(owner, group string) error {
	return n.do("find the owner", owner, func(fs *C.cdp_fs) C.cdp_status {
		return C.cdpgo_fs_check_owner(fs, optionalString(owner), optionalString(group))
	})
}

// SetACL replaces the whole access control list.
func (n *nativeFiles) SetACL(root FileRoot, path string, entries []string) error {
	var memory arena
	defer memory.free()
	list, count := memory.strs(entries)
	if list == nil {
		list = (*C.cdp_string)(memory.alloc(unsafe.Sizeof(C.cdp_string{})))
	}
	return n.do("set the ACL of", path, func(fs *C.cdp_fs) C.cdp_status {
		return C.cdpgo_fs_set_acl(fs, C.cdp_fs_root(root), nameString(path), list, count)
	})
}

// SetContext records and applies an SELinux context.
func (n *nativeFiles) SetContext(root FileRoot, path string, context SELinuxContext) error {
	var memory arena
	defer memory.free()
	c := (*C.cdp_fs_context)(memory.alloc(C.sizeof_cdp_fs_context))
	*c = C.cdp_fs_context{
		size: C.sizeof_cdp_fs_context, user: memory.str(context.User), _type: memory.text(context.Type), _range: memory.str(context.Range),
	}
	return n.do("set the context of", path, func(fs *C.cdp_fs) C.cdp_status {
		return C.cdpgo_fs_set_context(fs, C.cdp_fs_root(root), nameString(path), c)
	})
}

// RemoveContext removes the policy's record of a path.
func (n *nativeFiles) RemoveContext(root FileRoot, path string) error {
	return n.do("remove the context of", path, func(fs *C.cdp_fs) C.cdp_status {
		return C.cdpgo_fs_remove_context(fs, C.cdp_fs_root(root), nameString(path))
	})
}

// WriteFile writes a small file atomically and durably.
func (n *nativeFiles) WriteFile(root FileRoot, path string, content []byte) error {
	return n.do("write", path, func(fs *C.cdp_fs) C.cdp_status {
		return C.cdpgo_fs_write_file(fs, C.cdp_fs_root(root), nameString(path), nameBytes(content))
	})
}

// AppendFile adds bytes at the end of a file.
func (n *nativeFiles) AppendFile(root FileRoot, path string, content []byte) error {
	return n.do("append to", path, func(fs *C.cdp_fs) C.cdp_status {
		return C.cdpgo_fs_append_file(fs, C.cdp_fs_root(root), nameString(path), nameBytes(content))
	})
}

// SyncFile makes content and mode of a file durable.
func (n *nativeFiles) SyncFile(root FileRoot, path string) error {
	return n.do("sync", path, func(fs *C.cdp_fs) C.cdp_status {
		return C.cdpgo_fs_sync_file(fs, C.cdp_fs_root(root), nameString(path))
	})
}

// SyncDirectory makes the names in a directory durable.
func (n *nativeFiles) SyncDirectory(root FileRoot, path string) error {
	return n.do("sync", path, func(fs *C.cdp_fs) C.cdp_status {
		return C.cdpgo_fs_sync_directory(fs, C.cdp_fs_root(root), nameString(path))
	})
}

// SyncAll makes everything in a root durable.
func (n *nativeFiles) SyncAll(root FileRoot) error {
	return n.do("sync", "/", func(fs *C.cdp_fs) C.cdp_status {
		return C.cdpgo_fs_sync_all(fs, C.cdp_fs_root(root))
	})
}
