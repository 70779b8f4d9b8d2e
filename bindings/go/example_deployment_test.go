// SPDX-License-Identifier: MIT

package codedeploy_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"libcodedeploy.internal/codedeploy"
)

func canary() (codedeploy.DeploymentOptions, error) {
	group, err := codedeploy.ParseDeploymentGroup([]byte(`{"applicationName": "shop", "deploymentGroupName": "prod",
		"computePlatform": "Lambda", "serviceRoleArn": "arn:aws:iam::111122223333:role/codedeploy",
		"deploymentConfigName": "CodeDeployDefault.LambdaCanary10Percent10Minutes",
		"deploymentStyle": {"deploymentType": "BLUE_GREEN", "deploymentOption": "WITH_TRAFFIC_CONTROL"},
		"alarmConfiguration": {"enabled": true, "alarms": [{"name": "errors"}]},
		"autoRollbackConfiguration": {"enabled": true, "events": ["DEPLOYMENT_STOP_ON_ALARM"]}}`), nil)
	if err != nil {
		return codedeploy.DeploymentOptions{}, err
	}
	spec, err := codedeploy.ParseAppSpec([]byte(`{"version": 0.0, "Resources": [{"checkout": {"Type": "AWS::Lambda::Function",
		"Properties": {"Name": "checkout", "Alias": "live", "CurrentVersion": "7", "TargetVersion": "8"}}}]}`), nil)
	return codedeploy.DeploymentOptions{ID: "d-FIRST0001", Group: group, AppSpec: spec}, err
}

// lambda is a host: a real one calls UpdateAlias.
type lambda struct {
	codedeploy.BaseHost
	clock    codedeploy.Clock
	rollback *codedeploy.Deployment
}

func (l *lambda) minute() int {
	return int(l.clock.Now() / time.Minute)
}

func (l *lambda) SetTraffic(_ context.Context, action *codedeploy.Action) error {
	fmt.Printf("%2d min: version 7 gets %d %%, version 8 gets %d %%\n", l.minute(), action.OriginalWeight, action.Weight)
	return nil
}

func (l *lambda) PollAlarms(_ context.Context, _ *codedeploy.Action, names []string) (map[string]codedeploy.AlarmState, error) {
	state := codedeploy.AlarmStateOK
	if l.minute() >= 7 {
		state = codedeploy.AlarmStateAlarm
	}
	return map[string]codedeploy.AlarmState{names[0]: state}, nil
}

func (l *lambda) RollBack(_ context.Context, action *codedeploy.Action) (string, error) {
	failed := action.Deployment()
	plan, err := failed.PlanRollback(0, "")
	if err != nil {
		return "", err
	}
	fmt.Println("       ", plan.Info().Message)
	options, err := canary()
	if err != nil {
		return "", err
	}
	options.ID = "d-BACK00001"
	l.rollback, err = failed.NewRollback(plan, options)
	return options.ID, err
}

func (l *lambda) Changed(_ context.Context, _ *codedeploy.Deployment, change codedeploy.Change) {
	if change.Kind != codedeploy.ChangeStatus {
		return
	}
	fmt.Printf("%2d min: %v", l.minute(), change.Status)
	if change.Message != "" {
		fmt.Print(": ", change.Message)
	}
	fmt.Println()
}

// A canary that an alarm stops, and the rollback that gives everything back. The same as
// examples/lambda_canary.c.
func ExampleDeployment_Run() {
	options, err := canary()
	if err != nil {
		panic(err)
	}
	deployment, err := codedeploy.NewDeployment(options)
	if err != nil {
		panic(err)
	}
	host := &lambda{clock: codedeploy.NewVirtualClock(0)} // nil in RunOptions is the machine's clock
	run := &codedeploy.RunOptions{Clock: host.clock}
	err = deployment.Run(context.Background(), host, run)
	var failed *codedeploy.FailedDeployment
	if !errors.As(err, &failed) || host.rollback == nil {
		panic(err)
	}
	if err := host.rollback.Run(context.Background(), host, run); err != nil {
		panic(err)
	}
	// Output:
	//  0 min: InProgress
	//  0 min: version 7 gets 90 %, version 8 gets 10 %
	//  7 min: Stopped: these alarms are active: errors
	//         The alias goes back to the original version at once, from 10 percent on the new one.
	//  7 min: InProgress
	//  7 min: version 7 gets 100 %, version 8 gets 0 %
	//  7 min: Succeeded
}

// One step after the other, for programs with an event loop of their own.
func ExampleDeployment_Step() {
	options, err := canary()
	if err != nil {
		panic(err)
	}
	options.AlarmPolicy = codedeploy.AlarmPolicyIgnore
	deployment, err := codedeploy.NewDeployment(options)
	if err != nil {
		panic(err)
	}
	batch, err := deployment.Step(0, codedeploy.StartInput())
	for err == nil && !deployment.Over() {
		now := deployment.NextDeadline()
		var answers []codedeploy.Input
		for _, action := range batch.Actions {
			if action.NeedsAnswer {
				fmt.Println(action.Issued, action.Kind, action.Weight)
				answers = append(answers, codedeploy.AnswerInput(action.Token, nil))
				now = action.Issued
			}
		}
		batch, err = deployment.Step(now, answers...)
	}
	fmt.Println(deployment.Status(), err)
	// Output:
	// 0s SetTraffic 10
	// 10m0s SetTraffic 100
	// Succeeded <nil>
}

// What failed is in the record, in the API's own words.
func ExampleDeploymentView_Record() {
	options, err := canary()
	if err != nil {
		panic(err)
	}
	options.Epoch = time.Date(2030, 1, 1, 12, 0, 0, 0, time.UTC)
	host, err := codedeploy.NewSimHost(codedeploy.SimOptions{Deployment: options, Answer: time.Second})
	if err != nil {
		panic(err)
	}
	defer host.Close()
	if err := host.AddAlarm(3*time.Minute, "errors", codedeploy.AlarmStateAlarm); err != nil {
		panic(err)
	}
	if err := host.Run(codedeploy.Never); err != nil {
		panic(err)
	}
	for _, deployment := range host.Deployments() {
		record, err := deployment.Record()
		if err != nil {
			panic(err)
		}
		fmt.Println(record.DeploymentID, record.Creator, record.Status, record.CompleteTime.Format(time.Kitchen))
	}
	// Output:
	// d-FIRST0001 user Stopped 12:03PM
	// d-SIM000002 codeDeployRollback Succeeded 12:03PM
}
