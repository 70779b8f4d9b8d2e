// SPDX-License-Identifier: MIT
// AppSpecs and diagnostics through the binding. The argument is the source folder's tests/.
#include <codedeploy/codedeploy.hpp>

#include <stdexcept>

#include "testing.hpp"

using namespace codedeploy;

namespace
{

constexpr std::string_view server = R"(version: 0.0
os: linux
files:
  - source: app
    destination: /srv/app
permissions:
  - object: /srv/app
    owner: mary
    mode: 755
    except: [a, "*.b"]
    acls: ["u:bob:rw", "d:g::r"]
    type: [file]
hooks:
  AfterInstall:
    - location: scripts/one.sh
      timeout: 60
      runas: mary
    - location: scripts/two.sh
  ValidateService: []
)";

void server_is_read()
{
    const AppSpec spec = AppSpec::parse(server);
    CHECK(spec.platform() == Platform::Server);
    CHECK_EQUAL(spec.version(), "0.0");
    CHECK_EQUAL(spec.os().value_or("none"), "linux");
    CHECK(spec.file_exists_behavior() == FileExistsBehavior::Unset);
    CHECK(spec.files().size() == 1);
    CHECK_EQUAL(spec.files().front().source, "app");
    CHECK(spec.files()[0].destination_kind == AppSpecValueKind::Text);
    CHECK_EQUAL(spec.files()[7].source, "");
    CHECK(!spec.files().at(7));

    const AppSpecPermission permission = spec.permissions()[0];
    CHECK_EQUAL(permission.owner.value_or("none"), "mary");
    CHECK(!permission.group);
    CHECK_EQUAL(permission.mode.value_or("none"), "755");
    CHECK(permission.mode_bits == 0755);
    CHECK(permission.types == Flags<AppSpecObjectType>(AppSpecObjectType::File));
    CHECK(permission.has_acls);
    CHECK(permission.except.size() == 2);
    CHECK_EQUAL(permission.except.back().pattern, "*.b");
    CHECK_EQUAL(permission.acls[0].text, "user:bob:rw-");
    CHECK(permission.acls[1].is_default && !permission.acls[1].name);
    CHECK(permission.acls[1].type == AppSpecAclType::Group);

    CHECK(spec.events().size() == 2);
    const auto event = spec.event("AfterInstall");
    CHECK(event.has_value());
    std::string scripts;
    for (const AppSpecScript &script : event->scripts)
        scripts += std::string(script.location) + " " + std::to_string(script.timeout.count()) +
                   " " + std::string(script.runas.value_or("-")) + "\n";
    CHECK_EQUAL(scripts, "scripts/one.sh 60 mary\nscripts/two.sh 3600 -\n");
    CHECK(!spec.event("Install"));
    CHECK(!spec.lambda() && !spec.ecs());

    const auto place = spec.find_place("/hooks/AfterInstall/0/timeout");
    CHECK(place && place->line == 16 && place->column == 16);
    CHECK(!spec.find_place("/hooks/Nothing"));
}

void what_is_written_is_read()
{
    const AppSpec spec = AppSpec::parse(server);
    for (auto notation : {AppSpecNotation::Yaml, AppSpecNotation::Json}) {
        AppSpecOptions options;
        options.notation = notation;
        CHECK(AppSpec::parse(spec.write(notation), options) == spec);
    }
    CHECK(spec.write_normalized().find("\"runas\":\"mary\"") != std::string::npos ||
          spec.write_normalized().find("\"runas\": \"mary\"") != std::string::npos);
    CHECK(AppSpec::parse(AppSpec::starter(Platform::Ecs)).platform() == Platform::Ecs);
    CHECK(AppSpec::detect_platform("Resources: [{f: {Type: AWS::Lambda::Function}}]") ==
          Platform::Lambda);
    CHECK_FAILS(spec.write_normalized(AppSpecNotation::Xml), Status::Argument);
}

void lists_outlive_what_they_are_from()
{
    std::string text;
    for (const AppSpecFile &file : AppSpec::parse(server).files())
        text += file.destination;
    CHECK_EQUAL(text, "/srv/app");
    List<AppSpecEvent> events;
    {
        const AppSpec spec = AppSpec::parse(server);
        events = spec.events();
    }
    CHECK_EQUAL(events[0].scripts[1].location, "scripts/two.sh");
    const auto files = AppSpec::parse(server).files();
    CHECK(files.end() - files.begin() == 1);
    CHECK_EQUAL(files.begin()->source, "app");
    CHECK(files.to_vector().size() == 1);
}

void refusals_tell_everything()
{
    try {
        AppSpec::parse("version: 0.0\nos: beos\nfiles:\n  - source: a\n");
        CHECK(!"refused");
    } catch (const Error &error) {
        CHECK(error.status() == Status::Invalid);
        CHECK(error.diagnostics().size() >= 2);
        const Diagnostic &first = error.diagnostics()[0];
        CHECK(first.severity == Severity::Error && first.line == 2 && first.column > 0);
        CHECK_EQUAL(error.what(), "line 2: " + first.message);
        CHECK(first.info().has_value());
        CHECK_EQUAL(first.info()->name, first.name());
        CHECK(from_name<DiagnosticCode>(first.name()) == first.code);
    }
    // The base classes catch it, too.
    bool caught = false;
    try {
        AppSpec::parse("[");
    } catch (const std::exception &) {
        caught = true;
    }
    CHECK(caught);
}

void warnings_go_where_they_are_asked_for()
{
    Diagnostics found;
    const AppSpec spec =
        AppSpec::parse("version: 0.0\nos: linux\nhooks:\n  AfterInstal:\n    - location: a\n",
                       AppSpecOptions(), found);
    CHECK(found.size() == 1);
    CHECK(found.at_least(Severity::Warning) == 1 && found.at_least(Severity::Error) == 0);
    CHECK(!found[0].fix && found[0].hint && found[0].pointer);
    CHECK_EQUAL(*found[0].hint, "Did you mean `AfterInstall`?");
    const auto refused = attempt(
        [] { return AppSpec::parse("version: 0.0\nos: linux\nfile_exists_behavior: retain\n"); });
    const auto &fix = refused.error().diagnostics()[0].fix;
    CHECK(fix && fix->offset == 45 && fix->length == 6 && fix->text == "RETAIN");

    AppSpecOptions strict;
    strict.profile = AppSpecProfile::Strict;
    CHECK_FAILS(
        AppSpec::parse("version: 0.0\nos: linux\nhooks:\n  AfterInstal:\n    - location: a\n",
                       strict, found),
        Status::Invalid);
    CHECK(found.size() > 1); // what was there stays, what is new comes behind it
    CHECK(found.at_least(Severity::Error) >= 1);

    Limits few;
    few.diagnostics = 1;
    few.input_bytes = 30;
    Diagnostics limited;
    CHECK_FAILS(AppSpec::parse(server, AppSpecOptions(), With(limited, Allocator(), few)),
                Status::Limit);
    CHECK(limited.size() == 1);
    CHECK(Limits::defaults().input_bytes == 1024 * 1024);
}

void scenario_events_are_checked()
{
    AppSpecOptions options;
    const auto count = [&] {
        Diagnostics found;
        AppSpec::parse("version: 0.0\nos: linux\nhooks:\n  AfterInstall: [{location: a}]\n"
                       "  ValidateService: [{location: b}]\n",
                       options, found);
        return found.size();
    };
    CHECK(count() == 0);
    options.scenario_events = std::vector<std::string>{"ValidateService"};
    CHECK(count() == 1); // AfterInstall does not run there
    options.scenario_events = std::vector<std::string>();
    CHECK(count() == 2); // an empty list is a list
}

struct Revision : RevisionFiles {
    std::optional<AppSpecEntry> look(std::string_view path) override
    {
        if (path == "boom")
            throw std::out_of_range("boom");
        looked += std::string(path) + ";";
        AppSpecEntry entry;
        entry.kind = path == "missing" ? AppSpecEntryKind::Missing : AppSpecEntryKind::File;
        entry.executable = path != "plain.sh";
        return entry;
    }
    std::optional<std::string> read_head(std::string_view, std::size_t capacity) override
    {
        return std::string(capacity + 5, '#'); // more than was asked for
    }
    std::string looked;
};

void revisions_are_looked_at()
{
    Revision revision;
    AppSpecOptions options;
    Diagnostics found;
    options.revision = &revision;
    AppSpec::parse(server, options, found);
    CHECK(revision.looked.find("scripts/one.sh;") != std::string::npos);
    bool caught = false;
    try {
        AppSpec::parse("version: 0.0\nos: linux\nfiles: [{source: boom, destination: /a}]\n",
                       options);
    } catch (const std::out_of_range &error) {
        caught = true;
        CHECK_EQUAL(error.what(), "boom");
    }
    CHECK(caught);
    found.clear();
    CHECK_FAILS(
        AppSpec::parse("version: 0.0\nos: linux\nfiles: [{source: missing, destination: /a}]\n",
                       options, found),
        Status::Invalid);
    CHECK(found.find(*from_name<DiagnosticCode>("bundle-source-missing")) != nullptr);
}

void specs_are_built()
{
    AppSpecBuilder builder = AppSpecBuilder::create(Platform::Server);
    builder.set_os("linux");
    builder.set_file_exists_behavior(FileExistsBehavior::Overwrite);
    builder.add_file("app", "/srv/app");
    AppSpecPermissionInput permission;
    permission.object = "/srv/app";
    permission.mode = "0644";
    permission.types = AppSpecObjectType::Directory;
    permission.acls = {"u:bob:rw"};
    builder.add_permission(permission);
    AppSpecScriptInput script;
    script.location = "a.sh";
    script.timeout = std::chrono::minutes(2);
    builder.add_script("AfterInstall", script);
    CHECK_FAILS(builder.add_function("AfterInstall", "f"), Status::State);
    const AppSpec spec = builder.finish();
    CHECK(spec.file_exists_behavior() == FileExistsBehavior::Overwrite);
    CHECK(spec.events()[0].scripts[0].timeout == std::chrono::seconds(120));
    CHECK(AppSpec::parse(spec.write()) == spec);

    AppSpecBuilder ecs = AppSpecBuilder::create(Platform::Ecs);
    AppSpecEcsInput service;
    service.logical_name = "TargetService";
    service.task_definition = "arn:aws:ecs:us-east-1:111122223333:task-definition/shop:3";
    service.container_name = "shop";
    service.container_port = 80;
    service.assign_public_ip = "ENABLED";
    service.subnets = {"subnet-1", "subnet-2"};
    service.security_groups = {"sg-1"};
    AppSpecCapacityProvider provider;
    provider.name = "FARGATE";
    provider.base = 1;
    provider.weight = 2;
    service.capacity_providers = {provider};
    ecs.set_ecs(service);
    ecs.add_function("AfterAllowTraffic", "check");
    const AppSpec made = ecs.finish();
    CHECK(made.ecs() && made.ecs()->container_port == 80 && made.ecs()->has_network_configuration);
    CHECK_EQUAL(made.subnets()[1], "subnet-2");
    CHECK_EQUAL(made.security_groups()[0], "sg-1");
    CHECK(made.capacity_providers()[0].weight == 2);
    CHECK_EQUAL(made.event("AfterAllowTraffic")->function.value_or(""), "check");

    AppSpecBuilder lambda = AppSpecBuilder::create(Platform::Lambda);
    AppSpecLambda function;
    function.logical_name = "f";
    function.name = "checkout";
    function.alias = "live";
    function.current_version = "7";
    function.target_version = "8";
    lambda.set_lambda(function);
    CHECK_EQUAL(lambda.finish().lambda()->alias, "live");
    CHECK_FAILS(AppSpecBuilder::create(Platform::Auto), Status::Argument);
    CHECK_FAILS(AppSpecBuilder::create(Platform::Lambda).finish(), Status::Invalid);
}

void readings_are_compared()
{
    const auto comparison = AppSpecComparison::compare(
        "version: 0.0\nos: linux\npermissions:\n  - object: /a\n    mode: 0644\n");
    CHECK(comparison.reading(AppSpecReader::Agent1).accepted);
    CHECK(!comparison.differences().empty());
    for (const AppSpecDifference &difference : comparison.differences())
        CHECK(difference.place.line > 0 && !difference.what.empty());
    CHECK_FAILS(AppSpecComparison::compare("["), Status::Invalid);
}

void moved_objects_are_empty()
{
    AppSpec spec = AppSpec::parse(server);
    const AppSpec copy = spec;
    const AppSpec taken = std::move(spec);
    CHECK(taken == copy);
    CHECK(spec.platform() == Platform::Auto && spec.files().empty() && spec.events().empty());
    CHECK(!spec.os() && spec.version().empty() && !spec.event("AfterInstall") && !spec.lambda());
    CHECK(spec != taken);
    CHECK_FAILS(spec.write(), Status::Argument);
    CHECK(!spec.find_place("/os"));

    AppSpecBuilder builder = AppSpecBuilder::create(Platform::Server);
    AppSpecBuilder other = std::move(builder);
    CHECK_FAILS(builder.set_os("linux"), Status::Argument);
    CHECK_FAILS(builder.finish(), Status::Argument);
    builder = std::move(other);
    builder.set_os("linux");
    AppSpecBuilder &same = builder;
    builder = std::move(same);
    CHECK(builder.finish().os() == "linux");
}

void memory_comes_from_where_it_should()
{
    struct Counting : std::pmr::memory_resource {
        void *do_allocate(std::size_t bytes, std::size_t alignment) override
        {
            if (left == 0)
                throw std::bad_alloc();
            left--;
            bytes_out += bytes;
            return std::pmr::new_delete_resource()->allocate(bytes, alignment);
        }
        void do_deallocate(void *pointer, std::size_t bytes, std::size_t alignment) override
        {
            bytes_out -= bytes;
            std::pmr::new_delete_resource()->deallocate(pointer, bytes, alignment);
        }
        bool do_is_equal(const std::pmr::memory_resource &other) const noexcept override
        {
            return this == &other;
        }
        std::size_t bytes_out = 0;
        std::size_t left = 1000000;
    } counting;
    {
        const AppSpec spec = AppSpec::parse(server, AppSpecOptions(), Allocator(&counting));
        CHECK(counting.bytes_out > 0);
        CHECK(spec.files().size() == 1);
    }
    CHECK(counting.bytes_out == 0);
    int failed = 0;
    for (std::size_t allowed = 0; allowed < 200; allowed++) {
        counting.left = allowed;
        try {
            AppSpec::parse(server, AppSpecOptions(), Allocator(&counting));
            break;
        } catch (const std::bad_alloc &) {
            failed++;
        }
        CHECK(counting.bytes_out == 0);
    }
    CHECK(failed > 3 && failed < 200);
}

void attempts_give_results()
{
    const auto good = attempt([&] { return AppSpec::parse(server); });
    CHECK(good && good->platform() == Platform::Server && good.status() == Status::Ok);
    const auto bad = attempt([&] { return AppSpec::parse("["); });
    CHECK(!bad && bad.status() == Status::Invalid && !bad.error().diagnostics().empty());
    CHECK_FAILS(bad.value(), Status::Invalid);
    AppSpecBuilder builder = AppSpecBuilder::create(Platform::Ecs);
    CHECK(attempt([&] { builder.set_os("linux"); }).status() == Status::State);
}

void words_are_words()
{
    CHECK_EQUAL(name(Platform::Ecs), "ECS");
    CHECK(from_name<Platform>("Server") == Platform::Server);
    CHECK(!from_name<Platform>("server"));
    CHECK_EQUAL(name(Status::NoMemory), "CDP_ERR_NOMEM");
    CHECK(!message(Status::Busy).empty());
    CHECK(version_number() == 1000 * VersionMinor + 1000000 * VersionMajor + VersionPatch);
    CHECK(!version().empty());
    CHECK(supports(Feature::YamlLibyaml) != supports(Feature::YamlLibfyaml));
    CHECK(suggest("AfterInstal", {"BeforeInstall", "AfterInstall"}) == 1u);
    CHECK(!suggest("xyz", {"BeforeInstall"}));
    CHECK(diagnostic_codes().size() > 200);
    CHECK(!info(static_cast<DiagnosticCode>(1)) && name(static_cast<DiagnosticCode>(1)).empty());

    Diagnostics own;
    own.add(DiagnosticCode::DuplicateKey, {"os", "7"});
    CHECK(own.size() == 1 && own[0].message.find("'os'") != std::string::npos);
    Diagnostic placed = own[0];
    placed.line = 3;
    own.add(placed);
    own.sort();
    CHECK(own.front().line == 3);
}

// Whatever the C library says of the measured inputs, the binding says.
void vectors_are_alike(const std::filesystem::path &tests)
{
    std::size_t accepted = 0;
    const auto files = testing::files_in(tests / "appspec/data/quirks");
    for (const auto &path : files) {
        const std::string text = testing::read_file(path);
        cdp_diagnostics *list = nullptr;
        cdp_appspec *spec = nullptr;
        cdp_text *shown = nullptr;
        cdp_diagnostics_new(nullptr, nullptr, &list);
        cdp_text_new(nullptr, &shown);
        const cdp_status status = cdp_appspec_parse(text.data(), text.size(), nullptr, list, &spec);
        Diagnostics found;
        const auto made = attempt([&] { return AppSpec::parse(text, AppSpecOptions(), found); });
        if (static_cast<int>(made.status()) != status)
            testing::failed(path.c_str(), 0, "another status");
        if (found.size() != cdp_diagnostics_count(list))
            testing::failed(path.c_str(), 0, "another number of findings");
        for (std::size_t i = 0; i < found.size(); i++) {
            auto c = cdp_diagnostic();
            c.size = sizeof c;
            CHECK(cdp_diagnostics_at(list, i, &c) == CDP_OK);
            CHECK(static_cast<int>(found[i].code) == c.code && found[i].line == c.line &&
                  found[i].column == c.column && found[i].offset == c.offset &&
                  found[i].end_offset == c.end_offset &&
                  found[i].message == std::string(c.message.data, c.message.length) &&
                  found[i].hint.has_value() == (c.hint.data != nullptr) &&
                  found[i].fix.has_value() == (c.fix_text.data != nullptr));
        }
        if (made) {
            accepted++;
            CHECK(cdp_appspec_write_normalized(spec, CDP_APPSPEC_NOTATION_JSON, shown) == CDP_OK);
            CHECK_EQUAL(made->write_normalized(),
                        std::string(cdp_text_string(shown).data, cdp_text_string(shown).length));
            CHECK(made->files().size() == cdp_appspec_file_count(spec));
        }
        cdp_text_free(shown);
        cdp_appspec_free(spec);
        cdp_diagnostics_free(list);
    }
    CHECK(files.size() == 502 && accepted > 200);
}

} // namespace

int main(int, char **argv)
{
    server_is_read();
    what_is_written_is_read();
    lists_outlive_what_they_are_from();
    refusals_tell_everything();
    warnings_go_where_they_are_asked_for();
    scenario_events_are_checked();
    revisions_are_looked_at();
    specs_are_built();
    readings_are_compared();
    moved_objects_are_empty();
    memory_comes_from_where_it_should();
    attempts_give_results();
    words_are_words();
    vectors_are_alike(argv[1]);
    return testing::result();
}
