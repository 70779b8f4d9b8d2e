// SPDX-License-Identifier: MIT
// What may be done inside callbacks: inputs are refused and change nothing; objects may be destroyed,
// moved away and replaced. The addresses that are wrong then are the sanitizer's to find.
#include <codedeploy-sim/codedeploy-sim.hpp>

#include <functional>
#include <stdexcept>

#include "testing.hpp"

using namespace codedeploy;

namespace
{

DeploymentOptions canary()
{
    DeploymentOptions options;
    options.id = "d-EXAMPLE01";
    options.group = DeploymentGroup::parse(
        R"({"applicationName":"shop","deploymentGroupName":"prod","computePlatform":"Lambda",
            "serviceRoleArn":"arn:aws:iam::111122223333:role/codedeploy"})");
    options.appspec =
        AppSpec::parse("version: 0.0\nResources:\n  - f:\n      Type: AWS::Lambda::Function\n"
                       "      Properties: {Name: f, Alias: live, CurrentVersion: 7, "
                       "TargetVersion: 8}\n");
    options.schedule = TrafficSchedule::parse("10:5m,100");
    return options;
}

std::unique_ptr<Deployment> made()
{
    return std::make_unique<Deployment>(Deployment::create(canary()));
}

/// Does something in the midst of an action, and then looks at the deployment.
struct Meddling : Host {
    explicit Meddling(std::function<void()> what) : meddle(std::move(what))
    {
    }
    Reply set_traffic(const DeploymentView &deployment, const DeploymentAction &action) override
    {
        meddle();
        weight = action.weight;
        id = deployment.info().id; // it is still there
        return Reply::done();
    }
    Status changed(const DeploymentView &deployment, const DeploymentChange &change) override
    {
        sentences += deployment.render(change) + "\n";
        return Status::Ok;
    }
    std::function<void()> meddle;
    std::uint32_t weight = 0;
    std::string id;
    std::string sentences;
};

void deployments_are_destroyed()
{
    auto deployment = made();
    Meddling host([&] { deployment.reset(); });
    drive(*deployment, host, Milliseconds(0), DeploymentInput::start());
    CHECK(!deployment && host.weight == 10);
    CHECK_EQUAL(host.id, "d-EXAMPLE01");
    CHECK(!host.sentences.empty());

    deployment = made();
    Meddling throws([&] {
        deployment.reset();
        throw std::domain_error("gone");
    });
    try {
        drive(*deployment, throws, Milliseconds(0), DeploymentInput::start());
        CHECK(false);
    } catch (const std::domain_error &error) {
        CHECK_EQUAL(error.what(), "gone");
    }
}

void deployments_are_moved_and_replaced()
{
    auto deployment = made();
    std::optional<Deployment> other;
    Meddling host([&] {
        if (deployment->get())
            other = std::move(*deployment);
    });
    drive(*deployment, host, Milliseconds(0), DeploymentInput::start());
    CHECK(host.weight == 10 && !deployment->get());
    CHECK(other->status() == DeploymentStatus::InProgress && other->open_actions().size() == 0);
    drive(*other, host, other->next_deadline());
    CHECK(host.weight == 100 && other->status() == DeploymentStatus::Succeeded);

    deployment = made();
    Meddling replaces([&] { *deployment = Deployment::create(canary()); });
    drive(*deployment, replaces, Milliseconds(0), DeploymentInput::start());
    CHECK(replaces.weight == 10 && deployment->status() == DeploymentStatus::Created);
}

void inputs_are_refused()
{
    auto deployment = made();
    Meddling host([&] {
        const std::string before = deployment->snapshot();
        Meddling another([] {});
        const Milliseconds now(5);
        CHECK_FAILS((deployment->step(now), 0), Status::State);
        CHECK_FAILS((deployment->start(now), 0), Status::State);
        CHECK_FAILS((deployment->stop(now), 0), Status::State);
        CHECK_FAILS((deployment->continue_wait(now), 0), Status::State);
        CHECK_FAILS((deployment->alarm(now, "a", AlarmState::Alarm), 0), Status::State);
        CHECK_FAILS((deployment->answer(now, 1, DeploymentOutcome::Failed), 0), Status::State);
        CHECK_FAILS((deployment->replay(write_input(now, DeploymentInput())), 0), Status::State);
        CHECK_FAILS((drive(*deployment, another, now), 0), Status::State);
        CHECK(!deployment->next_action());
        CHECK(another.weight == 0);
        CHECK_EQUAL(deployment->snapshot(), before);
    });
    drive(*deployment, host, Milliseconds(0), DeploymentInput::start());
    CHECK(host.weight == 10 && deployment->now() == Milliseconds(0));
    drive(*deployment, host, deployment->next_deadline());
    CHECK(deployment->status() == DeploymentStatus::Succeeded);
}

struct Installing {
    Installing() : fs(sim::FileSystem::create())
    {
        fs->put_file(FileRoot::Revision, "/app/a", "new a");
        fs->put_file(FileRoot::Revision, "/app/b", "new b");
        plan = InstallPlan::create(
            AppSpec::parse(
                "version: 0.0\nos: linux\nfiles:\n  - source: app\n    destination: /srv\n"),
            *fs);
    }
    void make(std::function<void()> what)
    {
        InstallOptions options;
        options.group = "g";
        options.id = "d-1";
        options.progress = [this, what](const InstallProgress &) {
            told++;
            what();
            return Status::Ok;
        };
        install = std::make_unique<Install>(Install::create(*plan, *fs, options));
    }
    std::unique_ptr<sim::FileSystem> fs;
    std::optional<InstallPlan> plan;
    std::unique_ptr<Install> install;
    int told = 0;
};

void installs_are_destroyed()
{
    Installing one;
    one.make([&] {
        one.install.reset();
        one.plan.reset();
    });
    one.install->apply();
    CHECK(one.told > 1 && !one.install);
    CHECK(one.fs->describe(FileRoot::Destination).find("/srv/b") != std::string::npos);

    Installing stepped;
    stepped.make([&] {
        stepped.install.reset();
        throw std::domain_error("gone");
    });
    try {
        while (stepped.install->step())
            continue;
        CHECK(false);
    } catch (const std::domain_error &error) {
        CHECK_EQUAL(error.what(), "gone");
    }
    CHECK(!stepped.install);
}

void installs_refuse()
{
    Installing one;
    one.make([&] {
        CHECK_FAILS(one.install->step(), Status::State);
        CHECK_FAILS((one.install->apply(), 0), Status::State);
        CHECK_FAILS((one.install->keep(), 0), Status::State);
        CHECK_FAILS((one.install->revert(), 0), Status::State);
    });
    one.install->apply();
    CHECK(one.told > 1 && one.install->state() == InstallState::Committed);
    Install moved = std::move(*one.install);
    CHECK_FAILS(one.install->step(), Status::Argument);
    moved.revert();
    CHECK(moved.state() == InstallState::Undone);
}

} // namespace

int main()
{
    deployments_are_destroyed();
    deployments_are_moved_and_replaced();
    inputs_are_refused();
    installs_are_destroyed();
    installs_refuse();
    return testing::result();
}
