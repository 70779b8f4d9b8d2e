// SPDX-License-Identifier: MIT

package codedeploy

// #include "shim.h"
import "C"

// WorkOrder tells the order of work: an instance with a smaller number is deployed to first. 0 to 5;
// 6 for values that are none.
func WorkOrder(instance InstanceHealth, revision RevisionHealth) int {
	return int(C.cdp_health_work_order(C.cdp_instance_health(instance), C.cdp_revision_health(revision)))
}

// HealthAfter gives the health of an instance after a deployment that it was part of.
func HealthAfter(succeeded bool, outcome InstanceOutcome, instance InstanceHealth, revision RevisionHealth) (InstanceHealth, RevisionHealth, error) {
	i, r := C.cdp_instance_health(instance), C.cdp_revision_health(revision)
	status := C.cdp_health_after(cInt(succeeded), C.cdp_instance_outcome(outcome), &i, &r)
	return InstanceHealth(i), RevisionHealth(r), failure("find the health after a deployment", status)
}

// EventErrorFromAgent gives the API's error code for a number that the official agent writes.
func EventErrorFromAgent(code int) EventError {
	return EventError(C.cdp_event_error_from_agent(C.int(code)))
}
