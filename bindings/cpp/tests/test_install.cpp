// SPDX-License-Identifier: MIT
// Installs: planned, carried out, taken back; on the library's file systems and on one in C++.
#include <codedeploy-sim/codedeploy-sim.hpp>

#include <stdexcept>

#include "testing.hpp"

using namespace codedeploy;

namespace
{

constexpr std::string_view appspec =
    "version: 0.0\nos: linux\nfiles:\n  - source: app\n    destination: /srv/app\n"
    "permissions:\n  - object: /srv/app\n    owner: mary\n    mode: 640\n    acls: "
    "[\"u:bob:rw\"]\n    except: [link]\n"
    "    type: [file]\n";

/// A revision with two files and a link, and a destination with what is in the way of nothing.
std::unique_ptr<sim::FileSystem> machine()
{
    auto fs = sim::FileSystem::create();
    fs->put_file(FileRoot::Revision, "/app/a", "new a");
    fs->put_file(FileRoot::Revision, "/app/sub/b", "new b", 0755);
    fs->put_symlink(FileRoot::Revision, "/app/link", "a");
    fs->put_file(FileRoot::Destination, "/srv/other", "stays");
    return fs;
}

InstallOptions named(std::string id = "d-1")
{
    InstallOptions options;
    options.group = "g";
    options.id = std::move(id);
    return options;
}

/// A file system in C++: it hands everything on to another one, and throws at a chosen call.
class Forwarding : public CustomFileSystem
{
  public:
    explicit Forwarding(codedeploy::FileSystem &below) : below_(*below.get())
    {
    }
    int calls = 0;
    int throw_at = 0;
    Status answer = Status::Ok; // of every change, when it is not Ok
    std::uint64_t copied = 0;

    Status info(FileRoot root, std::string_view path, bool follow, FileInfo &info) override
    {
        count();
        auto c = detail::sized<cdp_fs_info>();
        const auto status = below_.info(r(root), t(path), follow ? 1 : 0, &c, below_.user);
        info = detail::from_c(c);
        return cpp(status);
    }
    Status list(FileRoot root, std::string_view path, bool bytes, FileListing &listing) override
    {
        count();
        FileListing below = FileListing::create();
        const auto status = below_.list(r(root), t(path), bytes ? 1 : 0, below.get(), below_.user);
        for (const FileListing::Entry &entry : below.entries())
            if (const Status added = listing.add(entry.name, entry.kind, entry.bytes);
                added != Status::Ok)
                return added;
        return cpp(status);
    }
    Status read_link(FileRoot root, std::string_view path, std::string &target) override
    {
        return text(target, [&](cdp_text *made) {
            return below_.read_link(r(root), t(path), made, below_.user);
        });
    }
    Status read_file(FileRoot root, std::string_view path, std::uint64_t limit,
                     std::string &content) override
    {
        return text(content, [&](cdp_text *made) {
            return below_.read_file(r(root), t(path), limit, made, below_.user);
        });
    }
    Status make_directory(FileRoot root, std::string_view path, std::uint32_t mode) override
    {
        return change([&] { return below_.make_directory(r(root), t(path), mode, below_.user); });
    }
    Status copy_file(FileRoot from_root, std::string_view from, FileRoot to_root,
                     std::string_view to, Flags<FileKeep> keep,
                     const CopyProgress &progress) override
    {
        FileInfo of;
        const Status told = info(from_root, from, false, of);
        copied += of.bytes;
        if (told == Status::Ok && progress.add(of.bytes) != Status::Ok)
            return Status::Cancelled;
        return change([&] {
            return below_.copy_file(r(from_root), t(from), r(to_root), t(to), keep.bits(), nullptr,
                                    below_.user);
        });
    }
    Status make_symlink(FileRoot root, std::string_view path, std::string_view target) override
    {
        return change(
            [&] { return below_.make_symlink(r(root), t(path), t(target), below_.user); });
    }
    Status rename(FileRoot root, std::string_view from, std::string_view to, bool replace) override
    {
        return change(
            [&] { return below_.rename(r(root), t(from), t(to), replace ? 1 : 0, below_.user); });
    }
    Status hard_link(FileRoot root, std::string_view from, std::string_view to) override
    {
        return change([&] { return below_.hard_link(r(root), t(from), t(to), below_.user); });
    }
    Status remove_file(FileRoot root, std::string_view path) override
    {
        return change([&] { return below_.remove_file(r(root), t(path), below_.user); });
    }
    Status remove_directory(FileRoot root, std::string_view path) override
    {
        return change([&] { return below_.remove_directory(r(root), t(path), below_.user); });
    }
    Status set_mode(FileRoot root, std::string_view path, std::uint32_t mode) override
    {
        return change([&] { return below_.set_mode(r(root), t(path), mode, below_.user); });
    }
    Status set_owner(FileRoot root, std::string_view path, std::optional<std::string_view> owner,
                     std::optional<std::string_view> group) override
    {
        return change([&] {
            return below_.set_owner(r(root), t(path), detail::text(owner), detail::text(group),
                                    below_.user);
        });
    }
    Status check_owner(std::optional<std::string_view> owner,
                       std::optional<std::string_view>) override
    {
        count();
        return owner == "mary" ? Status::Ok : Status::NotFound;
    }
    Status set_acl(FileRoot root, std::string_view path,
                   const std::vector<std::string_view> &entries) override
    {
        const auto c = detail::texts(entries);
        return change(
            [&] { return below_.set_acl(r(root), t(path), c.data(), c.size(), below_.user); });
    }
    Status write_file(FileRoot root, std::string_view path, std::string_view content) override
    {
        return change([&] { return below_.write_file(r(root), t(path), t(content), below_.user); });
    }
    Status append_file(FileRoot root, std::string_view path, std::string_view content) override
    {
        return change(
            [&] { return below_.append_file(r(root), t(path), t(content), below_.user); });
    }
    Status sync_file(FileRoot root, std::string_view path) override
    {
        return change([&] { return below_.sync_file(r(root), t(path), below_.user); });
    }
    Status sync_directory(FileRoot root, std::string_view path) override
    {
        return change([&] { return below_.sync_directory(r(root), t(path), below_.user); });
    }
    Status describe_error(Status error, std::string &message) override
    {
        message = "in C++ it says " + std::string(name(error));
        return Status::Ok;
    }

  private:
    void count()
    {
        if (++calls == throw_at)
            throw std::domain_error("call " + std::to_string(calls));
    }
    template <class What> Status change(What &&what)
    {
        count();
        return answer == Status::Ok ? cpp(what()) : answer;
    }
    template <class What> Status text(std::string &string, What &&what)
    {
        count();
        detail::Text made;
        CHECK(cdp_text_new(nullptr, made.out()) == CDP_OK);
        const auto status = what(made.get());
        string = detail::string(cdp_text_string(made.get()));
        return cpp(status);
    }
    static Status cpp(cdp_status status)
    {
        return static_cast<Status>(status);
    }
    static cdp_fs_root r(FileRoot root)
    {
        return static_cast<cdp_fs_root>(root);
    }
    static cdp_string t(std::string_view view)
    {
        return detail::text(view);
    }
    cdp_fs below_;
};

void plans_tell_what_they_would_do()
{
    auto fs = machine();
    const AppSpec spec = AppSpec::parse(appspec);
    InstallPlanOptions options;
    options.measure = true;
    const InstallPlan plan = InstallPlan::create(spec, *fs, options);
    CHECK(plan.totals().files == 3 && plan.totals().bytes == 10 && plan.totals().links == 1);
    CHECK(plan.mode() == InstallMode::Transactional && plan.conflict_count() == 0);
    bool owned = false;
    bool listed = false;
    for (const InstallInstruction &one : plan.instructions()) {
        owned |= one.type == InstallInstructionType::Chown && one.owner == "mary";
        listed |= one.type == InstallInstructionType::Setfacl &&
                  one.acls == std::vector<std::string>{"user:bob:rw-"};
    }
    CHECK(owned && listed);
    const std::string json = plan.write_instructions();
    CHECK(InstallInstructions::parse(json).all().size() == plan.instructions().size());
    CHECK_FAILS(InstallInstructions::parse("{"), Status::Invalid);
    for (auto form : {InstallForm::Json, InstallForm::Text, InstallForm::Record}) {
        std::string whole;
        std::string piece;
        std::size_t position = 0;
        bool more = true;
        for (int pieces = 0; more && pieces < 1000; pieces++) {
            more = plan.write_piece(form, 1, position, piece);
            whole += piece;
        }
        CHECK_EQUAL(whole, form == InstallForm::Json   ? json
                           : form == InstallForm::Text ? plan.write_text()
                                                       : plan.write_record());
    }
    const InstallRecord record = InstallRecord::parse(plan.write_record());
    CHECK(record.contains("/srv/app/sub/b") && !record.contains("/srv/other"));
    CHECK(record.entries().size() == 5 && record.entries()[0].kind == InstallRecordKind::Path);
    CHECK_EQUAL(InstallRecord::line(InstallRecordKind::Path, "/srv/x"), "/srv/x\n");
    CHECK_FAILS(InstallRecord::line(InstallRecordKind::Path, ""), Status::Argument);
}

void conflicts_are_told()
{
    auto fs = machine();
    fs->put_file(FileRoot::Destination, "/srv/app/a", "theirs");
    const AppSpec spec = AppSpec::parse(appspec);
    InstallPlanOptions options;
    options.others.push_back({"theirs", InstallRecord::parse("/srv/app/a\n")});
    const InstallPlan plan = InstallPlan::create(spec, *fs, options);
    CHECK(plan.conflict_count() == 1);
    const InstallConflict conflict = plan.conflicts()[0];
    CHECK(conflict.existing == FileKind::Regular && conflict.owner == "theirs");
    CHECK(conflict.path == "/srv/app/a" && !conflict.message.empty());
    CHECK_FAILS(Install::create(plan, *fs, named()), Status::Conflict);
    options.file_exists_behavior = FileExistsBehavior::Overwrite;
    CHECK(InstallPlan::create(spec, *fs, options).totals().overwritten == 1);
    options.previous = InstallRecord::parse("/srv/app\n/srv/app/a\n/srv/app/old\n");
    fs->put_file(FileRoot::Destination, "/srv/app/old", "goes");
    const std::uint64_t removed = InstallPlan::create(spec, *fs, options).totals().removed_files;
    CHECK(removed >= 1);
    options.newer_count = 1; // what they installed last is not removed with our previous install
    CHECK(InstallPlan::create(spec, *fs, options).totals().removed_files == removed - 1);
}

void installs_are_carried_out_and_taken_back()
{
    auto fs = machine();
    const std::string before = fs->describe(FileRoot::Destination);
    std::vector<InstallState> states;
    InstallOptions options = named();
    options.progress = [&](const InstallProgress &progress) {
        if (states.empty() || states.back() != progress.state)
            states.push_back(progress.state);
        return Status::Ok;
    };
    Install first =
        Install::create(InstallPlan::create(AppSpec::parse(appspec), *fs), *fs, options);
    Install install = std::move(first); // what callbacks refer to stays where it is
    int steps = 0;
    while (install.step() && steps < 1000)
        steps++;
    CHECK(steps > 5 && install.state() == InstallState::Committed && !states.empty());
    CHECK(states[0] == InstallState::Staging);
    CHECK(install.progress().objects == install.progress().objects_total);
    CHECK(fs->describe(FileRoot::Destination) != before);
    install.revert();
    CHECK_EQUAL(fs->describe(FileRoot::Destination), before);
    CHECK_FAILS(install.keep(), Status::State);
    CHECK_FAILS(first.step(), Status::Argument);
    CHECK_FAILS(first.apply(), Status::Argument);
}

void progress_cancels()
{
    auto fs = machine();
    const std::string before = fs->describe(FileRoot::Destination);
    const InstallPlan plan = InstallPlan::create(AppSpec::parse(appspec), *fs);
    int told = 0;
    InstallOptions options = named();
    options.progress = [&](const InstallProgress &) {
        return ++told == 3 ? Status::Cancelled : Status::Ok;
    };
    Install cancelled = Install::create(plan, *fs, options);
    CHECK_FAILS(cancelled.apply(), Status::Cancelled);
    CHECK(cancelled.state() == InstallState::Undone);
    CHECK_EQUAL(fs->describe(FileRoot::Destination), before);
    options = named("d-2");
    options.progress = [&](const InstallProgress &) -> Status { throw std::range_error("full"); };
    Install thrown = Install::create(plan, *fs, options);
    bool caught = false;
    try {
        thrown.apply();
    } catch (const std::range_error &error) {
        caught = error.what() == std::string("full");
    }
    CHECK(caught && thrown.state() == InstallState::Undone);
    CHECK_EQUAL(fs->describe(FileRoot::Destination), before);
}

void what_was_cut_off_is_recovered()
{
    auto fs = machine();
    const std::string before = fs->describe(FileRoot::Destination);
    CHECK(Install::recover(*fs, "g", InstallChoice::Revert) == InstallOutcome::NothingToRecover);
    {
        Install install =
            Install::create(InstallPlan::create(AppSpec::parse(appspec), *fs), *fs, named());
        while (install.state() != InstallState::Swapping)
            install.step();
        install.step();
    } // nobody steps any more
    CHECK(Install::recover(*fs, "g", InstallChoice::Revert) == InstallOutcome::RecoveredOld);
    CHECK_EQUAL(fs->describe(FileRoot::Destination), before);
    CHECK_FAILS(Install::recover(*fs, "../g", InstallChoice::Keep), Status::Argument);
}

void file_systems_may_be_of_the_programs_own()
{
    auto here = machine();
    auto there = machine();
    Forwarding own(*there);
    const AppSpec spec = AppSpec::parse(appspec);
    Install plain = Install::create(InstallPlan::create(spec, *here), *here, named());
    plain.apply();
    plain.keep();
    Install install = Install::create(InstallPlan::create(spec, own), own, named());
    install.apply();
    install.keep();
    CHECK(own.copied == 10 && own.calls > 30);
    CHECK_EQUAL(there->describe(FileRoot::Destination), here->describe(FileRoot::Destination));

    // A status of its own comes through, with its words.
    auto full = machine();
    Forwarding failing(*full);
    Install again = Install::create(InstallPlan::create(spec, failing), failing, named());
    failing.answer = Status::Full;
    const auto result = attempt([&] { again.apply(); });
    CHECK(result.status() == Status::Full);
    bool said = false;
    for (const Diagnostic &one : result.error().diagnostics())
        said |= one.message.find("in C++ it says CDP_ERR_FULL") != std::string::npos;
    CHECK(said);

    // What has no function is not there.
    CustomFileSystem nothing;
    CHECK_FAILS(InstallPlan::create(spec, nothing), Status::Unsupported);
}

/// Whatever call throws: the same exception comes out, and the tree is the old or the new one.
void every_call_may_throw()
{
    const AppSpec spec = AppSpec::parse(appspec);
    auto fs = machine();
    const std::string before = fs->describe(FileRoot::Destination);
    Install::create(InstallPlan::create(spec, *fs), *fs, named()).apply();
    const std::string after = fs->describe(FileRoot::Destination);
    int thrown = 0;
    for (int at = 1; at < 500; at++) {
        fs = machine();
        Forwarding own(*fs);
        own.throw_at = at;
        std::optional<Install> install;
        std::string caught;
        try {
            install = Install::create(InstallPlan::create(spec, own), own, named());
            install->apply();
        } catch (const std::domain_error &error) {
            caught = error.what();
        }
        const bool made = install && install->state() == InstallState::Committed;
        CHECK_EQUAL(fs->describe(FileRoot::Destination), made ? after : before);
        if (caught.empty()) {
            CHECK(made && own.calls < at);
            break;
        }
        CHECK_EQUAL(caught, "call " + std::to_string(at));
        thrown++;
    }
    CHECK(thrown > 30 && thrown < 499);
}

} // namespace

int main()
{
    plans_tell_what_they_would_do();
    conflicts_are_told();
    installs_are_carried_out_and_taken_back();
    progress_cancels();
    what_was_cut_off_is_recovered();
    file_systems_may_be_of_the_programs_own();
    every_call_may_throw();
    return testing::result();
}
