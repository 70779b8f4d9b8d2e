// SPDX-License-Identifier: MIT

package codedeploy

import (
	"context"
	"fmt"
	"os"
	"syscall"
	"testing"
	"time"
)

// BIG_APPSPEC in the environment names the document, which the program in C that the numbers are
// compared with has written, and reads, too: bench/read_alone.c.
func BenchmarkParseAndReadFiles(b *testing.B) {
	path := os.Getenv("BIG_APPSPEC")
	if path == "" {
		b.Skip("there is no BIG_APPSPEC; `meson test --benchmark go` has one made")
	}
	text := readFile(b, path)
	b.ResetTimer()
	best := time.Duration(1 << 62)
	bytes := 0
	for i := 0; i < b.N; i++ {
		start := time.Now()
		spec, err := ParseAppSpec(text, nil)
		if err != nil {
			b.Fatal(err)
		}
		bytes = 0
		for _, file := range spec.Files() {
			bytes += len(file.Source) + len(file.Destination)
		}
		spec.Close()
		if took := time.Since(start); took < best {
			best = took
		}
	}
	b.ReportMetric(float64(best.Nanoseconds()), "best-ns")
	b.ReportMetric(float64(bytes), "bytes-read")
}

// cpu is the processor time of this process: what else the machine does counts little in it.
func cpu() time.Duration {
	var usage syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// The cost of a call beyond what C does in it.
func BenchmarkCallOverhead(b *testing.B) {
	spec := must[*AppSpec](b)(ParseAppSpec([]byte(server), nil))
	defer spec.Close()
	start := cpu()
	for i := 0; i < b.N; i++ {
		spec.Platform()
	}
	b.ReportMetric(float64(cpu()-start)/float64(b.N), "cpu-ns/op")
}

func BenchmarkWeightAt(b *testing.B) {
	schedule := must[*TrafficSchedule](b)(ParseTrafficSchedule("10:5m,100", nil))
	defer schedule.Close()
	for i := 0; i < b.N; i++ {
		_, _ = schedule.WeightAt(0, 6*time.Minute)
	}
}

func BenchmarkMachineStep(b *testing.B) {
	lifecycle := must[*Lifecycle](b)(must[*LifecyclePlan](b)(FindLifecyclePlan(PlatformServer, ScenarioInPlace)).NewLifecycle(nil))
	defer lifecycle.Close()
	for i := 0; i < b.N; i++ {
		_ = lifecycle.Step(0)
	}
}

func BenchmarkMatch(b *testing.B) {
	group := must[*DeploymentGroup](b)(ParseDeploymentGroup([]byte(groupJSON), nil))
	instance := Instance{ID: "i-1", Tags: []Tag{{"env", "prod"}}}
	for i := 0; i < b.N; i++ {
		_, _ = group.Match(instance)
	}
}

// A step of a running deployment, when nothing is due.
func BenchmarkDeploymentStep(b *testing.B) {
	d := newServer(b, serverOptions(b), 10)
	defer d.Close()
	must[Batch](b)(d.Step(0, StartInput()))
	b.ResetTimer()
	for i := 0; i < b.N; i++ {
		_, _ = d.Step(0)
	}
}

// A whole deployment of a hundred instances, with a host in Go.
func BenchmarkDeploymentRun(b *testing.B) {
	options := serverOptions(b)
	for i := 0; i < b.N; i++ {
		d := newServer(b, options, 100)
		if err := d.Run(context.Background(), HostFunc(func(context.Context, *Action) Reply { return Reply{} }), nil); err != nil {
			b.Fatal(err)
		}
		d.Close()
	}
}

// A whole roll-out of a thousand instances.
func BenchmarkRollout(b *testing.B) {
	for i := 0; i < b.N; i++ {
		rollout := must[*Rollout](b)(NewRollout(&RolloutOptions{Minimum: Minimum{MinimumFleetPercent, 50}}))
		instances := make([]RolloutInstance, 1000)
		for n := range instances {
			instances[n] = RolloutInstance{ID: fmt.Sprintf("i-%04d", n)}
		}
		if err := rollout.Add(instances...); err != nil {
			b.Fatal(err)
		}
		_ = rollout.Start(0)
		for now := time.Second; !rollout.Settled(); now += time.Second {
			decisions, _ := rollout.Decide(0)
			for _, decision := range decisions {
				if decision.Kind == DecisionStart {
					_ = rollout.Result(decision.Instance, decision.Attempt, true, now)
				}
			}
		}
		rollout.Close()
	}
}
