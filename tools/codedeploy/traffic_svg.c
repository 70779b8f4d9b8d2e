/* SPDX-License-Identifier: MIT */
/* A traffic schedule as a plot for documents. */
#include <inttypes.h>
#include <stdlib.h>

#include "plot.h"
#include "time_text.h"
#include "traffic.h"

enum {
    WIDTH = 800,
    HEIGHT = 400,
    LEFT = 76,
    RIGHT = 24,
    TOP = 88,
    BOTTOM = 60,
    PLOT_WIDTH = WIDTH - LEFT - RIGHT,
    PLOT_HEIGHT = HEIGHT - TOP - BOTTOM,
    LEAD = 36,
    TAIL = 70,
    GAP = 64,
    LEAST_GAP = 34, /* with room for its name */
    MOST_TICKS = 12,
    LABEL_HEIGHT = 14,
    LIST_LINE = 16,
    MOST_MARKED = 40 /* steps that get dots, and a list when their labels lack room */
};

/* Positions are hundredths of pixels where a plot wants whole numbers. */
#define HUNDREDTHS 100

static const char style[] =
    ".gap{fill:#ffffff;fill-opacity:.55}\n"
    ".gate{fill:#57606a;font-size:11px;font-style:italic}\n"
    ".riser{stroke:#0969da;stroke-width:1;stroke-opacity:.35;stroke-dasharray:2 3}\n"
    ".dot{fill:#0969da;stroke:#ffffff;stroke-width:1.5}\n"
    ".now{fill:#cf222e;stroke:#ffffff;stroke-width:1.5}\n"
    ".halo{paint-order:stroke;stroke:#ffffff;stroke-width:3px;stroke-linejoin:round}\n";

typedef struct box {
    double left;
    double top;
    double right;
} box;

typedef struct label {
    double x;
    double y;
    double time_x;
    char weight[16];
    char time[TIME_TEXT + 4]; /* empty: not told */
} label;

typedef struct picture {
    svg out;
    const traffic_view *view;
    traffic_layout layout;
    /* Values against positions. */
    plot area;
    int64_t tick_ms;
    /* Labels that stand already. */
    box boxes[CDP_TRAFFIC_STEP_LIMIT];
    size_t box_count;
    label labels[CDP_TRAFFIC_STEP_LIMIT];
    size_t label_count;
} picture;

static double x_of(double position)
{
    return LEFT + position;
}

/* ---- labels that keep out of each other's way ---- */

static bool is_free(const picture *p, const box *wanted)
{
    for (size_t i = 0; i < p->box_count; i++) {
        const box *other = &p->boxes[i];

        if (wanted->left < other->right && wanted->right > other->left &&
            wanted->top < other->top + LABEL_HEIGHT && wanted->top + LABEL_HEIGHT > other->top)
            return false;
    }
    return true;
}

static bool reserve(picture *p, double left, double baseline, double width)
{
    box wanted = {left - 2, baseline - LABEL_HEIGHT + 3, left + width + 2};

    if (p->box_count == CDP_TRAFFIC_STEP_LIMIT || wanted.right > WIDTH || !is_free(p, &wanted))
        return false;
    p->boxes[p->box_count++] = wanted;
    return true;
}

/* The weight and, where there is room, the time: on top of the step, or left of its corner. */
static bool place_label(picture *p, const traffic_place *place, label *wanted)
{
    double x = x_of(place->from);
    double y = plot_y(&p->area, place->step.weight) - 7;
    double room = place->to - place->from - 6;
    char buffer[TIME_TEXT];
    double weight_width;
    double time_width;

    snprintf(wanted->weight, sizeof wanted->weight, "%d %%", (int)place->step.weight);
    snprintf(wanted->time, sizeof wanted->time, "at %s", time_text(place->step.offset_ms, buffer));
    weight_width = svg_text_width(wanted->weight, 12.5);
    time_width = svg_text_width(wanted->time, 11) + 6;
    *wanted = (label){.x = x + 4, .y = y, .time_x = x + 4 + weight_width + 6};
    snprintf(wanted->weight, sizeof wanted->weight, "%d %%", (int)place->step.weight);
    /* Behind a gate nobody knows the time, and the start needs no words. */
    if (place->step.offset_ms > 0 && place->step.gates_before == 0 &&
        weight_width + time_width <= room && reserve(p, x + 4, y, weight_width + time_width)) {
        snprintf(wanted->time, sizeof wanted->time, "at %s", buffer);
        return true;
    }
    if (weight_width <= room && reserve(p, x + 4, y, weight_width))
        return true;
    wanted->x = x - 6 - weight_width;
    wanted->y = y + 4;
    return reserve(p, wanted->x, wanted->y, weight_width);
}

/* What has no room at its step is told below the picture, in a list of all steps. */
static void place_labels(picture *p)
{
    size_t count = p->layout.count;

    /* The last one first: whatever is left out, that is not. */
    for (size_t i = 0; i < count; i++) {
        size_t step = i == 0 ? count - 1 : i - 1;

        if (place_label(p, &p->layout.places[step], &p->labels[p->label_count]))
            p->label_count++;
    }
}

static void draw_labels(picture *p)
{
    for (size_t i = 0; i < p->label_count; i++) {
        const label *l = &p->labels[i];

        svg_text(&p->out, l->x, l->y, SVG_START, "strong halo", "%s", l->weight);
        if (l->time[0])
            svg_text(&p->out, l->time_x, l->y, SVG_START, "tick halo", "%s", l->time);
    }
}

/* Sets the list of all steps in lines, or only counts those when `draw` is false. */
static int set_list(picture *p, bool draw)
{
    double x = LEFT;
    int line = 0;

    for (size_t i = 0; i < p->layout.count; i++) {
        const cdp_traffic_step *step = &p->layout.places[i].step;
        char buffer[TIME_TEXT];
        char text[2 * TIME_TEXT];
        double width;

        snprintf(text, sizeof text, "%d %% at %s%s%s", (int)step->weight,
                 time_text(step->offset_ms, buffer), step->gates_before ? " + gates" : "",
                 i + 1 < p->layout.count ? "," : "");
        width = svg_text_width(text, 11) + 6;
        if (x + width > WIDTH - RIGHT && x > LEFT) {
            x = LEFT;
            line++;
        }
        if (draw)
            svg_text(&p->out, x, HEIGHT + 4 + line * LIST_LINE, SVG_START, "note", "%s", text);
        x += width;
    }
    return line + 1;
}

/* ---- axes ---- */

/* One axis for the time from one gate to the next. */
static void draw_times(picture *p, size_t first, size_t last)
{
    const traffic_place *begin = &p->layout.places[first];
    const traffic_place *end = &p->layout.places[last];
    plot part = p->area;
    int64_t from = begin->step.offset_ms;
    int64_t to = end->step.offset_ms + (end->step.is_gate ? 0 : end->step.wait_ms);

    part.from_ms = from;
    part.to_ms = to;
    part.left = x_of(begin->from);
    part.width = (double)(to - from) * p->layout.per_ms;
    if (to == from)
        part.to_ms = from + 1;
    if (first == 0 || to > from)
        plot_time_ticks(&part, p->tick_ms, from, to);
}

static void draw_axes(picture *p)
{
    double bottom = TOP + PLOT_HEIGHT;
    const char *unit;
    size_t first = 0;

    p->tick_ms = traffic_tick(&p->layout, MOST_TICKS);
    plot_time_unit(p->tick_ms, &unit);
    plot_value_axis(&p->area, 25, " %", "traffic on the replacement");
    for (size_t i = 0; i < p->layout.count; i++) {
        if (!p->layout.places[i].step.is_gate && i + 1 < p->layout.count)
            continue;
        draw_times(p, first, i);
        first = i + 1;
    }
    svg_line(&p->out, LEFT, bottom, LEFT + PLOT_WIDTH, bottom, "axis");
    svg_text(&p->out, LEFT + (double)PLOT_WIDTH / 2, bottom + 42, SVG_MIDDLE, "label",
             "time since the start (%s%s)", unit,
             cdp_traffic_schedule_gate_count(p->view->schedule) ? "; time at gates not counted"
                                                                : "");
}

/* ---- curve ---- */

static bool draw_curve(picture *p)
{
    size_t count = p->layout.count;
    plot_point *points = calloc(count + 1, sizeof *points);
    double bottom = TOP + PLOT_HEIGHT;

    if (!points)
        return false;
    for (size_t i = 0; i < count; i++) {
        points[i + 1].ms = (int64_t)(p->layout.places[i].from * HUNDREDTHS);
        points[i + 1].value = p->layout.places[i].step.weight;
    }
    plot_area(&p->area, points, count + 1, PLOT_WIDTH * HUNDREDTHS, 100, "area-5");
    plot_area(&p->area, points, count + 1, PLOT_WIDTH * HUNDREDTHS, 0, "area-1");
    draw_axes(p);
    for (size_t i = 0; i < count; i++) {
        const traffic_place *place = &p->layout.places[i];

        if (place->step.is_gate) {
            svg_rect(&p->out, x_of(place->from), TOP, place->to - place->from, PLOT_HEIGHT, "gap");
            svg_line(&p->out, x_of(place->to), TOP, x_of(place->to), bottom, "axis dashed");
            if (p->layout.gap >= LEAST_GAP)
                svg_text(&p->out, x_of((place->from + place->to) / 2), bottom + 18, SVG_MIDDLE,
                         "gate", "gate");
        }
    }
    plot_steps(&p->area, points, count + 1, PLOT_WIDTH * HUNDREDTHS, "line-1");
    free(points);
    return true;
}

static void draw_dots(picture *p)
{
    for (size_t i = 0; p->layout.count <= MOST_MARKED && i < p->layout.count; i++) {
        const traffic_place *place = &p->layout.places[i];

        svg_circle(&p->out, x_of(place->from), plot_y(&p->area, place->step.weight), 3.5, "dot");
    }
}

static void draw_instant(picture *p)
{
    int64_t at = p->view->at_ms;
    double x;
    int32_t weight;
    char buffer[TIME_TEXT];

    if (at < 0)
        return;
    x = x_of(traffic_layout_at(&p->layout, at));
    weight = cdp_traffic_weight_at(p->view->schedule, 0, at);
    svg_line(&p->out, x, TOP, x, TOP + PLOT_HEIGHT, "mark dashed");
    svg_circle(&p->out, x, plot_y(&p->area, weight), 4, "now");
    svg_text(&p->out, x + (x > WIDTH - 160 ? -6 : 6), TOP + PLOT_HEIGHT - 8,
             x > WIDTH - 160 ? SVG_END : SVG_START, "label halo", "%d %% at %s", (int)weight,
             time_text(at, buffer));
}

static void draw_heading(picture *p, const char *summary)
{
    double x = LEFT;

    svg_title(&p->out, LEFT, 30, WIDTH - LEFT - RIGHT, p->view->title);
    svg_text(&p->out, LEFT, 50, SVG_START, "subtitle", "%s", summary);
    x = WIDTH - RIGHT - 190;
    x = plot_legend(&p->out, x, 50, "area-1", "replacement");
    (void)plot_legend(&p->out, x, 50, "area-5", "original");
}

int traffic_print_svg(const traffic_view *view)
{
    picture *p = calloc(1, sizeof *p);
    char summary[160];
    bool done;

    if (!p)
        return cli_fail("out of memory");
    p->view = view;
    p->layout = (traffic_layout){.width = PLOT_WIDTH, .lead = LEAD, .tail = TAIL, .gap = GAP};
    p->area = (plot){.out = &p->out,
                     .left = LEFT,
                     .top = TOP,
                     .width = PLOT_WIDTH,
                     .height = PLOT_HEIGHT,
                     .from_ms = 0,
                     .to_ms = PLOT_WIDTH * HUNDREDTHS,
                     .low = 0,
                     .high = 100};
    done = traffic_layout_make(&p->layout, view->schedule);
    if (done) {
        int lines = 0;

        place_labels(p);
        if (p->label_count < p->layout.count && p->layout.count <= MOST_MARKED)
            lines = set_list(p, false);
        traffic_put_summary(view->schedule, summary, sizeof summary);
        svg_begin(&p->out, stdout, WIDTH, HEIGHT + (lines > 0 ? lines * LIST_LINE + 8 : 0),
                  view->title, summary, style);
        draw_heading(p, summary);
        done = draw_curve(p);
        draw_dots(p);
        draw_labels(p);
        draw_instant(p);
        if (lines > 0)
            set_list(p, true);
        svg_end(&p->out);
    }
    traffic_layout_free(&p->layout);
    free(p);
    return done ? CLI_CLEAN : cli_fail("out of memory");
}
