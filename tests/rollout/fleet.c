/* SPDX-License-Identifier: MIT */
#include "fleet.h"

#include <stdio.h>
#include <stdlib.h>

static cdp_rollout_instance instance_of(const fleet *f, uint32_t i, char id[16])
{
    cdp_rollout_instance instance = {.size = sizeof instance,
                                     .instance_health = CDP_INSTANCE_HEALTHY,
                                     .revision_health = CDP_REVISION_HEALTH_OLD};
    int length = snprintf(id, 16, "%c-%03u", i < f->instances ? 'i' : 'o', (unsigned)i);

    instance.id = (cdp_string){id, (size_t)length};
    if (i < 64 && (f->unhealthy >> i & 1)) {
        instance.instance_health = CDP_INSTANCE_UNHEALTHY;
        instance.revision_health = CDP_REVISION_HEALTH_UNKNOWN;
    }
    if (f->zoned)
        instance.zone = (cdp_string){i < 64 && (f->second_zone >> i & 1) ? "b" : "a", 1};
    instance.original = i >= f->instances;
    return instance;
}

cdp_rollout *fleet_rollout(const fleet *f, const cdp_rollout_options *options)
{
    cdp_rollout *rollout = NULL;
    char id[16];

    assert_int_equal(cdp_rollout_new(options, NULL, NULL, &rollout), CDP_OK);
    for (uint32_t i = 0; i < f->instances + f->originals; i++) {
        cdp_rollout_instance instance = instance_of(f, i, id);

        assert_int_equal(cdp_rollout_add(rollout, &instance, 1, NULL), CDP_OK);
    }
    return rollout;
}

cdp_rollout *fleet_start(const fleet *f, const cdp_rollout_options *options)
{
    cdp_rollout *rollout = fleet_rollout(f, options);

    assert_int_equal(cdp_rollout_start(rollout, 0, NULL), CDP_OK);
    return rollout;
}

bool next_decision(cdp_rollout *rollout, cdp_rollout_decision *decision)
{
    size_t count;

    decision->size = sizeof *decision;
    assert_int_equal(cdp_rollout_decide(rollout, decision, 1, &count), CDP_OK);
    return count == 1;
}

size_t take_decisions(cdp_rollout *rollout, uint32_t *started)
{
    cdp_rollout_decision decision;
    size_t count = 0;

    while (next_decision(rollout, &decision)) {
        if (decision.kind == CDP_ROLLOUT_DECISION_START) {
            if (started)
                started[count] = decision.instance;
            count++;
        }
    }
    return count;
}

cdp_rollout_numbers numbers_of(const cdp_rollout *rollout)
{
    cdp_rollout_numbers numbers = {.size = sizeof numbers};

    assert_int_equal(cdp_rollout_numbers_get(rollout, &numbers), CDP_OK);
    return numbers;
}

cdp_rollout_view view_of(const cdp_rollout *rollout, uint32_t instance)
{
    cdp_rollout_view view = {.size = sizeof view};

    assert_int_equal(cdp_rollout_at(rollout, instance, &view), CDP_OK);
    return view;
}

cdp_rollout_state state_of(const cdp_rollout *rollout, uint32_t instance)
{
    return view_of(rollout, instance).state;
}

cdp_text *snapshot_of(const cdp_rollout *rollout)
{
    cdp_text *text = NULL;

    assert_int_equal(cdp_text_new(NULL, &text), CDP_OK);
    assert_int_equal(cdp_rollout_snapshot(rollout, text), CDP_OK);
    return text;
}

cdp_rollout *restored(const cdp_rollout *rollout)
{
    cdp_text *text = snapshot_of(rollout);
    cdp_string string = cdp_text_string(text);
    cdp_rollout *copy = NULL;

    assert_int_equal(cdp_rollout_restore(string.data, string.length, NULL, NULL, &copy), CDP_OK);
    cdp_text_free(text);
    return copy;
}

const char *sentence_of(const cdp_rollout_decision *decision)
{
    static char sentence[512];
    cdp_text *text = NULL;

    assert_int_equal(cdp_text_new(NULL, &text), CDP_OK);
    assert_int_equal(cdp_rollout_render(decision, text), CDP_OK);
    snprintf(sentence, sizeof sentence, "%s", cdp_text_string(text).data);
    cdp_text_free(text);
    return sentence;
}
