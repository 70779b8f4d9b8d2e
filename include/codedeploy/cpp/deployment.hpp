// SPDX-License-Identifier: MIT
#ifndef CODEDEPLOY_CPP_DEPLOYMENT_HPP
#define CODEDEPLOY_CPP_DEPLOYMENT_HPP

/// @file
/// Whole deployments, by the pull door: <codedeploy/deployment.h>, <codedeploy/records.h>. The
/// callback door is in host.hpp.

#include <codedeploy/cpp/appspec.hpp>
#include <codedeploy/cpp/group.hpp>
#include <codedeploy/cpp/lifecycle.hpp>
#include <codedeploy/cpp/rollback.hpp>
#include <codedeploy/cpp/rollout.hpp>
#include <codedeploy/cpp/traffic.hpp>

namespace codedeploy
{
inline namespace CODEDEPLOY_ABI
{

/// What a deployment is made from. What is immutable in it is shared, and kept by the deployment.
/// Members left alone are as <codedeploy/deployment.h> says of zero.
struct DeploymentOptions {
    /// `d-` and nine capitals and digits, or the like. Required.
    std::string id;
    /// Where to deploy. Required.
    std::optional<DeploymentGroup> group;
    std::optional<DeploymentConfig> config;
    /// Required for Lambda and ECS.
    std::optional<AppSpec> appspec;
    /// Beyond CodeDeploy: traffic shifts along this. Lambda and ECS.
    std::optional<TrafficSchedule> schedule;
    /// Beyond CodeDeploy: the members from `live_membership` on are used. Server.
    std::optional<RolloutOptions> rollout;
    std::optional<GroupRevision> revision;
    std::optional<std::string> description;
    std::optional<DeploymentCreator> creator;
    /// With DeploymentCreator::CodeDeployAutoUpdate: the deployment that this one follows.
    std::optional<std::string> root_id;
    FileExistsBehavior file_exists_behavior = FileExistsBehavior::Unset;
    bool ignore_application_stop_failures = false;
    bool update_outdated_instances_only = false;
    /// Replaces the group's.
    std::optional<GroupAutoRollback> auto_rollback;
    /// Replaces the group's alarms, names included.
    std::optional<GroupAlarms> alarms;
    std::vector<std::string> alarm_names;
    AlarmPolicy alarm_policy = AlarmPolicy::Any;
    InstallMode install_mode = InstallMode::Transactional;
    Milliseconds alarm_poll{};
    /// `never`: no limit.
    Milliseconds limit{};
    Milliseconds cancel_limit{};
    bool host_begins_events = false;
    bool whole_targets = false;
    bool asks_to_save = false;
    std::uint32_t target_limit = 0;
    bool network_load_balancer = false;
    /// What time 0 of the program's axis is, since 1970 in UTC.
    Milliseconds epoch{};
    std::optional<std::string> region;
    std::optional<std::string> account_id;
    /// Earlier deployments of the group.
    std::vector<PastDeployment> past;
};

namespace detail
{

/// The options in C's terms, valid as long as the options and this.
class DeploymentOptionsC
{
  public:
    explicit DeploymentOptionsC(const DeploymentOptions &options)
        : c_(sized<cdp_deployment_options>()), past_(options.past),
          names_(texts(options.alarm_names))
    {
        set_shared(options);
        set_simple(options);
        c_.alarm_names = names_.data();
        c_.alarm_count = names_.size();
        c_.past = past_.data();
        c_.past_count = past_.size();
    }
    DeploymentOptionsC(const DeploymentOptionsC &) = delete;
    DeploymentOptionsC &operator=(const DeploymentOptionsC &) = delete;
    const cdp_deployment_options *get() const
    {
        return &c_;
    }

  private:
    void set_shared(const DeploymentOptions &options)
    {
        c_.group = options.group ? options.group->get() : nullptr;
        c_.config = options.config ? options.config->get() : nullptr;
        c_.appspec = options.appspec ? options.appspec->get() : nullptr;
        c_.schedule = options.schedule ? options.schedule->get() : nullptr;
        if (options.rollout) {
            rollout_ = to_c(*options.rollout);
            c_.rollout = &*rollout_;
        }
        if (options.revision) {
            revision_ = to_c(*options.revision);
            c_.revision = &*revision_;
        }
        if (options.auto_rollback) {
            auto_rollback_ = to_c(*options.auto_rollback);
            c_.auto_rollback = &*auto_rollback_;
        }
        if (options.alarms) {
            alarms_ = to_c(*options.alarms);
            c_.alarms = &*alarms_;
        }
    }
    void set_simple(const DeploymentOptions &options)
    {
        c_.id = text(options.id);
        c_.description = text(options.description);
        if (options.creator)
            c_.creator = static_cast<cdp_deployment_creator>(*options.creator);
        c_.root_id = text(options.root_id);
        c_.file_exists_behavior =
            static_cast<cdp_file_exists_behavior>(options.file_exists_behavior);
        c_.ignore_application_stop_failures = options.ignore_application_stop_failures ? 1 : 0;
        c_.update_outdated_instances_only = options.update_outdated_instances_only ? 1 : 0;
        c_.alarm_policy = static_cast<cdp_alarm_policy>(options.alarm_policy);
        c_.install_mode = static_cast<cdp_install_mode>(options.install_mode);
        c_.alarm_poll_ms = options.alarm_poll.count();
        c_.limit_ms = options.limit.count();
        c_.cancel_limit_ms = options.cancel_limit.count();
        c_.host_begins_events = options.host_begins_events ? 1 : 0;
        c_.whole_targets = options.whole_targets ? 1 : 0;
        c_.asks_to_save = options.asks_to_save ? 1 : 0;
        c_.target_limit = options.target_limit;
        c_.network_load_balancer = options.network_load_balancer ? 1 : 0;
        c_.epoch_ms = options.epoch.count();
        c_.region = text(options.region);
        c_.account_id = text(options.account_id);
    }
    cdp_deployment_options c_;
    PastC past_;
    std::vector<cdp_string> names_;
    std::optional<cdp_rollout_options> rollout_;
    std::optional<cdp_group_revision> revision_;
    std::optional<cdp_group_auto_rollback> auto_rollback_;
    std::optional<cdp_group_alarms> alarms_;
};

/// What a deployment must not outlive.
struct Borrowed {
    explicit Borrowed(const DeploymentOptions &options)
        : group(options.group), config(options.config), appspec(options.appspec),
          schedule(options.schedule)
    {
    }
    std::optional<DeploymentGroup> group;
    std::optional<DeploymentConfig> config;
    std::optional<AppSpec> appspec;
    std::optional<TrafficSchedule> schedule;
    /// Of a rollback: what the deployment that it rolls back has borrowed.
    std::shared_ptr<const Borrowed> before;
};

} // namespace detail

/// One thing that happened. Made by the functions here, by kind; members that a kind does not speak
/// of are ignored.
struct DeploymentInput {
    DeploymentInputKind kind = DeploymentInputKind::Time;
    DeploymentOutcome outcome = DeploymentOutcome::Done;
    std::uint64_t token = 0;
    EventError error = EventError::Success;
    ErrorCode code = ErrorCode::None;
    std::optional<std::string> message;
    std::optional<std::string> name;
    DeploymentFlag flag = DeploymentFlag::NotSaid;
    WaitType wait = WaitType::None;
    AlarmState alarm_state = AlarmState::Unknown;
    EventStatus event_status{};
    std::uint32_t target_number = 0;
    std::uint32_t event = 0;
    std::optional<RolloutInstance> instance;
    /// The code of a callback, kept with the failure.
    Status host_status = Status::Ok;

    static DeploymentInput of(DeploymentInputKind kind)
    {
        DeploymentInput input;
        input.kind = kind;
        return input;
    }
    static DeploymentInput target(RolloutInstance instance)
    {
        DeploymentInput input = of(DeploymentInputKind::Target);
        input.instance = std::move(instance);
        return input;
    }
    static DeploymentInput start()
    {
        return of(DeploymentInputKind::Start);
    }
    static DeploymentInput done(std::uint64_t token)
    {
        DeploymentInput input = of(DeploymentInputKind::Answer);
        input.token = token;
        return input;
    }
    static DeploymentInput failed(std::uint64_t token, std::string message,
                                  EventError error = EventError::Success,
                                  ErrorCode code = ErrorCode::None)
    {
        DeploymentInput input = done(token);
        input.outcome = DeploymentOutcome::Failed;
        input.message = std::move(message);
        input.error = error;
        input.code = code;
        return input;
    }
    static DeploymentInput begun(std::uint64_t token)
    {
        DeploymentInput input = of(DeploymentInputKind::Begun);
        input.token = token;
        return input;
    }
    static DeploymentInput stop(DeploymentFlag auto_rollback = DeploymentFlag::NotSaid)
    {
        DeploymentInput input = of(DeploymentInputKind::Stop);
        input.flag = auto_rollback;
        return input;
    }
    static DeploymentInput continue_wait(WaitType wait = WaitType::None)
    {
        DeploymentInput input = of(DeploymentInputKind::Continue);
        input.wait = wait;
        return input;
    }
    static DeploymentInput alarm(std::string name, AlarmState state)
    {
        DeploymentInput input = of(DeploymentInputKind::Alarm);
        input.name = std::move(name);
        input.alarm_state = state;
        return input;
    }
    static DeploymentInput fail(ErrorCode code, std::string message)
    {
        DeploymentInput input = of(DeploymentInputKind::Fail);
        input.code = code;
        input.message = std::move(message);
        return input;
    }
    static DeploymentInput lost(std::uint32_t target)
    {
        DeploymentInput input = of(DeploymentInputKind::Lost);
        input.target_number = target;
        return input;
    }
    static DeploymentInput left(std::uint32_t target)
    {
        DeploymentInput input = of(DeploymentInputKind::Left);
        input.target_number = target;
        return input;
    }
    static DeploymentInput restarted(std::uint32_t target)
    {
        DeploymentInput input = of(DeploymentInputKind::Restarted);
        input.target_number = target;
        return input;
    }
    static DeploymentInput rolled_back(std::string id)
    {
        DeploymentInput input = of(DeploymentInputKind::RolledBack);
        input.name = std::move(id);
        return input;
    }
    static DeploymentInput followed(std::string id)
    {
        DeploymentInput input = of(DeploymentInputKind::Followed);
        input.name = std::move(id);
        return input;
    }
};

namespace detail
{

/// An input in C's terms, valid as long as the input and this.
class InputC
{
  public:
    explicit InputC(const DeploymentInput &input) : c_(sized<cdp_deployment_input>())
    {
        c_.kind = static_cast<cdp_deployment_input_kind>(input.kind);
        c_.outcome = static_cast<cdp_deployment_outcome>(input.outcome);
        c_.token = input.token;
        c_.error = static_cast<cdp_event_error>(input.error);
        c_.code = static_cast<cdp_error_code>(input.code);
        c_.message = text(input.message);
        c_.name = text(input.name);
        c_.answer = static_cast<cdp_deployment_flag>(input.flag);
        c_.wait = static_cast<cdp_wait_type>(input.wait);
        c_.alarm_state = static_cast<cdp_alarm_state>(input.alarm_state);
        c_.event_status = static_cast<cdp_event_status>(input.event_status);
        c_.target = input.target_number;
        c_.event = input.event;
        c_.host_status = static_cast<cdp_status>(input.host_status);
        if (input.instance) {
            instance_ = to_c(*input.instance);
            c_.instance = &*instance_;
        }
    }
    InputC(const InputC &) = delete;
    InputC &operator=(const InputC &) = delete;
    const cdp_deployment_input *get() const
    {
        return &c_;
    }

  private:
    cdp_deployment_input c_;
    std::optional<cdp_rollout_instance> instance_;
};

} // namespace detail

/// One target of a deployment.
struct DeploymentTarget : DeploymentTargetFields {
    /// Its events; lives as long as the deployment.
    std::optional<LifecyclePlan> plan;
};

class Deployment;

/// A deployment to look at; it belongs to somebody else, and must not outlive that.
class DeploymentView
{
  public:
    DeploymentInfo info() const
    {
        auto c = detail::sized<cdp_deployment_info>();
        cdp_deployment_get_info(look(), &c);
        return detail::from_c(c);
    }
    DeploymentStatus status() const
    {
        return static_cast<DeploymentStatus>(cdp_deployment_get_status(look()));
    }
    bool is_over() const
    {
        return cdp_deployment_is_over(look()) != 0;
    }
    Platform platform() const
    {
        return static_cast<Platform>(cdp_deployment_platform(look()));
    }
    /// When to call step() if nothing happens before; `never` when nothing is due.
    Milliseconds next_deadline() const
    {
        return Milliseconds(cdp_deployment_next_deadline(look()));
    }
    /// The moment of the last accepted input; -1 ms before the first one.
    Milliseconds now() const
    {
        return Milliseconds(cdp_deployment_now(look()));
    }
    /// The effective configuration; must not outlive the deployment.
    std::optional<DeploymentConfig> config() const
    {
        const cdp_config *found = cdp_deployment_config(look());
        return found ? std::optional<DeploymentConfig>(DeploymentConfig::borrowed(found))
                     : std::nullopt;
    }
    /// The effective group; must not outlive the deployment.
    std::optional<DeploymentGroup> group() const
    {
        const cdp_group *found = cdp_deployment_group(look());
        if (!found)
            return std::nullopt;
        return DeploymentGroup(std::shared_ptr<const cdp_group>(std::shared_ptr<void>(), found));
    }
    /// The roll-out of a Server deployment after its start.
    std::optional<RolloutView> rollout() const
    {
        const cdp_rollout *found = cdp_deployment_rollout(look());
        return found ? std::optional<RolloutView>(RolloutView(found)) : std::nullopt;
    }
    /// The schedule along which traffic shifts; must not outlive the deployment.
    std::optional<TrafficSchedule> schedule() const
    {
        const cdp_traffic_schedule *found = cdp_deployment_schedule(look());
        if (!found)
            return std::nullopt;
        return TrafficSchedule(
            std::shared_ptr<const cdp_traffic_schedule>(std::shared_ptr<void>(), found));
    }
    List<DeploymentTarget> targets() const
    {
        return List<DeploymentTarget>(nullptr, look(), 0, cdp_deployment_target_count(look()),
                                      read_target);
    }
    /// The number of a target's id.
    std::optional<std::uint32_t> find_target(std::string_view id) const
    {
        std::uint32_t target = 0;
        const cdp_status status = cdp_deployment_target_find(look(), detail::text(id), &target);
        return detail::found<std::uint32_t>(status, [&] { return target; });
    }
    /// An event of a target.
    std::optional<LifecycleEventRecord> event(std::uint32_t target, std::uint32_t event) const
    {
        auto c = detail::sized<cdp_lifecycle_event_record>();
        const cdp_status status = cdp_deployment_event_at(look(), target, event, &c);
        return detail::found<LifecycleEventRecord>(status, [&] { return detail::from_c(c); });
    }
    List<DeploymentAlarm> alarms() const
    {
        return List<DeploymentAlarm>(nullptr, look(), 0, cdp_deployment_alarm_count(look()),
                                     [](const void *object, std::size_t, std::size_t i) {
                                         auto c = detail::sized<cdp_deployment_alarm_view>();
                                         cdp_deployment_alarm_at(cast(object), i, &c);
                                         return detail::from_c(c);
                                     });
    }
    /// The open actions that were taken out and are not answered.
    List<DeploymentAction> open_actions() const
    {
        return List<DeploymentAction>(nullptr, look(), 0, cdp_deployment_open_count(look()),
                                      [](const void *object, std::size_t, std::size_t i) {
                                          auto c = detail::sized<cdp_deployment_action>();
                                          cdp_deployment_open_at(cast(object), i, &c);
                                          return detail::from_c(c);
                                      });
    }
    std::optional<DeploymentAction> open_action(std::uint64_t token) const
    {
        auto c = detail::sized<cdp_deployment_action>();
        const cdp_status status = cdp_deployment_open_find(look(), token, &c);
        return detail::found<DeploymentAction>(status, [&] { return detail::from_c(c); });
    }
    /// The environment of a hook's scripts.
    std::vector<std::pair<std::string, std::string>> variables(const DeploymentAction &action) const
    {
        std::vector<std::pair<std::string, std::string>> all;
        const auto c = detail::to_c(action);
        cdp_string name{nullptr, 0};
        cdp_string value{nullptr, 0};
        for (std::size_t i = 0; cdp_deployment_variable_at(look(), &c, i, &name, &value) == CDP_OK;
             i++)
            all.emplace_back(detail::string(name), detail::string(value));
        return all;
    }
    /// What has changed since the last input began, in order.
    List<DeploymentChange> changes() const
    {
        return List<DeploymentChange>(nullptr, look(), 0, cdp_deployment_change_count(look()),
                                      [](const void *object, std::size_t, std::size_t i) {
                                          auto c = detail::sized<cdp_deployment_change>();
                                          cdp_deployment_change_at(cast(object), i, &c);
                                          return detail::from_c(c);
                                      });
    }
    std::size_t changes_dropped() const
    {
        return cdp_deployment_changes_dropped(look());
    }
    /// A change as one sentence without a full stop.
    Outcome<std::string> render(const DeploymentChange &change, const With &with = With()) const
    {
        const auto c = detail::to_c(change);
        return detail::written(
            with, [&](cdp_text *text) { return cdp_deployment_render_change(look(), &c, text); });
    }

    /// What rolling back would do at this moment. `cause`: nothing for the one that the deployment's
    /// end implies; `wanted`, for a manual one: the id of the deployment to go back to. It
    /// holds the deployment's configuration; one that is made in a callback must not outlive that.
    Outcome<RollbackPlan> plan_rollback(std::optional<RollbackCause> cause = std::nullopt,
                                        std::optional<std::string_view> wanted = std::nullopt,
                                        const With &with = With()) const
    {
        const detail::Findings findings(with);
        detail::Owned<cdp_rollback_plan, cdp_rollback_plan_free> made;
        const cdp_status status = cdp_deployment_plan_rollback(
            look(), cause ? static_cast<cdp_rollback_cause>(*cause) : cdp_rollback_cause(),
            detail::text(wanted), findings.allocator(), findings.get(), made.out());
        return detail::made<RollbackPlan>(status, findings, [&] {
            return RollbackPlan(made.share(), borrowed_ ? borrowed_->config : std::nullopt);
        });
    }
    /// Makes the deployment that carries out a plan of this one, which has to be over.
    Outcome<Deployment> new_rollback(const RollbackPlan &plan, const DeploymentOptions &options,
                                     const With &with = With()) const;
    /// What to keep of a deployment that is over, for the next one's `past`.
    Outcome<PastDeployment> past() const
    {
        auto c = detail::sized<cdp_rollback_past>();
        const cdp_status status = cdp_deployment_get_past(look(), &c);
        return detail::made<PastDeployment>(status, [&] { return detail::past_from_c(c); });
    }

    /// The whole state as one line of JSON.
    Outcome<std::string> snapshot(const With &with = With()) const
    {
        return detail::written(
            with, [&](cdp_text *text) { return cdp_deployment_snapshot(look(), text); });
    }
    /// What GetDeployment returns.
    Outcome<std::string> write_info(unsigned indent = 0, const With &with = With()) const
    {
        return detail::written(
            with, [&](cdp_text *text) { return cdp_deployment_write_info(look(), indent, text); });
    }
    /// What BatchGetDeploymentTargets returns; of all targets, or of some.
    Outcome<std::string>
    write_targets(unsigned indent = 0,
                  const std::optional<std::vector<std::uint32_t>> &targets = std::nullopt,
                  const With &with = With()) const
    {
        static const std::uint32_t none = 0;
        return detail::written(with, [&](cdp_text *text) {
            if (!targets)
                return cdp_deployment_write_targets(look(), nullptr, 0, indent, text);
            return cdp_deployment_write_targets(look(), targets->empty() ? &none : targets->data(),
                                                targets->size(), indent, text);
        });
    }
    /// The message of a notification, and its subject.
    struct Notification {
        std::string message;
        std::string subject;
    };
    Outcome<Notification> write_notification(const DeploymentAction &action,
                                             NotificationShape shape,
                                             const With &with = With()) const
    {
        detail::Text message;
        detail::Text subject;
        const auto c = detail::to_c(action);
        cdp_status status = cdp_text_new(with.allocator.get(), message.out());
        if (status == CDP_OK)
            status = cdp_text_new(with.allocator.get(), subject.out());
        if (status == CDP_OK)
            status = cdp_deployment_write_notification(look(), &c,
                                                       static_cast<cdp_notification_shape>(shape),
                                                       message.get(), subject.get());
        return detail::made<Notification>(status, [&] {
            return Notification{detail::string(cdp_text_string(message.get())),
                                detail::string(cdp_text_string(subject.get()))};
        });
    }

    explicit DeploymentView(const cdp_deployment *object) : view_(object)
    {
    }
    const cdp_deployment *look() const
    {
        return view_;
    }

  protected:
    friend class Deployment;
    static const cdp_deployment *cast(const void *object)
    {
        return static_cast<const cdp_deployment *>(object);
    }
    static DeploymentTarget read_target(const void *object, std::size_t, std::size_t i)
    {
        auto c = detail::sized<cdp_deployment_target>();
        cdp_deployment_target_at(cast(object), static_cast<std::uint32_t>(i), &c);
        DeploymentTarget target;
        static_cast<DeploymentTargetFields &>(target) = detail::from_c(c);
        if (c.plan)
            target.plan = LifecyclePlan::borrowed(c.plan);
        return target;
    }
    const cdp_deployment *view_;
    std::shared_ptr<const detail::Borrowed> borrowed_;
};

/// An input as a line of JSON, for Deployment::replay().
inline Outcome<std::string> write_input(Milliseconds now, const DeploymentInput &input,
                                        const With &with = With())
{
    const detail::InputC c(input);
    return detail::written(with, [&](cdp_text *text) {
        return cdp_deployment_write_input(now.count(), c.get(), text);
    });
}

/// A deployment. It keeps what it was made from. Belongs to one thread at a time. An input that is
/// refused has changed nothing, not even the time. One that a callback of a Host destroys, moves or
/// assigns to lives on until the drive() that led there has come to its end.
class Deployment : public DeploymentView
{
  public:
    static Outcome<Deployment> create(const DeploymentOptions &options, const With &with = With())
    {
        const detail::Findings findings(with);
        const detail::DeploymentOptionsC c(options);
        Made made;
        const cdp_status status =
            cdp_deployment_new(c.get(), findings.allocator(), findings.get(), made.out());
        return finished(status, findings, made, options);
    }
    /// Makes one from a snapshot; the options as for the one that was written.
    static Outcome<Deployment> restore(std::string_view snapshot, const DeploymentOptions &options,
                                       const With &with = With())
    {
        const detail::Findings findings(with);
        const detail::DeploymentOptionsC c(options);
        Made made;
        const cdp_status status =
            cdp_deployment_restore(snapshot.data(), snapshot.size(), c.get(), findings.allocator(),
                                   findings.get(), made.out());
        return finished(status, findings, made, options);
    }
    Deployment(Deployment &&other) noexcept : DeploymentView(std::exchange(other.view_, nullptr))
    {
        borrowed_ = std::move(other.borrowed_);
        object_ = std::move(other.object_);
    }
    Deployment &operator=(Deployment &&other) noexcept
    {
        if (this != &other) {
            object_ = std::move(other.object_);
            borrowed_ = std::move(other.borrowed_);
            view_ = std::exchange(other.view_, nullptr);
        }
        return *this;
    }

    /// Puts one input in, after everything that is due by `now`.
    Outcome<void> step(Milliseconds now, const DeploymentInput &input = DeploymentInput(),
                       const With &with = With())
    {
        const detail::Findings findings(with);
        const detail::InputC c(input);
        return detail::done(cdp_deployment_step(get(), now.count(), c.get(), findings.get()),
                            findings);
    }
    Outcome<void> add_target(Milliseconds now, const RolloutInstance &instance,
                             const With &with = With())
    {
        const detail::Findings findings(with);
        const auto c = detail::to_c(instance);
        return detail::done(cdp_deployment_add_target(get(), now.count(), &c, findings.get()),
                            findings);
    }
    Outcome<void> start(Milliseconds now, const With &with = With())
    {
        const detail::Findings findings(with);
        return detail::done(cdp_deployment_start(get(), now.count(), findings.get()), findings);
    }
    /// The action of this token came out so.
    Outcome<void> answer(Milliseconds now, std::uint64_t token, DeploymentOutcome outcome,
                         std::optional<std::string_view> message = std::nullopt,
                         const With &with = With())
    {
        const detail::Findings findings(with);
        return detail::done(cdp_deployment_answer(get(), now.count(), token,
                                                  static_cast<cdp_deployment_outcome>(outcome),
                                                  detail::text(message), findings.get()),
                            findings);
    }
    Outcome<void> stop(Milliseconds now, DeploymentFlag auto_rollback = DeploymentFlag::NotSaid,
                       const With &with = With())
    {
        const detail::Findings findings(with);
        return detail::done(cdp_deployment_stop(get(), now.count(),
                                                static_cast<cdp_deployment_flag>(auto_rollback),
                                                findings.get()),
                            findings);
    }
    Outcome<void> continue_wait(Milliseconds now, WaitType wait = WaitType::None,
                                const With &with = With())
    {
        const detail::Findings findings(with);
        return detail::done(cdp_deployment_continue(get(), now.count(),
                                                    static_cast<cdp_wait_type>(wait),
                                                    findings.get()),
                            findings);
    }
    Outcome<void> alarm(Milliseconds now, std::string_view name, AlarmState state,
                        const With &with = With())
    {
        const detail::Findings findings(with);
        return detail::done(cdp_deployment_alarm(get(), now.count(), detail::text(name),
                                                 static_cast<cdp_alarm_state>(state),
                                                 findings.get()),
                            findings);
    }
    /// Takes out the oldest action, if there is one.
    std::optional<DeploymentAction> next_action()
    {
        auto c = detail::sized<cdp_deployment_action>();
        const cdp_status status = cdp_deployment_next_action(get(), &c);
        return detail::found<DeploymentAction>(status, [&] { return detail::from_c(c); });
    }
    /// Puts in what write_input() wrote, one line of it.
    Outcome<void> replay(std::string_view line, const With &with = With())
    {
        const detail::Findings findings(with);
        return detail::done(cdp_deployment_replay(get(), line.data(), line.size(), findings.get()),
                            findings);
    }
    cdp_deployment *get() const
    {
        return object_.get();
    }
    /// The C object, and all that it was made from, for as long as this is held.
    std::shared_ptr<cdp_deployment> hold() const
    {
        return object_;
    }

  private:
    friend class DeploymentView;
    using Made = detail::Owned<cdp_deployment, cdp_deployment_free>;
    Deployment(Made made, std::shared_ptr<const detail::Borrowed> borrowed)
        : DeploymentView(made.get()),
          object_(made.release(),
                  // with what it has borrowed, which goes after it
                  [borrowed](cdp_deployment *object) { cdp_deployment_free(object); })
    {
        borrowed_ = std::move(borrowed);
    }
    static Outcome<Deployment> finished(cdp_status status, const detail::Findings &findings,
                                        Made &made, const DeploymentOptions &options)
    {
        return detail::made<Deployment>(status, findings, [&] {
            auto borrowed = std::make_shared<const detail::Borrowed>(options);
            return Deployment(std::move(made), std::move(borrowed));
        });
    }
    std::shared_ptr<cdp_deployment> object_;
};

inline Outcome<Deployment> DeploymentView::new_rollback(const RollbackPlan &plan,
                                                        const DeploymentOptions &options,
                                                        const With &with) const
{
    const detail::Findings findings(with);
    const detail::DeploymentOptionsC c(options);
    Deployment::Made made;
    const cdp_status status = cdp_deployment_new_rollback(
        look(), plan.get(), c.get(), findings.allocator(), findings.get(), made.out());
    return detail::made<Deployment>(status, findings, [&] {
        auto borrowed = std::make_shared<detail::Borrowed>(options);
        borrowed->before = borrowed_;
        return Deployment(std::move(made), std::move(borrowed));
    });
}

} // namespace CODEDEPLOY_ABI
} // namespace codedeploy

#endif
