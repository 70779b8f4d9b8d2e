// SPDX-License-Identifier: MIT
#ifndef CODEDEPLOY_CPP_LIFECYCLE_HPP
#define CODEDEPLOY_CPP_LIFECYCLE_HPP

/// @file
/// Lifecycle events of a scenario, and one target on its way through them: <codedeploy/lifecycle.h>.

#include <codedeploy/cpp/result.hpp>

namespace codedeploy
{
inline namespace CODEDEPLOY_ABI
{

/// The API's error code for a number that the official agent writes.
inline EventError event_error_from_agent(int agent_code)
{
    return static_cast<EventError>(cdp_event_error_from_agent(agent_code));
}

/// What `codedeploy-local` is asked to run.
struct LocalEvents {
    /// The names of `--events`; empty: the usual order.
    std::vector<std::string> events;
    /// The events that the AppSpec hooks, when that is known.
    std::optional<std::vector<std::string>> hooks;
};

/// An ordered list of lifecycle events. Immutable; copies share it.
class LifecyclePlan
{
  public:
    /// The standard plan of a platform and scenario, if it has it.
    static std::optional<LifecyclePlan> find(Platform platform,
                                             Scenario scenario = Scenario::Default)
    {
        const cdp_lifecycle_plan *plan = cdp_lifecycle_plan_find(
            static_cast<cdp_platform>(platform), static_cast<cdp_scenario>(scenario));
        return plan ? std::optional<LifecyclePlan>(borrowed(plan)) : std::nullopt;
    }
    /// All standard plans.
    static std::vector<LifecyclePlan> standard()
    {
        std::vector<LifecyclePlan> all;
        for (std::size_t i = 0; i < cdp_lifecycle_plan_standard_count(); i++)
            all.push_back(borrowed(cdp_lifecycle_plan_standard_at(i)));
        return all;
    }
    /// The plan that `codedeploy-local` follows.
    static Outcome<LifecyclePlan> local(const LocalEvents &local = LocalEvents(),
                                        const With &with = With())
    {
        const detail::Findings findings(with);
        const auto events = detail::texts(local.events);
        std::vector<cdp_string> hooks;
        auto c = detail::sized<cdp_lifecycle_local>();
        c.events = events.data();
        c.event_count = events.size();
        if (local.hooks) {
            hooks = detail::texts(*local.hooks);
            c.hooks = hooks.data();
            c.hook_count = hooks.size();
            c.has_hooks = 1;
        }
        Made made;
        const cdp_status status =
            cdp_lifecycle_plan_new_local(&c, findings.allocator(), findings.get(), made.out());
        return detail::made<LifecyclePlan>(status, findings,
                                           [&] { return LifecyclePlan(made.share()); });
    }
    /// A plan of the program's own.
    static Outcome<LifecyclePlan> create(Platform platform,
                                         const std::vector<LifecycleEventInfo> &events,
                                         const With &with = With())
    {
        const detail::Findings findings(with);
        std::vector<cdp_lifecycle_event_info> c;
        for (const LifecycleEventInfo &event : events)
            c.push_back(detail::to_c(event));
        Made made;
        const cdp_status status =
            cdp_lifecycle_plan_new(static_cast<cdp_platform>(platform), c.data(), c.size(),
                                   findings.allocator(), findings.get(), made.out());
        return detail::made<LifecyclePlan>(status, findings,
                                           [&] { return LifecyclePlan(made.share()); });
    }

    Platform platform() const
    {
        return static_cast<Platform>(cdp_lifecycle_plan_platform(get()));
    }
    Scenario scenario() const
    {
        return static_cast<Scenario>(cdp_lifecycle_plan_scenario(get()));
    }
    List<LifecycleEventInfo> events() const
    {
        return List<LifecycleEventInfo>(
            object_, get(), 0, cdp_lifecycle_plan_event_count(get()),
            [](const void *object, std::size_t, std::size_t i) {
                auto c = detail::sized<cdp_lifecycle_event_info>();
                cdp_lifecycle_plan_event_at(static_cast<const cdp_lifecycle_plan *>(object), i, &c);
                return detail::from_c(c);
            });
    }
    /// The index of the first event of that name.
    std::optional<std::size_t> find_event(std::string_view name) const
    {
        const std::size_t index = cdp_lifecycle_plan_event_find(get(), detail::text(name));
        return index < cdp_lifecycle_plan_event_count(get()) ? std::optional<std::size_t>(index)
                                                             : std::nullopt;
    }
    /// Which revision the script of an event is taken from.
    RevisionSource revision(std::size_t event,
                            std::optional<DeploymentCreator> creator = std::nullopt,
                            bool has_archive = false) const
    {
        return static_cast<RevisionSource>(cdp_lifecycle_plan_revision(
            get(), event,
            creator ? static_cast<cdp_deployment_creator>(*creator) : cdp_deployment_creator(),
            has_archive ? 1 : 0));
    }
    const cdp_lifecycle_plan *get() const
    {
        return object_.get();
    }
    explicit LifecyclePlan(std::shared_ptr<const cdp_lifecycle_plan> object)
        : object_(std::move(object))
    {
    }
    /// One that is kept alive by something else.
    static LifecyclePlan borrowed(const cdp_lifecycle_plan *object)
    {
        return LifecyclePlan(
            std::shared_ptr<const cdp_lifecycle_plan>(std::shared_ptr<void>(), object));
    }

  private:
    using Made = detail::Owned<cdp_lifecycle_plan, cdp_lifecycle_plan_free>;
    std::shared_ptr<const cdp_lifecycle_plan> object_;
};

/// One target on its way through a plan, which it holds. Belongs to one thread at a time. Inputs
/// that are refused have changed nothing.
class Lifecycle
{
  public:
    static Outcome<Lifecycle> create(const LifecyclePlan &plan,
                                     const LifecycleOptions &options = LifecycleOptions(),
                                     const With &with = With())
    {
        const detail::Findings findings(with);
        const auto c = detail::to_c(options);
        Lifecycle target(plan);
        const cdp_status status = cdp_lifecycle_new(plan.get(), &c, findings.allocator(),
                                                    findings.get(), target.object_.out());
        return detail::made<Lifecycle>(status, findings, [&] { return std::move(target); });
    }
    /// Makes a target from a snapshot; `plan` is the one of the target that was written.
    static Outcome<Lifecycle> restore(const LifecyclePlan &plan, std::string_view snapshot,
                                      const With &with = With())
    {
        const detail::Findings findings(with);
        Lifecycle target(plan);
        const cdp_status status =
            cdp_lifecycle_restore(detail::text(snapshot), plan.get(), findings.allocator(),
                                  findings.get(), target.object_.out());
        return detail::made<Lifecycle>(status, findings, [&] { return std::move(target); });
    }

    /// The target's turn has come.
    Outcome<void> start(Milliseconds now, const With &with = With())
    {
        const detail::Findings findings(with);
        return detail::done(cdp_lifecycle_start(get(), now.count(), findings.get()), findings);
    }
    Outcome<void> begin(Milliseconds now, std::size_t event, const With &with = With())
    {
        const detail::Findings findings(with);
        return detail::done(cdp_lifecycle_begin(get(), now.count(), event, findings.get()),
                            findings);
    }
    Outcome<void> finish(Milliseconds now, std::size_t event, const LifecycleResult &result,
                         const With &with = With())
    {
        const detail::Findings findings(with);
        const auto c = detail::to_c(result);
        return detail::done(cdp_lifecycle_finish(get(), now.count(), event, &c, findings.get()),
                            findings);
    }
    /// The event went well.
    Outcome<void> succeed(Milliseconds now, std::size_t event, const With &with = With())
    {
        LifecycleResult result;
        result.status = EventStatus::Succeeded;
        return finish(now, event, result, with);
    }
    /// The event failed.
    Outcome<void> fail(Milliseconds now, std::size_t event, EventError error, std::string message,
                       const With &with = With())
    {
        LifecycleResult result;
        result.status = EventStatus::Failed;
        result.error = error;
        result.message = std::move(message);
        return finish(now, event, result, with);
    }
    /// The event has nothing to run.
    Outcome<void> no_op(Milliseconds now, std::size_t event, const With &with = With())
    {
        const detail::Findings findings(with);
        return detail::done(cdp_lifecycle_no_op(get(), now.count(), event, findings.get()),
                            findings);
    }
    Outcome<void> stop(Milliseconds now, const With &with = With())
    {
        const detail::Findings findings(with);
        return detail::done(cdp_lifecycle_stop(get(), now.count(), findings.get()), findings);
    }
    Outcome<void> skip(Milliseconds now, const With &with = With())
    {
        const detail::Findings findings(with);
        return detail::done(cdp_lifecycle_skip(get(), now.count(), findings.get()), findings);
    }
    Outcome<void> lose_contact(Milliseconds now, const With &with = With())
    {
        const detail::Findings findings(with);
        return detail::done(cdp_lifecycle_lose_contact(get(), now.count(), findings.get()),
                            findings);
    }
    /// Somebody ends a wait.
    Outcome<void> continue_wait(Milliseconds now, WaitType wait, const With &with = With())
    {
        const detail::Findings findings(with);
        return detail::done(cdp_lifecycle_continue(get(), now.count(),
                                                   static_cast<cdp_wait_type>(wait),
                                                   findings.get()),
                            findings);
    }
    /// Time has passed.
    Outcome<void> step(Milliseconds now, const With &with = With())
    {
        const detail::Findings findings(with);
        return detail::done(cdp_lifecycle_step(get(), now.count(), findings.get()), findings);
    }
    /// When to call step(); `never` when nothing is due.
    Milliseconds next_deadline() const
    {
        return Milliseconds(cdp_lifecycle_next_deadline(get()));
    }

    const LifecyclePlan &plan() const
    {
        return plan_;
    }
    TargetStatus status() const
    {
        return static_cast<TargetStatus>(cdp_lifecycle_get_status(get()));
    }
    LifecycleReason reason() const
    {
        return static_cast<LifecycleReason>(cdp_lifecycle_get_reason(get()));
    }
    Milliseconds now() const
    {
        return Milliseconds(cdp_lifecycle_now(get()));
    }
    /// What comes next.
    LifecycleAction next() const
    {
        auto c = detail::sized<cdp_lifecycle_action>();
        cdp_lifecycle_next(get(), &c);
        return detail::from_c(c);
    }
    /// The events as the API shows them.
    List<LifecycleEventRecord> events() const
    {
        return List<LifecycleEventRecord>(
            nullptr, get(), 0, get() ? cdp_lifecycle_plan_event_count(plan_.get()) : 0,
            [](const void *object, std::size_t, std::size_t i) {
                auto c = detail::sized<cdp_lifecycle_event_record>();
                cdp_lifecycle_event_at(static_cast<const cdp_lifecycle *>(object), i, &c);
                return detail::from_c(c);
            });
    }
    /// What the last accepted input has changed.
    List<LifecycleChange> changes() const
    {
        return List<LifecycleChange>(nullptr, get(), 0, cdp_lifecycle_change_count(get()),
                                     [](const void *object, std::size_t, std::size_t i) {
                                         auto c = detail::sized<cdp_lifecycle_change>();
                                         cdp_lifecycle_change_at(
                                             static_cast<const cdp_lifecycle *>(object), i, &c);
                                         return detail::from_c(c);
                                     });
    }
    Outcome<std::string> snapshot(const With &with = With()) const
    {
        return detail::written(with,
                               [&](cdp_text *text) { return cdp_lifecycle_snapshot(get(), text); });
    }
    cdp_lifecycle *get() const
    {
        return object_.get();
    }

  private:
    explicit Lifecycle(const LifecyclePlan &plan) : plan_(plan)
    {
    }
    LifecyclePlan plan_;
    detail::Owned<cdp_lifecycle, cdp_lifecycle_free> object_;
};

} // namespace CODEDEPLOY_ABI
} // namespace codedeploy

#endif
