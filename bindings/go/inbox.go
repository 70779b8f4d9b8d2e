// SPDX-License-Identifier: MIT

package codedeploy

import "sync"

// delivery is what other goroutines have for the one that drives a deployment: an input, or the answer
// to an action.
type delivery struct {
	input   Input
	refusal chan<- error // of an input

	pending     *Pending
	reply       Reply
	panicked    any
	interrupted bool // it failed because Run came to its end
}

// inbox takes deliveries from any goroutine.
type inbox struct {
	mutex  sync.Mutex
	items  []delivery
	closed bool
	wake   chan struct{}
}

func (b *inbox) push(item delivery) bool {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	if b.closed || b.wake == nil {
		return false
	}
	b.items = append(b.items, item)
	select {
	case b.wake <- struct{}{}:
	default:
	}
	return true
}

// pop gives the oldest delivery.
func (b *inbox) pop() (delivery, bool) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	if len(b.items) == 0 {
		return delivery{}, false
	}
	item := b.items[0]
	b.items = b.items[1:]
	return item, true
}

// close refuses what is there, and everything from now on.
func (b *inbox) close() {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	b.closed = true
	for _, item := range b.items {
		if item.refusal != nil {
			item.refusal <- closedError("put an input in")
		}
	}
	b.items = nil
	if b.wake != nil {
		select {
		case b.wake <- struct{}{}:
		default:
		}
	}
}

// Post hands an input to the Run that is under way, or to the next Run or Perform: from any goroutine,
// and from within methods of the host. The channel gets nil when it was accepted, and the refusal
// otherwise; it need not be read.
func (d *Deployment) Post(input Input) <-chan error {
	refusal := make(chan error, 1)
	if d == nil || !d.inbox.push(delivery{input: input, refusal: refusal}) {
		refusal <- closedError("put an input in")
	}
	return refusal
}

// Woken is ready when there is something for Perform to take: an input that was posted, or an answer
// that came later. Run looks by itself.
func (d *Deployment) Woken() <-chan struct{} {
	if d == nil {
		return nil
	}
	return d.inbox.wake
}
