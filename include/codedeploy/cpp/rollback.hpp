// SPDX-License-Identifier: MIT
#ifndef CODEDEPLOY_CPP_ROLLBACK_HPP
#define CODEDEPLOY_CPP_ROLLBACK_HPP

/// @file
/// Rollbacks, seen before they happen: <codedeploy/rollback.h>.

#include <codedeploy/cpp/config.hpp>
#include <codedeploy/cpp/lifecycle.hpp>

namespace codedeploy
{
inline namespace CODEDEPLOY_ABI
{

/// Whether a target takes part in a rollback.
inline bool takes_part(RollbackPart part)
{
    return cdp_rollback_part_takes_part(static_cast<cdp_rollback_part>(part)) != 0;
}

/// A deployment of the same group that has ended.
struct PastDeployment : PastDeploymentFields {
    /// What it deployed, when that is known.
    std::optional<GroupRevision> revision;
};

namespace detail
{

/// Past deployments in C's terms; valid as long as those and this.
class PastC
{
  public:
    explicit PastC(const std::vector<PastDeployment> &past)
    {
        revisions_.reserve(past.size()); // pointed to: must not move
        for (const PastDeployment &one : past) {
            cdp_rollback_past c = to_c(one);
            if (one.revision) {
                revisions_.push_back(to_c(*one.revision));
                c.revision = &revisions_.back();
            }
            all_.push_back(c);
        }
    }
    PastC(const PastC &) = delete;
    PastC &operator=(const PastC &) = delete;
    const cdp_rollback_past *data() const
    {
        return all_.data();
    }
    std::size_t size() const
    {
        return all_.size();
    }

  private:
    std::vector<cdp_group_revision> revisions_;
    std::vector<cdp_rollback_past> all_;
};

inline PastDeployment past_from_c(const cdp_rollback_past &c)
{
    PastDeployment past;
    static_cast<PastDeploymentFields &>(past) = from_c(c);
    if (c.revision)
        past.revision = from_c(*c.revision);
    return past;
}

} // namespace detail

/// Where a deployment stands. Members left alone are as <codedeploy/rollback.h> says of zero.
struct RollbackSituation {
    Platform platform = Platform::Auto;
    std::optional<DeploymentType> deployment_type;
    bool with_traffic_control = false;
    std::optional<DeploymentCreator> creator;
    std::optional<std::string> deployment_id;
    std::optional<DeploymentStatus> status;
    RollbackCause cause = RollbackCause::Failure;
    RollbackStopFlag stop_flag = RollbackStopFlag::NotSaid;
    bool auto_rollback_enabled = false;
    EnumSet<RollbackEvent> auto_rollback_events;
    bool ready_expired = false;
    std::optional<DeploymentConfig> config;
    std::optional<GroupRevision> revision;
    Event failed_event = Event::Custom;
    bool ignore_application_stop_failures = false;
    FileExistsBehavior file_exists_behavior = FileExistsBehavior::Unset;
    FileExistsBehavior manual_file_exists_behavior = FileExistsBehavior::Unset;
    /// The events that run a script or function, when that is known.
    std::optional<EnumSet<Event>> hooks;
    bool compatible_install = false;
    std::int32_t weight = 0;
    bool test_listener = false;
    bool test_traffic = false;
    bool replacement_exists = false;
    bool original_gone = false;
    std::vector<RollbackTarget> targets;
    std::vector<PastDeployment> past;
    /// Manual: the index in `past` of the deployment whose revision is wanted.
    std::optional<std::size_t> wanted;
    /// What each event took so far, by its number; -1 ms of one that has nothing to run.
    std::vector<Milliseconds> event_durations;
    Milliseconds reroute{};
    std::vector<RollbackFile> files;
};

/// The answer as a whole. Views live as long as the plan.
struct RollbackPlanInfo : RollbackPlanInfoFields {
    std::optional<GroupRevision> revision;
    std::optional<DeploymentConfig> config;
};

/// A step, with the events that each of its targets goes through.
struct RollbackStep : RollbackStepFields {
    List<RollbackStepEvent> events;
};

/// What rolling back does, and does not bring back. Immutable; copies share it.
class RollbackPlan
{
  public:
    static Outcome<RollbackPlan> create(const RollbackSituation &situation,
                                        const With &with = With())
    {
        const detail::Findings findings(with);
        std::vector<cdp_rollback_target> targets;
        for (const RollbackTarget &target : situation.targets)
            targets.push_back(detail::to_c(target));
        std::vector<cdp_rollback_file> files;
        for (const RollbackFile &file : situation.files)
            files.push_back(detail::to_c(file));
        std::vector<std::int64_t> durations;
        for (Milliseconds duration : situation.event_durations)
            durations.push_back(duration.count());
        const detail::PastC past(situation.past);
        std::optional<cdp_group_revision> revision;
        if (situation.revision)
            revision = detail::to_c(*situation.revision);
        auto c = detail::sized<cdp_rollback_situation>();
        set_simple(situation, c);
        c.revision = revision ? &*revision : nullptr;
        c.targets = targets.data();
        c.target_count = targets.size();
        c.past = past.data();
        c.past_count = past.size();
        c.event_ms = durations.data();
        c.event_ms_count = durations.size();
        c.files = files.data();
        c.file_count = files.size();
        Made made;
        const cdp_status status =
            cdp_rollback_plan_new(&c, findings.allocator(), findings.get(), made.out());
        return detail::made<RollbackPlan>(
            status, findings, [&] { return RollbackPlan(made.share(), situation.config); });
    }

    RollbackPlanInfo info() const
    {
        auto c = detail::sized<cdp_rollback_plan_info>();
        cdp_rollback_plan_get_info(get(), &c);
        RollbackPlanInfo info;
        static_cast<RollbackPlanInfoFields &>(info) = detail::from_c(c);
        if (c.revision)
            info.revision = detail::from_c(*c.revision);
        if (c.config)
            info.config = config_ && config_->get() == c.config
                              ? *config_
                              : DeploymentConfig::borrowed(c.config);
        return info;
    }
    bool possible() const
    {
        auto c = detail::sized<cdp_rollback_plan_info>();
        return cdp_rollback_plan_get_info(get(), &c) == CDP_OK && c.possible != 0;
    }
    List<RollbackStep> steps() const
    {
        return List<RollbackStep>(object_, get(), 0, cdp_rollback_plan_step_count(get()),
                                  read_step);
    }
    List<RollbackPlanTarget> targets() const
    {
        return List<RollbackPlanTarget>(object_, get(), 0, cdp_rollback_plan_target_count(get()),
                                        [](const void *object, std::size_t, std::size_t i) {
                                            auto c = detail::sized<cdp_rollback_plan_target>();
                                            cdp_rollback_plan_target_at(cast(object), i, &c);
                                            return detail::from_c(c);
                                        });
    }
    /// What comes back.
    List<RollbackEffect> restores() const
    {
        return List<RollbackEffect>(object_, get(), 0, cdp_rollback_plan_restore_count(get()),
                                    [](const void *object, std::size_t, std::size_t i) {
                                        auto c = detail::sized<cdp_rollback_effect>();
                                        cdp_rollback_plan_restore_at(cast(object), i, &c);
                                        return detail::from_c(c);
                                    });
    }
    /// What does not.
    List<RollbackEffect> losses() const
    {
        return List<RollbackEffect>(object_, get(), 0, cdp_rollback_plan_loss_count(get()),
                                    [](const void *object, std::size_t, std::size_t i) {
                                        auto c = detail::sized<cdp_rollback_effect>();
                                        cdp_rollback_plan_loss_at(cast(object), i, &c);
                                        return detail::from_c(c);
                                    });
    }
    /// The rollbackMessage for one of the two deployments' records.
    Outcome<std::string> message(RollbackRecord record, std::string_view rollback_id,
                                 const With &with = With()) const
    {
        return detail::written(with, [&](cdp_text *text) {
            return cdp_rollback_plan_write_message(get(), static_cast<cdp_rollback_record>(record),
                                                   detail::text(rollback_id), text);
        });
    }
    /// As JSON.
    Outcome<std::string> write(unsigned indent = 0, const With &with = With()) const
    {
        return detail::written(
            with, [&](cdp_text *text) { return cdp_rollback_plan_write(get(), indent, text); });
    }
    /// As text for people.
    Outcome<std::string> render(const With &with = With()) const
    {
        return detail::written(
            with, [&](cdp_text *text) { return cdp_rollback_plan_render(get(), text); });
    }
    const cdp_rollback_plan *get() const
    {
        return object_.get();
    }
    /// `config` is held: the plan may refer to it.
    RollbackPlan(std::shared_ptr<const cdp_rollback_plan> object,
                 std::optional<DeploymentConfig> config)
        : object_(std::move(object)), config_(std::move(config))
    {
    }

  private:
    using Made = detail::Owned<cdp_rollback_plan, cdp_rollback_plan_free>;
    static const cdp_rollback_plan *cast(const void *object)
    {
        return static_cast<const cdp_rollback_plan *>(object);
    }
    static RollbackStep read_step(const void *object, std::size_t, std::size_t i)
    {
        auto c = detail::sized<cdp_rollback_step>();
        cdp_rollback_plan_step_at(cast(object), i, &c);
        RollbackStep step;
        static_cast<RollbackStepFields &>(step) = detail::from_c(c);
        step.events = List<RollbackStepEvent>(
            nullptr, object, i, c.event_count,
            [](const void *plan, std::size_t outer, std::size_t index) {
                auto event = detail::sized<cdp_rollback_step_event>();
                cdp_rollback_plan_step_event_at(cast(plan), outer, index, &event);
                return detail::from_c(event);
            });
        return step;
    }
    template <class C, class E> static C zero_or(const std::optional<E> &value)
    {
        return value ? static_cast<C>(*value) : C();
    }
    static void set_simple(const RollbackSituation &situation, cdp_rollback_situation &c)
    {
        c.platform = static_cast<cdp_platform>(situation.platform);
        c.deployment_type = zero_or<cdp_deployment_type>(situation.deployment_type);
        c.with_traffic_control = situation.with_traffic_control ? 1 : 0;
        c.creator = zero_or<cdp_deployment_creator>(situation.creator);
        c.deployment_id = detail::text(situation.deployment_id);
        c.status = zero_or<cdp_deployment_status>(situation.status);
        c.cause = static_cast<cdp_rollback_cause>(situation.cause);
        c.stop_flag = static_cast<cdp_rollback_stop_flag>(situation.stop_flag);
        c.auto_rollback_enabled = situation.auto_rollback_enabled ? 1 : 0;
        c.auto_rollback_events = situation.auto_rollback_events.bits();
        c.ready_expired = situation.ready_expired ? 1 : 0;
        c.config = situation.config ? situation.config->get() : nullptr;
        c.failed_event = static_cast<cdp_event>(situation.failed_event);
        c.ignore_application_stop_failures = situation.ignore_application_stop_failures ? 1 : 0;
        c.file_exists_behavior =
            static_cast<cdp_file_exists_behavior>(situation.file_exists_behavior);
        c.manual_file_exists_behavior =
            static_cast<cdp_file_exists_behavior>(situation.manual_file_exists_behavior);
        c.hooks_known = situation.hooks ? 1 : 0;
        c.hooks = situation.hooks ? situation.hooks->bits() : 0;
        c.compatible_install = situation.compatible_install ? 1 : 0;
        c.weight = situation.weight;
        c.test_listener = situation.test_listener ? 1 : 0;
        c.test_traffic = situation.test_traffic ? 1 : 0;
        c.replacement_exists = situation.replacement_exists ? 1 : 0;
        c.original_gone = situation.original_gone ? 1 : 0;
        c.wanted = situation.wanted ? *situation.wanted + 1 : 0;
        c.reroute_ms = situation.reroute.count();
    }
    std::shared_ptr<const cdp_rollback_plan> object_;
    std::optional<DeploymentConfig> config_;
};

} // namespace CODEDEPLOY_ABI
} // namespace codedeploy

#endif
