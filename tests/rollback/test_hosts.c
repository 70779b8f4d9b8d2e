/* SPDX-License-Identifier: MIT */
/*
 * What a plan tells of files is what happens on a host: installs follow each other on a simulated file
 * system, in the official agent's order and in ours. The numbers are those of docs/rollback.md.
 *
 * Statements, with `;` between them:
 *
 *   install HOW FILE…   an AppSpec with fileExistsBehavior HOW (`-`: without) installs FILEs to /srv/app
 *   undo HOW FILE…      the same, and then the deployment fails (transactional: the files come back)
 *   refused HOW FILE…   the same, but it must not succeed
 *   plan HOW FILE…      the same, but only planned
 *   option HOW          the deployment's own setting        group NAME    the group that installs
 *   twice FILE          an AppSpec that installs it two times must be refused
 *   lay PATH=CONTENT    somebody puts a file there           take PATH     or takes it away
 *   has PATH=CONTENT    has PATH/      hasnt PATH            record PATH…  the cleanup record
 *
 * FILE is NAME=CONTENT or NAME->LINK.
 */
#include "testing.h"

#include <stdio.h>
#include <stdlib.h>

#include <codedeploy-sim/filesystem.h>
#include <codedeploy/install_apply.h>

#include "base/strings.h"
#include "cases.h"

typedef struct host_case {
    const char *name;
    const char *modes; /* c compatible, t transactional */
    const char *words;
} host_case;

static const host_case cases[] = {
    {"5.6 each install begins with what the record of the one before lists", "ct",
     "lay /srv/other=x; install - a=1 b=1; record /srv/app /srv/app/a /srv/app/b; install - a=2;"
     "has /srv/app/a=2; hasnt /srv/app/b; record /srv/app /srv/app/a"},
    {"5.7 a record has every file and every directory that was made, in order", "ct",
     "lay /srv/other=x; install - d/x=1; record /srv/app /srv/app/d /srv/app/d/x"},
    {"5.8 what is missing is no error", "ct",
     "lay /srv/app/other=x; install - a=1 b=1; take /srv/app/a; install - b=2; has /srv/app/b=2"},
    {"5.8 links are removed, not what they lead to", "ct",
     "lay /srv/app/other=x; install - l->other; install - b=1; hasnt /srv/app/l; "
     "has /srv/app/other=x"},
    {"5.8 a directory that is not empty stays", "ct",
     "lay /srv/other=x; install - d/x=1; lay /srv/app/d/log=y; install - b=1; hasnt /srv/app/d/x;"
     "has /srv/app/d/log=y"},
    {"5.10 files that scripts made are in no record, and stay", "ct",
     "lay /srv/other=x; install - a=1; lay /srv/app/cache=y; record /srv/app /srv/app/a;"
     "install - a=2; has /srv/app/cache=y"},
    {"5.10 in the way of the earlier revision they fail its Install", "ct",
     "lay /srv/other=x; install - a=1 c=1; install - a=2; lay /srv/app/c=by-a-script;"
     "refused - a=1 c=1; has /srv/app/c=by-a-script"},
    {"5.12 another group does not clean up, and collides", "ct",
     "lay /srv/other=x; install - a=1; group other; refused - a=2; has /srv/app/a=1"},
    {"5.13 planning removes nothing: Install does", "ct",
     "lay /srv/other=x; install - a=1; plan - b=1; has /srv/app/a=1; install - b=1;"
     "hasnt /srv/app/a"},
    {"5.14 DISALLOW: fails, but the old files are gone", "c",
     "lay /srv/app/b=theirs; install - a=1; refused DISALLOW a=2 b=2; hasnt /srv/app/a;"
     "has /srv/app/b=theirs; hasnt-record"},
    {"5.14 DISALLOW: fails, and nothing is touched", "t",
     "lay /srv/app/b=theirs; install - a=1; refused DISALLOW a=2 b=2; has /srv/app/a=1;"
     "has /srv/app/b=theirs; record /srv/app/a"},
    {"5.14 OVERWRITE: replaced, recorded, and removed by the next", "ct",
     "lay /srv/app/a=theirs; install OVERWRITE a=1; has /srv/app/a=1; record /srv/app/a;"
     "install - b=1; hasnt /srv/app/a"},
    {"5.14 RETAIN: kept, and not copied", "ct",
     "lay /srv/app/a=theirs; install RETAIN a=1 b=1; has /srv/app/a=theirs; has /srv/app/b=1"},
    {"5.15 what is retained is not recorded, and stays", "ct",
     "lay /srv/app/a=theirs; install RETAIN a=1 b=1; record /srv/app/b; install - c=1;"
     "has /srv/app/a=theirs; hasnt /srv/app/b"},
    {"5.16 the AppSpec beats the deployment's option", "ct",
     "lay /srv/app/a=theirs; option OVERWRITE; refused DISALLOW a=1; install RETAIN a=1;"
     "has /srv/app/a=theirs; install - a=1; has /srv/app/a=1"},
    {"5.17 what the second deployment overwrote does not come back with the first revision", "c",
     "lay /srv/app/a=theirs; lay /srv/app/b=theirs; install RETAIN a=1; undo OVERWRITE a=2 b=2;"
     "install RETAIN a=1; has /srv/app/a=1; hasnt /srv/app/b"},
    {"5.17 it does where the install is transactional and the deployment fails there", "t",
     "lay /srv/app/a=theirs; lay /srv/app/b=theirs; install RETAIN a=1; undo OVERWRITE a=2 b=2;"
     "install RETAIN a=1; has /srv/app/a=theirs; has /srv/app/b=theirs"},
    {"5.17 and is lost where the deployment succeeds", "t",
     "lay /srv/app/a=theirs; lay /srv/app/b=theirs; install RETAIN a=1; install OVERWRITE a=2 b=2;"
     "install RETAIN a=1; has /srv/app/a=1; hasnt /srv/app/b"},
    {"5.18 directories that were there are no error, and are not removed", "ct",
     "lay /srv/app/d/e/x=theirs; install - d/e/y=1; take /srv/app/d/e/x; install - z=1;"
     "has /srv/app/d/e/; hasnt /srv/app/d/e/y"},
    {"5.19 one destination twice fails before anything is copied", "ct",
     "lay /srv/other=x; twice a=1; hasnt /srv/app/a"},
    {"5.20 a revision without files removes everything", "ct",
     "lay /srv/other=x; install - a=1 d/x=1; install -; hasnt /srv/app; has /srv/other=x"},
    {"1.1 a rollback is a deployment of the earlier revision", "ct",
     "lay /srv/other=x; install - a=1 gone=1; install - a=2 new=2; install - a=1 gone=1;"
     "has /srv/app/a=1; has /srv/app/gone=1; hasnt /srv/app/new"},
};

typedef struct host {
    cdp_sim_fs *sim;
    cdp_fs fs;
    cdp_install_mode mode;
    cdp_file_exists_behavior option;
    char group[32];
    unsigned installs;
} host;

/* -- laying out ------------------------------------------------------------------------------- */

static void put_file(host *h, cdp_fs_root root, const char *top, const char *thing)
{
    char path[256];
    const char *arrow = strstr(thing, "->");
    size_t length = strcspn(thing, arrow ? "-" : "=");

    snprintf(path, sizeof path, "%s%.*s", top, (int)length, thing);
    if (arrow)
        assert_int_equal(
            cdp_sim_fs_put_symlink(h->sim, root, cdp_string_of(path), cdp_string_of(arrow + 2)),
            CDP_OK);
    else
        assert_int_equal(cdp_sim_fs_put_file(h->sim, root, cdp_string_of(path), 0644,
                                             cdp_string_of(thing + length + 1)),
                         CDP_OK);
}

/* The revision takes the place of the one before, as a new archive does. */
static void put_revision(host *h, const char *const *files, size_t count)
{
    char aside[32];

    snprintf(aside, sizeof aside, "/old%u", h->installs++);
    (void)h->fs.rename(CDP_FS_REVISION, CDP_STR("/app"), cdp_string_of(aside), 0, h->fs.user);
    for (size_t i = 0; i < count; i++)
        put_file(h, CDP_FS_REVISION, "/app/", files[i]);
}

static cdp_install_record *record_of(host *h)
{
    cdp_install_record *record = NULL;
    cdp_text *text = NULL;
    char path[64];

    snprintf(path, sizeof path, "/%s-cleanup", h->group);
    assert_int_equal(cdp_text_new(NULL, &text), CDP_OK);
    if (h->fs.read_file(CDP_FS_STATE, cdp_string_of(path), 100000, text, h->fs.user) == CDP_OK)
        assert_int_equal(cdp_install_record_parse(cdp_text_string(text).data,
                                                  cdp_text_string(text).length, NULL, NULL,
                                                  &record),
                         CDP_OK);
    cdp_text_free(text);
    return record;
}

/* -- installing ------------------------------------------------------------------------------- */

static cdp_install_plan *plan_of(host *h, const char *how, size_t files, unsigned entries)
{
    cdp_install_options options = {
        .size = sizeof options, .fs = &h->fs, .mode = h->mode, .file_exists_behavior = h->option};
    cdp_install_record *record = record_of(h);
    cdp_install_plan *plan = NULL;
    cdp_appspec *appspec = NULL;
    char text[512] = "version: 0.0\nos: linux\n";

    for (unsigned i = 0; files > 0 && i < entries; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text),
                 "%s  - source: app\n    destination: /srv/app\n", i ? "" : "files:\n");
    if (*how != '-')
        snprintf(text + strlen(text), sizeof text - strlen(text), "file_exists_behavior: %s\n",
                 how);
    assert_int_equal(cdp_appspec_parse(text, strlen(text), NULL, NULL, &appspec), CDP_OK);
    options.appspec = appspec;
    options.previous = record;
    assert_int_equal(cdp_install_plan_new(&options, NULL, &plan), CDP_OK);
    cdp_appspec_free(appspec);
    cdp_install_record_free(record);
    return plan;
}

static cdp_status apply(host *h, const cdp_install_plan *plan, bool undone)
{
    const cdp_install_apply_options options = {.size = sizeof options,
                                               .plan = plan,
                                               .fs = &h->fs,
                                               .group = cdp_string_of(h->group),
                                               .id = CDP_STR("d-1")};
    cdp_install *install = NULL;
    cdp_status status = cdp_install_new(&options, &install);

    if (status == CDP_OK)
        status = cdp_install_apply(install, NULL);
    if (status == CDP_OK && h->mode == CDP_INSTALL_TRANSACTIONAL)
        status = undone ? cdp_install_revert(install, NULL) : cdp_install_keep(install, NULL);
    cdp_install_free(install);
    return status;
}

static void deploy(host *h, const char *const *words, size_t count)
{
    bool twice = !strcmp(words[0], "twice");
    size_t first = twice ? 1 : 2;
    const char *how = twice ? "-" : words[1];
    bool refused = twice || !strcmp(words[0], "refused");
    cdp_install_plan *plan;

    put_revision(h, words + first, count - first);
    plan = plan_of(h, how, count - first, twice ? 2 : 1);
    if (strcmp(words[0], "plan") != 0) {
        cdp_status status = apply(h, plan, !strcmp(words[0], "undo"));

        if (refused)
            assert_int_equal(status, CDP_ERR_CONFLICT);
        else
            assert_int_equal(status, CDP_OK);
    }
    cdp_install_plan_free(plan);
}

/* -- looking ---------------------------------------------------------------------------------- */

/* The host's files as the simulation describes them, a line each; to be freed. */
static char *picture_of(host *h)
{
    cdp_text *text = NULL;
    char *copy;

    assert_int_equal(cdp_text_new(NULL, &text), CDP_OK);
    assert_int_equal(cdp_text_append(text, "\n", 1), CDP_OK);
    assert_int_equal(cdp_sim_fs_describe(h->sim, CDP_FS_DESTINATION, text), CDP_OK);
    copy = malloc(cdp_text_string(text).length + 1);
    assert_non_null(copy);
    memcpy(copy, cdp_text_string(text).data, cdp_text_string(text).length + 1);
    cdp_text_free(text);
    return copy;
}

static bool is_there(const char *picture, const char *path)
{
    char line[512];

    snprintf(line, sizeof line, "\n%s ", path);
    return strstr(picture, line) != NULL;
}

static void look(host *h, const char *thing, bool there)
{
    char line[512];
    size_t length = strcspn(thing, "=");
    char *picture = picture_of(h);

    if (!there)
        snprintf(line, sizeof line, "\n%s ", thing);
    else if (thing[length - 1] == '/')
        snprintf(line, sizeof line, "\n%.*s directory ", (int)length - 1, thing);
    else
        snprintf(line, sizeof line, "\n%.*s file 0644 root:root \"%s\"", (int)length, thing,
                 thing + length + 1);
    if ((strstr(picture, line) != NULL) != there)
        fail_msg("%s'%s' in%s", there ? "no " : "", line + 1, picture);
    free(picture);
}

static void compare_record(host *h, const char *const *paths, size_t count)
{
    cdp_install_record *record = record_of(h);

    assert_int_equal(cdp_install_record_count(record), count);
    for (size_t i = 0; i < count; i++) {
        cdp_string path;

        assert_int_equal(cdp_install_record_at(record, i, NULL, &path), CDP_OK);
        assert_string_equal(path.data, paths[i]);
    }
    cdp_install_record_free(record);
}

static void run_statement(host *h, const char *const *words, size_t count)
{
    const char *word = words[0];

    if (!strcmp(word, "lay"))
        put_file(h, CDP_FS_DESTINATION, "", words[1]);
    else if (!strcmp(word, "take"))
        assert_int_equal(h->fs.remove_file(CDP_FS_DESTINATION, cdp_string_of(words[1]), h->fs.user),
                         CDP_OK);
    else if (!strcmp(word, "group"))
        snprintf(h->group, sizeof h->group, "%s", words[1]);
    else if (!strcmp(word, "option"))
        assert_int_equal(cdp_file_exists_behavior_from_name(cdp_string_of(words[1]), &h->option),
                         CDP_OK);
    else if (!strcmp(word, "has") || !strcmp(word, "hasnt"))
        look(h, words[1], word[3] == '\0');
    else if (!strcmp(word, "record"))
        compare_record(h, words + 1, count - 1);
    else if (!strcmp(word, "hasnt-record"))
        assert_null(record_of(h));
    else
        deploy(h, words, count);
}

static void boot(host *h, cdp_install_mode mode)
{
    *h = (host){.fs = {.size = sizeof h->fs}, .mode = mode, .group = "group"};
    assert_int_equal(cdp_sim_fs_new(NULL, &h->sim), CDP_OK);
    assert_int_equal(cdp_sim_fs_callbacks(h->sim, &h->fs), CDP_OK);
}

static void run(const char *statements, cdp_install_mode mode)
{
    host h;
    char text[1024];
    char *at = text;

    assert_true(strlen(statements) < sizeof text);
    strcpy(text, statements);
    boot(&h, mode);
    while (at) {
        char *end = strchr(at, ';');
        const char *words[16];
        size_t count = 0;

        if (end)
            *end = '\0';
        for (char *word = strtok(at, " "); word; word = strtok(NULL, " ")) {
            assert_true(count < 16);
            words[count++] = word;
        }
        assert_true(count > 0);
        run_statement(&h, words, count);
        at = end ? end + 1 : NULL;
    }
    cdp_sim_fs_free(h.sim);
}

static void shown(void **state)
{
    const host_case *it = *state;

    for (const char *mode = it->modes; *mode; mode++)
        run(it->words, *mode == 'c' ? CDP_INSTALL_COMPATIBLE : CDP_INSTALL_TRANSACTIONAL);
}

/* The agent's order, cut off at every change: what is there is in the record, and directories that
 * are in the record are there; files may be in it before they are there. */
static void records_are_ahead_of_files(void **state)
{
    static const char *const files[] = {"a=1", "d/e/x=1", "d/y=1"};
    size_t ahead = 0;
    bool cut = true;

    (void)state;
    for (uint64_t at = 1; cut; at++) {
        const cdp_sim_fault fault = {.size = sizeof fault,
                                     .at = at,
                                     .status = CDP_ERR_IO,
                                     .persistent = 1,
                                     .only_changes = 1};
        cdp_install_record *record;
        cdp_install_plan *plan;
        char *picture;
        host h;

        boot(&h, CDP_INSTALL_COMPATIBLE);
        put_revision(&h, files, 3);
        plan = plan_of(&h, "-", 3, 1);
        assert_int_equal(cdp_sim_fs_set_fault(h.sim, &fault), CDP_OK);
        cut = apply(&h, plan, false) != CDP_OK;
        assert_int_equal(cdp_sim_fs_set_fault(h.sim, NULL), CDP_OK);
        record = record_of(&h);
        picture = picture_of(&h);
        for (size_t i = 0; i < 3; i++) {
            char path[64];
            bool recorded;

            snprintf(path, sizeof path, "/srv/app/%.*s", (int)strcspn(files[i], "="), files[i]);
            recorded = cdp_install_record_contains(record, cdp_string_of(path));
            assert_true(recorded || !is_there(picture, path));
            ahead += recorded && !is_there(picture, path);
        }
        for (size_t i = 0; i < 3; i++) {
            static const char *const directories[] = {"/srv/app", "/srv/app/d", "/srv/app/d/e"};

            if (cdp_install_record_contains(record, cdp_string_of(directories[i])))
                assert_true(is_there(picture, directories[i]));
        }
        free(picture);
        cdp_install_record_free(record);
        cdp_install_plan_free(plan);
        cdp_sim_fs_free(h.sim);
    }
    assert_true(ahead > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        {"5.9 a file is noted before it is copied, a directory after it is made",
         records_are_ahead_of_files, NULL, NULL, NULL},
    };

    return CASES("hosts", shown, cases) | cmocka_run_group_tests(tests, NULL, NULL);
}
