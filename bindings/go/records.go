// SPDX-License-Identifier: MIT

package codedeploy

// #include "shim.h"
import "C"

import (
	"encoding/json"
	"math"
	"time"
)

// WriteInfo gives the output of GetDeployment; indent is the number of blanks for each level, 0 one
// line.
func (d *DeploymentView) WriteInfo(indent int) ([]byte, error) {
	return d.written("write a deployment's record", func(p *C.cdp_deployment, text *C.cdp_text) C.cdp_status {
		return C.cdp_deployment_write_info(p, C.uint(indent), text)
	})
}

// WriteTargets gives the output of BatchGetDeploymentTargets: of all targets, or of those of the
// numbers. ErrState before the start.
func (d *DeploymentView) WriteTargets(indent int, numbers ...int) ([]byte, error) {
	list := make([]C.uint32_t, len(numbers)+1)
	for i, number := range numbers {
		list[i] = cInstanceNumber(number)
	}
	return d.written("write the records of targets", func(p *C.cdp_deployment, text *C.cdp_text) C.cdp_status {
		var first *C.uint32_t
		if len(numbers) > 0 {
			first = &list[0]
		}
		return C.cdp_deployment_write_targets(p, first, C.size_t(len(numbers)), C.uint(indent), text)
	})
}

// WriteNotification gives the message of an ActionNotify as JSON, and its subject.
func (d *DeploymentView) WriteNotification(action *Action, shape NotificationShape) (subject string, message []byte, err error) {
	const op = "write a notification"
	if action == nil {
		return "", nil, &Error{Op: op, Status: ErrArgument}
	}
	var memory arena
	defer memory.free()
	c := action.c(&memory)
	var inner error
	line, err := written(op, func(title *C.cdp_text) C.cdp_status {
		message, inner = d.written(op, func(p *C.cdp_deployment, text *C.cdp_text) C.cdp_status {
			return C.cdp_deployment_write_notification(p, c, C.cdp_notification_shape(shape), text, title)
		})
		return C.CDP_OK
	})
	if err = first(err, inner); err != nil {
		return "", nil, err
	}
	return string(line), message, nil
}

// Timestamp is a time as the API's records write it: seconds since 1970.
type Timestamp struct {
	time.Time
}

// MarshalJSON writes seconds, with milliseconds where there are any.
func (t Timestamp) MarshalJSON() ([]byte, error) {
	if t.IsZero() {
		return []byte("null"), nil
	}
	return json.Marshal(float64(t.UnixMilli()) / 1000)
}

// UnmarshalJSON reads seconds.
func (t *Timestamp) UnmarshalJSON(text []byte) error {
	var seconds *float64
	if err := json.Unmarshal(text, &seconds); err != nil {
		return err
	}
	*t = Timestamp{}
	if seconds != nil {
		t.Time = time.UnixMilli(int64(math.Round(*seconds * 1000))).UTC()
	}
	return nil
}

// DeploymentRecord is the API's DeploymentInfo. What it does not have is nil, empty or zero.
type DeploymentRecord struct {
	ApplicationName                    string              `json:"applicationName,omitempty"`
	DeploymentGroupName                string              `json:"deploymentGroupName,omitempty"`
	DeploymentConfigName               string              `json:"deploymentConfigName,omitempty"`
	DeploymentID                       string              `json:"deploymentId,omitempty"`
	PreviousRevision                   json.RawMessage     `json:"previousRevision,omitempty"`
	Revision                           json.RawMessage     `json:"revision,omitempty"`
	Status                             DeploymentStatus    `json:"status,omitempty"`
	ErrorInformation                   *ErrorRecord        `json:"errorInformation,omitempty"`
	CreateTime                         *Timestamp          `json:"createTime,omitempty"`
	StartTime                          *Timestamp          `json:"startTime,omitempty"`
	CompleteTime                       *Timestamp          `json:"completeTime,omitempty"`
	DeploymentOverview                 *OverviewRecord     `json:"deploymentOverview,omitempty"`
	Description                        string              `json:"description,omitempty"`
	Creator                            DeploymentCreator   `json:"creator,omitempty"`
	IgnoreApplicationStopFailures      bool                `json:"ignoreApplicationStopFailures,omitempty"`
	AutoRollbackConfiguration          *AutoRollbackRecord `json:"autoRollbackConfiguration,omitempty"`
	UpdateOutdatedInstancesOnly        bool                `json:"updateOutdatedInstancesOnly,omitempty"`
	RollbackInfo                       *RollbackInfoRecord `json:"rollbackInfo,omitempty"`
	DeploymentStyle                    *StyleRecord        `json:"deploymentStyle,omitempty"`
	InstanceTerminationWaitTimeStarted bool                `json:"instanceTerminationWaitTimeStarted,omitempty"`
	BlueGreenDeploymentConfiguration   json.RawMessage     `json:"blueGreenDeploymentConfiguration,omitempty"`
	FileExistsBehavior                 FileExistsBehavior  `json:"fileExistsBehavior,omitempty"`
	ComputePlatform                    Platform            `json:"computePlatform,omitempty"`
	RelatedDeployments                 *RelatedRecord      `json:"relatedDeployments,omitempty"`
}

// ErrorRecord is the API's ErrorInformation.
type ErrorRecord struct {
	Code    ErrorCode `json:"code"`
	Message string    `json:"message"`
}

// OverviewRecord is the API's DeploymentOverview: how many targets stand where.
type OverviewRecord struct {
	Pending, InProgress, Succeeded, Failed, Skipped, Ready int
}

// AutoRollbackRecord is the API's AutoRollbackConfiguration.
type AutoRollbackRecord struct {
	Enabled bool            `json:"enabled"`
	Events  []RollbackEvent `json:"events"`
}

// RollbackInfoRecord is the API's RollbackInfo.
type RollbackInfoRecord struct {
	RollbackDeploymentID           string `json:"rollbackDeploymentId,omitempty"`
	RollbackTriggeringDeploymentID string `json:"rollbackTriggeringDeploymentId,omitempty"`
	RollbackMessage                string `json:"rollbackMessage,omitempty"`
}

// StyleRecord is the API's DeploymentStyle.
type StyleRecord struct {
	DeploymentType   DeploymentType   `json:"deploymentType"`
	DeploymentOption DeploymentOption `json:"deploymentOption"`
}

// RelatedRecord is the API's RelatedDeployments.
type RelatedRecord struct {
	AutoUpdateOutdatedInstancesRootDeploymentID string   `json:"autoUpdateOutdatedInstancesRootDeploymentId,omitempty"`
	AutoUpdateOutdatedInstancesDeploymentIDs    []string `json:"autoUpdateOutdatedInstancesDeploymentIds,omitempty"`
}

// Record gives what GetDeployment returns.
func (d *DeploymentView) Record() (*DeploymentRecord, error) {
	text, err := d.WriteInfo(0)
	if err != nil {
		return nil, err
	}
	var output struct {
		DeploymentInfo *DeploymentRecord `json:"deploymentInfo"`
	}
	if err := json.Unmarshal(text, &output); err != nil {
		return nil, &Error{Op: "read a deployment's record", Status: ErrCorrupt, Err: err}
	}
	return output.DeploymentInfo, nil
}

// TargetRecord is one of the API's DeploymentTarget, whatever the platform.
type TargetRecord struct {
	DeploymentID    string        `json:"deploymentId"`
	TargetID        string        `json:"targetId"`
	TargetARN       string        `json:"targetArn,omitempty"`
	Status          TargetStatus  `json:"status"`
	LastUpdatedAt   *Timestamp    `json:"lastUpdatedAt,omitempty"`
	LifecycleEvents []EventOutput `json:"lifecycleEvents"`
	// InstanceLabel is "Blue" or "Green". Server, blue/green.
	InstanceLabel string `json:"instanceLabel,omitempty"`
	// TaskSetsInfo is for ECS, LambdaFunctionInfo for Lambda.
	TaskSetsInfo       []TaskSetRecord       `json:"taskSetsInfo,omitempty"`
	LambdaFunctionInfo *LambdaFunctionRecord `json:"lambdaFunctionInfo,omitempty"`
}

// EventOutput is the API's LifecycleEvent.
type EventOutput struct {
	LifecycleEventName string             `json:"lifecycleEventName"`
	Diagnostics        *EventOutputDetail `json:"diagnostics,omitempty"`
	StartTime          *Timestamp         `json:"startTime,omitempty"`
	EndTime            *Timestamp         `json:"endTime,omitempty"`
	Status             EventStatus        `json:"status"`
}

// EventOutputDetail is the API's Diagnostics of a lifecycle event.
type EventOutputDetail struct {
	ErrorCode EventError `json:"errorCode"`
	Message   string     `json:"message,omitempty"`
}

// TaskSetRecord is the API's ECSTaskSet, as far as it is known here.
type TaskSetRecord struct {
	Status        string  `json:"status"`
	TrafficWeight float64 `json:"trafficWeight"`
	TaskSetLabel  string  `json:"taskSetLabel"`
}

// LambdaFunctionRecord is the API's LambdaFunctionInfo.
type LambdaFunctionRecord struct {
	FunctionName        string  `json:"functionName"`
	FunctionAlias       string  `json:"functionAlias"`
	CurrentVersion      string  `json:"currentVersion"`
	TargetVersion       string  `json:"targetVersion"`
	TargetVersionWeight float64 `json:"targetVersionWeight"`
}

// TargetRecords gives what BatchGetDeploymentTargets returns: of all targets, or of those of the
// numbers. ErrState before the start.
func (d *DeploymentView) TargetRecords(numbers ...int) ([]TargetRecord, error) {
	text, err := d.WriteTargets(0, numbers...)
	if err != nil {
		return nil, err
	}
	var output struct {
		DeploymentTargets []struct {
			InstanceTarget, LambdaTarget, ECSTarget *TargetRecord
		} `json:"deploymentTargets"`
	}
	if err := json.Unmarshal(text, &output); err != nil {
		return nil, &Error{Op: "read the records of targets", Status: ErrCorrupt, Err: err}
	}
	records := make([]TargetRecord, 0, len(output.DeploymentTargets))
	for _, target := range output.DeploymentTargets {
		for _, record := range []*TargetRecord{target.InstanceTarget, target.LambdaTarget, target.ECSTarget} {
			if record != nil {
				records = append(records, *record)
			}
		}
	}
	return records, nil
}
