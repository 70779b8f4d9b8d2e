// SPDX-License-Identifier: MIT

package codedeploy

import (
	"context"
	"errors"
)

// performance is one call of Run or Perform: actions out to the host, answers back in. It does what
// cdp_host_step() does in C; but actions are taken out after every input, so that a log of the inputs
// can be replayed, and a method of the host may do what it likes, because C is not on the stack then.
type performance struct {
	op         string
	deployment *Deployment
	host       Host
	ctx        context.Context
	clock      Clock
	timed      bool  // the context can be given the action's deadline
	cause      error // the host's first
}

// put puts an input in and tells of the changes. What keeps the performance from going on is fatal; a
// refusal is not.
func (p *performance) put(input Input) (refusal, fatal error) {
	d := p.deployment
	now := p.clock.Now()
	var batch Batch
	d.turn.Lock()
	refusal = d.put(p.op, now, &input, &batch)
	d.undone = append(d.undone, batch.Actions...)
	fatal = d.takeLogFailure()
	d.turn.Unlock()
	for _, change := range batch.Changes {
		p.host.Changed(p.ctx, d, change)
	}
	if fatal == nil && (errors.Is(refusal, errClosed) || errors.Is(refusal, ErrTime) || errors.Is(refusal, ErrNoMemory)) {
		return nil, refusal
	}
	return refusal, fatal
}

// round takes what is delivered and carries out actions until there is nothing left of either.
func (p *performance) round() error {
	for {
		if err := p.ctx.Err(); err != nil {
			return &Error{Op: p.op, Status: ErrCancelled, Err: err}
		}
		if item, ok := p.deployment.inbox.pop(); ok {
			if err := p.take(item); err != nil {
				return err
			}
		} else if action, ok := p.deployment.nextUndone(); ok {
			if err := p.perform(action); err != nil {
				return err
			}
		} else {
			p.endUnwanted()
			return nil
		}
	}
}

// endUnwanted ends what Go has begun and the deployment waits for no more: it need not ask for that,
// when it is over before.
func (p *performance) endUnwanted() {
	for token, pending := range p.deployment.waiting {
		if pending.end != nil && pending.action.NeedsAnswer && !p.deployment.isOpen(token) {
			pending.end()
		}
	}
}

// take takes one delivery.
func (p *performance) take(item delivery) error {
	pending := item.pending
	if pending == nil {
		refusal, fatal := p.put(item.input)
		if fatal != nil {
			refusal = fatal
		}
		item.refusal <- refusal
		return fatal
	}
	delete(p.deployment.waiting, pending.action.Token)
	if pending.cancel != 0 {
		if err := p.answer(pending.cancel, nil); err != nil {
			return err
		}
	}
	if item.panicked != nil {
		p.deployment.again(pending.action)
		panic(item.panicked)
	}
	if item.interrupted {
		p.deployment.again(pending.action)
		return nil
	}
	return p.finish(&pending.action, item.reply)
}

// nextUndone gives the oldest action that is still wanted; it stays among the undone.
func (d *Deployment) nextUndone() (Action, bool) {
	for len(d.undone) > 0 {
		action := d.undone[0]
		if !action.NeedsAnswer || d.isOpen(action.Token) {
			return action, true
		}
		if !action.Repeated {
			d.never[action.Token] = true
		}
		d.undone = d.undone[1:]
	}
	return Action{}, false
}

func (d *Deployment) isOpen(token uint64) bool {
	_, err := d.OpenAction(token)
	return err == nil
}

// again lets an action that was begun be told once more.
func (d *Deployment) again(action Action) {
	action.Repeated = true
	action.performance = nil
	d.undone = append(d.undone, action)
}

// perform carries out the first of the undone actions.
func (p *performance) perform(action Action) error {
	d := p.deployment
	reply, err := p.ask(action)
	if err != nil {
		return err
	}
	var pending *Pending
	begun := d.waiting[action.Cancels]
	switch {
	case reply.Err == nil:
	case errors.As(reply.Err, &pending):
		if pending.action.Token == action.Token && pending.action.deployment == d {
			d.waiting[action.Token] = pending
			return nil
		}
		reply.Err = errForeign
	case reply.Err == StatusPending:
		return nil
	case reply.Err == StatusPassthrough:
		if action.Kind == ActionCancel && begun != nil && begun.end != nil {
			begun.cancel = action.Token
			return nil
		}
	case p.ctx.Err() != nil:
		d.again(action)
		return nil
	}
	return p.finish(&action, reply)
}

var errForeign = errors.New("the host returned the Pending of another action")

// ask calls the host for the first of the undone, which is undone no more when the host returns.
func (p *performance) ask(action Action) (reply Reply, err error) {
	d := p.deployment
	if action.Kind == ActionCancel && d.never[action.Cancels] {
		delete(d.never, action.Cancels)
		d.undone = d.undone[1:]
		return Reply{}, nil
	}
	ctx := p.ctx
	if p.timed && action.NeedsAnswer && action.Deadline != Never {
		limited, end := context.WithTimeout(ctx, action.Deadline-p.clock.Now())
		defer end()
		ctx = limited
	}
	if action.Kind == ActionCancel {
		if begun := d.waiting[action.Cancels]; begun != nil && begun.end != nil {
			begun.end()
		}
	}
	d.undone[0].Repeated = true // should the host panic
	action.performance = p
	reply = ask(ctx, p.host, &action)
	d.undone = d.undone[1:]
	return reply, nil
}

// finish puts in what became of an action.
func (p *performance) finish(action *Action, reply Reply) error {
	switch action.Kind {
	case ActionRollBack:
		return p.rolledBack(reply)
	case ActionFollowUp:
		if reply.Err == nil && reply.ID != "" {
			_, fatal := p.put(FollowedInput(reply.ID))
			return fatal
		}
		return p.trouble(reply.Err)
	case ActionNotify, ActionSave, ActionAutoScaling:
		return p.trouble(reply.Err)
	case ActionPollAlarms:
		return p.alarms(action, reply)
	case ActionProvision:
		return p.provisioned(action, reply)
	case ActionCancel:
		if reply.Err == StatusPassthrough {
			reply.Err = nil
		}
	}
	return p.answer(action.Token, reply.Err)
}

// answer answers an action that is still open. A refusal has a good reason: the answer came too late.
func (p *performance) answer(token uint64, err error) error {
	if err != nil && err != StatusPassthrough && p.cause == nil {
		p.cause = err
	}
	if !p.deployment.isOpen(token) {
		return nil
	}
	_, fatal := p.put(AnswerInput(token, err))
	return fatal
}

func (p *performance) trouble(err error) error {
	if err == nil || err == StatusPassthrough {
		return nil
	}
	input := Input{Kind: InputTrouble}
	input.tell(err)
	_, fatal := p.put(input)
	return fatal
}

func (p *performance) rolledBack(reply Reply) error {
	input := RolledBackInput(reply.ID)
	if reply.Err == nil && reply.ID == "" {
		reply.Err = StatusPassthrough
	}
	if reply.Err != nil {
		input.Name = ""
		input.tell(reply.Err)
	}
	_, fatal := p.put(input)
	return fatal
}

func (p *performance) alarms(action *Action, reply Reply) error {
	if reply.Err == nil {
		for _, name := range alarmNames(p.deployment) {
			state, told := reply.Alarms[name]
			if !told {
				continue
			}
			if _, fatal := p.put(AlarmInput(name, state)); fatal != nil {
				return fatal
			}
			if !p.deployment.isOpen(action.Token) {
				return nil
			}
		}
	}
	return p.answer(action.Token, reply.Err)
}

func (p *performance) provisioned(action *Action, reply Reply) error {
	for _, instance := range reply.Instances {
		if reply.Err != nil {
			break
		}
		refusal, fatal := p.put(TargetInput(instance))
		if fatal != nil {
			return fatal
		}
		reply.Err = refusal
	}
	return p.answer(action.Token, reply.Err)
}

// expecting tells that what the host has begun will still be heard of.
func (p *performance) expecting() bool {
	for _, pending := range p.deployment.waiting {
		if pending.end != nil || pending.action.Kind == ActionRollBack || pending.action.Kind == ActionFollowUp {
			return true
		}
	}
	return false
}

// busy tells that something that Go has begun runs.
func (p *performance) busy() bool {
	for _, pending := range p.deployment.waiting {
		if pending.end != nil {
			return true
		}
	}
	return false
}

// windUp waits until what Go has begun has ended, and takes what it says.
func (p *performance) windUp() error {
	for _, pending := range p.deployment.waiting {
		if pending.end != nil {
			<-pending.finished
		}
	}
	for {
		item, ok := p.deployment.inbox.pop()
		if !ok {
			return nil
		}
		if err := p.take(item); err != nil {
			return err
		}
	}
}

// verdict tells how the deployment ended.
func (p *performance) verdict() error {
	info, err := p.deployment.Info()
	if err != nil {
		return err
	}
	failed := &FailedDeployment{info.ID, info.Status, info.ErrorCode, info.ErrorMessage, p.cause}
	switch info.Status {
	case DeploymentStatusFailed:
		return &Error{Op: p.op, Status: ErrHost, Err: failed}
	case DeploymentStatusStopped:
		return &Error{Op: p.op, Status: ErrCancelled, Err: failed}
	}
	return nil
}
