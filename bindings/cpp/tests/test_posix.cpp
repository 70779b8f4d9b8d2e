// SPDX-License-Identifier: MIT
// The ready host through the binding: deployments on this machine, its parts, and their callbacks.
#include <codedeploy-posix/codedeploy-posix.hpp>

#include <poll.h>
#include <stdexcept>
#include <thread>
#include <unistd.h>

#include "testing.hpp"

using namespace codedeploy;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace
{

/// A folder that goes when this does.
struct Scratch {
    Scratch()
    {
        std::string name = (fs::temp_directory_path() / "codedeploy-cpp-XXXXXX").string();
        if (!mkdtemp(name.data()))
            std::abort();
        path = name;
    }
    Scratch(const Scratch &) = delete;
    Scratch &operator=(const Scratch &) = delete;
    ~Scratch()
    {
        fs::remove_all(path);
    }
    void put(const fs::path &name, std::string_view content) const
    {
        fs::create_directories((path / name).parent_path());
        std::ofstream(path / name, std::ios::binary) << content;
        if (content.substr(0, 2) == "#!")
            fs::permissions(path / name, fs::perms::owner_all);
    }
    fs::path path;
};

void put_bundle(const Scratch &scratch, const std::string &name, std::string_view script)
{
    scratch.put(name + "/appspec.yml", "version: 0.0\nos: linux\nfiles:\n  - source: message\n"
                                       "    destination: /srv\nhooks:\n  ValidateService:\n"
                                       "    - location: check.sh\n");
    scratch.put(name + "/message", name);
    scratch.put(name + "/check.sh", "#!/bin/sh\n" + std::string(script) + "\n");
}

posix::DeployOptions trial(const Scratch &scratch, const std::string &bundle)
{
    posix::DeployOptions options;
    fs::create_directories(scratch.path / "root/srv");
    options.bundle = (scratch.path / bundle).string();
    options.destination_root = (scratch.path / "root").string();
    options.root_directory = (scratch.path / "records").string();
    options.durability = InstallDurability::Volatile;
    return options;
}

std::string message(const Scratch &scratch)
{
    const fs::path path = scratch.path / "root/srv/message";
    return fs::exists(path) ? testing::read_file(path) : "none";
}

void bundles_are_deployed_and_rolled_back()
{
    const Scratch scratch;
    put_bundle(scratch, "one", "echo checked");
    put_bundle(scratch, "two", "echo it is broken >&2; exit 3");
    posix::DeployOptions options = trial(scratch, "one");
    const posix::Preview preview = posix::Preview::create(options);
    const InstallPlan planned = preview.install();
    CHECK(planned.totals().files == 1 && preview.events().find_event("ValidateService"));
    CHECK(!preview.directory().empty() && message(scratch) == "none");

    std::string told;
    options.news = [&](const posix::News &news) {
        if (news.kind == posix::NewsKind::EventEnded)
            told += std::string(*news.event) + " " + std::string(*news.status) + ",";
        if (news.kind == posix::NewsKind::Log && news.log_kind == posix::LogKind::Stdout)
            told += std::string(*news.text) + ",";
        return Status::Ok;
    };
    const posix::Deployment first = posix::Deployment::deploy(options);
    CHECK(first.succeeded() && first.status() == Status::Ok && !first.message());
    CHECK(told.find("Install Succeeded,AfterInstall Succeeded,") != std::string::npos);
    CHECK(told.find("checked,ValidateService Succeeded,") != std::string::npos);
    CHECK_EQUAL(message(scratch), "one");

    options.bundle = (scratch.path / "two").string();
    std::optional<posix::Deployment> rollback;
    {
        const posix::Deployment failed = posix::Deployment::deploy(options);
        CHECK(!failed.succeeded() && failed.status() == Status::Invalid);
        CHECK_EQUAL(failed.failed_event().value_or("none"), "ValidateService");
        CHECK_EQUAL(failed.failed_script().value_or("none"), "check.sh");
        CHECK(failed.error_code() == posix::ScriptCode::Failed);
        CHECK(failed.log_tail().value_or("").find("it is broken") != std::string::npos);
        rollback = failed.rollback();
    } // the rollback keeps what it is part of
    CHECK(rollback && rollback->succeeded() && rollback->id() != first.id());
    CHECK_EQUAL(message(scratch), "one");
    const auto entries = posix::History::read(options.root_directory).entries();
    CHECK(entries.size() == 3 && entries[0].deployment_id == first.id());
    CHECK_EQUAL(entries[2].creator, "codeDeployRollback");
    CHECK(entries[2].is_last_successful && entries[2].completed > 0);
    CHECK(posix::Deployment::recover(options) == InstallOutcome::NothingToRecover);
    CHECK(posix::Deployment::redeploy(options, std::string(first.id())).succeeded());
    CHECK_FAILS(posix::Deployment::redeploy(options, "d-NONE"), Status::NotFound);
    const auto nowhere = posix::Deployment::deploy(trial(scratch, "nowhere"));
    CHECK(!nowhere.succeeded() && nowhere.status() == Status::NotFound && nowhere.message());
}

void callbacks_may_throw()
{
    const Scratch scratch;
    put_bundle(scratch, "one", "true");
    posix::DeployOptions options = trial(scratch, "one");
    options.no_rollback = true;
    std::size_t told = 0;
    for (std::size_t at = 0; at < 3; at++) {
        told = 0;
        options.news = [&](const posix::News &) -> Status {
            if (told++ == at * 4)
                throw std::out_of_range(std::to_string(at));
            return Status::Ok;
        };
        std::string caught;
        try {
            posix::Deployment::deploy(options);
        } catch (const std::out_of_range &error) {
            caught = error.what();
        }
        CHECK_EQUAL(caught, std::to_string(at));
        CHECK_EQUAL(message(scratch), "none");
    }
    options.news = [](const posix::News &) { return Status::Cancelled; };
    CHECK(attempt([&] { return posix::Deployment::deploy(options); }).status() ==
              Status::Cancelled ||
          message(scratch) == "none");

    options = trial(scratch, "one");
    options.bundle = "s3://bucket/key.zip";
    options.bundle_type = posix::BundleType::Zip;
    std::string asked;
    options.fetch = [&](const posix::Fetch &fetch) -> Status {
        asked = std::string(fetch.location);
        throw std::range_error("no network");
    };
    bool caught = false;
    try {
        posix::Deployment::deploy(options);
    } catch (const std::range_error &error) {
        caught = error.what() == std::string("no network");
    }
    CHECK(caught);
    CHECK_EQUAL(asked, "s3://bucket/key.zip");
}

void files_are_installed()
{
    const Scratch scratch;
    scratch.put("revision/app/a", "content");
    fs::create_directories(scratch.path / "root");
    fs::create_directories(scratch.path / "state");
    posix::FilesOptions options;
    options.revision = (scratch.path / "revision").string();
    options.destination = (scratch.path / "root").string();
    options.state = (scratch.path / "state").string();
    options.sync = posix::Sync::None;
    const auto files = posix::Files::create(options);
    const AppSpec spec = AppSpec::parse(
        "version: 0.0\nos: linux\nfiles:\n  - source: app\n    destination: /srv/app\n");
    InstallOptions install_options;
    install_options.group = "g";
    install_options.id = "d";
    install_options.durability = InstallDurability::Volatile;
    Install install = Install::create(InstallPlan::create(spec, *files), *files, install_options);
    install.apply();
    install.keep();
    CHECK_EQUAL(testing::read_file(scratch.path / "root/srv/app/a"), "content");
    options.destination = (scratch.path / "nowhere").string();
    CHECK_FAILS(posix::Files::create(options), Status::NotFound);
}

void bundles_are_unpacked()
{
    const Scratch scratch;
    scratch.put("bundle/appspec.yml", "x");
    scratch.put("bundle/a/b", "c");
    posix::BundleOptions options;
    options.location = (scratch.path / "bundle").string();
    options.destination = (scratch.path / "archive").string();
    std::uint64_t seen = 0;
    options.progress = [&](std::uint64_t entries, std::uint64_t) {
        seen = entries;
        return Status::Ok;
    };
    posix::unpack(options);
    CHECK_EQUAL(testing::read_file(scratch.path / "archive/a/b"), "c");
    CHECK_FAILS(posix::unpack(options), Status::Conflict);
    posix::remove_tree(options.destination);
    CHECK(!fs::exists(options.destination) && seen <= 4);
    options.type = posix::BundleType::Zip;
    CHECK(!attempt([&] { posix::unpack(options); }));
    CHECK(!fs::exists(options.destination));
}

void agent_configs_are_applied()
{
    const Scratch scratch;
    scratch.put("agent.yml", ":root_dir: /agent\n:program_name: other\n:max_revisions: 3\n"
                             ":enable_deployments_log: false\n:proxy_uri: http://proxy:3128\n");
    const auto config = posix::AgentConfig::read((scratch.path / "agent.yml").string());
    CHECK(config.root_directory() == "/agent" && config.max_revisions() == 3);
    posix::DeployOptions options;
    options.bundle = "/bundle";
    config.apply(options);
    CHECK(options.bundle == "/bundle" && options.root_directory == "/agent");
    CHECK(options.program_name == "other" && options.no_deployments_log);
    CHECK(options.max_revisions == 3);
    CHECK_EQUAL(config.variables()[0], "HTTPS_PROXY=http://proxy:3128");
    CHECK_FAILS(posix::AgentConfig::read("/no/such/file"), Status::Io);
}

posix::ScriptResult run(const posix::ScriptOptions &options, posix::Log &log)
{
    posix::Script script = posix::Script::begin(options, log);
    script.wait();
    return script.result();
}

void scripts_are_run()
{
    const Scratch scratch;
    scratch.put("ok.sh", "#!/bin/sh\necho $LIFECYCLE_EVENT $COLOUR\n");
    scratch.put("fail.sh", "#!/bin/sh\nexit 7\n");
    scratch.put("sleep.sh", "#!/bin/sh\necho asleep\nexec sleep 60\n");
    posix::LogOptions log_options;
    std::string lines;
    log_options.entry = [&](posix::LogKind kind, std::string_view text) {
        if (kind == posix::LogKind::Stdout)
            lines += text;
        if (text == "asleep" && lines.size() > 100)
            throw std::length_error("too much");
        return Status::Ok;
    };
    const auto log = posix::Log::create(log_options);
    posix::ScriptOptions options;
    options.revision = scratch.path.string();
    options.location = "ok.sh";
    options.event = "AfterInstall";
    options.variables = {"COLOUR=red"};
    CHECK(run(options, *log).code == posix::ScriptCode::Succeeded);
    CHECK_EQUAL(lines, "AfterInstall red");
    options.location = "fail.sh";
    const posix::ScriptResult failed = run(options, *log);
    CHECK(failed.code == posix::ScriptCode::Failed && failed.exit_status == 7);
    options.location = "sleep.sh";
    options.timeout = 50ms;
    CHECK(run(options, *log).code == posix::ScriptCode::TimedOut);

    // By an event loop; cancelled; with a log that throws.
    options.timeout = 0ms;
    posix::Script begun = posix::Script::begin(options, *log);
    posix::Script script = std::move(begun);
    CHECK(begun.descriptor() == -1);
    CHECK_FAILS(begun.step(), Status::Argument);
    pollfd waiting{script.descriptor(), POLLIN, 0};
    CHECK(poll(&waiting, 1, 10000) == 1 && script.step());
    script.cancel();
    script.wait();
    CHECK(script.result().status == Status::Cancelled || script.result().signal != 0);
    lines.assign(101, '.');
    posix::Script loud = posix::Script::begin(options, *log);
    bool caught = false;
    try {
        loud.wait();
    } catch (const std::length_error &error) {
        caught = error.what() == std::string("too much");
    }
    CHECK(caught);
    options.revision = "relative";
    CHECK_FAILS(posix::Script::begin(options, *log), Status::Argument);
}

} // namespace

int main()
{
    bundles_are_deployed_and_rolled_back();
    callbacks_may_throw();
    files_are_installed();
    bundles_are_unpacked();
    agent_configs_are_applied();
    scripts_are_run();
    return testing::result();
}
