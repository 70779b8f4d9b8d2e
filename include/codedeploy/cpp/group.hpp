// SPDX-License-Identifier: MIT
#ifndef CODEDEPLOY_CPP_GROUP_HPP
#define CODEDEPLOY_CPP_GROUP_HPP

/// @file
/// Deployment groups, inventories, and who belongs to a group: <codedeploy/group.h>,
/// <codedeploy/inventory.h>, <codedeploy/membership.h>, <codedeploy/health.h>.

#include <functional>

#include <codedeploy/cpp/callbacks.hpp>
#include <codedeploy/cpp/config.hpp>

namespace codedeploy
{
inline namespace CODEDEPLOY_ABI
{

/// The order of work: an instance with a smaller number is deployed to first. 0 to 5.
inline int work_order(InstanceHealth instance, RevisionHealth revision)
{
    return cdp_health_work_order(static_cast<cdp_instance_health>(instance),
                                 static_cast<cdp_revision_health>(revision));
}

/// What a deployment makes of the two values that are kept of an instance.
inline Outcome<void> health_after(bool deployment_succeeded, InstanceOutcome outcome,
                                  InstanceHealth &instance, RevisionHealth &revision)
{
    auto instance_c = static_cast<cdp_instance_health>(instance);
    auto revision_c = static_cast<cdp_revision_health>(revision);
    const cdp_status status =
        cdp_health_after(deployment_succeeded ? 1 : 0, static_cast<cdp_instance_outcome>(outcome),
                         &instance_c, &revision_c);
    instance = static_cast<InstanceHealth>(instance_c);
    revision = static_cast<RevisionHealth>(revision_c);
    return detail::done(status);
}

/// What is known of one instance.
struct Instance {
    std::string id;
    InstanceKind kind = InstanceKind::Ec2;
    InstanceState state = InstanceState::NotSaid;
    std::optional<std::string> zone;
    std::optional<std::string> auto_scaling_group;
    AutoScalingState auto_scaling_state = AutoScalingState::NotSaid;
    InstanceHealth instance_health = InstanceHealth::Unhealthy;
    RevisionHealth revision_health = RevisionHealth::Unknown;
    std::vector<Tag> tags;
};

namespace detail
{

/// An instance in C's terms, valid as long as the instance and this.
class InstanceC
{
  public:
    explicit InstanceC(const Instance &instance) : c_(sized<cdp_instance>())
    {
        for (const Tag &tag : instance.tags)
            tags_.push_back(to_c(tag));
        c_.id = text(instance.id);
        c_.kind = static_cast<cdp_instance_kind>(instance.kind);
        c_.state = static_cast<cdp_instance_state>(instance.state);
        c_.zone = text(instance.zone);
        c_.auto_scaling_group = text(instance.auto_scaling_group);
        c_.auto_scaling_state = static_cast<cdp_auto_scaling_state>(instance.auto_scaling_state);
        c_.instance_health = static_cast<cdp_instance_health>(instance.instance_health);
        c_.revision_health = static_cast<cdp_revision_health>(instance.revision_health);
        c_.tags = tags_.data();
        c_.tag_count = tags_.size();
    }
    InstanceC(const InstanceC &) = delete;
    InstanceC &operator=(const InstanceC &) = delete;
    const cdp_instance *get() const
    {
        return &c_;
    }

  private:
    cdp_instance c_;
    std::vector<cdp_tag> tags_;
};

inline Instance from_c(const cdp_instance &c)
{
    Instance instance;
    instance.id = string(c.id);
    instance.kind = static_cast<InstanceKind>(c.kind);
    instance.state = static_cast<InstanceState>(c.state);
    instance.zone = optional_string(c.zone);
    instance.auto_scaling_group = optional_string(c.auto_scaling_group);
    instance.auto_scaling_state = static_cast<AutoScalingState>(c.auto_scaling_state);
    instance.instance_health = static_cast<InstanceHealth>(c.instance_health);
    instance.revision_health = static_cast<RevisionHealth>(c.revision_health);
    for (std::size_t i = 0; i < c.tag_count; i++)
        instance.tags.push_back(from_c(c.tags[i]));
    return instance;
}

} // namespace detail

/// What a reader of an inventory has come to.
enum class InventoryState {
    /// An instance.
    Instance,
    /// The text so far is used up: feed() more, or finish().
    NeedsText,
    /// There are no more.
    End,
};

/// A reader of an inventory in JSON that takes the text piece by piece. Belongs to one thread.
class Inventory
{
  public:
    static Outcome<Inventory> create(const With &with = With())
    {
        const auto limits = with.limits.get();
        Inventory reader;
        const cdp_status status =
            cdp_inventory_new(&limits, with.allocator.get(), reader.object_.out());
        return detail::made<Inventory>(status, [&] { return std::move(reader); });
    }
    Outcome<void> feed(std::string_view piece)
    {
        return detail::done(cdp_inventory_feed(get(), piece.data(), piece.size()));
    }
    /// The text ends here.
    Outcome<void> finish()
    {
        return detail::done(cdp_inventory_finish(get()));
    }
    /// Reads the next instance. Fails for one that is refused; the next call goes on behind it.
    Outcome<InventoryState> next(Instance &instance, const With &with = With())
    {
        const detail::Findings findings(with);
        auto c = detail::sized<cdp_instance>();
        const cdp_status status = cdp_inventory_next(get(), findings.get(), &c);
        if (status == CDP_ERR_NOT_FOUND)
            return InventoryState::End;
        return detail::made<InventoryState>(status, findings, [&] {
            if (status == CDP_PENDING)
                return InventoryState::NeedsText;
            instance = detail::from_c(c);
            return InventoryState::Instance;
        });
    }
    cdp_inventory *get() const
    {
        return object_.get();
    }

  private:
    Inventory() = default;
    detail::Owned<cdp_inventory, cdp_inventory_free> object_;
};

/// How to read or build a group.
struct GroupOptions {
    GroupShape shape = GroupShape::Auto;
    /// The application's platform; Auto: what the group says or can only mean.
    Platform platform = Platform::Auto;
    /// The account's own configurations, when they are known: other names are then refused.
    std::optional<std::vector<DeploymentConfig>> configs;
};

namespace detail
{

class GroupOptionsC
{
  public:
    GroupOptionsC(const GroupOptions &options, const Findings &findings)
        : c_(sized<cdp_group_options>())
    {
        c_.allocator = findings.allocator();
        c_.limits = findings.limits();
        c_.shape = static_cast<cdp_group_shape>(options.shape);
        c_.platform = static_cast<cdp_platform>(options.platform);
        if (options.configs) {
            configs_ = DeploymentConfig::pointers(*options.configs);
            configs_.push_back(nullptr); // never NULL: an empty list is one
            c_.configs = configs_.data();
            c_.config_count = configs_.size() - 1;
        }
    }
    GroupOptionsC(const GroupOptionsC &) = delete;
    GroupOptionsC &operator=(const GroupOptionsC &) = delete;
    const cdp_group_options *get() const
    {
        return &c_;
    }

  private:
    cdp_group_options c_;
    std::vector<const cdp_config *> configs_;
};

} // namespace detail

/// A deployment group. Immutable; copies share it.
class DeploymentGroup
{
  public:
    /// Reads one from JSON and checks it as CreateDeploymentGroup does.
    static Outcome<DeploymentGroup> parse(std::string_view json,
                                          const GroupOptions &options = GroupOptions(),
                                          const With &with = With())
    {
        const detail::Findings findings(with);
        const detail::GroupOptionsC c(options, findings);
        Made made;
        const cdp_status status =
            cdp_group_parse(json.data(), json.size(), c.get(), findings.get(), made.out());
        return finished(status, findings, made);
    }
    /// The group that an UpdateDeploymentGroupInput leads to.
    Outcome<DeploymentGroup> update(std::string_view json,
                                    const GroupOptions &options = GroupOptions(),
                                    const With &with = With()) const
    {
        const detail::Findings findings(with);
        const detail::GroupOptionsC c(options, findings);
        Made made;
        const cdp_status status =
            cdp_group_update(get(), json.data(), json.size(), c.get(), findings.get(), made.out());
        return finished(status, findings, made);
    }
    /// The group of the replacement environment: its instances are those that a deployment names.
    Outcome<DeploymentGroup> replacement(std::string_view json,
                                         const GroupOptions &options = GroupOptions(),
                                         const With &with = With()) const
    {
        const detail::Findings findings(with);
        const detail::GroupOptionsC c(options, findings);
        Made made;
        const cdp_status status = cdp_group_replacement(get(), json.data(), json.size(), c.get(),
                                                        findings.get(), made.out());
        return finished(status, findings, made);
    }
    /// Fails with everything in which groups that exist at the same time contradict each other.
    static Outcome<void> check_together(const std::vector<DeploymentGroup> &groups,
                                        const With &with = With())
    {
        const detail::Findings findings(with);
        std::vector<const cdp_group *> c;
        for (const DeploymentGroup &group : groups)
            c.push_back(group.get());
        return detail::done(
            cdp_group_check_together(c.data(), c.size(), findings.allocator(), findings.get()),
            findings);
    }
    Outcome<std::string> write(GroupShape shape = GroupShape::Create, unsigned indent = 0,
                               const With &with = With()) const
    {
        return detail::written(with, [&](cdp_text *text) {
            return cdp_group_write(get(), static_cast<cdp_group_shape>(shape), indent, text);
        });
    }

    /// Names and single settings.
    GroupBasics basics() const
    {
        auto c = detail::sized<cdp_group_basics>();
        cdp_group_get_basics(get(), &c);
        return detail::from_c(c);
    }
    std::optional<std::string_view> application_name() const
    {
        return detail::optional_view(cdp_group_application_name(get()));
    }
    std::optional<std::string_view> name() const
    {
        return detail::optional_view(cdp_group_name(get()));
    }
    std::optional<std::string_view> config_name() const
    {
        return detail::optional_view(cdp_group_config_name(get()));
    }
    Platform platform() const
    {
        return static_cast<Platform>(cdp_group_platform(get()));
    }
    /// The shape that it was read in.
    GroupShape shape_read() const
    {
        return static_cast<GroupShape>(cdp_group_shape_read(get()));
    }
    /// Tag groups of a kind of instance: an instance has to meet one filter of each.
    std::vector<std::vector<GroupFilter>> tag_groups(InstanceKind kind) const
    {
        const auto k = static_cast<cdp_instance_kind>(kind);
        std::vector<std::vector<GroupFilter>> all(cdp_group_tag_group_count(get(), k));
        for (std::size_t i = 0; i < all.size(); i++)
            for (std::size_t j = 0; j < cdp_group_filter_count(get(), k, i); j++) {
                auto c = detail::sized<cdp_group_filter>();
                if (cdp_group_filter_at(get(), k, i, j, &c) == CDP_OK)
                    all[i].push_back(detail::from_c(c));
            }
        return all;
    }
    /// Whether they are written as a tag set and not as a plain list.
    bool has_tag_set(InstanceKind kind) const
    {
        return cdp_group_has_tag_set(get(), static_cast<cdp_instance_kind>(kind)) != 0;
    }
    List<GroupAutoScaling> auto_scaling_groups() const
    {
        return list<GroupAutoScaling>(cdp_group_auto_scaling_count(get()),
                                      [](const void *object, std::size_t, std::size_t i) {
                                          auto c = detail::sized<cdp_group_auto_scaling>();
                                          cdp_group_auto_scaling_at(cast(object), i, &c);
                                          return detail::from_c(c);
                                      });
    }
    std::optional<GroupEcsService> ecs_service() const
    {
        auto c = detail::sized<cdp_group_ecs_service>();
        const cdp_status status = cdp_group_get_ecs_service(get(), &c);
        return detail::found<GroupEcsService>(status, [&] { return detail::from_c(c); });
    }
    /// Names of Classic Load Balancers.
    List<std::string_view> load_balancers() const
    {
        return list<std::string_view>(cdp_group_load_balancer_count(get()),
                                      [](const void *object, std::size_t, std::size_t i) {
                                          cdp_string c{nullptr, 0};
                                          cdp_group_load_balancer_at(cast(object), i, &c);
                                          return detail::view(c);
                                      });
    }
    /// Names of target groups.
    List<std::string_view> target_groups() const
    {
        return list<std::string_view>(cdp_group_target_group_count(get()),
                                      [](const void *object, std::size_t, std::size_t i) {
                                          cdp_string c{nullptr, 0};
                                          cdp_group_target_group_at(cast(object), i, &c);
                                          return detail::view(c);
                                      });
    }
    std::optional<GroupTargetGroupPair> target_group_pair() const
    {
        auto c = detail::sized<cdp_group_target_group_pair>();
        const cdp_status status = cdp_group_get_target_group_pair(get(), &c);
        return detail::found<GroupTargetGroupPair>(status, [&] { return detail::from_c(c); });
    }
    std::optional<GroupBlueGreen> blue_green() const
    {
        auto c = detail::sized<cdp_group_blue_green>();
        const cdp_status status = cdp_group_get_blue_green(get(), &c);
        return detail::found<GroupBlueGreen>(status, [&] { return detail::from_c(c); });
    }
    List<GroupTrigger> triggers() const
    {
        return list<GroupTrigger>(cdp_group_trigger_count(get()),
                                  [](const void *object, std::size_t, std::size_t i) {
                                      auto c = detail::sized<cdp_group_trigger>();
                                      cdp_group_trigger_at(cast(object), i, &c);
                                      return detail::from_c(c);
                                  });
    }
    std::optional<GroupAlarms> alarm_settings() const
    {
        auto c = detail::sized<cdp_group_alarms>();
        const cdp_status status = cdp_group_get_alarms(get(), &c);
        return detail::found<GroupAlarms>(status, [&] { return detail::from_c(c); });
    }
    /// Names of alarms.
    List<std::string_view> alarms() const
    {
        return list<std::string_view>(cdp_group_alarm_count(get()),
                                      [](const void *object, std::size_t, std::size_t i) {
                                          cdp_string c{nullptr, 0};
                                          cdp_group_alarm_at(cast(object), i, &c);
                                          return detail::view(c);
                                      });
    }
    std::optional<GroupAutoRollback> auto_rollback() const
    {
        auto c = detail::sized<cdp_group_auto_rollback>();
        const cdp_status status = cdp_group_get_auto_rollback(get(), &c);
        return detail::found<GroupAutoRollback>(status, [&] { return detail::from_c(c); });
    }
    /// The revision that was last aimed at.
    std::optional<GroupRevision> target_revision() const
    {
        auto c = detail::sized<cdp_group_revision>();
        const cdp_status status = cdp_group_get_target_revision(get(), &c);
        return detail::found<GroupRevision>(status, [&] { return detail::from_c(c); });
    }
    std::optional<GroupLastDeployment> last_deployment(GroupLast which) const
    {
        auto c = detail::sized<cdp_group_last_deployment>();
        const cdp_status status =
            cdp_group_get_last_deployment(get(), static_cast<cdp_group_last>(which), &c);
        return detail::found<GroupLastDeployment>(status, [&] { return detail::from_c(c); });
    }
    /// Tags of the group itself.
    List<Tag> resource_tags() const
    {
        return list<Tag>(cdp_group_resource_tag_count(get()),
                         [](const void *object, std::size_t, std::size_t i) {
                             cdp_tag c{};
                             cdp_group_resource_tag_at(cast(object), i, &c);
                             return detail::from_c(c);
                         });
    }

    /// Whether an instance belongs, and why.
    Outcome<Match> match(const Instance &instance) const
    {
        return matched(cdp_group_match, instance);
    }
    /// The same, with what is missing told as precisely as possible; slower.
    Outcome<Match> explain(const Instance &instance) const
    {
        return matched(cdp_group_explain, instance);
    }
    /// A match as a sentence without a full stop.
    Outcome<std::string> render(const Instance &instance, const Match &match,
                                const With &with = With()) const
    {
        const detail::InstanceC c(instance);
        const auto match_c = detail::to_c(match);
        return detail::written(
            with, [&](cdp_text *text) { return cdp_match_render(get(), c.get(), &match_c, text); });
    }

    const cdp_group *get() const
    {
        return object_.get();
    }
    explicit DeploymentGroup(std::shared_ptr<const cdp_group> object) : object_(std::move(object))
    {
    }

  private:
    friend class GroupBuilder;
    using Made = detail::Owned<cdp_group, cdp_group_free>;
    static const cdp_group *cast(const void *object)
    {
        return static_cast<const cdp_group *>(object);
    }
    static Outcome<DeploymentGroup> finished(cdp_status status, const detail::Findings &findings,
                                             Made &made)
    {
        return detail::made<DeploymentGroup>(status, findings,
                                             [&] { return DeploymentGroup(made.share()); });
    }
    template <class T> List<T> list(std::size_t size, typename List<T>::Read read) const
    {
        return List<T>(object_, get(), 0, size, read);
    }
    Outcome<Match> matched(cdp_status (*function)(const cdp_group *, const cdp_instance *,
                                                  cdp_match *),
                           const Instance &instance) const
    {
        const detail::InstanceC c(instance);
        auto match = detail::sized<cdp_match>();
        const cdp_status status = function(get(), c.get(), &match);
        return detail::made<Match>(status, [&] { return detail::from_c(match); });
    }
    std::shared_ptr<const cdp_group> object_;
};

/// Puts a group together without text. Belongs to one thread at a time; finish() makes all checks.
class GroupBuilder
{
  public:
    static Outcome<GroupBuilder> create(const With &with = With())
    {
        return begin(nullptr, with);
    }
    /// Begins with a group.
    static Outcome<GroupBuilder> from(const DeploymentGroup &start, const With &with = With())
    {
        return begin(start.get(), with);
    }
    Outcome<void> set_basics(const GroupBasics &basics)
    {
        const auto c = detail::to_c(basics);
        return detail::done(cdp_group_builder_set_basics(get(), &c));
    }
    /// Tag groups are numbered from 0; the number after the last one begins another.
    Outcome<void> add_filter(InstanceKind kind, std::size_t tag_group, const GroupFilter &filter)
    {
        const auto c = detail::to_c(filter);
        return detail::done(cdp_group_builder_add_filter(
            get(), static_cast<cdp_instance_kind>(kind), tag_group, &c));
    }
    Outcome<void> use_tag_set(InstanceKind kind)
    {
        return detail::done(
            cdp_group_builder_use_tag_set(get(), static_cast<cdp_instance_kind>(kind)));
    }
    Outcome<void> add_auto_scaling(const GroupAutoScaling &auto_scaling)
    {
        const auto c = detail::to_c(auto_scaling);
        return detail::done(cdp_group_builder_add_auto_scaling(get(), &c));
    }
    Outcome<void> set_ecs_service(const GroupEcsService &service)
    {
        const auto c = detail::to_c(service);
        return detail::done(cdp_group_builder_set_ecs_service(get(), &c));
    }
    Outcome<void> add_load_balancer(std::string_view name)
    {
        return detail::done(cdp_group_builder_add_load_balancer(get(), detail::text(name)));
    }
    Outcome<void> add_target_group(std::string_view name)
    {
        return detail::done(cdp_group_builder_add_target_group(get(), detail::text(name)));
    }
    Outcome<void> set_target_group_pair(const GroupTargetGroupPair &pair)
    {
        const auto c = detail::to_c(pair);
        return detail::done(cdp_group_builder_set_target_group_pair(get(), &c));
    }
    Outcome<void> set_blue_green(const GroupBlueGreen &blue_green)
    {
        const auto c = detail::to_c(blue_green);
        return detail::done(cdp_group_builder_set_blue_green(get(), &c));
    }
    Outcome<void> add_trigger(const GroupTrigger &trigger)
    {
        const auto c = detail::to_c(trigger);
        return detail::done(cdp_group_builder_add_trigger(get(), &c));
    }
    Outcome<void> set_alarms(const GroupAlarms &alarms)
    {
        const auto c = detail::to_c(alarms);
        return detail::done(cdp_group_builder_set_alarms(get(), &c));
    }
    Outcome<void> add_alarm(std::string_view name)
    {
        return detail::done(cdp_group_builder_add_alarm(get(), detail::text(name)));
    }
    Outcome<void> set_auto_rollback(const GroupAutoRollback &auto_rollback)
    {
        const auto c = detail::to_c(auto_rollback);
        return detail::done(cdp_group_builder_set_auto_rollback(get(), &c));
    }
    Outcome<void> set_target_revision(const GroupRevision &revision)
    {
        const auto c = detail::to_c(revision);
        return detail::done(cdp_group_builder_set_target_revision(get(), &c));
    }
    Outcome<void> set_last_deployment(GroupLast which, const GroupLastDeployment &deployment)
    {
        const auto c = detail::to_c(deployment);
        return detail::done(
            cdp_group_builder_set_last_deployment(get(), static_cast<cdp_group_last>(which), &c));
    }
    Outcome<void> add_resource_tag(const Tag &tag)
    {
        const auto c = detail::to_c(tag);
        return detail::done(cdp_group_builder_add_resource_tag(get(), &c));
    }
    /// Takes out everything of one kind.
    Outcome<void> clear(GroupList list)
    {
        return detail::done(cdp_group_builder_clear(get(), static_cast<cdp_group_list>(list)));
    }
    /// Checks what was put together and makes the group; the builder may be used on.
    Outcome<DeploymentGroup> finish(const GroupOptions &options = GroupOptions(),
                                    const With &with = With()) const
    {
        const detail::Findings findings(with);
        const detail::GroupOptionsC c(options, findings);
        DeploymentGroup::Made made;
        const cdp_status status =
            cdp_group_builder_finish(get(), c.get(), findings.get(), made.out());
        return DeploymentGroup::finished(status, findings, made);
    }
    cdp_group_builder *get() const
    {
        return object_.get();
    }

  private:
    GroupBuilder() = default;
    static Outcome<GroupBuilder> begin(const cdp_group *start, const With &with)
    {
        GroupBuilder builder;
        const cdp_status status =
            cdp_group_builder_new(with.allocator.get(), start, builder.object_.out());
        return detail::made<GroupBuilder>(status, [&] { return std::move(builder); });
    }
    detail::Owned<cdp_group_builder, cdp_group_builder_free> object_;
};

/// The instances of an inventory that belong to a group, each once. It holds the group.
class Members
{
  public:
    static Outcome<Members> create(const DeploymentGroup &group, const With &with = With())
    {
        Members members(group);
        const cdp_status status =
            cdp_members_new(group.get(), with.allocator.get(), members.object_.out());
        return detail::made<Members>(status, [&] { return std::move(members); });
    }
    /// Looks at one more instance and keeps a copy when it belongs.
    Outcome<Match> add(const Instance &instance)
    {
        const detail::InstanceC c(instance);
        auto match = detail::sized<cdp_match>();
        const cdp_status status = cdp_members_add(get(), c.get(), &match);
        return detail::made<Match>(status, [&] { return detail::from_c(match); });
    }
    /// Looks at all instances that a function gives, until it gives none. What it throws comes out.
    Outcome<void> add_all(const std::function<std::optional<Instance>()> &source)
    {
        Source from(source);
        const cdp_status status = cdp_members_add_all(get(), Source::next, &from);
        from.thrown.rethrow();
        return detail::done(status);
    }
    /// Takes out those that were added twice; only then are there members to look at.
    Outcome<void> finish()
    {
        return detail::done(cdp_members_finish(get()));
    }
    /// How many instances were looked at.
    std::size_t seen() const
    {
        return cdp_members_seen(get());
    }
    std::size_t duplicates() const
    {
        return cdp_members_duplicates(get());
    }
    /// The members; everything is told but the tags.
    List<Instance> instances() const
    {
        return List<Instance>(nullptr, get(), 0, cdp_members_count(get()),
                              [](const void *object, std::size_t, std::size_t i) {
                                  auto c = detail::sized<cdp_instance>();
                                  cdp_members_at(static_cast<const cdp_members *>(object), i, &c);
                                  return detail::from_c(c);
                              });
    }
    /// The index of a member.
    std::optional<std::size_t> find(std::string_view id) const
    {
        std::size_t index = 0;
        const cdp_status status = cdp_members_find(get(), detail::text(id), &index);
        return detail::found<std::size_t>(status, [&] { return index; });
    }
    cdp_members *get() const
    {
        return object_.get();
    }

  private:
    struct Source {
        explicit Source(const std::function<std::optional<Instance>()> &function) : ask(&function)
        {
        }
        static cdp_status next(cdp_instance *instance, void *user) noexcept
        {
            auto *self = static_cast<Source *>(user);
            return self->thrown.guard([&] {
                self->last = (*self->ask)();
                if (!self->last)
                    return CDP_ERR_NOT_FOUND;
                self->c.reset();
                self->c = std::make_unique<detail::InstanceC>(*self->last);
                const std::size_t size = instance->size;
                *instance = *self->c->get();
                instance->size = size;
                return CDP_OK;
            });
        }
        const std::function<std::optional<Instance>()> *ask;
        std::optional<Instance> last;
        std::unique_ptr<detail::InstanceC> c;
        detail::Thrown thrown;
    };
    explicit Members(const DeploymentGroup &group) : group_(group)
    {
    }
    DeploymentGroup group_;
    detail::Owned<cdp_members, cdp_members_free> object_;
};

} // namespace CODEDEPLOY_ABI
} // namespace codedeploy

#endif
