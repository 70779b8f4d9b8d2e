/* SPDX-License-Identifier: MIT */
/* A simulation as a chart for documents: who stands where over time, for each zone. */
#include "simulate.h"

#include <stdlib.h>
#include <string.h>

#include "chronicle.h"
#include "plot.h"
#include "time_text.h"

enum {
    WIDTH = 800,
    LEFT = 76,
    RIGHT = 24,
    PLOT_WIDTH = WIDTH - LEFT - RIGHT,
    LINES_TOP = 50,  /* base line of the first line below the title */
    ABOVE_PLOT = 30, /* from the legend to the first plot */
    BOTTOM = 56,
    WHOLE_HEIGHT = 260, /* of a plot that stands alone, or above the zones */
    SMALLER_HEIGHT = 180,
    ZONE_HEIGHT = 92,
    GAP = 34,
    LINE = 17,
    MOST_ZONES = 50, /* that are drawn; of more only the whole */
    MOST_TICKS = 12,
    MOST_LINES = 4
};

/* What lies on what, from below. */
typedef struct layer {
    sim_state state;
    const char *class;
    const char *name;
} layer;

static const layer layers[] = {
    {SIM_LEFT_OUT, "left-out", "left out"},
    {SIM_UPDATED, "area-3", "updated"},
    {SIM_HEALTHY, "area-1", "healthy, not begun"},
    {SIM_IN_FLIGHT, "area-2", "in flight"},
    {SIM_FAILED, "area-4", "failed"},
    {SIM_OUT, "area-5", "unhealthy, not begun"},
};
/* Up to here they are the capacity. */
enum { CAPACITY = 2 };
enum { LAYERS = sizeof layers / sizeof *layers };

#define LEFT_OUT_STYLE ".left-out{fill:#d4c5f9}\n"
static const char style[] = LEFT_OUT_STYLE
    ".capacity{fill:none;stroke:#0a3069;stroke-width:1.5;stroke-linejoin:round}\n"
    ".name{font-weight:bold}\n"
    ".halo{paint-order:stroke;stroke:#ffffff;stroke-width:3px;stroke-linejoin:round}\n";

typedef struct picture {
    svg out;
    const simulate_view *view;
    sim_outcome outcome;
    chronicle chronicle;
    size_t zones; /* that are drawn beside the whole */
    /* Of the whole and then of each zone, by their numbers. */
    uint32_t minimums[1 + MOST_ZONES];
    int64_t end_ms;
    int64_t tick_ms;
    plot_point *points; /* one for each row */
    char lines[MOST_LINES][512];
    size_t line_count;
} picture;

/* ---- what is drawn ---- */

/* The first layer, and its style, only where somebody may be left out. */
static size_t first_layer(const picture *p)
{
    return p->view->plan.options.outdated_only ? 0 : 1;
}

/* The minimums, as they are when it begins. */
static void note_minimums(picture *p, const simulation *s)
{
    const fleet *f = sim_fleet(s);
    cdp_rollout_numbers numbers = {.size = sizeof numbers};

    if (cdp_rollout_numbers_get(sim_rollout(s), &numbers) == CDP_OK)
        p->minimums[0] = numbers.minimum;
    /* Both list the zones by their names. */
    for (size_t i = 0; i < p->zones && i < cdp_rollout_zone_count(sim_rollout(s)); i++) {
        if (cdp_rollout_zone_at(sim_rollout(s), i, &numbers) == CDP_OK)
            p->minimums[f->zone_order[i] + 1] = numbers.minimum;
    }
}

static void note(const simulation *s, void *user)
{
    picture *p = user;

    if (p->chronicle.count == 0)
        note_minimums(p, s);
    chronicle_note(s, &p->chronicle);
}

/* ---- one plot ---- */

/* The rows' sums of the layers up to `top`, where they change. */
static size_t gather(const picture *p, size_t zone, size_t top)
{
    size_t count = 0;

    for (size_t i = 0; i < p->chronicle.count; i++) {
        const sim_counts *counts = chronicle_at(&p->chronicle, i, zone);
        int64_t time = p->chronicle.times[i];
        uint32_t sum = 0;

        for (size_t k = 0; k <= top; k++)
            sum += counts->of[layers[k].state];
        if (count > 0 && p->points[count - 1].value == sum)
            continue;
        p->points[count++] =
            (plot_point){time < p->outcome.ended_ms ? time : p->outcome.ended_ms, sum};
    }
    return count;
}

static void draw_minimum(picture *p, const plot *area, uint32_t minimum)
{
    double y = plot_y(area, minimum);

    svg_line(&p->out, area->left, y, area->left + area->width, y, "mark dashed");
    svg_text(&p->out, area->left + area->width - 6, y - 5, SVG_END, "tick halo", "minimum %u",
             (unsigned)minimum);
}

static void draw_plot(picture *p, double top, double height, size_t zone, uint32_t instances,
                      const char *name)
{
    plot area = {.out = &p->out,
                 .left = LEFT,
                 .top = top,
                 .width = PLOT_WIDTH,
                 .height = height,
                 .from_ms = 0,
                 .to_ms = p->end_ms,
                 .low = 0,
                 .high = instances > 0 ? instances : 1};
    size_t count;

    /* The highest first; each covers what is not its own. */
    for (size_t k = LAYERS; k-- > first_layer(p);) {
        count = gather(p, zone, k);
        plot_area(&area, p->points, count, p->end_ms, 0, layers[k].class);
    }
    plot_time_grid(&area, p->tick_ms, p->end_ms);
    plot_value_axis(&area, plot_whole_step(area.high, height > ZONE_HEIGHT ? 6 : 3), "",
                    "instances");
    count = gather(p, zone, CAPACITY);
    plot_steps(&area, p->points, count, p->end_ms, "capacity");
    if (p->minimums[zone] > 0 && p->minimums[zone] <= instances)
        draw_minimum(p, &area, p->minimums[zone]);
    svg_line(&p->out, LEFT, top + height, LEFT + PLOT_WIDTH, top + height, "axis");
    if (name)
        svg_text(&p->out, LEFT, top - 7, SVG_START, "name", "%s", name);
}

/* ---- all plots ---- */

static uint32_t instances_of(const chronicle *c, size_t zone)
{
    const sim_counts *counts = chronicle_at(c, 0, zone);
    uint32_t sum = 0;

    for (int i = 0; i < SIM_STATES; i++)
        sum += counts->of[i];
    return sum;
}

static double draw_plots(picture *p, double top)
{
    const fleet *f = p->view->plan.fleet;
    double height = p->zones > 0 ? SMALLER_HEIGHT : WHOLE_HEIGHT;
    plot axis = {.out = &p->out,
                 .left = LEFT,
                 .width = PLOT_WIDTH,
                 .from_ms = 0,
                 .to_ms = p->end_ms,
                 .low = 0,
                 .high = 1};

    draw_plot(p, top, height, 0, instances_of(&p->chronicle, 0), p->zones > 0 ? "all zones" : NULL);
    top += height;
    for (size_t i = 0; i < p->zones; i++) {
        uint32_t zone = f->zone_order[i];
        char name[160];

        snprintf(name, sizeof name, "zone %s", f->zones[zone]);
        top += GAP;
        draw_plot(p, top, ZONE_HEIGHT, zone + 1, instances_of(&p->chronicle, zone + 1), name);
        top += ZONE_HEIGHT;
    }
    axis.top = top;
    plot_time_axis(&axis, p->end_ms, "time since the start");
    return top;
}

/* ---- the heading ---- */

/* Breaks the summary into lines that fit. */
static void break_lines(picture *p, const char *text)
{
    while (*text && p->line_count < MOST_LINES) {
        char *line = p->lines[p->line_count++];
        char *blank;

        snprintf(line, sizeof p->lines[0], "%.500s", text);
        while (svg_text_width(line, 12) > PLOT_WIDTH && (blank = strrchr(line, ' ')))
            *blank = '\0';
        text += strlen(line);
        while (*text == ' ')
            text++;
    }
}

/* Returns the top of the first plot. */
static double draw_heading(picture *p, const char *title)
{
    double y = LINES_TOP + (double)(p->line_count - 1) * LINE + 26;
    double x = LEFT;

    svg_text(&p->out, LEFT, 30, SVG_START, "title", "%s", title);
    for (size_t i = 0; i < p->line_count; i++)
        svg_text(&p->out, LEFT, LINES_TOP + (double)i * LINE, SVG_START, "subtitle", "%s",
                 p->lines[i]);
    for (size_t i = first_layer(p); i < LAYERS; i++)
        x = plot_legend(&p->out, x, y, layers[i].class, layers[i].name);
    svg_line(&p->out, x, y - 4, x + 16, y - 4, "capacity");
    svg_text(&p->out, x + 21, y, SVG_START, "label", "capacity");
    return y + ABOVE_PLOT;
}

/* ---- the chart ---- */

static double height_of(const picture *p)
{
    return LINES_TOP + (double)(p->line_count - 1) * LINE + 26 + ABOVE_PLOT +
           (p->zones > 0 ? SMALLER_HEIGHT : WHOLE_HEIGHT) + (double)p->zones * (ZONE_HEIGHT + GAP) +
           BOTTOM;
}

static void draw(picture *p)
{
    const sim_outcome *o = &p->outcome;
    char title[256];
    char summary[1024];
    char time[TIME_TEXT];

    if (p->view->title)
        snprintf(title, sizeof title, "%s", p->view->title);
    else
        snprintf(title, sizeof title, "%s, %s", p->view->fleet, p->view->config);
    snprintf(summary, sizeof summary, "%s. %s. It took %s and left at least %u of %u in service.",
             p->view->odds, o->reason, time_text(o->ended_ms, time), (unsigned)o->least_serving,
             (unsigned)o->serving_at_first);
    break_lines(p, summary);
    /* A little more than the whole, so that the end is seen. */
    p->end_ms = o->ended_ms + o->ended_ms / 24 + 1;
    p->tick_ms = plot_time_step(p->end_ms, MOST_TICKS);
    svg_begin(&p->out, stdout, WIDTH, height_of(p), title, summary,
              first_layer(p) == 0 ? style : style + sizeof LEFT_OUT_STYLE - 1);
    draw_plots(p, draw_heading(p, title));
    svg_end(&p->out);
}

int simulate_svg(const simulate_view *view)
{
    size_t zones = view->plan.fleet->zone_count;
    picture *p = calloc(1, sizeof *p);
    const sim_watcher watcher = {NULL, NULL, note, p};
    int exit;

    if (!p)
        return cli_fail("out of memory");
    p->view = view;
    p->zones = zones > 1 && zones <= MOST_ZONES ? zones : 0;
    p->chronicle.most_rows = CHRONICLE_MOST_ROWS;
    p->chronicle.zones = p->zones;
    p->points = calloc(CHRONICLE_MOST_ROWS, sizeof *p->points);
    exit = p->points && chronicle_make(&p->chronicle) ? simulate_run(view, &watcher, &p->outcome)
                                                      : cli_fail("out of memory");
    if (exit == CLI_CLEAN) {
        draw(p);
        exit = simulate_exit(&p->outcome);
    }
    sim_outcome_free(&p->outcome);
    chronicle_free(&p->chronicle);
    free(p->points);
    free(p);
    return exit;
}
