/* SPDX-License-Identifier: MIT */
/* What was played, as a timeline: a row of events for each target, the traffic below. */
#include <stdlib.h>
#include <string.h>

#include "plot.h"
#include "run.h"
#include "time_text.h"

enum {
    WIDTH = 900,
    LEFT = 150,
    RIGHT = 24,
    TOP = 92,
    ROW = 26,
    BAR = 18,
    MOST_ROWS = 40,
    GAP = 44, /* room for the names of marks between rows and curve */
    CURVE = 120,
    BOTTOM = 56,
    LEAST_BAR = 3,
    MOST_MARKS = 16
};

static const char style[] = ".bar-2{fill:#b6d7f7;stroke:#0969da}\n"
                            ".bar-3{fill:#aceebb;stroke:#1a7f37}\n"
                            ".bar-4{fill:#ffcecb;stroke:#cf222e}\n"
                            ".bar-5{fill:#eaeef2;stroke:#6e7781}\n"
                            ".bar-2,.bar-3,.bar-4,.bar-5{stroke-width:.75}\n"
                            ".back{fill:#fff1e5}\n"
                            ".event{font-size:11px}\n"
                            ".halo{paint-order:stroke;stroke:#ffffff;stroke-width:3px;"
                            "stroke-linejoin:round}\n";

/* An event of a target, from its begin to its end. */
typedef struct bar {
    size_t row;
    int64_t from_ms;
    int64_t to_ms; /* -1: it has not ended */
    int status;    /* a cdp_event_status; 0: no event, but a wait */
    uint32_t deployment;
    cdp_string name;
} bar;

typedef struct mark {
    int64_t at_ms;
    char words[64];
} mark;

typedef struct timeline {
    svg out;
    const scenario *s;
    cdp_string rows[MOST_ROWS];
    size_t row_count;
    size_t left_out; /* targets that have no row */
    bar *bars;
    size_t bar_count;
    plot_point *points;
    size_t point_count;
    mark marks[MOST_MARKS];
    size_t mark_count;
    int64_t end_ms;
    int64_t rollback_ms; /* -1: there is none */
    plot area;
} timeline;

/* ---- from the record ---- */

/* The row of a target; MOST_ROWS when there is no room for it. */
static size_t row_of(timeline *t, cdp_string target)
{
    for (size_t i = 0; i < t->row_count; i++) {
        if (strcmp(t->rows[i].data, target.data) == 0)
            return i;
    }
    if (t->row_count == MOST_ROWS)
        return MOST_ROWS;
    t->rows[t->row_count] = target;
    return t->row_count++;
}

static void take_event(timeline *t, const cdp_sim_entry *entry)
{
    size_t row = row_of(t, entry->target_id);

    if (row == MOST_ROWS || entry->status == CDP_EVENT_STATUS_SKIPPED ||
        entry->status == CDP_EVENT_STATUS_PENDING)
        return;
    for (size_t i = t->bar_count; i-- > 0 && entry->status != CDP_EVENT_STATUS_IN_PROGRESS;) {
        bar *b = &t->bars[i];

        if (b->row != row || b->deployment != entry->deployment || b->to_ms >= 0 ||
            strcmp(b->name.data, entry->name.data) != 0)
            continue;
        b->to_ms = entry->time_ms;
        b->status = entry->status;
        return;
    }
    t->bars[t->bar_count++] =
        (bar){.row = row,
              .from_ms = entry->time_ms,
              .to_ms = entry->status == CDP_EVENT_STATUS_IN_PROGRESS ? -1 : entry->time_ms,
              .status = entry->status,
              .deployment = entry->deployment,
              .name = entry->name};
}

/* Waits that somebody may end have a row of their own; the steps of traffic are in the curve. */
static void take_wait(timeline *t, const cdp_sim_entry *entry)
{
    static const cdp_string waits = {"waiting", 7};
    const char *name = cdp_deployment_wait_name((cdp_deployment_wait)entry->status);
    size_t row;

    if (entry->status == CDP_DEPLOYMENT_WAIT_TRAFFIC)
        return;
    row = row_of(t, waits);
    if (row == MOST_ROWS)
        return;
    if (entry->change == CDP_DEPLOYMENT_CHANGE_WAIT_BEGAN) {
        t->bars[t->bar_count++] = (bar){.row = row,
                                        .from_ms = entry->time_ms,
                                        .to_ms = -1,
                                        .deployment = entry->deployment,
                                        .name = {name, strlen(name)}};
        return;
    }
    for (size_t i = t->bar_count; i-- > 0;) {
        if (t->bars[i].row != row || t->bars[i].to_ms >= 0)
            continue;
        t->bars[i].to_ms = entry->time_ms;
        return;
    }
}

static void take_mark(timeline *t, int64_t at_ms, const char *words, const char *detail)
{
    if (t->mark_count == MOST_MARKS)
        return;
    t->marks[t->mark_count].at_ms = at_ms;
    snprintf(t->marks[t->mark_count++].words, sizeof t->marks[0].words, "%s%s", words, detail);
}

static void take_status(timeline *t, const cdp_sim_entry *entry)
{
    bool is_end = entry->status == CDP_DEPLOYMENT_STATUS_FAILED ||
                  entry->status == CDP_DEPLOYMENT_STATUS_STOPPED;

    if (entry->deployment == 0 && is_end)
        take_mark(t, entry->time_ms,
                  cdp_deployment_status_name((cdp_deployment_status)entry->status), "");
}

static void take_entry(timeline *t, const cdp_sim_entry *entry)
{
    if (entry->kind == CDP_SIM_ENTRY_INPUT)
        take_mark(t, entry->time_ms, entry->sentence.data, "");
    if (entry->kind != CDP_SIM_ENTRY_CHANGE)
        return;
    if (entry->time_ms > t->end_ms)
        t->end_ms = entry->time_ms;
    switch (entry->change) {
    case CDP_DEPLOYMENT_CHANGE_STATUS:
        take_status(t, entry);
        break;
    case CDP_DEPLOYMENT_CHANGE_EVENT:
        take_event(t, entry);
        break;
    case CDP_DEPLOYMENT_CHANGE_WAIT_BEGAN:
    case CDP_DEPLOYMENT_CHANGE_WAIT_ENDED:
        take_wait(t, entry);
        break;
    case CDP_DEPLOYMENT_CHANGE_TARGET:
        (void)row_of(t, entry->target_id);
        break;
    case CDP_DEPLOYMENT_CHANGE_TRAFFIC:
        t->points[t->point_count++] = (plot_point){entry->time_ms, entry->weight};
        break;
    case CDP_DEPLOYMENT_CHANGE_ALARM:
        if (entry->status == CDP_ALARM_STATE_ALARM)
            take_mark(t, entry->time_ms, "alarm ", entry->name.data);
        break;
    default:
        break;
    }
}

static bool take_record(timeline *t)
{
    const cdp_sim_host *host = t->s->host;
    size_t count = cdp_sim_host_entry_count(host);

    t->bars = calloc(count + 1, sizeof *t->bars);
    t->points = calloc(count + 1, sizeof *t->points);
    if (!t->bars || !t->points)
        return false;
    t->point_count = 1; /* nothing on the replacement, from the beginning */
    t->rollback_ms = -1;
    for (size_t i = 0; i < count; i++) {
        cdp_sim_entry entry = {.size = sizeof entry};
        cdp_deployment_info info = {.size = sizeof info};

        if (cdp_sim_host_entry_at(host, i, &entry) != CDP_OK)
            continue;
        take_entry(t, &entry);
        if (t->rollback_ms >= 0 || entry.deployment == 0)
            continue;
        (void)cdp_deployment_get_info(cdp_sim_host_deployment_at(host, entry.deployment), &info);
        if (info.creator == CDP_DEPLOYMENT_CREATOR_CODE_DEPLOY_ROLLBACK)
            t->rollback_ms = entry.time_ms;
    }
    for (size_t i = 0; i < cdp_sim_host_deployment_count(host); i++)
        t->left_out += cdp_deployment_target_count(cdp_sim_host_deployment_at(host, i));
    t->left_out =
        t->row_count == MOST_ROWS && t->left_out > MOST_ROWS ? t->left_out - MOST_ROWS : 0;
    return true;
}

/* ---- the picture ---- */

static double row_y(size_t row)
{
    return TOP + (double)row * ROW;
}

static void draw_rows(timeline *t)
{
    for (size_t i = 0; i < t->row_count; i++) {
        const char *name = t->rows[i].data;
        int most = (LEFT - 24) / 7;

        svg_text(&t->out, LEFT - 10, row_y(i) + 17, SVG_END, "label", "%.*s%s", most, name,
                 strlen(name) > (size_t)most ? "…" : "");
        svg_line(&t->out, LEFT, row_y(i) + ROW, WIDTH - RIGHT, row_y(i) + ROW, "grid");
    }
}

static const char *bar_class(const bar *b)
{
    if (b->status == 0)
        return "bar-5";
    if (b->to_ms < 0)
        return "bar-2";
    return b->status == CDP_EVENT_STATUS_SUCCEEDED ? "bar-3" : "bar-4";
}

static void draw_bars(timeline *t)
{
    for (size_t i = 0; i < t->bar_count; i++) {
        const bar *b = &t->bars[i];
        double x = plot_x(&t->area, b->from_ms);
        double width = plot_x(&t->area, b->to_ms < 0 ? t->end_ms : b->to_ms) - x;
        const char *class = bar_class(b);

        /* What had nothing to do took no time. */
        if (b->to_ms == b->from_ms && b->status == CDP_EVENT_STATUS_SUCCEEDED)
            continue;
        if (width < LEAST_BAR)
            width = LEAST_BAR;
        svg_rect(&t->out, x, row_y(b->row) + (ROW - BAR) / 2.0, width, BAR, class);
        if (svg_text_width(b->name.data, 11) + 6 <= width)
            svg_text(&t->out, x + 4, row_y(b->row) + 17, SVG_START, "event", "%s", b->name.data);
    }
}

/* Marks go through rows and curve; their words stand below the rows, two lines in turn. */
static void draw_marks(timeline *t, double bottom)
{
    for (size_t i = 0; i < t->mark_count; i++) {
        const mark *m = &t->marks[i];
        double x = plot_x(&t->area, m->at_ms);
        bool at_right = x + svg_text_width(m->words, 11) + 8 > WIDTH - RIGHT;

        svg_line(&t->out, x, TOP - 4, x, bottom, "mark dashed");
        svg_text(&t->out, x + (at_right ? -5 : 5), row_y(t->row_count) + 16 + (double)(i % 2) * 15,
                 at_right ? SVG_END : SVG_START, "note halo", "%s", m->words);
    }
}

static void draw_rollback(timeline *t, double bottom)
{
    bool at_right;
    double x;

    if (t->rollback_ms < 0)
        return;
    x = plot_x(&t->area, t->rollback_ms);
    svg_rect(&t->out, x, TOP - 4, WIDTH - RIGHT - x, bottom - TOP + 4, "back");
    at_right = x > WIDTH - RIGHT - 60;
    svg_text(&t->out, x + (at_right ? -6 : 6), TOP - 9, at_right ? SVG_END : SVG_START, "note",
             "rollback");
    svg_line(&t->out, x, TOP - 14, x, bottom, "line-2");
}

static void draw_heading(timeline *t)
{
    const cdp_deployment *first = cdp_sim_host_deployment_at(t->s->host, 0);
    cdp_deployment_info info = {.size = sizeof info};
    char buffer[TIME_TEXT];
    double x = LEFT;

    (void)cdp_deployment_get_info(first, &info);
    svg_title(&t->out, LEFT, 30, WIDTH - LEFT - RIGHT, t->s->name);
    svg_text(&t->out, LEFT, 50, SVG_START, "subtitle", "%s, %s after %s%s",
             cdp_platform_name(t->s->platform), cdp_deployment_status_name(info.status),
             time_text(info.complete_ms < 0 ? t->end_ms : info.complete_ms, buffer),
             t->left_out ? "; not all targets are shown" : "");
    x = plot_legend(&t->out, x, 70, "bar-3", "succeeded");
    x = plot_legend(&t->out, x, 70, "bar-4", "failed");
    x = plot_legend(&t->out, x, 70, "bar-2", "not ended");
    (void)plot_legend(&t->out, x, 70, "bar-5", "waiting");
}

static void draw_curve(timeline *t)
{
    plot_value_axis(&t->area, 50, " %", "on replacement");
    plot_area(&t->area, t->points, t->point_count, t->area.to_ms, 0, "area-1");
    plot_steps(&t->area, t->points, t->point_count, t->area.to_ms, "line-1");
}

static void draw(timeline *t)
{
    bool has_curve = t->s->platform != CDP_PLATFORM_SERVER;
    double top = row_y(t->row_count) + GAP;
    double height = has_curve ? CURVE : 0;

    t->area = (plot){.out = &t->out,
                     .left = LEFT,
                     .top = top,
                     .width = WIDTH - LEFT - RIGHT,
                     .height = height,
                     .from_ms = 0,
                     .to_ms = t->end_ms > 0 ? t->end_ms + t->end_ms / 25 + 1 : 1000,
                     .low = 0,
                     .high = 100};
    svg_begin(&t->out, stdout, WIDTH, top + height + BOTTOM, t->s->name,
              "events of each target over time, and the traffic", style);
    draw_heading(t);
    draw_rollback(t, top + height);
    draw_rows(t);
    plot_time_axis(&t->area, t->area.to_ms, "time since the start");
    if (has_curve)
        draw_curve(t);
    draw_bars(t);
    draw_marks(t, top + height);
    svg_end(&t->out);
}

int run_print_svg(const scenario *s)
{
    timeline *t = calloc(1, sizeof *t);
    bool done = false;

    if (t) {
        t->s = s;
        done = take_record(t);
        if (done)
            draw(t);
        free(t->bars);
        free(t->points);
    }
    free(t);
    return done ? CLI_CLEAN : cli_fail("out of memory");
}
