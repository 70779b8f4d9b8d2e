// SPDX-License-Identifier: MIT
// Made from the C headers by bindings/cpp/generate.py (`./dev generate`); do not edit.
// clang-format off
#ifndef CODEDEPLOY_POSIX_TYPES_HPP
#define CODEDEPLOY_POSIX_TYPES_HPP

/// @file
/// Enumerations, constants and plain structs, as the C headers declare them.

#include <codedeploy-posix/codedeploy-posix.h>
#include <codedeploy/codedeploy.hpp>

namespace codedeploy {
inline namespace CODEDEPLOY_ABI {

namespace posix {
namespace detail {
using namespace codedeploy::detail;
}

/// What a bundle is. (API shape BundleType, and `directory` of codedeploy-local.)
enum class BundleType : int {
    Directory = CDP_POSIX_BUNDLE_DIRECTORY,
    Zip = CDP_POSIX_BUNDLE_ZIP,
    Tar = CDP_POSIX_BUNDLE_TAR,
    Tgz = CDP_POSIX_BUNDLE_TGZ,
};

/// What is let through that is otherwise refused or changed, to be added up.
enum class BundleAllow : int {
    /// Symbolic links that lead out of the bundle (a Python virtual environment has such). Nothing
    ///  is ever written or read through them.
    AllowOutsideLinks = CDP_POSIX_BUNDLE_ALLOW_OUTSIDE_LINKS,
    /// Set-id bits of files and directories are kept.
    AllowSetId = CDP_POSIX_BUNDLE_ALLOW_SET_ID,
    /// Owners in a tar are not restored: everything belongs to who unpacks (agent 2.x,
    ///  `ignore_ownership_in_bundle`).
    IgnoreOwners = CDP_POSIX_BUNDLE_IGNORE_OWNERS,
    /// The other way round: every symbolic and every hard link in the bundle is refused (agent 2.x,
    ///  `reject_symlinks_in_bundle`).
    RefuseLinks = CDP_POSIX_BUNDLE_REFUSE_LINKS,
};

/// What an entry is.
enum class LogKind : int {
    /// A lifecycle event begins; the text is its name.
    Event = CDP_POSIX_LOG_EVENT,
    /// A script begins; the text is its location in the AppSpec.
    Script = CDP_POSIX_LOG_SCRIPT,
    /// A line of a script's standard output.
    Stdout = CDP_POSIX_LOG_STDOUT,
    /// A line of a script's standard error.
    Stderr = CDP_POSIX_LOG_STDERR,
};

/// How a script ended: the agent's own numbers, `error_code` in what it sends to the service.
enum class ScriptCode : int {
    /// Exit status 0, outputs closed.
    Succeeded = CDP_POSIX_SCRIPT_SUCCEEDED,
    /// ScriptMissing: no such file in the revision.
    Missing = CDP_POSIX_SCRIPT_MISSING,
    /// ScriptNotExecutable: it was not, and could not be made so.
    NotExecutable = CDP_POSIX_SCRIPT_NOT_EXECUTABLE,
    /// ScriptTimedOut: still running when its time was over.
    TimedOut = CDP_POSIX_SCRIPT_TIMED_OUT,
    /// ScriptFailed: another exit status, a signal, or it could not be started.
    Failed = CDP_POSIX_SCRIPT_FAILED,
    /// UnknownError: cancelled, or the system failed (no process, no memory).
    Unknown = CDP_POSIX_SCRIPT_UNKNOWN,
    /// It ended, but a child kept standard output or error open until the time was over.
    OutputsOpen = CDP_POSIX_SCRIPT_OUTPUTS_OPEN,
};

/// Which variables of the environment a script inherits.
enum class Environment : int {
    /// All but AWS credentials: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_CREDENTIAL_FILE (as
    ///  the official agent) and AWS_SESSION_TOKEN.
    Inherit = CDP_POSIX_ENVIRONMENT_INHERIT,
    /// PATH, HOME and USER only (agent 2.x, `restrict_hook_env_to_allowlist`).
    Allowlist = CDP_POSIX_ENVIRONMENT_ALLOWLIST,
    /// All but AWS credentials and LD_PRELOAD, LD_LIBRARY_PATH, LD_AUDIT (agent 2.x,
    ///  `strip_loader_env_in_hooks`).
    NoLoader = CDP_POSIX_ENVIRONMENT_NO_LOADER,
};

/// What is told while a deployment runs.
enum class NewsKind : int {
    /// A deployment begins; `text` is its directory.
    Begun = CDP_POSIX_NEWS_BEGUN,
    /// An event begins.
    EventBegun = CDP_POSIX_NEWS_EVENT_BEGUN,
    /// A line for the log: `log_kind` and `text`.
    Log = CDP_POSIX_NEWS_LOG,
    /// How far Install is.
    Progress = CDP_POSIX_NEWS_PROGRESS,
    /// An event has ended: `status`; `text` says why when it failed.
    EventEnded = CDP_POSIX_NEWS_EVENT_ENDED,
    /// The files of the revision before are back after a failure.
    Reverted = CDP_POSIX_NEWS_REVERTED,
    /// The deployment has ended: `status`.
    Ended = CDP_POSIX_NEWS_ENDED,
    /// Nothing new: told at least four times a second while a script runs, and now and then while a
    ///  bundle is unpacked, so that a deployment can be cancelled.
    Waiting = CDP_POSIX_NEWS_WAITING,
};

/// What an AppSpec may ask for and is refused all the same, to be added up. (Agent 2.x: config/mod.rs)
enum class Refuse : int {
    /// Modes with a set-id bit (`reject_unsafe_permissions_in_bundle`).
    SetId = CDP_POSIX_REFUSE_SET_ID,
    /// The SELinux types `unconfined_t`, `kernel_t` and `init_t`
    ///  (`reject_unconfined_selinux_in_bundle`).
    Unconfined = CDP_POSIX_REFUSE_UNCONFINED,
};

/// What is made to survive a loss of power before a call returns. A crash of the process alone
///  loses nothing in any mode.
enum class Sync : int {
    /// Whatever the library asks for.
    Full = CDP_POSIX_SYNC_FULL,
    /// Records (FileRoot::State) only: after a loss of power recovery knows what was going on, but
    ///  files may be empty.
    Records = CDP_POSIX_SYNC_RECORDS,
    /// Nothing: for trials and tests.
    None = CDP_POSIX_SYNC_NONE,
};

/// `"directory"`, `"zip"`, `"tar"`, `"tgz"`; `"unknown"` for anything else. Static text.
inline std::string_view name(BundleType value)
{
    return detail::view(cdp_posix_bundle_type_name(static_cast<cdp_posix_bundle_type>(value)));
}

/// The API's word for a code (`"ScriptTimedOut"`; LifecycleErrorCode has none for 6, which is
///  `"UnknownError"`); `"Success"` for 0, `"unknown"` for anything else. Static text.
inline std::string_view name(ScriptCode value)
{
    return detail::view(cdp_posix_script_code_name(static_cast<cdp_posix_script_code>(value)));
}

} // namespace posix


/// The enumerator of exactly this name, if there is one.
template <>
inline std::optional<posix::BundleType> from_name<posix::BundleType>(std::string_view name)
{
    cdp_posix_bundle_type value = cdp_posix_bundle_type();
    if (cdp_posix_bundle_type_from_name(detail::text(name), &value) != CDP_OK)
        return std::nullopt;
    return static_cast<posix::BundleType>(value);
}

namespace posix {

/// How it ended. Strings belong to the script.
struct ScriptResult {
    ScriptCode code{};
    /// What the diagnostic `message` comes from, for `codedeploy explain`; 0 after success.
    DiagnosticCode diagnostic{};
    /// Exit status, or -1 when it did not exit by itself.
    int exit_status{};
    /// The signal that ended it, or 0.
    int signal{};
    /// Status::Ok when it came to an end of its own or by its time; Status::Cancelled after
    ///  cdp_posix_script_cancel(); otherwise what the log's callback answered.
    Status status{};
    /// How many processes could not be ended; 0 as good as always.
    int survivors{};
    /// From start to end.
    Milliseconds duration{};
    /// Bytes that it wrote to its outputs.
    std::uint64_t output_bytes{};
    /// What went wrong, in the agent's words and ours; empty after success.
    std::string message{};
};

namespace detail {
inline ScriptResult from_c(const cdp_posix_script_result &c)
{
    ScriptResult v;
    v.code = static_cast<ScriptCode>(c.code);
    v.diagnostic = static_cast<DiagnosticCode>(c.diagnostic);
    v.exit_status = c.exit_status;
    v.signal = c.signal;
    v.status = static_cast<Status>(c.status);
    v.survivors = c.survivors;
    v.duration = Milliseconds(c.duration_ms);
    v.output_bytes = c.output_bytes;
    v.message = detail::string(c.message);
    return v;
}
inline cdp_posix_script_result to_c(const ScriptResult &v)
{
    cdp_posix_script_result c{};
    c.size = sizeof c;
    c.code = static_cast<cdp_posix_script_code>(v.code);
    c.diagnostic = static_cast<cdp_diagnostic_code>(v.diagnostic);
    c.exit_status = v.exit_status;
    c.signal = v.signal;
    c.status = static_cast<cdp_status>(v.status);
    c.survivors = v.survivors;
    c.duration_ms = v.duration.count();
    c.output_bytes = v.output_bytes;
    c.message = detail::text(v.message);
    return c;
}
} // namespace detail

/// One piece of news; lives as long as the callback.
struct NewsFields {
    NewsKind kind{};
    LogKind log_kind{};
    std::string_view deployment_id{};
    /// The lifecycle event at hand; absent outside of events.
    std::optional<std::string_view> event{};
    /// `"Succeeded"`, `"Failed"`, `"Skipped"` or, of a deployment that was cancelled, `"Stopped"`;
    ///  absent where nothing has ended.
    std::optional<std::string_view> status{};
    std::optional<std::string_view> text{};
};

namespace detail {
inline NewsFields from_c(const cdp_posix_news &c)
{
    NewsFields v;
    v.kind = static_cast<NewsKind>(c.kind);
    v.log_kind = static_cast<LogKind>(c.log_kind);
    v.deployment_id = detail::view(c.deployment_id);
    v.event = detail::optional_view(c.event);
    v.status = detail::optional_view(c.status);
    v.text = detail::optional_view(c.text);
    return v;
}
inline cdp_posix_news to_c(const NewsFields &v)
{
    cdp_posix_news c{};
    c.size = sizeof c;
    c.kind = static_cast<cdp_posix_news_kind>(v.kind);
    c.log_kind = static_cast<cdp_posix_log_kind>(v.log_kind);
    c.deployment_id = detail::text(v.deployment_id);
    c.event = detail::text(v.event);
    c.status = detail::text(v.status);
    c.text = detail::text(v.text);
    return c;
}
} // namespace detail

/// A bundle to be fetched.
struct Fetch {
    /// As it was given.
    std::string_view location{};
    /// What the file must be: zip, tar or tgz.
    BundleType type{};
    /// The file to write. It does not exist.
    std::string_view path{};
};

namespace detail {
inline Fetch from_c(const cdp_posix_fetch &c)
{
    Fetch v;
    v.location = detail::view(c.location);
    v.type = static_cast<BundleType>(c.type);
    v.path = detail::view(c.path);
    return v;
}
inline cdp_posix_fetch to_c(const Fetch &v)
{
    cdp_posix_fetch c{};
    c.size = sizeof c;
    c.location = detail::text(v.location);
    c.type = static_cast<cdp_posix_bundle_type>(v.type);
    c.path = detail::text(v.path);
    return c;
}
} // namespace detail

/// One deployment of the history. Strings belong to the history; times are seconds since 1970.
struct HistoryEntry {
    std::string_view deployment_id{};
    /// `"InProgress"` (also when its process ended without a word, until recovery), `"Succeeded"`,
    ///  `"Failed"`, or `"Stopped"` when it was cancelled.
    std::string_view status{};
    /// `"user"` or `"codeDeployRollback"`.
    std::string_view creator{};
    std::optional<std::string_view> application_name{};
    std::optional<std::string_view> bundle{};
    /// The deployment whose revision this one deployed again; absent for a new one.
    std::optional<std::string_view> revision_of{};
    std::optional<std::string_view> message{};
    std::int64_t created{};
    /// 0 while it runs.
    std::int64_t completed{};
    /// 1 when its revision is still kept and can be deployed again.
    bool has_revision{};
    /// 1 when it is the group's last successful one.
    bool is_last_successful{};
};

namespace detail {
inline HistoryEntry from_c(const cdp_posix_history_entry &c)
{
    HistoryEntry v;
    v.deployment_id = detail::view(c.deployment_id);
    v.status = detail::view(c.status);
    v.creator = detail::view(c.creator);
    v.application_name = detail::optional_view(c.application_name);
    v.bundle = detail::optional_view(c.bundle);
    v.revision_of = detail::optional_view(c.revision_of);
    v.message = detail::optional_view(c.message);
    v.created = c.created;
    v.completed = c.completed;
    v.has_revision = c.has_revision != 0;
    v.is_last_successful = c.is_last_successful != 0;
    return v;
}
inline cdp_posix_history_entry to_c(const HistoryEntry &v)
{
    cdp_posix_history_entry c{};
    c.size = sizeof c;
    c.deployment_id = detail::text(v.deployment_id);
    c.status = detail::text(v.status);
    c.creator = detail::text(v.creator);
    c.application_name = detail::text(v.application_name);
    c.bundle = detail::text(v.bundle);
    c.revision_of = detail::text(v.revision_of);
    c.message = detail::text(v.message);
    c.created = v.created;
    c.completed = v.completed;
    c.has_revision = v.has_revision ? 1 : 0;
    c.is_last_successful = v.is_last_successful ? 1 : 0;
    return c;
}
} // namespace detail

/// Which directories are worked on.
struct FilesOptions {
    /// The unpacked revision; absent: there is none (Status::NotFound).
    std::optional<std::string> revision{};
    /// The root of the destination; absent: `/`.
    std::optional<std::string> destination{};
    /// Where records are kept; absent: there is no such place.
    std::optional<std::string> state{};
    Sync sync{};
    /// 1: copies of many small files overlap: a second thread does a part of each. It blocks all signals,
    ///  calls nobody back, and ends at the next `write_file` or with the object, so that none is left
    ///  when scripts are run.
    bool overlap{};
};

namespace detail {
inline FilesOptions from_c(const cdp_posix_files_options &c)
{
    FilesOptions v;
    v.revision = detail::optional_string(c.revision);
    v.destination = detail::optional_string(c.destination);
    v.state = detail::optional_string(c.state);
    v.sync = static_cast<Sync>(c.sync);
    v.overlap = c.overlap != 0;
    return v;
}
inline cdp_posix_files_options to_c(const FilesOptions &v)
{
    cdp_posix_files_options c{};
    c.size = sizeof c;
    c.revision = detail::text(v.revision);
    c.destination = detail::text(v.destination);
    c.state = detail::text(v.state);
    c.sync = static_cast<cdp_posix_sync>(v.sync);
    c.overlap = v.overlap ? 1 : 0;
    return c;
}
} // namespace detail

} // namespace posix

} // namespace CODEDEPLOY_ABI
} // namespace codedeploy

#endif
