// SPDX-License-Identifier: MIT
// The golden cases of the C library's own tests, through the binding: a difference is a failure. The
// argument is the source folder's tests/. AppSpecs are in test_appspec.cpp.
#include <codedeploy-sim/codedeploy-sim.hpp>

#include <set>

#include "json.hpp"
#include "testing.hpp"
#include "vectors.hpp"

using namespace codedeploy;
using std::chrono::seconds;
using testing::Json;
using testing::read_file;
using testing::read_json;
namespace fs = std::filesystem;

namespace
{

void config_case(const fs::path &path, ConfigShape shape)
{
    Diagnostics found;
    const auto config =
        attempt([&] { return DeploymentConfig::parse(read_file(path), shape, found); });
    std::ostringstream text;
    found.sort();
    for (const Diagnostic &one : found) {
        text << one.line << ':' << one.column << '-' << one.end_line << ':' << one.end_column << ' '
             << name(one.severity) << ' ' << one.name();
        if (one.pointer)
            text << ' ' << *one.pointer;
        if (one.info()->api_name)
            text << " [" << *one.info()->api_name << ']';
        text << "\n  " << one.message << '\n';
        if (one.hint)
            text << "  " << *one.hint << '\n';
    }
    if (config) {
        const std::string written = config->write(shape, 2);
        CHECK_EQUAL(DeploymentConfig::parse(written, shape).write(shape, 2), written);
        text << written << '\n' << (config->is_predefined() ? "predefined\n" : "");
    } else {
        text << name(config.status()) << '\n';
    }
    fs::path expected = path;
    CHECK_EQUAL(text.str(), read_file(expected.replace_extension(".expected")));
}

void configs(const fs::path &tests)
{
    int count = 0;
    for (const auto &[folder, shape] : {std::pair{"create", ConfigShape::Create},
                                        {"info", ConfigShape::Info},
                                        {"hook", ConfigShape::Hook}})
        for (const fs::path &path : testing::files_in(tests / "config/data" / folder))
            if (path.extension() == ".json") {
                config_case(path, shape);
                count++;
            }
    CHECK(count >= 80);
}

/// A finding as the cases of groups tell it; sorted.
std::string lines(const Diagnostics &found)
{
    std::multiset<std::string> all;
    for (const Diagnostic &one : found)
        all.insert(std::string(name(one.severity)) + " " + std::string(one.name()) + " " +
                   one.pointer.value_or("-") +
                   (one.info()->api_name ? " " + std::string(*one.info()->api_name) : ""));
    std::string text;
    for (const std::string &one : all)
        text += one + "\n";
    return text;
}

std::string lines(const Json *expected)
{
    std::multiset<std::string> all;
    if (expected)
        for (const Json &one : expected->items)
            all.insert(one.text);
    std::string text;
    for (const std::string &one : all)
        text += one + "\n";
    return text;
}

std::string group_text(const Json &cases, const Json &one)
{
    if (const Json *group = one.find("group"))
        return std::string(group->raw);
    const Json *preset = cases["presets"].find(one.get("on"));
    std::string text(preset ? preset->raw : std::string_view("{}"));
    if (const Json *with = one.find("with"); with && !with->members.empty()) {
        text.back() = text.size() > 2 ? ',' : ' ';
        text += with->raw.substr(1);
    }
    return text;
}

GroupOptions group_options(const Json &one)
{
    GroupOptions options;
    options.shape = one.get("shape") == "create" ? GroupShape::Create
                    : one.get("shape") == "info" ? GroupShape::Info
                                                 : GroupShape::Auto;
    options.platform = from_name<Platform>(one.get("platform")).value_or(Platform::Auto);
    return options;
}

template <class Check> void group_cases(const fs::path &path, std::size_t at_least, Check &&check)
{
    const std::string text = read_file(path);
    const Json cases = read_json(text);
    CHECK(cases["cases"].items.size() >= at_least);
    for (const Json &one : cases["cases"].items)
        check(one, group_text(cases, one));
}

void group_rules(const fs::path &data)
{
    group_cases(data / "rules.json", 200, [](const Json &one, const std::string &text) {
        const GroupOptions options = group_options(one);
        Diagnostics found;
        const auto group = attempt([&] { return DeploymentGroup::parse(text, options, found); });
        CHECK_EQUAL(one.get("name") + "\n" + lines(found),
                    one.get("name") + "\n" + lines(one.find("findings")));
        if (!group) {
            CHECK(group.status() == Status::Invalid);
            return;
        }
        if (one.find("is"))
            CHECK_EQUAL(name(group->platform()), one.get("is"));
        const std::string written = group->write(group->shape_read());
        const DeploymentGroup again = DeploymentGroup::parse(written, options);
        CHECK_EQUAL(again.write(group->shape_read()), written);
        if (group->platform() != Platform::Auto && group->basics().service_role_arn)
            CHECK_EQUAL(GroupBuilder::from(*group).finish(options).write(), group->write());
    });
}

void group_changes(const fs::path &data)
{
    group_cases(data / "changes.json", 20, [](const Json &one, const std::string &text) {
        const DeploymentGroup group = DeploymentGroup::parse(text);
        Diagnostics found;
        const auto made = attempt([&] {
            if (const Json *update = one.find("update"))
                return group.update(update->raw, GroupOptions(), found);
            return group.replacement(one["replacement"].raw, GroupOptions(), found);
        });
        CHECK_EQUAL(one.get("name") + "\n" + lines(found),
                    one.get("name") + "\n" + lines(one.find("findings")));
        const Json *becomes = one.find("becomes");
        if (made && becomes && !becomes->members.empty()) {
            GroupOptions options;
            options.platform = group.platform();
            CHECK_EQUAL(made->write(GroupShape::Info),
                        DeploymentGroup::parse(becomes->raw, options).write(GroupShape::Info));
        }
    });
}

void group_matching(const fs::path &data)
{
    group_cases(data / "matching.json", 20, [](const Json &one, const std::string &text) {
        const DeploymentGroup group = DeploymentGroup::parse(text);
        Members members = Members::create(group);
        Inventory reader = Inventory::create();
        reader.feed(one["instances"].raw);
        reader.finish();
        Instance instance;
        while (reader.next(instance) == InventoryState::Instance) {
            members.add(instance);
            const Match full = group.explain(instance);
            const Match fast = group.match(instance);
            CHECK(full.selected == fast.selected && full.reason == fast.reason &&
                  full.filters == fast.filters);
            if (const Json *why = one.find("why"); why && why->find(instance.id))
                CHECK_EQUAL(group.render(instance, full), why->get(instance.id));
        }
        members.finish();
        std::string selected;
        for (const Instance &member : members.instances())
            selected += member.id + " ";
        std::string expected;
        if (const Json *ids = one.find("selected"))
            for (const Json &id : ids->items)
                expected += id.text + " ";
        CHECK_EQUAL(selected, expected);
    });
}

void health(const fs::path &data)
{
    const std::map<std::string, InstanceOutcome> outcomes = {
        {"not-attempted", InstanceOutcome::NotAttempted},
        {"succeeded", InstanceOutcome::Succeeded},
        {"failed", InstanceOutcome::Failed},
        {"installed", InstanceOutcome::Installed}};
    int count = 0;
    for (const std::string &line : split(read_file(data / "health.txt"), '\n')) {
        const auto w = words(line);
        if (w.size() != 8 || line[0] == '#')
            continue;
        count++;
        for (auto before : {InstanceHealth::Unhealthy, InstanceHealth::Healthy})
            for (auto of :
                 {RevisionHealth::Unknown, RevisionHealth::Old, RevisionHealth::Current}) {
                if ((w[3] != "-" && w[3] != name(before)) || (w[4] != "-" && w[4] != name(of)))
                    continue;
                InstanceHealth instance = before;
                RevisionHealth revision = of;
                health_after(w[1] == "succeeded", outcomes.at(w[2]), instance, revision);
                CHECK_EQUAL(name(instance), w[6] == "-" ? std::string(name(before)) : w[6]);
                CHECK_EQUAL(name(revision), w[7] == "-" ? std::string(name(of)) : w[7]);
            }
    }
    CHECK(count >= 15);
}

using Example = std::map<std::string, std::string>;

void set_minimum(const std::string &text, MinimumType &type, std::int64_t &value)
{
    type = text.back() == '%' ? MinimumType::FleetPercent : MinimumType::HostCount;
    value = std::stoll(text);
}

RolloutOptions rollout_options(const Example &e)
{
    RolloutOptions options;
    const std::string &minimum = e.at("min");
    if (minimum.find("CodeDeployDefault.") == 0)
        apply_config(options, DeploymentConfig::find(minimum));
    else
        set_minimum(minimum, options.minimum_type, options.minimum_value);
    if (e.count("green"))
        options.kind = RolloutKind::BlueGreen;
    if (e.count("zones")) {
        options.zonal = true;
        if (e.count("zone-min"))
            set_minimum(e.at("zone-min"), options.zone_minimum_type, options.zone_minimum_value);
        options.zone_wait = seconds(e.count("wait") ? std::stoi(e.at("wait")) : 0);
        options.first_zone_wait =
            e.count("first-wait") ? seconds(std::stoi(e.at("first-wait"))) : options.zone_wait;
    }
    return options;
}

Rollout fleet(const Example &e, int n, int healthy)
{
    Rollout rollout = Rollout::create(rollout_options(e));
    const int zones = e.count("zones") ? std::stoi(e.at("zones")) : 0;
    std::vector<RolloutInstance> instances;
    for (int i = 0; i < n; i++) {
        RolloutInstance one;
        one.id = "i-" + std::to_string(10000 + i);
        if (zones)
            one.zone = "z" + std::to_string(i * zones / n);
        if (i < healthy) {
            one.instance_health = InstanceHealth::Healthy;
            one.revision_health = RevisionHealth::Old;
        }
        instances.push_back(one);
    }
    rollout.add(instances);
    return rollout;
}

void play(const Example &e, int n, int healthy)
{
    Rollout rollout = fleet(e, n, healthy);
    const auto list = split(e.count("fail") ? e.at("fail") : "", ',');
    const std::set<std::string> fails(list.begin(), list.end());
    std::size_t begun = 0;
    std::size_t at_once = 0;
    std::string steps;
    Milliseconds now(0);
    rollout.start(now);
    for (;;) {
        std::vector<RolloutDecision> started;
        while (auto decision = rollout.decide()) {
            CHECK(!render(*decision).empty());
            if (decision->kind == RolloutDecisionKind::Start)
                started.push_back(*decision);
        }
        if (started.empty()) {
            now = rollout.next_deadline();
            if (now == never)
                break;
            rollout.step(now);
            continue;
        }
        steps += (steps.empty() ? "" : ",") + std::to_string(started.size());
        at_once = std::max(at_once, started.size());
        now += seconds(1);
        for (const RolloutDecision &one : started)
            rollout.result(*one.instance, one.attempt, !fails.count(std::to_string(++begun)), now);
    }
    const Example got = {{"verdict", std::string(name(rollout.verdict()))},
                         {"code", std::string(rollout.verdict_reason().error_code.value_or(""))},
                         {"at-once", std::to_string(at_once)},
                         {"ok", std::to_string(rollout.numbers().succeeded)},
                         {"begun", std::to_string(begun)},
                         {"steps", steps}};
    for (const auto &[key, value] : got)
        if (e.count(key))
            CHECK_EQUAL(e.at("number") + " " + key + " " + value,
                        e.at("number") + " " + key + " " + e.at(key));
    CHECK(rollout.is_settled());
}

void rollouts(const fs::path &data)
{
    int count = 0;
    for (const std::string &line : split(read_file(data / "documented.txt"), '\n')) {
        const auto w = words(line);
        if (w.empty() || w[0][0] == '#')
            continue;
        count++;
        Example e = pairs(w, 1);
        e["number"] = w[0];
        const int n = std::stoi(e.at("n"));
        if (e.count("healthy")) {
            play(e, n, std::stoi(e.at("healthy")));
        } else {
            play(e, n, 0);
            play(e, n, n);
        }
    }
    CHECK(count >= 40);
    const std::string snapshot = split(read_file(data / "snapshot.json"), '\n').at(0);
    CHECK_EQUAL(Rollout::restore(snapshot).snapshot(), snapshot);
    CHECK_FAILS(Rollout::restore(snapshot.substr(0, snapshot.size() - 2)), Status::Corrupt);
}

void lifecycles(const fs::path &data)
{
    const auto all = split(read_file(data / "snapshots.jsonl"), '\n');
    CHECK(all.size() >= 12);
    for (const std::string &line : all) {
        const Json want = read_json(line);
        const auto plan = LifecyclePlan::find(*from_name<Platform>(want.get("platform")),
                                              *from_name<Scenario>(want.get("scenario")));
        const Lifecycle target = Lifecycle::restore(*plan, line);
        CHECK_EQUAL(target.snapshot(), line);
        CHECK_EQUAL(name(target.status()), want.get("status"));
        CHECK_EQUAL(name(target.reason()), want.get("reason"));
        const auto events = target.events();
        CHECK(events.size() == want["events"].items.size() && target.changes().empty());
        for (std::size_t i = 0; i < events.size(); i++) {
            const Json &of = want["events"].items[i];
            CHECK_EQUAL(events[i].name, of.get("name"));
            CHECK_EQUAL(name(events[i].status), of.get("status"));
            CHECK_EQUAL(name(events[i].error), of.get("error"));
            CHECK_EQUAL(name(events[i].reason), of.get("reason"));
        }
        CHECK_FAILS(Lifecycle::restore(*plan, line.substr(0, line.size() - 2)), Status::Corrupt);
    }
}

// What the official agent made of installs, of one step each. Left out is what is refused by us, or
// cannot be followed: see tests/install/test_cases.c.
const std::set<std::string> left_out = {"perm_context_without_range", "exists_bad_option",
                                        "bad_option_but_nothing_exists", "source_parent_escape"};

std::string filled(std::string text)
{
    for (const auto &[what, with] :
         {std::pair<std::string, std::string>{"{{ROOT}}", "/scratch"}, {"{{HOME}}", "/home/me"}})
        for (std::size_t at; (at = text.find(what)) != std::string::npos;)
            text.replace(at, what.size(), with);
    return text;
}

void lay(sim::FileSystem &to, FileRoot root, const std::string &folder, const Json *files)
{
    if (!files)
        return;
    for (const auto &[file, what] : files->members) {
        std::string path = file[0] == '/' ? file : folder + "/" + file;
        for (std::size_t at; (at = path.find("//")) != std::string::npos;)
            path.erase(at, 1);
        if (path.back() == '/')
            path.pop_back();
        if (what.is_text())
            to.put_file(root, path, what.text);
        else if (what.find("link"))
            to.put_symlink(root, path, what.get("link"));
        else if (what.find("dir"))
            to.put_directory(root, path);
        else
            to.put_file(root, path, what.get("content"));
    }
}

bool install_case(const Json &data)
{
    const Json &one = data["case"];
    const Json &step = one["steps"].items.at(0);
    const Json &agent = data["ruby_agent"]["steps"].items.at(0)["generate"];
    if (one["steps"].items.size() > 1 || left_out.count(one.get("name")) ||
        agent["ok"].raw != "true" || !step.get("appspec_filename").empty())
        return false;
    auto to = sim::FileSystem::create();
    to->put_directory(FileRoot::Destination, "/scratch");
    to->put_directory(FileRoot::Destination, "/home/me");
    lay(*to, FileRoot::Revision, "", step.find("bundle"));
    lay(*to, FileRoot::Destination, "/scratch", step.find("pre"));
    to->put_file(FileRoot::Revision, "/appspec.yml", step.get("appspec"));
    InstallPlanOptions options;
    options.mode = InstallMode::Compatible;
    options.revision_directory = "/scratch/bundle1";
    options.working_directory = one.find("cwd") ? one.get("cwd") : "/scratch";
    options.home_directory = "/home/me";
    options.file_exists_behavior = from_name<FileExistsBehavior>(step.get("file_exists_behavior"))
                                       .value_or(FileExistsBehavior::Unset);
    const InstallPlan plan = InstallPlan::create(AppSpec::parse(step.get("appspec")), *to, options);
    const std::string ours = plan.write_instructions();
    CHECK_EQUAL(one.get("name") + " " + ours,
                read_json(ours)["instructions"] == agent["instructions"]
                    ? one.get("name") + " " + ours
                    : std::string(agent["instructions"].raw));
    const auto planned = plan.instructions();
    const auto read = InstallInstructions::parse(ours).all();
    CHECK(planned.size() == read.size());
    for (std::size_t i = 0; i < read.size(); i++)
        CHECK(planned[i].path == read[i].path && planned[i].source == read[i].source &&
              planned[i].mode == read[i].mode && planned[i].acls == read[i].acls);
    return true;
}

void installs(const fs::path &data)
{
    int compared = 0;
    for (const fs::path &path : testing::files_in(data / "cases")) {
        const std::string text = filled(read_file(path));
        compared += install_case(read_json(text)) ? 1 : 0;
    }
    CHECK(compared >= 40);
}

} // namespace

int main(int, char **argv)
{
    const fs::path tests = argv[1];
    configs(tests);
    group_rules(tests / "group/data");
    group_changes(tests / "group/data");
    group_matching(tests / "group/data");
    health(tests / "group/data");
    rollouts(tests / "rollout/data");
    lifecycles(tests / "lifecycle/data");
    rollbacks(tests / "rollback/data");
    installs(tests / "install/data");
    return testing::result();
}
