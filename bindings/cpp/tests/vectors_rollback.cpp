// SPDX-License-Identifier: MIT
// The golden rollback plans, through the binding; part of test-cpp-vectors.
#include <codedeploy/codedeploy.hpp>

#include "testing.hpp"
#include "vectors.hpp"

using namespace codedeploy;

namespace
{

using Words = std::vector<std::string>;

GroupRevision s3_revision(const std::string &key)
{
    GroupRevision revision;
    revision.type = RevisionType::S3;
    revision.bundle_type = BundleType::Zip;
    revision.bucket = "b";
    revision.key = key;
    return revision;
}

DeploymentConfig config(const std::string &word)
{
    ConfigFields fields;
    fields.platform = Platform::Server;
    fields.minimum_type = MinimumType::HostCount;
    fields.minimum_value = 1;
    if (word == "zonal") {
        fields.name = "zonal";
        fields.has_zones = true;
        return DeploymentConfig::create(fields);
    }
    if (word.find("count:") == 0) {
        fields.name = "count";
        fields.minimum_value = std::stoll(word.substr(6));
        return DeploymentConfig::create(fields);
    }
    return DeploymentConfig::find(word);
}

PastDeployment past_deployment(const Words &words)
{
    PastDeployment past;
    past.id = words[1];
    past.status = DeploymentStatus::Succeeded;
    past.revision = s3_revision(words[1]);
    for (const auto &[key, value] : pairs(words, 2)) {
        if (key == "status")
            past.status = *from_name<DeploymentStatus>(value);
        else if (key == "creator")
            past.creator = *from_name<DeploymentCreator>(value);
        else if (key == "key")
            past.revision = s3_revision(value);
        else if (key == "behavior")
            past.file_exists_behavior = *from_name<FileExistsBehavior>(value);
        else if (key == "missing")
            past.revision_missing = true;
        else
            past.revision.reset();
    }
    return past;
}

/// `One,Two,Three!`: the events begun; `!` behind one that failed, `~` behind one in progress.
void set_events(RollbackTarget &target, const std::string &list)
{
    target.begun = true;
    for (std::string one : split(list, ',')) {
        const char mark = one.back();
        if (mark == '!' || mark == '~')
            one.pop_back();
        const Event event = *from_name<Event>(one);
        target.events.insert(event);
        if (mark == '!')
            target.failed_event = event;
        else if (mark != '~')
            target.events_done.insert(event);
    }
}

RollbackTarget rollback_target(const Words &words)
{
    RollbackTarget target;
    target.id = words[1];
    const std::map<std::string, bool *> marks = {
        {"original", &target.original},     {"begun", &target.begun},
        {"traffic", &target.has_traffic},   {"had-traffic", &target.had_traffic},
        {"good", &target.on_good_revision}, {"gone", &target.gone}};
    for (const auto &[key, value] : pairs(words, 2)) {
        if (marks.count(key))
            *marks.at(key) = true;
        else if (key == "healthy")
            target.instance_health = InstanceHealth::Healthy;
        else if (key == "old" || key == "current")
            target.revision_health = key == "old" ? RevisionHealth::Old : RevisionHealth::Current;
        else if (key == "zone")
            target.zone = value;
        else if (key == "status")
            target.status = *from_name<TargetStatus>(value);
        else
            set_events(target, value);
    }
    return target;
}

void set_durations(RollbackSituation &situation, const Words &words)
{
    for (const auto &[key, value] : pairs(words, 1)) {
        const auto event = static_cast<std::size_t>(*from_name<Event>(key));
        if (situation.event_durations.size() <= event)
            situation.event_durations.resize(event + 1);
        situation.event_durations[event] = Milliseconds(std::stoll(value));
    }
}

RollbackFile rollback_file(const Words &words)
{
    RollbackFile file;
    file.path = words[1];
    for (int value = 0; value < 10; value++)
        if (name(static_cast<RollbackFileChange>(value)) == words[2])
            file.change = static_cast<RollbackFileChange>(value);
    file.in_earlier_revision = words.size() > 3;
    return file;
}

/// Words with an enumerator or a number behind them.
bool single_statement(RollbackSituation &to, const std::string &first, const std::string &value)
{
    if (first == "platform")
        to.platform = value == "server"   ? Platform::Server
                      : value == "lambda" ? Platform::Lambda
                                          : Platform::Ecs;
    else if (first == "type")
        to.deployment_type =
            value == "blue-green" ? DeploymentType::BlueGreen : DeploymentType::InPlace;
    else if (first == "id")
        to.deployment_id = value;
    else if (first == "creator")
        to.creator = from_name<DeploymentCreator>(value);
    else if (first == "status")
        to.status = from_name<DeploymentStatus>(value);
    else if (first == "cause")
        to.cause = *from_name<RollbackCause>(value);
    else if (first == "stop")
        to.stop_flag = value == "asked" ? RollbackStopFlag::Asked : RollbackStopFlag::Declined;
    else if (first == "failed")
        to.failed_event = *from_name<Event>(value);
    else if (first == "behavior")
        to.file_exists_behavior = *from_name<FileExistsBehavior>(value);
    else if (first == "manual-behavior")
        to.manual_file_exists_behavior = *from_name<FileExistsBehavior>(value);
    else if (first == "config")
        to.config = config(value);
    else if (first == "revision")
        to.revision = s3_revision(value);
    else if (first == "weight")
        to.weight = std::stoi(value);
    else if (first == "wanted")
        to.wanted = std::stoul(value) - 1;
    else
        return false;
    return true;
}

void statement(RollbackSituation &to, const Words &words)
{
    const std::map<std::string, bool *> flags = {{"traffic-control", &to.with_traffic_control},
                                                 {"ready-expired", &to.ready_expired},
                                                 {"ignore", &to.ignore_application_stop_failures},
                                                 {"compatible", &to.compatible_install},
                                                 {"test-listener", &to.test_listener},
                                                 {"test-traffic", &to.test_traffic},
                                                 {"replacement", &to.replacement_exists},
                                                 {"original-gone", &to.original_gone}};
    const std::string &first = words[0];
    const std::string value = words.size() > 1 ? words[1] : "";
    if (flags.count(first)) {
        *flags.at(first) = true;
    } else if (first == "auto") {
        to.auto_rollback_enabled = true;
        for (const auto &[word, event] : {std::pair{"failure", RollbackEvent::Failure},
                                          {"alarm", RollbackEvent::StopOnAlarm},
                                          {"request", RollbackEvent::StopOnRequest}})
            if (value.find(word) != std::string::npos)
                to.auto_rollback_events.insert(event);
    } else if (first == "hooks") {
        to.hooks.emplace();
        for (const std::string &one : split(value, ','))
            to.hooks->insert(*from_name<Event>(one));
    } else if (first == "ms") {
        set_durations(to, words);
    } else if (first == "file") {
        to.files.push_back(rollback_file(words));
    } else if (first == "past") {
        to.past.push_back(past_deployment(words));
    } else if (first == "target") {
        to.targets.push_back(rollback_target(words));
    } else if (!single_statement(to, first, value)) {
        testing::failed(first.c_str(), 0, "no such statement");
    }
}

} // namespace

void rollbacks(const std::filesystem::path &data)
{
    int count = 0;
    for (std::filesystem::path path : testing::files_in(data)) {
        if (path.extension() != ".txt")
            continue;
        count++;
        RollbackSituation situation;
        for (const std::string &line : split(testing::read_file(path), '\n'))
            if (!line.empty() && line[0] != '#')
                for (const std::string &one : split(line, ';'))
                    if (const Words list = words(one); !list.empty())
                        statement(situation, list);
        const RollbackPlan plan = RollbackPlan::create(situation);
        CHECK_EQUAL(plan.write(2) + "\n", testing::read_file(path.replace_extension(".json")));
        CHECK_EQUAL(plan.render(), testing::read_file(path.replace_extension(".out")));
        for (const RollbackStep &step : plan.steps())
            CHECK(!step.sentence.empty() && step.events.size() == step.event_count);
    }
    CHECK(count >= 6);
}
