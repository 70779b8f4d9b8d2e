// SPDX-License-Identifier: MIT
// The binding in a build without exceptions and RTTI: the same calls return results. Another part of
// this program is compiled with exceptions.
#include <codedeploy-sim/codedeploy-sim.hpp>

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

#include "testing.hpp"
#include "throwing.hpp"

#if defined(__cpp_exceptions) || defined(__cpp_rtti)
#error "this is to be compiled without exceptions and RTTI"
#endif

using namespace codedeploy;
using std::chrono::minutes;

namespace
{

static_assert(std::is_same_v<Outcome<int>, Result<int>>);
static_assert(std::is_same_v<decltype(AppSpec::parse("")), Result<AppSpec>>);

constexpr const char *server =
    "version: 0.0\nos: linux\nfiles:\n  - source: app\n    destination: /srv/app\n";

void results_are_returned()
{
    const Result<AppSpec> good = AppSpec::parse(server);
    CHECK(good && good.ok() && good.status() == Status::Ok);
    CHECK_EQUAL(good->files()[0].destination, "/srv/app");
    CHECK((*good).platform() == Platform::Server);
    const Result<AppSpec> bad = AppSpec::parse("version: 0.0\nos: beos\n");
    CHECK(!bad && bad.status() == Status::Invalid && !bad.error().diagnostics().empty());
    CHECK(std::string(bad.error().what()).find("line 2: ") == 0);
    const Result<std::string> text = good->write();
    CHECK(AppSpec::parse(*text).value() == *good);
    CHECK(attempt([&] { return AppSpec::parse("["); }).status() == Status::Invalid);

    Result<AppSpecBuilder> builder = AppSpecBuilder::create(Platform::Lambda);
    CHECK(builder->set_os("linux").status() == Status::State);
    CHECK(builder->add_function("BeforeAllowTraffic", "f").ok());
    AppSpecBuilder moved = *std::move(builder);
    CHECK(!moved.finish());
}

/// Gives memory a number of times.
struct Scarce {
    int left;
    static void *allocate(std::size_t bytes, void *user)
    {
        return static_cast<Scarce *>(user)->left-- > 0 ? std::malloc(bytes) : nullptr;
    }
    static void *reallocate(void *old, std::size_t, std::size_t bytes, void *user)
    {
        return static_cast<Scarce *>(user)->left-- > 0 ? std::realloc(old, bytes) : nullptr;
    }
    static void release(void *memory, std::size_t, void *)
    {
        std::free(memory);
    }
};

void lack_of_memory_is_returned()
{
    int failed = 0;
    for (int allowed = 0; allowed < 200; allowed++) {
        Scarce scarce{allowed};
        const cdp_allocator allocator = {sizeof allocator, Scarce::allocate, Scarce::reallocate,
                                         Scarce::release, &scarce};
        const auto spec = AppSpec::parse(server, AppSpecOptions(), Allocator(allocator));
        if (spec)
            break;
        CHECK(spec.status() == Status::NoMemory);
        failed++;
    }
    CHECK(failed > 3 && failed < 200);
}

/// What is asked of a failure that is not there, or the other way round, ends the program.
template <class What> bool aborts(What &&what)
{
    const pid_t child = fork();
    if (child == 0) {
        std::signal(SIGABRT, SIG_DFL);
        what();
        _exit(0);
    }
    int status = 0;
    return waitpid(child, &status, 0) == child && WIFSIGNALED(status) &&
           WTERMSIG(status) == SIGABRT;
}

void misuse_ends_the_program()
{
    CHECK(aborts([] { (void)AppSpec::parse("[").value(); }));
    CHECK(aborts([] { (void)AppSpec::parse(server).error(); }));
    CHECK(aborts([] { AppSpecBuilder::create(Platform::Ecs)->set_os("linux").value(); }));
    CHECK(!aborts([] { (void)AppSpec::parse(server).value(); }));
}

struct Shifting : Host {
    Reply set_traffic(const DeploymentView &, const DeploymentAction &action) override
    {
        weights += std::to_string(action.weight) + " ";
        return action.weight == 100 ? Reply::failed("no such alias") : Reply::done();
    }
    std::string weights;
};

void deployments_are_driven()
{
    DeploymentOptions options;
    options.id = "d-FIRST0001";
    options.group = *DeploymentGroup::parse(
        R"({"applicationName":"shop","deploymentGroupName":"prod","computePlatform":"Lambda",
 "serviceRoleArn":"arn:aws:iam::111122223333:role/codedeploy",
 "deploymentStyle":{"deploymentType":"BLUE_GREEN","deploymentOption":"WITH_TRAFFIC_CONTROL"}})");
    options.config = *DeploymentConfig::find("CodeDeployDefault.LambdaCanary10Percent5Minutes");
    options.appspec = *AppSpec::parse(R"(version: 0.0
Resources:
  - f: {Type: "AWS::Lambda::Function", Properties: {Name: f, Alias: a, CurrentVersion: "1", TargetVersion: "2"}}
)");
    Result<Deployment> deployment = Deployment::create(options);
    CHECK(deployment);
    Shifting host;
    CHECK(drive(*deployment, host, minutes(0), DeploymentInput::start()));
    CHECK(drive(*deployment, host, minutes(5)));
    CHECK_EQUAL(host.weights, "10 100 ");
    CHECK(deployment->status() == DeploymentStatus::Failed);
    CHECK(deployment->start(minutes(6)).status() == Status::State);
    sim::HostOptions play;
    play.deployment = options;
    Result<sim::Host> simulated = sim::Host::create(play);
    CHECK(simulated && simulated->run() && !simulated->render()->empty());
    CHECK(simulated->deployments()[0].status() == DeploymentStatus::Succeeded);
}

struct ReadOnly : CustomFileSystem {
    Status info(FileRoot, std::string_view path, bool, FileInfo &info) override
    {
        info.kind = path == "/app" ? FileKind::Regular : FileKind::Absent;
        return Status::Ok;
    }
};

void installs_are_planned()
{
    ReadOnly fs;
    const Result<InstallPlan> plan = InstallPlan::create(*AppSpec::parse(server), fs);
    CHECK(plan && plan->totals().files == 1);
    InstallOptions options;
    options.group = "g";
    options.id = "d";
    Result<Install> install = Install::create(*plan, fs, options);
    CHECK(install && install->apply().status() == Status::Unsupported);
}

} // namespace

int main()
{
    results_are_returned();
    lack_of_memory_is_returned();
    misuse_ends_the_program();
    deployments_are_driven();
    installs_are_planned();
    CHECK_EQUAL(read_and_catch(server), "Server");
    CHECK(read_and_catch("version: 0.0\nos: beos\n").find("line 2: ") == 0);
    return testing::result();
}
