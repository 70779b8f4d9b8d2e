/* SPDX-License-Identifier: MIT */
/*
 * Every state that any sequence of inputs leads to, for every scenario and option that matters:
 * breadth first, until nothing new is found. Two states count as one when they can behave no
 * differently: same statuses, same errors, same time left until the deadline.
 */
#include "testing.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/strings.h"
#include "lifecycle/object.h"
#include "script.h"

typedef enum input_kind {
    START,
    SKIP,
    STOP,
    LOSE_CONTACT,
    CONTINUE_READY,
    CONTINUE_TERMINATION,
    STEP,
    BEGIN,
    NO_OP,
    SUCCEED,
    FAIL
} input_kind;

typedef struct machine_input {
    input_kind kind;
    size_t event;
    cdp_event_error error;
    int64_t now;
} machine_input;

enum { KEY_BYTES = CDP_LIFECYCLE_MAX_EVENTS + 16 };

typedef struct exploration {
    const cdp_lifecycle_plan *plan;
    cdp_lifecycle_options options;
    size_t stride;
    unsigned char *states; /* machines, one behind the other */
    size_t count;
    size_t capacity;
    uint32_t *table; /* index + 1 of a state, by the hash of its key */
    size_t table_size;
    size_t inputs;
    size_t accepted;
} exploration;

static cdp_machine *state_at(const exploration *all, size_t index)
{
    return (cdp_machine *)(void *)(all->states + index * all->stride);
}

/* ---------------------------------------------------------------------------------------------- */
/* Which states are the same                                                                      */
/* ---------------------------------------------------------------------------------------------- */

static void make_key(const cdp_machine *machine, unsigned char key[KEY_BYTES])
{
    int64_t deadline = cdp_machine_deadline(machine);
    int64_t left = deadline == INT64_MAX ? -1 : deadline - machine->now;

    memset(key, 0, KEY_BYTES);
    for (size_t i = 0; i < machine->plan->count; i++)
        key[i] = machine->events[i].state;
    memcpy(key + CDP_LIFECYCLE_MAX_EVENTS, &left, sizeof left);
    key[CDP_LIFECYCLE_MAX_EVENTS + 8] = machine->status;
    key[CDP_LIFECYCLE_MAX_EVENTS + 9] = machine->phase;
    key[CDP_LIFECYCLE_MAX_EVENTS + 10] = machine->reason;
    key[CDP_LIFECYCLE_MAX_EVENTS + 11] = machine->cursor;
}

static size_t hash(const unsigned char key[KEY_BYTES])
{
    uint64_t value = 1469598103934665603u;

    for (size_t i = 0; i < KEY_BYTES; i++)
        value = (value ^ key[i]) * 1099511628211u;
    return (size_t)(value ^ value >> 29);
}

static void put_in_table(exploration *all, size_t index)
{
    unsigned char key[KEY_BYTES];
    size_t slot;

    make_key(state_at(all, index), key);
    slot = hash(key) & (all->table_size - 1);
    while (all->table[slot])
        slot = (slot + 1) & (all->table_size - 1);
    all->table[slot] = (uint32_t)index + 1;
}

static void grow(exploration *all)
{
    all->capacity = all->capacity ? all->capacity * 2 : 1024;
    all->table_size = all->capacity * 4;
    all->states = realloc(all->states, all->capacity * all->stride);
    free(all->table);
    all->table = calloc(all->table_size, sizeof *all->table);
    assert_non_null(all->states);
    assert_non_null(all->table);
    for (size_t i = 0; i < all->count; i++)
        put_in_table(all, i);
}

static bool is_known(const exploration *all, const cdp_machine *machine)
{
    unsigned char key[KEY_BYTES];
    unsigned char other[KEY_BYTES];
    size_t slot;

    make_key(machine, key);
    slot = hash(key) & (all->table_size - 1);
    for (; all->table[slot]; slot = (slot + 1) & (all->table_size - 1)) {
        make_key(state_at(all, all->table[slot] - 1), other);
        if (memcmp(key, other, KEY_BYTES) == 0)
            return true;
    }
    return false;
}

/* ---------------------------------------------------------------------------------------------- */
/* What holds in every state                                                                      */
/* ---------------------------------------------------------------------------------------------- */

static bool is_final(cdp_target_status status)
{
    return status == CDP_TARGET_STATUS_SUCCEEDED || status == CDP_TARGET_STATUS_FAILED ||
           status == CDP_TARGET_STATUS_SKIPPED || status == CDP_TARGET_STATUS_UNKNOWN;
}

static size_t count_events(const cdp_machine *machine, cdp_event_status status)
{
    size_t count = 0;

    for (size_t i = 0; i < machine->plan->count; i++)
        count += cdp_machine_event_status(machine, i) == status;
    return count;
}

/* Events begin in their order: one that has begun never stands behind one that has not. */
static void check_order(const cdp_machine *machine)
{
    bool seen_untouched = false;
    int64_t last = machine->base;

    for (size_t i = 0; i < machine->plan->count; i++) {
        cdp_event_status status = cdp_machine_event_status(machine, i);
        int64_t start = cdp_machine_time(machine, machine->events[i].start);
        int64_t end = cdp_machine_time(machine, machine->events[i].end);
        bool untouched = status == CDP_EVENT_STATUS_PENDING || status == CDP_EVENT_STATUS_SKIPPED;

        assert_false(seen_untouched && !untouched);
        seen_untouched = seen_untouched || untouched;
        if (untouched)
            assert_true(start < 0 && end < 0);
        assert_true(start < 0 || start >= last);
        assert_true(end < 0 || (end >= start && end >= last && end <= machine->now));
        last = end >= 0 ? end : start >= 0 ? start : last;
    }
}

static void check_state(const cdp_machine *machine)
{
    cdp_target_status status = (cdp_target_status)machine->status;
    size_t pending = count_events(machine, CDP_EVENT_STATUS_PENDING);
    size_t running = count_events(machine, CDP_EVENT_STATUS_IN_PROGRESS);
    size_t skipped = count_events(machine, CDP_EVENT_STATUS_SKIPPED);
    int64_t deadline = cdp_machine_deadline(machine);

    check_order(machine);
    assert_true(running <= (status == CDP_TARGET_STATUS_IN_PROGRESS));
    assert_true(pending == 0 || skipped == 0);
    if (is_final(status))
        assert_int_equal(pending + running, 0);
    else
        assert_int_equal(skipped, 0);
    if (status == CDP_TARGET_STATUS_SKIPPED)
        assert_int_equal(skipped, machine->plan->count);
    if (status == CDP_TARGET_STATUS_SUCCEEDED)
        assert_int_equal(skipped, 0);
    if (!(machine->flags & CDP_MACHINE_IGNORE_STOP_FAILURES))
        assert_true(count_events(machine, CDP_EVENT_STATUS_FAILED) <= 1);
    assert_true(deadline > machine->now);
    assert_null(cdp_machine_contradiction(machine));
}

/* Written out and read back it is the same, byte for byte, but for what it has just changed. */
static void check_snapshot(const exploration *all, const cdp_machine *machine)
{
    cdp_lifecycle *lifecycle;
    cdp_lifecycle *restored;
    cdp_text *first;
    cdp_text *second;

    assert_int_equal(cdp_lifecycle_allocate(all->plan, &all->options, NULL, &lifecycle), CDP_OK);
    memcpy(cdp_lifecycle_machine(lifecycle), machine, cdp_machine_bytes(all->plan));
    cdp_lifecycle_machine(lifecycle)->changed = 0;
    cdp_lifecycle_machine(lifecycle)->status_before = machine->status;
    assert_int_equal(cdp_text_new(NULL, &first), CDP_OK);
    assert_int_equal(cdp_text_new(NULL, &second), CDP_OK);
    assert_int_equal(cdp_lifecycle_snapshot(lifecycle, first), CDP_OK);
    assert_int_equal(cdp_lifecycle_restore(cdp_text_string(first), NULL, NULL, NULL, &restored),
                     CDP_OK);
    assert_int_equal(memcmp(cdp_lifecycle_machine(restored), cdp_lifecycle_machine(lifecycle),
                            cdp_machine_bytes(all->plan)),
                     0);
    assert_int_equal(cdp_lifecycle_snapshot(restored, second), CDP_OK);
    assert_string_equal(cdp_text_string(second).data, cdp_text_string(first).data);
    cdp_text_free(first);
    cdp_text_free(second);
    cdp_lifecycle_free(lifecycle);
    cdp_lifecycle_free(restored);
}

/* ---------------------------------------------------------------------------------------------- */
/* What holds for every input                                                                     */
/* ---------------------------------------------------------------------------------------------- */

static cdp_status put_in(cdp_machine *machine, const machine_input *input)
{
    switch (input->kind) {
    case START:
        return cdp_machine_start(machine, input->now, NULL);
    case SKIP:
        return cdp_machine_skip(machine, input->now, NULL);
    case STOP:
        return cdp_machine_stop(machine, input->now, NULL);
    case LOSE_CONTACT:
        return cdp_machine_lose_contact(machine, input->now, NULL);
    case CONTINUE_READY:
        return cdp_machine_continue(machine, input->now, CDP_WAIT_READY, NULL);
    case CONTINUE_TERMINATION:
        return cdp_machine_continue(machine, input->now, CDP_WAIT_TERMINATION, NULL);
    case STEP:
        return cdp_machine_step(machine, input->now, NULL);
    case BEGIN:
        return cdp_machine_begin(machine, input->now, input->event, NULL);
    case NO_OP:
        return cdp_machine_no_op(machine, input->now, input->event, NULL);
    case SUCCEED:
        return cdp_machine_finish(machine, input->now, input->event, CDP_EVENT_STATUS_SUCCEEDED,
                                  CDP_EVENT_ERROR_SUCCESS, NULL);
    case FAIL:
        break;
    }
    return cdp_machine_finish(machine, input->now, input->event, CDP_EVENT_STATUS_FAILED,
                              input->error, NULL);
}

static size_t first_pending(const cdp_machine *machine)
{
    size_t index = 0;

    while (index < machine->plan->count &&
           cdp_machine_event_status(machine, index) != CDP_EVENT_STATUS_PENDING)
        index++;
    return index;
}

static bool may_begin(const exploration *all, const cdp_machine *machine, size_t event)
{
    bool asked = all->options.ready_action == CDP_READY_ACTION_STOP_DEPLOYMENT;

    if (event != first_pending(machine) || count_events(machine, CDP_EVENT_STATUS_IN_PROGRESS))
        return false;
    return machine->status == CDP_TARGET_STATUS_IN_PROGRESS ||
           (machine->status == CDP_TARGET_STATUS_READY && !asked);
}

/* What the statuses alone say of an input: the rules of the header, not those of the code. */
static bool is_legal(const exploration *all, const cdp_machine *machine, const machine_input *input)
{
    cdp_target_status status = (cdp_target_status)machine->status;
    cdp_lifecycle_action next = cdp_machine_next(machine);

    switch (input->kind) {
    case START:
    case SKIP:
        return status == CDP_TARGET_STATUS_PENDING;
    case STOP:
        return !is_final(status) || next.wait == CDP_WAIT_TERMINATION;
    case LOSE_CONTACT:
        return !is_final(status);
    case CONTINUE_READY:
        return status == CDP_TARGET_STATUS_READY &&
               all->options.ready_action == CDP_READY_ACTION_STOP_DEPLOYMENT;
    case CONTINUE_TERMINATION:
        return next.wait == CDP_WAIT_TERMINATION;
    case STEP:
        return true;
    case BEGIN:
    case NO_OP:
        return may_begin(all, machine, input->event);
    case SUCCEED:
    case FAIL:
        break;
    }
    return cdp_machine_event_status(machine, input->event) == CDP_EVENT_STATUS_IN_PROGRESS;
}

static cdp_status expected_status(const exploration *all, const cdp_machine *machine,
                                  const machine_input *input)
{
    if (input->now < 0 || input->now < machine->now)
        return CDP_ERR_TIME;
    if (input->kind != STEP && input->now > cdp_machine_deadline(machine))
        return CDP_ERR_STATE;
    if (!is_legal(all, machine, input))
        return CDP_ERR_STATE;
    if (input->kind == NO_OP && !cdp_plan_traits(all->plan, input->event)->scriptable)
        return CDP_ERR_ARGUMENT;
    return CDP_OK;
}

static void check_event_change(cdp_event_status from, cdp_event_status to, input_kind kind)
{
    switch (from) {
    case CDP_EVENT_STATUS_PENDING:
        if (kind == BEGIN)
            assert_true(to == CDP_EVENT_STATUS_IN_PROGRESS);
        else if (kind == NO_OP)
            assert_true(to == CDP_EVENT_STATUS_SUCCEEDED);
        else if (kind == STEP) /* out of time before it began */
            assert_true(to == CDP_EVENT_STATUS_FAILED || to == CDP_EVENT_STATUS_SKIPPED);
        else
            assert_true(to == CDP_EVENT_STATUS_SKIPPED);
        break;
    case CDP_EVENT_STATUS_IN_PROGRESS:
        assert_true(kind == SUCCEED        ? to == CDP_EVENT_STATUS_SUCCEEDED
                    : kind == LOSE_CONTACT ? to == CDP_EVENT_STATUS_UNKNOWN
                                           : to == CDP_EVENT_STATUS_FAILED);
        break;
    default:
        fail_msg("an event left a final status");
    }
}

static void check_target_change(cdp_target_status from, cdp_target_status to, input_kind kind)
{
    assert_false(is_final(from));
    switch (to) {
    case CDP_TARGET_STATUS_IN_PROGRESS:
        assert_true(from == CDP_TARGET_STATUS_PENDING
                        ? kind == START
                        : kind == BEGIN || kind == NO_OP || kind == CONTINUE_READY);
        break;
    case CDP_TARGET_STATUS_READY:
        assert_int_equal(from, CDP_TARGET_STATUS_IN_PROGRESS);
        break;
    case CDP_TARGET_STATUS_SUCCEEDED:
        assert_int_equal(from, CDP_TARGET_STATUS_IN_PROGRESS);
        break;
    case CDP_TARGET_STATUS_FAILED:
        assert_int_not_equal(from, CDP_TARGET_STATUS_PENDING);
        assert_true(kind == FAIL || kind == STOP || kind == STEP);
        break;
    case CDP_TARGET_STATUS_SKIPPED:
        assert_int_equal(from, CDP_TARGET_STATUS_PENDING);
        break;
    case CDP_TARGET_STATUS_UNKNOWN:
        assert_int_equal(kind, LOSE_CONTACT);
        break;
    default:
        fail_msg("a target became Pending");
    }
}

/* Every difference is legal and is listed among the changes, and nothing else is. */
static void check_changes(const cdp_machine *before, const cdp_machine *after, input_kind kind)
{
    size_t listed = 0;

    for (size_t i = 0; i < before->plan->count; i++) {
        cdp_event_status from = cdp_machine_event_status(before, i);
        cdp_event_status to = cdp_machine_event_status(after, i);
        cdp_lifecycle_change change;

        if (from == to)
            continue;
        check_event_change(from, to, kind);
        assert_true(listed < cdp_machine_change_count(after));
        change = cdp_machine_change_at(after, listed++);
        assert_int_equal(change.event, i);
        assert_int_equal(change.event_status, to);
    }
    if (before->status != after->status) {
        check_target_change((cdp_target_status)before->status, (cdp_target_status)after->status,
                            kind);
        assert_int_equal(cdp_machine_change_at(after, listed).event, before->plan->count);
        assert_int_equal(cdp_machine_change_at(after, listed++).target_status, after->status);
    }
    assert_int_equal(cdp_machine_change_count(after), listed);
}

static void try_input(exploration *all, size_t index, const machine_input *input)
{
    size_t bytes = cdp_machine_bytes(all->plan);
    union {
        cdp_machine machine;
        unsigned char bytes[512];
    } after;
    cdp_status expected = expected_status(all, state_at(all, index), input);
    cdp_status status;

    memcpy(&after, state_at(all, index), bytes);
    status = put_in(&after.machine, input);
    all->inputs++;
    assert_int_equal(status, expected);
    if (status != CDP_OK) {
        assert_int_equal(memcmp(&after, state_at(all, index), bytes), 0);
        return;
    }
    all->accepted++;
    assert_int_equal(after.machine.now, input->now);
    check_changes(state_at(all, index), &after.machine, input->kind);
    if (is_known(all, &after.machine))
        return;
    check_state(&after.machine);
    if (all->count == all->capacity)
        grow(all);
    memcpy(state_at(all, all->count), &after, bytes);
    put_in_table(all, all->count++);
    check_snapshot(all, &after.machine);
}

/* ---------------------------------------------------------------------------------------------- */
/* Which inputs there are                                                                         */
/* ---------------------------------------------------------------------------------------------- */

static void try_event(exploration *all, size_t index, size_t event, int64_t now)
{
    for (int kind = BEGIN; kind <= SUCCEED; kind++)
        try_input(all, index, &(machine_input){(input_kind)kind, event, 0, now});
    for (int error = event == state_at(all, index)->cursor ? CDP_EVENT_ERROR_SCRIPT_TIMED_OUT
                                                           : CDP_EVENT_ERROR_UNKNOWN_ERROR;
         error <= CDP_EVENT_ERROR_UNKNOWN_ERROR; error++)
        try_input(all, index, &(machine_input){FAIL, event, (cdp_event_error)error, now});
}

/* The event that is next or in progress and its neighbours; now every event. */
static void try_events(exploration *all, size_t index, int64_t now)
{
    size_t cursor = state_at(all, index)->cursor;
    bool is_now = now == state_at(all, index)->now;

    for (size_t event = 0; event < all->plan->count; event++) {
        if (is_now || (event + 1 >= cursor && event <= cursor + 1))
            try_event(all, index, event, now);
    }
}

/* Now, a moment later, just in time, and too late; and a time that is past. */
static void try_all(exploration *all, size_t index)
{
    int64_t now = state_at(all, index)->now < 0 ? 1000 : state_at(all, index)->now;
    int64_t deadline = cdp_machine_deadline(state_at(all, index));
    int64_t times[5] = {now, now + 1, now - 1, 0, 0};
    size_t count = 3;

    if (deadline != INT64_MAX) {
        times[count++] = deadline;
        times[count++] = deadline + 1;
    }
    for (size_t i = 0; i < count; i++) {
        for (int kind = START; kind < STEP; kind++)
            try_input(all, index, &(machine_input){(input_kind)kind, 0, 0, times[i]});
        if (i != 1) /* a step by one would be a new state each time, until the deadline */
            try_input(all, index, &(machine_input){STEP, 0, 0, times[i]});
        try_events(all, index, times[i]);
    }
    if (deadline != INT64_MAX) {
        try_input(all, index, &(machine_input){STEP, 0, 0, deadline - 1});
        /* So late that whatever comes next is late as well. */
        try_input(all, index, &(machine_input){STEP, 0, 0, deadline + 1000000000});
    }
}

static void explore(const cdp_lifecycle_plan *plan, const char *options, size_t *states,
                    size_t *inputs)
{
    exploration all = {.plan = plan};
    cdp_lifecycle_options given = script_options(options);

    assert_int_equal(cdp_machine_options_import(plan, &given, NULL, &all.options), CDP_OK);
    all.stride = (cdp_machine_bytes(plan) + 7) / 8 * 8;
    grow(&all);
    cdp_machine_init(state_at(&all, 0), plan, &all.options);
    check_state(state_at(&all, 0));
    put_in_table(&all, all.count++);
    check_snapshot(&all, state_at(&all, 0));
    for (size_t i = 0; i < all.count; i++)
        try_all(&all, i);
    print_message("%-6s %-32s %-18s %6zu states, %8zu inputs, %7zu accepted\n",
                  cdp_platform_name(plan->platform), cdp_scenario_name(plan->scenario), options,
                  all.count, all.inputs, all.accepted);
    *states += all.count;
    *inputs += all.inputs;
    free(all.states);
    free(all.table);
}

/* Scenarios that differ in nothing that one target knows of. */
static bool is_like_an_earlier_one(size_t index)
{
    const cdp_lifecycle_plan *plan = cdp_lifecycle_plan_standard_at(index);

    for (size_t i = 0; i < index; i++) {
        const cdp_lifecycle_plan *other = cdp_lifecycle_plan_standard_at(i);

        if (other->steps == plan->steps && other->platform == plan->platform)
            return true;
    }
    return false;
}

static bool has_wait(const cdp_lifecycle_plan *plan, cdp_wait_type wait)
{
    for (size_t i = 0; i < plan->count; i++) {
        if (plan->steps[i].wait_after == wait)
            return true;
    }
    return false;
}

static void every_state_of_every_scenario(void **state)
{
    size_t states = 0;
    size_t inputs = 0;

    (void)state;
    for (size_t i = 0; i < cdp_lifecycle_plan_standard_count(); i++) {
        const cdp_lifecycle_plan *plan = cdp_lifecycle_plan_standard_at(i);

        explore(plan, "", &states, &inputs);
        if (plan->platform == CDP_PLATFORM_SERVER && !is_like_an_earlier_one(i))
            explore(plan, "ignore", &states, &inputs);
        if (has_wait(plan, CDP_WAIT_READY)) {
            explore(plan, "ask", &states, &inputs);
            explore(plan, "ask:60000", &states, &inputs);
        }
        if (has_wait(plan, CDP_WAIT_TERMINATION))
            explore(plan, "end:60000", &states, &inputs);
    }
    print_message("%zu states, %zu inputs\n", states, inputs);
    assert_true(states > 10000);
    assert_true(inputs > 1000000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_state_of_every_scenario)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
