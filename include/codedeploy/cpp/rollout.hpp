// SPDX-License-Identifier: MIT
#ifndef CODEDEPLOY_CPP_ROLLOUT_HPP
#define CODEDEPLOY_CPP_ROLLOUT_HPP

/// @file
/// Which instances of a Server deployment go next: <codedeploy/rollout.h>.

#include <codedeploy/cpp/config.hpp>

namespace codedeploy
{
inline namespace CODEDEPLOY_ABI
{

/// Fills in what a deployment configuration determines.
inline Outcome<void> apply_config(RolloutOptions &options, const DeploymentConfig &config)
{
    auto c = detail::to_c(options);
    const cdp_status status = cdp_rollout_options_from_config(config.get(), &c);
    if (status == CDP_OK)
        options = detail::from_c(c);
    return detail::done(status);
}

/// A decision as one sentence without a full stop.
inline Outcome<std::string> render(const RolloutDecision &decision, const With &with = With())
{
    auto c = detail::sized<cdp_rollout_decision>();
    c.kind = static_cast<cdp_rollout_decision_kind>(decision.kind);
    c.rule = static_cast<cdp_rollout_rule>(decision.rule);
    c.phase = static_cast<cdp_rollout_phase>(decision.phase);
    c.verdict = static_cast<cdp_rollout_verdict>(decision.verdict);
    c.instance = decision.instance.value_or(CDP_ROLLOUT_NO_INSTANCE);
    c.attempt = decision.attempt;
    c.other = decision.other.value_or(CDP_ROLLOUT_NO_INSTANCE);
    c.state = static_cast<cdp_rollout_state>(decision.state);
    c.id = detail::text(decision.id);
    c.other_id = detail::text(decision.other_id);
    c.zone = detail::text(decision.zone);
    c.error_code = decision.error_code ? decision.error_code->data() : nullptr; // static text
    c.time_ms = decision.time.count();
    c.until_ms = decision.until.count();
    c.instances = decision.instances;
    c.minimum = decision.minimum;
    c.healthy = decision.healthy;
    c.in_flight = decision.in_flight;
    c.failed = decision.failed;
    c.succeeded = decision.succeeded;
    c.pending = decision.pending;
    c.limit = decision.limit;
    return detail::written(with, [&](cdp_text *text) { return cdp_rollout_render(&c, text); });
}

/// A roll-out to look at; it belongs to somebody else, and must not outlive that.
class RolloutView
{
  public:
    RolloutPhase phase() const
    {
        return static_cast<RolloutPhase>(cdp_rollout_current_phase(look()));
    }
    RolloutVerdict verdict() const
    {
        return static_cast<RolloutVerdict>(cdp_rollout_current_verdict(look(), nullptr));
    }
    /// The verdict with its reason.
    RolloutDecision verdict_reason() const
    {
        auto c = detail::sized<cdp_rollout_decision>();
        cdp_rollout_current_verdict(look(), &c);
        return detail::from_c(c);
    }
    bool is_settled() const
    {
        return cdp_rollout_is_settled(look()) != 0;
    }
    /// Why nothing more begins now, if something waits.
    std::optional<RolloutDecision> held() const
    {
        auto c = detail::sized<cdp_rollout_decision>();
        const cdp_status status = cdp_rollout_held(look(), &c);
        return detail::found<RolloutDecision>(status, [&] { return detail::from_c(c); });
    }
    /// Why an instance stands where it stands.
    Outcome<RolloutDecision> explain(std::uint32_t instance) const
    {
        auto c = detail::sized<cdp_rollout_decision>();
        const cdp_status status = cdp_rollout_explain(look(), instance, &c);
        return detail::made<RolloutDecision>(status, [&] { return detail::from_c(c); });
    }
    List<RolloutInstanceView> instances() const
    {
        return List<RolloutInstanceView>(nullptr, look(), 0, cdp_rollout_count(look()),
                                         [](const void *object, std::size_t, std::size_t i) {
                                             auto c = detail::sized<cdp_rollout_view>();
                                             cdp_rollout_at(
                                                 static_cast<const cdp_rollout *>(object),
                                                 static_cast<std::uint32_t>(i), &c);
                                             return detail::from_c(c);
                                         });
    }
    /// The number of an id.
    std::optional<std::uint32_t> find(std::string_view id) const
    {
        std::uint32_t instance = 0;
        const cdp_status status = cdp_rollout_find(look(), detail::text(id), &instance);
        return detail::found<std::uint32_t>(status, [&] { return instance; });
    }
    RolloutNumbers numbers() const
    {
        auto c = detail::sized<cdp_rollout_numbers>();
        cdp_rollout_numbers_get(look(), &c);
        return detail::from_c(c);
    }
    /// The numbers of each zone of a zonal roll-out.
    List<RolloutNumbers> zones() const
    {
        return List<RolloutNumbers>(nullptr, look(), 0, cdp_rollout_zone_count(look()),
                                    [](const void *object, std::size_t, std::size_t i) {
                                        auto c = detail::sized<cdp_rollout_numbers>();
                                        cdp_rollout_zone_at(
                                            static_cast<const cdp_rollout *>(object), i, &c);
                                        return detail::from_c(c);
                                    });
    }
    /// The numbers of the instances that a follow-on deployment has to go to.
    std::vector<std::uint32_t> outdated() const
    {
        std::vector<std::uint32_t> numbers;
        numbers.reserve(cdp_rollout_outdated_count(look()));
        for (std::uint32_t i = 0; cdp_rollout_outdated_next(look(), &i) == CDP_OK; i++)
            numbers.push_back(i);
        return numbers;
    }
    RolloutLifecycleAnswer auto_scaling_answer() const
    {
        return static_cast<RolloutLifecycleAnswer>(cdp_rollout_auto_scaling_answer(look()));
    }
    Milliseconds next_deadline() const
    {
        return Milliseconds(cdp_rollout_next_deadline(look()));
    }
    /// Only after the start.
    Outcome<std::string> snapshot(const With &with = With()) const
    {
        return detail::written(with,
                               [&](cdp_text *text) { return cdp_rollout_snapshot(look(), text); });
    }
    explicit RolloutView(const cdp_rollout *object) : view_(object)
    {
    }
    const cdp_rollout *look() const
    {
        return view_;
    }

  protected:
    const cdp_rollout *view_;
};

/// A roll-out. Belongs to one thread at a time. Inputs that are refused have changed nothing.
class Rollout : public RolloutView
{
  public:
    static Outcome<Rollout> create(const RolloutOptions &options = RolloutOptions(),
                                   const With &with = With())
    {
        const detail::Findings findings(with);
        const auto c = detail::to_c(options);
        Made made;
        const cdp_status status =
            cdp_rollout_new(&c, findings.allocator(), findings.get(), made.out());
        return detail::made<Rollout>(status, findings, [&] { return Rollout(std::move(made)); });
    }
    static Outcome<Rollout> restore(std::string_view snapshot, const With &with = With())
    {
        const detail::Findings findings(with);
        Made made;
        const cdp_status status = cdp_rollout_restore(
            snapshot.data(), snapshot.size(), findings.allocator(), findings.get(), made.out());
        return detail::made<Rollout>(status, findings, [&] { return Rollout(std::move(made)); });
    }
    Rollout(Rollout &&other) noexcept : RolloutView(other.view_), object_(std::move(other.object_))
    {
        other.view_ = nullptr;
    }
    Rollout &operator=(Rollout &&other) noexcept
    {
        object_ = std::move(other.object_);
        other.view_ = other.object_.get();
        view_ = object_.get();
        return *this;
    }

    /// Takes the memory for more instances beforehand. Not required.
    Outcome<void> reserve(std::size_t instances, std::size_t id_bytes)
    {
        return detail::done(cdp_rollout_reserve(get(), instances, id_bytes));
    }
    Outcome<void> add(const std::vector<RolloutInstance> &instances, const With &with = With())
    {
        const detail::Findings findings(with);
        std::vector<cdp_rollout_instance> c;
        c.reserve(instances.size());
        for (const RolloutInstance &instance : instances)
            c.push_back(detail::to_c(instance));
        return detail::done(cdp_rollout_add(get(), c.data(), c.size(), findings.get()), findings);
    }
    Outcome<void> start(Milliseconds now, const With &with = With())
    {
        const detail::Findings findings(with);
        return detail::done(cdp_rollout_start(get(), now.count(), findings.get()), findings);
    }
    /// Takes out the next decision; nothing when there is none now. Call it after every input until
    /// then.
    std::optional<RolloutDecision> decide()
    {
        auto c = detail::sized<cdp_rollout_decision>();
        std::size_t count = 0;
        if (cdp_rollout_decide(get(), &c, 1, &count) != CDP_OK || count == 0)
            return std::nullopt;
        return detail::from_c(c);
    }
    /// How an instance that was started came out; `attempt` as its decision said, 0: not checked.
    Outcome<void> result(std::uint32_t instance, std::uint32_t attempt, bool succeeded,
                         Milliseconds now, const With &with = With())
    {
        const detail::Findings findings(with);
        return detail::done(cdp_rollout_result(get(), instance, attempt, succeeded ? 1 : 0,
                                               now.count(), findings.get()),
                            findings);
    }
    Outcome<void> step(Milliseconds now, const With &with = With())
    {
        const detail::Findings findings(with);
        return detail::done(cdp_rollout_step(get(), now.count(), findings.get()), findings);
    }
    Outcome<void> stop(RolloutStopCause cause, Milliseconds now, const With &with = With())
    {
        const detail::Findings findings(with);
        return detail::done(cdp_rollout_stop(get(), static_cast<cdp_rollout_stop_cause>(cause),
                                             now.count(), findings.get()),
                            findings);
    }
    /// Lets a wait end now.
    Outcome<void> continue_wait(Milliseconds now, const With &with = With())
    {
        const detail::Findings findings(with);
        return detail::done(cdp_rollout_continue(get(), now.count(), findings.get()), findings);
    }
    /// An instance appeared; gives its number.
    Outcome<std::uint32_t> join(const RolloutInstance &instance, Milliseconds now,
                                const With &with = With())
    {
        const detail::Findings findings(with);
        const auto c = detail::to_c(instance);
        std::uint32_t number = 0;
        const cdp_status status = cdp_rollout_join(get(), &c, now.count(), findings.get(), &number);
        return detail::made<std::uint32_t>(status, findings, [&] { return number; });
    }
    Outcome<void> leave(std::uint32_t instance, Milliseconds now, const With &with = With())
    {
        const detail::Findings findings(with);
        return detail::done(cdp_rollout_leave(get(), instance, now.count(), findings.get()),
                            findings);
    }
    Outcome<void> restart(std::uint32_t instance, Milliseconds now, const With &with = With())
    {
        const detail::Findings findings(with);
        return detail::done(cdp_rollout_restart(get(), instance, now.count(), findings.get()),
                            findings);
    }
    cdp_rollout *get() const
    {
        return object_.get();
    }

  private:
    using Made = detail::Owned<cdp_rollout, cdp_rollout_free>;
    explicit Rollout(Made made) : RolloutView(made.get()), object_(std::move(made))
    {
    }
    Made object_;
};

} // namespace CODEDEPLOY_ABI
} // namespace codedeploy

#endif
