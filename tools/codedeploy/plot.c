/* SPDX-License-Identifier: MIT */
#include "plot.h"

#include <inttypes.h>

enum { TICK_LENGTH = 5, MOST_TIME_STEPS = 12, LABEL_PIXELS = 56 };

double plot_x(const plot *p, int64_t ms)
{
    return p->left + p->width * (double)(ms - p->from_ms) / (double)(p->to_ms - p->from_ms);
}

double plot_y(const plot *p, double value)
{
    return p->top + p->height * (p->high - value) / (p->high - p->low);
}

typedef struct time_unit {
    int64_t ms;
    const char *name;
} time_unit;

static const time_unit units[] = {
    {1, "milliseconds"},    {1000, "seconds"},          {60 * 1000, "minutes"},
    {3600 * 1000, "hours"}, {24 * 3600 * 1000, "days"},
};
enum { UNIT_COUNT = sizeof units / sizeof *units };

int64_t plot_time_step(int64_t span_ms, int most)
{
    static const int64_t factors[] = {1, 2, 5, 10, 15, 30, 100, 200, 500};
    static const int64_t hours[] = {1, 2, 3, 6, 12};
    int64_t step = units[UNIT_COUNT - 1].ms;

    for (int unit = 0; unit < UNIT_COUNT - 1; unit++) {
        const int64_t *list = unit == 3 ? hours : factors;
        size_t count = unit == 3 ? 5 : unit == 0 ? 9 : 6;

        for (size_t i = 0; i < count; i++) {
            if (units[unit].ms * list[i] * most >= span_ms)
                return units[unit].ms * list[i];
        }
    }
    while (step <= INT64_MAX / most / 2 && step * most < span_ms)
        step *= 2;
    return step;
}

double plot_value_step(double span, int most)
{
    double power = 1;

    while (power * most < span)
        power *= 10;
    if (power / 5 * most >= span)
        return power / 5;
    return power / 2 * most >= span ? power / 2 : power;
}

double plot_whole_step(double span, int most)
{
    double step = plot_value_step(span, most);

    return step < 1 ? 1 : step;
}

int64_t plot_time_unit(int64_t step_ms, const char **name)
{
    int unit = UNIT_COUNT - 1;

    while (unit > 0 && units[unit].ms > step_ms)
        unit--;
    *name = units[unit].name;
    return units[unit].ms;
}

void plot_time_grid(const plot *p, int64_t step_ms, int64_t last_ms)
{
    for (int64_t at = 0; at <= last_ms; at += step_ms)
        svg_line(p->out, plot_x(p, at), p->top, plot_x(p, at), p->top + p->height, "grid");
}

void plot_time_ticks(const plot *p, int64_t step_ms, int64_t first_ms, int64_t last_ms)
{
    double bottom = p->top + p->height;
    const char *name;
    int64_t unit = plot_time_unit(step_ms, &name);

    for (int64_t at = (first_ms + step_ms - 1) / step_ms * step_ms; at <= last_ms; at += step_ms) {
        double x = plot_x(p, at);

        svg_line(p->out, x, p->top, x, bottom, "grid");
        svg_line(p->out, x, bottom, x, bottom + TICK_LENGTH, "axis");
        svg_text(p->out, x, bottom + 18, SVG_MIDDLE, "tick", "%" PRId64, at / unit);
    }
}

void plot_time_axis(const plot *p, int64_t last_ms, const char *subject)
{
    double bottom = p->top + p->height;
    int most = (int)(p->width / LABEL_PIXELS);
    int64_t step =
        plot_time_step(p->to_ms - p->from_ms, most > MOST_TIME_STEPS ? MOST_TIME_STEPS : most);
    const char *name;

    plot_time_unit(step, &name);
    plot_time_ticks(p, step, 0, last_ms < p->to_ms ? last_ms : p->to_ms);
    svg_line(p->out, p->left, bottom, p->left + p->width, bottom, "axis");
    svg_text(p->out, p->left + p->width / 2, bottom + 38, SVG_MIDDLE, "label", "%s (%s)", subject,
             name);
}

void plot_value_axis(const plot *p, double step, const char *unit, const char *title)
{
    double right = p->left + p->width;

    for (double value = p->low; value <= p->high; value += step) {
        double y = plot_y(p, value);

        svg_line(p->out, p->left, y, right, y, "grid");
        svg_line(p->out, p->left - TICK_LENGTH, y, p->left, y, "axis");
        svg_text(p->out, p->left - 9, y + 4, SVG_END, "tick", "%g%s", value, unit);
    }
    svg_line(p->out, p->left, p->top, p->left, p->top + p->height, "axis");
    svg_text_upward(p->out, p->left - 50, p->top + p->height / 2, SVG_MIDDLE, "label", title);
}

/* The corners of the curve; the first is already there. */
static void put_corners(const plot *p, const plot_point *points, size_t count, int64_t until_ms)
{
    for (size_t i = 1; i < count; i++) {
        svg_path_line(p->out, plot_x(p, points[i].ms), plot_y(p, points[i - 1].value));
        svg_path_line(p->out, plot_x(p, points[i].ms), plot_y(p, points[i].value));
    }
    svg_path_line(p->out, plot_x(p, until_ms), plot_y(p, points[count - 1].value));
}

void plot_steps(const plot *p, const plot_point *points, size_t count, int64_t until_ms,
                const char *class)
{
    if (count == 0)
        return;
    svg_path_begin(p->out, class);
    svg_path_move(p->out, plot_x(p, points[0].ms), plot_y(p, points[0].value));
    put_corners(p, points, count, until_ms);
    svg_path_end(p->out);
}

void plot_area(const plot *p, const plot_point *points, size_t count, int64_t until_ms, double base,
               const char *class)
{
    if (count == 0)
        return;
    svg_path_begin(p->out, class);
    svg_path_move(p->out, plot_x(p, points[0].ms), plot_y(p, base));
    svg_path_line(p->out, plot_x(p, points[0].ms), plot_y(p, points[0].value));
    put_corners(p, points, count, until_ms);
    svg_path_line(p->out, plot_x(p, until_ms), plot_y(p, base));
    svg_path_close(p->out);
    svg_path_end(p->out);
}

double plot_legend(svg *out, double x, double y, const char *class, const char *name)
{
    svg_rect(out, x, y - 9, 10, 10, class);
    svg_text(out, x + 15, y, SVG_START, "label", "%s", name);
    return x + 15 + svg_text_width(name, 12) + 18;
}
