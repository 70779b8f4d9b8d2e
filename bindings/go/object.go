// SPDX-License-Identifier: MIT

package codedeploy

import (
	"runtime"
	"sync"
	"sync/atomic"
	"unsafe"
)

// resource is an object of the C library. It is freed when nobody holds it any more: neither the Go
// object that it was made for, nor a call that is under way, nor another object that needs it.
type resource struct {
	refs    atomic.Int64
	pointer unsafe.Pointer
	free    func(unsafe.Pointer) // nil: part of another object or of the library
	needs   []*resource          // held as long as this one lives
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
	}
	for _, need := range r.needs {
		need.release()
	}
}

// object is what every Go object that stands for one of C's embeds. Its methods may be called from
// many goroutines.
type object struct {
	resource *resource
	closed   atomic.Bool
	static   bool
}

// own gives the object its C object, which it frees. The objects that the C object points to have
// to be held by the caller; they are held until it is freed.
func (o *object) own(pointer unsafe.Pointer, free func(unsafe.Pointer), needs ...*resource) {
	o.resource = &resource{pointer: pointer, free: free, needs: needs}
	o.resource.refs.Store(1)
	for _, need := range needs {
		need.retain()
	}
	if free != nil || len(needs) > 0 {
		runtime.SetFinalizer(o, (*object).finish)
	}
}

// ownStatic gives the object a C object that is part of the library and lives for ever.
func (o *object) ownStatic(pointer unsafe.Pointer) {
	o.own(pointer, nil)
	o.static = true
}

// finish runs as the finalizer of an object that was never closed.
func (o *object) finish() {
	if o.closed.CompareAndSwap(false, true) {
		o.resource.release()
	}
}

// hold keeps the C object alive until let is called; nil when the object was closed or never made.
func (o *object) hold() unsafe.Pointer {
	if o == nil || o.resource == nil || o.closed.Load() || !o.resource.retain() {
		return nil
	}
	return o.resource.pointer
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
	runtime.SetFinalizer(o, nil)
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
