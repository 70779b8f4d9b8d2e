// SPDX-License-Identifier: MIT

package codedeploy

import (
	"context"
	"fmt"
	"time"
)

// Clock tells Run the time on the deployment's axis, and waits for it.
type Clock interface {
	// Now tells the time. It never runs backwards.
	Now() time.Duration
	// Wait returns at a time, or earlier: when wake is ready, or the context is done. Busy tells that the
	// host works on something.
	Wait(ctx context.Context, until time.Duration, busy bool, wake <-chan struct{})
}

// realClock is the machine's.
type realClock struct {
	start  time.Time
	offset time.Duration
}

// NewClock gives the machine's clock, which shows a time now and goes on from there.
func NewClock(now time.Duration) Clock {
	return &realClock{time.Now(), now}
}

func (c *realClock) Now() time.Duration {
	return c.offset + time.Since(c.start)
}

func (c *realClock) Wait(ctx context.Context, until time.Duration, _ bool, wake <-chan struct{}) {
	var due <-chan time.Time
	if until != Never {
		// Deadlines are whole milliseconds.
		timer := time.NewTimer(until - c.Now())
		defer timer.Stop()
		due = timer.C
	}
	select {
	case <-due:
	case <-wake:
	case <-ctx.Done():
	}
}

// VirtualClock is a clock for tests: it goes from one deadline to the next at once, and stands still
// while the host works on something.
type VirtualClock struct {
	now time.Duration
}

// NewVirtualClock gives a clock that shows a time.
func NewVirtualClock(now time.Duration) *VirtualClock {
	return &VirtualClock{now}
}

// Now tells the time. Like Wait, it is called by the goroutine of Run.
func (c *VirtualClock) Now() time.Duration {
	return c.now
}

// Wait lets the time come, unless the host works on something, or nothing is due.
func (c *VirtualClock) Wait(ctx context.Context, until time.Duration, busy bool, wake <-chan struct{}) {
	if busy || until == Never {
		select {
		case <-wake:
		case <-ctx.Done():
		}
	} else if until > c.now {
		c.now = until
	}
}

// RunOptions says how to run a deployment.
type RunOptions struct {
	// Clock is, when it is nil, the machine's: from DeploymentOptions.Epoch on where that is given, else
	// from 0 on, and never earlier than the deployment's last input.
	Clock Clock
}

// FailedDeployment says how a deployment ended that did not succeed.
type FailedDeployment struct {
	ID string
	// Status is DeploymentStatusFailed or DeploymentStatusStopped.
	Status  DeploymentStatus
	Code    ErrorCode
	Message string
	// Cause is the host's first error of this run; nil when it had none.
	Cause error
}

// Error gives what the deployment's record says.
func (f *FailedDeployment) Error() string {
	return fmt.Sprintf("%s %v (%v): %s", f.ID, f.Status, f.Code, f.Message)
}

// Unwrap gives the cause.
func (f *FailedDeployment) Unwrap() error {
	return f.Cause
}

// Run carries the deployment out to its end with a host; it starts one that is not started. It returns
// nil when the deployment succeeded. When it failed or was stopped, errors.As finds a
// *FailedDeployment, and errors.Is the host's error. Options may be nil.
//
// When the context is done, Run ends what Go has begun, waits until it has, and returns. The deployment
// stands where it stood: it can be stopped, written out, or run on, and actions that failed because
// they were ended are told again, with Repeated set.
func (d *Deployment) Run(ctx context.Context, host Host, options *RunOptions) error {
	const op = "run a deployment"
	if host == nil {
		return &Error{Op: op, Status: ErrArgument}
	}
	if err := d.begin(op, true); err != nil {
		return err
	}
	d.turn.Unlock()
	within, end := context.WithCancel(ctx)
	p := &performance{op: op, deployment: d, host: host, ctx: within}
	defer func() {
		end()
		d.stopDriving()
	}()
	if options != nil && options.Clock != nil {
		p.clock = options.Clock
	} else {
		p.clock = d.clock()
	}
	_, p.timed = p.clock.(*realClock)
	err := p.run()
	end()
	if rest := p.windUp(); err == nil {
		err = rest
	}
	if err == nil {
		err = p.verdict()
	}
	return err
}

func (d *Deployment) stopDriving() {
	d.turn.Lock()
	d.driving = false
	d.turn.Unlock()
}

// clock is the one of a Run that names none.
func (d *Deployment) clock() Clock {
	now := time.Duration(0)
	if !d.epoch.IsZero() {
		now = time.Since(d.epoch)
	}
	if last := d.Now(); last > now {
		now = last
	}
	return NewClock(now)
}

// run goes on until the deployment is over and the host has nothing more to say, or cannot go on.
func (p *performance) run() error {
	begin := Input{} // takes out what a deployment that was restored tells again
	if p.deployment.Status() == DeploymentStatusCreated {
		begin = StartInput()
	}
	if refusal, fatal := p.put(begin); refusal != nil || fatal != nil {
		return first(refusal, fatal)
	}
	for {
		if err := p.round(); err != nil {
			return err
		}
		if p.deployment.NextDeadline() <= p.clock.Now() {
			if refusal, fatal := p.put(Input{}); refusal != nil || fatal != nil {
				return first(refusal, fatal)
			}
			continue
		}
		if p.deployment.Over() && !p.expecting() {
			return nil
		}
		if p.deployment.get() == nil {
			return closedError(p.op)
		}
		p.deployment.leave()
		p.clock.Wait(p.ctx, p.deployment.NextDeadline(), p.busy(), p.deployment.inbox.wake)
	}
}

// Perform is one round of Run, for programs with an event loop of their own: it puts in what was posted
// and answered meanwhile, then each of the inputs (none: the time alone), and carries out every action
// that there is then, until nothing is left to do but to wait: for the time NextDeadline, or for Woken.
// What Go begins gets a context of ctx. The first refusal of an input comes back.
func (d *Deployment) Perform(ctx context.Context, host Host, now time.Duration, inputs ...Input) error {
	const op = "carry out actions"
	if host == nil {
		return &Error{Op: op, Status: ErrArgument}
	}
	if err := d.begin(op, true); err != nil {
		return err
	}
	d.turn.Unlock()
	defer d.stopDriving()
	p := &performance{op: op, deployment: d, host: host, ctx: ctx, clock: &VirtualClock{now}}
	err := p.round()
	if len(inputs) == 0 {
		inputs = []Input{{}}
	}
	var refused error
	for i := 0; err == nil && i < len(inputs); i++ {
		var refusal error
		refusal, err = p.put(inputs[i])
		refused = first(refused, refusal)
		if err == nil {
			err = p.round()
		}
	}
	return first(err, refused)
}

func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
