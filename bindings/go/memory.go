// SPDX-License-Identifier: MIT

package codedeploy

// #include <stdlib.h>
// #include "shim.h"
import "C"

import (
	"math"
	"time"
	"unsafe"
)

// Never is the deadline of something that nothing but an input brings about.
const Never = time.Duration(math.MaxInt64)

// Times are milliseconds in C, on the host's own axis, and durations since its origin here.
func toMS(d time.Duration) C.int64_t {
	if d == Never {
		return math.MaxInt64
	}
	return C.int64_t(d / time.Millisecond)
}

func fromMS(ms C.int64_t) time.Duration {
	if ms > C.int64_t(Never/time.Millisecond) {
		return Never
	}
	if ms < C.int64_t(math.MinInt64/time.Millisecond) {
		return math.MinInt64
	}
	return time.Duration(ms) * time.Millisecond
}

func goString(s C.cdp_string) string {
	return C.GoStringN(s.data, C.int(s.length))
}

func goBytes(s C.cdp_string) []byte {
	return C.GoBytes(unsafe.Pointer(s.data), C.int(s.length))
}

// nameBytes is for arguments that C reads during the call only. A NUL follows, as C expects.
func nameBytes(text []byte) C.cdp_string {
	buffer := make([]byte, len(text)+1)
	copy(buffer, text)
	return C.cdp_string{data: (*C.char)(unsafe.Pointer(&buffer[0])), length: C.size_t(len(text))}
}

func nameString(text string) C.cdp_string {
	buffer := make([]byte, len(text)+1)
	copy(buffer, text)
	return C.cdp_string{data: (*C.char)(unsafe.Pointer(&buffer[0])), length: C.size_t(len(text))}
}

// optionalString is nameString, but an empty text is an absent one.
func optionalString(text string) C.cdp_string {
	if text == "" {
		return C.cdp_string{}
	}
	return nameString(text)
}

// input gives C a look at bytes, for the time of the call; never NULL.
func input(bytes []byte) (*C.char, C.size_t) {
	if len(bytes) == 0 {
		bytes = []byte{0}[:1]
		return (*C.char)(unsafe.Pointer(&bytes[0])), 0
	}
	return (*C.char)(unsafe.Pointer(&bytes[0])), C.size_t(len(bytes))
}

// nameText is the common part of MarshalText.
func nameText(zero bool, name string, read func([]byte) error) ([]byte, error) {
	if err := read([]byte(name)); err != nil {
		if zero {
			return nil, nil
		}
		return nil, &Error{Op: "name a value", Status: ErrArgument}
	}
	return []byte(name), nil
}

func cInt(b bool) C.int {
	if b {
		return 1
	}
	return 0
}

// limited keeps what does not fit into C's type at its ends.
func limited(n int) C.uint32_t {
	if n < 0 {
		return 0
	}
	if int64(n) > math.MaxUint32 {
		return math.MaxUint32
	}
	return C.uint32_t(n)
}

// arena is memory of C's for structs that point to other things, which Go memory that C sees must
// not. Everything in it is freed at once.
type arena struct {
	blocks []unsafe.Pointer
	next   unsafe.Pointer
	left   uintptr
}

const arenaBlock = 2048

// alloc gives zeroed memory.
func (a *arena) alloc(bytes uintptr) unsafe.Pointer {
	bytes = (bytes + 15) &^ 15
	if bytes > a.left {
		size := uintptr(arenaBlock)
		if bytes > size {
			size = bytes
		}
		a.next = C.calloc(1, C.size_t(size))
		if a.next == nil {
			panic("codedeploy: out of memory")
		}
		owned.Add(1)
		a.left = size
		a.blocks = append(a.blocks, a.next)
	}
	given := a.next
	a.next = unsafe.Add(a.next, bytes)
	a.left -= bytes
	return given
}

func (a *arena) free() {
	for _, block := range a.blocks {
		C.free(block)
	}
	owned.Add(-int64(len(a.blocks)))
	*a = arena{}
}

// text copies a text, which is there even when it is empty.
func (a *arena) text(s string) C.cdp_string {
	data := a.alloc(uintptr(len(s)) + 1)
	copy(unsafe.Slice((*byte)(data), len(s)), s)
	return C.cdp_string{data: (*C.char)(data), length: C.size_t(len(s))}
}

// str copies a text; an empty one is absent.
func (a *arena) str(s string) C.cdp_string {
	if s == "" {
		return C.cdp_string{}
	}
	return a.text(s)
}

// strs copies a list; an empty one is NULL.
func (a *arena) strs(list []string) (*C.cdp_string, C.size_t) {
	if len(list) == 0 {
		return nil, 0
	}
	first := (*C.cdp_string)(a.alloc(unsafe.Sizeof(C.cdp_string{}) * uintptr(len(list))))
	strings := unsafe.Slice(first, len(list))
	for i, s := range list {
		strings[i] = a.text(s)
	}
	return first, C.size_t(len(list))
}

// Limits bounds what an input may cost. A field that is zero stands for its default.
type Limits struct {
	// InputBytes bounds one document; by default 1 MiB.
	InputBytes int
	// ScalarBytes bounds one string, number or key; by default 256 KiB.
	ScalarBytes int
	// Depth bounds how deep sequences, mappings and elements nest; by default 128.
	Depth int
	// Nodes bounds the nodes of one document; by default 500,000.
	Nodes int
	// Diagnostics bounds the findings that are kept; by default 1,000.
	Diagnostics int
}

// DefaultLimits tells the library's defaults.
func DefaultLimits() Limits {
	limits := C.cdp_limits{size: C.sizeof_cdp_limits}
	C.cdp_limits_default(&limits)
	return Limits{
		InputBytes:  int(limits.input_bytes),
		ScalarBytes: int(limits.scalar_bytes),
		Depth:       int(limits.depth),
		Nodes:       int(limits.nodes),
		Diagnostics: int(limits.diagnostics),
	}
}

// fill writes the limits where C reads them; nil leaves the defaults.
func (l *Limits) c() C.cdp_limits {
	limits := C.cdp_limits{size: C.sizeof_cdp_limits}
	if l != nil {
		limits.input_bytes = C.size_t(l.InputBytes)
		limits.scalar_bytes = C.size_t(l.ScalarBytes)
		limits.depth = limited(l.Depth)
		limits.nodes = limited(l.Nodes)
		limits.diagnostics = limited(l.Diagnostics)
	}
	return limits
}

func (a *arena) limits(l *Limits) *C.cdp_limits {
	if l == nil {
		return nil
	}
	limits := (*C.cdp_limits)(a.alloc(C.sizeof_cdp_limits))
	*limits = l.c()
	return limits
}

// written runs a function that appends to a text of C's, and gives what it has written.
func written(op string, write func(text *C.cdp_text) C.cdp_status) ([]byte, error) {
	var text *C.cdp_text
	if status := C.cdp_text_new(nil, &text); status != C.CDP_OK {
		return nil, failure(op, status)
	}
	defer C.cdp_text_free(text)
	if status := write(text); status != C.CDP_OK {
		return nil, failure(op, status)
	}
	return goBytes(C.cdp_text_string(text)), nil
}
