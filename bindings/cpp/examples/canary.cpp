// SPDX-License-Identifier: MIT
// Plays a Lambda canary that an alarm stops, and its rollback, on a simulated host: no function is
// deployed, and eleven minutes pass in no time. It exits with 1 because the first deployment did not
// succeed.
#include <iostream>

#include <codedeploy-sim/codedeploy-sim.hpp>

using namespace codedeploy;
using namespace std::chrono_literals;

namespace
{

constexpr std::string_view group_json = R"({
  "applicationName": "app", "deploymentGroupName": "group", "computePlatform": "Lambda",
  "serviceRoleArn": "arn:aws:iam::111122223333:role/codedeploy",
  "deploymentConfigName": "CodeDeployDefault.LambdaCanary10Percent10Minutes",
  "deploymentStyle": {"deploymentType": "BLUE_GREEN", "deploymentOption": "WITH_TRAFFIC_CONTROL"},
  "alarmConfiguration": {"enabled": true, "alarms": [{"name": "checkout-errors"}]},
  "autoRollbackConfiguration": {
    "enabled": true, "events": ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"]}})";

constexpr std::string_view appspec = R"(version: 0.0
Resources:
  - checkout:
      Type: AWS::Lambda::Function
      Properties: {Name: checkout, Alias: live, CurrentVersion: "7", TargetVersion: "8"}
Hooks:
  - BeforeAllowTraffic: smoke-test
  - AfterAllowTraffic: end-to-end-test
)";

bool play()
{
    sim::HostOptions options;
    options.deployment.id = "d-SIM000001";
    options.deployment.group = DeploymentGroup::parse(group_json);
    options.deployment.appspec = AppSpec::parse(appspec);
    options.answer = 15s;
    sim::Host host = sim::Host::create(options);
    sim::Rule slow_test;
    slow_test.deployment = 1;
    slow_test.kind = DeploymentActionKind::RunHook;
    slow_test.event = "BeforeAllowTraffic";
    slow_test.after = 90s;
    host.add_rule(slow_test);
    host.add_alarm(7min, "checkout-errors", AlarmState::Alarm);
    host.run();
    std::cout << host.render();
    return host.deployments()[0].status() == DeploymentStatus::Succeeded;
}

} // namespace

int main()
try {
    return play() ? 0 : 1;
} catch (const std::exception &error) {
    std::cerr << error.what() << '\n';
    return 2;
}
