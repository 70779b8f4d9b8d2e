// SPDX-License-Identifier: MIT

package codedeploy

import (
	"fmt"
	"testing"
)

func TestRollbackPlan(t *testing.T) {
	plan := must[*RollbackPlan](t)(NewRollbackPlan(RollbackSituation{
		Platform: PlatformLambda, DeploymentID: "d-1", Status: DeploymentStatusFailed, Cause: RollbackCauseFailure,
		AutoRollback: AutoRollback{Enabled: true, Events: []RollbackEvent{RollbackEventFailure}}, Weight: 10,
		Targets: []RollbackTarget{{ID: "greeter", Status: TargetStatusFailed, Begun: true,
			EventsBegun: []Event{EventBeforeAllowTraffic, EventAllowTraffic}, EventsDone: []Event{EventBeforeAllowTraffic}, FailedEvent: EventAllowTraffic}},
	}))
	info := plan.Info()
	equal(t, "possible", info.Possible, true)
	equal(t, "kind", info.Kind, RollbackKindReroute)
	equal(t, "weights", fmt.Sprint(info.WeightBefore, info.WeightAfter), "10 0")
	equal(t, "steps", len(plan.Steps()), 1)
	equal(t, "step", plan.Steps()[0].Kind, RollbackStepSetTraffic)
	equal(t, "target", plan.Targets()[0].ID, "greeter")
	equal(t, "part", plan.Targets()[0].Part.TakesPart(), true)
	equal(t, "restores", len(plan.Restores()) > 0 && plan.Restores()[0].Sentence != "", true)
	equal(t, "losses", len(plan.Losses()) > 0, true)
	equal(t, "message", must[string](t)(plan.RollbackMessage(RollbackRecordTriggering, "d-2")) != "", true)
	equal(t, "text", plan.String() != "" && len(must[[]byte](t)(plan.Write(2))) > 10, true)
	plan.Close()
	equal(t, "closed", plan.String(), "closed")
	_, err := NewRollbackPlan(RollbackSituation{Platform: PlatformLambda, Cause: RollbackCauseManual, Wanted: "d-none"})
	wantStatus(t, err, ErrNotFound)
	_, err = NewRollbackPlan(RollbackSituation{})
	if err == nil {
		t.Error("a situation without a platform")
	}
	equal(t, "refusal", RollbackRefusalSucceeded.Message() != "" && RollbackRefusalSucceeded.Source() != "", true)
	equal(t, "part", RollbackPartGone.Message() != "", true)
}
