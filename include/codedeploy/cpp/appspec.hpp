// SPDX-License-Identifier: MIT
#ifndef CODEDEPLOY_CPP_APPSPEC_HPP
#define CODEDEPLOY_CPP_APPSPEC_HPP

/// @file
/// AppSpecs: <codedeploy/appspec.h>.

#include <codedeploy/cpp/callbacks.hpp>
#include <codedeploy/cpp/result.hpp>

namespace codedeploy
{
inline namespace CODEDEPLOY_ABI
{

/// A look into the revision that an AppSpec belongs to; with it the reader also finds out whether
/// sources and scripts are there. Paths are relative to the revision's root, which is empty itself.
/// What a function throws comes out of the call that reads.
class RevisionFiles
{
  public:
    virtual ~RevisionFiles() = default;
    /// What stands at a path; nothing skips the check at hand. A missing file is an entry, too.
    virtual std::optional<AppSpecEntry> look(std::string_view path)
    {
        (void)path;
        return std::nullopt;
    }
    /// The first bytes of a file, at most `capacity`; nothing skips the check at hand.
    virtual std::optional<std::string> read_head(std::string_view path, std::size_t capacity)
    {
        (void)path;
        (void)capacity;
        return std::nullopt;
    }
    /// For programs without exceptions: not Status::Ok ends the whole call with this status. Asked
    /// after each of the other two.
    virtual Status failure()
    {
        return Status::Ok;
    }
};

/// How to read an AppSpec.
struct AppSpecOptions {
    Platform platform = Platform::Auto;
    AppSpecProfile profile = AppSpecProfile::Agent;
    AppSpecNotation notation = AppSpecNotation::Auto;
    AppSpecHost host = AppSpecHost::Default;
    /// Take the anchored value for an alias, with a warning; otherwise aliases are refused.
    bool expand_aliases = false;
    /// Heed comments `# codedeploy: ignore CODE`.
    bool suppressions = false;
    /// The agent's own folder: destinations inside are warned of.
    std::optional<std::string> agent_root;
    /// The events that run in the scenario at hand; hooks for others are warned of.
    std::optional<std::vector<std::string>> scenario_events;
    /// Looked at during the call only.
    RevisionFiles *revision = nullptr;
};

/// A permission, with its lists.
struct AppSpecPermission : AppSpecPermissionFields {
    List<AppSpecExcept> except;
    List<AppSpecAcl> acls;
};

/// A lifecycle event that an AppSpec hooks, with its scripts (Server).
struct AppSpecEvent : AppSpecEventFields {
    List<AppSpecScript> scripts;
};

namespace detail
{

/// The options in C's terms, for the time of one call.
class AppSpecOptionsC
{
  public:
    AppSpecOptionsC(const AppSpecOptions &options, const Findings &findings)
        : c_(sized<cdp_appspec_options>()), bundle_(sized<cdp_appspec_bundle>())
    {
        c_.allocator = findings.allocator();
        c_.limits = findings.limits();
        c_.platform = static_cast<cdp_platform>(options.platform);
        c_.profile = static_cast<cdp_appspec_profile>(options.profile);
        c_.notation = static_cast<cdp_appspec_notation>(options.notation);
        c_.host = static_cast<cdp_appspec_host>(options.host);
        c_.expand_aliases = options.expand_aliases ? 1 : 0;
        c_.suppressions = options.suppressions ? 1 : 0;
        c_.agent_root = text(options.agent_root);
        if (options.scenario_events) {
            events_ = texts(*options.scenario_events);
            events_.push_back(cdp_string{nullptr, 0}); // never NULL: an empty list is one
            c_.scenario_events = events_.data();
            c_.scenario_event_count = events_.size() - 1;
        }
        if (options.revision) {
            files_ = options.revision;
            bundle_.look = look;
            bundle_.read_head = read_head;
            bundle_.user = this;
            c_.bundle = &bundle_;
        }
    }
    AppSpecOptionsC(const AppSpecOptionsC &) = delete;
    AppSpecOptionsC &operator=(const AppSpecOptionsC &) = delete;

    const cdp_appspec_options *get() const
    {
        return &c_;
    }
    /// Throws on what a callback threw.
    void rethrow()
    {
        thrown_.rethrow();
    }

  private:
    static cdp_status look(cdp_string path, cdp_appspec_entry *entry, void *user) noexcept
    {
        auto *self = static_cast<AppSpecOptionsC *>(user);
        return self->thrown_.guard([&] {
            const auto found = self->files_->look(view(path));
            const Status status = self->files_->failure();
            if (status != Status::Ok)
                return static_cast<cdp_status>(status);
            if (!found)
                return CDP_PASSTHROUGH;
            entry->kind = static_cast<cdp_appspec_entry_kind>(found->kind);
            entry->executable = found->executable ? 1 : 0;
            return CDP_OK;
        });
    }
    static cdp_status read_head(cdp_string path, char *buffer, std::size_t capacity,
                                std::size_t *length, void *user) noexcept
    {
        auto *self = static_cast<AppSpecOptionsC *>(user);
        return self->thrown_.guard([&] {
            const auto head = self->files_->read_head(view(path), capacity);
            const Status status = self->files_->failure();
            if (status != Status::Ok)
                return static_cast<cdp_status>(status);
            if (!head)
                return CDP_PASSTHROUGH;
            *length = std::min(capacity, head->size());
            std::copy_n(head->data(), *length, buffer);
            return CDP_OK;
        });
    }

    cdp_appspec_options c_;
    cdp_appspec_bundle bundle_;
    std::vector<cdp_string> events_;
    RevisionFiles *files_ = nullptr;
    Thrown thrown_;
};

} // namespace detail

/// An AppSpec. Immutable; copies share it. What it returns as std::string_view lives as long as any
/// copy does. May be read from many threads.
class AppSpec
{
  public:
    using Fields = cdp_appspec;

    /// Reads and checks an AppSpec. Warnings go to `with`; a refused text is an Error that carries
    /// everything that is wrong with it.
    static Outcome<AppSpec> parse(std::string_view text,
                                  const AppSpecOptions &options = AppSpecOptions(),
                                  const With &with = With())
    {
        const detail::Findings findings(with);
        detail::AppSpecOptionsC c(options, findings);
        detail::Owned<cdp_appspec, cdp_appspec_free> made;
        const cdp_status status =
            cdp_appspec_parse(text.data(), text.size(), c.get(), findings.get(), made.out());
        c.rethrow();
        return detail::made<AppSpec>(status, findings, [&] { return AppSpec(made.share()); });
    }

    /// The platform that a text is an AppSpec for, even one that parse() would refuse; Auto when it
    /// cannot be told.
    static Outcome<Platform> detect_platform(std::string_view text,
                                             const AppSpecOptions &options = AppSpecOptions(),
                                             const With &with = With())
    {
        const detail::Findings findings(with);
        const detail::AppSpecOptionsC c(options, findings);
        cdp_platform platform = CDP_PLATFORM_AUTO;
        const cdp_status status =
            cdp_appspec_detect_platform(text.data(), text.size(), c.get(), &platform);
        return detail::made<Platform>(status, [&] { return static_cast<Platform>(platform); });
    }

    /// A commented AppSpec to begin with, in YAML.
    static Outcome<std::string> starter(Platform platform, const With &with = With())
    {
        return detail::written(with, [&](cdp_text *text) {
            return cdp_appspec_write_starter(static_cast<cdp_platform>(platform), text);
        });
    }

    Platform platform() const
    {
        return static_cast<Platform>(cdp_appspec_platform(get()));
    }
    /// `"0.0"`.
    std::string_view version() const
    {
        return detail::view(cdp_appspec_version(get()));
    }
    /// `"linux"` or `"windows"`; Server only.
    std::optional<std::string_view> os() const
    {
        return detail::optional_view(cdp_appspec_os(get()));
    }
    FileExistsBehavior file_exists_behavior() const
    {
        return static_cast<FileExistsBehavior>(cdp_appspec_file_exists_behavior(get()));
    }
    List<AppSpecFile> files() const
    {
        return list<AppSpecFile>(0, cdp_appspec_file_count(get()),
                                 [](const void *object, std::size_t, std::size_t i) {
                                     auto c = detail::sized<cdp_appspec_file>();
                                     cdp_appspec_file_at(cast(object), i, &c);
                                     return detail::from_c(c);
                                 });
    }
    List<AppSpecPermission> permissions() const
    {
        return list<AppSpecPermission>(0, cdp_appspec_permission_count(get()), read_permission);
    }
    /// The events that are hooked, in the order of the text.
    List<AppSpecEvent> events() const
    {
        return list<AppSpecEvent>(0, cdp_appspec_event_count(get()), read_event);
    }
    /// The event of exactly this name.
    std::optional<AppSpecEvent> event(std::string_view name) const
    {
        std::size_t index = 0;
        const cdp_status status = cdp_appspec_event_find(get(), detail::text(name), &index);
        return detail::found<AppSpecEvent>(status, [&] { return read_event(get(), 0, index); });
    }
    /// The resource of a Lambda AppSpec.
    std::optional<AppSpecLambda> lambda() const
    {
        auto c = detail::sized<cdp_appspec_lambda>();
        const cdp_status status = cdp_appspec_get_lambda(get(), &c);
        return detail::found<AppSpecLambda>(status, [&] { return detail::from_c(c); });
    }
    /// The resource of an ECS AppSpec; its lists are subnets(), security_groups() and
    /// capacity_providers().
    std::optional<AppSpecEcs> ecs() const
    {
        auto c = detail::sized<cdp_appspec_ecs>();
        const cdp_status status = cdp_appspec_get_ecs(get(), &c);
        return detail::found<AppSpecEcs>(status, [&] { return detail::from_c(c); });
    }
    List<std::string_view> subnets() const
    {
        const auto resource = ecs();
        return list<std::string_view>(0, resource ? resource->subnet_count : 0,
                                      [](const void *object, std::size_t, std::size_t i) {
                                          cdp_string c{nullptr, 0};
                                          cdp_appspec_subnet_at(cast(object), i, &c);
                                          return detail::view(c);
                                      });
    }
    List<std::string_view> security_groups() const
    {
        const auto resource = ecs();
        return list<std::string_view>(0, resource ? resource->security_group_count : 0,
                                      [](const void *object, std::size_t, std::size_t i) {
                                          cdp_string c{nullptr, 0};
                                          cdp_appspec_security_group_at(cast(object), i, &c);
                                          return detail::view(c);
                                      });
    }
    List<AppSpecCapacityProvider> capacity_providers() const
    {
        const auto resource = ecs();
        return list<AppSpecCapacityProvider>(
            0, resource ? resource->capacity_provider_count : 0,
            [](const void *object, std::size_t, std::size_t i) {
                auto c = detail::sized<cdp_appspec_capacity_provider>();
                cdp_appspec_capacity_provider_at(cast(object), i, &c);
                return detail::from_c(c);
            });
    }
    /// Where a value stood in the text: `/hooks/AfterInstall/1/timeout`.
    std::optional<AppSpecPlace> find_place(std::string_view pointer) const
    {
        cdp_appspec_place c{};
        const cdp_status status = cdp_appspec_find_place(get(), detail::text(pointer), &c);
        return detail::found<AppSpecPlace>(status, [&] { return detail::from_c(c); });
    }
    /// The canonical form: complete, in a fixed order, without what is default.
    Outcome<std::string> write(AppSpecNotation notation = AppSpecNotation::Yaml,
                               const With &with = With()) const
    {
        return detail::written(with, [&](cdp_text *text) {
            return cdp_appspec_write(get(), static_cast<cdp_appspec_notation>(notation), text);
        });
    }
    /// As the agent understands it, every member present; not an AppSpec.
    Outcome<std::string> write_normalized(AppSpecNotation notation = AppSpecNotation::Json,
                                          const With &with = With()) const
    {
        return detail::written(with, [&](cdp_text *text) {
            return cdp_appspec_write_normalized(get(), static_cast<cdp_appspec_notation>(notation),
                                                text);
        });
    }
    /// Whether both mean the same, wherever and however it was written.
    friend bool operator==(const AppSpec &a, const AppSpec &b)
    {
        return cdp_appspec_equal(a.get(), b.get()) != 0;
    }
    friend bool operator!=(const AppSpec &a, const AppSpec &b)
    {
        return !(a == b);
    }

    /// The C object; NULL when it was moved away.
    const cdp_appspec *get() const
    {
        return object_.get();
    }
    /// For what the binding makes itself.
    explicit AppSpec(std::shared_ptr<const cdp_appspec> object) : object_(std::move(object))
    {
    }

  private:
    static const cdp_appspec *cast(const void *object)
    {
        return static_cast<const cdp_appspec *>(object);
    }
    template <class T>
    List<T> list(std::size_t outer, std::size_t size, typename List<T>::Read read) const
    {
        return List<T>(object_, get(), outer, size, read);
    }
    // The lists within an item do not keep the AppSpec alive: the list that the item is from does.
    static AppSpecPermission read_permission(const void *object, std::size_t, std::size_t i)
    {
        auto c = detail::sized<cdp_appspec_permission>();
        cdp_appspec_permission_at(cast(object), i, &c);
        AppSpecPermission permission;
        static_cast<AppSpecPermissionFields &>(permission) = detail::from_c(c);
        permission.except = List<AppSpecExcept>(
            nullptr, object, i, c.except_count,
            [](const void *spec, std::size_t outer, std::size_t index) {
                auto item = detail::sized<cdp_appspec_except>();
                cdp_appspec_permission_except_at(cast(spec), outer, index, &item);
                return detail::from_c(item);
            });
        permission.acls =
            List<AppSpecAcl>(nullptr, object, i, c.acl_count,
                             [](const void *spec, std::size_t outer, std::size_t index) {
                                 auto item = detail::sized<cdp_appspec_acl>();
                                 cdp_appspec_permission_acl_at(cast(spec), outer, index, &item);
                                 return detail::from_c(item);
                             });
        return permission;
    }
    static AppSpecEvent read_event(const void *object, std::size_t, std::size_t i)
    {
        auto c = detail::sized<cdp_appspec_event>();
        cdp_appspec_event_at(cast(object), i, &c);
        AppSpecEvent event;
        static_cast<AppSpecEventFields &>(event) = detail::from_c(c);
        event.scripts =
            List<AppSpecScript>(nullptr, object, i, c.script_count,
                                [](const void *spec, std::size_t outer, std::size_t index) {
                                    auto item = detail::sized<cdp_appspec_script>();
                                    cdp_appspec_script_at(cast(spec), outer, index, &item);
                                    return detail::from_c(item);
                                });
        return event;
    }

    std::shared_ptr<const cdp_appspec> object_;
};

/// A permission to add to an AppSpec.
struct AppSpecPermissionInput {
    std::optional<std::string> object;
    std::optional<std::string> pattern;
    std::optional<std::string> owner;
    std::optional<std::string> group;
    /// One to four octal digits.
    std::optional<std::string> mode;
    std::optional<std::string> context_user;
    std::optional<std::string> context_type;
    std::optional<std::string> context_range;
    /// None: both.
    Flags<AppSpecObjectType> types;
    std::vector<std::string> except;
    std::vector<std::string> acls;
};

/// A script to add to an AppSpec.
struct AppSpecScriptInput {
    std::string location;
    std::optional<std::string> runas;
    bool sudo = false;
    /// 0: unset.
    std::chrono::seconds timeout = std::chrono::seconds(0);
};

/// The resource of an ECS AppSpec.
struct AppSpecEcsInput {
    std::optional<std::string> logical_name;
    std::optional<std::string> task_definition;
    std::optional<std::string> container_name;
    std::optional<std::string> platform_version;
    /// Present: there is a NetworkConfiguration, and the two lists belong to it.
    std::optional<std::string> assign_public_ip;
    std::uint32_t container_port = 0;
    std::vector<std::string> subnets;
    std::vector<std::string> security_groups;
    std::vector<AppSpecCapacityProvider> capacity_providers;
};

/// Puts an AppSpec together without text. Belongs to one thread at a time. Setters fail with
/// Status::State for a property that the platform does not have; finish() makes all other checks.
class AppSpecBuilder
{
  public:
    static Outcome<AppSpecBuilder> create(Platform platform, const With &with = With())
    {
        AppSpecBuilder builder;
        const cdp_status status = cdp_appspec_builder_new(
            with.allocator.get(), static_cast<cdp_platform>(platform), builder.object_.out());
        return detail::made<AppSpecBuilder>(status, [&] { return std::move(builder); });
    }
    Outcome<void> set_os(std::string_view os)
    {
        return detail::done(cdp_appspec_builder_set_os(get(), detail::text(os)));
    }
    Outcome<void> set_file_exists_behavior(FileExistsBehavior behavior)
    {
        return detail::done(cdp_appspec_builder_set_file_exists_behavior(
            get(), static_cast<cdp_file_exists_behavior>(behavior)));
    }
    Outcome<void> add_file(std::string_view source, std::string_view destination)
    {
        return detail::done(
            cdp_appspec_builder_add_file(get(), detail::text(source), detail::text(destination)));
    }
    Outcome<void> add_permission(const AppSpecPermissionInput &permission)
    {
        const auto except = detail::texts(permission.except);
        const auto acls = detail::texts(permission.acls);
        auto c = detail::sized<cdp_appspec_permission_input>();
        c.object = detail::text(permission.object);
        c.pattern = detail::text(permission.pattern);
        c.owner = detail::text(permission.owner);
        c.group = detail::text(permission.group);
        c.mode = detail::text(permission.mode);
        c.context_user = detail::text(permission.context_user);
        c.context_type = detail::text(permission.context_type);
        c.context_range = detail::text(permission.context_range);
        c.types = permission.types.bits();
        c.except = except.data();
        c.except_count = except.size();
        c.acls = acls.data();
        c.acl_count = acls.size();
        return detail::done(cdp_appspec_builder_add_permission(get(), &c));
    }
    /// Behind the scripts that the event has already.
    Outcome<void> add_script(std::string_view event, const AppSpecScriptInput &script)
    {
        auto c = detail::sized<cdp_appspec_script>();
        c.location = detail::text(script.location);
        c.runas = detail::text(script.runas);
        c.sudo = script.sudo ? 1 : 0;
        c.timeout = script.timeout.count();
        return detail::done(cdp_appspec_builder_add_script(get(), detail::text(event), &c));
    }
    /// Lambda and ECS: hooks an event.
    Outcome<void> add_function(std::string_view event, std::string_view function)
    {
        return detail::done(
            cdp_appspec_builder_add_function(get(), detail::text(event), detail::text(function)));
    }
    Outcome<void> set_lambda(const AppSpecLambda &lambda)
    {
        const auto c = detail::to_c(lambda);
        return detail::done(cdp_appspec_builder_set_lambda(get(), &c));
    }
    Outcome<void> set_ecs(const AppSpecEcsInput &ecs)
    {
        const auto subnets = detail::texts(ecs.subnets);
        const auto groups = detail::texts(ecs.security_groups);
        std::vector<cdp_appspec_capacity_provider> providers;
        for (const AppSpecCapacityProvider &provider : ecs.capacity_providers)
            providers.push_back(detail::to_c(provider));
        auto c = detail::sized<cdp_appspec_ecs_input>();
        c.logical_name = detail::text(ecs.logical_name);
        c.task_definition = detail::text(ecs.task_definition);
        c.container_name = detail::text(ecs.container_name);
        c.platform_version = detail::text(ecs.platform_version);
        c.assign_public_ip = detail::text(ecs.assign_public_ip);
        c.container_port = ecs.container_port;
        c.subnets = subnets.data();
        c.subnet_count = subnets.size();
        c.security_groups = groups.data();
        c.security_group_count = groups.size();
        c.capacity_providers = providers.data();
        c.capacity_provider_count = providers.size();
        return detail::done(cdp_appspec_builder_set_ecs(get(), &c));
    }
    /// Checks what was put together and makes the AppSpec; the builder may be used on.
    Outcome<AppSpec> finish(const AppSpecOptions &options = AppSpecOptions(),
                            const With &with = With()) const
    {
        const detail::Findings findings(with);
        detail::AppSpecOptionsC c(options, findings);
        detail::Owned<cdp_appspec, cdp_appspec_free> made;
        const cdp_status status =
            cdp_appspec_builder_finish(get(), c.get(), findings.get(), made.out());
        c.rethrow();
        return detail::made<AppSpec>(status, findings, [&] { return AppSpec(made.share()); });
    }
    cdp_appspec_builder *get() const
    {
        return object_.get();
    }

  private:
    AppSpecBuilder() = default;
    detail::Owned<cdp_appspec_builder, cdp_appspec_builder_free> object_;
};

/// What the agents 1.x and 2.x and the documentation each make of one Server AppSpec. Immutable.
class AppSpecComparison
{
  public:
    static Outcome<AppSpecComparison> compare(std::string_view text,
                                              const AppSpecOptions &options = AppSpecOptions(),
                                              const With &with = With())
    {
        const detail::Findings findings(with);
        const detail::AppSpecOptionsC c(options, findings);
        detail::Owned<cdp_appspec_comparison, cdp_appspec_comparison_free> made;
        const cdp_status status =
            cdp_appspec_compare(text.data(), text.size(), c.get(), findings.get(), made.out());
        return detail::made<AppSpecComparison>(status, findings,
                                               [&] { return AppSpecComparison(made.share()); });
    }
    /// What one reader makes of the whole text.
    AppSpecReading reading(AppSpecReader reader) const
    {
        auto c = detail::sized<cdp_appspec_reading>();
        cdp_appspec_comparison_reading(get(), static_cast<cdp_appspec_reader>(reader), &c);
        return detail::from_c(c);
    }
    /// What the three do not read alike.
    List<AppSpecDifference> differences() const
    {
        return List<AppSpecDifference>(object_, get(), 0, cdp_appspec_comparison_count(get()),
                                       [](const void *object, std::size_t, std::size_t i) {
                                           auto c = detail::sized<cdp_appspec_difference>();
                                           cdp_appspec_comparison_at(
                                               static_cast<const cdp_appspec_comparison *>(object),
                                               i, &c);
                                           return detail::from_c(c);
                                       });
    }
    const cdp_appspec_comparison *get() const
    {
        return object_.get();
    }

  private:
    explicit AppSpecComparison(std::shared_ptr<const cdp_appspec_comparison> object)
        : object_(std::move(object))
    {
    }
    std::shared_ptr<const cdp_appspec_comparison> object_;
};

} // namespace CODEDEPLOY_ABI
} // namespace codedeploy

#endif
