// SPDX-License-Identifier: MIT
// Deployments by both doors, on the simulated host, and what they stand on.
#include <codedeploy-sim/codedeploy-sim.hpp>

#include <stdexcept>
#include <thread>

#include "testing.hpp"

using namespace codedeploy;
using std::chrono::minutes;

namespace
{

constexpr std::string_view group_json = R"({"applicationName":"shop","deploymentGroupName":"prod",
 "computePlatform":"Lambda","serviceRoleArn":"arn:aws:iam::111122223333:role/codedeploy",
 "deploymentConfigName":"CodeDeployDefault.LambdaCanary10Percent10Minutes",
 "deploymentStyle":{"deploymentType":"BLUE_GREEN","deploymentOption":"WITH_TRAFFIC_CONTROL"},
 "alarmConfiguration":{"enabled":true,"alarms":[{"name":"errors"}]},
 "autoRollbackConfiguration":{"enabled":true,"events":["DEPLOYMENT_STOP_ON_ALARM"]}})";

constexpr std::string_view appspec_yaml = R"(version: 0.0
Resources:
  - checkout:
      Type: AWS::Lambda::Function
      Properties: {Name: checkout, Alias: live, CurrentVersion: "7", TargetVersion: "8"}
)";

DeploymentOptions canary()
{
    DeploymentOptions options;
    options.id = "d-FIRST0001";
    options.group = DeploymentGroup::parse(group_json);
    options.appspec = AppSpec::parse(appspec_yaml);
    return options;
}

struct Callbacks : Host {
    Reply set_traffic(const DeploymentView &deployment, const DeploymentAction &action) override
    {
        if (explode)
            throw std::out_of_range("no such alias");
        told += std::to_string(deployment.now().count() / 60000) + ":" +
                std::to_string(action.weight) + " ";
        return Reply::done();
    }
    std::optional<AlarmState> poll_alarm(const DeploymentView &deployment,
                                         std::string_view) override
    {
        return deployment.now() < minutes(7) ? AlarmState::Ok : AlarmState::Alarm;
    }
    Reply roll_back(const DeploymentView &deployment, const DeploymentAction &) override
    {
        DeploymentOptions options = canary();
        options.id = "d-BACK00001";
        rollback = std::make_unique<Deployment>(
            deployment.new_rollback(deployment.plan_rollback(), options));
        return Reply::made(options.id);
    }
    Status changed(const DeploymentView &, const DeploymentChange &) override
    {
        changes++;
        return Status::Ok;
    }
    std::string told;
    int changes = 0;
    bool explode = false;
    std::unique_ptr<Deployment> rollback;
};

void carry_out(Deployment &deployment, Host &host, Milliseconds &now)
{
    drive(deployment, host, now, DeploymentInput::start());
    while (!deployment.is_over()) {
        now = deployment.next_deadline();
        drive(deployment, host, now);
    }
}

void canary_rolls_back()
{
    Callbacks host;
    Milliseconds now(0);
    Deployment deployment = Deployment::create(canary());
    carry_out(deployment, host, now);
    CHECK(deployment.status() == DeploymentStatus::Stopped);
    CHECK(deployment.info().error_code == ErrorCode::AlarmActive);
    CHECK_EQUAL(deployment.info().rollback_id.value_or("none"), "d-BACK00001");
    CHECK(host.rollback != nullptr && host.changes > 5);
    carry_out(*host.rollback, host, now);
    CHECK(host.rollback->status() == DeploymentStatus::Succeeded);
    CHECK_EQUAL(host.told, "0:10 7:0 ");
    CHECK(deployment.write_info().find("d-FIRST0001") != std::string::npos);
    CHECK_EQUAL(deployment.past().id, "d-FIRST0001");
}

void exceptions_come_out_unchanged()
{
    Callbacks host;
    host.explode = true;
    Deployment deployment = Deployment::create(canary());
    bool caught = false;
    try {
        drive(deployment, host, Milliseconds(0), DeploymentInput::start());
    } catch (const std::out_of_range &error) {
        caught = true;
        CHECK_EQUAL(error.what(), "no such alias");
    }
    CHECK(caught);
    // The deployment is still good for everything.
    CHECK(deployment.info().error_message.value_or("").find("no such alias") != std::string::npos);
    CHECK(!deployment.snapshot().empty());
}

void actions_are_pulled()
{
    Deployment deployment = Deployment::create(canary());
    std::string journal = write_input(Milliseconds(0), DeploymentInput::start());
    deployment.start(Milliseconds(0));
    std::vector<DeploymentAction> actions;
    while (auto action = deployment.next_action())
        actions.push_back(*action);
    CHECK(!actions.empty() && deployment.open_actions().size() > 0);
    CHECK_FAILS(deployment.start(Milliseconds(1)), Status::State);
    CHECK_FAILS(deployment.answer(Milliseconds(1), 4711, DeploymentOutcome::Done),
                Status::NotFound);
    const std::string snapshot = deployment.snapshot();
    Deployment again = Deployment::restore(snapshot, canary());
    CHECK(again.next_action()->repeated);
    CHECK_FAILS(Deployment::restore("{}", canary()), Status::Corrupt);
    Deployment replayed = Deployment::create(canary());
    replayed.replay(journal);
    while (replayed.next_action())
        continue;
    CHECK_EQUAL(replayed.snapshot(), snapshot);

    Deployment moved = std::move(deployment);
    CHECK(!deployment.next_action() && deployment.targets().empty());
    CHECK(deployment.next_deadline() == never);
    CHECK_FAILS(deployment.stop(Milliseconds(2)), Status::Argument);
    moved.stop(Milliseconds(2), DeploymentFlag::No);
    CHECK(moved.info().stop_status != StopStatus());
    CHECK_FAILS(Deployment::create(DeploymentOptions()), Status::Argument);
}

std::string played()
{
    sim::HostOptions options;
    options.deployment = canary();
    sim::Host host = sim::Host::create(options);
    host.add_alarm(minutes(7), "errors", AlarmState::Alarm);
    host.run();
    CHECK(host.deployments().size() == 2);
    CHECK(host.deployments()[1].status() == DeploymentStatus::Succeeded);
    CHECK(host.entries().size() > 10);
    return host.render();
}

void hosts_are_simulated()
{
    std::string here;
    std::string there;
    std::thread other([&] { there = played(); }); // two threads, two objects
    here = played();
    other.join();
    CHECK_EQUAL(here, there);
    CHECK(here.find("d-SIM000002") != std::string::npos);
    CHECK_EQUAL(sim::write_time(minutes(7)), "0:07:00.000");
}

void rooms_below_are_there()
{
    CHECK(DeploymentConfig::predefined().size() == 17);
    const auto half = DeploymentConfig::find("CodeDeployDefault.HalfAtATime");
    CHECK(half.minimum_for(9) == 5 && half.is_predefined());
    CHECK_FAILS(DeploymentConfig::find("CodeDeployDefault.Half"), Status::NotFound);
    const auto schedule = TrafficSchedule::parse("10:5m,25:gate,100");
    CHECK(schedule.steps()[1].is_gate && schedule.weight_at(minutes(0), minutes(5)) == 25);
    TrafficCursor cursor = TrafficCursor::create(schedule, Milliseconds(0));
    CHECK(cursor.step(minutes(6)).at_gate && cursor.open_gate(minutes(8)).done);
    Rollout rollout = Rollout::create();
    RolloutInstance instance;
    instance.id = "i-1";
    rollout.add({instance});
    rollout.start(Milliseconds(0));
    bool began = false;
    while (auto decision = rollout.decide())
        if (decision->kind == RolloutDecisionKind::Start) {
            began = true;
            CHECK(!render(*decision).empty());
            rollout.result(*decision->instance, decision->attempt, true, Milliseconds(5));
        }
    CHECK(began && rollout.is_settled() && rollout.verdict() == RolloutVerdict::Succeeded);
    Lifecycle target = Lifecycle::create(*LifecyclePlan::find(Platform::Server));
    target.start(Milliseconds(0));
    target.begin(Milliseconds(1), 0);
    target.fail(Milliseconds(2), 0, EventError::ScriptFailed, "exit 1");
    CHECK(target.status() == TargetStatus::Failed);
    CHECK_FAILS(target.step(Milliseconds(1)), Status::Time);
}

} // namespace

int main()
{
    canary_rolls_back();
    exceptions_come_out_unchanged();
    actions_are_pulled();
    hosts_are_simulated();
    rooms_below_are_there();
    return testing::result();
}
