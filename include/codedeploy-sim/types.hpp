// SPDX-License-Identifier: MIT
// Made from the C headers by bindings/cpp/generate.py (`./dev generate`); do not edit.
// clang-format off
#ifndef CODEDEPLOY_SIM_TYPES_HPP
#define CODEDEPLOY_SIM_TYPES_HPP

/// @file
/// Enumerations, constants and plain structs, as the C headers declare them.

#include <codedeploy-sim/host.h>
#include <codedeploy/codedeploy.hpp>

namespace codedeploy {
inline namespace CODEDEPLOY_ABI {

namespace sim {
namespace detail {
using namespace codedeploy::detail;
}

/// What the file system cannot do, to be added up.
enum class Lack : int {
    HardLinks = CDP_SIM_FS_NO_HARD_LINKS,
    SyncAll = CDP_SIM_FS_NO_SYNC_ALL,
    Acls = CDP_SIM_FS_NO_ACLS,
    Contexts = CDP_SIM_FS_NO_CONTEXTS,
};

/// What a crash does to changes that no sync has made durable.
enum class Loss : int {
    /// They all happened.
    Nothing = CDP_SIM_LOSE_NOTHING,
    /// None of them happened.
    Everything = CDP_SIM_LOSE_EVERYTHING,
    /// Contents of files are lost, names are kept: a file may be empty.
    Content = CDP_SIM_LOSE_CONTENT,
    /// Names are lost, contents are kept.
    Names = CDP_SIM_LOSE_NAMES,
    /// Each is lost or kept by a coin that `seed` throws, in any combination.
    Some = CDP_SIM_LOSE_SOME,
    /// Those after a point that `seed` chooses are lost.
    Latest = CDP_SIM_LOSE_LATEST,
};

/// How many deployments one host plays at most: the first, its rollback, those that follow.
constexpr std::size_t SimHostMaxDeployments = CDP_SIM_HOST_MAX_DEPLOYMENTS;

enum class EntryKind : int {
    /// Something of the deployment changed.
    Change = CDP_SIM_ENTRY_CHANGE,
    /// Something from outside was put in,
    Input = CDP_SIM_ENTRY_INPUT,
    /// or was refused: also the start, an instance that was made, or an answer, which are not
    ///  written down when they are accepted.
    Refused = CDP_SIM_ENTRY_REFUSED,
    /// The host was asked to do something.
    Action = CDP_SIM_ENTRY_ACTION,
};

/// How much of the record is shown.
enum class Detail : int {
    /// Changes and inputs.
    Changes = CDP_SIM_DETAIL_CHANGES,
    /// Actions as well.
    Actions = CDP_SIM_DETAIL_ACTIONS,
};

/// `"change"`, `"input"`, `"refused"`, `"action"`; `"unknown"`. Static text.
inline std::string_view name(EntryKind value)
{
    return detail::view(cdp_sim_entry_kind_name(static_cast<cdp_sim_entry_kind>(value)));
}

/// An error at a chosen call.
struct Fault {
    /// Which call fails, counted from 1 on from cdp_sim_fs_set_fault(); 0: none.
    std::uint64_t at{};
    /// What it answers.
    Status status{};
    /// 0: that call only. 1: every later call as well.
    bool persistent{};
    /// 1: only calls that change something are counted and fail.
    bool only_changes{};
};

namespace detail {
inline Fault from_c(const cdp_sim_fault &c)
{
    Fault v;
    v.at = c.at;
    v.status = static_cast<Status>(c.status);
    v.persistent = c.persistent != 0;
    v.only_changes = c.only_changes != 0;
    return v;
}
inline cdp_sim_fault to_c(const Fault &v)
{
    cdp_sim_fault c{};
    c.size = sizeof c;
    c.at = v.at;
    c.status = static_cast<cdp_status>(v.status);
    c.persistent = v.persistent ? 1 : 0;
    c.only_changes = v.only_changes ? 1 : 0;
    return c;
}
} // namespace detail

/// How actions come out. The first rule that applies to an action counts, in the order in which
/// they were added. Rules for DeploymentActionKind::PollAlarms never apply: see
/// cdp_sim_host_add_alarm().
struct Rule {
    /// To which actions it applies. The deployment, counted from 1; 0: every one.
    std::uint32_t deployment{};
    /// Only the n-th of those to which the rest applies, from 1; 0: each of them.
    std::uint32_t nth{};
    /// 0: every kind that has to be answered, but not DeploymentActionKind::Cancel.
    DeploymentActionKind kind{};
    /// 1: nobody ever answers.
    bool never{};
    /// The target's id, and the event's name; absent: every one.
    std::optional<std::string> target{};
    std::optional<std::string> event{};
    /// How long it takes; 0: it is done at once.
    Milliseconds after{};
    /// 0: done.
    DeploymentOutcome outcome{};
    /// Not Status::Ok: the callback returns this at once, whatever the outcome.
    Status status{};
    /// Of a failure.
    EventError error{};
    ErrorCode code{};
    std::optional<std::string> message{};
};

namespace detail {
inline Rule from_c(const cdp_sim_rule &c)
{
    Rule v;
    v.deployment = c.deployment;
    v.nth = c.nth;
    v.kind = static_cast<DeploymentActionKind>(c.kind);
    v.never = c.never != 0;
    v.target = detail::optional_string(c.target);
    v.event = detail::optional_string(c.event);
    v.after = Milliseconds(c.after_ms);
    v.outcome = static_cast<DeploymentOutcome>(c.outcome);
    v.status = static_cast<Status>(c.status);
    v.error = static_cast<EventError>(c.error);
    v.code = static_cast<ErrorCode>(c.code);
    v.message = detail::optional_string(c.message);
    return v;
}
inline cdp_sim_rule to_c(const Rule &v)
{
    cdp_sim_rule c{};
    c.size = sizeof c;
    c.deployment = v.deployment;
    c.nth = v.nth;
    c.kind = static_cast<cdp_deployment_action_kind>(v.kind);
    c.never = v.never ? 1 : 0;
    c.target = detail::text(v.target);
    c.event = detail::text(v.event);
    c.after_ms = v.after.count();
    c.outcome = static_cast<cdp_deployment_outcome>(v.outcome);
    c.status = static_cast<cdp_status>(v.status);
    c.error = static_cast<cdp_event_error>(v.error);
    c.code = static_cast<cdp_error_code>(v.code);
    c.message = detail::text(v.message);
    return c;
}
} // namespace detail

/// One entry of the record. Strings are valid until the host is changed.
struct Entry {
    EntryKind kind{};
    /// The index of the deployment.
    std::uint32_t deployment{};
    Milliseconds time{};
    /// Of a change its kind, of an action its kind, of an input its kind; 0 otherwise.
    DeploymentChangeKind change{};
    DeploymentActionKind action{};
    DeploymentInputKind input{};
    /// CDP_DEPLOYMENT_NO_TARGET, CDP_DEPLOYMENT_NO_EVENT where there is none.
    std::optional<std::uint32_t> target{};
    std::optional<std::uint32_t> event{};
    /// Of a change of a status: a DeploymentStatus, TargetStatus, EventStatus or
    ///  AlarmState; of a wait the DeploymentWait. 0 otherwise.
    int status{};
    /// Percent on the replacement, where the entry speaks of traffic; -1 otherwise.
    std::int32_t weight{};
    /// Of a wait that begins; INT64_MAX when it has no end of its own. Otherwise -1.
    Milliseconds until{};
    /// The deployment's id.
    std::string deployment_id{};
    /// Absent where there is none.
    std::optional<std::string> target_id{};
    /// An event's or alarm's; absent where there is none.
    std::optional<std::string> name{};
    /// What happened, without a full stop.
    std::string sentence{};
};

namespace detail {
inline Entry from_c(const cdp_sim_entry &c)
{
    Entry v;
    v.kind = static_cast<EntryKind>(c.kind);
    v.deployment = c.deployment;
    v.time = Milliseconds(c.time_ms);
    v.change = static_cast<DeploymentChangeKind>(c.change);
    v.action = static_cast<DeploymentActionKind>(c.action);
    v.input = static_cast<DeploymentInputKind>(c.input);
    v.target = detail::index(c.target, CDP_DEPLOYMENT_NO_TARGET);
    v.event = detail::index(c.event, CDP_DEPLOYMENT_NO_TARGET);
    v.status = c.status;
    v.weight = c.weight;
    v.until = Milliseconds(c.until_ms);
    v.deployment_id = detail::string(c.deployment_id);
    v.target_id = detail::optional_string(c.target_id);
    v.name = detail::optional_string(c.name);
    v.sentence = detail::string(c.sentence);
    return v;
}
inline cdp_sim_entry to_c(const Entry &v)
{
    cdp_sim_entry c{};
    c.size = sizeof c;
    c.kind = static_cast<cdp_sim_entry_kind>(v.kind);
    c.deployment = v.deployment;
    c.time_ms = v.time.count();
    c.change = static_cast<cdp_deployment_change_kind>(v.change);
    c.action = static_cast<cdp_deployment_action_kind>(v.action);
    c.input = static_cast<cdp_deployment_input_kind>(v.input);
    c.target = v.target.value_or(CDP_DEPLOYMENT_NO_TARGET);
    c.event = v.event.value_or(CDP_DEPLOYMENT_NO_TARGET);
    c.status = v.status;
    c.weight = v.weight;
    c.until_ms = v.until.count();
    c.deployment_id = detail::text(v.deployment_id);
    c.target_id = detail::text(v.target_id);
    c.name = detail::text(v.name);
    c.sentence = detail::text(v.sentence);
    return c;
}
} // namespace detail

} // namespace sim

} // namespace CODEDEPLOY_ABI
} // namespace codedeploy

#endif
