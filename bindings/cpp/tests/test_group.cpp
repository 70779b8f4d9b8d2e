// SPDX-License-Identifier: MIT
// Groups and who belongs to them, inventories, rollback plans.
#include <codedeploy/codedeploy.hpp>

#include <stdexcept>
#include <thread>

#include "testing.hpp"

using namespace codedeploy;
using std::chrono::minutes;

namespace
{

GroupFilter filter(std::string key, std::string value)
{
    GroupFilter made;
    made.type = TagFilterType::KeyAndValue;
    made.key = std::move(key);
    made.value = std::move(value);
    return made;
}

GroupBuilder begun()
{
    GroupBuilder builder = GroupBuilder::create();
    GroupBasics basics;
    basics.application_name = "shop";
    basics.name = "web";
    basics.service_role_arn = "arn:aws:iam::123456789012:role/deploy";
    basics.platform = Platform::Server;
    builder.set_basics(basics);
    builder.add_filter(InstanceKind::Ec2, 0, filter("env", "prod"));
    return builder;
}

DeploymentGroup shop()
{
    GroupBuilder builder = begun();
    builder.add_filter(InstanceKind::Ec2, 0, filter("env", "stage"));
    builder.add_filter(InstanceKind::Ec2, 1, filter("role", "web"));
    builder.use_tag_set(InstanceKind::Ec2);
    GroupAutoScaling scaling;
    scaling.name = "web-fleet";
    builder.add_auto_scaling(scaling);
    builder.add_target_group("web-targets");
    GroupTrigger trigger;
    trigger.name = "tell";
    trigger.target_arn = "arn:aws:sns:eu-west-1:123456789012:topic";
    trigger.events = {TriggerEvent::DeploymentFailure, TriggerEvent::DeploymentStop};
    builder.add_trigger(trigger);
    GroupAlarms alarms;
    alarms.enabled = true;
    builder.set_alarms(alarms);
    builder.add_alarm("errors");
    GroupAutoRollback rollback;
    rollback.enabled = true;
    rollback.events = {RollbackEvent::Failure};
    builder.set_auto_rollback(rollback);
    builder.add_resource_tag(Tag{"team", "checkout"});
    return builder.finish();
}

void groups_are_built()
{
    const DeploymentGroup group = shop();
    CHECK(group.application_name() == "shop" && group.name() == "web" && !group.config_name());
    CHECK(group.platform() == Platform::Server);
    CHECK(group.basics().deployment_type == DeploymentType::InPlace);
    const auto tags = group.tag_groups(InstanceKind::Ec2);
    CHECK(tags.size() == 2 && tags[0].size() == 2 && tags[1][0].value == "web");
    CHECK(group.has_tag_set(InstanceKind::Ec2) && !group.has_tag_set(InstanceKind::OnPremises));
    CHECK_EQUAL(group.auto_scaling_groups()[0].name, "web-fleet");
    CHECK_EQUAL(group.target_groups().front(), "web-targets");
    CHECK(group.triggers()[0].events.contains(TriggerEvent::DeploymentStop) &&
          !group.triggers()[0].events.contains(TriggerEvent::InstanceStart));
    CHECK(group.alarm_settings()->enabled && group.alarms()[0] == "errors");
    CHECK(group.auto_rollback()->events == EnumSet<RollbackEvent>{RollbackEvent::Failure});
    CHECK_EQUAL(group.resource_tags()[0].value.value_or("none"), "checkout");
    CHECK(!group.ecs_service() && !group.target_group_pair() && !group.target_revision());
    CHECK(!group.blue_green() && !group.last_deployment(GroupLast::Attempted));
    CHECK(group.load_balancers().empty());

    const std::string json = group.write();
    CHECK_EQUAL(DeploymentGroup::parse(json).write(), json);
    GroupBuilder again = GroupBuilder::from(group);
    CHECK_EQUAL(again.finish().write(), json);
    again.clear(GroupList::Triggers);
    CHECK(again.finish().triggers().empty());

    GroupBuilder ecs = GroupBuilder::create();
    GroupBasics basics = group.basics();
    basics.platform = Platform::Ecs;
    basics.deployment_type = DeploymentType::BlueGreen;
    basics.deployment_option = DeploymentOption::WithTrafficControl;
    ecs.set_basics(basics);
    GroupEcsService service;
    service.cluster = "main";
    service.service = "web";
    ecs.set_ecs_service(service);
    GroupTargetGroupPair pair;
    pair.target_groups = {"one", "two"};
    pair.production_listener_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/a";
    ecs.set_target_group_pair(pair);
    GroupBlueGreen blue_green;
    blue_green.termination_action = TerminationAction::Terminate;
    blue_green.ready_action = ReadyAction::ContinueDeployment;
    blue_green.termination_wait_minutes = 5;
    ecs.set_blue_green(blue_green);
    const DeploymentGroup made = ecs.finish();
    CHECK(made.ecs_service()->service == "web" && made.blue_green()->termination_wait_minutes == 5);
    CHECK(made.target_group_pair()->target_groups[1] == "two");
    CHECK(!made.target_group_pair()->test_listener_arn);
}

void groups_that_are_wrong_are_refused()
{
    GroupBuilder builder = begun();
    builder.add_load_balancer("");
    const auto refused = attempt([&] { return builder.finish(); });
    CHECK(refused.status() == Status::Invalid && refused.error().diagnostics().size() >= 1);
    GroupBuilder moved = std::move(builder);
    CHECK_FAILS(builder.add_alarm("a"), Status::Argument);
    CHECK_FAILS(builder.finish(), Status::Argument);
    builder = std::move(moved);
    builder.clear(GroupList::LoadBalancers);
    CHECK(builder.finish().name() == "web");
    CHECK_FAILS(builder.add_filter(InstanceKind::Ec2, 7, filter("a", "b")), Status::Argument);
    GroupOptions options;
    options.configs = std::vector<DeploymentConfig>();
    CHECK_FAILS(
        DeploymentGroup::parse(
            R"({"applicationName":"a","deploymentGroupName":"b","serviceRoleArn":"arn:aws:iam::1:role/r",
                        "deploymentConfigName":"Mine"})",
            options),
        Status::Invalid);
}

void groups_are_changed()
{
    const DeploymentGroup group = shop();
    const DeploymentGroup changed = group.update(
        R"({"applicationName":"shop","currentDeploymentGroupName":"web","autoScalingGroups":[]})");
    CHECK(changed.auto_scaling_groups().empty() && !group.auto_scaling_groups().empty());
    Diagnostics found;
    const auto together = attempt([&] {
        DeploymentGroup::check_together({group, changed}, found);
    });
    CHECK(together.status() == Status::Invalid && found.size() == 1);
    CHECK(found[0].pointer.value_or("").find("/1") == 0);
    DeploymentGroup::check_together({group});

    DeploymentGroup from = shop();
    const DeploymentGroup taken = std::move(from);
    CHECK(!from.name() && from.tag_groups(InstanceKind::Ec2).empty() && from.alarms().empty());
    CHECK(from.platform() == Platform::Auto && !from.auto_rollback());
    CHECK_FAILS(from.write(), Status::Argument);
    CHECK_FAILS(from.match(Instance()), Status::Argument);
    CHECK_EQUAL(taken.write(), group.write());
}

Instance web(std::string id, std::string env = "prod")
{
    Instance instance;
    instance.id = std::move(id);
    instance.zone = "eu-1a";
    instance.tags = {Tag{"env", std::move(env)}, Tag{"role", "web"}};
    return instance;
}

void members_are_found()
{
    Members members = Members::create(shop());
    CHECK(members.add(web("i-3")).selected);
    const Match other = members.add(web("i-4", "test"));
    CHECK(!other.selected && other.reason == MatchReason::NoFilter && other.tag_group == 0u);
    int left = 4;
    members.add_all([&]() -> std::optional<Instance> {
        if (left-- == 0)
            return std::nullopt;
        return web("i-" + std::to_string(left)); // i-3 again
    });
    bool caught = false;
    try {
        members.add_all([]() -> std::optional<Instance> { throw std::out_of_range("no list"); });
    } catch (const std::out_of_range &error) {
        caught = error.what() == std::string("no list");
    }
    CHECK(caught);
    members.finish();
    CHECK(members.seen() == 6 && members.duplicates() == 1 && members.instances().size() == 4);
    const auto at = members.find("i-2");
    CHECK(at && members.instances()[*at].zone == "eu-1a" && !members.find("i-4"));
    CHECK_FAILS(members.add(web("i-9")), Status::State);
    Members moved = std::move(members);
    CHECK(members.instances().empty() && !members.find("i-2"));
    CHECK_FAILS(members.finish(), Status::Argument);
    CHECK(moved.instances().size() == 4);

    const DeploymentGroup group = shop();
    const Match full = group.explain(web("i-1", "test"));
    CHECK(full.near_filter.has_value() && full.reason == MatchReason::NoFilter);
    CHECK(group.render(web("i-1", "test"), full).find("env") != std::string::npos);
    CHECK(work_order(InstanceHealth::Unhealthy, RevisionHealth::Unknown) <
          work_order(InstanceHealth::Healthy, RevisionHealth::Current));
    InstanceHealth instance = InstanceHealth::Unhealthy;
    RevisionHealth revision = RevisionHealth::Unknown;
    health_after(true, InstanceOutcome::Succeeded, instance, revision);
    CHECK(instance == InstanceHealth::Healthy && revision == RevisionHealth::Current);
    CHECK_FAILS(health_after(true, static_cast<InstanceOutcome>(99), instance, revision),
                Status::Argument);
}

void inventories_are_read_in_pieces()
{
    constexpr std::string_view text =
        R"([{"id":"i-1","tags":{"env":"prod"}},{"id":7},{"id":"i-2","zone":"eu-1b"}])";
    Inventory first = Inventory::create();
    Inventory reader = std::move(first);
    CHECK_FAILS(first.feed("["), Status::Argument);
    std::string ids;
    std::size_t refused = 0;
    std::size_t given = 0;
    Instance instance;
    for (bool going = true; going;) {
        const auto got = attempt([&] { return reader.next(instance); });
        if (!got) {
            CHECK(got.status() == Status::Invalid && got.error().diagnostics()[0].line == 1);
            refused++;
            continue;
        }
        switch (*got) {
        case InventoryState::Instance:
            ids += instance.id + " " + instance.zone.value_or("-") + ";";
            break;
        case InventoryState::NeedsText:
            if (given < text.size())
                reader.feed(text.substr(given++, 1));
            else
                reader.finish();
            break;
        case InventoryState::End:
            going = false;
        }
    }
    CHECK_EQUAL(ids, "i-1 -;i-2 eu-1b;");
    CHECK(refused == 1 && given == text.size());
    CHECK_FAILS(reader.feed("x"), Status::State);
}

RollbackSituation canary_at_ten()
{
    RollbackSituation situation;
    situation.platform = Platform::Lambda;
    situation.deployment_id = "d-NEW000001";
    situation.status = DeploymentStatus::Stopped;
    situation.cause = RollbackCause::Alarm;
    situation.auto_rollback_enabled = true;
    situation.auto_rollback_events = {RollbackEvent::StopOnAlarm};
    situation.config = DeploymentConfig::find("CodeDeployDefault.LambdaCanary10Percent5Minutes");
    situation.weight = 10;
    RollbackTarget target;
    target.id = "f:live";
    target.status = TargetStatus::Failed;
    target.begun = true;
    target.events = {Event::BeforeAllowTraffic, Event::AllowTraffic};
    target.events_done = {Event::BeforeAllowTraffic};
    target.failed_event = Event::AllowTraffic;
    situation.targets = {target};
    return situation;
}

void rollbacks_are_planned()
{
    RollbackPlan first = RollbackPlan::create(canary_at_ten());
    const RollbackPlan plan = first;
    CHECK(plan.possible() && plan.info().wanted && plan.info().weight_before == 10);
    CHECK(plan.info().weight_after == 0 && plan.info().triggering_id == "d-NEW000001");
    CHECK(plan.steps().size() >= 1 && !plan.restores().empty());
    CHECK(plan.targets()[0].id == "f:live" && takes_part(plan.targets()[0].part));
    for (const RollbackStep &step : plan.steps()) {
        CHECK(!step.sentence.empty() && step.events.size() == step.event_count);
        for (const RollbackStepEvent &event : step.events)
            CHECK(!event.name.empty());
    }
    CHECK(plan.message(RollbackRecord::Triggering, "d-BACK00001").find("d-BACK00001") !=
          std::string::npos);
    CHECK(plan.write(2).find("\"f:live\"") != std::string::npos && !plan.render().empty());

    RollbackSituation unwanted = canary_at_ten();
    unwanted.auto_rollback_enabled = false;
    CHECK(!RollbackPlan::create(unwanted).info().wanted);
    RollbackSituation wrong = canary_at_ten();
    wrong.weight = 101;
    CHECK_FAILS(RollbackPlan::create(wrong), Status::Invalid);

    // Back by hand, to the second of two.
    RollbackSituation manual = canary_at_ten();
    manual.cause = RollbackCause::Manual;
    manual.status = DeploymentStatus::Succeeded;
    manual.weight = 100;
    for (const char *id : {"d-OLD000002", "d-OLD000001"}) {
        PastDeployment past;
        past.id = id;
        past.status = DeploymentStatus::Succeeded;
        past.revision.emplace();
        past.revision->type = RevisionType::S3;
        past.revision->bucket = "b";
        past.revision->key = id;
        past.revision->bundle_type = BundleType::Zip;
        manual.past.push_back(past);
    }
    manual.wanted = 1;
    ConfigFields fields;
    fields.name = "Mine";
    fields.platform = Platform::Lambda;
    fields.traffic_type = TrafficType::AllAtOnce;
    manual.config = DeploymentConfig::create(fields);
    std::optional<RollbackPlan> back = RollbackPlan::create(manual);
    manual = RollbackSituation(); // the plan holds the configuration, and so does what it tells
    const RollbackPlanInfo info = back->info();
    CHECK(info.source_id == "d-OLD000001");
    back.reset();
    CHECK(info.revision && info.revision->key == "d-OLD000001");
    CHECK(info.config && info.config->name() == "Mine");

    const RollbackPlan taken = std::move(first);
    CHECK(!first.possible() && first.steps().empty() && first.targets().empty());
    CHECK_FAILS(first.write(), Status::Argument);
    CHECK_EQUAL(taken.write(), plan.write());
}

/// Immutable objects are read by many threads at once, and the last one frees them.
void objects_are_shared_by_threads()
{
    auto group = std::make_unique<DeploymentGroup>(shop());
    const std::string json = group->write();
    std::vector<std::string> seen(4);
    std::vector<std::thread> threads;
    for (std::string &mine : seen)
        threads.emplace_back([&mine, copy = *group] {
            for (int i = 0; i < 50; i++)
                mine = copy.match(web("i-1")).selected ? copy.write() : "not selected";
        });
    group.reset();
    for (std::thread &thread : threads)
        thread.join();
    for (const std::string &one : seen)
        CHECK_EQUAL(one, json);
    // What moves on goes from thread to thread.
    Rollout rollout = Rollout::create();
    RolloutInstance instance;
    instance.id = "i-1";
    rollout.add({instance});
    std::thread([&, taken = std::move(rollout)]() mutable {
        taken.start(minutes(1));
        rollout = std::move(taken);
    }).join();
    CHECK(rollout.decide().has_value());
}

} // namespace

int main()
{
    groups_are_built();
    groups_that_are_wrong_are_refused();
    groups_are_changed();
    members_are_found();
    inventories_are_read_in_pieces();
    rollbacks_are_planned();
    objects_are_shared_by_threads();
    return testing::result();
}
