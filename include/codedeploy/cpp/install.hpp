// SPDX-License-Identifier: MIT
#ifndef CODEDEPLOY_CPP_INSTALL_HPP
#define CODEDEPLOY_CPP_INSTALL_HPP

/// @file
/// Installs: what would be done, and doing it: <codedeploy/install.h>, <codedeploy/install_apply.h>.

#include <functional>

#include <codedeploy/cpp/appspec.hpp>
#include <codedeploy/cpp/filesystem.hpp>

namespace codedeploy
{
inline namespace CODEDEPLOY_ABI
{

/// What an install made, for the next one to remove. Immutable; copies share it.
class InstallRecord
{
  public:
    struct Entry {
        InstallRecordKind kind{};
        std::string_view path;
    };
    /// Reads a cleanup record of this library or of the official agent.
    static Outcome<InstallRecord> parse(std::string_view text, const With &with = With())
    {
        const detail::Findings findings(with);
        detail::Owned<cdp_install_record, cdp_install_record_free> made;
        const cdp_status status = cdp_install_record_parse(
            text.data(), text.size(), findings.allocator(), findings.get(), made.out());
        return detail::made<InstallRecord>(status, findings,
                                           [&] { return InstallRecord(made.share()); });
    }
    /// One line of the text of a cleanup record.
    static Outcome<std::string> line(InstallRecordKind kind, std::string_view path,
                                     const With &with = With())
    {
        return detail::written(with, [&](cdp_text *text) {
            return cdp_install_record_put(text, static_cast<cdp_install_record_kind>(kind),
                                          detail::text(path));
        });
    }
    /// In the order of the file; they are removed from the last to the first.
    List<Entry> entries() const
    {
        return List<Entry>(
            object_, get(), 0, cdp_install_record_count(get()),
            [](const void *object, std::size_t, std::size_t i) {
                cdp_install_record_kind kind = CDP_INSTALL_RECORD_PATH;
                cdp_string path{nullptr, 0};
                cdp_install_record_at(static_cast<const cdp_install_record *>(object), i, &kind,
                                      &path);
                return Entry{static_cast<InstallRecordKind>(kind), detail::view(path)};
            });
    }
    bool contains(std::string_view path) const
    {
        return cdp_install_record_contains(get(), detail::text(path)) != 0;
    }
    const cdp_install_record *get() const
    {
        return object_.get();
    }

  private:
    explicit InstallRecord(std::shared_ptr<const cdp_install_record> object)
        : object_(std::move(object))
    {
    }
    std::shared_ptr<const cdp_install_record> object_;
};

/// Another group on the host, to name the owner of a file that is in the way.
struct OtherGroup {
    std::string name;
    InstallRecord record;
};

/// What is to be planned.
struct InstallPlanOptions {
    InstallMode mode = InstallMode::Transactional;
    /// Counts when the AppSpec has none.
    FileExistsBehavior file_exists_behavior = FileExistsBehavior::Unset;
    /// Where the revision's root is, for instructions and messages.
    std::optional<std::string> revision_directory;
    /// What stands before every destination in a trial.
    std::optional<std::string> destination_prefix;
    std::optional<std::string> working_directory;
    std::optional<std::string> home_directory;
    /// What the group's last install made.
    std::optional<InstallRecord> previous;
    std::vector<OtherGroup> others;
    /// How many of them, the newest first, were written after `previous`: what they name is theirs.
    std::size_t newer_count = 0;
    /// 0: 10,000,000.
    std::uint32_t max_objects = 0;
    /// Find out how many bytes are to be copied.
    bool measure = false;
};

/// One instruction, with the entries of a setfacl.
struct InstallInstruction : InstallInstructionFields {
    std::vector<std::string> acls;
};

/// What an install would do, and what is in its way. Immutable; copies share it.
class InstallPlan
{
  public:
    /// Makes a plan; touches nothing. What is in the way is told by conflicts(), and does not fail.
    static Outcome<InstallPlan> create(const AppSpec &appspec, FileSystem &fs,
                                       const InstallPlanOptions &options = InstallPlanOptions(),
                                       const With &with = With())
    {
        const detail::Findings findings(with);
        std::vector<cdp_string> groups;
        std::vector<const cdp_install_record *> records;
        for (const OtherGroup &other : options.others) {
            groups.push_back(detail::text(other.name));
            records.push_back(other.record.get());
        }
        auto c = detail::sized<cdp_install_options>();
        c.allocator = findings.allocator();
        c.appspec = appspec.get();
        c.fs = fs.get();
        c.mode = static_cast<cdp_install_mode>(options.mode);
        c.file_exists_behavior =
            static_cast<cdp_file_exists_behavior>(options.file_exists_behavior);
        c.revision_directory = detail::text(options.revision_directory);
        c.destination_prefix = detail::text(options.destination_prefix);
        c.working_directory = detail::text(options.working_directory);
        c.home_directory = detail::text(options.home_directory);
        c.previous = options.previous ? options.previous->get() : nullptr;
        c.other_groups = groups.data();
        c.other_records = records.data();
        c.other_count = groups.size();
        c.newer_count = options.newer_count;
        c.max_objects = options.max_objects;
        c.measure = options.measure ? 1 : 0;
        detail::Owned<cdp_install_plan, cdp_install_plan_free> made;
        const cdp_status status = cdp_install_plan_new(&c, findings.get(), made.out());
        fs.rethrow();
        return detail::made<InstallPlan>(status, findings,
                                         [&] { return InstallPlan(made.share()); });
    }

    InstallMode mode() const
    {
        return static_cast<InstallMode>(cdp_install_plan_mode(get()));
    }
    InstallTotals totals() const
    {
        auto c = detail::sized<cdp_install_totals>();
        cdp_install_plan_totals(get(), &c);
        return detail::from_c(c);
    }
    /// How many conflicts there are; conflicts() has the first 1,000.
    std::size_t conflict_count() const
    {
        return cdp_install_plan_conflict_count(get());
    }
    List<InstallConflict> conflicts() const
    {
        return List<InstallConflict>(
            object_, get(), 0, std::min<std::size_t>(conflict_count(), 1000),
            [](const void *object, std::size_t, std::size_t i) {
                auto c = detail::sized<cdp_install_conflict>();
                cdp_install_plan_conflict_at(static_cast<const cdp_install_plan *>(object), i, &c);
                return detail::from_c(c);
            });
    }
    List<InstallInstruction> instructions() const
    {
        return List<InstallInstruction>(object_, get(), 0,
                                        cdp_install_plan_instruction_count(get()), read);
    }
    /// The agent's `install.json`.
    Outcome<std::string> write_instructions(const With &with = With()) const
    {
        return detail::written(
            with, [&](cdp_text *text) { return cdp_install_plan_write_instructions(get(), text); });
    }
    /// For people to read.
    Outcome<std::string> write_text(const With &with = With()) const
    {
        return detail::written(
            with, [&](cdp_text *text) { return cdp_install_plan_write_text(get(), text); });
    }
    /// The cleanup record after this plan was carried out.
    Outcome<std::string> write_record(const With &with = With()) const
    {
        return detail::written(
            with, [&](cdp_text *text) { return cdp_install_plan_write_record(get(), text); });
    }
    /// Puts the next piece of such a text into `piece`; `position` is 0 at first.
    /// @return whether there is more to come.
    Outcome<bool> write_piece(InstallForm form, std::size_t enough, std::size_t &position,
                              std::string &piece) const
    {
        detail::Text text;
        cdp_status status = cdp_text_new(nullptr, text.out());
        if (status == CDP_OK)
            status = cdp_install_plan_write_piece(get(), static_cast<cdp_install_form>(form),
                                                  enough, &position, text.get());
        return detail::made<bool>(status, [&] {
            piece = detail::string(cdp_text_string(text.get()));
            return status == CDP_PENDING;
        });
    }
    const cdp_install_plan *get() const
    {
        return object_.get();
    }
    explicit InstallPlan(std::shared_ptr<const cdp_install_plan> object)
        : object_(std::move(object))
    {
    }

  private:
    static InstallInstruction read(const void *object, std::size_t, std::size_t i)
    {
        const auto *plan = static_cast<const cdp_install_plan *>(object);
        auto c = detail::sized<cdp_install_instruction>();
        detail::Text paths;
        InstallInstruction instruction;
        if (cdp_text_new(nullptr, paths.out()) != CDP_OK ||
            cdp_install_plan_instruction_at(plan, i, paths.get(), &c) != CDP_OK)
            return instruction;
        static_cast<InstallInstructionFields &>(instruction) = detail::from_c(c);
        cdp_string entry{nullptr, 0};
        for (std::size_t j = 0; cdp_install_plan_acl_at(plan, i, j, &entry) == CDP_OK; j++)
            instruction.acls.push_back(detail::string(entry));
        return instruction;
    }
    std::shared_ptr<const cdp_install_plan> object_;
};

/// Instructions read from an `install.json`. Immutable; copies share it.
class InstallInstructions
{
  public:
    static Outcome<InstallInstructions> parse(std::string_view json, const With &with = With())
    {
        const detail::Findings findings(with);
        detail::Owned<cdp_install_instructions, cdp_install_instructions_free> made;
        const cdp_status status =
            cdp_install_instructions_parse(json.data(), json.size(), findings.allocator(),
                                           findings.limits(), findings.get(), made.out());
        return detail::made<InstallInstructions>(status, findings,
                                                 [&] { return InstallInstructions(made.share()); });
    }
    List<InstallInstruction> all() const
    {
        return List<InstallInstruction>(object_, get(), 0, cdp_install_instructions_count(get()),
                                        read);
    }
    const cdp_install_instructions *get() const
    {
        return object_.get();
    }

  private:
    explicit InstallInstructions(std::shared_ptr<const cdp_install_instructions> object)
        : object_(std::move(object))
    {
    }
    static InstallInstruction read(const void *object, std::size_t, std::size_t i)
    {
        const auto *all = static_cast<const cdp_install_instructions *>(object);
        auto c = detail::sized<cdp_install_instruction>();
        InstallInstruction instruction;
        if (cdp_install_instructions_at(all, i, &c) != CDP_OK)
            return instruction;
        static_cast<InstallInstructionFields &>(instruction) = detail::from_c(c);
        cdp_string entry{nullptr, 0};
        for (std::size_t j = 0; cdp_install_instructions_acl_at(all, i, j, &entry) == CDP_OK; j++)
            instruction.acls.push_back(detail::string(entry));
        return instruction;
    }
    std::shared_ptr<const cdp_install_instructions> object_;
};

/// How to carry out a plan.
struct InstallOptions {
    /// The deployment group's id; names the records. One path component.
    std::string group;
    /// The deployment's id; names the folders of the staging. One path component.
    std::string id;
    InstallDurability durability = InstallDurability::Durable;
    /// Told how far it is; anything but Status::Ok cancels, and what it throws does, too, and comes
    /// out of the call.
    std::function<Status(const InstallProgress &)> progress;
};

/// An install that is being carried out. It holds its plan; the file system must outlive it. In its own
/// callbacks (`progress`, and those of a CustomFileSystem) its calls are refused with Status::State;
/// one that is destroyed or moved away there lives on until the call that led there has come to its
/// end.
class Install
{
  public:
    static Outcome<Install> create(const InstallPlan &plan, FileSystem &fs,
                                   const InstallOptions &options, const With &with = With())
    {
        Install install(plan, fs, options);
        auto c = detail::sized<cdp_install_apply_options>();
        c.allocator = with.allocator.get();
        c.plan = plan.get();
        c.fs = fs.get();
        c.group = detail::text(options.group);
        c.id = detail::text(options.id);
        c.durability = static_cast<cdp_install_durability>(options.durability);
        if (options.progress) {
            c.progress = Inside::told;
            c.user = install.inside_.get();
        }
        const cdp_status status = cdp_install_new(&c, install.inside_->object.out());
        return detail::made<Install>(status, [&] { return std::move(install); });
    }
    /// Does one small piece of work. @return whether there is more to do.
    Outcome<bool> step()
    {
        const auto inside = inside_; // a callback may end this object's life
        const cdp_status status = cdp_install_step(get());
        rethrow(inside);
        return detail::made<bool>(status, [&] { return status == CDP_PENDING; });
    }
    /// Does all of it; on a failure everything is undone first, as far as that works.
    Outcome<void> apply(const With &with = With())
    {
        return ended(cdp_install_apply, with);
    }
    /// Lets go of the old files; only when it is committed.
    Outcome<void> keep(const With &with = With())
    {
        return ended(cdp_install_keep, with);
    }
    /// Puts the old tree back; only when it is committed.
    Outcome<void> revert(const With &with = With())
    {
        return ended(cdp_install_revert, with);
    }
    InstallState state() const
    {
        return static_cast<InstallState>(cdp_install_state_of(get()));
    }
    InstallProgress progress() const
    {
        auto c = detail::sized<cdp_install_progress>();
        cdp_install_progress_of(get(), &c);
        return detail::from_c(c);
    }
    /// Finishes or undoes what a crash left of a group's install.
    static Outcome<InstallOutcome> recover(FileSystem &fs, std::string_view group,
                                           InstallChoice choice, const With &with = With())
    {
        const detail::Findings findings(with);
        cdp_install_outcome outcome = CDP_INSTALL_NOTHING_TO_RECOVER;
        const cdp_status status =
            cdp_install_recover(findings.allocator(), fs.get(), detail::text(group),
                                static_cast<cdp_install_choice>(choice), findings.get(), &outcome);
        fs.rethrow();
        return detail::made<InstallOutcome>(status, findings,
                                            [&] { return static_cast<InstallOutcome>(outcome); });
    }
    cdp_install *get() const
    {
        return inside_ ? inside_->object.get() : nullptr;
    }

  private:
    /// What callbacks refer to: it stays where it is when the Install is moved.
    struct Inside {
        Inside(const InstallPlan &of, FileSystem &on, const InstallOptions &options)
            : plan(of), fs(&on), progress(options.progress)
        {
        }
        static cdp_status told(const cdp_install_progress *progress, void *user) noexcept
        {
            auto *self = static_cast<Inside *>(user);
            return self->thrown.guard(
                [&] { return static_cast<cdp_status>(self->progress(detail::from_c(*progress))); });
        }
        InstallPlan plan;
        FileSystem *fs;
        std::function<Status(const InstallProgress &)> progress;
        detail::Thrown thrown;
        detail::Owned<cdp_install, cdp_install_free> object;
    };
    Install(const InstallPlan &plan, FileSystem &fs, const InstallOptions &options)
        : inside_(std::make_shared<Inside>(plan, fs, options))
    {
    }
    static void rethrow(const std::shared_ptr<Inside> &inside)
    {
        if (!inside)
            return;
        inside->thrown.rethrow();
        inside->fs->rethrow();
    }
    Outcome<void> ended(cdp_status (*function)(cdp_install *, cdp_diagnostics *), const With &with)
    {
        const detail::Findings findings(with);
        const auto inside = inside_; // a callback may end this object's life
        const cdp_status status = function(get(), findings.get());
        rethrow(inside);
        return detail::done(status, findings);
    }
    std::shared_ptr<Inside> inside_;
};

} // namespace CODEDEPLOY_ABI
} // namespace codedeploy

#endif
