/* SPDX-License-Identifier: MIT */
#include "scenario.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/strings.h"

#define LIST(...) ((const char *const[]){__VA_ARGS__, NULL})
#define APPSPEC(files) "version: 0.0\nos: linux\nfiles:\n" files
#define ALL_TO_SRV APPSPEC("  - source: app\n    destination: /srv/app\n")

const scenario scenarios[] = {
    {.name = "first install",
     .before = LIST("/srv/", "/etc/hosts=127.0.0.1"),
     .new_appspec = ALL_TO_SRV,
     .new_revision = LIST("/app/index.html=hello", "/app/lib/a.so=aaa", "/app/lib/b.so=bbb",
                          "/app/empty/", "/app/link->index.html")},
    {.name = "upgrade with additions and removals",
     .before = LIST("/srv/"),
     .old_appspec = ALL_TO_SRV,
     .old_revision = LIST("/app/index.html=v1", "/app/old.txt=old", "/app/lib/a.so=a1",
                          "/app/gone/x=1", "/app/gone/y=2"),
     .new_appspec = ALL_TO_SRV,
     .new_revision =
         LIST("/app/index.html=v2", "/app/new.txt=new", "/app/lib/a.so=a2", "/app/more/z=3")},
    {.name = "upgrade beside foreign files",
     .before = LIST("/srv/app/conf/site.conf=mine"),
     .old_appspec = ALL_TO_SRV,
     .old_revision = LIST("/app/a=1", "/app/b=1", "/app/conf/app.conf=v1", "/app/var/x=1"),
     .between = LIST("/srv/app/var/log=written by the program"),
     .new_appspec = ALL_TO_SRV,
     .new_revision = LIST("/app/a=2", "/app/c=2", "/app/conf/app.conf=v2", "/app/var/y=2")},
    {.name = "overwritten and retained files",
     .before = LIST("/srv/app/index.html#0600=the distribution's", "/srv/app/keep->elsewhere"),
     .new_appspec = APPSPEC("  - source: app\n    destination: /srv/app\n"
                            "file_exists_behavior: OVERWRITE\n"),
     .new_revision = LIST("/app/index.html=ours", "/app/keep=a file", "/app/other=x")},
    {.name = "retained files",
     .before = LIST("/srv/app/index.html=theirs"),
     .new_appspec = APPSPEC("  - source: app\n    destination: /srv/app\n"
                            "file_exists_behavior: RETAIN\n"),
     .new_revision = LIST("/app/index.html=ours", "/app/other=x")},
    {.name = "changed permissions",
     .before = LIST("/srv/"),
     .old_appspec = ALL_TO_SRV,
     .old_revision = LIST("/app/run.sh#0755=#!/bin/sh", "/app/data/d=1"),
     .new_appspec =
         ALL_TO_SRV "permissions:\n"
                    "  - object: /srv/app\n    pattern: \"*.sh\"\n    mode: 4750\n"
                    "    owner: app\n    group: web\n    acls: [\"u:bob:rw\"]\n"
                    "  - object: /srv/app/data\n    mode: 600\n    type: [file]\n"
                    "    context: {name: system_u, type: httpd_sys_content_t, range: s0}\n",
     .new_revision = LIST("/app/run.sh#0755=#!/bin/sh", "/app/data/d=1")},
    {.name = "kinds that change",
     .before = LIST("/srv/"),
     .old_appspec = ALL_TO_SRV,
     .old_revision = LIST("/app/was-file=1", "/app/was-dir/x=1", "/app/was-link->was-file"),
     .new_appspec = ALL_TO_SRV,
     .new_revision =
         LIST("/app/was-file/now=dir", "/app/was-dir=now a file", "/app/was-link=file")},
    {.name = "everything goes",
     .before = LIST("/srv/", "/opt/"),
     .old_appspec = APPSPEC("  - source: app\n    destination: /srv/app\n"
                            "  - source: tool\n    destination: /opt/tool/bin\n"),
     .old_revision = LIST("/app/a/b/c=1", "/tool=x"),
     .new_appspec = "version: 0.0\nos: linux\n",
     .new_revision = LIST("/app/a=1")},
};

const size_t scenario_count = sizeof scenarios / sizeof *scenarios;

const scenario *find_scenario(const char *name)
{
    for (size_t i = 0; i < scenario_count; i++) {
        if (strcmp(scenarios[i].name, name) == 0)
            return &scenarios[i];
    }
    fail_msg("no scenario %s", name);
    return NULL;
}

static void lay_out_one(host *h, cdp_fs_root root, const char *thing)
{
    char path[256];
    size_t length = strcspn(thing, "=#");
    const char *arrow = strstr(thing, "->");
    uint32_t mode = 0644;
    cdp_status status;

    if (arrow && (size_t)(arrow - thing) < length)
        length = (size_t)(arrow - thing);
    assert_true(length < sizeof path);
    memcpy(path, thing, length);
    path[length] = '\0';
    thing += length;
    if (*thing == '#') {
        char *end;

        mode = (uint32_t)strtoul(thing + 1, &end, 8);
        thing = end;
    }
    if (length > 1 && path[length - 1] == '/') {
        path[length - 1] = '\0';
        status = cdp_sim_fs_put_directory(h->sim, root, cdp_string_of(path), 0755);
    } else if (strncmp(thing, "->", 2) == 0) {
        status =
            cdp_sim_fs_put_symlink(h->sim, root, cdp_string_of(path), cdp_string_of(thing + 2));
    } else {
        status = cdp_sim_fs_put_file(h->sim, root, cdp_string_of(path), mode,
                                     cdp_string_of(*thing ? thing + 1 : ""));
    }
    assert_int_equal(status, CDP_OK);
}

void host_lay_out(host *h, cdp_fs_root root, const char *const *things)
{
    for (; things && *things; things++)
        lay_out_one(h, root, *things);
}

static cdp_install_record *read_record(host *h)
{
    cdp_install_record *record = NULL;
    cdp_text *text;

    assert_int_equal(cdp_text_new(NULL, &text), CDP_OK);
    if (h->fs.read_file(CDP_FS_STATE, CDP_STR("/" SCENARIO_GROUP "-cleanup"), 1000000, text,
                        h->fs.user) == CDP_OK)
        assert_int_equal(cdp_install_record_parse(cdp_text_string(text).data,
                                                  cdp_text_string(text).length, NULL, NULL,
                                                  &record),
                         CDP_OK);
    cdp_text_free(text);
    return record;
}

cdp_install_plan *host_plan(host *h, const char *text, cdp_install_mode mode)
{
    cdp_install_options options = {.size = sizeof options, .fs = &h->fs, .mode = mode};
    cdp_install_record *record = read_record(h);
    cdp_install_plan *plan = NULL;
    cdp_appspec *appspec;

    assert_int_equal(cdp_appspec_parse(text, strlen(text), NULL, NULL, &appspec), CDP_OK);
    options.appspec = appspec;
    options.previous = record;
    options.measure = 1;
    assert_int_equal(cdp_install_plan_new(&options, NULL, &plan), CDP_OK);
    cdp_appspec_free(appspec);
    cdp_install_record_free(record);
    return plan;
}

cdp_status host_new_install(host *h, cdp_install_durability durability, cdp_install **install)
{
    const cdp_install_apply_options options = {.size = sizeof options,
                                               .plan = h->plan,
                                               .fs = &h->fs,
                                               .group = CDP_STR(SCENARIO_GROUP),
                                               .id = CDP_STR("d-NEW"),
                                               .durability = durability};

    return cdp_install_new(&options, install);
}

static void install_old(host *h, const scenario *s)
{
    cdp_install *install;

    host_lay_out(h, CDP_FS_REVISION, s->old_revision);
    h->plan = host_plan(h, s->old_appspec, CDP_INSTALL_TRANSACTIONAL);
    assert_int_equal(host_new_install(h, CDP_INSTALL_DURABLE, &install), CDP_OK);
    assert_int_equal(cdp_install_apply(install, NULL), CDP_OK);
    assert_int_equal(cdp_install_keep(install, NULL), CDP_OK);
    cdp_install_free(install);
    cdp_install_plan_free(h->plan);
    h->plan = NULL;
}

/* The new revision takes the old one's place, as a new archive folder would. */
static void clear_revision(host *h)
{
    static const char *const tops[] = {"/app", "/tool"};

    for (size_t i = 0; i < 2; i++) {
        char aside[32];

        snprintf(aside, sizeof aside, "/.old%zu", i);
        h->fs.rename(CDP_FS_REVISION, cdp_string_of(tops[i]), cdp_string_of(aside), 0, h->fs.user);
    }
}

static cdp_status copy_some(cdp_fs_copy *copies, size_t count, size_t *done, void *sim)
{
    cdp_fs fs = {.size = sizeof fs};
    cdp_status status = CDP_OK;

    assert_int_equal(cdp_sim_fs_callbacks(sim, &fs), CDP_OK);
    assert_true(count >= 2);
    for (*done = 0; *done < count && *done < 3; ++*done) {
        cdp_fs_copy *c = &copies[*done];
        cdp_fs_info info = {.size = sizeof info};

        assert_int_equal(c->size, sizeof *c);
        assert_int_equal(c->to.data[c->to.length], '\0');
        if (c->from.data[c->from.length - 1] == 'o')
            break;
        status = fs.copy_file(c->from_root, c->from, c->to_root, c->to, c->keep, NULL, sim);
        if (status != CDP_OK)
            break;
        if (fs.info(c->from_root, c->from, 0, &info, sim) == CDP_OK)
            c->bytes = info.bytes;
    }
    return status;
}

/* Of the host that was booted last: inodes of directories that were there then. */
static uint64_t lower[64];
static size_t lower_count;

static void note_lower(host *h, const char *path)
{
    cdp_fs_listing *listing;
    cdp_fs_info info = {.size = sizeof info};
    cdp_string name;
    cdp_fs_kind kind;

    assert_int_equal(h->fs.info(CDP_FS_DESTINATION, cdp_string_of(path), 0, &info, h->fs.user),
                     CDP_OK);
    assert_true(lower_count < 64);
    lower[lower_count++] = info.inode;
    assert_int_equal(cdp_fs_listing_new(NULL, &listing), CDP_OK);
    assert_int_equal(h->fs.list(CDP_FS_DESTINATION, cdp_string_of(path), 0, listing, h->fs.user),
                     CDP_OK);
    for (size_t i = 0; cdp_fs_listing_at(listing, i, &name, &kind, NULL) == CDP_OK; i++) {
        char below[256];

        snprintf(below, sizeof below, "%s/%.*s", path[1] ? path : "", (int)name.length, name.data);
        if (kind == CDP_FS_DIRECTORY)
            note_lower(h, below);
    }
    cdp_fs_listing_free(listing);
}

static cdp_status rename_upper(cdp_fs_root root, cdp_string from, cdp_string to, int replace,
                               void *sim)
{
    cdp_fs fs = {.size = sizeof fs};
    cdp_fs_info info = {.size = sizeof info};

    assert_int_equal(cdp_sim_fs_callbacks(sim, &fs), CDP_OK);
    if (root == CDP_FS_DESTINATION && fs.info(root, from, 0, &info, sim) == CDP_OK) {
        for (size_t i = 0; i < lower_count && info.kind == CDP_FS_DIRECTORY; i++) {
            if (lower[i] == info.inode)
                return CDP_ERR_UNSUPPORTED;
        }
    }
    return fs.rename(root, from, to, replace, sim);
}

void host_boot(host *h, const scenario *s, uint32_t lacks)
{
    *h = (host){.fs = {.size = sizeof h->fs}};
    assert_int_equal(cdp_sim_fs_new(NULL, &h->sim), CDP_OK);
    assert_int_equal(cdp_sim_fs_callbacks(h->sim, &h->fs), CDP_OK);
    cdp_sim_fs_set_lacks(h->sim, lacks & ~(HOST_BATCHES | HOST_OVERLAYS));
    if (lacks & HOST_BATCHES)
        h->fs.copy_files = copy_some;
    host_lay_out(h, CDP_FS_DESTINATION, s->before);
    if (s->old_appspec)
        install_old(h, s);
    host_lay_out(h, CDP_FS_DESTINATION, s->between);
    lower_count = 0;
    if (lacks & HOST_OVERLAYS) {
        note_lower(h, "/");
        h->fs.rename = rename_upper;
    }
    clear_revision(h);
    host_lay_out(h, CDP_FS_REVISION, s->new_revision);
    h->plan = host_plan(h, s->new_appspec, CDP_INSTALL_TRANSACTIONAL);
    assert_int_equal(cdp_install_plan_conflict_count(h->plan), 0);
}

void host_free(host *h)
{
    cdp_install_plan_free(h->plan);
    cdp_sim_fs_free(h->sim);
}

char *host_picture(const host *h)
{
    cdp_text *text;
    char *copy;

    assert_int_equal(cdp_text_new(NULL, &text), CDP_OK);
    assert_int_equal(cdp_sim_fs_describe(h->sim, CDP_FS_DESTINATION, text), CDP_OK);
    assert_int_equal(cdp_text_append(text, "--\n", 3), CDP_OK);
    assert_int_equal(cdp_sim_fs_describe(h->sim, CDP_FS_STATE, text), CDP_OK);
    copy = malloc(cdp_text_string(text).length + 1);
    assert_non_null(copy);
    memcpy(copy, cdp_text_string(text).data, cdp_text_string(text).length + 1);
    cdp_text_free(text);
    return copy;
}

void host_assert_tidy(const host *h)
{
    char *picture = host_picture(h);

    assert_null(strstr(picture, ".codedeploy-"));
    assert_null(strstr(picture, "-journal"));
    assert_null(strstr(picture, ".new"));
    assert_null(strstr(picture, ".old"));
    free(picture);
}
