// SPDX-License-Identifier: MIT

package codedeploy

import (
	"runtime"
	"runtime/cgo"
	"sync"
	"sync/atomic"
	"unsafe"
)

// owned counts what this package holds of C's, and what C holds of Go's. The tests want it to be back at
// nothing when all is closed or collected.
var owned atomic.Int64

// resource is an object of the C library. It is freed when nobody holds it any more: neither the Go
// object that it was made for, nor a call that is under way, nor another object that needs it.
type resource struct {
	refs    atomic.Int64
	pointer unsafe.Pointer
	free    func(unsafe.Pointer) // nil: part of another object or of the library
	needs   []*resource          // held as long as this one lives
}

// newResource is held by whoever calls it.
func newResource(pointer unsafe.Pointer, free func(unsafe.Pointer), needs ...*resource) *resource {
	r := &resource{pointer: pointer, free: free, needs: needs}
	r.refs.Store(1)
	if free != nil {
		owned.Add(1)
	}
	for _, need := range needs {
		need.retain()
	}
	return r
}

func (r *resource) retain() bool {
	for {
		n := r.refs.Load()
		if n <= 0 {
			return false
		}
		if r.refs.CompareAndSwap(n, n+1) {
			return true
		}
	}
}

func (r *resource) release() {
	if r.refs.Add(-1) != 0 {
		return
	}
	if r.free != nil {
		r.free(r.pointer)
		owned.Add(-1)
	}
	for _, need := range r.needs {
		need.release()
	}
}

// object is what every Go object that stands for one of C's embeds. Its methods may be called from
// many goroutines.
type object struct {
	resource *resource
	tie      *tie
	closed   atomic.Bool
	static   bool
}

// tie has the finalizer of an object. The object itself may be part of a circle, through what a program
// has given it (a callback that uses it), and what is part of a circle is never finalized.
type tie struct {
	resource *resource
}

// own gives the object its C object, which free frees; free must not lead to what a program has given,
// because the object might be part of it. The objects that the C object points to have
// to be held by the caller; they are held until it is freed.
func (o *object) own(pointer unsafe.Pointer, free func(unsafe.Pointer), needs ...*resource) {
	o.resource = newResource(pointer, free, needs...)
	o.tie = &tie{o.resource}
	if free != nil || len(needs) > 0 {
		runtime.SetFinalizer(o.tie, func(t *tie) { t.resource.release() })
	}
}

// ownStatic gives the object a C object that is part of the library and lives for ever.
func (o *object) ownStatic(pointer unsafe.Pointer) {
	o.own(pointer, nil)
	o.static = true
}

// hold keeps the C object alive until let is called; nil when the object was closed or never made.
func (o *object) hold() unsafe.Pointer {
	if o == nil || o.resource == nil || o.closed.Load() || !o.resource.retain() {
		return nil
	}
	pointer := o.resource.pointer
	runtime.KeepAlive(o) // and its finalizer away until it is held
	return pointer
}

func (o *object) let() {
	o.resource.release()
}

// Close frees what the C library holds for the object, as soon as no call uses it any more and no
// other object needs it. Methods that are called afterwards return ErrClosed, or zero values where
// they return no error. Closing twice does nothing. An object that is never closed is freed when the
// garbage collector finds it. Close always returns nil.
func (o *object) Close() error {
	if o == nil || o.resource == nil || o.static || !o.closed.CompareAndSwap(false, true) {
		return nil
	}
	runtime.SetFinalizer(o.tie, nil)
	o.resource.release()
	return nil
}

// machine is an object that its calls change. Calls from several goroutines wait for one another.
type machine struct {
	object
	mutex    sync.Mutex
	findings *findings
}

// ownMachine is own for a machine, which also keeps a list of findings for its refusals.
func (m *machine) ownMachine(pointer unsafe.Pointer, free func(unsafe.Pointer), needs ...*resource) {
	m.findings = newFindings(nil)
	m.own(pointer, free, append(needs, m.findings.resource())...)
	m.findings.resource().release() // only the machine holds it now
}

// enter waits for the machine; nil when it was closed.
func (m *machine) enter() unsafe.Pointer {
	if m == nil {
		return nil
	}
	m.mutex.Lock()
	if pointer := m.hold(); pointer != nil {
		return pointer
	}
	m.mutex.Unlock()
	return nil
}

func (m *machine) leave() {
	m.let()
	m.mutex.Unlock()
}

// newHandle lets C hold a value of Go's.
func newHandle(value any) cgo.Handle {
	owned.Add(1)
	return cgo.NewHandle(value)
}

func deleteHandle(handle cgo.Handle) {
	handle.Delete()
	owned.Add(-1)
}
