/* SPDX-License-Identifier: MIT */
#ifndef PLOT_H
#define PLOT_H

/*
 * A plot of values over time inside a drawing: axes with ticks at round values, step curves (a
 * value holds until the next one), a legend. Several plots may stand in one drawing.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "svg.h"

typedef struct plot {
    svg *out;
    /* The area between the axes, in pixels. */
    double left;
    double top;
    double width;
    double height;
    /* What its edges stand for; each end beyond its beginning. */
    int64_t from_ms;
    int64_t to_ms;
    double low;
    double high;
} plot;

double plot_x(const plot *p, int64_t ms);
double plot_y(const plot *p, double value);

/* The smallest round step of time (1, 2, 5, 10, 15, 30 of a unit) that needs at most `most` steps
 * for `span_ms`; and of values (1, 2, 5 times a power of ten). */
int64_t plot_time_step(int64_t span_ms, int most);
double plot_value_step(double span, int most);
/* The same for what only comes whole. */
double plot_whole_step(double span, int most);

/* The unit in which the labels of such steps are written, and its name: "minutes". */
int64_t plot_time_unit(int64_t step_ms, const char **name);

/* Grid lines, ticks and labels from 0 to `last_ms` at most, below the area. The title names the
 * unit that the labels are in: "`subject` (minutes)". */
void plot_time_axis(const plot *p, int64_t last_ms, const char *subject);
/* Only grid lines, every `step_ms`, from 0 to `last_ms`. */
void plot_time_grid(const plot *p, int64_t step_ms, int64_t last_ms);
/* Only the ticks, every `step_ms`, from `first_ms` to `last_ms`. */
void plot_time_ticks(const plot *p, int64_t step_ms, int64_t first_ms, int64_t last_ms);
/* The same at the left, every `step`, with `unit` behind each number ("" for none). */
void plot_value_axis(const plot *p, double step, const char *unit, const char *title);

typedef struct plot_point {
    int64_t ms;
    double value;
} plot_point;

/* The curve through `count` points, each holding until the next and the last until `until_ms`; as
 * a line, and as the area between it and the value `base`. */
void plot_steps(const plot *p, const plot_point *points, size_t count, int64_t until_ms,
                const char *class);
void plot_area(const plot *p, const plot_point *points, size_t count, int64_t until_ms, double base,
               const char *class);

/* A square of `class` and its name; returns the x at which the next entry may begin. */
double plot_legend(svg *out, double x, double y, const char *class, const char *name);

#endif
