// SPDX-License-Identifier: MIT

package codedeploy

// #include "shim.h"
import "C"

import (
	"errors"
	"io"
	"io/fs"
	"runtime/cgo"
	"unsafe"
)

// bundleCalls answers C's questions about a revision.
type bundleCalls struct {
	*callbackErrors
	fsys fs.FS
}

func bundleStruct(memory *arena, handle cgo.Handle) *C.cdp_appspec_bundle {
	bundle := (*C.cdp_appspec_bundle)(memory.alloc(C.sizeof_cdp_appspec_bundle))
	C.cdpgo_bundle(bundle, C.uintptr_t(handle))
	return bundle
}

func bundlePath(path C.cdp_string) string {
	if path.length == 0 {
		return "."
	}
	return goString(path)
}

//export cdpgoBundleLook
func cdpgoBundleLook(path C.cdp_string, entry *C.cdp_appspec_entry, handle C.uintptr_t) (status C.cdp_status) {
	calls := cgo.Handle(handle).Value().(*bundleCalls)
	finished := false
	defer calls.guard(&finished, &status)
	info, err := fs.Stat(calls.fsys, bundlePath(path))
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrInvalid):
		entry.kind = C.CDP_APPSPEC_ENTRY_MISSING
	case err != nil:
		status = calls.status(err)
	case info.IsDir():
		entry.kind = C.CDP_APPSPEC_ENTRY_DIRECTORY
	case info.Mode().IsRegular():
		entry.kind = C.CDP_APPSPEC_ENTRY_FILE
		entry.executable = cInt(info.Mode()&0o111 != 0)
	default:
		entry.kind = C.CDP_APPSPEC_ENTRY_OTHER
	}
	finished = true
	return status
}

//export cdpgoBundleReadHead
func cdpgoBundleReadHead(path C.cdp_string, buffer *C.char, capacity C.size_t, length *C.size_t, handle C.uintptr_t) (status C.cdp_status) {
	calls := cgo.Handle(handle).Value().(*bundleCalls)
	finished := false
	defer calls.guard(&finished, &status)
	n, err := readHead(calls.fsys, bundlePath(path), unsafe.Slice((*byte)(unsafe.Pointer(buffer)), int(capacity)))
	*length = C.size_t(n)
	status = calls.status(err)
	finished = true
	return status
}

func readHead(fsys fs.FS, name string, buffer []byte) (int, error) {
	file, err := fsys.Open(name)
	if err != nil {
		return 0, err
	}
	defer file.Close()
	n, err := io.ReadFull(file, buffer)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	return n, err
}
