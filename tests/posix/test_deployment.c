/* SPDX-License-Identifier: MIT */
/* Deployments as a program makes them: cancelled, cut off, fetched, configured. */
#include "scratch.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <codedeploy-posix/codedeploy-posix.h>

#define APPSPEC "version: 0.0\nos: linux\nfiles:\n  - {source: app, destination: /srv/app}\n"
#define HOOKS                                                                                      \
    "hooks:\n"                                                                                     \
    "  BeforeInstall: [{location: hook.sh, timeout: 20}]\n"                                        \
    "  AfterInstall: [{location: hook.sh, timeout: 20}]\n"

/* At which piece of news something happens, and what. */
typedef struct moment {
    int at; /* 0: never */
    int count;
    bool dies;
    bool only_waiting; /* counts no other news */
    int begun;
    char last_status[16];
} moment;

static cdp_status at_news(const cdp_posix_news *news, void *user)
{
    moment *m = user;

    m->count += !m->only_waiting || news->kind == CDP_POSIX_NEWS_WAITING;
    m->begun += news->kind == CDP_POSIX_NEWS_BEGUN;
    if (news->kind == CDP_POSIX_NEWS_ENDED)
        snprintf(m->last_status, sizeof m->last_status, "%s", news->status.data);
    if (m->count != m->at)
        return CDP_OK;
    if (m->dies)
        _exit(9);
    return CDP_ERR_HOST_FIRST - 7;
}

static void lay_bundle(const char *folder, const char *name, const char *appspec, const char *word)
{
    scratch_directory(scratch_path(folder, "%s", name));
    scratch_directory(scratch_path(folder, "%s/app", name));
    scratch_directory(scratch_path(folder, "%s/app/d", name));
    scratch_write(scratch_path(folder, "%s/appspec.yml", name), 0644, appspec, strlen(appspec));
    scratch_write(scratch_path(folder, "%s/app/file", name), 0644, word, strlen(word));
    scratch_write(scratch_path(folder, "%s/app/d/only-%s", name, word), 0644, word, strlen(word));
    /* Not UTF-8, and where a unit of the journal begins. */
    scratch_write(scratch_path(folder, "%s/app/\xff %s\n", name, word), 0600, word, strlen(word));
    scratch_script(scratch_path(folder, "%s/hook.sh", name), "#!/bin/sh\necho here\n");
}

static cdp_posix_deploy_options options_of(const char *folder, const char *bundle)
{
    return (cdp_posix_deploy_options){
        .size = sizeof(cdp_posix_deploy_options),
        .bundle = str(scratch_path(folder, "%s", bundle)),
        .root_directory = str(scratch_path(folder, "records")),
        .destination_root = str(scratch_path(folder, "root")),
        .durability = CDP_INSTALL_VOLATILE,
    };
}

/* Both revisions, and the first one deployed. */
static void lay(const char *folder)
{
    cdp_posix_deploy_options options;

    scratch_directory(scratch_path(folder, "root"));
    lay_bundle(folder, "v1", APPSPEC, "one");
    lay_bundle(folder, "v2", APPSPEC HOOKS, "two");
    options = options_of(folder, "v1");
    assert_int_equal(cdp_posix_deploy(&options, NULL, NULL), CDP_OK);
}

/* 1 or 2 when exactly that revision is installed, 0 for a mixture. */
static int installed(const char *folder)
{
    static const char *const words[] = {"one", "two"};
    int found = 0;

    for (int i = 0; i < 2; i++) {
        const char *other = words[1 - i];
        size_t length;

        if (strcmp(scratch_read(scratch_path(folder, "root/srv/app/file"), &length), words[i]) ==
                0 &&
            scratch_exists(scratch_path(folder, "root/srv/app/d/only-%s", words[i])) &&
            scratch_exists(scratch_path(folder, "root/srv/app/\xff %s\n", words[i])) &&
            !scratch_exists(scratch_path(folder, "root/srv/app/d/only-%s", other)) &&
            !scratch_exists(scratch_path(folder, "root/srv/app/\xff %s\n", other)))
            found = i + 1;
    }
    return found;
}

/* Nothing of ours is left beside what was installed. */
static void assert_nothing_left(const char *folder)
{
    static const char *const places[] = {"root/srv", "root/srv/app", "root/srv/app/d"};

    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        DIR *opened = opendir(scratch_path(folder, "%s", places[i]));
        const struct dirent *entry;

        while (opened && (entry = readdir(opened)))
            assert_null(strstr(entry->d_name, ".codedeploy"));
        if (opened)
            closedir(opened);
    }
    assert_false(scratch_exists(scratch_path(
        folder, "records/deployment-instructions/default-local-deployment-group-journal")));
}

/* The newest deployment's status, and its id. */
static const char *newest(const char *folder, char id[64], bool *is_last_successful)
{
    static char status[32];
    cdp_posix_history *history;
    cdp_posix_history_entry entry = {.size = sizeof entry};

    assert_int_equal(
        cdp_posix_history_read(str(scratch_path(folder, "records")), str(NULL), &history), CDP_OK);
    assert_int_equal(cdp_posix_history_at(history, cdp_posix_history_count(history) - 1, &entry),
                     CDP_OK);
    snprintf(status, sizeof status, "%s", entry.status.data);
    if (id)
        snprintf(id, 64, "%s", entry.deployment_id.data);
    if (is_last_successful)
        *is_last_successful = entry.is_last_successful != 0;
    cdp_posix_history_free(history);
    return status;
}

/* Deploys v2 in a child that dies at that piece of news; false when it got to its end. */
static bool die_at(const char *folder, int at)
{
    pid_t child = fork();
    int status = 0;

    assert_true(child >= 0);
    if (child == 0) {
        moment m = {.at = at, .dies = true};
        cdp_posix_deploy_options options = options_of(folder, "v2");

        options.news = at_news;
        options.user = &m;
        _exit(cdp_posix_deploy(&options, NULL, NULL) == CDP_OK ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) != 1);
    return WEXITSTATUS(status) == 9;
}

static void dying_at_any_news_leaves_the_old_or_the_new(void **state)
{
    int deaths = 0;
    int new_trees = 0;

    lay(*state);
    for (int at = 1; die_at(*state, at); at++, deaths++) {
        cdp_posix_deploy_options options = options_of(*state, "v1");
        cdp_diagnostics *diagnostics = scratch_diagnostics();
        bool is_last;
        int found;

        assert_int_equal(cdp_posix_recover(&options, diagnostics, NULL), CDP_OK);
        found = installed(*state);
        assert_true(found == 1 || found == 2);
        new_trees += found == 2;
        assert_string_equal(newest(*state, NULL, &is_last), found == 2 ? "Succeeded" : "Failed");
        assert_int_equal(is_last, found == 2);
        assert_nothing_left(*state);
        if (found == 2)
            assert_int_equal(cdp_posix_deploy(&options, NULL, NULL), CDP_OK);
        else
            assert_true(scratch_found(diagnostics, CDP_DIAGNOSTIC_DEPLOYMENT_CUT_OFF));
    }
    assert_int_equal(installed(*state), 2);
    assert_true(deaths > 30);
    print_message("died at %d pieces of news: %d times the old files, %d times the new ones\n",
                  deaths, deaths - new_trees, new_trees);
}

/* From the decision on it has succeeded, whatever was still to be tidied up. */
static void what_had_succeeded_is_finished(void **state)
{
    cdp_posix_deploy_options options;
    const char *record;
    char id[64];
    char *text;
    bool is_last;
    size_t length;
    int at = 1;

    lay(*state);
    options = options_of(*state, "v1");
    /* Committed, and not yet kept: the last piece of news before the end. */
    for (at = 1; die_at(*state, at); at++)
        assert_int_equal(cdp_posix_recover(&options, NULL, NULL), CDP_OK);
    assert_int_equal(cdp_posix_deploy(&options, NULL, NULL), CDP_OK);
    assert_true(die_at(*state, at - 3));
    assert_string_equal(newest(*state, id, NULL), "InProgress");
    assert_int_equal(installed(*state), 2);
    record = scratch_path(*state, "records/default-local-deployment-group/%s/record", id);
    text = scratch_read(record, &length);
    scratch_write(record, 0644, scratch_path("", "%sdecision Succeeded\n", text) + 1,
                  length + strlen("decision Succeeded\n"));
    assert_int_equal(cdp_posix_recover(&options, NULL, NULL), CDP_OK);
    assert_int_equal(installed(*state), 2);
    assert_string_equal(newest(*state, NULL, &is_last), "Succeeded");
    assert_true(is_last);
    assert_nothing_left(*state);
}

static void cancelling_at_any_news_brings_the_old_files_back(void **state)
{
    moment m = {.at = 1};
    int cancelled = 0;

    lay(*state);
    for (;; m = (moment){.at = m.at + 1}, cancelled++) {
        cdp_posix_deploy_options options = options_of(*state, "v2");
        cdp_posix_deployment *deployment = NULL;
        cdp_status status;

        options.news = at_news;
        options.user = &m;
        status = cdp_posix_deploy(&options, NULL, &deployment);
        assert_null(cdp_posix_deployment_rollback(deployment));
        assert_int_equal(m.begun, 1);
        assert_string_equal(newest(*state, NULL, NULL), m.last_status);
        cdp_posix_deployment_free(deployment);
        if (status == CDP_OK)
            break;
        assert_int_equal(status, CDP_ERR_HOST_FIRST - 7);
        assert_string_equal(m.last_status, "Stopped");
        assert_int_equal(installed(*state), 1);
        assert_nothing_left(*state);
    }
    assert_int_equal(installed(*state), 2);
    assert_true(cancelled > 30);
}

static void a_running_script_can_be_cancelled(void **state)
{
    /* The first is from unpacking. */
    moment m = {.at = 3, .only_waiting = true};
    cdp_posix_deploy_options options;
    int64_t begun = scratch_now();

    lay(*state);
    scratch_script(scratch_path(*state, "v2/hook.sh"), "#!/bin/sh\nsleep 30\n");
    options = options_of(*state, "v2");
    options.news = at_news;
    options.user = &m;
    assert_int_equal(cdp_posix_deploy(&options, NULL, NULL), CDP_ERR_HOST_FIRST - 7);
    assert_true(scratch_now() - begun < 10000);
    assert_string_equal(m.last_status, "Stopped");
}

static void files_are_looked_for_where_they_are(void **state)
{
    cdp_diagnostics *diagnostics = scratch_diagnostics();
    cdp_posix_deploy_options options;
    int at = 1;

    lay(*state);
    options = options_of(*state, "v1");
    for (at = 1; die_at(*state, at); at++)
        assert_int_equal(cdp_posix_recover(&options, NULL, NULL), CDP_OK);
    assert_int_equal(cdp_posix_deploy(&options, NULL, NULL), CDP_OK);
    assert_true(die_at(*state, at - 3));
    scratch_directory(scratch_path(*state, "elsewhere"));
    options.destination_root = str(scratch_path(*state, "elsewhere"));
    assert_int_equal(cdp_posix_deploy(&options, diagnostics, NULL), CDP_ERR_CONFLICT);
    assert_true(scratch_found(diagnostics, CDP_DIAGNOSTIC_DEPLOYMENT_OTHER_DESTINATION));
    options = options_of(*state, "v1");
    /* The same place by another name is the same place. */
    assert_int_equal(symlink("root", scratch_path(*state, "link")), 0);
    options.destination_root = str(scratch_path(*state, "link"));
    assert_int_equal(cdp_posix_recover(&options, NULL, NULL), CDP_OK);
    assert_int_equal(installed(*state), 1);
}

/* ---- fetching ---- */

static cdp_status fetch(const cdp_posix_fetch *what, void *user)
{
    const char *from = user;

    assert_int_equal(what->size, sizeof *what);
    assert_false(scratch_exists(what->path.data));
    if (memcmp(what->location.data, "s3://fail", 9) == 0)
        return CDP_ERR_HOST_FIRST - 3;
    if (memcmp(what->location.data, "s3://none", 9) == 0)
        return CDP_OK;
    assert_int_equal(what->type, CDP_POSIX_BUNDLE_TGZ);
    assert_int_equal(link(from, what->path.data), 0);
    return CDP_OK;
}

static void remote_bundles_are_fetched(void **state)
{
    static const struct {
        const char *location;
        bool has_fetch;
        cdp_posix_bundle_type type;
        cdp_status status;
        cdp_diagnostic_code code;
    } cases[] = {
        {"s3://b/k", false, CDP_POSIX_BUNDLE_TGZ, CDP_ERR_UNSUPPORTED,
         CDP_DIAGNOSTIC_DEPLOYMENT_NO_FETCH},
        {"s3://b/k", true, CDP_POSIX_BUNDLE_TGZ, CDP_OK, 0},
        {"s3://fail/k", true, CDP_POSIX_BUNDLE_TGZ, CDP_ERR_HOST_FIRST - 3,
         CDP_DIAGNOSTIC_DEPLOYMENT_FETCH_FAILED},
        {"s3://none/k", true, CDP_POSIX_BUNDLE_TGZ, CDP_ERR_NOT_FOUND,
         CDP_DIAGNOSTIC_DEPLOYMENT_FETCH_FAILED},
        {"s3://b", true, CDP_POSIX_BUNDLE_TGZ, CDP_ERR_INVALID, CDP_DIAGNOSTIC_DEPLOYMENT_LOCATION},
        {"s3:///k", true, CDP_POSIX_BUNDLE_TGZ, CDP_ERR_INVALID,
         CDP_DIAGNOSTIC_DEPLOYMENT_LOCATION},
        {"s3://b/k", true, 0, CDP_ERR_INVALID, CDP_DIAGNOSTIC_DEPLOYMENT_LOCATION},
        {"http://b/k", true, CDP_POSIX_BUNDLE_TGZ, CDP_ERR_INVALID,
         CDP_DIAGNOSTIC_DEPLOYMENT_LOCATION},
        {"https://api.github.com/repos/o/r/tarball/x", true, CDP_POSIX_BUNDLE_TAR, CDP_OK, 0},
    };
    char command[1024];

    lay(*state);
    snprintf(command, sizeof command, "tar -C '%s' -czf '%s' .", scratch_path(*state, "v2"),
             scratch_path(*state, "b.tgz"));
    assert_int_equal(system(command), 0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cdp_posix_deploy_options options = options_of(*state, "v2");
        cdp_diagnostics *diagnostics = scratch_diagnostics();

        options.bundle = str(cases[i].location);
        options.bundle_type = cases[i].type;
        options.fetch = cases[i].has_fetch ? fetch : NULL;
        options.user = (void *)(uintptr_t)scratch_path(*state, "b.tgz");
        assert_int_equal(cdp_posix_deploy(&options, diagnostics, NULL), cases[i].status);
        if (cases[i].code)
            assert_true(scratch_found(diagnostics, cases[i].code));
    }
    assert_int_equal(installed(*state), 2);
}

/* ---- what never begins ---- */

typedef struct second_deployment {
    cdp_posix_deploy_options options;
    cdp_diagnostics *diagnostics;
    cdp_status status;
} second_deployment;

static cdp_status begin_a_second_one(const cdp_posix_news *news, void *user)
{
    second_deployment *second = user;

    if (news->kind == CDP_POSIX_NEWS_BEGUN)
        second->status = cdp_posix_deploy(&second->options, second->diagnostics, NULL);
    return CDP_OK;
}

static void deployments_that_never_begin(void **state)
{
    cdp_diagnostics *diagnostics = scratch_diagnostics();
    second_deployment second = {.diagnostics = diagnostics};
    cdp_posix_deploy_options options;

    lay(*state);
    second.options = options = options_of(*state, "v2");
    options.news = begin_a_second_one;
    options.user = &second;
    assert_int_equal(cdp_posix_deploy(&options, NULL, NULL), CDP_OK);
    assert_int_equal(second.status, CDP_ERR_BUSY);
    assert_true(scratch_found(diagnostics, CDP_DIAGNOSTIC_DEPLOYMENT_RUNNING));

    assert_int_equal(cdp_posix_redeploy(&second.options, str("d-NOSUCHONE"), diagnostics, NULL),
                     CDP_ERR_NOT_FOUND);
    assert_true(scratch_found(diagnostics, CDP_DIAGNOSTIC_DEPLOYMENT_NO_REVISION));

    assert_int_equal(unlink(scratch_path(*state, "v1/appspec.yml")), 0);
    options = options_of(*state, "v1");
    assert_int_not_equal(cdp_posix_deploy(&options, diagnostics, NULL), CDP_OK);
    assert_true(scratch_found(diagnostics, CDP_DIAGNOSTIC_DEPLOYMENT_NO_APPSPEC));
    assert_int_equal(installed(*state), 2);
}

/* ---- what is refused by configuration ---- */

static void settings_that_the_machine_refuses(void **state)
{
    static const struct {
        const char *permission;
        uint32_t refuse;
        cdp_status status;
    } cases[] = {
        {"mode: 4755", 0, CDP_OK},
        {"mode: 4755", CDP_POSIX_REFUSE_UNCONFINED, CDP_OK},
        {"mode: 2755", CDP_POSIX_REFUSE_SET_ID, CDP_ERR_INVALID},
        {"mode: 1755", CDP_POSIX_REFUSE_SET_ID, CDP_OK},
        {"context: {type: kernel_t, range: s0}", CDP_POSIX_REFUSE_UNCONFINED, CDP_ERR_INVALID},
    };

    scratch_directory(scratch_path(*state, "root"));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cdp_diagnostics *diagnostics = scratch_diagnostics();
        cdp_posix_deploy_options options;
        char appspec[512];

        snprintf(appspec, sizeof appspec,
                 APPSPEC "permissions:\n  - object: /srv/app\n    type: [file]\n    %s\n",
                 cases[i].permission);
        lay_bundle(*state, scratch_path("", "b%zu", i) + 1, appspec, "x");
        options = options_of(*state, scratch_path("", "b%zu", i) + 1);
        options.refuse = cases[i].refuse;
        assert_int_equal(cdp_posix_deploy(&options, diagnostics, NULL), cases[i].status);
        assert_int_equal(scratch_found(diagnostics, CDP_DIAGNOSTIC_DEPLOYMENT_SETTING_REFUSED),
                         cases[i].status != CDP_OK);
    }
}

static void the_agents_own_folder_is_no_destination(void **state)
{
    static const struct {
        cdp_install_mode mode;
        cdp_status status;
        cdp_diagnostic_code code;
    } cases[] = {
        {CDP_INSTALL_TRANSACTIONAL, CDP_ERR_CONFLICT, CDP_DIAGNOSTIC_DEPLOYMENT_OWN_FOLDER},
        {CDP_INSTALL_COMPATIBLE, CDP_OK, CDP_DIAGNOSTIC_DEPLOYMENT_OWN_FOLDER_USED},
    };

    scratch_directory(scratch_path(*state, "root"));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cdp_diagnostics *diagnostics = scratch_diagnostics();
        cdp_posix_deploy_options options;
        char appspec[512];

        options = options_of(*state, scratch_path("", "own%zu", i) + 1);
        options.root_directory = str(scratch_path(*state, "root/own"));
        snprintf(appspec, sizeof appspec,
                 "version: 0.0\nos: linux\nfiles:\n  - {source: app, destination: /own/x%zu}\n", i);
        lay_bundle(*state, scratch_path("", "own%zu", i) + 1, appspec, "x");
        options.mode = cases[i].mode;
        assert_int_equal(cdp_posix_deploy(&options, diagnostics, NULL), cases[i].status);
        assert_true(scratch_found(diagnostics, cases[i].code));
    }
}

static void links_that_the_machine_refuses(void **state)
{
    cdp_diagnostics *diagnostics = scratch_diagnostics();
    cdp_posix_deploy_options options;

    lay(*state);
    assert_int_equal(symlink("file", scratch_path(*state, "v2/app/link")), 0);
    options = options_of(*state, "v2");
    options.bundle_allow = CDP_POSIX_BUNDLE_REFUSE_LINKS;
    assert_int_equal(cdp_posix_deploy(&options, diagnostics, NULL), CDP_ERR_INVALID);
    assert_true(scratch_found(diagnostics, CDP_DIAGNOSTIC_BUNDLE_LINKS_REFUSED));
    assert_int_equal(installed(*state), 1);
}

static void configuration_files(void **state)
{
    static const struct {
        const char *text;
        cdp_status status;
        cdp_diagnostic_code code;
    } cases[] = {
        {":root_dir: /somewhere\n:max_revisions: 3\n", CDP_OK, 0},
        {"# comment\n---\nroot_dir: '/a b'  # more\r\n", CDP_OK, 0},
        {":root_dir:\n:verbose: ~\n", CDP_OK, 0},
        {":max_revisions: -1\n", CDP_ERR_INVALID, CDP_DIAGNOSTIC_AGENT_CONFIG_VALUE},
        {":max_revisions: 1x\n", CDP_ERR_INVALID, CDP_DIAGNOSTIC_AGENT_CONFIG_VALUE},
        {":max_revisions: 99999999999999999999\n", CDP_ERR_INVALID,
         CDP_DIAGNOSTIC_AGENT_CONFIG_VALUE},
        {":use_fips_mode: 1\n", CDP_ERR_INVALID, CDP_DIAGNOSTIC_AGENT_CONFIG_VALUE},
        {":archive_max_extraction_size: 99999999999999TiB\n", CDP_ERR_INVALID,
         CDP_DIAGNOSTIC_AGENT_CONFIG_VALUE},
        {":root_directory: /x\n", CDP_OK, CDP_DIAGNOSTIC_AGENT_CONFIG_UNKNOWN},
    };
    const char *path = scratch_path(*state, "agent.yml");

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cdp_diagnostics *diagnostics = scratch_diagnostics();
        cdp_posix_agent_config *config = NULL;

        scratch_write(path, 0644, cases[i].text, strlen(cases[i].text));
        assert_int_equal(cdp_posix_agent_config_read(str(path), diagnostics, &config),
                         cases[i].status);
        if (cases[i].code)
            assert_true(scratch_found(diagnostics, cases[i].code));
        else
            assert_int_equal(cdp_diagnostics_count(diagnostics), 0);
        cdp_posix_agent_config_free(config);
    }
}

/* ---- state files that somebody spoilt ---- */

static void spoilt_state_is_no_danger(void **state)
{
    static const char *const texts[] = {
        "",  "\n",    "x",        "no/such",
        "/", "/etc/", "\xff\xfe", "deployment  of process 99999999 since"};
    static const char *const names[] = {"_last_successful_install", "_most_recent_install",
                                        ".lock"};
    cdp_posix_deploy_options options;

    lay(*state);
    options = options_of(*state, "v2");
    for (size_t name = 0; name < sizeof names / sizeof *names; name++) {
        const char *path =
            scratch_path(*state, "records/deployment-instructions/default-local-deployment-group%s",
                         names[name]);

        for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
            scratch_write(path, 0644, texts[i], strlen(texts[i]));
            assert_int_equal(cdp_posix_deploy(&options, NULL, NULL), CDP_OK);
        }
        /* A FIFO would be waited for, a directory cannot be read. */
        scratch_remove(path);
        assert_int_equal(mkfifo(path, 0600), 0);
        (void)cdp_posix_deploy(&options, NULL, NULL);
        scratch_remove(path);
        scratch_directory(path);
        (void)cdp_posix_deploy(&options, NULL, NULL);
        assert_int_equal(installed(*state), 2);
        assert_int_equal(rmdir(path), 0);
    }
    /* Records that say nothing, lie about who they are, or never end. */
    for (int i = 0; i < 4; i++) {
        static const char *const records[] = {
            "", "id d-OTHER\nstatus InProgress\ncreated 99999999999999\n",
            "id\nstatus\n\n\n  \n%\n%4\ncreated x\n", "status InProgress\nid d-SPOILT4"};

        scratch_directory(
            scratch_path(*state, "records/default-local-deployment-group/d-SPOILT%d", i + 1));
        scratch_write(
            scratch_path(*state, "records/default-local-deployment-group/d-SPOILT%d/record", i + 1),
            0644, records[i], strlen(records[i]));
        assert_int_equal(cdp_posix_deploy(&options, NULL, NULL), CDP_OK);
    }
    assert_int_equal(installed(*state), 2);
}

/* ---- order ---- */

/* As if the clock had said that when the deployment began. */
static void set_created(const char *folder, const char *id, long long milliseconds)
{
    const char *path = scratch_path(folder, "records/default-local-deployment-group/%s/record", id);
    char *text = scratch_read(path, NULL);
    char *at = strstr(text, "\ncreated ");
    char changed[4096];

    assert_non_null(at);
    snprintf(changed, sizeof changed, "%.*s\ncreated %lld%s", (int)(at - text), text, milliseconds,
             strchr(at + 1, '\n'));
    scratch_write(path, 0644, changed, strlen(changed));
}

/* The order in which deployments came is not that of a clock that is set back or stands still. */
static void order_does_not_depend_on_the_clock(void **state)
{
    static const char *const ids[] = {"d-C", "d-B", "d-A"};
    static const long long times[] = {1700000000000, 1600000000000, 1600000000000};
    cdp_posix_history_entry entry = {.size = sizeof entry};
    cdp_posix_history *history;
    cdp_posix_deploy_options again;

    lay(*state);
    for (int i = 0; i < 3; i++) {
        cdp_posix_deploy_options options = options_of(*state, i == 1 ? "v2" : "v1");

        options.deployment_id = str(ids[i]);
        assert_int_equal(cdp_posix_deploy(&options, NULL, NULL), CDP_OK);
        set_created(*state, ids[i], times[i]);
    }
    assert_int_equal(
        cdp_posix_history_read(str(scratch_path(*state, "records")), str(NULL), &history), CDP_OK);
    assert_int_equal(cdp_posix_history_count(history), 4);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(cdp_posix_history_at(history, i + 1, &entry), CDP_OK);
        assert_string_equal(entry.deployment_id.data, ids[i]);
    }
    cdp_posix_history_free(history);
    /* The one before the newest is v2, and what is pruned is the oldest. */
    again = options_of(*state, "v1");
    again.max_revisions = 3;
    assert_int_equal(cdp_posix_redeploy(&again, str(NULL), NULL, NULL), CDP_OK);
    assert_int_equal(installed(*state), 2);
    for (int i = 0; i < 3; i++)
        assert_int_equal(
            scratch_exists(scratch_path(
                *state, "records/default-local-deployment-group/%s/deployment-archive", ids[i])),
            i > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_scratch(dying_at_any_news_leaves_the_old_or_the_new),
        in_scratch(what_had_succeeded_is_finished),
        in_scratch(cancelling_at_any_news_brings_the_old_files_back),
        in_scratch(a_running_script_can_be_cancelled),
        in_scratch(files_are_looked_for_where_they_are),
        in_scratch(remote_bundles_are_fetched),
        in_scratch(deployments_that_never_begin),
        in_scratch(settings_that_the_machine_refuses),
        in_scratch(the_agents_own_folder_is_no_destination),
        in_scratch(links_that_the_machine_refuses),
        in_scratch(configuration_files),
        in_scratch(spoilt_state_is_no_danger),
        in_scratch(order_does_not_depend_on_the_clock),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
