/* SPDX-License-Identifier: MIT */
/*
 * Roll-outs. The first byte chooses what the others are:
 *
 *   0  a snapshot as it is     1  a snapshot that gets the right check: what is taken goes on
 *   2… options, instances, then inputs in any order. One roll-out is written out and read back
 *      wherever the bytes say so, another one is not; they never differ.
 *
 * The second byte lets a request for memory fail; 0 and '0' none.
 */
#include "fuzzing.h"

#include <codedeploy/rollout.h>

enum { MOST = 48, JOINED = 16, PATIENCE = 20000, RESTORED = 12 };

static uint64_t take_number(reader *bytes, unsigned count)
{
    uint64_t number = 0;

    while (count-- > 0)
        number = number << 8 | take(bytes);
    return number;
}

/* Small numbers mostly, and now and then one from the edge. */
static int64_t take_amount(reader *bytes)
{
    static const int64_t edges[] = {-1, 99, 100, 101, INT32_MAX, UINT32_MAX, INT64_MAX, INT64_MIN};
    uint8_t byte = take(bytes);

    return byte < 240 ? byte % 64 : edges[byte & 7];
}

/* ---- going on ---- */

/* One decision more; false when there is none. */
static int decide(cdp_rollout *rollout, cdp_rollout_decision *decision)
{
    size_t count;

    *decision = (cdp_rollout_decision){.size = sizeof *decision};
    must(cdp_rollout_decide(rollout, decision, 1, &count) == CDP_OK);
    return count == 1;
}

static void explain_all(const cdp_rollout *rollout)
{
    cdp_rollout_numbers numbers = {.size = sizeof numbers};
    cdp_rollout_decision decision = {.size = sizeof decision};
    cdp_text *text = new_text();

    for (uint32_t i = 0; i < cdp_rollout_count(rollout); i++) {
        cdp_rollout_view view = {.size = sizeof view};

        must(cdp_rollout_at(rollout, i, &view) == CDP_OK);
        if (cdp_rollout_explain(rollout, i, &decision) == CDP_OK)
            must(cdp_rollout_render(&decision, text) == CDP_OK);
    }
    if (cdp_rollout_held(rollout, &decision) == CDP_OK)
        must(cdp_rollout_render(&decision, text) == CDP_OK);
    for (size_t i = 0; i < cdp_rollout_zone_count(rollout); i++)
        must(cdp_rollout_zone_at(rollout, i, &numbers) == CDP_OK);
    cdp_text_free(text);
}

/* Answers everything until it is settled, or until nothing moves it any more. */
static int finish(cdp_rollout *rollout)
{
    cdp_rollout_decision decision;

    for (int i = 0; i < PATIENCE; i++) {
        int64_t deadline;

        while (decide(rollout, &decision))
            must(++i < PATIENCE);
        if (cdp_rollout_is_settled(rollout))
            return 1;
        deadline = cdp_rollout_next_deadline(rollout);
        for (uint32_t k = 0; k < cdp_rollout_count(rollout); k++) {
            cdp_rollout_view view = {.size = sizeof view};

            must(cdp_rollout_at(rollout, k, &view) == CDP_OK);
            if (view.state == CDP_ROLLOUT_STATE_IN_FLIGHT) {
                must(cdp_rollout_result(rollout, k, 0, 1, INT64_MAX, NULL) == CDP_OK);
                deadline = 0;
            }
        }
        if (deadline != 0 && cdp_rollout_step(rollout, INT64_MAX, NULL) != CDP_OK)
            return 0;
        if (cdp_rollout_current_phase(rollout) == CDP_ROLLOUT_PHASE_READY)
            must(cdp_rollout_continue(rollout, INT64_MAX, NULL) == CDP_OK);
        else if (deadline == INT64_MAX)
            return 0;
    }
    return 0;
}

/* ---- snapshots ---- */

/* What its snapshot makes; the same one when there is no memory. */
static void replace(cdp_rollout **rollout)
{
    cdp_rollout *restored = NULL;
    cdp_text *first = new_text();
    cdp_text *second = new_text();
    cdp_status status;

    must(cdp_rollout_snapshot(*rollout, first) == CDP_OK);
    status = cdp_rollout_restore(cdp_text_string(first).data, cdp_text_string(first).length,
                                 &allocator, NULL, &restored);
    must(status == CDP_OK || status == CDP_ERR_NOMEM);
    if (status == CDP_OK) {
        must(cdp_rollout_snapshot(restored, second) == CDP_OK);
        must_be_same(first, second);
        cdp_rollout_free(*rollout);
        *rollout = restored;
    }
    cdp_text_free(second);
    cdp_text_free(first);
}

/* The check of what stands in front of it (FNV-1a), put where the snapshot has its own. */
static char *with_check(const reader *bytes)
{
    static const char key[] = ",\"check\":\"";
    char *text = malloc(bytes->size + 1);
    char *place = NULL;
    uint64_t hash = 14695981039346656037u;

    must(text != NULL);
    if (bytes->size > 0)
        memcpy(text, bytes->data, bytes->size);
    text[bytes->size] = '\0';
    for (char *at = text; (at = strstr(at, key)); at++)
        place = at;
    if (!place || strlen(place) < sizeof key - 1 + 16)
        return text;
    for (const char *at = text; at < place; at++)
        hash = (hash ^ (unsigned char)*at) * 1099511628211u;
    for (unsigned i = 0; i < 16; i++)
        place[sizeof key - 1 + i] = "0123456789abcdef"[hash >> (60 - 4 * i) & 15];
    return text;
}

static void read_snapshot(const reader *bytes, int mend)
{
    char *mended = mend ? with_check(bytes) : NULL;
    const char *text = mend ? mended : (const char *)bytes->data;
    cdp_diagnostics *diagnostics = new_diagnostics();
    cdp_rollout *rollout = NULL;
    cdp_status status = CDP_ERR_NOMEM;

    if (diagnostics && text)
        status = cdp_rollout_restore(text, bytes->size, &allocator, diagnostics, &rollout);
    must((status == CDP_OK) == (rollout != NULL));
    must(status == CDP_OK || status == CDP_ERR_CORRUPT || status == CDP_ERR_NOMEM);
    if (diagnostics)
        must_be_explained(status, diagnostics);
    if (rollout) {
        requests_left = 0;
        explain_all(rollout);
        replace(&rollout);
        (void)finish(rollout);
        explain_all(rollout);
    }
    cdp_rollout_free(rollout);
    cdp_diagnostics_free(diagnostics);
    free(mended);
}

/* ---- inputs ---- */

static cdp_rollout_options take_options(reader *bytes)
{
    cdp_rollout_options options = {.size = sizeof options};
    unsigned flags = (unsigned)take_number(bytes, 2);

    options.kind = (cdp_rollout_kind)(take(bytes) % 16);
    if (options.kind > CDP_ROLLOUT_TERMINATION + 1)
        options.kind = options.kind & 1 ? CDP_ROLLOUT_BLUE_GREEN : CDP_ROLLOUT_IN_PLACE;
    options.minimum_type = (cdp_minimum_type)(take(bytes) % 5);
    options.minimum_value = take_amount(bytes);
    options.zone_minimum_type = (cdp_minimum_type)(take(bytes) % 5);
    options.zone_minimum_value = take_amount(bytes);
    options.allow_single = flags & 1;
    options.zonal = flags >> 1 & 1;
    options.outdated_only = flags >> 2 & 1;
    options.hold_before_reroute = flags >> 3 & 1;
    options.ignore_outdated = flags >> 4 & 1;
    options.live_membership = flags >> 5 & 1;
    options.no_forgiveness = flags >> 6 & 1;
    if (flags & 0x80)
        options.zone_wait_ms = take_amount(bytes);
    if (flags & 0x100)
        options.first_zone_wait_ms = take_amount(bytes);
    if (flags & 0x200) {
        options.failure_budget_type = (cdp_rollout_budget)(take(bytes) % 4);
        options.failure_budget = take_amount(bytes);
    }
    if (flags & 0x400)
        options.concurrency_limit = take_amount(bytes);
    if (flags & 0x800) {
        options.canary_size = take_amount(bytes);
        options.canary_wait_ms = take_amount(bytes);
    }
    return options;
}

static cdp_rollout_instance take_instance(reader *bytes, unsigned number, char id[8])
{
    static const char *const zones[] = {"a", "b", "c"};
    unsigned byte = take(bytes);
    cdp_rollout_instance instance = {.size = sizeof instance};

    /* Two may be the same. */
    id[0] = (char)('a' + (byte >= 254 ? 0 : number % 26));
    id[1] = (char)('a' + (byte >= 254 ? 0 : number / 26));
    instance.id = (cdp_string){id, 2};
    instance.instance_health = byte & 1 ? CDP_INSTANCE_HEALTHY : CDP_INSTANCE_UNHEALTHY;
    instance.revision_health = (cdp_revision_health)(byte >> 1 & 3);
    instance.original = (byte >> 3 & 7) == 7;
    if ((byte >> 6 & 3) != 3)
        instance.zone = (cdp_string){zones[byte >> 6 & 3], 1};
    return instance;
}

static void add_instances(cdp_rollout *rollout, reader *bytes)
{
    unsigned count = take(bytes) % MOST;

    for (unsigned i = 0; i < count; i++) {
        char id[8];
        cdp_rollout_instance instance = take_instance(bytes, i, id);

        (void)cdp_rollout_add(rollout, &instance, 1, NULL);
    }
}

/* One input, the same for both. */
static cdp_status put_in(cdp_rollout *rollout, unsigned kind, reader bytes, int64_t now)
{
    uint32_t instance = take(&bytes);
    uint32_t attempt = instance & 0x80 ? take(&bytes) : 0;
    char id[8];
    cdp_rollout_instance joins;

    instance &= 0x7f;
    switch (kind) {
    case 0:
        return cdp_rollout_step(rollout, now, NULL);
    case 1:
        return cdp_rollout_stop(rollout, (cdp_rollout_stop_cause)(instance & 3), now, NULL);
    case 2:
        return cdp_rollout_continue(rollout, now, NULL);
    case 3:
        if (cdp_rollout_count(rollout) >= MOST + JOINED)
            return CDP_ERR_STATE;
        joins = take_instance(&bytes, MOST + instance, id);
        return cdp_rollout_join(rollout, &joins, now, NULL, NULL);
    case 4:
        return cdp_rollout_leave(rollout, instance, now, NULL);
    case 5:
        return cdp_rollout_restart(rollout, instance, now, NULL);
    default:
        return cdp_rollout_result(rollout, instance, attempt, kind & 1, now, NULL);
    }
}

/* Takes out some decisions; both decide alike. */
static void decide_both(cdp_rollout *one, cdp_rollout *other, unsigned most)
{
    for (unsigned i = 0; i < most; i++) {
        cdp_rollout_decision a;
        cdp_rollout_decision b;
        int more = decide(one, &a);

        must(decide(other, &b) == more);
        if (!more)
            return;
        must(a.kind == b.kind && a.rule == b.rule && a.instance == b.instance &&
             a.attempt == b.attempt && a.verdict == b.verdict && a.healthy == b.healthy &&
             a.in_flight == b.in_flight && a.until_ms == b.until_ms && a.minimum == b.minimum);
        if (a.rule == CDP_ROLLOUT_RULE_START_HEALTHY)
            must(a.healthy >= a.minimum);
    }
}

static void must_be_alike(const cdp_rollout *one, const cdp_rollout *other)
{
    cdp_text *first = new_text();
    cdp_text *second = new_text();

    must(cdp_rollout_snapshot(one, first) == CDP_OK);
    must(cdp_rollout_snapshot(other, second) == CDP_OK);
    must_be_same(first, second);
    cdp_text_free(second);
    cdp_text_free(first);
}

/* `restored` is read back again and again. */
static void run_both(cdp_rollout *plain, cdp_rollout **restored, reader *bytes)
{
    int64_t now = 0;
    int times = 0;

    while (bytes->size > 0) {
        unsigned byte = take(bytes);
        int64_t then = now + (byte & 0x30 ? byte >> 4 : 0) - (byte == 0xff ? 100 : 0);
        unsigned kind = byte % 16;
        cdp_status status;

        if (kind >= 14) {
            if (times++ < RESTORED)
                replace(restored);
            continue;
        }
        if (kind >= 12) {
            decide_both(plain, *restored, take(bytes) % 16);
            continue;
        }
        status = put_in(plain, kind, *bytes, then);
        must(put_in(*restored, kind, *bytes, then) == status);
        if (status == CDP_OK)
            now = then;
        (void)take_number(bytes, 2);
    }
}

/* Makes a roll-out and starts it; NULL when it is refused, or when there is no memory. */
static cdp_rollout *start(const cdp_rollout_options *options, reader *bytes)
{
    cdp_diagnostics *diagnostics = new_diagnostics();
    cdp_rollout *rollout = NULL;
    cdp_status status;

    if (!diagnostics)
        return NULL;
    status = cdp_rollout_new(options, &allocator, diagnostics, &rollout);
    must((status == CDP_OK) == (rollout != NULL));
    if (status == CDP_OK) {
        add_instances(rollout, bytes);
        status = cdp_rollout_start(rollout, 0, diagnostics);
    }
    must(status == CDP_OK || status == CDP_ERR_NOMEM || status == CDP_ERR_ARGUMENT ||
         cdp_diagnostics_count_at_least(diagnostics, CDP_SEVERITY_ERROR) > 0);
    cdp_diagnostics_free(diagnostics);
    if (status == CDP_OK)
        return rollout;
    cdp_rollout_free(rollout);
    return NULL;
}

static void run_inputs(reader *bytes)
{
    cdp_rollout_options options = take_options(bytes);
    reader again = *bytes;
    cdp_rollout *plain;
    cdp_rollout *restored;
    int settled;

    /* One for which memory runs out, and two for which it does not. */
    if (requests_left > 0)
        cdp_rollout_free(start(&options, &again));
    requests_left = 0;
    again = *bytes;
    plain = start(&options, &again);
    restored = start(&options, bytes);
    must((plain == NULL) == (restored == NULL));
    if (!plain)
        return;
    run_both(plain, &restored, bytes);
    decide_both(plain, restored, PATIENCE);
    must_be_alike(plain, restored);
    explain_all(plain);
    settled = finish(plain);
    must(finish(restored) == settled);
    must(settled || cdp_rollout_current_verdict(plain, NULL) == CDP_ROLLOUT_UNDECIDED);
    must_be_alike(plain, restored);
    cdp_rollout_free(plain);
    cdp_rollout_free(restored);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    reader bytes = {data, size};
    unsigned kind = take(&bytes);
    uint8_t fails = take(&bytes);

    if (size < 2)
        return 0;
    requests_left = fails == '0' ? 0 : fails;
    if (kind % 8 < 2)
        read_snapshot(&bytes, kind % 8 == 1);
    else
        run_inputs(&bytes);
    requests_left = 0;
    return 0;
}
