// SPDX-License-Identifier: MIT

package codedeploy

import (
	"context"
	"errors"
)

// Host carries out the actions of deployments. Embed BaseHost and write the methods that are needed.
//
// What a method returns becomes the action's answer: nil is done, an error is a failure, whose text,
// and what a *HostError in it knows, is told. An action that takes longer may be answered later, from
// any goroutine, so that the deployment goes on meanwhile:
//
//	func (h *host) RunHook(ctx context.Context, action *codedeploy.Action) error {
//		return action.Go(func(ctx context.Context) error { return h.script(ctx, action) })
//	}
//
// Go answers when the function returns, and ends its context when the deployment wants what was begun
// to be ended. Later gives the answer into the host's own hands. StatusPassthrough stands for a method
// that is not there.
//
// Methods are called one at a time, on the goroutine of Run or Perform. The context is done when that
// of Run is, and when the action's time is up. All methods of Deployment may be called from inside but
// Step, Replay, Perform and Run of the same deployment, which return ErrBusy. A panic comes out of Run
// or Perform; the action is told again by the next one.
type Host interface {
	// RunHook runs the scripts of an event on a target (Server), or invokes the function Hook (Lambda,
	// ECS).
	RunHook(ctx context.Context, action *Action) error
	// Download gets and unpacks the revision on a target.
	Download(ctx context.Context, action *Action) error
	// Install installs the revision's files on a target.
	Install(ctx context.Context, action *Action) error
	// BlockTraffic deregisters a target from the load balancer.
	BlockTraffic(ctx context.Context, action *Action) error
	// AllowTraffic registers a target, and waits until it is healthy there.
	AllowTraffic(ctx context.Context, action *Action) error
	// SetTraffic gives the replacement Weight and the original OriginalWeight percent of the traffic.
	SetTraffic(ctx context.Context, action *Action) error
	// SetTestTraffic does the same for the test listener.
	SetTestTraffic(ctx context.Context, action *Action) error
	// CreateTaskSet creates the replacement task set; done when its tasks are healthy.
	CreateTaskSet(ctx context.Context, action *Action) error
	// DeleteTaskSet removes a task set.
	DeleteTaskSet(ctx context.Context, action *Action) error
	// DeployTarget deploys to a target (WholeTargets).
	DeployTarget(ctx context.Context, action *Action) error
	// Provision makes the replacement instances, and tells them.
	Provision(ctx context.Context, action *Action) ([]RolloutInstance, error)
	// Terminate terminates an original instance.
	Terminate(ctx context.Context, action *Action) error
	// PollAlarms reads the states of alarms. Those that it does not tell cannot be read.
	PollAlarms(ctx context.Context, action *Action, names []string) (map[string]AlarmState, error)
	// Cancel ends what the action Cancels has begun; answered when nothing of it runs any more. What Go
	// has begun is ended without it.
	Cancel(ctx context.Context, action *Action) error
	// Notify tells a trigger's topic: DeploymentView.WriteNotification has the message. A failure is told
	// as a change (ChangeTrouble), as are those of Save and AnswerAutoScaling.
	Notify(ctx context.Context, action *Action) error
	// Save keeps a snapshot (Deployment.Snapshot).
	Save(ctx context.Context, action *Action) error
	// AnswerAutoScaling tells the Auto Scaling group AutoScalingAnswer.
	AnswerAutoScaling(ctx context.Context, action *Action) error
	// RollBack makes the deployment that rolls this one back (PlanRollback, NewRollback), and gives its
	// id. The host runs it.
	RollBack(ctx context.Context, action *Action) (string, error)
	// FollowUp makes a deployment for the instances that joined meanwhile (Rollout.Outdated), and gives
	// its id; empty when it makes none.
	FollowUp(ctx context.Context, action *Action) (string, error)
	// Changed is told of every change, in order.
	Changed(ctx context.Context, deployment *Deployment, change Change)
}

// BaseHost is a Host that can do nothing: what cannot be done was not done, and fails. There is nothing
// to end, nobody is told, nothing is kept, and no further deployment is made.
type BaseHost struct{}

var _ Host = BaseHost{}

// RunHook fails.
func (BaseHost) RunHook(context.Context, *Action) error { return StatusPassthrough }

// Download fails.
func (BaseHost) Download(context.Context, *Action) error { return StatusPassthrough }

// Install fails.
func (BaseHost) Install(context.Context, *Action) error { return StatusPassthrough }

// BlockTraffic fails.
func (BaseHost) BlockTraffic(context.Context, *Action) error { return StatusPassthrough }

// AllowTraffic fails.
func (BaseHost) AllowTraffic(context.Context, *Action) error { return StatusPassthrough }

// SetTraffic fails.
func (BaseHost) SetTraffic(context.Context, *Action) error { return StatusPassthrough }

// SetTestTraffic fails.
func (BaseHost) SetTestTraffic(context.Context, *Action) error { return StatusPassthrough }

// CreateTaskSet fails.
func (BaseHost) CreateTaskSet(context.Context, *Action) error { return StatusPassthrough }

// DeleteTaskSet fails.
func (BaseHost) DeleteTaskSet(context.Context, *Action) error { return StatusPassthrough }

// DeployTarget fails.
func (BaseHost) DeployTarget(context.Context, *Action) error { return StatusPassthrough }

// Provision fails.
func (BaseHost) Provision(context.Context, *Action) ([]RolloutInstance, error) {
	return nil, StatusPassthrough
}

// Terminate fails.
func (BaseHost) Terminate(context.Context, *Action) error { return StatusPassthrough }

// PollAlarms cannot read any.
func (BaseHost) PollAlarms(context.Context, *Action, []string) (map[string]AlarmState, error) {
	return nil, StatusPassthrough
}

// Cancel has nothing to end.
func (BaseHost) Cancel(context.Context, *Action) error { return StatusPassthrough }

// Notify tells nobody.
func (BaseHost) Notify(context.Context, *Action) error { return StatusPassthrough }

// Save keeps nothing.
func (BaseHost) Save(context.Context, *Action) error { return StatusPassthrough }

// AnswerAutoScaling tells nobody.
func (BaseHost) AnswerAutoScaling(context.Context, *Action) error { return StatusPassthrough }

// RollBack makes no deployment, and the records say so.
func (BaseHost) RollBack(context.Context, *Action) (string, error) { return "", StatusPassthrough }

// FollowUp makes no deployment.
func (BaseHost) FollowUp(context.Context, *Action) (string, error) { return "", StatusPassthrough }

// Changed does nothing.
func (BaseHost) Changed(context.Context, *Deployment, Change) {}

// Reply is all that a host may answer to an action.
type Reply struct {
	// Err is why it failed; nil when it is done.
	Err error
	// ID is of the deployment that was made: RollBack, FollowUp.
	ID string
	// Instances are those that were made: Provision.
	Instances []RolloutInstance
	// Alarms are the states that were read: PollAlarms.
	Alarms map[string]AlarmState
}

// HostFunc is a Host that does everything with one function, which looks at the action's Kind.
type HostFunc func(ctx context.Context, action *Action) Reply

var _ Host = HostFunc(nil)

// RunHook calls the function.
func (f HostFunc) RunHook(ctx context.Context, action *Action) error { return f(ctx, action).Err }

// Download calls the function.
func (f HostFunc) Download(ctx context.Context, action *Action) error { return f(ctx, action).Err }

// Install calls the function.
func (f HostFunc) Install(ctx context.Context, action *Action) error { return f(ctx, action).Err }

// BlockTraffic calls the function.
func (f HostFunc) BlockTraffic(ctx context.Context, action *Action) error { return f(ctx, action).Err }

// AllowTraffic calls the function.
func (f HostFunc) AllowTraffic(ctx context.Context, action *Action) error { return f(ctx, action).Err }

// SetTraffic calls the function.
func (f HostFunc) SetTraffic(ctx context.Context, action *Action) error { return f(ctx, action).Err }

// SetTestTraffic calls the function.
func (f HostFunc) SetTestTraffic(ctx context.Context, action *Action) error {
	return f(ctx, action).Err
}

// CreateTaskSet calls the function.
func (f HostFunc) CreateTaskSet(ctx context.Context, action *Action) error { return f(ctx, action).Err }

// DeleteTaskSet calls the function.
func (f HostFunc) DeleteTaskSet(ctx context.Context, action *Action) error { return f(ctx, action).Err }

// DeployTarget calls the function.
func (f HostFunc) DeployTarget(ctx context.Context, action *Action) error { return f(ctx, action).Err }

// Provision calls the function.
func (f HostFunc) Provision(ctx context.Context, action *Action) ([]RolloutInstance, error) {
	reply := f(ctx, action)
	return reply.Instances, reply.Err
}

// Terminate calls the function.
func (f HostFunc) Terminate(ctx context.Context, action *Action) error { return f(ctx, action).Err }

// PollAlarms calls the function; Deployment.Alarms has the names.
func (f HostFunc) PollAlarms(ctx context.Context, action *Action, _ []string) (map[string]AlarmState, error) {
	reply := f(ctx, action)
	return reply.Alarms, reply.Err
}

// Cancel calls the function.
func (f HostFunc) Cancel(ctx context.Context, action *Action) error { return f(ctx, action).Err }

// Notify calls the function.
func (f HostFunc) Notify(ctx context.Context, action *Action) error { return f(ctx, action).Err }

// Save calls the function.
func (f HostFunc) Save(ctx context.Context, action *Action) error { return f(ctx, action).Err }

// AnswerAutoScaling calls the function.
func (f HostFunc) AnswerAutoScaling(ctx context.Context, action *Action) error {
	return f(ctx, action).Err
}

// RollBack calls the function.
func (f HostFunc) RollBack(ctx context.Context, action *Action) (string, error) {
	reply := f(ctx, action)
	return reply.ID, reply.Err
}

// FollowUp calls the function.
func (f HostFunc) FollowUp(ctx context.Context, action *Action) (string, error) {
	reply := f(ctx, action)
	return reply.ID, reply.Err
}

// Changed does nothing.
func (f HostFunc) Changed(context.Context, *Deployment, Change) {}

// ask calls the method for an action's kind.
func ask(ctx context.Context, host Host, action *Action) (reply Reply) {
	switch action.Kind {
	case ActionRunHook:
		reply.Err = host.RunHook(ctx, action)
	case ActionDownload:
		reply.Err = host.Download(ctx, action)
	case ActionInstall:
		reply.Err = host.Install(ctx, action)
	case ActionBlockTraffic:
		reply.Err = host.BlockTraffic(ctx, action)
	case ActionAllowTraffic:
		reply.Err = host.AllowTraffic(ctx, action)
	case ActionSetTraffic:
		reply.Err = host.SetTraffic(ctx, action)
	case ActionSetTestTraffic:
		reply.Err = host.SetTestTraffic(ctx, action)
	case ActionCreateTaskSet:
		reply.Err = host.CreateTaskSet(ctx, action)
	case ActionDeleteTaskSet:
		reply.Err = host.DeleteTaskSet(ctx, action)
	case ActionDeployTarget:
		reply.Err = host.DeployTarget(ctx, action)
	case ActionProvision:
		reply.Instances, reply.Err = host.Provision(ctx, action)
	case ActionTerminate:
		reply.Err = host.Terminate(ctx, action)
	case ActionPollAlarms:
		reply.Alarms, reply.Err = host.PollAlarms(ctx, action, alarmNames(action.deployment))
	case ActionNotify:
		reply.Err = host.Notify(ctx, action)
	case ActionSave:
		reply.Err = host.Save(ctx, action)
	case ActionCancel:
		reply.Err = host.Cancel(ctx, action)
	case ActionRollBack:
		reply.ID, reply.Err = host.RollBack(ctx, action)
	case ActionFollowUp:
		reply.ID, reply.Err = host.FollowUp(ctx, action)
	case ActionAutoScaling:
		reply.Err = host.AnswerAutoScaling(ctx, action)
	default: // of a later version of the library
		reply.Err = StatusPassthrough
	}
	return reply
}

func alarmNames(deployment *Deployment) []string {
	alarms := deployment.Alarms()
	names := make([]string, len(alarms))
	for i, alarm := range alarms {
		names[i] = alarm.Name
	}
	return names
}

// Pending is an action that is answered later, from any goroutine, once. A method of the host returns
// it as its error. One that is never answered leaves the action open, until its time is up.
type Pending struct {
	action Action
	ctx    context.Context    // of Run or Perform
	end    context.CancelFunc // ends what Go has begun; nil for Later
	cancel uint64             // the ActionCancel that waits for it; of the driver
	box    *inbox
	once   chan struct{} // holds one token until it is answered

	finished chan struct{} // closed when what Go has begun has ended
}

// Later lets the action be answered by Pending.Done or Pending.Complete. The host's method returns the
// Pending as its error.
func (a *Action) Later() *Pending {
	pending := &Pending{action: *a, once: make(chan struct{}, 1)}
	pending.once <- struct{}{}
	if a.performance != nil {
		pending.ctx, pending.box = a.performance.ctx, &a.deployment.inbox
	}
	return pending
}

// Go lets a function do the action on a goroutine of its own, and answers with what it returns. The
// host's method returns what Go returns. The function's context is done when the deployment wants it to
// be ended, and when that of Run or Perform is; Run returns when the function has. A panic of the
// function comes out of the Run or Perform that hears of it.
func (a *Action) Go(do func(ctx context.Context) error) error {
	return a.GoReply(func(ctx context.Context) Reply { return Reply{Err: do(ctx)} })
}

// GoReply is Go for actions that are answered with more: Provision, PollAlarms, RollBack, FollowUp.
func (a *Action) GoReply(do func(ctx context.Context) Reply) error {
	if a.performance == nil {
		return &Error{Op: "begin an action", Status: ErrState, Err: errNoHost}
	}
	pending := a.Later()
	ctx, end := context.WithCancel(pending.ctx)
	pending.end, pending.finished = end, make(chan struct{})
	go func() {
		defer close(pending.finished)
		result := delivery{pending: pending, reply: Reply{Err: errGoexit}}
		panicked := true
		defer func() {
			if panicked {
				// Nil after runtime.Goexit, which is a failure.
				result.panicked = recover()
			}
			end()
			_ = pending.deliver(result)
		}()
		result.reply = do(ctx)
		panicked = false
	}()
	return pending
}

var (
	errNoHost = errors.New("the action was not given to a host")
	errGoexit = errors.New("the goroutine of the action ended without an answer")
)

// Error makes a Pending something that a method of the host can return.
func (p *Pending) Error() string {
	return "answered later"
}

// Action gives the action that is to be answered.
func (p *Pending) Action() *Action {
	return &p.action
}

// Done answers the action: done when err is nil, otherwise failed. ErrState when it was answered
// already; ErrClosed when the deployment is closed. That the deployment needs the answer no more is no
// error.
func (p *Pending) Done(err error) error {
	return p.Complete(Reply{Err: err})
}

// Complete answers the action with more than an error.
func (p *Pending) Complete(reply Reply) error {
	return p.deliver(delivery{pending: p, reply: reply})
}

// Begun says that the action has begun (HostBeginsEvents).
func (p *Pending) Begun() <-chan error {
	return p.action.deployment.Post(BegunInput(p.action.Token))
}

func (p *Pending) deliver(result delivery) error {
	const op = "answer an action"
	if p.box == nil {
		return &Error{Op: op, Status: ErrState, Err: errNoHost}
	}
	select {
	case <-p.once:
	default:
		return &Error{Op: op, Status: ErrState, Err: errAnswered}
	}
	result.interrupted = p.end != nil && result.reply.Err != nil && p.ctx.Err() != nil
	if !p.box.push(result) {
		return closedError(op)
	}
	return nil
}

var errAnswered = errors.New("the action is answered already")
