/* SPDX-License-Identifier: MIT */
/*
 * The way back of a blue/green deployment on Server: traffic goes to the originals again, all of them
 * at once, and only then is taken from the replacements, so that there is never a moment without
 * targets. An original that cannot be registered fails it before any replacement is touched.
 */
#include "deployment/acts.h"

enum { WAVE_ORIGINALS = 1, WAVE_REPLACEMENTS = 2 };

static void begin_wave(cdp_deployment *deployment, int wave)
{
    deployment->wave = wave;
    deployment->wave_open = 0;
    for (uint32_t i = 0; i < deployment->member_count; i++)
        deployment->wave_open += cdp_is_original(deployment, i) == (wave == WAVE_ORIGINALS);
    /* One that ends at once must not end the wave before the others have begun. */
    deployment->wave_open++;
    for (uint32_t i = 0; i < deployment->member_count; i++) {
        if (cdp_is_original(deployment, i) == (wave == WAVE_ORIGINALS) &&
            deployment->stage == CDP_STAGE_RUN)
            cdp_target_start(deployment, i);
    }
    deployment->wave_open--;
}

static void end(cdp_deployment *deployment)
{
    if (deployment->wave_failed)
        cdp_end(deployment, CDP_DEPLOYMENT_STATUS_FAILED, CDP_ERROR_CODE_ELB_INVALID_INSTANCE,
                deployment->wave == WAVE_ORIGINALS
                    ? CDP_STR("an original instance could not be registered again; no replacement "
                              "was deregistered")
                    : CDP_STR("a replacement instance could not be deregistered"));
    else
        cdp_end(deployment, CDP_DEPLOYMENT_STATUS_SUCCEEDED, CDP_ERROR_CODE_NONE,
                (cdp_string){NULL, 0});
}

/* Without recursion: a wave whose targets all end at once is followed by the next one here. */
static void go_on(cdp_deployment *deployment)
{
    while (deployment->stage == CDP_STAGE_RUN && deployment->wave_open == 0) {
        if (deployment->wave_failed || deployment->wave == WAVE_REPLACEMENTS) {
            end(deployment);
            return;
        }
        begin_wave(deployment, deployment->wave + 1);
    }
}

void cdp_reroute_begin(cdp_deployment *deployment)
{
    deployment->wave = 0;
    go_on(deployment);
}

void cdp_reroute_result(cdp_deployment *deployment, uint32_t target, bool succeeded)
{
    (void)target;
    deployment->wave_failed = deployment->wave_failed || !succeeded;
    deployment->wave_open--;
    go_on(deployment);
}
