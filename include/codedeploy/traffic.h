/* SPDX-License-Identifier: MIT */
#ifndef CODEDEPLOY_TRAFFIC_H
#define CODEDEPLOY_TRAFFIC_H

/**
 * @file
 * Traffic schedules: how much of the traffic goes to the replacement, and when.
 *
 * A #cdp_traffic_schedule is a list of steps. Each step sets a weight, and then holds it: for a
 * time, or until somebody opens a gate. CodeDeploy's own ways of shifting traffic are such lists:
 *
 * - all at once: `100`
 * - canary, 10 percent for 5 minutes: `10:5m,100`
 * - linear, 15 percent every minute: `15:1m,30:1m,45:1m,60:1m,75:1m,90:1m,100`
 *
 * The first weight is set at the start, at once; the last step of a linear shift is the remainder;
 * nothing is waited for when all traffic has moved. (API shapes TimeBasedCanary, TimeBasedLinear.)
 *
 * A schedule is immutable and may be read from many threads. What goes along it is a
 * #cdp_traffic_cursor. Several routes, such as two target groups or two listeners, share one
 * schedule: their weights change together.
 *
 * **Time** is an int64_t of milliseconds on the host's own axis, never negative.
 */

#include <codedeploy/base.h>
#include <codedeploy/config.h>
#include <codedeploy/diagnostics.h>
#include <codedeploy/text.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---------------------------------------------------------------------------------------------- */
/* Schedules                                                                                      */
/* ---------------------------------------------------------------------------------------------- */

typedef struct cdp_traffic_schedule cdp_traffic_schedule;

/** How many steps a schedule may have. */
#define CDP_TRAFFIC_STEP_LIMIT 1000
/** How long the waits of a schedule may be together: 366 days, in milliseconds. */
#define CDP_TRAFFIC_DURATION_LIMIT INT64_C(31622400000)
/** In place of a wait: the step holds until its gate is opened. */
#define CDP_TRAFFIC_GATE (-1)

/** What is the same for all ways to make a schedule; NULL stands for all zero. */
typedef struct cdp_traffic_options {
    /** sizeof(cdp_traffic_options) */
    size_t size;
    /** How many routes shift together; 0 stands for 1. */
    uint32_t route_count;
    /** Must be 0. */
    uint32_t reserved;
} cdp_traffic_options;

/**
 * The schedule of a deployment configuration for Lambda or ECS.
 * @return #CDP_OK; #CDP_ERR_NOT_FOUND for a configuration for Server, which shifts no traffic;
 *         #CDP_ERR_ARGUMENT; #CDP_ERR_STRUCT; #CDP_ERR_NOMEM.
 */
CDP_API cdp_status cdp_traffic_schedule_from_config(const cdp_config *config,
                                                    const cdp_traffic_options *options,
                                                    const cdp_allocator *allocator,
                                                    cdp_traffic_schedule **schedule);

/**
 * A canary or linear schedule, or all at once, by its numbers and within the API's limits.
 * @param percentage        1 to 99; 0 for all at once.
 * @param interval_minutes  1 to 2880, all intervals together at most 2880; 0 for all at once.
 * @param diagnostics       may be NULL; what is wrong with the numbers, as cdp_config_new() says
 *                          it.
 * @return #CDP_OK; #CDP_ERR_INVALID; #CDP_ERR_ARGUMENT; #CDP_ERR_STRUCT; #CDP_ERR_NOMEM.
 */
CDP_API cdp_status cdp_traffic_schedule_new(cdp_traffic_type type, int64_t percentage,
                                            int64_t interval_minutes,
                                            const cdp_traffic_options *options,
                                            const cdp_allocator *allocator,
                                            cdp_diagnostics *diagnostics,
                                            cdp_traffic_schedule **schedule);

/**
 * A schedule of any steps.
 *
 * Weights are 0 to 100, and the last one is 100. Every step but the last has a wait of at least
 * 1 ms or a gate; the last may have one too, to watch the replacement with all traffic on it before
 * the shift is over. A weight below the one before it is possible and warned of. No limit of
 * CodeDeploy's applies, only #CDP_TRAFFIC_STEP_LIMIT and #CDP_TRAFFIC_DURATION_LIMIT.
 *
 * @param weights      `count` weights for the replacement, in percent.
 * @param waits_ms     `count` waits in milliseconds, or #CDP_TRAFFIC_GATE.
 * @param diagnostics  may be NULL; gets everything that is wrong. Pointers are `/0/weight`,
 *                     `/1/wait` and so on.
 * @return as cdp_traffic_schedule_new().
 */
CDP_API cdp_status cdp_traffic_schedule_from_steps(const int32_t *weights, const int64_t *waits_ms,
                                                   size_t count, const cdp_traffic_options *options,
                                                   const cdp_allocator *allocator,
                                                   cdp_diagnostics *diagnostics,
                                                   cdp_traffic_schedule **schedule);

/**
 * The same from text: steps with commas between them, each a weight and, behind a colon, what it
 * waits for: a whole number with a unit (`ms`, `s`, `m`, `h`), or `gate`. Blanks may stand around
 * each of them. `10:5m,25:gate,50:10m,100`
 * @return as cdp_traffic_schedule_new(); findings carry their place in the text.
 */
CDP_API cdp_status cdp_traffic_schedule_parse(const char *bytes, size_t length,
                                              const cdp_traffic_options *options,
                                              const cdp_allocator *allocator,
                                              cdp_diagnostics *diagnostics,
                                              cdp_traffic_schedule **schedule);

CDP_API void cdp_traffic_schedule_free(cdp_traffic_schedule *schedule);

/**
 * Appends a schedule as text, such that cdp_traffic_schedule_parse() makes the same again.
 * @return #CDP_OK; #CDP_ERR_ARGUMENT; #CDP_ERR_NOMEM, with nothing appended.
 */
CDP_API cdp_status cdp_traffic_schedule_write(const cdp_traffic_schedule *schedule, cdp_text *text);

/** From 1 to #CDP_TRAFFIC_STEP_LIMIT; 0 for NULL. */
CDP_API size_t cdp_traffic_schedule_step_count(const cdp_traffic_schedule *schedule);
/** All waits together, without the time that gates stay closed. */
CDP_API int64_t cdp_traffic_schedule_duration_ms(const cdp_traffic_schedule *schedule);
CDP_API size_t cdp_traffic_schedule_gate_count(const cdp_traffic_schedule *schedule);
/** How many routes have these weights. */
CDP_API size_t cdp_traffic_schedule_route_count(const cdp_traffic_schedule *schedule);

/** One step. */
typedef struct cdp_traffic_step {
    /** sizeof(cdp_traffic_step), set by the caller. */
    size_t size;
    /** When it begins, from the start, if every gate were opened the moment it is reached. */
    int64_t offset_ms;
    /** How long it holds: 0 when nothing follows; #CDP_TRAFFIC_GATE. */
    int64_t wait_ms;
    /** Percent of each route's traffic that go to the replacement, and to the original; 100
     *  together. */
    int32_t weight;
    int32_t original_weight;
    /** 1 when it holds until a gate is opened. */
    int is_gate;
    /** How many gates have to be opened before it begins. */
    uint32_t gates_before;
} cdp_traffic_step;

/** @return #CDP_OK; #CDP_ERR_NOT_FOUND past the end; #CDP_ERR_ARGUMENT; #CDP_ERR_STRUCT. */
CDP_API cdp_status cdp_traffic_schedule_step_at(const cdp_traffic_schedule *schedule, size_t index,
                                                cdp_traffic_step *step);

/**
 * The replacement's weight at an instant of a shift that began at `start`, as far as it is known
 * beforehand: before the start it is 0, and at the first gate it stays what it is, because nobody
 * can say when that will be opened (see cdp_traffic_weight_with_gates()). A step's weight counts
 * from its very first millisecond.
 *
 * Takes constant time, one division, whenever the waits up to the first gate are multiples of a
 * time of which at most 4,096 make up their sum: so for canary and linear schedules, and for every
 * schedule of whole minutes within the two days that CodeDeploy allows. For others it takes at most
 * 10 comparisons.
 *
 * @return 0 to 100; #CDP_ERR_TIME when an instant is negative; #CDP_ERR_ARGUMENT for NULL.
 */
CDP_API int32_t cdp_traffic_weight_at(const cdp_traffic_schedule *schedule, int64_t start,
                                      int64_t now);

/**
 * The same when it is known when gates were opened.
 * @param openings  `count` instants, in the order of the gates; one that lies before its gate was
 *                  reached opens it the moment it is reached. A gate beyond `count`, or with
 *                  INT64_MAX, is not opened.
 * @return as cdp_traffic_weight_at(); #CDP_ERR_TIME also for a negative opening.
 */
CDP_API int32_t cdp_traffic_weight_with_gates(const cdp_traffic_schedule *schedule, int64_t start,
                                              const int64_t *openings, size_t count, int64_t now);

/**
 * When the next step begins, as far as it is known beforehand.
 * @return an instant later than `now`; INT64_MAX when there is none, or when only a gate leads
 *         there; #CDP_ERR_TIME or #CDP_ERR_ARGUMENT as cdp_traffic_weight_at().
 */
CDP_API int64_t cdp_traffic_next_change(const cdp_traffic_schedule *schedule, int64_t start,
                                        int64_t now);

/* ---------------------------------------------------------------------------------------------- */
/* The cursor                                                                                     */
/* ---------------------------------------------------------------------------------------------- */

/**
 * A shift under way. It takes one input at a time: an instant, never earlier than that of the input
 * before. A refused input has changed nothing, not even the time.
 *
 * Steps keep to the schedule, however late the host's timers are: after a sleep over several steps
 * one cdp_traffic_cursor_step() lands on the right weight and reports all that it passed, and the
 * next step is due when it would have been due anyway. An opened gate and a skipped wait shift
 * everything behind them.
 *
 * Works without memory of its own once it is made. Belongs to one thread at a time.
 */
typedef struct cdp_traffic_cursor cdp_traffic_cursor;

/**
 * Makes a cursor before the first step, which is due at `start`.
 * @param schedule   must outlive the cursor.
 * @param start      from 0, and early enough that the whole schedule fits behind it.
 * @return #CDP_OK; #CDP_ERR_TIME for a start that is out of range; #CDP_ERR_ARGUMENT;
 *         #CDP_ERR_STRUCT; #CDP_ERR_NOMEM.
 */
CDP_API cdp_status cdp_traffic_cursor_new(const cdp_traffic_schedule *schedule, int64_t start,
                                          const cdp_allocator *allocator,
                                          cdp_traffic_cursor **cursor);
/** The schedule may be gone by then. NULL does nothing. */
CDP_API void cdp_traffic_cursor_free(cdp_traffic_cursor *cursor);

/** What an input has moved. */
typedef struct cdp_traffic_progress {
    /** sizeof(cdp_traffic_progress), set by the caller. */
    size_t size;
    /** The steps that began: `step_count` of them, the first at index `first_step`. Only the last
     *  one's weight has to be set; cdp_traffic_cursor_began_ms() tells when each was due. */
    size_t first_step;
    size_t step_count;
    /** The weights that hold now, for every route. */
    int32_t weight;
    int32_t original_weight;
    /** 1 when a gate is waited for. */
    int at_gate;
    /** 1 when the shift is over: the last step has begun, and its wait has passed. */
    int done;
} cdp_traffic_progress;

/**
 * Time has passed: all steps that are due begin.
 * @param progress  may be NULL.
 * @return #CDP_OK, also when nothing was due; #CDP_ERR_TIME when time ran backwards or is negative;
 *         #CDP_ERR_ARGUMENT; #CDP_ERR_STRUCT.
 */
CDP_API cdp_status cdp_traffic_cursor_step(cdp_traffic_cursor *cursor, int64_t now,
                                           cdp_traffic_progress *progress);

/**
 * The gate that is waited for is opened: the next step begins now.
 * @return as cdp_traffic_cursor_step(); #CDP_ERR_STATE when no gate is waited for.
 */
CDP_API cdp_status cdp_traffic_cursor_open_gate(cdp_traffic_cursor *cursor, int64_t now,
                                                cdp_traffic_progress *progress);

/**
 * The rest of the present wait is skipped, or the present gate is opened: the next step begins now.
 * @return as cdp_traffic_cursor_step(); #CDP_ERR_STATE before the start, when the shift is over, and
 *         when a step was due before `now`: what somebody wanted to skip is over then, so call
 *         cdp_traffic_cursor_step() first and look again.
 */
CDP_API cdp_status cdp_traffic_cursor_continue(cdp_traffic_cursor *cursor, int64_t now,
                                               cdp_traffic_progress *progress);

/** When to call cdp_traffic_cursor_step(); INT64_MAX when nothing is due (at a gate, at the end),
 *  and for NULL. */
CDP_API int64_t cdp_traffic_cursor_next_deadline(const cdp_traffic_cursor *cursor);
/** The instant of the last accepted input; -1 before the first one, and for NULL. */
CDP_API int64_t cdp_traffic_cursor_now(const cdp_traffic_cursor *cursor);
/** How many steps have begun; the present one is the last of them. */
CDP_API size_t cdp_traffic_cursor_steps_begun(const cdp_traffic_cursor *cursor);
/** When a step began; for one that has not begun, when it will if nothing but time passes:
 *  INT64_MAX when a gate lies before it. -1 past the end, and for NULL. */
CDP_API int64_t cdp_traffic_cursor_began_ms(const cdp_traffic_cursor *cursor, size_t step);
/** The replacement's weight; 0 before the start, and for NULL. */
CDP_API int32_t cdp_traffic_cursor_weight(const cdp_traffic_cursor *cursor);
/** 1 while a gate is waited for. */
CDP_API int cdp_traffic_cursor_is_at_gate(const cdp_traffic_cursor *cursor);
/** 1 when the shift is over. */
CDP_API int cdp_traffic_cursor_is_done(const cdp_traffic_cursor *cursor);
CDP_API const cdp_traffic_schedule *cdp_traffic_cursor_schedule(const cdp_traffic_cursor *cursor);

/**
 * Appends the cursor's state as a line of JSON, which is the same on every machine.
 * @return #CDP_OK; #CDP_ERR_ARGUMENT; #CDP_ERR_NOMEM, with nothing appended.
 */
CDP_API cdp_status cdp_traffic_cursor_snapshot(const cdp_traffic_cursor *cursor, cdp_text *text);

/**
 * Reads a snapshot back: a cursor that behaves as the one it was taken from would.
 * @param schedule     the same schedule; must outlive the cursor.
 * @param diagnostics  may be NULL; says what is wrong.
 * @return #CDP_OK; #CDP_ERR_CORRUPT for anything that is not an undamaged snapshot, of a version
 *         that this library knows, of a cursor on this schedule; #CDP_ERR_ARGUMENT;
 *         #CDP_ERR_STRUCT; #CDP_ERR_NOMEM.
 */
CDP_API cdp_status cdp_traffic_cursor_restore(const cdp_traffic_schedule *schedule,
                                              const char *bytes, size_t length,
                                              const cdp_allocator *allocator,
                                              cdp_diagnostics *diagnostics,
                                              cdp_traffic_cursor **cursor);

#ifdef __cplusplus
}
#endif

#endif
