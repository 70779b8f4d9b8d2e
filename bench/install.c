/* SPDX-License-Identifier: MIT */
/*
 * Installing, all or nothing, against cp(1) that copies the same tree; and a whole deployment
 * against the recorded time of an agent written in Go. The arguments are the command and, for the
 * full sizes, `full`: on disk they take minutes.
 */
#include <stdio.h>
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
    /* In memory nothing is waited for. */
    race_clock clock = strcmp(place->kind, "tmpfs") == 0 ? RACE_PROCESSOR : RACE_WALL;
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
        met = race(name, clock, &ours, &reference, wanted, 8) && met;
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
} deployment;

static bool clear_root(void *context)
{
    deployment *self = context;

    return clear(self->root);
}

static bool run_deployment(void *context)
{
    deployment *self = context;
    const char *const arguments[] = {
        command, "local", "--bundle-location", self->bundle, "--root", self->root, NULL};

    return race_program(arguments, NULL);
}

static bool race_agent(const scratch *place)
{
    deployment self;
    race_contender ours = {
        .name = "codedeploy local", .run = run_deployment, .before = clear_root, .context = &self};
    char path[SCRATCH_PATH + 16];

    /* On disk the recorded times are of the disk. */
    if (strcmp(place->kind, "tmpfs") != 0)
        return true;
    scratch_join(place, "bundle", self.bundle);
    scratch_join(place, "root", self.root);
    snprintf(path, sizeof path, "%s/appspec.yml", self.bundle);
    if (!scratch_make_tree(self.bundle, 20000, 512) || !bundle_write_appspec(path, "/", "/app", 5))
        return false;
    return race_recorded("whole deployment of 20000 files, tmpfs", RACE_WALL, &ours,
                         "an agent in Go", 1.2, 4, 8);
}

static bool race_all(const scratch *place)
{
    bool met = race_small_files(place);

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
