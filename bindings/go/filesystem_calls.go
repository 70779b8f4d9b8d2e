// SPDX-License-Identifier: MIT

package codedeploy

// #include "shim.h"
import "C"

import (
	"reflect"
	"runtime/cgo"
	"unsafe"
)

// fileCalls passes C's calls on to a FileSystem.
type fileCalls struct {
	*callbackErrors
	fs FileSystem
}

// lentFiles is a FileSystem that C may call, as long as an object of C's holds its callbacks. Between
// calls C's side leads nowhere, so that the FileSystem can be collected.
type lentFiles struct {
	fs     FileSystem
	native *nativeFiles // when it is C's own, which is called without a detour
	slot   *fileSlot
	handle cgo.Handle
}

type fileSlot struct {
	calls *fileCalls
}

// lendFiles makes C's struct of callbacks.
func lendFiles(fs FileSystem, memory *arena) (*lentFiles, *C.cdp_fs) {
	l := &lentFiles{fs: fs}
	c := (*C.cdp_fs)(memory.alloc(C.sizeof_cdp_fs))
	if native, ok := fs.(interface{ nativeFS() *nativeFiles }); ok && reflect.TypeOf(fs) == native.nativeFS().kind {
		l.native = native.nativeFS()
		*c = *l.native.callbacks
		return l, c
	}
	l.slot = &fileSlot{}
	l.handle = newHandle(l.slot)
	C.cdpgo_fs(c, C.uintptr_t(l.handle))
	return l, c
}

// needs is what has to live as long as C holds the callbacks.
func (l *lentFiles) needs() []*resource {
	if l.native != nil {
		return []*resource{l.native.resource}
	}
	return nil
}

// begin allows calls, until end.
func (l *lentFiles) begin(op string, calls *callbackErrors) error {
	if l.native == nil {
		l.slot.calls = &fileCalls{callbackErrors: calls, fs: l.fs}
		return nil
	}
	return l.native.lend(op)
}

func (l *lentFiles) end() {
	if l.native == nil {
		l.slot.calls = nil
		return
	}
	l.native.unlend()
}

// closer gives what is to be called when C holds the callbacks no more; it does not lead to the
// FileSystem.
func (l *lentFiles) closer() func() {
	if l.native != nil {
		return func() {}
	}
	handle := l.handle
	return func() { deleteHandle(handle) }
}

func fileCallsOf(handle C.uintptr_t) *fileCalls {
	return cgo.Handle(handle).Value().(*fileSlot).calls
}

// run is what all callbacks have in common. A passthrough is no error to remember.
func (f *fileCalls) run(call func() error) (status C.cdp_status) {
	finished := false
	defer f.guard(&finished, &status)
	err := call()
	if err == StatusPassthrough {
		status = C.CDP_PASSTHROUGH
	} else if status = f.status(err); status > 0 {
		status = C.CDP_ERR_HOST
	}
	finished = true
	return status
}

//export cdpgoFsInfo
func cdpgoFsInfo(root C.cdp_fs_root, path C.cdp_string, follow C.int, info *C.cdp_fs_info, handle C.uintptr_t) C.cdp_status {
	f := fileCallsOf(handle)
	return f.run(func() error {
		got, err := f.fs.Info(FileRoot(root), goString(path), follow != 0)
		if err != nil {
			return err
		}
		info.kind = C.cdp_fs_kind(got.Kind)
		info.mode = C.uint32_t(got.Mode)
		info.bytes = C.uint64_t(got.Bytes)
		info.device = C.uint64_t(got.Device)
		info.inode = C.uint64_t(got.Inode)
		info.links = C.uint64_t(got.Links)
		if !got.Modified.IsZero() {
			info.modified_seconds = C.int64_t(got.Modified.Unix())
			info.modified_nanoseconds = C.uint32_t(got.Modified.Nanosecond())
		}
		info.owner = C.uint32_t(got.Owner)
		info.group = C.uint32_t(got.Group)
		info.obstacles = C.uint32_t(got.Obstacles)
		return nil
	})
}

//export cdpgoFsList
func cdpgoFsList(root C.cdp_fs_root, path C.cdp_string, wantBytes C.int, listing *C.cdp_fs_listing, handle C.uintptr_t) C.cdp_status {
	f := fileCallsOf(handle)
	return f.run(func() error {
		entries, err := f.fs.List(FileRoot(root), goString(path), wantBytes != 0)
		if err != nil {
			return err
		}
		for _, entry := range entries {
			status := C.cdp_fs_listing_add(listing, nameString(entry.Name), C.cdp_fs_kind(entry.Kind), C.uint64_t(entry.Bytes))
			if status != C.CDP_OK {
				return &Error{Op: "list a directory", Subject: entry.Name, Status: Status(status)}
			}
		}
		return nil
	})
}

func appendTo(text *C.cdp_text, bytes []byte) error {
	data, length := input(bytes)
	return failure("append to a text", C.cdp_text_append(text, data, length))
}

//export cdpgoFsReadLink
func cdpgoFsReadLink(root C.cdp_fs_root, path C.cdp_string, target *C.cdp_text, handle C.uintptr_t) C.cdp_status {
	f := fileCallsOf(handle)
	return f.run(func() error {
		got, err := f.fs.ReadLink(FileRoot(root), goString(path))
		if err != nil {
			return err
		}
		return appendTo(target, []byte(got))
	})
}

//export cdpgoFsReadFile
func cdpgoFsReadFile(root C.cdp_fs_root, path C.cdp_string, limit C.uint64_t, content *C.cdp_text, handle C.uintptr_t) C.cdp_status {
	f := fileCallsOf(handle)
	return f.run(func() error {
		got, err := f.fs.ReadFile(FileRoot(root), goString(path), uint64(limit))
		if err != nil {
			return err
		}
		if uint64(len(got)) > uint64(limit) {
			return ErrLimit
		}
		return appendTo(content, got)
	})
}

//export cdpgoFsMakeDirectory
func cdpgoFsMakeDirectory(root C.cdp_fs_root, path C.cdp_string, mode C.uint32_t, handle C.uintptr_t) C.cdp_status {
	f := fileCallsOf(handle)
	return f.run(func() error { return f.fs.MakeDirectory(FileRoot(root), goString(path), uint32(mode)) })
}

//export cdpgoFsCopyFile
func cdpgoFsCopyFile(fromRoot C.cdp_fs_root, from C.cdp_string, toRoot C.cdp_fs_root, to C.cdp_string, keep C.uint32_t, progress *C.cdp_fs_progress, handle C.uintptr_t) C.cdp_status {
	f := fileCallsOf(handle)
	return f.run(func() error {
		moved := func(bytes uint64) error {
			if status := C.cdp_fs_progress_add(progress, C.uint64_t(bytes)); status != C.CDP_OK {
				return Status(status)
			}
			return nil
		}
		return f.fs.CopyFile(FileRoot(fromRoot), goString(from), FileRoot(toRoot), goString(to), Keep(keep), moved)
	})
}

//export cdpgoFsMakeSymlink
func cdpgoFsMakeSymlink(root C.cdp_fs_root, path, target C.cdp_string, handle C.uintptr_t) C.cdp_status {
	f := fileCallsOf(handle)
	return f.run(func() error { return f.fs.MakeSymlink(FileRoot(root), goString(path), goString(target)) })
}

//export cdpgoFsRename
func cdpgoFsRename(root C.cdp_fs_root, from, to C.cdp_string, replace C.int, handle C.uintptr_t) C.cdp_status {
	f := fileCallsOf(handle)
	return f.run(func() error { return f.fs.Rename(FileRoot(root), goString(from), goString(to), replace != 0) })
}

//export cdpgoFsHardLink
func cdpgoFsHardLink(root C.cdp_fs_root, from, to C.cdp_string, handle C.uintptr_t) C.cdp_status {
	f := fileCallsOf(handle)
	return f.run(func() error { return f.fs.HardLink(FileRoot(root), goString(from), goString(to)) })
}

//export cdpgoFsRemoveFile
func cdpgoFsRemoveFile(root C.cdp_fs_root, path C.cdp_string, handle C.uintptr_t) C.cdp_status {
	f := fileCallsOf(handle)
	return f.run(func() error { return f.fs.RemoveFile(FileRoot(root), goString(path)) })
}

//export cdpgoFsRemoveDirectory
func cdpgoFsRemoveDirectory(root C.cdp_fs_root, path C.cdp_string, handle C.uintptr_t) C.cdp_status {
	f := fileCallsOf(handle)
	return f.run(func() error { return f.fs.RemoveDirectory(FileRoot(root), goString(path)) })
}

//export cdpgoFsSetMode
func cdpgoFsSetMode(root C.cdp_fs_root, path C.cdp_string, mode C.uint32_t, handle C.uintptr_t) C.cdp_status {
	f := fileCallsOf(handle)
	return f.run(func() error { return f.fs.SetMode(FileRoot(root), goString(path), uint32(mode)) })
}

//export cdpgoFsSetOwner
func cdpgoFsSetOwner(root C.cdp_fs_root, path, owner, group C.cdp_string, handle C.uintptr_t) C.cdp_status {
	f := fileCallsOf(handle)
	return f.run(func() error {
		return f.fs.SetOwner(FileRoot(root), goString(path), goString(owner), goString(group))
	})
}

//export cdpgoFsCheckOwner
func cdpgoFsCheckOwner(owner, group C.cdp_string, handle C.uintptr_t) C.cdp_status {
	f := fileCallsOf(handle)
	return f.run(func() error { return f.fs.CheckOwner(goString(owner), goString(group)) })
}

//export cdpgoFsSetACL
func cdpgoFsSetACL(root C.cdp_fs_root, path C.cdp_string, entries *C.cdp_string, count C.size_t, handle C.uintptr_t) C.cdp_status {
	f := fileCallsOf(handle)
	return f.run(func() error {
		list := make([]string, count)
		for i, entry := range unsafe.Slice(entries, int(count)) {
			list[i] = goString(entry)
		}
		return f.fs.SetACL(FileRoot(root), goString(path), list)
	})
}

//export cdpgoFsSetContext
func cdpgoFsSetContext(root C.cdp_fs_root, path C.cdp_string, context *C.cdp_fs_context, handle C.uintptr_t) C.cdp_status {
	f := fileCallsOf(handle)
	return f.run(func() error {
		return f.fs.SetContext(FileRoot(root), goString(path),
			SELinuxContext{goString(context.user), goString(context._type), goString(context._range)})
	})
}

//export cdpgoFsRemoveContext
func cdpgoFsRemoveContext(root C.cdp_fs_root, path C.cdp_string, handle C.uintptr_t) C.cdp_status {
	f := fileCallsOf(handle)
	return f.run(func() error { return f.fs.RemoveContext(FileRoot(root), goString(path)) })
}

//export cdpgoFsWriteFile
func cdpgoFsWriteFile(root C.cdp_fs_root, path, content C.cdp_string, handle C.uintptr_t) C.cdp_status {
	f := fileCallsOf(handle)
	return f.run(func() error { return f.fs.WriteFile(FileRoot(root), goString(path), goBytes(content)) })
}

//export cdpgoFsAppendFile
func cdpgoFsAppendFile(root C.cdp_fs_root, path, content C.cdp_string, handle C.uintptr_t) C.cdp_status {
	f := fileCallsOf(handle)
	return f.run(func() error { return f.fs.AppendFile(FileRoot(root), goString(path), goBytes(content)) })
}

//export cdpgoFsSyncFile
func cdpgoFsSyncFile(root C.cdp_fs_root, path C.cdp_string, handle C.uintptr_t) C.cdp_status {
	f := fileCallsOf(handle)
	return f.run(func() error { return f.fs.SyncFile(FileRoot(root), goString(path)) })
}

//export cdpgoFsSyncDirectory
func cdpgoFsSyncDirectory(root C.cdp_fs_root, path C.cdp_string, handle C.uintptr_t) C.cdp_status {
	f := fileCallsOf(handle)
	return f.run(func() error { return f.fs.SyncDirectory(FileRoot(root), goString(path)) })
}

//export cdpgoFsSyncAll
func cdpgoFsSyncAll(root C.cdp_fs_root, handle C.uintptr_t) C.cdp_status {
	f := fileCallsOf(handle)
	return f.run(func() error { return f.fs.SyncAll(FileRoot(root)) })
}

//export cdpgoFsDescribeError
func cdpgoFsDescribeError(status C.cdp_status, message *C.cdp_text, handle C.uintptr_t) C.cdp_status {
	f := fileCallsOf(handle)
	if err := f.of(status); err != nil {
		if appendTo(message, []byte(err.Error())) != nil {
			return C.CDP_ERR_NOMEM
		}
		return C.CDP_OK
	}
	return C.CDP_PASSTHROUGH
}
