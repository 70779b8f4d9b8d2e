/* SPDX-License-Identifier: MIT */
#include "fixture.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/allocator.h"
#include "base/json_writer.h"
#include "base/limits.h"
#include "document/document.h"
#include "install/planner.h"

/*
 * What the official agent 1.8.1 makes of install cases, measured (tests/install/data/cases): our
 * instructions are its instructions, byte for byte, in compatible mode and, but for the faults that
 * the default does not follow, in transactional mode.
 */

/* Where the default mode differs, and what it says. */
static const struct {
    const char *name;
    cdp_diagnostic_code code;
} safer[] = {
    {"source_parent_escape", CDP_DIAGNOSTIC_INSTALL_SOURCE_OUTSIDE},
    {"destination_exists_as_file", CDP_DIAGNOSTIC_INSTALL_NOT_A_DIRECTORY},
    {"exists_is_directory_overwrite", CDP_DIAGNOSTIC_INSTALL_DIRECTORY_IN_WAY},
    {"exists_dangling_symlink", CDP_DIAGNOSTIC_INSTALL_FILE_EXISTS},
    {"redeploy_after_failed_install", CDP_DIAGNOSTIC_INSTALL_SOURCE_MISSING},
};

/* What neither mode follows: the agent cannot write a context without range, and takes a wrong
 * setting of the deployment for none until a file exists; ours cannot be wrong. */
static const char *const never_followed[] = {
    "perm_context_without_range",
    "exists_bad_option",
};

/* The agent cannot read back what it wrote into the cleanup record for these names, and leaves the
 * files of the first step; we remove them, and then the directory. */
static const char *const healed[] = {
    "redeploy_name_with_newline",
    "redeploy_name_with_spaces_at_end",
};
static const char healed_instructions[] =
    "{\"instructions\":[{\"type\":\"mkdir\",\"directory\":\"/scratch/dst\"},{\"type\":\"copy\","
    "\"source\":\"/scratch/bundle2/src/b\",\"destination\":\"/scratch/dst/b\"}]}";

typedef struct vector {
    cdp_document *document;
    cdp_text *scratch;
    fixture f;
    const char *name;
    int number; /* of the step */
} vector;

static cdp_node member(const vector *v, cdp_node node, const char *key)
{
    return cdp_node_find(v->document, node, cdp_string_of(key), NULL);
}

/* A text of the case with {{ROOT}} and {{HOME}} filled in; the caller frees it. */
static char *filled(const vector *v, cdp_string text)
{
    char *made = malloc(text.length * 2 + 1);
    size_t length = 0;

    assert_non_null(made);
    (void)v;
    for (size_t i = 0; i < text.length;) {
        cdp_string rest = cdp_string_slice(text.data + i, text.length - i);
        const char *value = cdp_string_starts_with(rest, CDP_STR("{{ROOT}}"))   ? "/scratch"
                            : cdp_string_starts_with(rest, CDP_STR("{{HOME}}")) ? "/home/me"
                                                                                : NULL;

        if (value) {
            memcpy(made + length, value, 8);
            length += 8;
            i += 8;
        } else {
            made[length++] = text.data[i++];
        }
    }
    made[length] = '\0';
    return made;
}

static char *text_of(const vector *v, cdp_node node)
{
    return node ? filled(v, cdp_node_text(v->document, node)) : NULL;
}

/* One thing to lay out: text, {"content","mode"}, {"link"} or {"dir"}. */
static void lay(vector *v, cdp_fs_root root, const char *path, cdp_node node)
{
    char *text;

    if (cdp_node_get_kind(v->document, node) == CDP_NODE_SCALAR) {
        text = text_of(v, node);
        fixture_file(&v->f, root, path);
        assert_int_equal(
            cdp_sim_fs_put_file(v->f.sim, root, cdp_string_of(path), 0644, cdp_string_of(text)),
            CDP_OK);
        free(text);
    } else if (member(v, node, "link")) {
        text = text_of(v, member(v, node, "link"));
        fixture_link(&v->f, root, path, text);
        free(text);
    } else if (member(v, node, "dir")) {
        fixture_directory(&v->f, root, path);
    } else {
        fixture_file(&v->f, root, path);
    }
}

static void lay_all(vector *v, cdp_fs_root root, const char *under, cdp_node files)
{
    for (cdp_node key = cdp_node_first_child(v->document, files); key;
         key = cdp_node_next_sibling(v->document, key)) {
        char *name = text_of(v, key);
        char path[512];

        snprintf(path, sizeof path, "%s/%s", under, name);
        lay(v, root, path, cdp_node_value(v->document, key));
        free(name);
    }
}

/* The tree as recorded after a step, laid out for the next. */
static void lay_tree(vector *v, cdp_node tree)
{
    for (cdp_node item = cdp_node_first_child(v->document, tree); item;
         item = cdp_node_next_sibling(v->document, item)) {
        char *name = text_of(v, member(v, item, "path"));
        cdp_string type = cdp_node_text(v->document, member(v, item, "type"));
        char path[512];

        snprintf(path, sizeof path, "/scratch%s", name + 1);
        if (cdp_string_equal_c(type, "directory"))
            fixture_directory(&v->f, CDP_FS_DESTINATION, path);
        else if (cdp_string_equal_c(type, "file"))
            fixture_file(&v->f, CDP_FS_DESTINATION, path);
        else
            fixture_link(&v->f, CDP_FS_DESTINATION, path, "target");
        free(name);
    }
}

/* The AppSpec that the agent's Install takes: the name given, appspec.yaml, appspec.yml. */
static void choose_appspec(vector *v, cdp_node step)
{
    const char *names[] = {"appspec.yml", "appspec.yaml", "appspec.yml"};
    char *named = text_of(v, member(v, step, "appspec_filename"));
    char *written = text_of(v, member(v, step, "write_appspec_as"));
    cdp_node chosen = 0;
    char path[64];
    char *text;

    if (named)
        names[0] = named;
    for (size_t i = 0; i < 3 && !chosen; i++) {
        chosen = member(v, member(v, step, "bundle"), names[i]);
        if (!chosen && strcmp(names[i], written ? written : "appspec.yml") == 0)
            chosen = member(v, step, "appspec");
    }
    text = text_of(v, chosen);
    assert_non_null(text);
    cdp_appspec_free(v->f.appspec);
    v->f.appspec = NULL;
    assert_int_equal(cdp_appspec_parse(text, strlen(text), NULL, NULL, &v->f.appspec), CDP_OK);
    v->f.options.appspec = v->f.appspec;
    snprintf(path, sizeof path, "/%s", written ? written : "appspec.yml");
    fixture_file(&v->f, CDP_FS_REVISION, path);
    free(text);
    free(named);
    free(written);
}

static bool is_among(const char *name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(name, names[i]) == 0)
            return true;
    }
    return false;
}

/* The recorded instructions in the agent's own form, paths normal. */
static void put_recorded(vector *v, cdp_node node, cdp_json_writer *json)
{
    switch (cdp_node_get_kind(v->document, node)) {
    case CDP_NODE_MAPPING:
        cdp_json_open_object(json);
        for (cdp_node key = cdp_node_first_child(v->document, node); key;
             key = cdp_node_next_sibling(v->document, key)) {
            cdp_json_key_string(json, cdp_node_text(v->document, key));
            put_recorded(v, cdp_node_value(v->document, key), json);
        }
        cdp_json_close_object(json);
        break;
    case CDP_NODE_SEQUENCE:
        cdp_json_open_array(json);
        for (cdp_node item = cdp_node_first_child(v->document, node); item;
             item = cdp_node_next_sibling(v->document, item))
            put_recorded(v, item, json);
        cdp_json_close_array(json);
        break;
    default: {
        char *text = text_of(v, node);

        if (cdp_node_style(v->document, node) == CDP_STYLE_PLAIN) {
            cdp_json_raw(json, cdp_string_of(text));
        } else if (text[0] == '/') {
            cdp_text_clear(v->scratch);
            assert_int_equal(cdp_put_normal_path(v->scratch, cdp_string_of(text)), CDP_OK);
            cdp_json_string(json, cdp_text_string(v->scratch));
        } else {
            cdp_json_string(json, cdp_string_of(text));
        }
        free(text);
    }
    }
}

static void assert_instructions(vector *v, cdp_node recorded)
{
    cdp_json_writer json;
    cdp_text *expected;

    assert_int_equal(cdp_text_new(NULL, &expected), CDP_OK);
    cdp_json_init(&json, expected, 0);
    cdp_json_open_object(&json);
    cdp_json_key(&json, "instructions");
    put_recorded(v, recorded, &json);
    cdp_json_close_object(&json);
    if (v->number == 2 && is_among(v->name, healed, sizeof healed / sizeof *healed)) {
        cdp_text_clear(expected);
        cdp_text_append(expected, healed_instructions, sizeof healed_instructions - 1);
    }
    cdp_text_clear(v->f.text);
    assert_int_equal(cdp_install_plan_write_instructions(v->f.plan, v->f.text), CDP_OK);
    if (strcmp(cdp_text_string(v->f.text).data, cdp_text_string(expected).data) != 0)
        fail_msg("%s:\n%s\ninstead of\n%s", v->name, cdp_text_string(v->f.text).data,
                 cdp_text_string(expected).data);
    cdp_text_free(expected);
}

/* A refusal: of the measured kind, where the agent has a name for it. */
static void assert_refused(vector *v, cdp_string reason)
{
    cdp_diagnostic_info info = {.size = sizeof info};
    cdp_install_conflict conflict;

    if (cdp_install_plan_conflict_count(v->f.plan) == 0)
        fail_msg("%s is not refused", v->name);
    conflict = fixture_conflict(&v->f, 0);
    assert_int_equal(cdp_diagnostic_info_get(conflict.code, &info), CDP_OK);
    if (cdp_string_starts_with(reason, CDP_STR("install-")) && strcmp(info.name, reason.data) != 0)
        fail_msg("%s is refused by %s", v->name, info.name);
}

static void assert_step(vector *v, cdp_node recorded)
{
    cdp_node generate = member(v, recorded, "generate");
    cdp_node install = member(v, recorded, "install");
    bool was_generated = cdp_node_get_kind(v->document, generate) == CDP_NODE_MAPPING;
    cdp_node outcome = was_generated ? generate : install;
    cdp_string reason = cdp_node_text(v->document, member(v, outcome, "reason"));

    if (cdp_string_equal_c(cdp_node_text(v->document, member(v, outcome, "ok")), "false"))
        assert_refused(v, reason);
    else if (was_generated)
        assert_instructions(v, member(v, generate, "instructions"));
    else
        assert_instructions(v, member(v, member(v, install, "install_json"), "instructions"));
}

static cdp_diagnostic_code safer_code(const char *name, cdp_install_mode mode)
{
    for (size_t i = 0; i < sizeof safer / sizeof *safer; i++) {
        if (mode == CDP_INSTALL_TRANSACTIONAL && strcmp(name, safer[i].name) == 0)
            return safer[i].code;
    }
    return (cdp_diagnostic_code)0;
}

static void run_step(vector *v, cdp_install_mode mode, cdp_node step, cdp_node before,
                     cdp_node recorded)
{
    char *cwd = text_of(v, member(v, member(v, cdp_document_root(v->document), "case"), "cwd"));
    char *cleanup = text_of(v, member(v, member(v, before, "install"), "cleanup"));
    cdp_string behavior = cdp_node_text(v->document, member(v, step, "file_exists_behavior"));
    cdp_diagnostic_code code = safer_code(v->name, mode);
    char revision[32];

    fixture_begin(&v->f);
    fixture_directory(&v->f, CDP_FS_DESTINATION, "/scratch");
    fixture_directory(&v->f, CDP_FS_DESTINATION, "/home/me");
    lay_tree(v, member(v, before, "tree"));
    lay_all(v, CDP_FS_REVISION, "", member(v, step, "bundle"));
    lay_all(v, CDP_FS_DESTINATION, "/scratch", member(v, step, "pre"));
    choose_appspec(v, step);
    if (cleanup)
        fixture_previous(&v->f, cleanup);
    snprintf(revision, sizeof revision, "/scratch/bundle%d", v->number);
    v->f.options.mode = mode;
    v->f.options.revision_directory = cdp_string_of(revision);
    v->f.options.home_directory = CDP_STR("/home/me");
    v->f.options.working_directory = cdp_string_of(cwd ? cwd : "/scratch");
    cdp_file_exists_behavior_from_name(behavior, &v->f.options.file_exists_behavior);
    fixture_plan(&v->f);
    /* The home directory is there; only the agent makes it all the same (test_plan.c). */
    if (mode == CDP_INSTALL_TRANSACTIONAL && strcmp(v->name, "destination_home_tilde") == 0)
        assert_int_equal(cdp_install_plan_instruction_count(v->f.plan), 2);
    else if (code && cdp_install_plan_conflict_count(v->f.plan) > 0)
        assert_int_equal(fixture_conflict(&v->f, 0).code, code);
    else
        assert_step(v, recorded);
    fixture_end(&v->f);
    free(cwd);
    free(cleanup);
}

static void run_case(vector *v, cdp_install_mode mode)
{
    cdp_node root = cdp_document_root(v->document);
    cdp_node step = cdp_node_first_child(v->document, member(v, member(v, root, "case"), "steps"));
    cdp_node recorded =
        cdp_node_first_child(v->document, member(v, member(v, root, "ruby_agent"), "steps"));
    cdp_node before = 0;

    for (v->number = 1; step; v->number++) {
        run_step(v, mode, step, before, recorded);
        before = recorded;
        step = cdp_node_next_sibling(v->document, step);
        recorded = cdp_node_next_sibling(v->document, recorded);
    }
}

static void read_case(vector *v, const char *file)
{
    cdp_document_options options = {.notation = CDP_NOTATION_JSON};
    static char bytes[65536];
    cdp_allocator allocator;
    char path[1024];
    size_t length;
    FILE *stream;

    snprintf(path, sizeof path, "%s/%s", CASES, file);
    stream = fopen(path, "rb");
    assert_non_null(stream);
    length = fread(bytes, 1, sizeof bytes, stream);
    assert_true(length < sizeof bytes);
    fclose(stream);
    assert_int_equal(cdp_limits_import(&options.limits, NULL), CDP_OK);
    assert_int_equal(cdp_allocator_import(&allocator, NULL), CDP_OK);
    assert_int_equal(cdp_document_parse(bytes, length, &options, &allocator, NULL, &v->document),
                     CDP_OK);
}

static int run_all(cdp_install_mode mode)
{
    int count = 0;
    DIR *folder = opendir(CASES);

    assert_non_null(folder);
    for (const struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
        vector v = {0};

        if (!strstr(entry->d_name, ".json"))
            continue;
        read_case(&v, entry->d_name);
        assert_int_equal(cdp_text_new(NULL, &v.scratch), CDP_OK);
        v.name = text_of(&v, member(&v, member(&v, cdp_document_root(v.document), "case"), "name"));
        if (!is_among(v.name, never_followed, sizeof never_followed / sizeof *never_followed)) {
            run_case(&v, mode);
            count++;
        }
        free((char *)v.name);
        cdp_text_free(v.scratch);
        cdp_document_free(v.document);
    }
    closedir(folder);
    return count;
}

static void compatible_plans_are_the_agents(void **state)
{
    (void)state;
    assert_int_equal(run_all(CDP_INSTALL_COMPATIBLE), 76);
}

static void default_plans_differ_only_where_it_is_safer(void **state)
{
    (void)state;
    assert_int_equal(run_all(CDP_INSTALL_TRANSACTIONAL), 76);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compatible_plans_are_the_agents),
        cmocka_unit_test(default_plans_differ_only_where_it_is_safer),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
