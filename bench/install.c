/* SPDX-License-Identifier: MIT */
/*
 * Installing, all or nothing, against cp(1) that copies the same tree; and a whole deployment
 * against an agent written in Go. The arguments are the command and, for the full sizes, `full`: on
 * disk they take minutes. BENCH_GO_AGENT in the environment is that agent's `codedeploy-local`, to
 * run along; without it a recorded time stands in.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bundle.h"
#include "race.h"
#include "scratch.h"

static const char *command;
static bool is_full;

typedef struct contest {
    bundle bundle;
    char copy[SCRATCH_PATH];
    bool is_durable;
} contest;

/* What was copied is removed, and the removal is over, before the next one begins. */
static bool clear(const char *path)
{
    const char *const sync[] = {"sync", "-f", path, NULL};

    return scratch_remove(path) && scratch_make_directory(path) && race_program(sync, NULL);
}

static bool clear_both(void *context)
{
    contest *self = context;

    return clear(self->bundle.destination) && clear(self->copy) && clear(self->bundle.state);
}

static bool run_cp(void *context)
{
    contest *self = context;
    char into[SCRATCH_PATH + 8];
    const char *const cp[] = {"cp", "-a", self->bundle.revision, into, NULL};
    const char *const sync[] = {"sync", "-f", into, NULL};

    snprintf(into, sizeof into, "%s/app", self->copy);
    return race_program(cp, NULL) && (!self->is_durable || race_program(sync, NULL));
}

static bool run_install(void *context)
{
    contest *self = context;

    return bundle_install(&self->bundle);
}

/* `/app` gets what `revision` holds. */
static bool race_cp(const scratch *place, const char *what, const char *revision, double wanted)
{
    char destination[SCRATCH_PATH], state[SCRATCH_PATH];
    cdp_appspec *appspec = bundle_appspec("/", "/app", 0);
    contest self = {.bundle = {appspec, revision, destination, state, CDP_INSTALL_VOLATILE}};
    bool met = true;

    scratch_join(place, "destination", destination);
    scratch_join(place, "state", state);
    scratch_join(place, "copy", self.copy);
    for (int durable = 0; durable < 2 && appspec; durable++) {
        race_contender reference = {.name = durable ? "cp -a and sync -f" : "cp -a",
                                    .run = run_cp,
                                    .before = clear_both,
                                    .context = &self};
        race_contender ours = {.name = durable ? "durable install" : "install",
                               .run = run_install,
                               .before = clear_both,
                               .context = &self};
        char name[160];

        self.is_durable = durable;
        self.bundle.durability = durable ? CDP_INSTALL_DURABLE : CDP_INSTALL_VOLATILE;
        snprintf(name, sizeof name, "%s of %s, %s", ours.name, what, place->kind);
        met = race(name, &ours, &reference, wanted) && met;
    }
    cdp_appspec_free(appspec);
    return scratch_remove(destination) && scratch_remove(state) && scratch_remove(self.copy) &&
           appspec && met;
}

static bool race_small_files(const scratch *place)
{
    unsigned count = is_full || strcmp(place->kind, "tmpfs") == 0 ? 20000 : 4000;
    char revision[SCRATCH_PATH], what[64];

    scratch_join(place, "revision", revision);
    snprintf(what, sizeof what, "%u small files", count);
    return scratch_make_tree(revision, count, 512) && race_cp(place, what, revision, 1.5);
}

static bool race_large_file(const scratch *place)
{
    unsigned mib = is_full ? 2048 : 512;
    const uint64_t bytes = (uint64_t)mib << 20;
    char revision[SCRATCH_PATH], file[SCRATCH_PATH + 8], what[64];

    if (!scratch_has_room(place, 3 * bytes + (64 << 20))) {
        printf("passed over: one file of %u MiB, %s has not enough room\n", mib, place->kind);
        return true;
    }
    scratch_join(place, "large", revision);
    snprintf(file, sizeof file, "%s/file", revision);
    snprintf(what, sizeof what, "one file of %u MiB", mib);
    return scratch_make_directory(revision) && scratch_make_large_file(file, bytes) &&
           race_cp(place, what, revision, 1.1) && scratch_remove(revision);
}

/* ---- a whole deployment ---- */

typedef struct deployment {
    char bundle[SCRATCH_PATH];
    char root[SCRATCH_PATH];
    char copy[SCRATCH_PATH];
    /* The other agent's: a program, its configuration, and where it deploys to. */
    const char *agent;
    char configuration[SCRATCH_PATH];
    char agent_root[SCRATCH_PATH];
} deployment;

static bool clear_deployed(void *context)
{
    deployment *self = context;

    return clear(self->root) && clear(self->copy) && clear(self->agent_root);
}

static bool run_deployment(void *context)
{
    deployment *self = context;
    const char *const arguments[] = {
        command, "local", "--bundle-location", self->bundle, "--root", self->root, NULL};

    return race_program(arguments, NULL);
}

static bool run_copy(void *context)
{
    deployment *self = context;
    char into[SCRATCH_PATH + 8];
    const char *const arguments[] = {"cp", "-a", self->bundle, into, NULL};

    snprintf(into, sizeof into, "%s/app", self->copy);
    return race_program(arguments, NULL);
}

static bool run_agent(void *context)
{
    deployment *self = context;
    /* It tells its errors and its news alike. */
    const char *const arguments[] = {
        "sh",        "-c",         "exec \"$0\" -l \"$1\" -c \"$2\" -A agent.yml 2>&1",
        self->agent, self->bundle, self->configuration,
        NULL};

    return race_program(arguments, NULL);
}

/* It has no `--root`: its AppSpec, a second one, says the whole path. */
static bool make_bundle(deployment *self)
{
    char path[SCRATCH_PATH + 16], destination[SCRATCH_PATH + 8], text[SCRATCH_PATH + 64];

    snprintf(path, sizeof path, "%s/appspec.yml", self->bundle);
    if (!scratch_make_tree(self->bundle, 20000, 512) || !bundle_write_appspec(path, "/", "/app", 5))
        return false;
    snprintf(path, sizeof path, "%s/agent.yml", self->bundle);
    snprintf(destination, sizeof destination, "%s/app", self->agent_root);
    if (!bundle_write_appspec(path, "/", destination, 5))
        return false;
    snprintf(text, sizeof text, "---\n:root_dir: %s/root\n", self->agent_root);
    return scratch_make_file(self->configuration, text, strlen(text));
}

static bool race_agent(const scratch *place)
{
    deployment self = {.agent = getenv("BENCH_GO_AGENT")};
    race_contender ours = {.name = "codedeploy local",
                           .run = run_deployment,
                           .before = clear_deployed,
                           .context = &self};
    race_contender copy = {
        .name = "cp -a", .run = run_copy, .before = clear_deployed, .context = &self};
    race_contender agent = {
        .name = "an agent in Go", .run = run_agent, .before = clear_deployed, .context = &self};
    char name[128];
    bool met;

    scratch_join(place, "bundle", self.bundle);
    scratch_join(place, "root", self.root);
    scratch_join(place, "copy", self.copy);
    scratch_join(place, "agent", self.agent_root);
    scratch_join(place, "agent-configuration.yml", self.configuration);
    snprintf(name, sizeof name, "whole deployment of 20000 files, %s", place->kind);
    if (!make_bundle(&self))
        return false;
    if (self.agent)
        met = race(name, &ours, &agent, 0.25);
    else
        /* Recorded elsewhere: 1.2 s, where cp -a of the same tree took 0.47 s. */
        met = race(name, &ours, &copy, 1.2 / 0.47 / 4);
    return clear_deployed(&self) && scratch_remove(self.bundle) && met;
}

static bool race_all(const scratch *place)
{
    bool met = race_small_files(place);

    /* On disk it is the disk that is recorded. */
    if (strcmp(place->kind, "tmpfs") == 0)
        met = race_agent(place) && met;
    return race_large_file(place) && met;
}

int main(int argc, char **argv)
{
    is_full = argc == 3 && strcmp(argv[2], "full") == 0;
    if (argc != 2 && !is_full) {
        fprintf(stderr, "usage: %s PATH-OF-CODEDEPLOY [full]\n", argv[0]);
        return 2;
    }
    command = argv[1];
    return scratch_run(race_all, UINT64_C(1) << 30) ? 0 : 1;
}
