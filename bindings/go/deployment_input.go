// SPDX-License-Identifier: MIT

package codedeploy

// #include "shim.h"
import "C"

import (
	"errors"
	"time"
)

// Input is one thing that happened. The functions whose names end in Input make those that are common;
// fields that a kind does not speak of are ignored. The zero Input is the time alone.
type Input struct {
	Kind InputKind
	// Token names an action: InputAnswer, InputBegun.
	Token   uint64
	Outcome ActionOutcome
	// Error and Code are a failure's; 0: UnknownError, and the code that belongs to the action.
	Error EventError
	Code  ErrorCode
	// Message is what to show to people. At most 4,096 bytes are kept.
	Message string
	// Name is an alarm's, or the id of a deployment that was made.
	Name        string
	Answer      Answer
	Wait        WaitType
	AlarmState  AlarmState
	EventStatus EventStatus
	// Target is the number of a target, Event the index of an event in its plan.
	Target, Event int
	// Instance is a target to be: InputTarget.
	Instance *RolloutInstance
	// HostStatus is the code of the host's error, kept with the failure; 0 when there is none.
	HostStatus Status
}

// StartInput ends Created: work begins.
func StartInput() Input {
	return Input{Kind: InputStart}
}

// TargetInput puts in a target: before the start, or one that was provisioned or joined. Server.
func TargetInput(instance RolloutInstance) Input {
	return Input{Kind: InputTarget, Instance: &instance}
}

// AnswerInput tells how an action came out: well when err is nil. Of a *HostError its fields are told,
// of others the text.
func AnswerInput(token uint64, err error) Input {
	input := Input{Kind: InputAnswer, Token: token, Outcome: ActionDone}
	if err != nil {
		input.Outcome = ActionFailed
		input.tell(err)
	}
	return input
}

// BegunInput says that an action has begun (HostBeginsEvents).
func BegunInput(token uint64) Input {
	return Input{Kind: InputBegun, Token: token}
}

// StopInput is StopDeployment, with the answer for autoRollbackEnabled.
func StopInput(rollBack Answer) Input {
	return Input{Kind: InputStop, Answer: rollBack}
}

// ContinueInput is ContinueDeployment; WaitNone stands for whatever is waited for.
func ContinueInput(wait WaitType) Input {
	return Input{Kind: InputContinue, Wait: wait}
}

// AlarmInput tells the state of an alarm.
func AlarmInput(name string, state AlarmState) Input {
	return Input{Kind: InputAlarm, Name: name, AlarmState: state}
}

// FailInput says that something outside makes the deployment fail.
func FailInput(code ErrorCode, message string) Input {
	return Input{Kind: InputFail, Code: code, Message: message}
}

// LostInput says that nothing more will be heard from a target.
func LostInput(target int) Input {
	return Input{Kind: InputLost, Target: target}
}

// LeftInput says that a target went away for good.
func LeftInput(target int) Input {
	return Input{Kind: InputLeft, Target: target}
}

// RestartedInput says that a target lost what was installed on it, and is there again.
func RestartedInput(target int) Input {
	return Input{Kind: InputRestarted, Target: target}
}

// EventInput tells where an event of a target stands (WholeTargets): EventStatusInProgress,
// EventStatusSucceeded, or EventStatusFailed for a reason.
func EventInput(target, event int, status EventStatus, err error) Input {
	input := Input{Kind: InputEvent, Target: target, Event: event, EventStatus: status}
	if err != nil {
		input.tell(err)
	}
	return input
}

// RolledBackInput tells the id of the deployment that rolls this one back.
func RolledBackInput(id string) Input {
	return Input{Kind: InputRolledBack, Name: id}
}

// FollowedInput tells the id of the deployment that follows for outdated instances.
func FollowedInput(id string) Input {
	return Input{Kind: InputFollowed, Name: id}
}

// HostError is an error of a Host that knows more than a text: which of the API's codes it is.
type HostError struct {
	// Event is the error of a hook or step; 0 stands for UnknownError.
	Event EventError
	// Code is the deployment's; 0: the one that belongs to the action.
	Code ErrorCode
	// Message is what to show to people: a reason, or the end of a log. Empty: the text of Err.
	Message string
	// Err is what went wrong underneath; may be nil.
	Err error
}

// Error gives the message.
func (h *HostError) Error() string {
	switch {
	case h.Message != "":
		return h.Message
	case h.Err != nil:
		return h.Err.Error()
	case h.Event != EventErrorSuccess:
		return h.Event.String()
	case h.Code != ErrorCodeNone:
		return h.Code.String()
	}
	return "failed"
}

// Unwrap gives Err.
func (h *HostError) Unwrap() error {
	return h.Err
}

// tell fills in what is known of a failure.
func (i *Input) tell(err error) {
	if err == StatusPassthrough {
		i.Message = "the host has no callback for it"
		return
	}
	i.Message = err.Error()
	i.HostStatus = hostStatus(err)
	var known *HostError
	if errors.As(err, &known) {
		i.Error, i.Code = known.Event, known.Code
	}
}

// hostStatus gives the status that says most of an error.
func hostStatus(err error) Status {
	var status Status
	if errors.As(err, &status) && status < 0 {
		return status
	}
	for _, known := range wellKnown {
		if errors.Is(err, known.err) {
			return known.status
		}
	}
	return ErrHost
}

func (i *Input) c(memory *arena) *C.cdp_deployment_input {
	c := (*C.cdp_deployment_input)(memory.alloc(C.sizeof_cdp_deployment_input))
	*c = C.cdp_deployment_input{
		size: C.sizeof_cdp_deployment_input, kind: C.cdp_deployment_input_kind(i.Kind), outcome: C.cdp_deployment_outcome(i.Outcome),
		token: C.uint64_t(i.Token), error: C.cdp_event_error(i.Error), code: C.cdp_error_code(i.Code),
		message: memory.str(i.Message), name: memory.str(i.Name), answer: C.cdp_deployment_flag(i.Answer),
		wait: C.cdp_wait_type(i.Wait), alarm_state: C.cdp_alarm_state(i.AlarmState),
		event_status: C.cdp_event_status(i.EventStatus), target: cInstanceNumber(i.Target), event: cInstanceNumber(i.Event),
		host_status: C.cdp_status(i.HostStatus),
	}
	if i.Instance != nil {
		c.instance = (*C.cdp_rollout_instance)(memory.alloc(C.sizeof_cdp_rollout_instance))
		i.Instance.fill(memory, c.instance)
	}
	return c
}

// Action is something to be done.
type Action struct {
	// Token is not used twice in one deployment, and never 0.
	Token uint64
	Kind  ActionKind
	// NeedsAnswer tells that it has to be answered.
	NeedsAnswer bool
	// Repeated tells that what it asks for may have been begun, or done, already.
	Repeated bool
	// Target is the number of the target that it concerns, Event the index of the event in its plan; -1
	// when there is none.
	Target, Event int
	EventKind     Event
	TargetID      string
	EventName     string
	// Hook is the function to invoke. Lambda, ECS.
	Hook string
	// Revision tells where the scripts are taken from. Server.
	Revision RevisionSource
	// Environment is that of the scripts of an ActionRunHook, as os/exec takes it: "NAME=value".
	Environment []string
	// Original tells that it concerns an original instance or task set.
	Original bool
	// Issued and Deadline are when it was told, and when it is due; Never when it is not.
	Issued, Deadline time.Duration
	// Weight and OriginalWeight are percent of the traffic: ActionSetTraffic, ActionSetTestTraffic.
	Weight, OriginalWeight int
	// Cancels is the token of what is to be ended: ActionCancel.
	Cancels uint64
	// Trigger and what follows say what is told to whom: ActionNotify.
	Trigger                       int
	TriggerEvent                  TriggerEvent
	TriggerName, TriggerTargetARN string
	NotifiedDeployment            DeploymentStatus
	NotifiedTarget                TargetStatus
	FileExistsBehavior            FileExistsBehavior
	AutoScalingAnswer             AutoScalingAnswer
	Phase                         RolloutPhase
	deployment                    *Deployment
	performance                   *performance
}

// Deployment gives the deployment that the action belongs to.
func (a *Action) Deployment() *Deployment {
	return a.deployment
}

func goAction(a *C.cdp_deployment_action) Action {
	action := Action{
		Token: uint64(a.token), Kind: ActionKind(a.kind), NeedsAnswer: a.needs_answer != 0, Repeated: a.repeated != 0,
		Target: goInstanceNumber(a.target), Event: goInstanceNumber(a.event), EventKind: Event(a.event_kind),
		TargetID: goString(a.target_id), EventName: goString(a.event_name), Hook: goString(a.hook),
		Revision: RevisionSource(a.revision), Original: a.original != 0, Issued: fromMS(a.issued_ms),
		Deadline: fromMS(a.deadline_ms), Weight: int(a.weight), OriginalWeight: int(a.original_weight),
		Cancels: uint64(a.cancels), Trigger: int(a.trigger), TriggerEvent: TriggerEvent(a.trigger_event),
		TriggerName: goString(a.trigger_name), TriggerTargetARN: goString(a.trigger_target_arn),
		FileExistsBehavior: FileExistsBehavior(a.file_exists_behavior),
		AutoScalingAnswer:  AutoScalingAnswer(a.lifecycle_answer), Phase: RolloutPhase(a.phase),
	}
	if action.Kind == ActionNotify && action.Target >= 0 {
		action.NotifiedTarget = TargetStatus(a.status)
	} else if action.Kind == ActionNotify {
		action.NotifiedDeployment = DeploymentStatus(a.status)
	}
	return action
}

// c gives the action back to C, for functions that speak of one.
func (a *Action) c(memory *arena) *C.cdp_deployment_action {
	c := (*C.cdp_deployment_action)(memory.alloc(C.sizeof_cdp_deployment_action))
	status := C.int(a.NotifiedDeployment)
	if a.Target >= 0 {
		status = C.int(a.NotifiedTarget)
	}
	*c = C.cdp_deployment_action{
		size: C.sizeof_cdp_deployment_action, token: C.uint64_t(a.Token), kind: C.cdp_deployment_action_kind(a.Kind),
		needs_answer: cInt(a.NeedsAnswer), repeated: cInt(a.Repeated), target: cInstanceNumber(a.Target),
		event: cInstanceNumber(a.Event), event_kind: C.cdp_event(a.EventKind), target_id: memory.str(a.TargetID),
		event_name: memory.str(a.EventName), hook: memory.str(a.Hook), revision: C.cdp_revision_source(a.Revision),
		original: cInt(a.Original), issued_ms: toMS(a.Issued), deadline_ms: toMS(a.Deadline),
		weight: C.int32_t(a.Weight), original_weight: C.int32_t(a.OriginalWeight), cancels: C.uint64_t(a.Cancels),
		trigger: limited(a.Trigger), trigger_event: C.cdp_trigger_event(a.TriggerEvent),
		trigger_name: memory.str(a.TriggerName), trigger_target_arn: memory.str(a.TriggerTargetARN),
		file_exists_behavior: C.cdp_file_exists_behavior(a.FileExistsBehavior),
		lifecycle_answer:     C.cdp_rollout_lifecycle_answer(a.AutoScalingAnswer), phase: C.cdp_rollout_phase(a.Phase),
		status: status,
	}
	return c
}

func environmentOf(p *C.cdp_deployment, action *C.cdp_deployment_action) []string {
	var environment []string
	for i := C.size_t(0); ; i++ {
		var name, value C.cdp_string
		if C.cdp_deployment_variable_at(p, action, i, &name, &value) != C.CDP_OK {
			return environment
		}
		environment = append(environment, goString(name)+"="+goString(value))
	}
}

// read makes a Go action of one of C's; the deployment is held.
func (d *Deployment) read(p *C.cdp_deployment, view *C.cdp_deployment_action) Action {
	action := goAction(view)
	action.deployment = d
	if action.Kind == ActionRunHook && action.Hook == "" {
		action.Environment = environmentOf(p, view)
	}
	return action
}

func (d *Deployment) appendActions(p *C.cdp_deployment, actions []Action) []Action {
	const batch = 8
	var views [batch]C.cdp_deployment_action
	for {
		count := int(C.cdpgo_deployment_actions(p, &views[0], batch))
		for i := 0; i < count; i++ {
			actions = append(actions, d.read(p, &views[i]))
		}
		if count < batch {
			return actions
		}
	}
}

// OpenActions gives the actions that were taken out and are not answered, in no particular order.
func (d *Deployment) OpenActions() []Action {
	p := d.get()
	if p == nil {
		return nil
	}
	defer d.leave()
	count := C.cdp_deployment_open_count(p)
	if count == 0 {
		return nil
	}
	views := make([]C.cdp_deployment_action, count)
	actions := make([]Action, C.cdpgo_deployment_open(p, 0, &views[0], count))
	for i := range actions {
		actions[i] = d.read(p, &views[i])
	}
	return actions
}

// OpenAction gives an open action by its token; ErrNotFound when there is none.
func (d *Deployment) OpenAction(token uint64) (Action, error) {
	const op = "find an action"
	p := d.get()
	if p == nil {
		return Action{}, closedError(op)
	}
	defer d.leave()
	view := C.cdp_deployment_action{size: C.sizeof_cdp_deployment_action}
	if status := C.cdp_deployment_open_find(p, C.uint64_t(token), &view); status != C.CDP_OK {
		return Action{}, failure(op, status)
	}
	return d.read(p, &view), nil
}

// Change is something that an input has changed.
type Change struct {
	Kind ChangeKind
	// Target and Event are numbers; -1 when there is none.
	Target, Event int
	// Of what follows the one that the kind speaks of is set; the others are 0.
	Status       DeploymentStatus
	TargetStatus TargetStatus
	EventStatus  EventStatus
	Error        EventError
	Code         ErrorCode
	AlarmState   AlarmState
	Wait         DeploymentWait
	Rule         RolloutRule
	Weight       int
	// HostStatus is the code of the host's error that caused it; 0 when none did.
	HostStatus Status
	// Time is when it happened; Until is when a wait ends, Never for a gate.
	Time, Until time.Duration
	TargetID    string
	// Name is an event's or alarm's.
	Name    string
	Message string
	// Sentence says it all in words: "i-07: Install failed (ScriptFailed): no space left".
	Sentence string
}

// String gives the sentence.
func (c Change) String() string {
	return c.Sentence
}

func appendChanges(p *C.cdp_deployment, changes []Change) []Change {
	const batch = 8
	var views [batch]C.cdp_deployment_change
	var text *C.cdp_text
	if C.cdp_deployment_change_count(p) == 0 || C.cdp_text_new(nil, &text) != C.CDP_OK {
		return changes
	}
	defer C.cdp_text_free(text)
	for first := 0; ; first += batch {
		count := int(C.cdpgo_deployment_changes(p, C.size_t(first), &views[0], batch))
		for i := 0; i < count; i++ {
			v := &views[i]
			changes = append(changes, Change{
				Kind: ChangeKind(v.kind), Target: goInstanceNumber(v.target), Event: goInstanceNumber(v.event),
				Status: DeploymentStatus(v.status), TargetStatus: TargetStatus(v.target_status),
				EventStatus: EventStatus(v.event_status), Error: EventError(v.error), Code: ErrorCode(v.code),
				AlarmState: AlarmState(v.alarm_state), Wait: DeploymentWait(v.wait), Rule: RolloutRule(v.rule),
				Weight: int(v.weight), HostStatus: Status(v.host_status), Time: fromMS(v.time_ms), Until: fromMS(v.until_ms),
				TargetID: goString(v.target_id), Name: goString(v.name), Message: goString(v.message),
				Sentence: goString(C.cdpgo_deployment_sentence(p, v, text)),
			})
		}
		if count < batch {
			return changes
		}
	}
}
