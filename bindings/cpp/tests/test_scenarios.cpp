// SPDX-License-Identifier: MIT
// The scenarios that `codedeploy run` plays, through the binding: on the simulated host in C with the same
// picture, and on one in C++ with the same records. The arguments are the source folder's tests/ and
// the folder where bindings/scenarios.py has put the scenarios.
#include <codedeploy-sim/codedeploy-sim.hpp>

#include <algorithm>
#include <memory>
#include <regex>

#include "json.hpp"
#include "testing.hpp"

using namespace codedeploy;
using testing::Json;
using testing::read_file;
namespace fs = std::filesystem;

namespace
{

Milliseconds duration(const std::string &text)
{
    static const std::regex part("([0-9]+)(ms|s|m|h)");
    static const std::vector<std::pair<std::string, int>> units = {
        {"ms", 1}, {"s", 1000}, {"m", 60000}, {"h", 3600000}};
    Milliseconds sum(0);
    for (std::sregex_iterator i(text.begin(), text.end(), part); i != std::sregex_iterator(); ++i)
        for (const auto &[unit, of] : units)
            if ((*i)[2] == unit)
                sum += Milliseconds(std::stoll((*i)[1])) * of;
    return sum;
}

RolloutInstance instance(std::string id, bool serves = false, bool original = false)
{
    RolloutInstance made;
    made.id = std::move(id);
    made.instance_health = InstanceHealth::Healthy;
    made.revision_health = serves ? RevisionHealth::Current : RevisionHealth::Old;
    made.original = original;
    return made;
}

/// A number of instances, or their names.
std::vector<RolloutInstance> instances(const Json *value, const std::string &prefix,
                                       bool serves = false, bool original = false)
{
    std::vector<RolloutInstance> all;
    if (!value)
        return all;
    for (const Json &name : value->items)
        all.push_back(instance(name.text, serves, original));
    const int count = value->raw[0] == '[' ? 0 : std::stoi(std::string(value->raw));
    for (int i = 1; i <= count; i++)
        all.push_back(
            instance(prefix + (i < 10 ? "-0" : "-") + std::to_string(i), serves, original));
    return all;
}

GroupRevision revision(std::string key)
{
    GroupRevision made;
    made.type = RevisionType::S3;
    made.bucket = "revisions";
    made.key = std::move(key);
    return made;
}

/// The group with what a scenario leaves out.
DeploymentGroup group(const Json &facts)
{
    const Json *said = facts.find("group");
    std::string text(said ? said->raw : "{}");
    for (const auto &[key, value] :
         {std::pair<const char *, std::string>{"applicationName", "app"},
          {"deploymentGroupName", "group"},
          {"computePlatform", facts.get("platform")},
          {"serviceRoleArn", "arn:aws:iam::111122223333:role/codedeploy"}})
        if (!said || !said->find(key))
            text.insert(1, "\"" + std::string(key) + "\": \"" + value + "\"" +
                               (text.find(':') < text.size() ? ", " : ""));
    return DeploymentGroup::parse(text);
}

sim::HostOptions host_options(const Json &facts)
{
    sim::HostOptions options;
    DeploymentOptions &deployment = options.deployment;
    const Platform platform = *from_name<Platform>(facts.get("platform"));
    deployment.id = "d-SIM000001";
    deployment.group = group(facts);
    if (const Json *appspec = facts.find("appspec")) {
        AppSpecOptions read;
        read.platform = platform;
        deployment.appspec = AppSpec::parse(appspec->raw, read);
    }
    if (platform == Platform::Server)
        deployment.revision = revision("new.zip");
    if (const Json *said = facts.find("options")) {
        deployment.alarm_policy =
            from_name<AlarmPolicy>(said->get("alarm-policy")).value_or(AlarmPolicy::Any);
        const Json *ignore = said->find("ignoreApplicationStopFailures");
        deployment.ignore_application_stop_failures = ignore && ignore->raw == "true";
    }
    PastDeployment past;
    past.id = "d-EARLIER01";
    past.status = DeploymentStatus::Succeeded;
    past.revision = revision("earlier.zip");
    deployment.past.push_back(past);
    // What serves has the revision of the deployment before.
    const Json *said = facts.find("group");
    const Json *style = said ? said->find("deploymentStyle") : nullptr;
    const bool in_place = !style || style->get("deploymentType") != "BLUE_GREEN";
    options.instances = instances(facts.find("instances"), "i", in_place);
    for (const RolloutInstance &one : instances(facts.find("originals"), "blue", true, true))
        options.instances.push_back(one);
    options.provisioned = instances(facts.find("provisioned"), "green");
    options.answer = duration(facts.get("takes"));
    return options;
}

std::optional<std::string> given(const Json &of, std::string_view name)
{
    return of.find(name) ? std::optional<std::string>(of.get(name)) : std::nullopt;
}

std::vector<sim::Rule> rules(const Json &facts)
{
    std::vector<sim::Rule> all;
    const Json *results = facts.find("results");
    for (const Json &one : results ? results->items : std::vector<Json>()) {
        sim::Rule rule;
        rule.deployment = 1;
        if (const Json *nth = one.find("nth"))
            rule.nth = static_cast<std::uint32_t>(std::stoul(std::string(nth->raw)));
        if (one.find("action"))
            rule.kind = *from_name<DeploymentActionKind>(one.get("action"));
        rule.target = given(one, "target");
        rule.event = given(one, "event");
        rule.message = given(one, "message");
        rule.after = duration(one.find("takes") ? one.get("takes") : facts.get("takes"));
        rule.never = one.get("result") == "none";
        if (one.get("result") == "Failed")
            rule.outcome = DeploymentOutcome::Failed;
        rule.error = from_name<EventError>(one.get("error")).value_or(EventError::Success);
        all.push_back(rule);
    }
    return all;
}

using Timed = std::pair<Milliseconds, DeploymentInput>;

std::vector<Timed> inputs(const Json &facts)
{
    std::vector<Timed> all;
    const Json *given = facts.find("inputs");
    for (const Json &one : given ? given->items : std::vector<Json>()) {
        DeploymentInput input = DeploymentInput::target(instance(one.get("instance")));
        const Json *back = one.find("rollback");
        if (one.get("do") == "stop")
            input = DeploymentInput::stop(!back                 ? DeploymentFlag::NotSaid
                                          : back->raw == "true" ? DeploymentFlag::Yes
                                                                : DeploymentFlag::No);
        else if (one.get("do") == "continue")
            input = DeploymentInput::continue_wait(
                from_name<WaitType>(one.get("wait")).value_or(WaitType::None));
        else
            CHECK_EQUAL(one.get("do"), "join");
        all.emplace_back(duration(one.get("at")), input);
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const Timed &a, const Timed &b) { return a.first < b.first; });
    return all;
}

sim::Host simulated(const Json &facts)
{
    sim::Host host = sim::Host::create(host_options(facts));
    for (const sim::Rule &rule : rules(facts))
        host.add_rule(rule);
    const Json *alarms = facts.find("alarms");
    for (const Json &one : alarms ? alarms->items : std::vector<Json>())
        host.add_alarm(duration(one.get("at")), one.get("alarm"),
                       *from_name<AlarmState>(one.get("state")));
    for (const auto &[at, input] : inputs(facts)) {
        sim::Input timed;
        timed.at = at;
        timed.input = input;
        host.add_input(timed);
    }
    host.run();
    return host;
}

void the_picture_is_the_commands(const fs::path &golden, const sim::Host &host)
{
    const bool good = host.deployments()[0].status() == DeploymentStatus::Succeeded;
    const std::string picture = std::string(host.render()) + (good ? "exit 0\n" : "exit 1\n");
    CHECK_EQUAL(picture, read_file(golden));
    CHECK(host.entries().size() > 3);
    for (const sim::Entry &entry : host.entries())
        if (entry.kind != sim::EntryKind::Action)
            CHECK(picture.find(sim::write_time(entry.time)) != std::string::npos &&
                  picture.find(entry.sentence) != std::string::npos);
}

/// Does as the simulated host in C: rules, answers that come later, a clock of its own.
class Company : public Host
{
  public:
    explicit Company(const Json &facts)
        : facts_(facts), options_(host_options(facts)), rules_(rules(facts)), met_(rules_.size())
    {
        parts.push_back(std::make_unique<Deployment>(Deployment::create(options_.deployment)));
        for (const RolloutInstance &one : options_.instances)
            parts[0]->add_target(Milliseconds(0), one);
    }
    std::vector<std::unique_ptr<Deployment>> parts;
    std::string told;

    void play();

    Reply perform(const DeploymentView &deployment, const DeploymentAction &action) override
    {
        const sim::Rule rule = rule_for(number(deployment), action);
        const bool failed = rule.outcome == DeploymentOutcome::Failed;
        if ((rule.after > Milliseconds(0) || rule.never) && action.needs_answer) {
            if (!rule.never)
                promises_.push_back({now_ + rule.after, number(deployment), action, rule});
            return Reply::pending();
        }
        if (failed)
            return Reply::failed(rule.message.value_or(""), rule.error);
        return action.kind == DeploymentActionKind::Provision
                   ? Reply::provisioned(options_.provisioned)
                   : Reply::done();
    }
    Reply roll_back(const DeploymentView &deployment, const DeploymentAction &) override
    {
        DeploymentOptions options = next();
        options.config.reset();
        parts.push_back(std::make_unique<Deployment>(
            deployment.new_rollback(deployment.plan_rollback(), options)));
        return Reply::made(options.id);
    }
    Reply follow_up(const DeploymentView &deployment, const DeploymentAction &) override
    {
        DeploymentOptions options = next();
        options.creator = DeploymentCreator::CodeDeployAutoUpdate;
        options.root_id = deployment.info().id;
        auto made = std::make_unique<Deployment>(Deployment::create(options));
        const RolloutView rollout = *deployment.rollout();
        for (const std::uint32_t number : rollout.outdated()) {
            const auto view = rollout.instances()[number];
            RolloutInstance one = instance(view.id);
            one.zone = view.zone;
            one.instance_health = view.instance_health;
            one.revision_health = view.revision_health;
            made->add_target(Milliseconds(0), one);
        }
        parts.push_back(std::move(made));
        return Reply::made(options.id);
    }
    std::optional<AlarmState> poll_alarm(const DeploymentView &, std::string_view name) override
    {
        AlarmState state = AlarmState::Ok;
        const Json *alarms = facts_.find("alarms");
        for (const Json &one : alarms ? alarms->items : std::vector<Json>())
            if (one.get("alarm") == name && duration(one.get("at")) <= now_)
                state = *from_name<AlarmState>(one.get("state"));
        return state;
    }
    Status changed(const DeploymentView &deployment, const DeploymentChange &change) override
    {
        told += std::to_string(number(deployment)) + " " +
                std::string(sim::write_time(change.time)) + " " +
                std::to_string(static_cast<int>(change.kind)) + "\n";
        return Status::Ok;
    }

  private:
    struct Promise {
        Milliseconds at;
        std::size_t part;
        DeploymentAction action;
        sim::Rule rule;
    };
    std::size_t number(const DeploymentView &deployment) const
    {
        for (std::size_t i = 0; i < parts.size(); i++)
            if (parts[i]->get() == deployment.look())
                return i;
        CHECK(false);
        return 0;
    }
    DeploymentOptions next() const
    {
        DeploymentOptions options = options_.deployment;
        options.id = "d-SIM00000" + std::to_string(parts.size() + 1);
        return options;
    }
    sim::Rule rule_for(std::size_t part, const DeploymentAction &action)
    {
        const bool waits = action.needs_answer && action.kind != DeploymentActionKind::Cancel;
        for (std::size_t i = 0; i < rules_.size() && part == 0; i++) {
            const sim::Rule &rule = rules_[i];
            const bool fits =
                rule.kind == DeploymentActionKind() ? waits : rule.kind == action.kind;
            if (!fits || (rule.target && rule.target != action.target_id) ||
                (rule.event && rule.event != action.event_name))
                continue;
            if (++met_[i] == rule.nth || rule.nth == 0)
                return rule;
        }
        sim::Rule otherwise;
        otherwise.after = waits ? options_.answer : Milliseconds(0);
        return otherwise;
    }
    void keep(const Promise &promise);

    const Json &facts_;
    sim::HostOptions options_;
    std::vector<sim::Rule> rules_;
    std::vector<std::uint32_t> met_;
    std::vector<Promise> promises_;
    Milliseconds now_{0};
};

void Company::keep(const Promise &promise)
{
    Deployment &deployment = *parts[promise.part];
    const std::uint64_t token = promise.action.token;
    if (!deployment.open_action(token))
        return;
    const bool failed = promise.rule.outcome == DeploymentOutcome::Failed;
    if (promise.action.kind == DeploymentActionKind::Provision && !failed)
        for (const RolloutInstance &one : options_.provisioned)
            drive(deployment, *this, now_, DeploymentInput::target(one));
    DeploymentInput answer = DeploymentInput::done(token);
    if (failed)
        answer =
            DeploymentInput::failed(token, promise.rule.message.value_or(""), promise.rule.error);
    if (!promise.rule.message)
        answer.message.reset();
    drive(deployment, *this, now_, answer);
}

/// Answers come first, then inputs, then deadlines.
void Company::play()
{
    std::vector<Timed> left = inputs(facts_);
    std::size_t started = 0;
    for (;;) {
        while (started < parts.size()) {
            Deployment &part = *parts[started++];
            drive(part, *this, now_, DeploymentInput::start());
        }
        const auto promise =
            std::min_element(promises_.begin(), promises_.end(),
                             [](const Promise &a, const Promise &b) { return a.at < b.at; });
        const auto part =
            std::min_element(parts.begin(), parts.end(), [](const auto &a, const auto &b) {
                return a->next_deadline() < b->next_deadline();
            });
        const Milliseconds answer = promise == promises_.end() ? never : promise->at;
        const Milliseconds input = left.empty() ? never : left[0].first;
        const Milliseconds due = (*part)->next_deadline();
        const Milliseconds at = std::min({answer, input, due});
        if (at == never)
            return;
        now_ = std::max(now_, at);
        if (at == answer) {
            const Promise kept = *promise;
            promises_.erase(promise);
            keep(kept);
        } else if (at == input) {
            const DeploymentInput one = left[0].second;
            left.erase(left.begin());
            (void)attempt([&] { drive(*parts.back(), *this, now_, one); }); // too late
        } else {
            drive(**part, *this, now_);
        }
    }
}

void the_records_are_the_same(const Json &facts, const sim::Host &simulated)
{
    Company company(facts);
    company.play();
    const auto wanted = simulated.deployments();
    CHECK(company.parts.size() == wanted.size());
    for (std::size_t i = 0; i < wanted.size(); i++) {
        CHECK_EQUAL(company.parts[i]->write_info(1), wanted[i].write_info(1));
        CHECK_EQUAL(company.parts[i]->write_targets(1), wanted[i].write_targets(1));
    }
    std::string changes;
    for (const sim::Entry &entry : simulated.entries())
        if (entry.kind == sim::EntryKind::Change)
            changes += std::to_string(entry.deployment) + " " +
                       std::string(sim::write_time(entry.time)) + " " +
                       std::to_string(static_cast<int>(entry.change)) + "\n";
    CHECK_EQUAL(company.told, changes);
}

} // namespace

int main(int, char **argv)
{
    int count = 0;
    for (const fs::path &path : testing::files_in(argv[2])) {
        const std::string text = read_file(path);
        const Json facts = testing::read_json(text);
        const sim::Host host = simulated(facts);
        fs::path golden = fs::path(argv[1]) / "tools/data/scenarios" / path.filename();
        the_picture_is_the_commands(golden.replace_extension(".txt"), host);
        the_records_are_the_same(facts, host);
        count++;
    }
    CHECK(count >= 10);
    return testing::result();
}
