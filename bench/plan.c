/* SPDX-License-Identifier: MIT */
/*
 * Planning an install: against find(1), which does no more than list the same bundle; against the
 * recorded times of the official agent 1.x; and how it grows. The argument is the command.
 */
#include <codedeploy-sim/filesystem.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "bundle.h"
#include "race.h"
#include "scratch.h"

static const char *command;

/* ---- against find ---- */

typedef struct program {
    const char *const *arguments;
    long peak_kib;
} program;

static bool run_program(void *context)
{
    program *self = context;

    return race_program(self->arguments, &self->peak_kib);
}

static bool race_find(const scratch *place)
{
    enum { FILES = 100000 };
    char folder[SCRATCH_PATH], tree[SCRATCH_PATH + 8], appspec[SCRATCH_PATH + 16];
    char root[SCRATCH_PATH];
    const char *const find_arguments[] = {"find", folder, NULL};
    const char *const plan_arguments[] = {command, "plan",     "--bundle", folder, "--root",
                                          root,    "--format", "json",     NULL};
    program find = {find_arguments, 0};
    program plan = {plan_arguments, 0};
    race_contender reference = {.name = "find", .run = run_program, .context = &find};
    race_contender ours = {.name = "codedeploy plan", .run = run_program, .context = &plan};
    char name[128];
    bool done;

    scratch_join(place, "bundle", folder);
    scratch_join(place, "root", root);
    snprintf(tree, sizeof tree, "%s/src", folder);
    snprintf(appspec, sizeof appspec, "%s/appspec.yml", folder);
    if (!scratch_make_directory(folder) || !scratch_make_directory(root) ||
        !scratch_make_tree(tree, FILES, 0) || !bundle_write_appspec(appspec, "src", "/opt/app", 5))
        return false;
    snprintf(name, sizeof name, "plan of %d files, 5 permissions, %s", FILES, place->kind);
    done = race(name, &ours, &reference, 2);
    return race_wants(plan.peak_kib * 1024 <= 200L * FILES,
                      "memory of the whole process: %.0f bytes a file; wanted at most 200",
                      (double)plan.peak_kib * 1024 / FILES) &&
           done;
}

/* ---- against the official agent ---- */

typedef struct planning {
    bundle bundle;
    size_t instructions;
} planning;

static bool run_planning(void *context)
{
    planning *self = context;

    return bundle_only_plan(&self->bundle, &self->instructions);
}

static bool race_agent(const scratch *place)
{
    static const struct {
        unsigned permissions;
        double agent;
        double wanted;
    } cases[] = {{5, 0.68, 20}, {200, 18.7, 500}};
    char revision[SCRATCH_PATH], destination[SCRATCH_PATH];
    bool done = true;

    scratch_join(place, "revision", revision);
    scratch_join(place, "destination", destination);
    if (!scratch_make_tree(revision, 20000, 512) || !scratch_make_directory(destination))
        return false;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cdp_appspec *appspec = bundle_appspec("/", "/app", cases[i].permissions);
        planning self = {
            .bundle = {appspec, revision, destination, destination, CDP_INSTALL_VOLATILE}};
        race_contender ours = {.name = "planning", .run = run_planning, .context = &self};
        char name[128];

        snprintf(name, sizeof name, "plan of 20000 files, %u permissions, %s", cases[i].permissions,
                 place->kind);
        done = appspec &&
               race_recorded(name, &ours, "the agent 1.x", cases[i].agent, cases[i].wanted) && done;
        cdp_appspec_free(appspec);
    }
    return done;
}

/* ---- growth ---- */

static cdp_sim_fs *make_simulated(unsigned files)
{
    cdp_sim_fs *sim = NULL;
    cdp_status status = cdp_sim_fs_new(NULL, &sim);

    for (unsigned i = 0; i < files && status == CDP_OK; i++) {
        char path[64];
        int length = snprintf(path, sizeof path, "/mod%03u/pkg%04u/file-%04u.txt", i / 2000,
                              i / 100, i % 100);

        status = cdp_sim_fs_put_file(sim, CDP_FS_REVISION, (cdp_string){path, (size_t)length}, 0644,
                                     (cdp_string){"", 0});
    }
    if (status != CDP_OK) {
        cdp_sim_fs_free(sim);
        sim = NULL;
    }
    return sim;
}

typedef struct simulated {
    bundle bundle;
    cdp_fs fs;
    double memory;
} simulated;

static uint64_t plan_simulated(void *context, uint64_t count)
{
    simulated *self = context;
    cdp_install_totals totals = {.size = sizeof totals};
    cdp_install_plan *plan = bundle_plan(&self->bundle, &self->fs, NULL);

    if (!plan || cdp_install_plan_totals(plan, &totals) != CDP_OK || totals.files != count)
        exit(1);
    self->memory = (double)totals.memory / (double)count;
    cdp_install_plan_free(plan);
    return totals.files;
}

static bool grow(void)
{
    static const unsigned counts[] = {1000, 10000, 100000, 1000000};
    double first = 0;
    bool met = true;

    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        cdp_sim_fs *sim = make_simulated(counts[i]);
        cdp_appspec *appspec = bundle_appspec("/", "/app", 5);
        simulated self = {.bundle = {.appspec = appspec, .revision = "/bundle"},
                          .fs = {.size = sizeof self.fs}};
        double each;

        if (!sim || !appspec || cdp_sim_fs_callbacks(sim, &self.fs) != CDP_OK)
            return false;
        each = bench_measure(plan_simulated, &self, counts[i]);
        printf("  %7u simulated files, 5 permissions %9.1f ns and %.0f bytes a file\n", counts[i],
               each, self.memory);
        if (i == 0)
            first = each;
        else
            met = race_wants(each <= 3 * first && self.memory < 200,
                             "growth to %u files: %.2f x as long for a file as with %u; wanted at "
                             "most 3 x, what larger tables cost in the processor's caches",
                             counts[i], each / first, counts[0]) &&
                  met;
        cdp_appspec_free(appspec);
        cdp_sim_fs_free(sim);
    }
    return met;
}

static bool race_all(const scratch *place)
{
    bool met = race_find(place);

    return race_agent(place) && met;
}

int main(int argc, char **argv)
{
    bool met;

    if (argc != 2) {
        fprintf(stderr, "usage: %s PATH-OF-CODEDEPLOY\n", argv[0]);
        return 2;
    }
    command = argv[1];
    /* The growing comes last: a program's peak of memory counts that of who started it, too. */
    met = scratch_run(race_all, UINT64_C(1) << 30);
    return grow() && met ? 0 : 1;
}
