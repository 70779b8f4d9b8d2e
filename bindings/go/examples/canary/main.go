// SPDX-License-Identifier: MIT

// Command canary plays a Lambda canary that an alarm stops, and its rollback, on a simulated host: no
// function is deployed, and eleven minutes pass in no time. It exits with 1 because the first
// deployment did not succeed.
package main

import (
	"fmt"
	"os"
	"time"

	"libcodedeploy.internal/codedeploy"
)

const groupJSON = `{"applicationName": "app", "deploymentGroupName": "group", "computePlatform": "Lambda",
	"serviceRoleArn": "arn:aws:iam::111122223333:role/codedeploy",
	"deploymentConfigName": "CodeDeployDefault.LambdaCanary10Percent10Minutes",
	"deploymentStyle": {"deploymentType": "BLUE_GREEN", "deploymentOption": "WITH_TRAFFIC_CONTROL"},
	"alarmConfiguration": {"enabled": true, "alarms": [{"name": "checkout-errors"}]},
	"autoRollbackConfiguration": {"enabled": true, "events": ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"]}}`

const appSpec = `version: 0.0
Resources:
  - checkout:
      Type: AWS::Lambda::Function
      Properties: {Name: checkout, Alias: live, CurrentVersion: "7", TargetVersion: "8"}
Hooks:
  - BeforeAllowTraffic: smoke-test
  - AfterAllowTraffic: end-to-end-test
`

func main() {
	succeeded, err := play()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	if !succeeded {
		os.Exit(1)
	}
}

func play() (succeeded bool, err error) {
	group, err := codedeploy.ParseDeploymentGroup([]byte(groupJSON), nil)
	if err != nil {
		return false, err
	}
	spec, err := codedeploy.ParseAppSpec([]byte(appSpec), nil)
	if err != nil {
		return false, err
	}
	host, err := codedeploy.NewSimHost(codedeploy.SimOptions{
		Deployment: codedeploy.DeploymentOptions{ID: "d-SIM000001", Group: group, AppSpec: spec},
		Answer:     15 * time.Second,
	})
	if err != nil {
		return false, err
	}
	defer host.Close()
	rule := codedeploy.SimRule{Deployment: 1, Kind: codedeploy.ActionRunHook, Event: "BeforeAllowTraffic", After: 90 * time.Second}
	if err := host.AddRule(rule); err != nil {
		return false, err
	}
	if err := host.AddAlarm(7*time.Minute, "checkout-errors", codedeploy.AlarmStateAlarm); err != nil {
		return false, err
	}
	if err := host.Run(codedeploy.Never); err != nil {
		return false, err
	}
	story, err := host.Render(codedeploy.SimDetailChanges)
	fmt.Print(story)
	return host.Deployments()[0].Status() == codedeploy.DeploymentStatusSucceeded, err
}
