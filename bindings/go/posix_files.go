// SPDX-License-Identifier: MIT

//go:build linux && !codedeploy_no_posix

package codedeploy

// #include "shim_posix.h"
import "C"

import (
	"reflect"
	"unsafe"
)

// PosixFiles is a FileSystem on real files. Three directories are opened as roots, and nothing is
// read or changed outside of them.
type PosixFiles struct {
	nativeFiles
}

var _ FileSystem = (*PosixFiles)(nil)

// PosixFilesOptions says which directories are worked on.
type PosixFilesOptions struct {
	// Revision is the unpacked revision; empty: there is none.
	Revision string
	// Destination is the root of the destination; by default "/".
	Destination string
	// State is where records are kept; empty: there is no such place.
	State string
	Sync  SyncMode
	// Overlap lets copies of many small files overlap, in a second thread of C's.
	Overlap bool
}

// OpenPosixFiles opens the roots.
func OpenPosixFiles(options PosixFilesOptions) (*PosixFiles, error) {
	const op = "open the roots"
	var memory arena
	defer memory.free()
	c := (*C.cdp_posix_files_options)(memory.alloc(C.sizeof_cdp_posix_files_options))
	c.size = C.sizeof_cdp_posix_files_options
	c.revision = memory.str(options.Revision)
	c.destination = memory.str(options.Destination)
	c.state = memory.str(options.State)
	c.sync = C.cdp_posix_sync(options.Sync)
	c.overlap = cInt(options.Overlap)
	found := newFindings(nil)
	defer found.free()
	var made *C.cdp_posix_files
	if status := C.cdp_posix_files_new(c, found.list, &made); status != C.CDP_OK {
		return nil, found.fail(op, status)
	}
	files := &PosixFiles{}
	files.kind = reflect.TypeOf(files)
	callbacks, held := newCallbacks()
	defer held.release()
	files.callbacks = callbacks
	files.ownMachine(unsafe.Pointer(made), func(pointer unsafe.Pointer) {
		C.cdp_posix_files_free((*C.cdp_posix_files)(pointer))
	}, held)
	return files, failure(op, C.cdp_posix_files_callbacks(made, callbacks))
}
