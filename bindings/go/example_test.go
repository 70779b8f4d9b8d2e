// SPDX-License-Identifier: MIT

package codedeploy_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"libcodedeploy.internal/codedeploy"
)

func ExampleParseAppSpec() {
	_, err := codedeploy.ParseAppSpec([]byte("version: 0.0\nos: linux\nfiles:\n  - source: app\n"), nil)
	fmt.Println(errors.Is(err, codedeploy.ErrInvalid))
	var found codedeploy.Diagnostics
	if errors.As(err, &found) {
		fmt.Print(found)
	}
	// Output:
	// true
	// 4:5: error: An entry of `files` has no destination.
}

func ExampleAppSpec_Files() {
	spec, err := codedeploy.ParseAppSpec([]byte("version: 0.0\nos: linux\nfiles:\n  - source: app\n    destination: /srv\n"), nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer spec.Close()
	for _, file := range spec.Files() {
		fmt.Println(file.Source, "->", file.Destination)
	}
	// Output: app -> /srv
}

func ExampleNewAppSpec() {
	spec, err := codedeploy.NewAppSpec(codedeploy.AppSpecContent{
		Platform: codedeploy.PlatformServer,
		OS:       "linux",
		Files:    []codedeploy.AppSpecFile{{Source: "app", Destination: "/srv"}},
		Hooks: []codedeploy.Hook{{Event: "ApplicationStart", Scripts: []codedeploy.Script{
			{Location: "start.sh", Timeout: time.Minute},
		}}},
	}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	text, _ := spec.Write(codedeploy.NotationYAML)
	fmt.Print(string(text))
	// Output:
	// version: 0.0
	// os: linux
	// files:
	//   - source: app
	//     destination: /srv
	// hooks:
	//   ApplicationStart:
	//     - location: start.sh
	//       timeout: 60
}

func ExampleDiagnosticCode_Info() {
	info, _ := codedeploy.CodeTooDeep.Info()
	fmt.Println(info.Name, "-", info.Message)
	// Output: too-deep - Lists and mappings are nested more than {0} deep here.
}

func ExampleFindDeploymentConfig() {
	config, err := codedeploy.FindDeploymentConfig("CodeDeployDefault.HalfAtATime")
	if err != nil {
		fmt.Println(err)
		return
	}
	minimum, _ := config.MinimumFor(9)
	fmt.Println(minimum, "of 9 stay healthy")
	_, err = codedeploy.FindDeploymentConfig("CodeDeployDefault.HalfAtAtime")
	fmt.Println(errors.Is(err, codedeploy.ErrNotFound))
	// Output:
	// 5 of 9 stay healthy
	// true
}

func ExampleTrafficSchedule() {
	config, _ := codedeploy.FindDeploymentConfig("CodeDeployDefault.ECSCanary10Percent5Minutes")
	schedule, err := config.TrafficSchedule(nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(schedule)
	for _, now := range []time.Duration{0, 4 * time.Minute, 5 * time.Minute} {
		weight, _ := schedule.WeightAt(0, now)
		fmt.Printf("%v: %d%%\n", now, weight)
	}
	// Output:
	// 10:5m,100
	// 0s: 10%
	// 4m0s: 10%
	// 5m0s: 100%
}

func ExampleTrafficCursor() {
	schedule, _ := codedeploy.ParseTrafficSchedule("10:5m,50:gate,100", nil)
	cursor, _ := schedule.Cursor(0)
	progress, _ := cursor.Step(6 * time.Minute)
	fmt.Println(progress.Weight, progress.AtGate, cursor.NextDeadline() == codedeploy.Never)
	progress, _ = cursor.OpenGate(7 * time.Minute)
	fmt.Println(progress.Weight, progress.Done)
	// Output:
	// 50 true true
	// 100 true
}

func ExampleLifecycle() {
	plan, _ := codedeploy.FindLifecyclePlan(codedeploy.PlatformLambda, codedeploy.ScenarioBlueGreen)
	target, _ := plan.NewLifecycle(nil)
	now := time.Duration(0)
	for _ = target.Start(now); target.Status() == codedeploy.TargetStatusInProgress; now += time.Second {
		next, _ := target.Next()
		if next.Kind == codedeploy.LifecycleActionBegin {
			_ = target.Begin(now, next.Event)
			_ = target.Finish(now, next.Event, codedeploy.Succeeded)
		}
	}
	for _, event := range target.Events() {
		fmt.Println(event.Name, event.Status)
	}
	fmt.Println(target.Status())
	// Output:
	// BeforeAllowTraffic Succeeded
	// AllowTraffic Succeeded
	// AfterAllowTraffic Succeeded
	// Succeeded
}

func ExampleRollout() {
	rollout, _ := codedeploy.NewRollout(&codedeploy.RolloutOptions{Minimum: codedeploy.Minimum{Type: codedeploy.MinimumHostCount, Value: 1}})
	_ = rollout.Add(codedeploy.RolloutInstance{ID: "i-1"}, codedeploy.RolloutInstance{ID: "i-2"})
	_ = rollout.Start(0)
	for now := time.Second; !rollout.Settled(); now += time.Second {
		decisions, _ := rollout.Decide(0)
		for _, decision := range decisions {
			fmt.Println(decision)
			if decision.Kind == codedeploy.DecisionStart {
				_ = rollout.Result(decision.Instance, decision.Attempt, true, now)
			}
		}
	}
	verdict, _ := rollout.Verdict()
	fmt.Println(verdict)
	// Output:
	// phase deploy begins
	// started i-1: it is unhealthy, so no capacity is lost; 1 in flight, at most 1
	// started i-2: it is unhealthy, so no capacity is lost; 1 in flight, at most 1
	// Succeeded: 2 of 2 instances were updated, 1 needed
	// nothing is in flight any more
	// Succeeded
}

func ExampleDeploymentGroup_Explain() {
	group, err := codedeploy.ParseDeploymentGroup([]byte(`{"applicationName": "shop", "deploymentGroupName": "web",
		"serviceRoleArn": "arn:aws:iam::123456789012:role/deploy",
		"ec2TagFilters": [{"Key": "env", "Value": "prod", "Type": "KEY_AND_VALUE"}]}`), nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	instances, _ := codedeploy.ReadInventory(strings.NewReader(`[{"id": "i-1", "tags": {"env": "prod"}}, {"id": "i-2", "tags": {"env": "test"}}]`))
	for _, instance := range instances {
		match, _ := group.Explain(instance)
		fmt.Println(match.Sentence)
	}
	// Output:
	// i-1 is selected: it matches filter 1, env=prod
	// i-2 is not selected: no filter matches; the nearest is filter 1, env=prod, and the tag is env=test
}

func ExampleInstallPlan() {
	files, _ := codedeploy.NewSimFileSystem()
	_ = files.PutFile(codedeploy.RootRevision, "/app/index.html", 0o644, "hello")
	_ = files.PutDirectory(codedeploy.RootDestination, "/srv", 0o755)
	spec, _ := codedeploy.ParseAppSpec([]byte("version: 0.0\nos: linux\nfiles:\n  - source: app\n    destination: /srv/app\n"), nil)
	plan, err := codedeploy.NewInstallPlan(spec, files, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	install, _ := plan.NewInstall(files, codedeploy.InstallOptions{Group: "web", ID: "d-1"})
	if err := install.Apply(context.Background()); err != nil {
		fmt.Println(err)
		return
	}
	_ = install.Keep()
	picture, _ := files.Describe(codedeploy.RootDestination)
	fmt.Print(picture)
	// Output:
	// /srv directory 0755 root:root
	// /srv/app directory 0755 root:root
	// /srv/app/index.html file 0644 root:root "hello"
}
