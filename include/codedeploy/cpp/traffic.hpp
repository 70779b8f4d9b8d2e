// SPDX-License-Identifier: MIT
#ifndef CODEDEPLOY_CPP_TRAFFIC_HPP
#define CODEDEPLOY_CPP_TRAFFIC_HPP

/// @file
/// Traffic schedules and what goes along them: <codedeploy/traffic.h>.

#include <codedeploy/cpp/config.hpp>

namespace codedeploy
{
inline namespace CODEDEPLOY_ABI
{

/// One step of a schedule that a program puts together: a weight, held for a time, or until a gate
/// is opened.
struct TrafficPoint {
    std::int32_t weight = 0;
    Milliseconds wait{};
    bool gate = false;
};

/// A schedule: how much of the traffic goes to the replacement, and when. Immutable; copies share it.
class TrafficSchedule
{
  public:
    static Outcome<TrafficSchedule> from_config(const DeploymentConfig &config,
                                                const TrafficOptions &options = TrafficOptions(),
                                                const With &with = With())
    {
        const auto c = detail::to_c(options);
        Made made;
        const cdp_status status =
            cdp_traffic_schedule_from_config(config.get(), &c, with.allocator.get(), made.out());
        return detail::made<TrafficSchedule>(status, [&] { return TrafficSchedule(made.share()); });
    }
    /// Canary, linear or all at once, by its numbers and within the API's limits.
    static Outcome<TrafficSchedule> create(TrafficType type, std::int64_t percentage,
                                           std::chrono::minutes interval,
                                           const TrafficOptions &options = TrafficOptions(),
                                           const With &with = With())
    {
        const detail::Findings findings(with);
        const auto c = detail::to_c(options);
        Made made;
        const cdp_status status = cdp_traffic_schedule_new(
            static_cast<cdp_traffic_type>(type), percentage, interval.count(), &c,
            findings.allocator(), findings.get(), made.out());
        return finished(status, findings, made);
    }
    /// Any steps.
    static Outcome<TrafficSchedule> from_steps(const std::vector<TrafficPoint> &steps,
                                               const TrafficOptions &options = TrafficOptions(),
                                               const With &with = With())
    {
        const detail::Findings findings(with);
        const auto c = detail::to_c(options);
        std::vector<std::int32_t> weights;
        std::vector<std::int64_t> waits;
        for (const TrafficPoint &step : steps) {
            weights.push_back(step.weight);
            waits.push_back(step.gate ? TrafficGate : step.wait.count());
        }
        Made made;
        const cdp_status status =
            cdp_traffic_schedule_from_steps(weights.data(), waits.data(), steps.size(), &c,
                                            findings.allocator(), findings.get(), made.out());
        return finished(status, findings, made);
    }
    /// `10:5m,25:gate,50:10m,100`
    static Outcome<TrafficSchedule> parse(std::string_view text,
                                          const TrafficOptions &options = TrafficOptions(),
                                          const With &with = With())
    {
        const detail::Findings findings(with);
        const auto c = detail::to_c(options);
        Made made;
        const cdp_status status = cdp_traffic_schedule_parse(
            text.data(), text.size(), &c, findings.allocator(), findings.get(), made.out());
        return finished(status, findings, made);
    }

    /// As text that parse() reads.
    Outcome<std::string> write(const With &with = With()) const
    {
        return detail::written(
            with, [&](cdp_text *text) { return cdp_traffic_schedule_write(get(), text); });
    }
    List<TrafficStep> steps() const
    {
        return List<TrafficStep>(object_, get(), 0, cdp_traffic_schedule_step_count(get()),
                                 [](const void *object, std::size_t, std::size_t i) {
                                     auto c = detail::sized<cdp_traffic_step>();
                                     cdp_traffic_schedule_step_at(
                                         static_cast<const cdp_traffic_schedule *>(object), i, &c);
                                     return detail::from_c(c);
                                 });
    }
    /// All waits together, without gates.
    Milliseconds duration() const
    {
        return Milliseconds(cdp_traffic_schedule_duration_ms(get()));
    }
    std::size_t gate_count() const
    {
        return cdp_traffic_schedule_gate_count(get());
    }
    std::size_t route_count() const
    {
        return cdp_traffic_schedule_route_count(get());
    }
    /// The replacement's weight at a moment of a shift that began at `start`, as far as it is known
    /// beforehand.
    Outcome<std::int32_t> weight_at(Milliseconds start, Milliseconds now) const
    {
        return number(cdp_traffic_weight_at(get(), start.count(), now.count()));
    }
    /// The same when it is known when gates were opened.
    Outcome<std::int32_t> weight_with_gates(Milliseconds start,
                                            const std::vector<Milliseconds> &openings,
                                            Milliseconds now) const
    {
        std::vector<std::int64_t> c;
        for (Milliseconds opening : openings)
            c.push_back(opening.count());
        return number(
            cdp_traffic_weight_with_gates(get(), start.count(), c.data(), c.size(), now.count()));
    }
    /// When the next step begins; `never` when there is none or only a gate leads there.
    Outcome<Milliseconds> next_change(Milliseconds start, Milliseconds now) const
    {
        const std::int64_t found = cdp_traffic_next_change(get(), start.count(), now.count());
        return detail::made<Milliseconds>(found < 0 ? static_cast<cdp_status>(found) : CDP_OK,
                                          [&] { return Milliseconds(found); });
    }
    const cdp_traffic_schedule *get() const
    {
        return object_.get();
    }
    explicit TrafficSchedule(std::shared_ptr<const cdp_traffic_schedule> object)
        : object_(std::move(object))
    {
    }

  private:
    using Made = detail::Owned<cdp_traffic_schedule, cdp_traffic_schedule_free>;
    static Outcome<TrafficSchedule> finished(cdp_status status, const detail::Findings &findings,
                                             Made &made)
    {
        return detail::made<TrafficSchedule>(status, findings,
                                             [&] { return TrafficSchedule(made.share()); });
    }
    static Outcome<std::int32_t> number(std::int32_t found)
    {
        return detail::made<std::int32_t>(found < 0 ? static_cast<cdp_status>(found) : CDP_OK,
                                          [&] { return found; });
    }
    std::shared_ptr<const cdp_traffic_schedule> object_;
};

/// A shift under way. It holds its schedule. Belongs to one thread at a time.
class TrafficCursor
{
  public:
    static Outcome<TrafficCursor> create(const TrafficSchedule &schedule, Milliseconds start,
                                         const With &with = With())
    {
        TrafficCursor cursor(schedule);
        const cdp_status status = cdp_traffic_cursor_new(
            schedule.get(), start.count(), with.allocator.get(), cursor.object_.out());
        return detail::made<TrafficCursor>(status, [&] { return std::move(cursor); });
    }
    /// Reads a snapshot of a cursor on this schedule back.
    static Outcome<TrafficCursor> restore(const TrafficSchedule &schedule,
                                          std::string_view snapshot, const With &with = With())
    {
        const detail::Findings findings(with);
        TrafficCursor cursor(schedule);
        const cdp_status status =
            cdp_traffic_cursor_restore(schedule.get(), snapshot.data(), snapshot.size(),
                                       findings.allocator(), findings.get(), cursor.object_.out());
        return detail::made<TrafficCursor>(status, findings, [&] { return std::move(cursor); });
    }
    /// Time has passed: all steps that are due begin.
    Outcome<TrafficProgress> step(Milliseconds now)
    {
        return moved(cdp_traffic_cursor_step, now);
    }
    /// The gate that is waited for is opened.
    Outcome<TrafficProgress> open_gate(Milliseconds now)
    {
        return moved(cdp_traffic_cursor_open_gate, now);
    }
    /// The rest of the present wait is skipped, or the present gate opened.
    Outcome<TrafficProgress> skip(Milliseconds now)
    {
        return moved(cdp_traffic_cursor_continue, now);
    }
    /// When to call step(); `never` when nothing is due.
    Milliseconds next_deadline() const
    {
        return Milliseconds(cdp_traffic_cursor_next_deadline(get()));
    }
    /// The moment of the last accepted input; -1 ms before the first one.
    Milliseconds now() const
    {
        return Milliseconds(cdp_traffic_cursor_now(get()));
    }
    std::size_t steps_begun() const
    {
        return cdp_traffic_cursor_steps_begun(get());
    }
    /// When a step began, or will if nothing but time passes; -1 ms past the end.
    Milliseconds began(std::size_t step) const
    {
        return Milliseconds(cdp_traffic_cursor_began_ms(get(), step));
    }
    std::int32_t weight() const
    {
        return cdp_traffic_cursor_weight(get());
    }
    bool is_at_gate() const
    {
        return cdp_traffic_cursor_is_at_gate(get()) != 0;
    }
    bool is_done() const
    {
        return cdp_traffic_cursor_is_done(get()) != 0;
    }
    const TrafficSchedule &schedule() const
    {
        return schedule_;
    }
    Outcome<std::string> snapshot(const With &with = With()) const
    {
        return detail::written(
            with, [&](cdp_text *text) { return cdp_traffic_cursor_snapshot(get(), text); });
    }
    cdp_traffic_cursor *get() const
    {
        return object_.get();
    }

  private:
    explicit TrafficCursor(const TrafficSchedule &schedule) : schedule_(schedule)
    {
    }
    Outcome<TrafficProgress> moved(cdp_status (*function)(cdp_traffic_cursor *, std::int64_t,
                                                          cdp_traffic_progress *),
                                   Milliseconds now)
    {
        auto c = detail::sized<cdp_traffic_progress>();
        const cdp_status status = function(get(), now.count(), &c);
        return detail::made<TrafficProgress>(status, [&] { return detail::from_c(c); });
    }
    TrafficSchedule schedule_;
    detail::Owned<cdp_traffic_cursor, cdp_traffic_cursor_free> object_;
};

} // namespace CODEDEPLOY_ABI
} // namespace codedeploy

#endif
