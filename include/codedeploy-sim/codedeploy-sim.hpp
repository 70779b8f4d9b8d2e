// SPDX-License-Identifier: MIT
#ifndef CODEDEPLOY_SIM_CODEDEPLOY_SIM_HPP
#define CODEDEPLOY_SIM_CODEDEPLOY_SIM_HPP

/// @file
/// libcodedeploy-sim for C++17: a scripted host with a virtual clock, and a file system in memory, for
/// tests of programs that embed the library. Link with pkg-config's `codedeploy-sim`.

#include <codedeploy/codedeploy.hpp>

#include <codedeploy-sim/filesystem.h>
#include <codedeploy-sim/host.h>
#include <codedeploy-sim/types.hpp>

namespace codedeploy
{
inline namespace CODEDEPLOY_ABI
{
namespace sim
{

/// A file system in memory. Belongs to one thread at a time.
class FileSystem : public codedeploy::FileSystem
{
  public:
    /// Three empty roots. It does not move: what works on it refers to it.
    static Outcome<std::unique_ptr<FileSystem>> create(const With &with = With())
    {
        std::unique_ptr<FileSystem> made(new FileSystem());
        cdp_status status = cdp_sim_fs_new(with.allocator.get(), made->object_.out());
        if (status == CDP_OK)
            status = cdp_sim_fs_callbacks(made->object_.get(), &made->c_);
        return codedeploy::detail::made<std::unique_ptr<FileSystem>>(
            status, [&] { return std::move(made); });
    }
    /// These make what is missing on the way, are not counted, and never fail by fault.
    Outcome<void> put_directory(FileRoot root, std::string_view path, std::uint32_t mode = 0755)
    {
        return done(
            cdp_sim_fs_put_directory(object(), c(root), codedeploy::detail::text(path), mode));
    }
    Outcome<void> put_file(FileRoot root, std::string_view path, std::string_view content,
                           std::uint32_t mode = 0644)
    {
        return done(cdp_sim_fs_put_file(object(), c(root), codedeploy::detail::text(path), mode,
                                        codedeploy::detail::text(content)));
    }
    Outcome<void> put_symlink(FileRoot root, std::string_view path, std::string_view target)
    {
        return done(cdp_sim_fs_put_symlink(object(), c(root), codedeploy::detail::text(path),
                                           codedeploy::detail::text(target)));
    }
    /// A device, FIFO or socket.
    Outcome<void> put_other(FileRoot root, std::string_view path, std::uint32_t mode = 0644)
    {
        return done(cdp_sim_fs_put_other(object(), c(root), codedeploy::detail::text(path), mode));
    }
    /// Puts a directory and what is made below it from now on onto another device.
    Outcome<void> set_device(FileRoot root, std::string_view path, std::uint64_t device)
    {
        return done(
            cdp_sim_fs_set_device(object(), c(root), codedeploy::detail::text(path), device));
    }
    /// What it cannot do.
    void set_lacks(Flags<Lack> lacks)
    {
        cdp_sim_fs_set_lacks(object(), lacks.bits());
    }
    /// How many bytes of content there is room for.
    void set_capacity(std::uint64_t bytes)
    {
        cdp_sim_fs_set_capacity(object(), bytes);
    }
    /// A picture of a root, a line for each path.
    Outcome<std::string> describe(FileRoot root) const
    {
        return codedeploy::detail::written(
            With(), [&](cdp_text *text) { return cdp_sim_fs_describe(object(), c(root), text); });
    }
    /// An error at a chosen call; nothing clears it. Begins to count anew.
    Outcome<void> set_fault(const std::optional<Fault> &fault)
    {
        if (!fault)
            return done(cdp_sim_fs_set_fault(object(), nullptr));
        const auto made = detail::to_c(*fault);
        return done(cdp_sim_fs_set_fault(object(), &made));
    }
    std::uint64_t call_count(bool only_changes = false) const
    {
        return cdp_sim_fs_call_count(object(), only_changes ? 1 : 0);
    }
    /// From now on changes are volatile until a sync.
    Outcome<void> begin_volatile()
    {
        return done(cdp_sim_fs_begin_volatile(object()));
    }
    Outcome<void> crash(Loss loss, std::uint64_t seed = 0)
    {
        return done(cdp_sim_fs_crash(object(), static_cast<cdp_sim_loss>(loss), seed));
    }
    cdp_sim_fs *object() const
    {
        return object_.get();
    }

  private:
    FileSystem() = default;
    static cdp_fs_root c(FileRoot root)
    {
        return static_cast<cdp_fs_root>(root);
    }
    static Outcome<void> done(cdp_status status)
    {
        return codedeploy::detail::done(status);
    }
    codedeploy::detail::Owned<cdp_sim_fs, cdp_sim_fs_free> object_;
};

/// What a host plays.
struct HostOptions {
    /// The first deployment.
    DeploymentOptions deployment;
    std::vector<RolloutInstance> instances;
    /// What a provision makes.
    std::vector<RolloutInstance> provisioned;
    /// When the first deployment is started.
    Milliseconds start{};
    /// How long actions take of which no rule speaks.
    Milliseconds answer{};
    /// The AppSpec of the revision that a rollback deploys; the first deployment's when not given.
    std::optional<AppSpec> rollback_appspec;
    /// The ids of the deployments that the host makes.
    std::vector<std::string> more_ids;
    /// Inputs and answers of one run at most; 0: 10,000,000.
    std::uint64_t step_limit = 0;
};

/// Something from outside, at a time.
struct Input {
    Milliseconds at{};
    /// Which deployment, from 1; 0: the one that was made last by then.
    std::uint32_t deployment = 0;
    /// The id of the target, in place of the input's number.
    std::optional<std::string> target;
    DeploymentInput input;
};

/// A time as the record writes it: `0:07:00.000`.
inline Outcome<std::string> write_time(Milliseconds time)
{
    return codedeploy::detail::written(
        With(), [&](cdp_text *text) { return cdp_sim_write_time(time.count(), text); });
}

/// A scripted host with a virtual clock: plays a deployment, its rollback and those that follow, in no
/// time. It keeps what it was made from. Belongs to one thread at a time.
class Host
{
  public:
    static Outcome<Host> create(const HostOptions &options, const With &with = With())
    {
        const codedeploy::detail::Findings findings(with);
        Host host(options);
        const codedeploy::detail::DeploymentOptionsC deployment(host.options_->deployment);
        const auto instances = all(options.instances);
        const auto provisioned = all(options.provisioned);
        const auto ids = codedeploy::detail::texts(host.options_->more_ids);
        auto c = codedeploy::detail::sized<cdp_sim_host_options>();
        c.instances = instances.data();
        c.instance_count = instances.size();
        c.provisioned = provisioned.data();
        c.provisioned_count = provisioned.size();
        c.start_ms = options.start.count();
        c.answer_ms = options.answer.count();
        c.rollback_appspec =
            host.options_->rollback_appspec ? host.options_->rollback_appspec->get() : nullptr;
        c.more_ids = ids.data();
        c.more_id_count = ids.size();
        c.step_limit = options.step_limit;
        host.deployment_ =
            std::make_unique<codedeploy::detail::DeploymentOptionsC>(host.options_->deployment);
        c.deployment = host.deployment_->get();
        const cdp_status status =
            cdp_sim_host_new(&c, findings.allocator(), findings.get(), host.object_.out());
        return codedeploy::detail::made<Host>(status, findings, [&] { return std::move(host); });
    }
    /// How actions come out; the first rule that applies counts.
    Outcome<void> add_rule(const Rule &rule)
    {
        const auto c = detail::to_c(rule);
        return done(cdp_sim_host_add_rule(get(), &c));
    }
    Outcome<void> add_input(const Input &input)
    {
        const codedeploy::detail::InputC inside(input.input);
        auto c = codedeploy::detail::sized<cdp_sim_input>();
        c.at_ms = input.at.count();
        c.deployment = input.deployment;
        c.target = codedeploy::detail::text(input.target);
        c.input = inside.get();
        return done(cdp_sim_host_add_input(get(), &c));
    }
    /// From a time on, an alarm is in a state.
    Outcome<void> add_alarm(Milliseconds at, std::string_view name, AlarmState state)
    {
        return done(cdp_sim_host_add_alarm(get(), at.count(), codedeploy::detail::text(name),
                                           static_cast<cdp_alarm_state>(state)));
    }
    /// A fault at a chosen call of a callback; nothing clears it. Begins to count anew.
    Outcome<void> set_fault(const std::optional<Fault> &fault)
    {
        if (!fault)
            return done(cdp_sim_host_set_fault(get(), nullptr));
        const auto c = detail::to_c(*fault);
        return done(cdp_sim_host_set_fault(get(), &c));
    }
    std::uint64_t call_count(bool only_changes = false) const
    {
        return cdp_sim_host_call_count(get(), only_changes ? 1 : 0);
    }
    /// Plays on until nothing more is due by then.
    Outcome<void> run(Milliseconds until = never)
    {
        return done(cdp_sim_host_run(get(), until.count()));
    }
    Milliseconds now() const
    {
        return Milliseconds(cdp_sim_host_now(get()));
    }
    /// The deployments, in the order in which they were made; they belong to the host.
    std::vector<DeploymentView> deployments() const
    {
        std::vector<DeploymentView> views;
        for (std::size_t i = 0; i < cdp_sim_host_deployment_count(get()); i++)
            views.emplace_back(cdp_sim_host_deployment_at(get(), i));
        return views;
    }
    /// What happened so far.
    List<Entry> entries() const
    {
        return List<Entry>(nullptr, get(), 0, cdp_sim_host_entry_count(get()),
                           [](const void *object, std::size_t, std::size_t i) {
                               auto c = codedeploy::detail::sized<cdp_sim_entry>();
                               cdp_sim_host_entry_at(static_cast<const cdp_sim_host *>(object), i,
                                                     &c);
                               return detail::from_c(c);
                           });
    }
    /// The same as text for people.
    Outcome<std::string> render(Detail how_much = Detail::Changes) const
    {
        return codedeploy::detail::written(With(), [&](cdp_text *text) {
            return cdp_sim_host_render(get(), static_cast<cdp_sim_detail>(how_much), text);
        });
    }
    cdp_sim_host *get() const
    {
        return object_.get();
    }

  private:
    explicit Host(const HostOptions &options) : options_(std::make_unique<HostOptions>(options))
    {
    }
    static std::vector<cdp_rollout_instance> all(const std::vector<RolloutInstance> &instances)
    {
        std::vector<cdp_rollout_instance> c;
        for (const RolloutInstance &instance : instances)
            c.push_back(codedeploy::detail::to_c(instance));
        return c;
    }
    static Outcome<void> done(cdp_status status)
    {
        return codedeploy::detail::done(status);
    }
    // What the C object refers to: it stays where it is when the Host is moved, and goes last.
    std::unique_ptr<HostOptions> options_;
    std::unique_ptr<codedeploy::detail::DeploymentOptionsC> deployment_;
    codedeploy::detail::Owned<cdp_sim_host, cdp_sim_host_free> object_;
};

} // namespace sim
} // namespace CODEDEPLOY_ABI
} // namespace codedeploy

#endif
