// SPDX-License-Identifier: MIT
#ifndef CODEDEPLOY_POSIX_CODEDEPLOY_POSIX_HPP
#define CODEDEPLOY_POSIX_CODEDEPLOY_POSIX_HPP

/// @file
/// libcodedeploy-posix for C++17: the ready host. Link with pkg-config's `codedeploy-posix`.

#include <codedeploy/codedeploy.hpp>

#include <codedeploy-posix/codedeploy-posix.h>
#include <codedeploy-posix/types.hpp>

namespace codedeploy
{
inline namespace CODEDEPLOY_ABI
{
namespace posix
{

/// The real file system below three directories. Belongs to one thread at a time; it does not move.
class Files : public FileSystem
{
  public:
    static Outcome<std::unique_ptr<Files>> create(const FilesOptions &options,
                                                  const With &with = With())
    {
        const codedeploy::detail::Findings findings(with);
        const auto c = detail::to_c(options);
        std::unique_ptr<Files> made(new Files());
        cdp_status status = cdp_posix_files_new(&c, findings.get(), made->object_.out());
        if (status == CDP_OK)
            status = cdp_posix_files_callbacks(made->object_.get(), &made->c_);
        return codedeploy::detail::made<std::unique_ptr<Files>>(status, findings,
                                                                [&] { return std::move(made); });
    }

  private:
    Files() = default;
    codedeploy::detail::Owned<cdp_posix_files, cdp_posix_files_free> object_;
};

/// What to unpack, and where to.
struct BundleOptions {
    std::string location;
    BundleType type = BundleType::Directory;
    /// The directory to make.
    std::string destination;
    Flags<BundleAllow> allow;
    /// 0: 200 times.
    std::uint32_t ratio = 0;
    /// 0: 16 GiB.
    std::uint64_t bytes = 0;
    /// 0: 1,000,000.
    std::uint64_t entries = 0;
    /// Small files of a directory are copied by a second thread, too.
    bool overlap = false;
    /// Told how many entries and bytes there are so far; not Status::Ok, and an exception, stops it.
    std::function<Status(std::uint64_t entries, std::uint64_t bytes)> progress;
};

namespace detail
{

struct Unpacking {
    static cdp_status told(std::uint64_t entries, std::uint64_t bytes, void *user) noexcept
    {
        auto *self = static_cast<Unpacking *>(user);
        return self->thrown.guard(
            [&] { return static_cast<cdp_status>(self->options->progress(entries, bytes)); });
    }
    const BundleOptions *options;
    codedeploy::detail::Thrown thrown;
};

} // namespace detail

/// Unpacks a bundle, which is not trusted. When it fails, nothing is left.
inline Outcome<void> unpack(const BundleOptions &options, const With &with = With())
{
    const codedeploy::detail::Findings findings(with);
    detail::Unpacking unpacking{&options, {}};
    auto c = codedeploy::detail::sized<cdp_posix_bundle_options>();
    c.location = codedeploy::detail::text(options.location);
    c.type = static_cast<cdp_posix_bundle_type>(options.type);
    c.destination = codedeploy::detail::text(options.destination);
    c.allow = options.allow.bits();
    c.ratio = options.ratio;
    c.bytes = options.bytes;
    c.entries = options.entries;
    c.overlap = options.overlap ? 1 : 0;
    if (options.progress) {
        c.progress = detail::Unpacking::told;
        c.user = &unpacking;
    }
    const cdp_status status = cdp_posix_bundle_unpack(&c, findings.get());
    unpacking.thrown.rethrow();
    return codedeploy::detail::done(status, findings);
}

/// Removes a directory and all that is in it; no link is followed.
inline Outcome<void> remove_tree(const std::string &directory)
{
    return codedeploy::detail::done(cdp_posix_remove_tree(codedeploy::detail::text(directory)));
}

/// One piece of news of a deployment; views live as long as the call.
struct News : NewsFields {
    std::optional<InstallProgress> progress;
};

/// What to deploy, and how.
struct DeployOptions {
    /// A path, `file:PATH`, `s3://…` or `https://…`. Required.
    std::string bundle;
    std::optional<BundleType> bundle_type;
    InstallMode mode = InstallMode::Transactional;
    std::optional<std::string> appspec_filename;
    /// The agent's root directory.
    std::optional<std::string> root_directory;
    /// Where destinations are, in a trial.
    std::optional<std::string> destination_root;
    std::optional<std::string> group_id;
    std::optional<std::string> group_name;
    std::optional<std::string> application_name;
    std::optional<std::string> deployment_id;
    /// `--events`; none: the usual order.
    std::vector<std::string> events;
    FileExistsBehavior file_exists_behavior = FileExistsBehavior::Unset;
    InstallDurability durability = InstallDurability::Durable;
    /// 0: 5.
    std::uint32_t max_revisions = 0;
    bool no_rollback = false;
    /// Told what happens; not Status::Ok, and an exception, cancels the deployment.
    std::function<Status(const News &)> news;
    /// Fetches a bundle from another machine; not Status::Ok, and an exception, fails it.
    std::function<Status(const Fetch &)> fetch;
    std::optional<std::string> program_name;
    bool no_deployments_log = false;
    Environment script_environment = Environment::Inherit;
    Flags<BundleAllow> bundle_allow;
    std::uint64_t bundle_bytes = 0;
    Flags<Refuse> refuse;
    bool private_directories = false;
    /// Copies of many small files overlap, in a second thread.
    bool overlap = false;
    /// Progress tells no bytes_total, for which every file has to be looked at.
    bool no_bytes_total = false;
};

namespace detail
{

/// The options in C's terms, valid as long as the options and this.
class DeployOptionsC
{
  public:
    explicit DeployOptionsC(const DeployOptions &options)
        : c_(codedeploy::detail::sized<cdp_posix_deploy_options>()), options_(&options),
          events_(codedeploy::detail::texts(options.events))
    {
        using codedeploy::detail::text;
        c_.bundle = text(options.bundle);
        if (options.bundle_type)
            c_.bundle_type = static_cast<cdp_posix_bundle_type>(*options.bundle_type);
        c_.mode = static_cast<cdp_install_mode>(options.mode);
        c_.appspec_filename = text(options.appspec_filename);
        c_.root_directory = text(options.root_directory);
        c_.destination_root = text(options.destination_root);
        c_.group_id = text(options.group_id);
        c_.group_name = text(options.group_name);
        c_.application_name = text(options.application_name);
        c_.deployment_id = text(options.deployment_id);
        c_.events = events_.data();
        c_.event_count = events_.size();
        c_.file_exists_behavior =
            static_cast<cdp_file_exists_behavior>(options.file_exists_behavior);
        c_.durability = static_cast<cdp_install_durability>(options.durability);
        c_.max_revisions = options.max_revisions;
        c_.no_rollback = options.no_rollback ? 1 : 0;
        c_.news = options.news ? news : nullptr;
        c_.fetch = options.fetch ? fetch : nullptr;
        c_.user = this;
        c_.program_name = text(options.program_name);
        c_.no_deployments_log = options.no_deployments_log ? 1 : 0;
        c_.script_environment = static_cast<cdp_posix_environment>(options.script_environment);
        c_.bundle_allow = options.bundle_allow.bits();
        c_.bundle_bytes = options.bundle_bytes;
        c_.refuse = options.refuse.bits();
        c_.private_directories = options.private_directories ? 1 : 0;
        c_.overlap = options.overlap ? 1 : 0;
        c_.no_bytes_total = options.no_bytes_total ? 1 : 0;
    }
    DeployOptionsC(const DeployOptionsC &) = delete;
    DeployOptionsC &operator=(const DeployOptionsC &) = delete;
    const cdp_posix_deploy_options *get() const
    {
        return &c_;
    }
    void rethrow()
    {
        thrown_.rethrow();
    }

  private:
    static cdp_status news(const cdp_posix_news *c, void *user) noexcept
    {
        auto *self = static_cast<DeployOptionsC *>(user);
        return self->thrown_.guard([&] {
            News told;
            static_cast<NewsFields &>(told) = from_c(*c);
            if (c->progress)
                told.progress = codedeploy::detail::from_c(*c->progress);
            return static_cast<cdp_status>(self->options_->news(told));
        });
    }
    static cdp_status fetch(const cdp_posix_fetch *c, void *user) noexcept
    {
        auto *self = static_cast<DeployOptionsC *>(user);
        return self->thrown_.guard(
            [&] { return static_cast<cdp_status>(self->options_->fetch(from_c(*c))); });
    }
    cdp_posix_deploy_options c_;
    const DeployOptions *options_;
    std::vector<cdp_string> events_;
    codedeploy::detail::Thrown thrown_;
};

} // namespace detail

/// What became of a deployment on this machine. Immutable; copies share it.
class Deployment
{
  public:
    /// Whether it succeeded, or why not: succeeded() and message(). Fails only when it could not
    /// begin; and what `news` or `fetch` threw comes out.
    static Outcome<Deployment> deploy(const DeployOptions &options, const With &with = With())
    {
        const codedeploy::detail::Findings findings(with);
        detail::DeployOptionsC c(options);
        Made made;
        const cdp_status status = cdp_posix_deploy(c.get(), findings.get(), made.out());
        c.rethrow();
        return ended(status, findings, made);
    }
    /// Deploys an earlier revision of the group again; the last successful one unless it is named.
    static Outcome<Deployment> redeploy(const DeployOptions &options,
                                        const std::optional<std::string> &earlier = std::nullopt,
                                        const With &with = With())
    {
        const codedeploy::detail::Findings findings(with);
        detail::DeployOptionsC c(options);
        Made made;
        const cdp_status status = cdp_posix_redeploy(c.get(), codedeploy::detail::text(earlier),
                                                     findings.get(), made.out());
        c.rethrow();
        return ended(status, findings, made);
    }
    /// Finishes or undoes what a crash left of a group's deployment.
    static Outcome<InstallOutcome> recover(const DeployOptions &options, const With &with = With())
    {
        const codedeploy::detail::Findings findings(with);
        detail::DeployOptionsC c(options);
        cdp_install_outcome outcome = CDP_INSTALL_NOTHING_TO_RECOVER;
        const cdp_status status = cdp_posix_recover(c.get(), findings.get(), &outcome);
        c.rethrow();
        return codedeploy::detail::made<InstallOutcome>(
            status, findings, [&] { return static_cast<InstallOutcome>(outcome); });
    }

    /// Status::Ok, or why it failed.
    Status status() const
    {
        return status_;
    }
    bool succeeded() const
    {
        return cdp_posix_deployment_succeeded(get()) != 0;
    }
    std::string_view id() const
    {
        return codedeploy::detail::view(cdp_posix_deployment_id(get()));
    }
    std::string_view directory() const
    {
        return codedeploy::detail::view(cdp_posix_deployment_directory(get()));
    }
    std::optional<std::string_view> failed_event() const
    {
        return codedeploy::detail::optional_view(cdp_posix_deployment_failed_event(get()));
    }
    std::optional<std::string_view> failed_script() const
    {
        return codedeploy::detail::optional_view(cdp_posix_deployment_failed_script(get()));
    }
    /// Why it failed, in one sentence.
    std::optional<std::string_view> message() const
    {
        return codedeploy::detail::optional_view(cdp_posix_deployment_message(get()));
    }
    /// The last lines of the script's output.
    std::optional<std::string_view> log_tail() const
    {
        return codedeploy::detail::optional_view(cdp_posix_deployment_log_tail(get()));
    }
    ScriptCode error_code() const
    {
        return static_cast<ScriptCode>(cdp_posix_deployment_error_code(get()));
    }
    /// The rollback that followed, if one did.
    std::optional<Deployment> rollback() const
    {
        const cdp_posix_deployment *found = cdp_posix_deployment_rollback(get());
        if (!found)
            return std::nullopt;
        const bool good = cdp_posix_deployment_succeeded(found) != 0;
        return Deployment(std::shared_ptr<const cdp_posix_deployment>(object_, found),
                          good ? Status::Ok : status_);
    }
    const cdp_posix_deployment *get() const
    {
        return object_.get();
    }

  private:
    using Made = codedeploy::detail::Owned<cdp_posix_deployment, cdp_posix_deployment_free>;
    Deployment(std::shared_ptr<const cdp_posix_deployment> object, Status status)
        : object_(std::move(object)), status_(status)
    {
    }
    static Outcome<Deployment> ended(cdp_status status,
                                     const codedeploy::detail::Findings &findings, Made &made)
    {
        if (!made.get())
            return codedeploy::detail::fail<Deployment>(
                Error(static_cast<Status>(status), findings.take()));
        findings.take();
        return Deployment(made.share(), static_cast<Status>(status));
    }
    std::shared_ptr<const cdp_posix_deployment> object_;
    Status status_ = Status::Ok;
};

/// What a deployment would do. Immutable; copies share it.
class Preview
{
  public:
    /// Touches nothing. What is in the way is in install().conflicts(), and does not fail.
    static Outcome<Preview> create(const DeployOptions &options, const With &with = With())
    {
        const codedeploy::detail::Findings findings(with);
        detail::DeployOptionsC c(options);
        codedeploy::detail::Owned<cdp_posix_preview, cdp_posix_preview_free> made;
        const cdp_status status = cdp_posix_preview_new(c.get(), findings.get(), made.out());
        c.rethrow();
        return codedeploy::detail::made<Preview>(status, findings,
                                                 [&] { return Preview(made.share()); });
    }
    /// The events that would be gone through.
    LifecyclePlan events() const
    {
        return LifecyclePlan(std::shared_ptr<const cdp_lifecycle_plan>(
            object_, cdp_posix_preview_events(object_.get())));
    }
    /// What would be installed.
    InstallPlan install() const
    {
        return InstallPlan(std::shared_ptr<const cdp_install_plan>(
            object_, cdp_posix_preview_install(object_.get())));
    }
    /// Where the revision was looked at.
    std::string_view directory() const
    {
        return codedeploy::detail::view(cdp_posix_preview_directory(object_.get()));
    }

  private:
    explicit Preview(std::shared_ptr<const cdp_posix_preview> object) : object_(std::move(object))
    {
    }
    std::shared_ptr<const cdp_posix_preview> object_;
};

/// Which deployments of a group there were, oldest first. Immutable; copies share it.
class History
{
  public:
    static Outcome<History> read(const std::optional<std::string> &root_directory = std::nullopt,
                                 const std::optional<std::string> &group_id = std::nullopt)
    {
        codedeploy::detail::Owned<cdp_posix_history, cdp_posix_history_free> made;
        const cdp_status status =
            cdp_posix_history_read(codedeploy::detail::text(root_directory),
                                   codedeploy::detail::text(group_id), made.out());
        return codedeploy::detail::made<History>(status, [&] { return History(made.share()); });
    }
    List<HistoryEntry> entries() const
    {
        return List<HistoryEntry>(object_, object_.get(), 0, cdp_posix_history_count(object_.get()),
                                  [](const void *object, std::size_t, std::size_t i) {
                                      auto c = codedeploy::detail::sized<cdp_posix_history_entry>();
                                      cdp_posix_history_at(
                                          static_cast<const cdp_posix_history *>(object), i, &c);
                                      return detail::from_c(c);
                                  });
    }

  private:
    explicit History(std::shared_ptr<const cdp_posix_history> object) : object_(std::move(object))
    {
    }
    std::shared_ptr<const cdp_posix_history> object_;
};

/// The official agent's configuration file. Immutable; copies share it.
class AgentConfig
{
  public:
    static Outcome<AgentConfig> read(const std::string &path, const With &with = With())
    {
        const codedeploy::detail::Findings findings(with);
        codedeploy::detail::Owned<cdp_posix_agent_config, cdp_posix_agent_config_free> made;
        const cdp_status status =
            cdp_posix_agent_config_read(codedeploy::detail::text(path), findings.get(), made.out());
        return codedeploy::detail::made<AgentConfig>(status, findings,
                                                     [&] { return AgentConfig(made.share()); });
    }
    std::optional<std::string_view> root_directory() const
    {
        return codedeploy::detail::optional_view(
            cdp_posix_agent_config_root_directory(object_.get()));
    }
    std::uint32_t max_revisions() const
    {
        return cdp_posix_agent_config_max_revisions(object_.get());
    }
    /// Sets what the file says in the options of a deployment; the rest stays as it is.
    Outcome<void> apply(DeployOptions &options) const
    {
        auto c = *detail::DeployOptionsC(options).get();
        const cdp_status status = cdp_posix_agent_config_apply(object_.get(), &c);
        if (status == CDP_OK) {
            options.root_directory = codedeploy::detail::optional_string(c.root_directory);
            options.max_revisions = c.max_revisions;
            options.program_name = codedeploy::detail::optional_string(c.program_name);
            options.no_deployments_log = c.no_deployments_log != 0;
            options.script_environment = static_cast<Environment>(c.script_environment);
            options.bundle_allow = Flags<BundleAllow>::from_bits(c.bundle_allow);
            options.bundle_bytes = c.bundle_bytes;
            options.refuse = Flags<Refuse>::from_bits(c.refuse);
            options.private_directories = c.private_directories != 0;
        }
        return codedeploy::detail::done(status);
    }
    /// `NAME=VALUE` for the program that fetches bundles.
    List<std::string_view> variables() const
    {
        return List<std::string_view>(
            object_, object_.get(), 0, cdp_posix_agent_config_variable_count(object_.get()),
            [](const void *object, std::size_t, std::size_t i) {
                return codedeploy::detail::view(cdp_posix_agent_config_variable_at(
                    static_cast<const cdp_posix_agent_config *>(object), i));
            });
    }

  private:
    explicit AgentConfig(std::shared_ptr<const cdp_posix_agent_config> object)
        : object_(std::move(object))
    {
    }
    std::shared_ptr<const cdp_posix_agent_config> object_;
};

/// Where the output of scripts goes.
struct LogOptions {
    /// Path of `scripts.log`; none: no such log.
    std::optional<std::string> script_log;
    std::optional<std::string> deployments_log;
    std::optional<std::string> deployment_id;
    /// 0: 2048.
    std::size_t tail_bytes = 0;
    /// Told of each entry; not Status::Ok, and an exception, stops the script that runs.
    std::function<Status(LogKind kind, std::string_view text)> entry;
};

/// A log of scripts. Belongs to one thread at a time; it does not move. In LogOptions::entry neither it
/// nor the script may be destroyed.
class Log
{
  public:
    static Outcome<std::unique_ptr<Log>> create(const LogOptions &options)
    {
        std::unique_ptr<Log> log(new Log(options));
        auto c = codedeploy::detail::sized<cdp_posix_log_options>();
        c.script_log = codedeploy::detail::text(options.script_log);
        c.deployments_log = codedeploy::detail::text(options.deployments_log);
        c.deployment_id = codedeploy::detail::text(options.deployment_id);
        c.tail_bytes = options.tail_bytes;
        if (options.entry) {
            c.entry = entry;
            c.user = log.get();
        }
        cdp_status status = cdp_diagnostics_new(nullptr, nullptr, log->list_.out());
        if (status == CDP_OK)
            status = cdp_posix_log_new(&c, log->list_.get(), log->object_.out());
        return codedeploy::detail::made<std::unique_ptr<Log>>(status,
                                                              [&] { return std::move(log); });
    }
    /// Begins a lifecycle event.
    Outcome<void> event(const std::string &event)
    {
        const cdp_status status = cdp_posix_log_event(get(), codedeploy::detail::text(event));
        rethrow();
        return codedeploy::detail::done(status);
    }
    /// The last entries since the event began.
    std::string tail() const
    {
        return codedeploy::detail::string(cdp_posix_log_tail(get()));
    }
    std::uint64_t tail_dropped() const
    {
        return cdp_posix_log_tail_dropped(get());
    }
    /// The warnings so far.
    Diagnostics diagnostics() const
    {
        Diagnostics found;
        found.take(list_.get());
        return found;
    }
    void rethrow()
    {
        thrown_.rethrow();
    }
    cdp_posix_log *get() const
    {
        return object_.get();
    }

  private:
    explicit Log(const LogOptions &options) : told_(options.entry)
    {
    }
    static cdp_status entry(cdp_posix_log_kind kind, cdp_string text, void *user) noexcept
    {
        auto *self = static_cast<Log *>(user);
        return self->thrown_.guard([&] {
            return static_cast<cdp_status>(
                self->told_(static_cast<LogKind>(kind), codedeploy::detail::view(text)));
        });
    }
    std::function<Status(LogKind, std::string_view)> told_;
    codedeploy::detail::Thrown thrown_;
    codedeploy::detail::Owned<cdp_diagnostics, cdp_diagnostics_free> list_;
    codedeploy::detail::Owned<cdp_posix_log, cdp_posix_log_free> object_;
};

/// What to run, and how.
struct ScriptOptions {
    /// Absolute path of the unpacked revision.
    std::string revision;
    /// The script's path within it.
    std::string location;
    std::optional<std::string> runas;
    bool sudo = false;
    Environment inherit = Environment::Inherit;
    /// `NAME=VALUE`; not given: this process's own.
    std::optional<std::vector<std::string>> environment;
    std::optional<std::string> event;
    std::optional<std::string> deployment_id;
    std::optional<std::string> application_name;
    std::optional<std::string> group_name;
    std::optional<std::string> group_id;
    /// More `NAME=VALUE`.
    std::vector<std::string> variables;
    /// 0: an hour.
    Milliseconds timeout{};
    /// Between SIGTERM and SIGKILL; 0: 5 s.
    Milliseconds grace{};
    int held_descriptor = 0;
};

/// A hook script that runs or has ended. Belongs to one thread at a time; the log must outlive it.
/// One that still runs when it is destroyed is killed with all that came from it.
class Script
{
  public:
    static Outcome<Script> begin(const ScriptOptions &options, Log &log)
    {
        using codedeploy::detail::text;
        Script script(log);
        const auto variables = codedeploy::detail::texts(options.variables);
        std::vector<const char *> environment;
        auto c = codedeploy::detail::sized<cdp_posix_script_options>();
        c.revision = text(options.revision);
        c.location = text(options.location);
        c.runas = text(options.runas);
        c.sudo = options.sudo ? 1 : 0;
        c.inherit = static_cast<cdp_posix_environment>(options.inherit);
        if (options.environment) {
            for (const std::string &one : *options.environment)
                environment.push_back(one.c_str());
            environment.push_back(nullptr);
            c.environment = environment.data();
        }
        c.event = text(options.event);
        c.deployment_id = text(options.deployment_id);
        c.application_name = text(options.application_name);
        c.group_name = text(options.group_name);
        c.group_id = text(options.group_id);
        c.variables = variables.data();
        c.variable_count = variables.size();
        c.timeout_ms = options.timeout.count();
        c.grace_ms = options.grace.count();
        c.held_descriptor = options.held_descriptor;
        c.log = log.get();
        cdp_status status = cdp_diagnostics_new(nullptr, nullptr, script.list_.out());
        if (status == CDP_OK)
            status = cdp_posix_script_begin(&c, script.list_.get(), script.object_.out());
        return codedeploy::detail::made<Script>(status, [&] { return std::move(script); });
    }
    /// Readable when step() has something to do; -1 once it has ended.
    int descriptor() const
    {
        return cdp_posix_script_fd(get());
    }
    /// Takes what there is to take. @return whether it still runs.
    Outcome<bool> step()
    {
        return going(cdp_posix_script_step(get()));
    }
    /// Steps until it has ended or the time is over; negative: until it has ended.
    /// @return whether it still runs.
    Outcome<bool> wait(Milliseconds timeout = Milliseconds(-1))
    {
        return going(cdp_posix_script_wait(get(), timeout.count()));
    }
    /// Asks for the end of it; go on with step() or wait().
    Outcome<void> cancel()
    {
        return codedeploy::detail::done(cdp_posix_script_cancel(get()));
    }
    /// How it ended.
    Outcome<ScriptResult> result() const
    {
        auto c = codedeploy::detail::sized<cdp_posix_script_result>();
        const cdp_status status = cdp_posix_script_result_get(get(), &c);
        return codedeploy::detail::made<ScriptResult>(status, [&] { return detail::from_c(c); });
    }
    /// The error that the result tells, and warnings.
    Diagnostics diagnostics() const
    {
        Diagnostics found;
        found.take(list_.get());
        return found;
    }
    cdp_posix_script *get() const
    {
        return object_.get();
    }

  private:
    explicit Script(Log &log) : log_(&log)
    {
    }
    Outcome<bool> going(cdp_status status)
    {
        log_->rethrow();
        return codedeploy::detail::made<bool>(status, [&] { return status == CDP_PENDING; });
    }
    Log *log_;
    codedeploy::detail::Owned<cdp_diagnostics, cdp_diagnostics_free> list_;
    codedeploy::detail::Owned<cdp_posix_script, cdp_posix_script_free> object_;
};

} // namespace posix
} // namespace CODEDEPLOY_ABI
} // namespace codedeploy

#endif
